//! The records a search has kept, and the ways to them: read only, by as many threads as like.
//!
//! What was found of whom is counted in `findings`; how records wait is the spool's matter.

use std::sync::Arc;

use super::findings::Row;
use super::graph::{DoorKind, Graph};
use super::relay::{self, size};
use super::state::{EntryRef, NodeState, Tie, ties_of};
use super::way::Ways;
use crate::error::Result;

/// A view of the records.
#[derive(Clone, Copy)]
pub struct Kept<'f, 'm> {
    pub(super) graph: &'f Graph<'m>,
    pub(super) states: &'f [NodeState],
    /// The name of every door, by collection.
    pub(super) doors: &'f [Vec<String>],
}

impl Kept<'_, '_> {
    /// Gives every own record of one collection, with the way to it, in key order. Where there are many,
    /// another thread reads ahead.
    pub fn own(&self, node: usize, subject: usize, sink: &mut dyn FnMut(Row, &str) -> Result<()>) -> Result<()> {
        let read = |give: &mut dyn FnMut((Row, Arc<str>)) -> Result<()>| {
            let mut ways = Ways::default();
            self.rows(node, Some(subject), &mut |row, _| match row.tie.is_own() {
                true => {
                    let way = ways.of(self, node, &row.tie);
                    give((row, way))
                }
                false => Ok(()),
            })
        };
        match self.states[node].spool.len() > MANY {
            true => relay::ahead(read, &|(row, _)| size(&row.record), &mut |(row, way)| sink(row, &way)),
            false => read(&mut |(row, way)| sink(row, &way)),
        }
    }

    pub(super) fn rows(
        &self,
        node: usize,
        subject: Option<usize>,
        sink: &mut dyn FnMut(Row, &[Tie]) -> Result<()>,
    ) -> Result<()> {
        let state = &self.states[node];
        let leaf = self.graph.nodes[node].leaf;
        let mut held: Option<(Row, Vec<Tie>)> = None;
        state.spool.each(&mut |row| {
            let (ties, count) = match leaf {
                true => (ties_of(&row.note), 1),
                false => {
                    let place = row.note.try_into().map(u32::from_le_bytes).unwrap_or_default();
                    let entry = &state.entries[place as usize];
                    (entry.ties.clone(), entry.count)
                }
            };
            let mine = |t: &Tie| subject.is_none_or(|subject| t.subject as usize == subject);
            let ties: Vec<Tie> = ties.into_iter().filter(mine).collect();
            let closest = ties.iter().copied().reduce(|best, t| if t.is_closer_than(&best) { t } else { best });
            let Some(tie) = closest else { return Ok(()) };
            if leaf
                && let Some((last, _)) = held.as_mut()
                && last.key == row.key
                && last.record == row.record
            {
                last.count += 1;
                return Ok(());
            }
            let row = Row { key: row.key, record: row.record, line: row.line, count, tie };
            held.replace((row, ties)).map_or(Ok(()), |(row, ties)| sink(row, &ties))
        })?;
        held.map_or(Ok(()), |(row, ties)| sink(row, &ties))
    }

    /// The path from what was given to a record, for people: it names keys, so it is personal.
    pub fn path(&self, node: usize, tie: &Tie) -> String {
        let mut path = String::new();
        self.path_within(node, tie, 64, &mut path);
        path
    }

    /// The tie by which a record that others are reached from is the subject's.
    pub(super) fn tie_of(&self, (node, place): EntryRef, subject: u32) -> Option<&Tie> {
        self.states[node as usize].entries[place as usize].ties.iter().find(|t| t.subject == subject)
    }

    /// Adds the path that ends in this collection to `out`.
    fn path_within(&self, node: usize, tie: &Tie, depth: u32, out: &mut String) {
        match tie.parent {
            None => self.start(node, tie.door, out),
            Some(parent) => {
                self.parent(parent, tie.subject, depth, out);
                out.push_str(" → ");
                self.step(node, tie.door, out);
            }
        }
    }

    /// Adds where a path begins: what was given, and the field it was found in.
    pub(super) fn start(&self, node: usize, door: u16, out: &mut String) {
        if self.identity(node, door).is_none() {
            out.push_str("given → ");
        }
        self.step(node, door, out);
    }

    /// Adds one step of a path: the field it was found in.
    pub(super) fn step(&self, node: usize, door: u16, out: &mut String) {
        if let Some(name) = self.identity(node, door) {
            out.push_str(name);
            out.push_str(" → ");
        }
        out.push_str(&self.doors[node][door as usize]);
    }

    fn identity(&self, node: usize, door: u16) -> Option<&str> {
        match &self.graph.nodes[node].doors.get(door as usize)?.kind {
            DoorKind::Identity(name) => Some(name),
            _ => None,
        }
    }

    fn parent(&self, parent: EntryRef, subject: u32, depth: u32, out: &mut String) {
        let key = self.states[parent.0 as usize].key(parent.1).show();
        match self.tie_of(parent, subject) {
            Some(tie) if depth > 0 => {
                self.path_within(parent.0 as usize, tie, depth - 1, out);
                out.push_str(" (");
                out.push_str(&key);
                out.push(')');
            }
            _ => out.push_str(&key),
        }
    }
}

/// More records than this are worth a thread.
const MANY: u64 = 1000;
