//! Which fields of a collection the map mentions. What it does not mention is withheld and named, never guessed.

use crate::map::{About, Collection};
use crate::record::{FieldPath, Step};
use crate::source::{Column, Shape, ValueType};

/// The columns of `shape` that the map does not mention: in fields, other, key, identities, as the start of a link or
/// of a retention period. In documents a path covers all that is inside it (`device` covers `device.id`), and what
/// has parts is known by its parts. A collection about nobody needs no mention.
pub fn unmentioned(collection: &Collection, shape: &Shape) -> Vec<String> {
    if collection.about == About::Nobody {
        return Vec::new();
    }
    let mentions = mentions(collection, shape);
    let paths: Vec<FieldPath> = shape.columns.iter().map(|c| field_path(shape, &c.name)).collect();
    let covered = |path: &FieldPath| mentions.iter().any(|m| path.steps().starts_with(m.steps()));
    let has_parts = |path: &FieldPath| paths.iter().any(|p| is_inside(p, path));
    // Only nulls and empty lists or objects were seen there, and the map says what would stand inside.
    let is_empty = |column: &Column, path: &FieldPath| {
        let bare = !shape.closed && matches!(column.ty, ValueType::Nested | ValueType::Any);
        bare && mentions.iter().any(|m| is_inside(m, path))
    };
    let unknown = shape.columns.iter().zip(&paths);
    let unknown = unknown.filter(|(column, path)| !covered(path) && !has_parts(path) && !is_empty(column, path));
    unknown.map(|(_, path)| path.as_str().to_owned()).collect()
}

/// What the map mentions of a collection and its source does not have. Of documents nothing can be told: what a sample
/// does not show may be rare.
pub fn vanished(collection: &Collection, shape: &Shape) -> Vec<String> {
    let mut gone: Vec<String> = Vec::new();
    for path in mentions(collection, shape).iter().filter(|path| shape.closed && !exists(shape, path)) {
        if !gone.iter().any(|name| name == path.as_str()) {
            gone.push(path.as_str().to_owned());
        }
    }
    gone
}

/// Every path the map mentions, as that collection reads it.
fn mentions(collection: &Collection, shape: &Shape) -> Vec<FieldPath> {
    let named = collection.fields.keys().chain(&collection.other).map(|name| field_path(shape, name));
    let key = collection.key.iter().map(|name| key_path(shape, name));
    let identities = collection.identities.iter().map(|(_, path)| path.clone());
    let links = collection.links.iter().flat_map(|link| link.from.iter().cloned());
    let conditions = collection.links.iter().flat_map(|link| link.only.iter().map(|(path, _)| path.clone()));
    let retain = collection.retain.iter().filter_map(|retain| retain.from.clone());
    let dated = collection.dated.clone();
    named.chain(key).chain(identities).chain(links).chain(conditions).chain(retain).chain(dated).collect()
}

/// A name as the collection reads it: where not all columns are known, these are documents.
pub(super) fn field_path(shape: &Shape, name: &str) -> FieldPath {
    if shape.closed { FieldPath::column(name) } else { FieldPath::nested(name) }
}

/// A column of a key: in documents a top-level name as it is, else the way to a field inside.
pub(super) fn key_path(shape: &Shape, name: &str) -> FieldPath {
    let column = FieldPath::column(name);
    if exists(shape, &column) { column } else { field_path(shape, name) }
}

/// The column a path of the map names, where it is one.
pub(super) fn column_at<'a>(shape: &'a Shape, path: &FieldPath) -> Option<&'a Column> {
    shape.columns.iter().find(|c| field_path(shape, &c.name).steps() == path.steps())
}

/// Whether a path of the map leads to something: a column, or something inside or around one.
pub(super) fn exists(shape: &Shape, path: &FieldPath) -> bool {
    let parts = |outer: &FieldPath| shape.columns.iter().any(|c| is_inside(&field_path(shape, &c.name), outer));
    let around = |column: &Column| {
        let here = field_path(shape, &column.name);
        // What is inside a column without known parts cannot be told.
        let unknown = matches!(column.ty, ValueType::Nested | ValueType::Any) && !parts(&here);
        is_inside(&here, path) || unknown && is_inside(path, &here)
    };
    column_at(shape, path).is_some() || !shape.closed && shape.columns.iter().any(around)
}

fn is_inside(inner: &FieldPath, outer: &FieldPath) -> bool {
    let (inner, outer): (&[Step], &[Step]) = (inner.steps(), outer.steps());
    inner.len() > outer.len() && inner.starts_with(outer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{Field, Link, Retain, Role};

    fn shape(closed: bool, columns: &[&str]) -> Shape {
        let column = |name: &&str| Column { name: name.to_string(), ..Column::default() };
        Shape { closed, columns: columns.iter().map(column).collect(), ..Shape::default() }
    }

    #[test]
    fn an_empty_list_is_known_by_what_the_map_says_of_its_inside() {
        let mut documents = shape(false, &["tags", "more"]);
        let mut collection = Collection::default();
        collection.fields.insert("tags[]".into(), Field::default());
        documents.columns[0].ty = ValueType::Nested;
        assert_eq!(unmentioned(&collection, &documents), ["more"]);
        documents.columns[0].ty = ValueType::Text;
        assert_eq!(unmentioned(&collection, &documents), ["tags", "more"], "a text is no list");
    }

    #[test]
    fn every_way_to_mention_a_column_counts() {
        let path = FieldPath::column;
        let link = Link {
            from: vec![path("buyer")],
            to_source: String::new(),
            to_collection: String::new(),
            to: vec![path("id")],
            role: Role::Owner,
            shared: false,
            only: Vec::new(),
            spelled: Default::default(),
            decision: Default::default(),
            because: None,
            place: Default::default(),
        };
        let mut collection = Collection {
            key: vec!["id".into()],
            identities: vec![("email".into(), path("email"))],
            links: vec![link],
            retain: Some(Retain { rule: "tax".into(), from: Some(path("paid_at")), needs: None }),
            fields: [("name".to_owned(), Field::default())].into(),
            other: vec!["shard".into()],
            ..Collection::default()
        };
        let columns = ["id", "email", "buyer", "paid_at", "name", "shard", "name.first", "notes"];
        assert_eq!(unmentioned(&collection, &shape(true, &columns)), ["name.first", "notes"]);
        collection.about = About::Nobody;
        assert!(unmentioned(&collection, &shape(true, &columns)).is_empty());
    }

    #[test]
    fn in_documents_an_empty_list_is_known_by_what_would_stand_in_it() {
        let column = |name: &str, ty| Column { name: name.to_owned(), ty, ..Column::default() };
        let columns = vec![
            column("tags", ValueType::Nested),
            column("device", ValueType::Any),
            column("notes", ValueType::Text),
            column("more", ValueType::Nested),
        ];
        let shape = Shape { closed: false, columns, ..Shape::default() };
        let fields = ["tags[]", "device.id", "notes[]"].map(|name| (name.to_owned(), Field::default()));
        let collection = Collection { fields: fields.into(), ..Collection::default() };
        assert_eq!(unmentioned(&collection, &shape), ["notes", "more"]);
    }

    #[test]
    fn in_documents_a_path_covers_what_is_inside() {
        let columns = ["id", "device", "device.id", "device.os", "items", "items[]", "items[].sku", "devices", "tags"];
        let unmentioned = |fields: &[&str]| {
            let fields = fields.iter().map(|name| (name.to_string(), Field::default())).collect();
            unmentioned(&Collection { fields, ..Collection::default() }, &shape(false, &columns))
        };
        assert_eq!(unmentioned(&["id", "device", "items", "tags"]), ["devices"]);
        assert_eq!(unmentioned(&["id", "device.id", "items[]", "tags[]"]), ["device.os", "devices", "tags"]);
    }
}
