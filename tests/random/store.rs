//! The random world on disk: written once, read back independently of the tool, and its data map.

use redress::map::{
    About, Address, Collection, DataMap, Decision, Erase, Field, FieldErase, Identity, Link, NormalForm, Retain,
    RetentionRule, Role, SourceMap, Strength, Then,
};
use redress::record::{FieldPath, Record, Value};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::world::{Row, Rule, Store, Table, World};

impl Store {
    pub fn source(self) -> &'static str {
        match self {
            Store::Sqlite => "base",
            Store::Csv => "sheets",
            Store::Json => "docs",
        }
    }

    fn path(self, dir: &Path) -> PathBuf {
        match self {
            Store::Sqlite => dir.join("base.db"),
            Store::Csv => dir.join("sheets"),
            Store::Json => dir.join("docs"),
        }
    }
}

const STORES: [(Store, &str); 3] = [(Store::Sqlite, "sqlite"), (Store::Csv, "csv"), (Store::Json, "json")];

impl World {
    /// Puts everything back as it was written first.
    pub fn restore(&self, dir: &Path) {
        for (store, _) in STORES {
            let path = store.path(dir);
            if path.is_dir() { std::fs::remove_dir_all(path).unwrap() } else { std::fs::remove_file(path).unwrap() }
        }
        self.write(dir);
    }

    /// Writes all tables.
    pub fn write(&self, dir: &Path) {
        for (store, _) in &STORES[1..] {
            std::fs::create_dir(store.path(dir)).unwrap();
        }
        let conn = Connection::open(Store::Sqlite.path(dir)).unwrap();
        conn.execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN").unwrap();
        for table in &self.tables {
            match table.store {
                Store::Sqlite => self.write_sqlite(&conn, table),
                Store::Csv => write_csv(table, &Store::Csv.path(dir).join(format!("{}.csv", table.name))),
                Store::Json => write_json(table, &Store::Json.path(dir).join(format!("{}.ndjson", table.name))),
            }
        }
        conn.execute_batch("COMMIT").unwrap();
    }

    pub fn ddl(&self, table: &Table) -> String {
        let names = |t: &Table, columns: &[usize]| {
            columns.iter().map(|c| t.columns[*c].name.clone()).collect::<Vec<_>>().join(", ")
        };
        let mut parts: Vec<String> = table
            .columns
            .iter()
            .map(|c| {
                let (ty, null) = (if c.number { "INTEGER" } else { "TEXT" }, if c.nullable { "" } else { " NOT NULL" });
                format!("{} {ty}{null}", c.name)
            })
            .collect();
        if !table.key.is_empty() {
            parts.push(format!("PRIMARY KEY ({})", names(table, &table.key)));
        }
        for r in &table.references {
            if let Some(action) = r.declared {
                let to = &self.tables[r.to];
                let (from, there) = (names(table, &r.columns), names(to, &r.to_columns));
                parts.push(format!("FOREIGN KEY ({from}) REFERENCES {} ({there}) ON DELETE {action}", to.name));
            }
        }
        let tail = if table.without_rowid { " WITHOUT ROWID" } else { "" };
        format!("CREATE TABLE {} ({}){tail};", table.name, parts.join(", "))
    }

    fn write_sqlite(&self, conn: &Connection, table: &Table) {
        conn.execute_batch(&self.ddl(table)).unwrap();
        for row in &table.rows {
            let holes = vec!["?"; row.len()].join(", ");
            conn.execute(&format!("INSERT INTO {} VALUES ({holes})", table.name), rusqlite::params_from_iter(row))
                .unwrap();
        }
    }

    /// Reads all tables back.
    pub fn read(&self, dir: &Path) -> Vec<Vec<Row>> {
        self.tables
            .iter()
            .map(|table| {
                let mut rows = match table.store {
                    Store::Sqlite => read_sqlite(table, dir),
                    Store::Csv => read_csv(table, dir),
                    Store::Json => read_json(table, dir),
                };
                rows.sort();
                rows
            })
            .collect()
    }

    /// A row as a record of its source.
    pub fn record(&self, table: usize, row: &Row) -> Record {
        let table = &self.tables[table];
        let value = |(cell, column): (&Option<String>, &super::world::Column)| match (cell, table.store) {
            (None, Store::Csv) => Value::Text(String::new()),
            (None, _) => Value::Null,
            (Some(text), Store::Csv) => Value::Text(text.clone()),
            (Some(text), _) if column.number => Value::Int(text.parse().unwrap()),
            (Some(text), _) => Value::Text(text.clone()),
        };
        let names: Vec<String> = table.columns.iter().map(|c| c.name.clone()).collect();
        Record::new(names.into(), row.iter().zip(&table.columns).map(value).collect())
    }

    /// The data map.
    pub fn map(&self, dir: &Path) -> DataMap {
        let email = Identity {
            name: "email".into(),
            normal: NormalForm::Email,
            strength: Strength::Unique,
            hashes: Vec::new(),
        };
        let rule = |then| RetentionRule {
            name: format!("{then:?}"),
            because: "the law".into(),
            law: None,
            keep: "P10Y".parse().unwrap(),
            keep_text: "P10Y".into(),
            then,
            isolate: false,
        };
        let rules = [Then::Delete, Then::Anonymise].map(|then| (format!("{then:?}"), rule(then)));
        let source = |(store, kind): &(Store, &str)| {
            let tables = self.tables.iter().enumerate().filter(|(_, t)| t.store == *store);
            let collections: Vec<Collection> = tables.map(|(i, _)| self.collection(i)).collect();
            let path = store.path(dir);
            let address = Address { kind: (*kind).into(), path, written: store.source().into(), ..Address::default() };
            SourceMap { name: store.source().into(), address, collections, ..SourceMap::default() }
        };
        let sources = STORES.iter().map(source).filter(|s| !s.collections.is_empty()).collect();
        DataMap {
            identities: [("email".to_owned(), email)].into(),
            retention: rules.into(),
            sources,
            ..DataMap::default()
        }
    }

    fn collection(&self, i: usize) -> Collection {
        let table = &self.tables[i];
        let names = |columns: &[usize]| columns.iter().map(|c| table.columns[*c].name.clone()).collect::<Vec<_>>();
        let path = |t: usize, c: &usize| FieldPath::column(&self.tables[t].columns[*c].name);
        let link = |from: Vec<FieldPath>, to: usize, to_columns: &[usize], role: Role, open: bool| Link {
            only: Vec::new(),
            spelled: Default::default(),
            from,
            to_source: self.tables[to].store.source().into(),
            to_collection: self.tables[to].name.clone(),
            to: to_columns.iter().map(|c| path(to, c)).collect(),
            role,
            shared: role == Role::Shared,
            decision: if open { Decision::Open } else { Decision::Decided },
            because: None,
            place: Default::default(),
        };
        let mut links: Vec<Link> = Vec::new();
        for r in &table.references {
            let from = r.columns.iter().map(|c| path(i, c)).collect();
            links.extend(r.link.map(|(role, open)| link(from, r.to, &r.to_columns, role, open)));
        }
        if let Some(held) = &table.held {
            links.push(link(vec![path(i, &table.key[0])], held.by, &[held.column], held.role, false));
        }
        let category = Some("user".to_owned());
        let v = [
            FieldErase::Keep,
            FieldErase::Null,
            FieldErase::Tombstone,
            FieldErase::Fixed("gone".into()),
            FieldErase::Hash,
            FieldErase::Random,
        ];
        let mut fields = BTreeMap::new();
        fields.insert(
            "v".to_owned(),
            Field { category: category.clone(), erase: Some(v[table.field].clone()), ..Field::default() },
        );
        if table.new_key {
            let erase = Some(FieldErase::Tombstone);
            fields.insert("id".to_owned(), Field { category: category.clone(), erase, ..Field::default() });
        }
        if table.email.is_some() {
            fields
                .insert("email".to_owned(), Field { category, erase: Some(FieldErase::Tombstone), ..Field::default() });
        }
        let (erase, then) = match table.rule {
            Rule::Delete => (Some(Erase::Delete), None),
            Rule::Anonymise => (Some(Erase::Anonymise), None),
            Rule::Keep => (Some(Erase::Keep), None),
            Rule::Undecided => (None, None),
            Rule::Retain(true) => (None, Some(Then::Delete)),
            Rule::Retain(false) => (None, Some(Then::Anonymise)),
        };
        Collection {
            name: table.name.clone(),
            person: i == 0,
            about: if table.nobody { About::Nobody } else { About::Subject },
            key: names(&table.key),
            identities: table.email.iter().map(|_| ("email".to_owned(), FieldPath::column("email"))).collect(),
            links,
            erase,
            because: Some("so".into()),
            retain: then.map(|t| Retain {
                rule: format!("{t:?}"),
                from: Some(FieldPath::column("d")),
                // Half of what rules keep is minimised: nothing of it is needed.
                needs: (table.field % 2 == 1).then(Vec::new),
            }),
            fields,
            other: table.columns.iter().map(|c| c.name.clone()).collect(),
            ..Collection::default()
        }
    }
}

fn write_csv(table: &Table, path: &Path) {
    let mut out = csv::Writer::from_path(path).unwrap();
    out.write_record(table.columns.iter().map(|c| &c.name)).unwrap();
    for row in &table.rows {
        out.write_record(row.iter().map(|c| c.as_deref().unwrap_or(""))).unwrap();
    }
}

fn write_json(table: &Table, path: &Path) {
    let mut text = String::new();
    for row in &table.rows {
        let member = |(cell, column): (&Option<String>, &super::world::Column)| {
            let value = match cell {
                None => "null".into(),
                Some(text) if column.number => text.clone(),
                Some(text) => serde_json::Value::from(text.as_str()).to_string(),
            };
            format!("\"{}\": {value}", column.name)
        };
        let members: Vec<String> = row.iter().zip(&table.columns).map(member).collect();
        text.push_str(&format!("{{{}}}\n", members.join(", ")));
    }
    std::fs::write(path, text).unwrap();
}

fn read_sqlite(table: &Table, dir: &Path) -> Vec<Row> {
    let conn = Connection::open(Store::Sqlite.path(dir)).unwrap();
    let broken: i64 = conn.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |r| r.get(0)).unwrap();
    assert_eq!(broken, 0, "references of the database are whole");
    let mut statement = conn.prepare(&format!("SELECT * FROM {}", table.name)).unwrap();
    let cell = |value: rusqlite::types::Value| match value {
        rusqlite::types::Value::Null => None,
        rusqlite::types::Value::Integer(i) => Some(i.to_string()),
        rusqlite::types::Value::Text(text) => Some(text),
        other => panic!("{other:?}"),
    };
    let rows = statement.query_map([], |r| (0..table.columns.len()).map(|i| Ok(cell(r.get(i)?))).collect());
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

fn read_csv(table: &Table, dir: &Path) -> Vec<Row> {
    let path = Store::Csv.path(dir).join(format!("{}.csv", table.name));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let cell = |c: &str| (!c.is_empty()).then(|| c.to_owned());
    reader.records().map(|r| r.unwrap().iter().map(cell).collect()).collect()
}

fn read_json(table: &Table, dir: &Path) -> Vec<Row> {
    let path = Store::Json.path(dir).join(format!("{}.ndjson", table.name));
    let cell = |value: &serde_json::Value| match value {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let text = std::fs::read_to_string(path).unwrap();
    let row = |line: &str| {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        table.columns.iter().map(|c| cell(&object[&c.name])).collect()
    };
    text.lines().map(row).collect()
}

/// The world in a few lines, for the message of a failure.
impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, table) in self.tables.iter().enumerate() {
            let about = if table.nobody { "nobody" } else { "" };
            let new_key = if table.new_key { "new key" } else { "" };
            let (store, rule, field) = (table.store, table.rule, table.field);
            writeln!(f, "\n{store:?} {rule:?} field {field} {about} {new_key} {}", self.ddl(table))?;
            for r in &table.references {
                let from: Vec<_> = r.columns.iter().map(|c| &table.columns[*c].name).collect();
                writeln!(f, "   {from:?} -> t{} {:?} {:?}", r.to, r.declared, r.link)?;
            }
            if let Some(h) = &table.held {
                writeln!(f, "   key held by t{}.{} {:?}", h.by, self.tables[h.by].columns[h.column].name, h.role)?;
            }
            for (r, row) in table.rows.iter().enumerate() {
                let cells: Vec<&str> = row.iter().map(|c| c.as_deref().unwrap_or("-")).collect();
                writeln!(f, "   t{i}[{r}] {}", cells.join(" | "))?;
            }
        }
        Ok(())
    }
}
