//! One collection as TOML: links and fields a line each, what is still to be decided marked.

use super::field::{disclose, field_line};
use super::law;
use super::option;
use super::toml_text::{comment, toml_key, toml_list, toml_text, toml_texts};
use crate::map::read::names::{Target, is_document, path_text, written};
use crate::map::{About, Collection, Decision, Disclose, Erase, Field, Link, Role, SourceMap};
use crate::record::FieldPath;

/// Adds the collection.
pub(super) fn collection(out: &mut String, one: &Collection, source: &SourceMap) {
    out.push_str(&format!("\n[collection.{}]\n", toml_key(&one.name)));
    match one.labels.is_empty() {
        true => option(out, "label", one.label.as_deref()),
        false => out.push_str(&format!("label = {}\n", law::table(&one.labels))),
    }
    if one.person {
        out.push_str("person = true\n");
    }
    if one.about == About::Nobody {
        out.push_str("about = \"nobody\"\n");
    }
    if !one.key.is_empty() {
        out.push_str(&format!("key = {}\n", toml_list(&one.key)));
    }
    identities(out, one, source);
    links(out, one, source);
    erase(out, one);
    if let Some(dated) = &one.dated {
        out.push_str(&format!("dated = {}\n", toml_text(&own_path(dated, source))));
    }
    if let Some(retain) = &one.retain {
        let from = retain.from.as_ref().map(|f| format!(", from = {}", toml_text(&own_path(f, source))));
        let needs = retain.needs.as_ref().map(|fields| {
            let fields: Vec<String> = fields.iter().map(|f| own_path(f, source)).collect();
            format!(", needs = {}", toml_list(&fields))
        });
        let (rule, from, needs) = (toml_text(&retain.rule), from.unwrap_or_default(), needs.unwrap_or_default());
        out.push_str(&format!("retain = {{ rule = {rule}{from}{needs} }}\n"));
    }
    if let Some(isolate) = &one.isolate {
        let keep = isolate.keep_text.as_ref().map(|text| format!(", for = {}", toml_text(text)));
        let (flag, value) = (toml_text(&own_path(&isolate.flag, source)), toml_text(&isolate.value));
        out.push_str(&format!("isolate = {{ flag = {flag}, value = {value}{} }}\n", keep.unwrap_or_default()));
    }
    for (key, names) in [("purposes", &one.purposes), ("recipients", &one.recipients), ("automated", &one.automated)] {
        if !names.is_empty() {
            out.push_str(&format!("{key} = {}\n", toml_list(names)));
        }
    }
    law::words_if(out, "received_from", one.received_from.as_ref());
    law::words_if(out, "kept", one.kept.as_ref());
    if one.disclose != Disclose::Yes {
        out.push_str(&format!("disclose = \"{}\"\n", disclose(one.disclose)));
    }
    fields(out, one, source);
    other(out, &one.other);
}

fn identities(out: &mut String, one: &Collection, source: &SourceMap) {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in &one.identities {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let entry = |name: &&str| {
        let fields = one.identities.iter().filter(|(n, _)| n == name).map(|(_, f)| own_path(f, source));
        format!("{} = {}", toml_key(name), toml_texts(&fields.collect::<Vec<_>>()))
    };
    if !names.is_empty() {
        let entries: Vec<String> = names.iter().map(entry).collect();
        out.push_str(&format!("identities = {{ {} }}\n", entries.join(", ")));
    }
}

pub(super) fn links(out: &mut String, one: &Collection, source: &SourceMap) {
    let lines: Vec<String> = one.links.iter().map(|link| link_line(link, source)).collect();
    match (one.links.as_slice(), lines.as_slice()) {
        ([], _) => {}
        ([link], [line]) if link.decision != Decision::Open && line.len() <= 100 => {
            out.push_str(&format!("links = [{line}]\n"));
        }
        _ => {
            out.push_str("links = [\n");
            for (link, line) in one.links.iter().zip(&lines) {
                link_question(link).iter().for_each(|line| out.push_str(&format!("  {line}\n")));
                out.push_str(&format!("  {line},\n"));
            }
            out.push_str("]\n");
        }
    }
}

/// A link in one line.
pub(super) fn link_line(link: &Link, source: &SourceMap) -> String {
    format!("{{ {} }}", link_entries(link, source).join(", "))
}

/// What is asked above a link that nobody has decided on, and its evidence.
pub(super) fn link_question(link: &Link) -> Vec<String> {
    if link.decision != Decision::Open {
        return Vec::new();
    }
    let asks = format!("DECIDE: what is the person in {} to these records?", link.to_collection);
    let question = format!("{} Correct the role, then remove decision.", comment(&asks));
    std::iter::once(question).chain(link.because.as_deref().map(comment)).collect()
}

/// The keys of a link with their values.
pub(super) fn link_entries(link: &Link, source: &SourceMap) -> Vec<String> {
    let collections: Vec<String> = source.collections.iter().map(|c| c.name.clone()).collect();
    let from: Vec<String> = link.from.iter().map(|field| own_path(field, source)).collect();
    let target = |field: &FieldPath| Target {
        source: link.to_source.clone(),
        collection: link.to_collection.clone(),
        field: field.clone(),
    };
    let to: Vec<String> = link.to.iter().map(|field| written(&target(field), &source.name, &collections)).collect();
    let mut entries = vec![format!("from = {}", toml_texts(&from)), format!("to = {}", toml_texts(&to))];
    for (key, forms) in [("form", &link.spelled.here), ("to_form", &link.spelled.there)] {
        let forms: Vec<String> = forms.iter().map(ToString::to_string).collect();
        entries.extend((!forms.is_empty()).then(|| format!("{key} = {}", toml_texts(&forms))));
    }
    entries.push(format!("role = \"{}\"", link.role.word()));
    if !link.only.is_empty() {
        let condition = |(field, texts): &(FieldPath, Vec<String>)| {
            format!("{} = {}", toml_key(&own_path(field, source)), toml_texts(texts))
        };
        let conditions: Vec<String> = link.only.iter().map(condition).collect();
        entries.push(format!("where = {{ {} }}", conditions.join(", ")));
    }
    if link.shared && link.role != Role::Shared {
        entries.push("shared = true".to_owned());
    }
    entries.extend(decision(link.decision).map(|word| format!("decision = \"{word}\"")));
    let because = link.because.as_deref().filter(|text| !text.is_empty());
    entries.extend(because.map(|text| format!("because = {}", toml_text(text))));
    entries
}

fn erase(out: &mut String, one: &Collection) {
    match (one.erase, one.about, one.decision) {
        (None, About::Nobody, _) => {}
        (None, ..) => out.push_str(
            "# DECIDE: what erasure does with these records: erase = \"delete\", \"anonymise\" or \"keep\" (with because).\n\
             # Until then they are kept.\n",
        ),
        (Some(_), _, Decision::Open) => {
            out.push_str("# DECIDE: is this right? Until decision is removed, these records are kept.\n");
        }
        _ => {}
    }
    if let Some(rule) = one.erase {
        let word = match rule {
            Erase::Delete => "delete",
            Erase::Anonymise => "anonymise",
            Erase::Isolate => "isolate",
            Erase::Keep => "keep",
        };
        out.push_str(&format!("erase = \"{word}\"\n"));
    }
    law::words_if(out, "because", one.because.as_ref());
    option(out, "decision", decision(one.decision));
    option(out, "non_transactional", one.accepts_non_transactional.then_some("accept"));
}

/// The fields, what must not be disclosed first.
fn fields(out: &mut String, one: &Collection, source: &SourceMap) {
    let mut fields: Vec<(String, &Field)> = one.fields.iter().map(|(name, f)| (toml_key(name), f)).collect();
    let open = |field: &Field| !matches!(field.disclose, Some(Disclose::Never | Disclose::Silent));
    fields.sort_by_key(|(_, field)| open(field));
    let longest = fields.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default().min(24);
    for (name, field) in fields {
        out.push_str(&format!("fields.{name:<longest$} = {}\n", field_line(field, source)));
    }
}

/// The columns about nobody, in lines of readable length.
pub(super) fn other(out: &mut String, names: &[String]) {
    const WIDTH: usize = 100;
    let one_line = toml_list(names);
    match names {
        [] => {}
        _ if one_line.len() <= WIDTH => out.push_str(&format!("other = {one_line}\n")),
        _ => {
            out.push_str("other = [");
            let mut width = usize::MAX;
            for name in names {
                let item = toml_text(name);
                if width.saturating_add(item.len()) > WIDTH {
                    out.push_str("\n ");
                    width = 0;
                }
                out.push_str(&format!(" {item},"));
                width += item.len() + 2;
            }
            out.push_str("\n]\n");
        }
    }
}

/// A path of the collection's own source, as that source reads it: in a table the whole text is the name.
pub(super) fn own_path(path: &FieldPath, source: &SourceMap) -> String {
    match is_document(source) && source.field_path(path.as_str()).steps() != path.steps() {
        true => path_text(path),
        false => path.as_str().to_owned(),
    }
}

fn decision(decision: Decision) -> Option<&'static str> {
    match decision {
        Decision::Decided => None,
        Decision::Unreviewed => Some("accepted unreviewed"),
        Decision::Open => Some("open"),
    }
}
