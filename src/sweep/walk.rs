//! Through every table and file of every source, once. What is found in a collection the map describes is set aside
//! for `explain`; what stands elsewhere is left.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::PathBuf;

use super::scan::Scanner;
use super::sought::Sought;
use super::stream::{self, FileHit};
use super::tally::{Spot, Tally};
use super::{Swept, unpack};
use crate::error::Result;
use crate::map::{DataMap, SourceMap};
use crate::problem::Problem;
use crate::source::raw::{Raw, RawFile, RawKind, RowBlock, RowSink};
use crate::source::{Files, open_raw};

/// What was found so far.
#[derive(Default)]
pub struct Walked {
    /// What is left.
    pub left: Tally,
    /// What is there for a reason.
    pub kept: Tally,
    /// What could not be looked through.
    pub problems: Vec<Problem>,
    /// Collections of the map in which something was found; of files, what and where.
    pub waiting: BTreeMap<(usize, String), Vec<FileHit>>,
    /// Hits in the pages and logs of databases that rows account for, where they do: by source.
    pub behind: Vec<(usize, RawFile, FileHit)>,
    /// Which identifiers rows held, if only as a part of a longer one: by source.
    pub in_rows: BTreeSet<(usize, usize)>,
    /// Bytes of files in space that no record uses, by source.
    pub in_free_space: BTreeMap<String, Vec<u64>>,
    tables: u64,
    files: u64,
}

impl Walked {
    /// The report.
    pub fn ended(self, sought: &[Sought], scanner: &Scanner) -> Swept {
        Swept {
            left: self.left.traces(sought, scanner),
            kept: self.kept.traces(sought, scanner),
            accepted: Vec::new(),
            problems: self.problems,
            in_free_space: self.in_free_space,
            sought: sought.len(),
            tables: self.tables,
            files: self.files,
        }
    }

    fn unswept(&mut self, place: &str, message: impl Into<String>) {
        self.problems.push(Problem::new("unswept", place, message));
    }
}

/// Why something counts as left.
pub const FREE: &str = "in free space of the database; run VACUUM";

/// Walks through all sources.
pub fn walk(map: &DataMap, scanner: &Scanner) -> Walked {
    let mut walked = Walked::default();
    let mut opened: Vec<(usize, Box<dyn Raw>)> = Vec::new();
    // One folder may be several sources: a file belongs to the source that has it as a collection.
    let mut files: BTreeMap<PathBuf, (usize, RawFile)> = BTreeMap::new();
    for (n, source) in map.sources.iter().enumerate() {
        let listed = open_raw(&source.address, &source.name).and_then(|mut raw| Ok((raw.files()?, raw)));
        match listed {
            Ok((Files { files: those, problems }, raw)) => {
                walked.problems.extend(problems);
                those.into_iter().for_each(|file| claim(&mut files, n, source, file));
                opened.push((n, raw));
            }
            Err(error) => walked.unswept(&source.name, error.message),
        }
    }
    for (n, raw) in &mut opened {
        let source = &map.sources[*n];
        let mut rows = Rows { walked: &mut walked, scanner, source, n: *n, table: String::new(), columns: Vec::new() };
        let outcome = raw.rows(&mut rows);
        match outcome {
            Ok(problems) => walked.problems.extend(problems),
            Err(error) => walked.unswept(&source.name, error.message),
        }
        for (_, file) in files.values().filter(|(owner, _)| owner == n) {
            if let Err(error) = sweep_file(&mut walked, scanner, source, *n, file, raw.as_mut()) {
                walked.unswept(&source.name, format!("{}: {}", scanner.masked(&file.name), error.message));
            }
        }
    }
    walked
}

fn claim(files: &mut BTreeMap<PathBuf, (usize, RawFile)>, n: usize, source: &SourceMap, file: RawFile) {
    let path = file.path.canonicalize().unwrap_or_else(|_| file.path.clone());
    let is_mapped = |f: &RawFile| match &f.kind {
        RawKind::Collection(name) => source.collection(name).is_some(),
        RawKind::Other => false,
        RawKind::Pages | RawKind::Log => true,
    };
    match files.get(&path) {
        Some(_) if !is_mapped(&file) => {}
        _ => _ = files.insert(path, (n, file)),
    }
}

/// Rows of one source's tables.
struct Rows<'a> {
    walked: &'a mut Walked,
    scanner: &'a Scanner,
    source: &'a SourceMap,
    n: usize,
    table: String,
    columns: Vec<String>,
}

impl RowSink for Rows<'_> {
    fn table(&mut self, table: &str, columns: &[String]) -> Result<()> {
        self.walked.tables += 1;
        (self.table, self.columns) = (table.to_owned(), columns.to_vec());
        Ok(())
    }

    fn rows(&mut self, rows: &RowBlock) -> Result<()> {
        let bytes = rows.bytes();
        for hit in self.scanner.scan_all(bytes, 0..bytes.len()) {
            self.walked.in_rows.insert((self.n, hit.sought));
            if !hit.alone {
                continue;
            }
            if self.source.collection(&self.table).is_some() {
                self.walked.waiting.entry((self.n, self.table.clone())).or_default();
                continue;
            }
            let column = rows.cell_at(hit.at.start) % self.columns.len().max(1);
            let spot = Spot {
                source: self.source.name.clone(),
                place: self.table.clone(),
                field: self.columns.get(column).cloned(),
                sought: hit.sought,
                coding: hit.coding,
                reason: "not in the data map".to_owned(),
            };
            self.walked.left.add(spot, 1, None);
        }
        Ok(())
    }
}

fn sweep_file(
    walked: &mut Walked,
    scanner: &Scanner,
    source: &SourceMap,
    n: usize,
    file: &RawFile,
    raw: &mut dyn Raw,
) -> Result<()> {
    walked.files += 1;
    let spot = |place: String, sought, coding, reason: &str| Spot {
        source: source.name.clone(),
        place,
        field: None,
        sought,
        coding,
        reason: reason.to_owned(),
    };
    for sought in scanner.in_name(&file.name).into_iter().map(|hit| hit.sought).collect::<BTreeSet<_>>() {
        let spot = spot(file.name.clone(), sought, super::Coding::Plain, "in the name of the file");
        walked.left.add(spot, 1, None);
    }
    let fault = |e: std::io::Error| crate::error::Error::io("read", &file.path, &e);
    let open = File::open(&file.path).map_err(fault)?;
    let known = match &file.kind {
        RawKind::Collection(name) => source.collection(name),
        _ => None,
    };
    let mut behind = Vec::new();
    let read = |part: &str, bytes: &mut dyn std::io::Read, walked: &mut Walked| {
        stream::sweep(bytes, scanner, &mut |hit| match (&file.kind, known) {
            (RawKind::Pages | RawKind::Log, _) => behind.push(hit),
            _ if !hit.alone => {}
            (_, Some(collection)) => walked.waiting.entry((n, collection.name.clone())).or_default().push(hit),
            _ => {
                let place = if part.is_empty() { file.name.clone() } else { format!("{} ({part})", file.name) };
                let spot = spot(place, hit.sought, hit.coding, "not in the data map");
                walked.left.add(spot, 1, Some(format!("line {}", hit.line)));
            }
        })
    };
    match file.kind {
        RawKind::Other => {
            let mut read = read;
            let closed = unpack::each(open, &mut |part, bytes| read(part, bytes, walked).map(drop)).map_err(fault)?;
            if let Some(what) = closed {
                let message = format!("{} is {what}: unpack it, look, and pack it again", scanner.masked(&file.name));
                walked.unswept(&source.name, message);
            }
        }
        _ => {
            let (mut open, mut read) = (open, read);
            read("", &mut open, walked).map_err(fault)?;
        }
    }
    for hit in behind {
        let in_use = file.kind == RawKind::Pages && raw.is_in_use(file, hit.offset)?;
        // A page in use says what a row says, and the rows were looked through; so may a log. Unless no row does.
        let in_rows = walked.in_rows.contains(&(n, hit.sought));
        let told = match file.kind {
            RawKind::Pages => in_use && in_rows,
            _ => in_rows && !hit.alone && file.is_current(),
        };
        if !told {
            walked.behind.push((n, file.clone(), hit));
        }
    }
    Ok(())
}
