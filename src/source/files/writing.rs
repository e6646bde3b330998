//! One file while it is edited: the records looked up, what became of them, and the new content beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::format::{Format, Place};
use super::pick::Pick;
use super::replace::{Splice, Staged, extent};
use crate::error::{Error, Result};
use crate::map::NormalForm;
use crate::record::{FieldPath, Key, Record, Value};
use crate::source::{Edit, EditChange, Extent, Patch, Probe, Question, Wanted, question};

/// A record by where it began in the old file.
type Row = u64;

/// A file and the edits made so far.
pub struct Editing<F> {
    /// The file as it was.
    pub table: F,
    state: State,
    /// Its new content, as far as it was written.
    pub staged: Option<Staged>,
    /// Where the changed records stand in the new content.
    written: BTreeMap<Row, Range<u64>>,
}

/// What is known of the records asked for.
#[derive(Clone, Default)]
struct State {
    /// Every key ever asked for, and the records it addresses now.
    index: BTreeMap<Key, BTreeSet<Row>>,
    /// The columns of those keys.
    columns: BTreeSet<Vec<String>>,
    places: BTreeMap<Row, Place>,
    /// What became of a record: its new bytes, or none.
    changes: BTreeMap<Row, Option<Vec<u8>>>,
}

impl<F: Format> Editing<F> {
    /// Nothing is edited yet.
    pub fn new(table: F) -> Self {
        Editing { table, state: State::default(), staged: None, written: BTreeMap::new() }
    }

    /// The records that `keys` address now, as in [`crate::source::Writer::lookup`].
    pub fn lookup(&mut self, keys: &[&Key], sink: &mut dyn FnMut(usize, Record) -> Result<()>) -> Result<()> {
        let keys: Vec<Key> = keys.iter().map(|key| self.as_read(key)).collect();
        self.locate(&keys)?;
        for (i, key) in keys.iter().enumerate() {
            for row in &self.state.index[key] {
                sink(i, self.record(*row)?)?;
            }
        }
        Ok(())
    }

    /// Carries out the edits and writes the new content beside the file; all of them, or none.
    pub fn edit(&mut self, edits: &[&Edit<'_>]) -> Result<()> {
        let keys: Vec<Key> = edits.iter().map(|edit| self.as_read(edit.key)).collect();
        self.locate(&keys)?;
        let before = self.state.clone();
        // All records are found before the first is changed: one may come to look like another meanwhile.
        let rows = |key: &Key| self.state.index[key].iter().copied().collect::<Vec<Row>>();
        let rows: Vec<Vec<Row>> = keys.iter().map(rows).collect();
        let done = edits.iter().zip(rows).try_for_each(|(edit, rows)| self.one(edit, rows)).and_then(|()| self.stage());
        match done {
            Ok((staged, written)) => (self.staged, self.written) = (Some(staged), written),
            Err(error) => {
                self.state = before;
                return Err(error);
            }
        }
        Ok(())
    }

    /// A key with its values as the file would give them.
    fn as_read(&self, key: &Key) -> Key {
        match key {
            Key::Content(digest) => Key::Content(*digest),
            Key::Columns(parts) => {
                Key::Columns(parts.iter().map(|(n, v)| (n.clone(), self.table.as_read(v))).collect())
            }
        }
    }

    /// A record as it is now: a changed one is read back from the new content.
    fn record(&self, row: Row) -> Result<Record> {
        match (self.written.get(&row), &self.staged) {
            (Some(range), Some(staged)) => self.table.parse(&staged.slice(self.table.file(), range)?),
            _ => self.table.parse(&self.bytes(row)?),
        }
    }

    fn bytes(&self, row: Row) -> Result<Vec<u8>> {
        match self.state.changes.get(&row) {
            Some(Some(bytes)) => Ok(bytes.clone()),
            Some(None) => Err(Error::bug("a deleted record was asked for")),
            None => {
                let range = &self.state.places[&row].bytes;
                self.table.file().slice(range.start, range.end)
            }
        }
    }

    /// Sees to it that every key is in the index: those that were never asked for cost one pass together.
    fn locate(&mut self, keys: &[Key]) -> Result<()> {
        let new: BTreeSet<&Key> = keys.iter().filter(|key| !self.state.index.contains_key(key)).collect();
        if new.is_empty() {
            return Ok(());
        }
        let asked = Asked::of(&self.table, &new);
        let mut found: Vec<(Key, Place)> = Vec::new();
        let questions = asked.question();
        let mut pick = Pick::of(&questions);
        pick.all = asked.all;
        let changes = &self.state.changes;
        let problems = self.table.pass(&pick, &mut |place, record| {
            if !changes.contains_key(&place.bytes.start) {
                asked.keys(&self.table, &record, &new, &mut |key| found.push((key, place.clone())));
            }
            Ok(())
        })?;
        if let Some(why) = self.table.unfit(&problems) {
            return Err(Error::refused(format!(
                "{} cannot be rewritten safely: {why}",
                self.table.file().shown.display()
            ))
            .hint("put the file right by hand first; nothing was changed"));
        }
        // Records edited before may have got one of these keys.
        for (row, change) in &self.state.changes {
            if let Some(bytes) = change {
                let record = self.table.parse(bytes)?;
                let place = &self.state.places[row];
                asked.keys(&self.table, &record, &new, &mut |key| found.push((key, place.clone())));
            }
        }
        for key in new {
            self.state.index.insert(key.clone(), BTreeSet::new());
        }
        self.state.columns.extend(asked.columns.into_iter().map(|group| group.columns));
        for (key, place) in found {
            let row = place.bytes.start;
            self.state.places.insert(row, place);
            self.state.index.entry(key).or_default().insert(row);
        }
        Ok(())
    }

    fn one(&mut self, edit: &Edit<'_>, rows: Vec<Row>) -> Result<()> {
        if rows.len() as u64 != edit.count {
            return Err(Error::refused(format!(
                "{}: an edit is meant for {} records, but its key addresses {}; nothing was changed",
                self.table.file().shown.display(),
                edit.count,
                rows.len()
            ))
            .hint("the data have changed since the plan was made: make a new plan"));
        }
        for row in rows {
            let old = self.bytes(row)?;
            let new = match edit.change {
                EditChange::Delete => None,
                EditChange::Insert(_) => return Err(Error::bug("a file is taken back as a whole")),
                EditChange::Set(fields) => Some(self.table.set(&old, self.state.places[&row].line, fields)?),
            };
            self.move_keys(row, &self.table.parse(&old)?, new.as_deref())?;
            self.state.changes.insert(row, new);
        }
        Ok(())
    }

    /// Moves a record in the index from the keys it had to those it has.
    fn move_keys(&mut self, row: Row, old: &Record, new: Option<&[u8]>) -> Result<()> {
        let new = new.map(|bytes| self.table.parse(bytes)).transpose()?;
        for columns in &self.state.columns {
            let had = self.table.key(old, columns);
            let has = new.as_ref().and_then(|record| self.table.key(record, columns));
            shift(&mut self.state.index, row, had, has);
        }
        if self.state.index.last_key_value().is_some_and(|(key, _)| matches!(key, Key::Content(_))) {
            let has = new.map(|record| Key::Content(record.digest()));
            shift(&mut self.state.index, row, Some(Key::Content(old.digest())), has);
        }
        Ok(())
    }

    /// Writes the new content, and says where in it the changed records stand.
    fn stage(&self) -> Result<(Staged, BTreeMap<Row, Range<u64>>)> {
        let splices = self.splices()?;
        let mut written = BTreeMap::new();
        for (splice, range) in &splices {
            if !splice.with.is_empty() {
                written.insert(splice.range.start, range.clone());
            }
        }
        let splices: Vec<Splice<'_>> = splices.into_iter().map(|(splice, _)| splice).collect();
        Ok((Staged::write(self.table.file(), &splices)?, written))
    }

    /// What takes the file back once it is written.
    pub fn reverse(&self, collection: &str) -> Result<Option<Patch>> {
        let (Some(staged), file) = (&self.staged, self.table.file()) else { return Ok(None) };
        let old =
            |(splice, range): (Splice<'_>, Range<u64>)| Ok((range, file.slice(splice.range.start, splice.range.end)?));
        let splices = self.splices()?.into_iter().map(old).collect::<Result<_>>()?;
        let (before, after) = (extent(file, file.len())?, staged.extent(file)?);
        Ok(Some(Patch { collection: collection.to_owned(), before, after, splices }))
    }

    /// Takes the file back; see [`crate::source::Writer::take_back`].
    pub fn take_back(&mut self, patch: &Patch) -> Result<bool> {
        let file = self.table.file();
        let begins = |as_it: &Extent| -> Result<bool> {
            Ok(file.len() >= as_it.length && extent(file, as_it.length)? == *as_it)
        };
        // What was cut off at its end begins as it does now: so first this.
        if begins(&patch.before)? {
            return Ok(false);
        }
        let shown = file.shown.display();
        if !begins(&patch.after)? {
            return Err(Error::refused(format!("{shown} is neither as it was nor as the plan left it"))
                .hint("somebody changed it meanwhile, elsewhere than at its end; nothing was changed"));
        }
        let splices: Vec<Splice<'_>> =
            patch.splices.iter().map(|(range, with)| Splice { range: range.clone(), with }).collect();
        let staged = Staged::write(file, &splices)?;
        if staged.begins(file, &patch.before)? {
            self.staged = Some(staged);
            return Ok(true);
        }
        Err(Error::failed(format!("{shown} does not read back as it was")).hint("nothing was changed"))
    }

    /// What is cut out of the old file and put into it, each with its range in the new one.
    fn splices(&self) -> Result<Vec<(Splice<'_>, Range<u64>)>> {
        let mut deleted = Vec::new();
        let mut splices = Vec::new();
        for (row, change) in &self.state.changes {
            let place = &self.state.places[row];
            match change {
                None => deleted.push(place.clone()),
                Some(bytes) => splices.push(Splice { range: place.bytes.clone(), with: bytes }),
            }
        }
        splices.extend(self.table.cuts(&deleted)?.into_iter().map(|range| Splice { range, with: &[] }));
        splices.sort_by_key(|splice| splice.range.start);
        let (mut gone, mut come) = (0, 0);
        let mut placed = Vec::new();
        for splice in splices {
            let (start, length) = (splice.range.start - gone + come, splice.with.len() as u64);
            gone += splice.range.end - splice.range.start;
            come += length;
            placed.push((splice, start..start + length));
        }
        Ok(placed)
    }
}

fn shift(index: &mut BTreeMap<Key, BTreeSet<Row>>, row: Row, had: Option<Key>, has: Option<Key>) {
    if let Some(rows) = had.and_then(|key| index.get_mut(&key)) {
        rows.remove(&row);
    }
    if let Some(rows) = has.and_then(|key| index.get_mut(&key)) {
        rows.insert(row);
    }
}

/// The keys of one pass, as a question that finds their records.
struct Asked {
    columns: Vec<Group>,
    content: bool,
    /// Whether some key can only be found by looking at every record.
    all: bool,
}

struct Group {
    columns: Vec<String>,
    paths: Vec<FieldPath>,
    wanted: Wanted,
}

impl Asked {
    fn of<F: Format>(table: &F, keys: &BTreeSet<&Key>) -> Self {
        let mut asked = Asked { columns: Vec::new(), content: false, all: false };
        for key in keys {
            let Key::Columns(parts) = key else {
                (asked.content, asked.all) = (true, true);
                continue;
            };
            let columns: Vec<String> = parts.iter().map(|(name, _)| name.clone()).collect();
            let at = asked.columns.iter().position(|g| g.columns == columns).unwrap_or_else(|| {
                let paths = columns.iter().map(|c| table.key_path(c)).collect();
                asked.columns.push(Group { wanted: Wanted::new(columns.len()), columns, paths });
                asked.columns.len() - 1
            });
            let normal = |(_, value): &'_ (String, Value)| {
                question::normal_of(value, NormalForm::Exact, None).map(|n| n.into_owned().into())
            };
            match parts.iter().map(normal).collect::<Option<Vec<_>>>() {
                Some(parts) => {
                    asked.columns[at].wanted.add_parts(&parts);
                }
                // Nothing, the empty text, a list: no probe finds them.
                None => asked.all = true,
            }
        }
        asked
    }

    fn question(&self) -> Question<'_> {
        fn probe(group: &Group) -> Probe<'_> {
            Probe { fields: &group.paths, form: NormalForm::Exact, country: None, wanted: &group.wanted }
        }
        Question { collection: "", probes: self.columns.iter().map(probe).collect() }
    }

    /// The keys among `keys` that the record has.
    fn keys<F: Format>(&self, table: &F, record: &Record, keys: &BTreeSet<&Key>, each: &mut dyn FnMut(Key)) {
        let own = self.columns.iter().filter_map(|group| table.key(record, &group.columns));
        let content = self.content.then(|| Key::Content(record.digest()));
        own.chain(content).filter(|key| keys.contains(key)).for_each(each);
    }
}
