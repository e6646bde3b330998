//! Records that are known beforehand to be somebody's, by their keys: looked up where they are, for all people at once.
//!
//! Records with a column key are asked for by it; of those whose content is their key the collection is read whole.

use std::collections::{BTreeMap, HashMap};

use super::state::{Pending, Tag, Tie, key_of};
use super::walk::Walk;
use crate::error::Result;
use crate::map::NormalForm;
use crate::record::{Digest, FieldPath, Key};
use crate::resolve::{KnownRecord, Subject};
use crate::source::question::normal_of;

/// By collection: what is asked for at each set of key columns, and the contents looked for.
#[derive(Default)]
struct Asked {
    columns: BTreeMap<Vec<String>, Vec<(u32, KnownRecord)>>,
    contents: HashMap<Digest, Vec<(u32, KnownRecord)>>,
}

impl Walk<'_> {
    /// Takes the records that the subjects are known to have.
    pub(super) fn known_records(&mut self, known: &[(u32, &Subject)]) -> Result<()> {
        let mut asked: BTreeMap<usize, Asked> = BTreeMap::new();
        for (subject, known) in known {
            self.subjects[*subject as usize].records = known.records.clone();
            for record in &known.records {
                let node = self.graph.node(&record.source, &record.collection)?;
                let asked = asked.entry(node).or_default();
                let wanted = (*subject, record.clone());
                match &record.key {
                    Key::Content(digest) => asked.contents.entry(*digest).or_default().push(wanted),
                    Key::Columns(parts) => {
                        let columns = parts.iter().map(|(name, _)| name.clone()).collect();
                        asked.columns.entry(columns).or_default().push(wanted);
                    }
                }
            }
        }
        for (node, asked) in asked {
            for (columns, wanted) in &asked.columns {
                self.by_columns(node, columns, wanted)?;
            }
            if !asked.contents.is_empty() {
                self.by_content(node, &asked.contents)?;
            }
        }
        Ok(())
    }

    fn by_columns(&mut self, node: usize, columns: &[String], wanted: &[(u32, KnownRecord)]) -> Result<()> {
        let fields: Vec<FieldPath> = columns.iter().map(|c| self.graph.nodes[node].source.field_path(c)).collect();
        let door = self.named_door(node, &fields, NormalForm::Exact);
        let mut pending = Pending::new(columns.len());
        for (subject, record) in wanted {
            let Key::Columns(parts) = &record.key else { continue };
            let values = parts.iter().map(|(_, value)| normal_of(value, NormalForm::Exact, None));
            let Some(values) = values.collect::<Option<Vec<_>>>() else { continue };
            let id = pending.wanted.add_parts(&values);
            pending.tag(id, Tag { subject: *subject, role: record.role, open: false, parent: None });
        }
        self.states[node].start_question();
        self.question(node, &[(door, &pending)], &mut |walk, found, hits| {
            let tags = hits.iter().flat_map(|(_, id)| pending.tags(*id));
            let ties: Vec<Tie> = tags.map(|tag| known_tie(tag.subject, tag.role, door)).collect();
            let key = key_of(&walk.graph.nodes[node], &found.record);
            walk.remember(node, key, &found, &ties)
        })
    }

    fn by_content(&mut self, node: usize, wanted: &HashMap<Digest, Vec<(u32, KnownRecord)>>) -> Result<()> {
        let door = self.named_door(node, &[], NormalForm::Exact);
        self.states[node].start_question();
        self.everything(node, &mut |walk, found| {
            let Some(mine) = wanted.get(&found.record.digest()) else { return Ok(()) };
            let ties: Vec<Tie> = mine.iter().map(|(subject, r)| known_tie(*subject, r.role, door)).collect();
            let key = key_of(&walk.graph.nodes[node], &found.record);
            walk.remember(node, key, &found, &ties)
        })
    }
}

fn known_tie(subject: u32, role: crate::map::Role, door: usize) -> Tie {
    Tie { subject, role, open: false, door: door as u16, parent: None, links: 0 }
}
