//! Making an archive: each collection in one pass, then the page, the lists and the signature, then one ZIP file.
//!
//! Everything is written beside the target and takes its place only when it is whole and on disk. Clock and chance
//! play no part: the same input gives the same bytes.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use super::answer::Answer;
use super::assemble::{Payload, Tags, assemble};
use super::collection::{self, Target, Told};
use super::letter::letter;
use super::nameless::Nameless;
use super::names::Names;
use super::pack::Packs;
use super::package::Package;
use super::page::{Glance, Page, Section};
use super::portable::{Kind, Left, Portable};
use super::seal::Seal;
use super::silence::Silence;
use super::withhold::Rules;
use super::zipfile::Moment;
use super::{Cover, Enclosed, Rows, Signer, Written, bag, check, schema, searched};
use crate::error::{Error, Result};

/// Writes the archive to `out`; an older file there is replaced once the new one is whole, and untouched otherwise.
pub fn write(cover: &Cover<'_>, rows: &dyn Rows, signer: &dyn Signer, out: &Path) -> Result<Written> {
    let (dir, file, written) = make(cover, rows, signer, out)?;
    file.settle(&dir, out).map_err(|e| Error::io("write", out, &e))?;
    Ok(written)
}

/// The same, closed; length and digest are those of the closed file. The archive itself never has a
/// name on disk.
pub fn write_sealed(
    cover: &Cover<'_>,
    rows: &dyn Rows,
    signer: &dyn Signer,
    out: &Path,
    seal: &Seal<'_>,
) -> Result<Written> {
    let (dir, plain, mut written) = make(cover, rows, signer, out)?;
    let fault = |e: io::Error| Error::io("write", out, &e);
    let closed = Nameless::begin(&dir).map_err(fault)?;
    (written.sha256, written.bytes) = seal.close(plain.file(), closed.file()).map_err(fault)?;
    closed.settle(&dir, out).map_err(fault)?;
    Ok(written)
}

/// Makes the archive beside `out`, in a file that has no name yet.
fn make(cover: &Cover<'_>, rows: &dyn Rows, signer: &dyn Signer, out: &Path) -> Result<(PathBuf, Nameless, Written)> {
    let dir = folder_of(out);
    let fault = |e: io::Error| Error::io("write", out, &e);
    if out.is_dir() {
        return Err(fault(io::ErrorKind::IsADirectory.into()));
    }
    let file = Nameless::begin(&dir).map_err(fault)?;
    let portable = match cover.kind {
        Kind::Copy => None,
        Kind::Portable => Some(Portable::of(cover, rows)?),
    };
    let left = portable.as_ref().map(|p| p.left().to_vec()).unwrap_or_default();
    let rows = portable.as_ref().map_or(rows, |p| p as &dyn Rows);
    let mut packs = Packs::start(&dir)?;
    let made = fill(cover, rows, &left, &mut packs);
    let (told, pages, silent) = match made {
        Ok(made) => made,
        Err(error) => return Err(packs.why(error)),
    };
    let mut payload = Payload::of(packs.finish()?);
    fail::fail_point!("archive.filled");
    let mut tags = Tags::in_folder(&dir);
    let package = Package { cover, told: &told, left: &left, payload: &payload };
    describe(&package, pages, signer, &mut tags)?;
    let (sha256, bytes) = assemble(file.file(), tags, &mut payload, Moment::of(cover.as_of)).map_err(fault)?;
    Ok((dir, file, Written { left, ..report(told, silent, sha256, bytes) }))
}

fn folder_of(out: &Path) -> PathBuf {
    match out.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Writes every collection into the packs; gives what was told of each, the page, and how many records are silent.
fn fill(cover: &Cover<'_>, rows: &dyn Rows, left: &[Left], packs: &mut Packs) -> Result<(Vec<Told>, Pages, u64)> {
    let silence = Silence::of(cover.map);
    let page = Page::new(cover.language)?;
    let mut glance = Glance::default();
    cover.review.begin();
    let mut folders = Folders::new();
    let (mut told, mut silent) = (Vec::new(), 0);
    for (number, part) in rows.parts().iter().enumerate() {
        let unknown = || Error::bug(format!("the map has no collection {}.{}", part.source, part.collection));
        let source = cover.map.source(&part.source).ok_or_else(unknown)?;
        let of_map = source.collection(&part.collection).ok_or_else(unknown)?;
        let place = (part.source.clone(), part.collection.clone());
        let unmentioned = cover.unmentioned.get(&place).map(Vec::as_slice).unwrap_or_default();
        let rules = Rules::of(cover.map, source, of_map, unmentioned, cover.kind);
        if rules.is_silent() {
            silent += part.rows;
            continue;
        }
        let number_of_section = told.len() + 1;
        let mut section = Section::new(&page, cover, of_map, &silence, (part.rows, number_of_section));
        let folder = folders.of(&part.source);
        let target = Target {
            source_map: source,
            review: &cover.review,
            collection: of_map,
            folder: &folder.path,
            names: &mut folder.names,
            file_folders: &mut folder.file_folders,
            clean: cover.clean,
            number: number_of_section,
        };
        match collection::write(target, &rules, rows, number, (&mut section, &mut glance), packs)? {
            None => silent += part.rows,
            Some(mut one) => {
                one.section = page.section(cover, &silence, &one, &section)?;
                packs.page(format!("{}{}", one.base, schema::ENDING), schema::schema(cover, &one).as_bytes())?;
                told.push(one);
            }
        }
    }
    packs.csv.begin(searched::PATH.to_owned())?;
    packs.csv.add(&searched::content(cover, &silence, &told))?;
    packs.csv.end()?;
    let answer = Answer::of(cover, &silence, &told, left);
    cover.review.canary.check()?;
    let pages = Pages { page: page.page(cover, &told, &answer, &glance)?, letter: letter(cover, &answer, &glance)? };
    Ok((told, pages, silent))
}

/// What people read first.
struct Pages {
    /// `START-HERE.html`.
    page: String,
    /// `answer.pdf`.
    letter: Vec<u8>,
}

/// The folders of systems inside `data/`.
struct Folders {
    names: Names,
    by_source: HashMap<String, Folder>,
}

struct Folder {
    path: String,
    names: Names,
    file_folders: Names,
}

impl Folders {
    fn new() -> Folders {
        let mut names = Names::default();
        names.name(searched::NAME);
        Folders { names, by_source: HashMap::new() }
    }

    fn of(&mut self, source: &str) -> &mut Folder {
        self.by_source.entry(source.to_owned()).or_insert_with(|| Folder {
            path: format!("data/{}", self.names.name(source)),
            names: Names::default(),
            file_folders: Names::default(),
        })
    }
}

/// Adds the files about the data, in the order in which they stand in the archive, and the signature.
fn describe(package: &Package<'_>, pages: Pages, signer: &dyn Signer, tags: &mut Tags) -> Result<()> {
    let (cover, payload) = (package.cover, package.payload);
    let key = check::PublicKey::parse(&signer.public_key())
        .ok_or_else(|| Error::bug("the public key of the workspace is not one of minisign"))?;
    tags.add("START-HERE.html", |out| out.write_all(pages.page.as_bytes()))?;
    tags.add("answer.pdf", |out| out.write_all(&pages.letter))?;
    tags.add("bag-info.txt", |out| out.write_all(bag::info(cover, payload, &key.line()).as_bytes()))?;
    tags.add("bagit.txt", |out| out.write_all(bag::BAGIT.as_bytes()))?;
    tags.add("datapackage.json", |out| package.write(out))?;
    tags.add("manifest-sha256.txt", |out| bag::manifest(payload.entries(), out))?;
    tags.add("signing-key.pub", |out| out.write_all(key.file().as_bytes()))?;
    let mut list = Vec::new();
    bag::manifest(tags.entries(), &mut list).map_err(|_| Error::bug("writing to memory failed"))?;
    let signature = signer.sign(&list, &bag::comment(cover))?;
    tags.add("tagmanifest-sha256.txt", |out| out.write_all(&list))?;
    tags.add("tagmanifest-sha256.txt.minisig", |out| out.write_all(signature.as_bytes()))
}

fn report(told: Vec<Told>, silent: u64, sha256: String, bytes: u64) -> Written {
    let mut written = Written { sha256, bytes, silent, ..Written::default() };
    for one in told {
        let withheld = one.by_reason();
        for (reason, n) in &withheld {
            *written.withheld.entry(*reason).or_default() += n;
        }
        written.records += one.records;
        written.cleaned += one.cleaned;
        if one.noted > 0 {
            written.noted.push((one.source.clone(), one.collection.clone(), one.noted));
        }
        if !one.unknown.is_empty() {
            let place = (one.source.clone(), one.collection.clone());
            written.unknown.insert(place, one.unknown.into_iter().collect());
        }
        written.collections.push(Enclosed {
            source: one.source,
            collection: one.collection,
            records: one.records,
            withheld,
            path: format!("{}.jsonl", one.base),
        });
    }
    written
}
