//! What a database says of itself, as the schema all sources speak and as SQL needs it.

use std::collections::HashMap;
use std::sync::Arc;

use super::quoted;
use super::relations::{self, Attribute, Relation};
use super::session::Session;
use super::types::{Charset, Kind, Type};
use crate::problem::Problem;
use crate::record::Names;
use crate::source::{Action, Column, ForeignKey, Schema, Shape, ShapeKind};

/// The tables of a database.
pub(super) struct Catalogue {
    pub schema: Schema,
    /// One for each collection of the schema.
    pub tables: Vec<Table>,
    /// The session's user, as SQL writes it.
    pub role: String,
    /// The rights given, as (table or all of them, right).
    pub given: Vec<(Option<String>, String)>,
    /// The database, as SQL writes it.
    pub database: String,
}

/// What SQL needs to know of a table.
pub(super) struct Table {
    /// Its name, as SQL writes it.
    pub sql: String,
    pub view: bool,
    pub names: Names,
    pub types: Vec<Type>,
    pub indexes: Vec<Index>,
    /// Columns that the server sets when a record changes, if they are not set.
    pub touched: Vec<String>,
    /// Columns that the role may update.
    pub updatable: Vec<bool>,
    pub partitioned: bool,
    pub versioned: bool,
}

/// An index that a question may go by.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Index {
    pub name: String,
    pub columns: Vec<String>,
}

impl Catalogue {
    /// Reads it; `name` is the source's.
    pub fn read(session: &mut Session, name: &str) -> Result<Catalogue, mysql::Error> {
        let engines = relations::transactional_engines(session)?;
        let mut attributes: HashMap<String, Vec<Attribute>> = HashMap::new();
        for attribute in relations::attributes(session)? {
            attributes.entry(attribute.table.clone()).or_default().push(attribute);
        }
        let role = relations::role(session)?;
        let mut catalogue = Catalogue {
            schema: Schema::default(),
            tables: Vec::new(),
            given: relations::given(session, &role)?,
            role,
            database: quoted(&session.database),
        };
        for relation in relations::relations(session)? {
            let columns = attributes.remove(&relation.name).unwrap_or_default();
            let (mut shape, table) = described(&relation, &columns);
            if !relation.view && !engines.iter().any(|e| e.eq_ignore_ascii_case(&relation.engine)) {
                shape.not_transactional = Some(relation.engine);
            }
            catalogue.schema.collections.push(shape);
            catalogue.tables.push(table);
        }
        catalogue.add_indexes(session)?;
        catalogue.add_references(session)?;
        for (table, trigger) in relations::triggers(session)? {
            if let Some((shape, _)) = catalogue.find_mut(&table) {
                shape.triggers.push(trigger);
            }
        }
        for (table, from) in relations::referred_from_outside(session)? {
            if let Some((shape, _)) = catalogue.find_mut(&table) {
                let message =
                    format!("{from}, in another database, refers to it: what is deleted here may change there");
                shape.problems.push(Problem::new("referred-from-outside", format!("{name}.{table}"), message));
            }
        }
        Ok(catalogue)
    }

    /// The collection of that name.
    pub fn find(&self, collection: &str) -> Option<(&Shape, &Table)> {
        let i = self.schema.collections.iter().position(|s| s.name == collection)?;
        Some((&self.schema.collections[i], &self.tables[i]))
    }

    fn find_mut(&mut self, collection: &str) -> Option<(&mut Shape, &mut Table)> {
        let same = |s: &Shape| s.name == collection;
        // Some servers keep names in lower case and show references to them as they were written.
        let any_case = |s: &Shape| s.name.eq_ignore_ascii_case(collection);
        let list = &self.schema.collections;
        let i = list.iter().position(same).or_else(|| list.iter().position(any_case))?;
        Some((&mut self.schema.collections[i], &mut self.tables[i]))
    }

    fn add_indexes(&mut self, session: &mut Session) -> Result<(), mysql::Error> {
        let parts = relations::index_parts(session)?;
        for parts in parts.chunk_by(|a, b| a.table == b.table && a.index == b.index) {
            let Some((shape, table)) = self.find_mut(&parts[0].table) else { continue };
            let Some(columns) = parts.iter().map(|p| p.column.clone()).collect::<Option<Vec<_>>>() else { continue };
            if parts[0].ordered && parts[0].used {
                table.indexes.push(Index { name: parts[0].index.clone(), columns: columns.clone() });
            }
            if !parts[0].unique || parts.iter().any(|p| p.cut) {
                continue;
            }
            let never_null = columns.iter().all(|c| shape.column(c).is_some_and(|c| !c.nullable));
            let list = if never_null { &mut shape.keys } else { &mut shape.unique };
            if !list.contains(&columns) {
                list.push(columns);
            }
        }
        Ok(())
    }

    fn add_references(&mut self, session: &mut Session) -> Result<(), mysql::Error> {
        let rules = relations::rules(session)?;
        let parts = relations::reference_parts(session)?;
        let database = session.database.clone();
        for parts in parts.chunk_by(|a, b| a.table == b.table && a.constraint == b.constraint) {
            let first = &parts[0];
            let rule = rules.iter().find(|r| r.constraint == first.constraint && r.table == first.table);
            let Some((to, _)) = self.find_mut(&first.to) else { continue };
            let to = to.name.clone();
            let Some((shape, _)) = self.find_mut(&first.table) else { continue };
            if !first.to_schema.eq_ignore_ascii_case(&database) {
                continue;
            }
            let key = ForeignKey {
                columns: parts.iter().map(|p| p.column.clone()).collect(),
                to,
                to_columns: parts.iter().map(|p| p.to_column.clone()).collect(),
                on_delete: rule.map_or(Action::Refuse, |r| action(&r.on_delete)),
                on_update: rule.map_or(Action::Refuse, |r| action(&r.on_update)),
                full: false,
            };
            if !shape.references.contains(&key) {
                shape.references.push(key);
            }
        }
        Ok(())
    }
}

/// The labels of `enum('new','it''s')`.
fn labels(declared: &str) -> Vec<String> {
    let inside = declared.find('(').map_or("", |at| &declared[at + 1..]);
    let (mut labels, mut label, mut open) = (Vec::new(), String::new(), false);
    let mut chars = inside.chars().peekable();
    while let Some(c) = chars.next() {
        match (open, c) {
            (false, '\'') => open = true,
            (true, '\'') if chars.peek() == Some(&'\'') => label.extend(chars.next()),
            (true, '\'') => {
                open = false;
                labels.push(std::mem::take(&mut label));
            }
            (true, c) => label.push(c),
            (false, _) => {}
        }
    }
    labels
}

fn described(relation: &Relation, attributes: &[Attribute]) -> (Shape, Table) {
    let mut shape = Shape {
        name: relation.name.clone(),
        kind: if relation.view { ShapeKind::View } else { ShapeKind::Table },
        closed: true,
        rows: if relation.view { None } else { relation.rows },
        ..Shape::default()
    };
    let mut types = Vec::new();
    for a in attributes {
        let charset = a.charset.clone().zip(a.collation.clone());
        let charset = charset.map(|(name, collation)| Charset { name, collation });
        let ty = Type::of(&a.data_type, &a.column_type, charset);
        let computed = ["VIRTUAL GENERATED", "STORED GENERATED", "PERSISTENT"].iter().any(|w| a.extra.contains(w));
        shape.columns.push(Column {
            name: a.name.clone(),
            declared: a.column_type.clone(),
            ty: ty.value_type(),
            nullable: a.nullable,
            generated: computed,
            follows: computed && !a.expression.starts_with("ROW "),
            nocase: matches!(&ty.kind, Kind::Text(c) if c.collation.ends_with("_ci")),
            max_length: if matches!(ty.kind, Kind::Text(_)) { a.length } else { None },
            range: ty.range(),
            allowed: if a.data_type == "enum" { labels(&a.column_type) } else { Vec::new() },
            parts: Vec::new(),
        });
        types.push(ty);
    }
    let names: Vec<String> = attributes.iter().map(|a| a.name.clone()).collect();
    let on_update = attributes.iter().filter(|a| a.extra.contains("ON UPDATE"));
    let table = Table {
        sql: quoted(&relation.name),
        view: relation.view,
        names: Arc::from(names),
        types,
        indexes: Vec::new(),
        touched: on_update.map(|a| a.name.clone()).collect(),
        updatable: attributes.iter().map(|a| a.privileges.contains("update")).collect(),
        partitioned: relation.partitioned,
        versioned: relation.versioned,
    };
    (shape, table)
}

fn action(word: &str) -> Action {
    match word {
        "CASCADE" => Action::Cascade,
        "SET NULL" => Action::SetNull,
        "SET DEFAULT" => Action::SetDefault,
        _ => Action::Refuse,
    }
}

impl Table {
    /// The SQL that reads all columns, in order.
    pub fn column_list(&self) -> String {
        self.names.iter().map(|n| quoted(n)).collect::<Vec<_>>().join(", ")
    }

    /// The type of a column.
    pub fn ty(&self, column: &str) -> Option<&Type> {
        self.names.iter().position(|n| n == column).map(|i| &self.types[i])
    }

    /// The index that serves a comparison of these columns best: the one with most of them at its beginning.
    pub fn index_for(&self, columns: &[&str]) -> Option<&Index> {
        let served = |i: &Index| i.columns.iter().take_while(|c| columns.contains(&c.as_str())).count();
        // Of equals the first: the primary key.
        self.indexes.iter().rev().max_by_key(|i| served(i)).filter(|i| served(i) > 0)
    }
}

/// A table with its database, as GRANT names it.
pub(super) fn full_name(catalogue: &Catalogue, table: &str) -> String {
    format!("{}.{}", catalogue.database, quoted(table))
}
