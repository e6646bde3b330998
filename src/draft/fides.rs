//! A Fides dataset laid over a drafted map: what it says is kept, what it could not know is listed.
//!
//! Where the two tools mean different things, this one's meaning holds and the list says so: several references into
//! one collection are one composite link (and, not or); a category ends at a dot; a collection without a key is
//! addressed by what the live source offers; order of erasure comes from the links.

mod dataset;

pub use dataset::{Dataset, parse};

use std::collections::BTreeMap;

use super::{Code, Draft, Question};
use crate::map::{
    About, Collection, Decision, Erase, Field, FieldErase, Identity, Link, NormalForm, Role, SourceMap, Strength,
};
use crate::record::FieldPath;
use dataset::{Direction, Masking, Reference};

/// What the dataset's word is called in the map.
const SAYS: &str = "the Fides dataset says so";

/// Lays a dataset over the source of that name; `sources` leads from the keys of datasets to names of sources.
pub fn import(draft: &mut Draft, source: &str, dataset: &Dataset, sources: &BTreeMap<String, String>) {
    let mut over = Over { draft, source: source.to_owned(), sources, notes: Vec::new() };
    for one in &dataset.collections {
        over.collection(one);
    }
    for one in &dataset.collections {
        over.references(one);
    }
    over.unmentioned(dataset);
    let notes = std::mem::take(&mut over.notes);
    draft.questions.extend(notes);
    draft.questions.sort();
    draft.questions.dedup();
}

/// A field, and what it refers to.
type Pair<'a> = (&'a str, &'a Reference);

struct Over<'a> {
    draft: &'a mut Draft,
    source: String,
    sources: &'a BTreeMap<String, String>,
    notes: Vec<Question>,
}

impl Over<'_> {
    fn note(&mut self, collection: &str, message: impl Into<String>) {
        self.notes.push(Question::new(Code::Noted, format!("{}.{collection}", self.source), message));
    }

    fn source_of(&mut self, name: &str) -> Option<&mut SourceMap> {
        self.draft.sources.iter_mut().find(|s| s.name == name)
    }

    fn collection_of(&mut self, source: &str, name: &str) -> Option<&mut Collection> {
        self.source_of(source)?.collections.iter_mut().find(|c| c.name == name)
    }

    /// Keys, identities, categories and rules of one collection.
    fn collection(&mut self, says: &dataset::Collection) {
        let source = self.source.clone();
        let Some(drafted) = self.collection_of(&source, &says.name) else {
            return self
                .note(&says.name, format!("the dataset describes it (line {}), the source has none", says.line));
        };
        let key: Vec<String> = says.fields.iter().filter(|f| f.primary_key).map(|f| f.path.clone()).collect();
        let keyless = key.is_empty();
        if !keyless {
            drafted.key = key;
        }
        if says.delete {
            (drafted.erase, drafted.decision) = (Some(Erase::Delete), Decision::Unreviewed);
        }
        if keyless {
            let by = match drafted.key.is_empty() {
                true => "their content".to_owned(),
                false => drafted.key.join(", "),
            };
            self.note(&says.name, format!("the dataset names no primary key: records are addressed by {by}"));
        }
        if says.skip {
            self.note(&says.name, "the dataset passes over it (skip_processing); here it is searched like any other");
        }
        says.fields.iter().for_each(|field| self.field(&says.name, field));
    }

    fn field(&mut self, collection: &str, says: &dataset::Field) {
        let source = self.source.clone();
        let category = says.categories.iter().find(|c| *c == "user" || c.starts_with("user.")).cloned();
        let path = self.source_of(&source).map(|s| s.field_path(&says.path));
        let (Some(path), Some(drafted)) = (path, self.collection_of(&source, collection)) else { return };
        if let Some(category) = category {
            drafted.other.retain(|name| *name != says.path);
            drafted.about = About::Subject;
            drafted.fields.entry(says.path.clone()).or_default().category = Some(category);
        } else if !says.categories.is_empty() && says.identity.is_none() {
            not_personal(drafted, &says.path);
        }
        if let Some((rule, weaker)) = says.masking.as_ref().map(rule) {
            drafted.fields.entry(says.path.clone()).or_insert_with(Field::default).erase = rule;
            if weaker {
                let what =
                    "the dataset pseudonymises it; here a random value takes its place, which leads nowhere back";
                self.note(&format!("{collection}.{}", says.path), what);
            }
        }
        if let Some(identity) = &says.identity {
            self.identity(collection, identity, path);
        }
    }

    fn identity(&mut self, collection: &str, says: &str, path: FieldPath) {
        let (name, normal) = match says {
            "email" => ("email", NormalForm::Email),
            "phone_number" => ("phone", NormalForm::Phone),
            other => (other, NormalForm::Exact),
        };
        let plain = |c: char| if c.is_alphanumeric() || c == '_' || c == '-' { c } else { '_' };
        let name: String = name.chars().map(plain).collect();
        let new = Identity { name: name.clone(), normal, strength: Strength::Unique, hashes: Vec::new() };
        self.draft.identities.entry(name.clone()).or_insert(new);
        let source = self.source.clone();
        let Some(drafted) = self.collection_of(&source, collection) else { return };
        drafted.about = About::Subject;
        drafted.other.retain(|other| *other != path.as_str());
        let known = drafted.identities.iter().any(|(n, p)| *n == name && p.steps() == path.steps());
        if !known {
            drafted.identities.push((name, path));
        }
    }

    /// The links of one collection: references into one collection by distinct fields are one composite link.
    fn references(&mut self, says: &dataset::Collection) {
        let mut groups: BTreeMap<(String, String, u8), Vec<Pair<'_>>> = BTreeMap::new();
        for field in &says.fields {
            for reference in &field.references {
                let way = reference.direction.map_or(0, |d| if d == Direction::From { 1 } else { 2 });
                let target = (reference.dataset.clone(), reference.collection.clone(), way);
                groups.entry(target).or_default().push((&field.path, reference));
            }
        }
        for ((dataset, collection, _), pairs) in groups {
            let Some(target) = self.sources.get(&dataset).cloned() else {
                let message = format!("the dataset refers to {dataset}.{collection}, which is not imported: no link");
                self.note(&says.name, message);
                continue;
            };
            let mut targets: Vec<&str> = pairs.iter().map(|(_, r)| r.field.as_str()).collect();
            targets.sort_unstable();
            targets.dedup();
            let composite = pairs.len() > 1 && targets.len() == pairs.len();
            let one_each: Vec<Vec<Pair<'_>>> = match composite {
                true => vec![pairs],
                false => pairs.into_iter().map(|pair| vec![pair]).collect(),
            };
            for pairs in one_each {
                if composite {
                    let message = format!("its references to {collection} are one composite link (and, not or)");
                    self.note(&says.name, message);
                }
                self.link(&says.name, &target, &collection, &pairs);
            }
        }
    }

    fn link(&mut self, here: &str, target: &str, there: &str, pairs: &[Pair<'_>]) {
        let source = self.source.clone();
        let fields = |s: &SourceMap, names: &mut dyn Iterator<Item = &str>| names.map(|n| s.field_path(n)).collect();
        let own: Option<Vec<FieldPath>> = self.source_of(&source).map(|s| fields(s, &mut pairs.iter().map(|p| p.0)));
        let other: Option<Vec<FieldPath>> =
            self.source_of(target).map(|s| fields(s, &mut pairs.iter().map(|p| p.1.field.as_str())));
        let is_person = |c: Option<&mut Collection>| c.map(|c| c.person);
        let both = (is_person(self.collection_of(&source, here)), is_person(self.collection_of(target, there)));
        let (Some(own), Some(other), (Some(person_here), Some(person_there))) = (own, other, both) else {
            return self.note(here, format!("the dataset refers to {there}, which the source does not have: no link"));
        };
        // `to`: this field feeds the other, so the other is found from here, and others may hold it too.
        let feeds = pairs[0].1.direction == Some(Direction::To);
        let (at, from, to_source, to_collection, to) = match feeds {
            true => ((target.to_owned(), there.to_owned()), other, source, here.to_owned(), own),
            false => ((source, here.to_owned()), own, target.to_owned(), there.to_owned(), other),
        };
        let role = match (person_here && person_there, feeds) {
            (true, _) => Role::Reference,
            (_, true) => Role::Shared,
            (_, false) => Role::Owner,
        };
        let decision = if pairs[0].1.direction.is_some() { Decision::Unreviewed } else { Decision::Open };
        let shared = role == Role::Shared;
        let because = Some(SAYS.to_owned());
        let place = Default::default();
        let link = Link {
            from,
            to_source,
            to_collection,
            to,
            role,
            shared,
            decision,
            because,
            place,
            only: Default::default(),
            spelled: Default::default(),
        };
        // A catalogue is fed by everybody's records and is nobody's.
        let catalogue = self.collection_of(&at.0, &at.1).is_some_and(|c| c.about == About::Nobody);
        if feeds && catalogue {
            return self.note(here, format!("the dataset goes on to {there}, which holds nothing personal: no link"));
        }
        self.add(at, link);
    }

    /// Adds a link, unless the draft has it: then its role, for which the live data speak, stays.
    fn add(&mut self, (source, collection): (String, String), link: Link) {
        let open = link.decision == Decision::Open;
        let Some(drafted) = self.collection_of(&source, &collection) else { return };
        drafted.about = About::Subject;
        let steps = |paths: &[FieldPath]| paths.iter().map(|p| p.steps().to_vec()).collect::<Vec<_>>();
        let same = |l: &Link| {
            l.to_source == link.to_source
                && l.to_collection == link.to_collection
                && steps(&l.from) == steps(&link.from)
                && steps(&l.to) == steps(&link.to)
        };
        if let Some(known) = drafted.links.iter_mut().find(|l| same(l)) {
            if known.decision == Decision::Open && !open {
                (known.decision, known.because) = (Decision::Unreviewed, link.because);
            }
            return;
        }
        drafted.other.retain(|name| link.from.iter().all(|f| f.as_str() != name));
        let from: Vec<&str> = link.from.iter().map(FieldPath::as_str).collect();
        let place = format!("{source}.{collection}.{}", from.join("+"));
        if open {
            let message =
                format!("the dataset follows it to {} both ways: what is the person there?", link.to_collection);
            self.notes.push(Question::new(Code::OpenLink, place, message));
        } else {
            let role = link.role.word();
            let message = format!("role {role}, which a dataset cannot say: look whether it is right");
            self.notes.push(Question::new(Code::Noted, place, message));
        }
        if let Some(drafted) = self.collection_of(&source, &collection) {
            drafted.links.push(link);
        }
    }

    /// What the source holds and the dataset does not mention stays as drafted.
    fn unmentioned(&mut self, dataset: &Dataset) {
        let known: Vec<&str> = dataset.collections.iter().map(|c| c.name.as_str()).collect();
        let source = self.source.clone();
        let names: Vec<String> = self.source_of(&source).map_or_else(Vec::new, |s| {
            s.collections.iter().filter(|c| !known.contains(&c.name.as_str())).map(|c| c.name.clone()).collect()
        });
        for name in names {
            self.note(&name, "the dataset does not mention it; what stands in the map was drafted from the source");
        }
    }
}

/// A field that the dataset says is not personal: known, and about nobody, unless the map needs it.
fn not_personal(drafted: &mut Collection, path: &str) {
    let guarded = drafted.fields.get(path).is_some_and(|f| f.disclose.is_some());
    let identity = drafted.identities.iter().any(|(_, p)| p.as_str() == path);
    if guarded || identity {
        return;
    }
    drafted.fields.remove(path);
    let needed = drafted.key.iter().any(|k| k == path)
        || drafted.links.iter().any(|l| l.from.iter().any(|f| f.as_str() == path));
    if !needed && !drafted.other.iter().any(|name| name == path) {
        drafted.other.push(path.to_owned());
    }
}

/// The rule a masking strategy comes to, and whether Fides' own would only pseudonymise.
fn rule(masking: &Masking) -> (Option<FieldErase>, bool) {
    match masking.strategy.as_str() {
        "null_rewrite" => (Some(FieldErase::Null), false),
        "string_rewrite" => (Some(FieldErase::Fixed(masking.text.clone().unwrap_or_default())), false),
        "preserve" => (Some(FieldErase::Keep), false),
        _ => (Some(FieldErase::Tombstone), true),
    }
}

#[cfg(test)]
mod tests;
