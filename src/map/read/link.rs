//! `links = [{ … }]`: what ties the records of a collection to people.

use super::collection::{decision, path};
use super::keys;
use super::names::{Lost, Names, Target, resolve};
use super::node::{Node, Table};
use super::suggest::nearest;
use crate::map::{Form, Link, Role, SourceMap, Spelled};
use crate::record::FieldPath;

/// Reads the links of a collection.
pub(super) fn links(table: &Table<'_>, collection: &str, source: &SourceMap, names: &Names) -> Vec<Link> {
    let mut links = Vec::new();
    for item in table.get("links").and_then(|n| n.items()).unwrap_or_default() {
        let Some(link) = link(&item, source, names) else { continue };
        if (&link.to_source, link.to_collection.as_str(), &link.to) == (&source.name, collection, &link.from) {
            item.fault("leads to itself", Some("say which other field it refers to".into()));
        }
        links.push(link);
    }
    links
}

fn link(node: &Node<'_>, source: &SourceMap, names: &Names) -> Option<Link> {
    let table = node.table(keys::LINK)?;
    let words = words_for_roles().map(|(word, _)| word).join(", ");
    let from = table.need("from", "name the field here that refers to the other collection");
    let to = table.need("to", "say where it leads: to = \"collection.field\" or \"source.collection.field\"");
    let role = table.need("role", &format!("say what the person there is to the record here, one of: {words}"));
    let role = role.and_then(|n| n.word(&words_for_roles()));
    let only = table.get("where").map(|n| conditions(&n, source)).unwrap_or_default();
    let shared = table.get("shared").and_then(|n| Some((n.flag()?, n)));
    let decision = table.get("decision").and_then(|n| decision(&n)).unwrap_or_default();
    let because = table.get("because").and_then(|n| n.text()).map(str::to_owned);
    let from = from.and_then(|n| from_fields(&n, source));
    let spelled = spelled(&table, from.as_ref().map(Vec::len));
    let targets = to.as_ref().and_then(|n| targets(n, source, names));
    if let (Some(Role::Shared), Some((false, node))) = (role, &shared) {
        node.fault("contradicts role = \"shared\"", Some("remove shared, or choose another role".into()));
    }
    let (from, targets, role) = (from?, targets?, role?);
    if from.len() != targets.len() {
        let message = format!("leads from {} to {}", fields(from.len()), fields(targets.len()));
        table.fault(message, Some("name as many fields in to as in from, in the same order".into()));
    }
    let first = targets.first()?.clone();
    Some(Link {
        from,
        to_source: first.source,
        to_collection: first.collection,
        to: targets.into_iter().map(|target| target.field).collect(),
        spelled,
        role,
        only,
        shared: role == Role::Shared || shared.is_some_and(|(shared, _)| shared),
        decision,
        because,
        place: table.place(),
    })
}

/// `form` and `to_form`: how each side spells what both mean, one form a field.
fn spelled(table: &Table<'_>, width: Option<usize>) -> Spelled {
    let read = |key: &str| -> Vec<Form> {
        let Some(node) = table.get(key) else { return Vec::new() };
        let texts = node.each_text().unwrap_or_default();
        if let Some(width) = width.filter(|width| *width != texts.len()) {
            let message = format!("has {} for {}", forms(texts.len()), fields(width));
            node.fault(message, Some("give one form for each field of from; {} for one that is spelled alike".into()));
        }
        let form = |(text, item): (&str, Node<'_>)| match Form::parse(text) {
            Ok(form) => Some(form),
            Err(what) => {
                item.fault(format!("{text:?} {what}"), Some("write a form like \"CUST-{}\" or \"{:04}\"".into()));
                None
            }
        };
        let forms: Vec<Form> = texts.into_iter().filter_map(form).collect();
        if !forms.is_empty() && forms.iter().all(Form::is_plain) {
            node.fault(
                "says nothing: every value has it",
                Some("write the text around the value, or remove it".into()),
            );
        }
        forms
    };
    Spelled { here: read("form"), there: read("to_form") }
}

fn forms(n: usize) -> String {
    if n == 1 { "1 form".to_owned() } else { format!("{n} forms") }
}

/// `where = { record_type = "Order" }`: fields here, each with the texts it may hold.
fn conditions(node: &Node<'_>, source: &SourceMap) -> Vec<(FieldPath, Vec<String>)> {
    let Some(table) = node.open_table() else { return Vec::new() };
    let entries = table.entries();
    if entries.is_empty() {
        node.fault("names no field", Some("write where = { FIELD = \"TEXT\" }, or remove it".into()));
    }
    let one = |entry: &Node<'_>| {
        let field = path(entry, entry.name, source)?;
        Some((field, entry.texts()?.into_iter().map(|(text, _)| text.to_owned()).collect()))
    };
    entries.iter().filter_map(one).collect()
}

fn fields(n: usize) -> String {
    if n == 1 { "1 field".to_owned() } else { format!("{n} fields") }
}

/// The closed list, closest first.
fn words_for_roles() -> [(&'static str, Role); 8] {
    let mut roles = Role::ALL;
    roles.reverse();
    roles.map(|role| (role.word(), role))
}

fn from_fields(node: &Node<'_>, source: &SourceMap) -> Option<Vec<FieldPath>> {
    node.texts()?.into_iter().map(|(text, item)| path(&item, text, source)).collect()
}

fn targets(node: &Node<'_>, source: &SourceMap, names: &Names) -> Option<Vec<Target>> {
    let texts = node.texts()?;
    let found: Vec<Option<Target>> = texts.iter().map(|(text, item)| target(item, text, source, names)).collect();
    let found: Vec<Target> = found.into_iter().collect::<Option<_>>()?;
    let place = |t: &Target| (t.source.clone(), t.collection.clone());
    if found.iter().any(|t| place(t) != place(&found[0])) {
        node.fault("leads to several collections", Some("write one link for each collection".into()));
        return None;
    }
    Some(found)
}

fn target(node: &Node<'_>, text: &str, source: &SourceMap, names: &Names) -> Option<Target> {
    let shape = "write \"collection.field\" or \"source.collection.field\", a name with dots in \"…\"";
    match resolve(text, &source.name, &names.sources) {
        Ok(target) => return Some(target),
        // The file it leads into has its own faults; this would only repeat them.
        Err(Lost::Unreadable) => {}
        Err(Lost::Malformed) => node.fault(format!("{text:?} has a quote that is not closed"), Some(shape.into())),
        Err(Lost::Field(what)) => node.fault(format!("the field in {text:?} {what}"), Some(shape.into())),
        Err(Lost::Unknown) if !text.contains('.') => {
            node.fault(format!("{text:?} names no collection"), Some(shape.into()));
        }
        Err(Lost::Unknown) => {
            node.fault(format!("{text:?} leads to no collection of the map"), Some(near(text, source, names)));
        }
    }
    None
}

/// The collection that was probably meant, or which there are.
fn near(text: &str, source: &SourceMap, names: &Names) -> String {
    let collection = text.rsplit_once('.').map_or(text, |(collection, _)| collection);
    let mut known: Vec<String> = Vec::new();
    for other in &names.sources {
        for name in other.collections.iter().flatten() {
            let own = other.head.name == source.name;
            known.push(if own { name.clone() } else { format!("{}.{name}", other.head.name) });
        }
    }
    match nearest(collection, known.iter().map(String::as_str)) {
        Some(name) => format!("did you mean {name}?"),
        None => {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            super::suggest::did_you_mean(collection, &known, "the collections of the map")
        }
    }
}
