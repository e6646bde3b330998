//! Before-images: what takes a plan back. JSON Lines, written before anything is final and read when it is taken back;
//! who keeps them, and closed with which key, is not known here.
//!
//! Of a database: each record as it was, and which of its columns the database changed by itself. Of a file of records:
//! the bytes that went. Of a file that a record names: all of it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, Read as _, Write};
use std::path::{Path, PathBuf};

use super::work::Work;
use crate::error::{Error, Result};
use crate::map::DataMap;
use crate::plan::{Action, Change, Sealed, undo};
use crate::record::{Digest, Record, Step, Value};
use crate::source::{Extent, Patch};

/// The version of this format.
const FORMAT: u64 = 1;

/// How many bytes of a file a line holds.
const CHUNK: usize = 48 * 1024;

/// What takes a plan back.
pub struct Images {
    /// The plan.
    pub(super) plan: Digest,
    /// Records as they were, by source and by the place of their change among those of the source.
    pub(super) records: BTreeMap<String, BTreeMap<usize, Image>>,
    /// Files of records, by source.
    pub(super) patches: BTreeMap<String, Vec<Patch>>,
    /// Files that records name.
    pub(super) files: Vec<NamedFile>,
}

/// One record as it was.
pub(super) struct Image {
    /// The record.
    pub record: Record,
    /// Columns that are not as the plan alone would have left them: the database set them by itself, or what stood there
    /// was destroyed for good.
    pub beside: Vec<String>,
}

/// One file that a record names, as it was.
pub(super) struct NamedFile {
    /// Where.
    pub path: PathBuf,
    /// Its mode.
    pub mode: u32,
    /// Its bytes, in a file without a name.
    pub bytes: File,
    /// Their digest.
    pub digest: Digest,
}

/// Writes what takes back what was written.
pub(super) fn write(map: &DataMap, sealed: &Sealed, works: &mut [Work<'_>], out: &mut dyn Write) -> Result<()> {
    line(out, &json!({"redress_undo": FORMAT, "plan": sealed.digest}))?;
    for work in works {
        let source = work.source.name.as_str();
        if let Some(patches) = work.writer.reverse()? {
            patches.iter().try_for_each(|patch| line(out, &patch_json(source, patch)))?;
            continue;
        }
        let Some((before, after)) = &work.images else { continue };
        for (n, change) in work.changes.iter().enumerate() {
            let record = before.get(n).ok_or_else(|| Error::bug("a record was not looked at before it changed"))?;
            let image = image(map, change, record, after.get(n).and_then(Option::as_ref));
            let fields: Vec<Json> = image
                .record
                .names
                .iter()
                .zip(&image.record.values)
                .map(|(n, v)| json!([n, v.to_exact_json()]))
                .collect();
            line(out, &json!({"source": source, "change": n, "record": fields, "beside": image.beside}))?;
        }
    }
    let files = sealed.plan.changes.iter().flat_map(|c| &c.files);
    files.map(Path::new).filter(|path| path.exists()).try_for_each(|path| write_file(path, out))?;
    line(out, &json!({"end": true}))
}

/// The image of one record. A key that is destroyed stands in no image.
fn image(map: &DataMap, change: &Change, before: &Record, after: Option<&Record>) -> Image {
    let mut record = before.clone();
    let mut beside = Vec::new();
    let lost = undo::lost(map, change);
    for (field, value) in change.after.iter().filter(|(field, _)| lost.contains(&field)) {
        record.put(field, value.clone());
        if let Some(Step::Name(column)) = field.steps().first() {
            beside.push(column.clone());
        }
    }
    if let Some(after) = after.filter(|_| change.action != Action::Delete) {
        let expected = as_left(&record, change);
        let differs = |name: &&String| expected.get(name) != after.get(name);
        beside.extend(record.names.iter().filter(differs).cloned());
    }
    Image { record, beside }
}

/// A record as the plan alone leaves it.
pub(super) fn as_left(record: &Record, change: &Change) -> Record {
    let mut left = record.clone();
    change.after.iter().for_each(|(field, value)| {
        left.put(field, value.clone());
    });
    left
}

fn line(out: &mut dyn Write, json: &Json) -> Result<()> {
    writeln!(out, "{json}").map_err(|e| Error::failed(format!("what takes the plan back cannot be kept: {}", e.kind())))
}

fn extent_json(extent: &Extent) -> Json {
    json!([extent.length, extent.digest])
}

fn patch_json(source: &str, patch: &Patch) -> Json {
    let splices: Vec<Json> =
        patch.splices.iter().map(|(range, bytes)| json!([range.start, range.end, BASE64.encode(bytes)])).collect();
    let (before, after) = (extent_json(&patch.before), extent_json(&patch.after));
    json!({"source": source, "collection": patch.collection, "before": before, "after": after, "splices": splices})
}

fn write_file(path: &Path, out: &mut dyn Write) -> Result<()> {
    let failed = |e: std::io::Error| Error::io("keep the file", path, &e);
    let about = std::fs::symlink_metadata(path).map_err(failed)?;
    if !about.is_file() {
        return Err(Error::refused(format!("{} is no file that could be put back", path.display()))
            .hint("erase without being able to take it back: --without-undo \"reason\""));
    }
    line(out, &json!({"file": path, "mode": mode(&about)}))?;
    let (mut file, mut block) = (File::open(path).map_err(failed)?, vec![0; CHUNK]);
    loop {
        match file.read(&mut block).map_err(failed)? {
            0 => return Ok(()),
            n => line(out, &json!({"bytes": BASE64.encode(&block[..n])}))?,
        }
    }
}

#[cfg(unix)]
fn mode(about: &std::fs::Metadata) -> u32 {
    std::os::unix::fs::MetadataExt::mode(about) & 0o7777
}

#[cfg(not(unix))]
fn mode(_: &std::fs::Metadata) -> u32 {
    0
}

impl Images {
    /// Reads what was written; the bytes of files go into files without a name.
    pub fn read(input: &mut dyn BufRead) -> Result<Images> {
        let damaged = || Error::failed("what takes the plan back is damaged").hint("nothing was changed");
        let mut images: Option<Images> = None;
        let mut ended = false;
        for text in input.lines() {
            let text = text.map_err(|_| damaged())?;
            let json: Json = serde_json::from_str(&text).map_err(|_| damaged())?;
            match &mut images {
                None => images = Some(begun(&json).ok_or_else(damaged)?),
                Some(images) if !json["end"].as_bool().unwrap_or(false) => images.take(&json)?.ok_or_else(damaged)?,
                Some(_) => ended = true,
            }
        }
        let mut images = images.filter(|_| ended).ok_or_else(damaged)?;
        images.files.iter_mut().try_for_each(NamedFile::complete)?;
        Ok(images)
    }

    fn take(&mut self, json: &Json) -> Result<Option<()>> {
        if let Some(bytes) = json["bytes"].as_str() {
            let Some((file, bytes)) = self.files.last_mut().zip(BASE64.decode(bytes).ok()) else { return Ok(None) };
            return file.bytes.write_all(&bytes).map(Some).map_err(|e| Error::io("write beside", &file.path, &e));
        }
        if let Some(path) = json["file"].as_str() {
            let Some(mode) = json["mode"].as_u64().and_then(|m| u32::try_from(m).ok()) else { return Ok(None) };
            self.files.push(NamedFile::begun(PathBuf::from(path), mode)?);
            return Ok(Some(()));
        }
        Ok(self.take_record(json))
    }

    fn take_record(&mut self, json: &Json) -> Option<()> {
        let source = json["source"].as_str()?.to_owned();
        if let Some(n) = json["change"].as_u64() {
            let pair = |p: &Json| Some((p.get(0)?.as_str()?.to_owned(), Value::from_json(p.get(1)?)?));
            let (names, values): (Vec<String>, Vec<Value>) =
                json["record"].as_array()?.iter().map(pair).collect::<Option<Vec<_>>>()?.into_iter().unzip();
            let beside = serde_json::from_value(json["beside"].clone()).ok()?;
            let image = Image { record: Record::new(names.into(), values), beside };
            self.records.entry(source).or_default().insert(usize::try_from(n).ok()?, image);
            return Some(());
        }
        let extent = |json: &Json| {
            Some(Extent { length: json.get(0)?.as_u64()?, digest: Digest::parse(json.get(1)?.as_str()?)? })
        };
        let splice =
            |s: &Json| Some((s.get(0)?.as_u64()?..s.get(1)?.as_u64()?, BASE64.decode(s.get(2)?.as_str()?).ok()?));
        let patch = Patch {
            collection: json["collection"].as_str()?.to_owned(),
            before: extent(&json["before"])?,
            after: extent(&json["after"])?,
            splices: json["splices"].as_array()?.iter().map(splice).collect::<Option<_>>()?,
        };
        self.patches.entry(source).or_default().push(patch);
        Some(())
    }
}

fn begun(json: &Json) -> Option<Images> {
    let plan = Digest::parse(json["plan"].as_str()?).filter(|_| json["redress_undo"].as_u64() == Some(FORMAT))?;
    Some(Images { plan, records: BTreeMap::new(), patches: BTreeMap::new(), files: Vec::new() })
}

impl NamedFile {
    fn begun(path: PathBuf, mode: u32) -> Result<NamedFile> {
        let folder = path.parent().unwrap_or(Path::new("/")).to_owned();
        std::fs::create_dir_all(&folder).map_err(|e| Error::io("make the folder", &folder, &e))?;
        let bytes = tempfile::tempfile_in(&folder).map_err(|e| Error::io("write beside", &path, &e))?;
        Ok(NamedFile { path, mode, bytes, digest: Digest::of(&[]) })
    }

    /// Works out the digest of its bytes, once they are all there.
    fn complete(&mut self) -> Result<()> {
        use std::io::Seek as _;
        let failed = |e: std::io::Error| Error::io("read beside", &self.path, &e);
        self.bytes.rewind().map_err(failed)?;
        self.digest = Digest::of_all(&self.bytes).map_err(failed)?;
        self.bytes.rewind().map_err(failed)
    }
}
