//! A database as the system catalogues describe it: its collections, and for each how SQL reads it.

use postgres::Client;
use std::collections::{HashMap, HashSet};

use super::quoted;
use super::relations::{self, Attribute, Reference, Relation, Session};
use super::types::{Type, Types};
use crate::record::Names;
use crate::source::{Action, Column, ForeignKey, Schema, Shape, ShapeKind};

/// All collections.
pub(super) struct Catalogue {
    pub session: Session,
    pub schema: Schema,
    /// One for each collection of the schema, in its order.
    pub tables: Vec<Table>,
    /// References that cannot wait for the commit: from and to, by collection.
    pub immediate: HashSet<(String, String)>,
}

/// How SQL knows a collection.
pub(super) struct Table {
    pub oid: u32,
    pub schema: String,
    /// Its name with its schema.
    pub sql: String,
    /// The same, as rows are read from and changed in it.
    pub from: String,
    pub view: bool,
    /// One for each column.
    pub types: Vec<Type>,
    pub names: Names,
    pub usable: bool,
    pub select: bool,
    pub delete: bool,
    pub insert: bool,
    /// One for each column: whether it may be changed.
    pub updatable: Vec<bool>,
}

impl Catalogue {
    pub fn read(client: &mut Client) -> Result<Catalogue, postgres::Error> {
        let session = relations::session(client)?;
        let found = relations::relations(client)?;
        let mut attributes: HashMap<u32, Vec<Attribute>> = HashMap::new();
        for attribute in relations::attributes(client)? {
            attributes.entry(attribute.table).or_default().push(attribute);
        }
        let types = Types::new(relations::types(client)?.into_iter());
        let names = collection_names(&found, &session.schema);
        let mut catalogue =
            Catalogue { session, schema: Schema::default(), tables: Vec::new(), immediate: HashSet::new() };
        for (relation, name) in found.iter().zip(names) {
            let attributes = attributes.get(&relation.oid).map_or(&[][..], Vec::as_slice);
            let (shape, table) = described(relation, name, attributes, &types);
            catalogue.schema.collections.push(shape);
            catalogue.tables.push(table);
        }
        let place: HashMap<u32, usize> = found.iter().enumerate().map(|(i, r)| (r.oid, i)).collect();
        catalogue.add_keys(&place, &attributes, &relations::uniques(client)?);
        catalogue.add_references(&place, relations::references(client)?);
        for (child, parent) in relations::inheritance(client)? {
            if let (Some(&child), Some(&parent)) = (place.get(&child), place.get(&parent)) {
                let parent = catalogue.schema.collections[parent].name.clone();
                catalogue.schema.collections[child].inherits.push(parent);
            }
        }
        Ok(catalogue)
    }

    /// The collection of that name.
    pub fn find(&self, collection: &str) -> Option<(&Shape, &Table)> {
        let i = self.schema.collections.iter().position(|s| s.name == collection)?;
        Some((&self.schema.collections[i], &self.tables[i]))
    }

    /// What the table of that number is called here.
    pub fn called(&self, oid: u32) -> Option<&str> {
        let i = self.tables.iter().position(|t| t.oid == oid)?;
        Some(&self.schema.collections[i].name)
    }

    fn add_keys(
        &mut self,
        place: &HashMap<u32, usize>,
        attributes: &HashMap<u32, Vec<Attribute>>,
        uniques: &[relations::Unique],
    ) {
        for unique in uniques {
            let Some(&i) = place.get(&unique.table) else { continue };
            let Some(columns) = column_names(attributes, unique.table, &unique.columns) else { continue };
            let shape = &mut self.schema.collections[i];
            let never_null = columns.iter().all(|c| shape.column(c).is_some_and(|c| !c.nullable));
            let list = if never_null { &mut shape.keys } else { &mut shape.unique };
            if !list.contains(&columns) {
                list.push(columns);
            }
        }
    }

    fn add_references(&mut self, place: &HashMap<u32, usize>, references: Vec<Reference>) {
        for reference in references {
            let (Some(&from), Some(&to)) = (place.get(&reference.from), place.get(&reference.to)) else { continue };
            let to = self.schema.collections[to].name.clone();
            let shape = &mut self.schema.collections[from];
            if !reference.deferrable {
                self.immediate.insert((shape.name.clone(), to.clone()));
            }
            let (on_delete, on_update) = (action(reference.on_delete), action(reference.on_update));
            let Reference { columns, to_columns, full, .. } = reference;
            let key = ForeignKey { columns, to, to_columns, on_delete, on_update, full };
            if !shape.references.contains(&key) {
                shape.references.push(key);
            }
        }
    }
}

fn described(relation: &Relation, name: String, attributes: &[Attribute], types: &Types) -> (Shape, Table) {
    let sql = format!("{}.{}", quoted(&relation.schema), quoted(&relation.name));
    let view = matches!(relation.kind, 'v' | 'm');
    let mut shape = Shape {
        name,
        kind: if view { ShapeKind::View } else { ShapeKind::Table },
        closed: true,
        rows: relation.rows,
        triggers: relation.triggers.clone(),
        ..Shape::default()
    };
    let (mut kinds, mut updatable) = (Vec::new(), Vec::new());
    for attribute in attributes {
        // A type that is no row of the catalogue cannot be: the column would not exist.
        let Some((ty, typmod, domain_not_null)) = types.resolve(attribute.ty, attribute.typmod) else { continue };
        shape.columns.push(Column {
            name: attribute.name.clone(),
            declared: attribute.declared.clone(),
            ty: ty.value_type(),
            nullable: !attribute.not_null && !domain_not_null,
            generated: attribute.computed || attribute.numbered,
            follows: attribute.computed,
            nocase: attribute.nocase || ty.kind == super::types::Kind::Citext,
            max_length: ty.max_length(typmod),
            range: ty.range(),
            parts: ty.parts.clone(),
            allowed: match &ty.kind {
                super::types::Kind::Enum(labels) => labels.clone(),
                _ => Vec::new(),
            },
        });
        kinds.push(ty);
        updatable.push(attribute.update);
    }
    let table = Table {
        oid: relation.oid,
        schema: relation.schema.clone(),
        from: if matches!(relation.kind, 'r' | 'f') { format!("ONLY {sql}") } else { sql.clone() },
        sql,
        view,
        names: shape.columns.iter().map(|c| c.name.clone()).collect(),
        types: kinds,
        usable: relation.usable,
        select: relation.select || attributes.iter().all(|a| a.select),
        delete: relation.delete,
        insert: relation.insert,
        updatable,
    };
    (shape, table)
}

/// A table's own name in the schema that comes first, `schema.table` elsewhere, and where two would be the same.
fn collection_names(relations: &[Relation], first: &str) -> Vec<String> {
    let full = |r: &Relation| format!("{}.{}", r.schema, r.name);
    let elsewhere: HashSet<String> = relations.iter().filter(|r| r.schema != first).map(full).collect();
    relations
        .iter()
        .map(|r| match r.schema == first && !elsewhere.contains(&r.name) {
            true => r.name.clone(),
            false => full(r),
        })
        .collect()
}

fn column_names(attributes: &HashMap<u32, Vec<Attribute>>, table: u32, numbers: &[i16]) -> Option<Vec<String>> {
    let all = attributes.get(&table)?;
    numbers.iter().map(|n| all.iter().find(|a| a.number == *n).map(|a| a.name.clone())).collect()
}

fn action(letter: char) -> Action {
    match letter {
        'c' => Action::Cascade,
        'n' => Action::SetNull,
        'd' => Action::SetDefault,
        _ => Action::Refuse,
    }
}

impl Table {
    /// The SQL that reads all columns of `alias`, in order.
    pub fn column_list(&self, alias: &str) -> String {
        let column = |(name, ty): (&String, &Type)| ty.read(&format!("{alias}.{}", quoted(name)));
        self.names.iter().zip(&self.types).map(column).collect::<Vec<_>>().join(", ")
    }

    /// The type of a column.
    pub fn ty(&self, column: &str) -> Option<&Type> {
        self.names.iter().position(|n| n == column).map(|i| &self.types[i])
    }
}
