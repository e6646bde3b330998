//! A Fides dataset (Fideslang 3 YAML) as values: what it says of collections and fields, with the line of each.
//!
//! What it means for the data map is decided in the module above. Keys this program has no use for are passed over;
//! the legacy name `fidesops_meta` is read as `fides_meta`.

use saphyr::{LoadableYamlNode as _, MarkedYaml, YamlData};
use std::path::Path;

use crate::error::{Error, Result};

/// One dataset.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dataset {
    /// Its key.
    pub key: String,
    /// Its collections, in order.
    pub collections: Vec<Collection>,
}

/// One collection of a dataset.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collection {
    /// Its name.
    pub name: String,
    /// Its fields, nested ones by path.
    pub fields: Vec<Field>,
    /// Its records are deleted (`masking_strategy_override: {strategy: delete}`).
    pub delete: bool,
    /// Requests pass over it (`skip_processing`).
    pub skip: bool,
    /// Where it stands.
    pub line: usize,
}

/// One field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    /// Its path: `address.city`, `thread[].comment`.
    pub path: String,
    /// Its categories, the collection's where it has none.
    pub categories: Vec<String>,
    /// Whether it is part of the key.
    pub primary_key: bool,
    /// The identity it holds.
    pub identity: Option<String>,
    /// What it refers to.
    pub references: Vec<Reference>,
    /// How it is masked, where the dataset says so.
    pub masking: Option<Masking>,
    /// Where it stands.
    pub line: usize,
}

/// A reference to a field of this or another dataset.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The dataset.
    pub dataset: String,
    /// The collection.
    pub collection: String,
    /// The field.
    pub field: String,
    /// `from`: this field is fed by that one; `to`: it feeds that one; none: both.
    pub direction: Option<Direction>,
}

/// Which way a reference is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// This field is fed by the other.
    From,
    /// This field feeds the other.
    To,
}

/// A masking strategy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masking {
    /// Its name: `null_rewrite`, `string_rewrite`, …
    pub strategy: String,
    /// The text of `string_rewrite`.
    pub text: Option<String>,
}

/// Reads every dataset of a file's text; `file` is its name for messages.
pub fn parse(text: &str, file: &Path) -> Result<Vec<Dataset>> {
    let documents = MarkedYaml::load_from_str(text).map_err(|error| {
        let at = error.marker();
        Error::failed(format!("{}:{}:{}: not valid YAML: {}", file.display(), at.line(), at.col() + 1, error.info()))
    })?;
    let reader = Reader { file };
    let mut datasets = Vec::new();
    for document in &documents {
        for one in reader.list(document, "dataset")? {
            datasets.push(reader.dataset(one)?);
        }
    }
    if datasets.is_empty() {
        return Err(Error::failed(format!("{}: there is no `dataset:` in it", file.display()))
            .hint("give a Fides manifest with a list of datasets"));
    }
    Ok(datasets)
}

struct Reader<'f> {
    file: &'f Path,
}

type Node<'y> = MarkedYaml<'y>;

impl Reader<'_> {
    fn dataset(&self, node: &Node<'_>) -> Result<Dataset> {
        let categories = self.texts(node, "data_categories")?;
        let collections = self.list(node, "collections")?;
        Ok(Dataset {
            key: self.need(node, "fides_key")?,
            collections: collections.into_iter().map(|c| self.collection(c, &categories)).collect::<Result<_>>()?,
        })
    }

    fn collection(&self, node: &Node<'_>, above: &[String]) -> Result<Collection> {
        let meta = meta(node);
        let own = self.texts(node, "data_categories")?;
        let categories = if own.is_empty() { above } else { &own };
        let mut fields = Vec::new();
        for field in self.list(node, "fields")? {
            self.field(field, "", categories, &mut fields)?;
        }
        let override_ = meta.and_then(|m| get(m, "masking_strategy_override"));
        Ok(Collection {
            name: self.need(node, "name")?,
            fields,
            delete: override_.and_then(|m| text(get(m, "strategy")?)).is_some_and(|s| s == "delete"),
            skip: meta.and_then(|m| flag(get(m, "skip_processing")?)).unwrap_or_default(),
            line: line(node),
        })
    }

    fn field(&self, node: &Node<'_>, before: &str, above: &[String], out: &mut Vec<Field>) -> Result<()> {
        let meta = meta(node);
        let name = self.need(node, "name")?;
        let many = meta.and_then(|m| text(get(m, "data_type")?)).is_some_and(|ty| ty.ends_with("[]"));
        let path = format!("{before}{name}{}", if many { "[]" } else { "" });
        let own = self.texts(node, "data_categories")?;
        let categories = if own.is_empty() { above.to_vec() } else { own };
        let parts = self.list(node, "fields")?;
        if parts.is_empty() {
            let references = meta.map_or(Ok(Vec::new()), |m| self.list(m, "references"))?;
            out.push(Field {
                path,
                categories,
                primary_key: meta.and_then(|m| flag(get(m, "primary_key")?)).unwrap_or_default(),
                identity: meta.and_then(|m| text(get(m, "identity")?)),
                references: references.into_iter().map(|r| self.reference(r)).collect::<Result<_>>()?,
                masking: meta.and_then(|m| get(m, "masking_strategy_override")).and_then(masking),
                line: line(node),
            });
            return Ok(());
        }
        parts.into_iter().try_for_each(|part| self.field(part, &format!("{path}."), &categories, out))
    }

    fn reference(&self, node: &Node<'_>) -> Result<Reference> {
        let target = self.need(node, "field")?;
        let Some((collection, field)) = target.split_once('.') else {
            return Err(self
                .fault(node, format!("the reference to {target:?} names no field"))
                .hint("a reference is written collection.field"));
        };
        let direction = match get(node, "direction").and_then(text).as_deref() {
            None => None,
            Some("from") => Some(Direction::From),
            Some("to") => Some(Direction::To),
            Some(other) => {
                return Err(self.fault(node, format!("{other:?} is no direction")).hint("one of: from, to"));
            }
        };
        let (collection, field) = (collection.to_owned(), field.to_owned());
        Ok(Reference { dataset: self.need(node, "dataset")?, collection, field, direction })
    }

    /// The items of a list; none where the key is missing.
    fn list<'n, 'y>(&self, node: &'n Node<'y>, key: &str) -> Result<Vec<&'n Node<'y>>> {
        match get(node, key).map(|found| (found, &found.data)) {
            None => Ok(Vec::new()),
            Some((_, YamlData::Sequence(items))) => Ok(items.iter().collect()),
            Some((found, data)) if !data.is_null() => Err(self.fault(found, format!("{key} is not a list"))),
            Some(_) => Ok(Vec::new()),
        }
    }

    fn texts(&self, node: &Node<'_>, key: &str) -> Result<Vec<String>> {
        Ok(self.list(node, key)?.into_iter().filter_map(text).collect())
    }

    fn need(&self, node: &Node<'_>, key: &str) -> Result<String> {
        get(node, key).and_then(text).ok_or_else(|| self.fault(node, format!("{key} is missing")))
    }

    fn fault(&self, node: &Node<'_>, what: String) -> Error {
        Error::failed(format!("{}:{}: {what}", self.file.display(), line(node)))
    }
}

fn meta<'n, 'y>(node: &'n Node<'y>) -> Option<&'n Node<'y>> {
    get(node, "fides_meta").or_else(|| get(node, "fidesops_meta")).filter(|meta| meta.data.is_mapping())
}

fn masking(node: &Node<'_>) -> Option<Masking> {
    let text_of = |node: &Node<'_>| text(get(get(node, "configuration")?, "rewrite_value")?);
    Some(Masking { strategy: text(get(node, "strategy")?)?, text: text_of(node) })
}

fn get<'n, 'y>(node: &'n Node<'y>, key: &str) -> Option<&'n Node<'y>> {
    node.data.as_mapping_get(key)
}

/// A scalar as text: names may look like numbers.
fn text(node: &Node<'_>) -> Option<String> {
    let data = &node.data;
    let number = || data.as_integer().map(|n| n.to_string());
    data.as_str().map(str::to_owned).or_else(number).or_else(|| data.as_bool().map(|b| b.to_string()))
}

fn flag(node: &Node<'_>) -> Option<bool> {
    node.data.as_bool()
}

fn line(node: &Node<'_>) -> usize {
    node.span.start.line()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Dataset>> {
        parse(text, Path::new("shop.yml"))
    }

    #[test]
    fn what_a_dataset_says() {
        let text = "
dataset:
  - fides_key: shop
    collections:
      - name: customers
        data_categories: [user]
        fidesops_meta: {masking_strategy_override: {strategy: delete}}
        fields:
          - name: id
            data_categories: [user.unique_id]
            fides_meta: {primary_key: True}
          - name: mail
            fides_meta:
              identity: email
              masking_strategy_override: {strategy: string_rewrite, configuration: {rewrite_value: gone}}
          - name: phones
            fides_meta: {data_type: 'object[]'}
            fields:
              - name: number
                data_categories: [user.contact.phone_number]
      - name: orders
        fides_meta: {skip_processing: true}
        fields:
          - name: customer
            fides_meta:
              references:
                - {dataset: shop, field: customers.id, direction: from}
";
        let datasets = read(text).unwrap();
        let customers = &datasets[0].collections[0];
        assert!(customers.delete && !customers.skip);
        let paths: Vec<&str> = customers.fields.iter().map(|f| f.path.as_str()).collect();
        assert_eq!(paths, ["id", "mail", "phones[].number"]);
        assert!(customers.fields[0].primary_key);
        assert_eq!(customers.fields[1].categories, ["user"]);
        assert_eq!(customers.fields[1].identity.as_deref(), Some("email"));
        let masking = Masking { strategy: "string_rewrite".into(), text: Some("gone".into()) };
        assert_eq!(customers.fields[1].masking, Some(masking));
        let orders = &datasets[0].collections[1];
        assert!(orders.skip);
        let reference = &orders.fields[0].references[0];
        assert_eq!((reference.collection.as_str(), reference.field.as_str()), ("customers", "id"));
        assert_eq!((reference.direction, orders.line), (Some(Direction::From), 21));
    }

    #[test]
    fn what_is_no_dataset_is_refused_with_its_place() {
        let cases = [
            ("dataset: [", "not valid YAML"),
            ("system: []", "there is no `dataset:`"),
            ("dataset:\n  - name: x", "shop.yml:2: fides_key is missing"),
            ("dataset:\n  - fides_key: x\n    collections: 3", "shop.yml:3: collections is not a list"),
            (
                "dataset:\n  - fides_key: x\n    collections:\n      - name: a\n        fields:\n          - name: b\n            fides_meta: {references: [{dataset: x, field: b}]}",
                "names no field",
            ),
        ];
        for (text, says) in cases {
            let error = read(text).unwrap_err();
            assert!(error.message.contains(says), "{text:?}: {error}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn no_text_panics(text in "[a-z:\\-\\[\\]{} \n'\"&*!|>]{0,60}") {
            let _ = read(&text);
        }
    }
}
