//! Looks at sources and proposes their data map. A proposal is never a decision: it says how sure it is, and why.
//!
//! Reads only: what a source says of itself, a bounded sample of each collection, and whether a bounded number of
//! values occurs on the other side of a reference. Nothing is written here, and no value of a record leaves it.

mod alike;
mod assemble;
mod chain;
mod composite;
mod dated;
mod decisions;
mod direct;
pub mod fides;
mod fields;
mod groups;
mod identities;
mod keys;
mod kin;
mod parts;
mod persons;
mod polymorphic;
pub mod recognise;
mod refer;
pub mod review;
mod satellites;
mod spelled;
mod standing;
mod table;
mod typed;
pub mod update;
mod values;
mod versions;
mod vocabulary;
mod weak;
mod words;

pub use decisions::{Code, Question};

use std::collections::BTreeMap;

use crate::error::Result;
use crate::map::{Address, Identity, SourceMap};
use crate::source::{Schema, ShapeKind, Source};
use table::{SAMPLE, Table};

/// A source to look at.
pub struct Look {
    /// Its name in the map.
    pub name: String,
    /// Where it is, as the map will say.
    pub address: Address,
    /// It, open.
    pub handle: Box<dyn Source>,
}

/// A proposed map: sources, the identities they use, what a person must decide.
#[derive(Default)]
pub struct Draft {
    /// The sources, in the order given.
    pub sources: Vec<SourceMap>,
    /// The identities.
    pub identities: BTreeMap<String, Identity>,
    /// What is to be decided, most urgent first.
    pub questions: Vec<Question>,
    /// What each of the sources says of itself.
    pub schemas: Vec<Schema>,
}

/// Looks at the sources and proposes their map.
/// Names of identities that the workspace knows already are taken.
pub fn draft(looks: Vec<Look>, known: &BTreeMap<String, Identity>) -> Result<Draft> {
    let mut questions = Vec::new();
    let (mut names, mut addresses, mut handles) = (Vec::new(), Vec::new(), Vec::new());
    for look in looks {
        names.push(look.name);
        addresses.push(look.address);
        handles.push(look.handle);
    }
    let schemas = handles.iter_mut().map(|handle| handle.schema()).collect::<Result<Vec<Schema>>>()?;
    let mut tables = tables(&names, &schemas, &mut handles, &mut questions)?;
    name_words(&mut tables);
    tables.iter_mut().for_each(|table| table.key = keys::choose(table));
    let numbers: Vec<Vec<String>> = (0..tables.len()).map(|t| alike::numbers(&tables, t)).collect();
    tables.iter_mut().zip(numbers).for_each(|(table, numbers)| table.numbers = numbers);
    tables.iter_mut().for_each(places);
    let mut references = refer::declared(&tables);
    let mut typed = typed::suggested(&tables, &references);
    values::check(&tables, &mut handles, &mut typed)?;
    references.extend(typed::judged(&tables, typed));
    let mut suggested = refer::suggested(&tables, &references);
    values::check(&tables, &mut handles, &mut suggested)?;
    references.extend(refer::judged(&tables, suggested));
    // What names did not tell, values may.
    let mut alike = alike::suggested(&tables, &references);
    values::check(&tables, &mut handles, &mut alike)?;
    references.extend(refer::judged(&tables, alike));
    let mut spelled = spelled::suggested(&tables, &references);
    values::check(&tables, &mut handles, &mut spelled)?;
    references.extend(spelled::judged(&tables, spelled));
    let persons = persons::persons(&tables, &references);
    let seen = standing::Seen { tables: &tables, references: &references };
    let standings = standing::standings(&seen, &persons);
    let assembled = assemble::assemble(&seen, &standings, &names, known);
    questions.extend(assembled.questions);
    questions.sort();
    let mut sources: Vec<SourceMap> = names
        .into_iter()
        .zip(addresses)
        .map(|(name, address)| SourceMap { name, address, ..SourceMap::default() })
        .collect();
    for (table, collection) in tables.iter().zip(assembled.collections) {
        sources[table.source].collections.push(collection);
    }
    Ok(Draft { sources, identities: assembled.identities, questions, schemas })
}

/// Every collection of every source with a sample; views show what other collections hold.
fn tables(
    names: &[String],
    schemas: &[Schema],
    handles: &mut [Box<dyn Source>],
    questions: &mut Vec<Question>,
) -> Result<Vec<Table>> {
    let mut out = Vec::new();
    for (source, (handle, schema)) in handles.iter_mut().zip(schemas).enumerate() {
        for shape in schema.collections.iter().filter(|s| s.kind == ShapeKind::Table) {
            let place = format!("{}.{}", names[source], shape.name);
            let sample = match handle.sample(&shape.name, SAMPLE) {
                Ok(sample) => sample,
                Err(error) => {
                    questions.push(Question::new(Code::Unread, place.clone(), error.message));
                    Vec::new()
                }
            };
            for problem in &shape.problems {
                questions.push(Question::new(Code::Unread, problem.place.clone(), problem.message.clone()));
            }
            out.push(Table::of(source, shape.clone(), sample));
        }
    }
    Ok(out)
}

/// Gives each collection the words of its name, without those that most of its source begin with.
fn name_words(tables: &mut [Table]) {
    for t in 0..tables.len() {
        let all = full_words(&tables[t]);
        let alike = |o: &&Table| o.source == tables[t].source && o.space == tables[t].space;
        let beside: Vec<Vec<String>> = tables.iter().filter(alike).map(full_words).collect();
        let first = all.first().cloned().unwrap_or_default();
        let common = beside.iter().filter(|w| w.first() == Some(&first)).count();
        let prefix =
            beside.len() > 3 && common * 2 > beside.len() || vocabulary::EMPTY_PREFIXES.contains(&first.as_str());
        tables[t].words = if prefix && all.len() > 1 { all[1..].to_vec() } else { all };
    }
    // `customer_entity` is the customer, unless there is a `customer` beside it.
    for t in 0..tables.len() {
        let short = vocabulary::without_empty_tail(&tables[t].words).to_vec();
        let taken = |o: &Table| o.source == tables[t].source && o.space == tables[t].space && o.words == short;
        if short.len() < tables[t].words.len() && !tables.iter().any(taken) {
            tables[t].words = short;
        }
    }
}

fn full_words(table: &Table) -> Vec<String> {
    let name = table.name().strip_prefix(&format!("{}.", table.space)).unwrap_or(table.name());
    words::words(name).iter().map(|w| words::singular(w)).collect()
}

/// A collection of streets and cities without a name of anything holds addresses, whatever it is called.
fn places(table: &mut Table) {
    let named = |f: &table::Field| f.stem.words.iter().any(|w| w == "name") || f.found.kind == recognise::Kind::Company;
    if !vocabulary::names_organisation(&table.words) || table.fields.iter().any(named) {
        return;
    }
    let street = |found: &recognise::Recognition| found.kind == recognise::Kind::Street;
    let all = table.as_addresses();
    if all.iter().any(street) {
        table.fields.iter_mut().zip(all).for_each(|(field, found)| field.found = found);
    }
}
