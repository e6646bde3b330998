//! What a new look at the sources says that the map does not: collections, columns, links. What people have written
//! stands; what they describe and is gone is reported, never removed.
//!
//! Pure: the draft of all sources is compared with the map. Writing it into the files is `cli`'s.

use super::Draft;
use super::decisions::{Code, Question};
use crate::map::{
    About, Addition, Collection, DataMap, Decision, Identity, Link, NormalForm, SourceMap, lost_reference, unmentioned,
    vanished,
};
use crate::source::{Schema, Shape, ShapeKind};

/// What is new in a collection that the map has.
pub struct Grown {
    /// The source.
    pub source: String,
    /// The collection.
    pub collection: String,
    /// Columns that the map did not mention.
    pub columns: Vec<String>,
}

/// What is new.
pub struct Update {
    /// The draft, reduced to what the map does not have: new sources and collections whole, of others what is added.
    pub news: Draft,
    /// The collections that were there, with their new columns.
    pub grown: Vec<Grown>,
    /// What the map describes and is gone.
    pub gone: Vec<Question>,
}

/// Compares the draft with the map.
pub fn update(known: &DataMap, drafted: Draft) -> Update {
    let mut out = Update { news: Draft::default(), grown: Vec::new(), gone: Vec::new() };
    let mut identities = drafted.identities;
    let mut places: Vec<String> = Vec::new();
    for (source, schema) in drafted.sources.into_iter().zip(&drafted.schemas) {
        let Some(old) = known.source(&source.name) else {
            places.push(source.name.clone());
            out.news.sources.push(source);
            continue;
        };
        out.gone.extend(gone(old, schema));
        let mut new = SourceMap { collections: Vec::new(), ..source.clone() };
        for collection in source.collections {
            let place = format!("{}.{}", source.name, collection.name);
            let one = match (old.collection(&collection.name), schema.shape(&collection.name)) {
                (Some(has), Some(shape)) => {
                    let Some((added, columns)) = grown(known, old, has, collection, shape) else { continue };
                    places.extend(columns.iter().map(|c| format!("{place}.{c}")));
                    places.extend(added.links.iter().map(|l| format!("{place}.{}", from(l))));
                    let (source, collection) = (source.name.clone(), added.name.clone());
                    out.grown.push(Grown { source, collection, columns });
                    added
                }
                _ => {
                    places.push(place);
                    collection
                }
            };
            new.collections.push(one);
        }
        out.news.sources.push(new);
    }
    for source in &mut out.news.sources {
        source.collections.iter_mut().for_each(|c| settle(known, &mut identities, c));
    }
    let used = |name: &str| out.news.sources.iter().flat_map(|s| &s.collections).any(|c| names(c).any(|n| n == name));
    identities.retain(|name, _| used(name) && !known.identities.contains_key(name));
    out.news.identities = identities;
    let inside = |q: &Question| {
        q.code == Code::Unread || places.iter().any(|p| q.place == *p || q.place.starts_with(&format!("{p}.")))
    };
    out.news.questions = drafted.questions.into_iter().filter(inside).collect();
    out
}

fn names(collection: &Collection) -> impl Iterator<Item = &str> {
    collection.identities.iter().map(|(name, _)| name.as_str())
}

fn from(link: &Link) -> String {
    link.from.iter().map(|f| f.as_str()).collect::<Vec<_>>().join("+")
}

/// What the map describes of a source and is no longer there.
fn gone(old: &SourceMap, schema: &Schema) -> Vec<Question> {
    let mut out = Vec::new();
    for one in &old.collections {
        let place = format!("{}.{}", old.name, one.name);
        match schema.shape(&one.name) {
            None => {
                out.push(Question::new(Code::Gone, place, "the source no longer has it; the map still describes it"))
            }
            Some(shape) => out.extend(vanished(one, shape).into_iter().map(|column| {
                let message = "the source no longer has this column; the map still describes it";
                Question::new(Code::Gone, format!("{place}.{column}"), message)
            })),
        }
    }
    out
}

/// What is to be added to a collection that the map has, and its new columns; none where nothing is new.
fn grown(
    known: &DataMap,
    old: &SourceMap,
    has: &Collection,
    drafted: Collection,
    shape: &Shape,
) -> Option<(Collection, Vec<String>)> {
    if has.about == About::Nobody || shape.kind == ShapeKind::View {
        return None;
    }
    let columns = unmentioned(has, shape);
    let is_new = |name: &str| columns.iter().any(|c| c == name);
    let mut added = Collection { name: has.name.clone(), ..Collection::default() };
    for mut link in drafted.links {
        let same = |l: &Link| {
            (&l.from, &l.to_source, &l.to_collection, &l.to)
                == (&link.from, &link.to_source, &link.to_collection, &link.to)
        };
        let starts = link.from.iter().any(|f| is_new(f.as_str()));
        let leads = known.collection(&link.to_source, &link.to_collection).is_none();
        let declared = declared(old, has, &link, shape);
        if has.links.iter().any(same) || !(starts || leads || declared) || accepted(known, old, has, &link) {
            continue;
        }
        if !starts && !leads {
            // Somebody has said what the column is: that it leads to people is asked, not taken.
            link.decision = Decision::Open;
        }
        added.links.push(link);
    }
    added.identities = drafted.identities.into_iter().filter(|(_, field)| is_new(field.as_str())).collect();
    added.fields = drafted.fields.into_iter().filter(|(name, _)| is_new(name)).collect();
    added.other = drafted.other.into_iter().filter(|name| is_new(name)).collect();
    let nothing = columns.is_empty() && added.links.is_empty();
    (!nothing).then_some((added, columns))
}

/// Whether the source declares the reference that the link follows, and the map has none for it.
fn declared(old: &SourceMap, has: &Collection, link: &Link, shape: &Shape) -> bool {
    let follows = |columns: &[String]| link.from.iter().map(|f| f.as_str()).eq(columns.iter().map(String::as_str));
    let set_aside = link.from.iter().any(|f| has.other.iter().any(|o| o == f.as_str()));
    let lost = |r: &&crate::source::ForeignKey| r.to == link.to_collection && lost_reference(old, has, r);
    !set_aside && shape.references.iter().filter(lost).any(|r| follows(&r.columns))
}

/// Whether somebody accepts that the map has no such link.
fn accepted(known: &DataMap, old: &SourceMap, has: &Collection, link: &Link) -> bool {
    let place = format!("{}.{}.{}", old.name, has.name, from(link));
    known.acknowledged.iter().any(|a| a.code == "unmapped-reference" && covers(&a.place, &place))
}

fn covers(place: &str, inner: &str) -> bool {
    inner.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Fits what is added to the map it is added to: identities under the names they have there, links to nobody open.
fn settle(known: &DataMap, identities: &mut std::collections::BTreeMap<String, Identity>, one: &mut Collection) {
    for (name, _) in &mut one.identities {
        let Some(drafted) = identities.get(name.as_str()).filter(|_| !known.identities.contains_key(name)) else {
            continue;
        };
        let alike = |i: &&Identity| {
            drafted.normal != NormalForm::Exact && i.normal == drafted.normal && i.strength == drafted.strength
        };
        let mut alike = known.identities.values().filter(alike);
        if let (Some(same), None) = (alike.next(), alike.next()) {
            *name = same.name.clone();
        }
    }
    for link in &mut one.links {
        let there = known.collection(&link.to_source, &link.to_collection);
        if there.is_some_and(|c| c.about == About::Nobody) {
            link.decision = Decision::Open;
        }
    }
}

impl Update {
    /// The files' additions to a collection that was there: links first; a column that nothing was said of is known
    /// and about nobody.
    pub fn additions<'a>(&'a self, source: &SourceMap, one: &'a Collection) -> Vec<Addition<'a>> {
        let grown = self.grown.iter().find(|g| g.source == source.name && g.collection == one.name);
        let Some(grown) = grown else { return vec![Addition::Collection(one)] };
        let name = one.name.as_str();
        let mut out: Vec<Addition<'a>> = one.links.iter().map(|link| Addition::Link(name, link)).collect();
        out.extend(one.identities.iter().map(|(identity, path)| Addition::Identity(name, identity, path)));
        out.extend(one.fields.iter().map(|(field, said)| Addition::Field(name, field, said)));
        let linked = |c: &String| {
            let starts = |l: &Link| l.from.iter().chain(l.only.iter().map(|(f, _)| f)).any(|f| f.as_str() == c);
            one.links.iter().any(starts)
        };
        let said = |c: &&String| {
            one.fields.contains_key(*c) || linked(c) || one.identities.iter().any(|(_, f)| f.as_str() == c.as_str())
        };
        out.extend(grown.columns.iter().filter(|c| !said(c)).map(|c| Addition::Other(name, c)));
        out
    }

    /// Whether the map has all there is.
    pub fn is_empty(&self) -> bool {
        self.news.sources.iter().all(|s| s.collections.is_empty())
    }
}
