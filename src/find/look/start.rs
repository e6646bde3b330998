//! Where a search begins: what requests name, or whom a plan knows, becomes seeds; of several people one is chosen.

use std::collections::{BTreeMap, BTreeSet};

use super::{Look, Origin, Seed, What};
use crate::error::{Error, Result};
use crate::find::walk::Walk;
use crate::map::{NormalForm, Strength};
use crate::record::{FieldPath, Key};
use crate::resolve::{Candidate, Choice, NamedField, Pick, Selector, Start, candidates::Match, choose, picked};
use crate::source::question::normal_of;

impl Walk<'_> {
    /// Takes what the requests (or plans) name, and decides who is meant. However many people there are, each
    /// collection is asked once a step.
    pub fn start(&mut self, starts: &[Start]) -> Result<()> {
        self.start_selectors(starts)?;
        let known = || {
            starts.iter().zip(0u32..).filter_map(|(start, subject)| match start {
                Start::Subject(known) => Some((subject, known, false)),
                Start::Certain(known) => Some((subject, known, true)),
                Start::Selectors { .. } => None,
            })
        };
        // Who somebody is comes first: what stands in a record of theirs may be another's.
        known().try_for_each(|(subject, known, _)| self.known_persons(subject, known))?;
        self.decide_seeds()?;
        self.known_records(&known().map(|(subject, known, _)| (subject, known)).collect::<Vec<_>>())?;
        self.decide_seeds()?;
        known().try_for_each(|(subject, known, _)| self.known_fields(subject, known))?;
        self.decide_seeds()?;
        known().for_each(|(subject, known, certain)| self.known_identifiers(subject, known, certain));
        self.decide_seeds()
    }

    fn start_selectors(&mut self, starts: &[Start]) -> Result<()> {
        let (mut seeds, mut asked) = (Vec::new(), Vec::new());
        for (start, subject) in starts.iter().zip(0u32..) {
            let Start::Selectors { selectors, pick } = start else { continue };
            let first = seeds.len();
            for selector in selectors {
                let what = match selector {
                    Selector::Identity { identity, value } => {
                        What::Identity { name: identity.clone(), text: value.clone() }
                    }
                    Selector::Field { source, collection, field, value } => {
                        self.named_field(source, collection, field, value)?
                    }
                };
                self.note_tried(subject, &what);
                seeds.push(Seed { subject, what, origin: Origin::Selector });
            }
            self.subjects[subject as usize].selectors = selectors.clone();
            asked.push((subject, first..seeds.len(), selectors, pick));
        }
        let mut looks: BTreeMap<u32, Vec<Look>> = BTreeMap::new();
        for look in self.look(&seeds)? {
            let subjects: BTreeSet<u32> = look.seeds.iter().map(|i| seeds[*i].subject).collect();
            for subject in subjects {
                looks.entry(subject).or_default().push(look.same());
            }
        }
        for (subject, range, selectors, pick) in asked {
            let mut own = looks.remove(&subject).unwrap_or_default();
            for look in &mut own {
                let mine = look.seeds.iter().filter(|i| range.contains(i)).map(|i| i - range.start);
                look.seeds = mine.collect();
            }
            self.choose_persons(subject, &seeds[range], own, selectors, pick)?;
        }
        Ok(())
    }

    fn known_persons(&mut self, subject: u32, known: &crate::resolve::Subject) -> Result<()> {
        for person in &known.persons {
            let node = self.graph.node(&person.source, &person.collection)?;
            self.subjects[subject as usize].had.insert(node);
            let Key::Columns(parts) = &person.key else { continue };
            let path = |(name, _): &(String, _)| self.graph.nodes[node].source.field_path(name);
            let fields: Vec<FieldPath> = parts.iter().map(path).collect();
            let value = |(_, v): &(String, crate::record::Value)| {
                normal_of(v, NormalForm::Exact, None).map(|n| n.into_owned()).unwrap_or_default()
            };
            let values = parts.iter().map(value).collect();
            let what = What::Field { node, fields, values, form: NormalForm::Exact, named: None };
            self.seeds.push(Seed { subject, what, origin: Origin::Known });
        }
        Ok(())
    }

    fn known_fields(&mut self, subject: u32, known: &crate::resolve::Subject) -> Result<()> {
        for field in &known.fields {
            let node = self.graph.node(&field.source, &field.collection)?;
            let path = self.graph.nodes[node].source.field_path(&field.field);
            let what = self.named_field(&field.source, &field.collection, &path, &field.value)?;
            self.seeds.push(Seed { subject, what, origin: Origin::Known });
        }
        Ok(())
    }

    fn known_identifiers(&mut self, subject: u32, known: &crate::resolve::Subject, certain: bool) {
        for (name, values) in &known.identifiers {
            for text in values {
                let what = What::Identity { name: name.clone(), text: text.clone() };
                let seed = Seed { subject, what, origin: Origin::Known };
                match certain {
                    true => self.join_identifier(&seed, None),
                    false => self.seeds.push(seed),
                }
            }
        }
    }

    fn named_field(&self, source: &str, collection: &str, field: &FieldPath, value: &str) -> Result<What> {
        let node = self.graph.node(source, collection)?;
        let here = &self.graph.nodes[node];
        let selector = Selector::Field {
            source: source.to_owned(),
            collection: collection.to_owned(),
            field: field.clone(),
            value: value.to_owned(),
        };
        let form = self.graph.fields_of(here, &selector).first().map_or(NormalForm::Text, |(_, form)| *form);
        let country = here.source.default_country.as_deref();
        let values = vec![form.apply(value, country).into_owned()];
        let named = NamedField {
            source: source.to_owned(),
            collection: collection.to_owned(),
            field: field.as_str().to_owned(),
            value: value.to_owned(),
        };
        Ok(What::Field { node, fields: vec![field.clone()], values, form, named: Some(named) })
    }

    fn note_tried(&mut self, subject: u32, what: &What) {
        let tried = match what {
            What::Identity { name, text } => (name.clone(), self.normal(name, text)),
            What::Field { fields, values, .. } => {
                (fields.iter().map(FieldPath::as_str).collect::<Vec<_>>().join("+"), values.join("+"))
            }
        };
        self.subjects[subject as usize].tried.push(tried);
    }

    fn choose_persons(
        &mut self,
        subject: u32,
        seeds: &[Seed],
        looks: Vec<Look>,
        selectors: &[Selector],
        pick: &Pick,
    ) -> Result<()> {
        let mut chosen: Vec<Look> = Vec::new();
        let mut shared: BTreeSet<usize> = BTreeSet::new();
        let mut by_node: BTreeMap<usize, Vec<Look>> = BTreeMap::new();
        looks.into_iter().for_each(|l| by_node.entry(l.node).or_default().push(l));
        let accepted = |node: &usize| !self.graph.nodes[*node].collection.person && pick.accept.is_some();
        let (taken, asked): (Vec<_>, Vec<_>) = by_node.into_iter().partition(|(node, _)| accepted(node));
        chosen.extend(taken.into_iter().flat_map(|(_, looks)| looks));
        let candidate = |l: &Look| self.candidate(l, l.seeds.iter().map(|i| selectors[*i].name()).collect());
        let all: Vec<Candidate> = asked.iter().flat_map(|(_, looks)| looks.iter().map(candidate)).collect();
        let picked = picked(&all, pick)?;
        let mut first = 0;
        let mut left_out: Vec<Candidate> = Vec::new();
        for (_, looks) in asked {
            let candidates = &all[first..first + looks.len()];
            let picked_here = picked.and_then(|p| p.checked_sub(first)).filter(|p| *p < looks.len());
            first += looks.len();
            let matches: Vec<Match> = (0..seeds.len()).map(|i| self.matches(i, &seeds[i], &looks)).collect();
            let person = match choose(candidates, &matches, picked_here, pick)? {
                Choice::Person { record } => Some(record),
                Choice::Nobody => None,
            };
            let others = |m: &&Match| m.records.iter().any(|r| Some(*r) != person);
            shared.extend(matches.iter().filter(others).map(|m| m.selector));
            let others = candidates.iter().enumerate().filter(|(r, _)| Some(*r) != person);
            left_out.extend(others.map(|(_, c)| c.clone()));
            chosen.extend(person.and_then(|record| looks.into_iter().nth(record)));
        }
        self.subjects[subject as usize].candidates.extend(left_out);
        let nobody = chosen.is_empty();
        for look in chosen {
            self.join_record(subject, look, None)?;
        }
        for (i, seed) in seeds.iter().enumerate().filter(|(i, _)| !shared.contains(i)) {
            let sure = self.strength(&seed.what) == Strength::Unique;
            if sure || (nobody && pick.accept.is_some()) {
                self.join_identifier(seed, None);
            } else if nobody && seeds.len() == 1 {
                return Err(Error::refused(format!(
                    "several people may share {}; it never identifies one alone",
                    selectors[i].name()
                ))
                .hint("name another selector, or say that it is one person's: --accept \"reason\""));
            }
        }
        Ok(())
    }

    fn matches(&self, i: usize, seed: &Seed, looks: &[Look]) -> Match {
        let records = looks.iter().enumerate().filter(|(_, l)| l.seeds.contains(&i)).map(|(r, _)| r).collect();
        Match { selector: i, strength: self.strength(&seed.what), records }
    }
}
