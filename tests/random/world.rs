//! A small random world: tables in a database, CSV and NDJSON files, their rows, and what the map says of them.
//!
//! Everything is decided by a tape of bytes; an empty tape is the simplest world, so that proptest can shrink one.

use redress::map::Role;

/// The choices.
pub struct Tape<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tape<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Tape { bytes, at: 0 }
    }

    /// A number below `n`; 0 when the tape has ended.
    fn pick(&mut self, n: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte) % n.max(1)
    }

    /// True once in `n` times.
    fn once_in(&mut self, n: usize) -> bool {
        self.pick(n) == n - 1
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    Sqlite,
    Csv,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    Delete,
    Anonymise,
    Keep,
    Undecided,
    /// Kept ten years from `d`; then deleted, or anonymised.
    Retain(bool),
}

#[derive(Clone, Debug)]
pub struct Column {
    pub name: String,
    pub number: bool,
    pub nullable: bool,
}

/// Columns that hold the key of another table's row.
#[derive(Clone, Debug)]
pub struct Reference {
    pub columns: Vec<usize>,
    pub to: usize,
    pub to_columns: Vec<usize>,
    /// What the database declares to do when the row referred to goes.
    pub declared: Option<&'static str>,
    /// What the map says: the role, and whether that is left open.
    pub link: Option<(Role, bool)>,
}

/// A row holds its key; this table's link leads from the key to the column that holds it.
#[derive(Clone, Debug)]
pub struct Held {
    pub by: usize,
    pub column: usize,
    pub role: Role,
}

pub type Row = Vec<Option<String>>;

#[derive(Clone, Debug)]
pub struct Table {
    pub name: String,
    pub store: Store,
    pub columns: Vec<Column>,
    pub key: Vec<usize>,
    pub without_rowid: bool,
    pub references: Vec<Reference>,
    pub held: Option<Held>,
    pub email: Option<usize>,
    pub rule: Rule,
    /// What anonymising does with `v`: nothing, null, tombstone, fixed.
    pub field: usize,
    /// Whether anonymising gives its key a tombstone.
    pub new_key: bool,
    pub nobody: bool,
    pub rows: Vec<Row>,
}

#[derive(Clone)]
pub struct World {
    pub tables: Vec<Table>,
}

const ROLES: [Role; 9] = [
    Role::Owner,
    Role::Author,
    Role::Reference,
    Role::Owner,
    Role::About,
    Role::Mention,
    Role::Shared,
    Role::Recipient,
    Role::Representative,
];
const ON_DELETE: [Option<&str>; 6] =
    [None, Some("NO ACTION"), Some("CASCADE"), Some("SET NULL"), Some("RESTRICT"), Some("NO ACTION ON UPDATE CASCADE")];

impl Table {
    pub fn position(&self, name: &str) -> usize {
        self.columns.iter().position(|c| c.name == name).unwrap()
    }

    fn add(&mut self, name: &str, number: bool, nullable: bool) -> usize {
        self.columns.push(Column { name: name.into(), number, nullable });
        self.columns.len() - 1
    }
}

impl World {
    pub fn of(tape: &mut Tape<'_>) -> World {
        let count = 1 + tape.pick(6);
        let mut world = World { tables: (0..count).map(|i| table(i, tape)).collect() };
        for i in 0..count {
            world.refer(i, tape);
        }
        for i in 1..count {
            world.hold(i, tape);
        }
        for i in 0..count {
            world.keys(i, tape);
        }
        for i in 0..count {
            world.fill(i, tape);
        }
        world
    }

    fn refer(&mut self, i: usize, tape: &mut Tape<'_>) {
        let wanted = if i == 0 { usize::from(tape.once_in(3)) } else { 1 + tape.pick(3) };
        for n in 0..wanted {
            let in_key = n == 0 && i > 0 && self.tables[i].key.is_empty() && tape.once_in(3);
            let mut to = if tape.once_in(4) && !in_key { tape.pick(self.tables.len()) } else { tape.pick(i.max(1)) };
            if self.tables[to].key.is_empty() {
                to = 0;
            }
            let both = self.tables[i].store == Store::Sqlite && self.tables[to].store == Store::Sqlite;
            let nobody = self.tables[i].nobody;
            let declared = if both { ON_DELETE[tape.pick(6)].or(nobody.then_some("CASCADE")) } else { None };
            if nobody && declared.is_none() {
                continue;
            }
            let nullable = !in_key && !tape.once_in(3);
            let implied = nobody || declared.is_some() && tape.once_in(4);
            let link = (!implied).then(|| {
                let role = if i == 0 { Role::Reference } else { ROLES[tape.pick(ROLES.len())] };
                (role, tape.once_in(10))
            });
            let to_columns = self.tables[to].key.clone();
            let kinds: Vec<bool> = to_columns.iter().map(|c| self.tables[to].columns[*c].number).collect();
            let table = &mut self.tables[i];
            let columns: Vec<usize> = kinds
                .iter()
                .enumerate()
                .map(|(k, number)| table.add(&format!("r{n}_{k}"), *number, nullable))
                .collect();
            if in_key {
                table.key.extend(&columns);
                let part = table.add("seq", true, false);
                table.key.push(part);
            }
            table.references.push(Reference { columns, to, to_columns, declared, link });
        }
    }

    /// Lets the persons hold rows of a table by a column of their own.
    fn hold(&mut self, i: usize, tape: &mut Tape<'_>) {
        if self.tables[i].key.len() != 1 || self.tables[i].nobody || !tape.once_in(4) {
            return;
        }
        let number = self.tables[i].columns[self.tables[i].key[0]].number;
        let nullable = !tape.once_in(4);
        let column = self.tables[0].add(&format!("h{i}"), number, nullable);
        let role = if tape.once_in(3) { Role::Owner } else { Role::Shared };
        if self.tables[0].store == Store::Sqlite && self.tables[i].store == Store::Sqlite && tape.once_in(2) {
            let to_columns = self.tables[i].key.clone();
            let declared = Some("NO ACTION");
            self.tables[0].references.push(Reference {
                columns: vec![column],
                to: i,
                to_columns,
                declared,
                link: None,
            });
        }
        self.tables[i].held = Some(Held { by: 0, column, role });
    }

    fn keys(&mut self, i: usize, tape: &mut Tape<'_>) {
        let rows = if i == 0 { 2 + tape.pick(3) } else { 1 + tape.pick(4) };
        for r in 0..rows {
            let mut row: Row = vec![None; self.tables[i].columns.len()];
            for (k, c) in self.tables[i].key.iter().enumerate() {
                let number = self.tables[i].columns[*c].number;
                // The last part tells rows apart.
                let n = if k + 1 == self.tables[i].key.len() { r + 1 } else { tape.pick(2) + 1 };
                row[*c] = Some(if number { n.to_string() } else { format!("k{n}") });
            }
            if let Some(first) =
                self.tables[i].references.first().filter(|f| self.tables[i].key.contains(&f.columns[0]))
            {
                let there = &self.tables[first.to];
                let target = tape.pick(there.rows.len());
                for (c, t) in first.columns.iter().zip(&first.to_columns) {
                    row[*c] = there.rows[target][*t].clone();
                }
            }
            self.tables[i].rows.push(row);
        }
    }

    fn fill(&mut self, i: usize, tape: &mut Tape<'_>) {
        for r in 0..self.tables[i].rows.len() {
            if r > 0 && self.tables[i].key.is_empty() && tape.once_in(3) {
                self.tables[i].rows[r] = self.tables[i].rows[r - 1].clone();
                continue;
            }
            let mut row = self.tables[i].rows[r].clone();
            let table = &self.tables[i];
            row[table.position("v")] = Some(format!("m{i}x{r}"));
            row[table.position("d")] =
                [None, Some("2010-05-05"), Some("2025-05-05"), Some("soon")][tape.pick(4)].map(str::to_owned);
            if let Some(email) = table.email {
                let person = if i == 0 { r } else { tape.pick(self.tables[0].rows.len()) };
                let text = [format!("p{person}@x.test"), format!(" P{person}@X.test")][tape.pick(2)].clone();
                row[email] = (i == 0 || !tape.once_in(4)).then_some(text);
            }
            let references = table.references.clone();
            let held = self.tables.iter().enumerate().filter_map(|(t, other)| {
                let held = other.held.as_ref().filter(|h| h.by == i)?;
                Some((vec![held.column], t, other.key.clone()))
            });
            let all = held.chain(references.into_iter().map(|r| (r.columns, r.to, r.to_columns)));
            for (columns, to, to_columns) in all {
                if row[columns[0]].is_some() {
                    continue;
                }
                let nullable = self.tables[i].columns[columns[0]].nullable;
                let there = &self.tables[to];
                if nullable && tape.once_in(4) {
                    continue;
                }
                let target = tape.pick(there.rows.len());
                for (c, t) in columns.iter().zip(&to_columns) {
                    row[*c] = there.rows[target][*t].clone();
                }
            }
            self.tables[i].rows[r] = row;
        }
    }
}

fn table(i: usize, tape: &mut Tape<'_>) -> Table {
    let store = [Store::Sqlite, Store::Sqlite, Store::Sqlite, Store::Sqlite, Store::Csv, Store::Json][tape.pick(6)];
    let mut table = Table {
        name: format!("t{i}"),
        store,
        columns: Vec::new(),
        key: Vec::new(),
        without_rowid: false,
        references: Vec::new(),
        held: None,
        email: None,
        rule: [Rule::Delete, Rule::Anonymise, Rule::Keep, Rule::Undecided, Rule::Retain(false), Rule::Retain(true)]
            [tape.pick(6)],
        field: tape.pick(6),
        new_key: false,
        nobody: i > 0 && store == Store::Sqlite && tape.once_in(5),
        rows: Vec::new(),
    };
    let kind = tape.pick(if i == 0 { 3 } else { 4 });
    match kind {
        0 => table.key = vec![table.add("id", true, false)],
        1 => {
            table.key = vec![table.add("id", false, false)];
            table.new_key = tape.once_in(3);
        }
        2 => table.key = vec![table.add("ka", false, false), table.add("kb", true, false)],
        _ => {}
    }
    table.without_rowid = !table.key.is_empty() && tape.once_in(4);
    table.add("v", false, true);
    table.add("d", false, true);
    if i == 0 || !table.nobody && tape.once_in(4) {
        table.email = Some(table.add("email", false, true));
    }
    table
}
