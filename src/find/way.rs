//! The way to a record as it is handed out: what was given, the record that led to first, and the fields over which it
//! goes on from there.
//!
//! The keys of the records between are left out: which of them it is stands in the record itself, in the field that the
//! way names, and so on back. What is left is the same for most records of a collection, and is made once for all of
//! them. The path with every key is `kept`'s.

use std::sync::Arc;

use super::kept::Kept;
use super::state::{EntryRef, Tie};

/// The longest way that is followed; records may refer to each other in circles.
const STEPS: usize = 64;

/// Ways to the records of one collection, one after another.
#[derive(Default)]
pub(super) struct Ways {
    now: Way,
    last: Way,
    text: Arc<str>,
}

/// A way, from its end: the doors it came through, and the first record it leads over.
#[derive(Default, PartialEq)]
struct Way {
    doors: Vec<(usize, u16)>,
    first: Option<EntryRef>,
}

impl Ways {
    /// The way to a record of that collection.
    pub fn of(&mut self, kept: &Kept<'_, '_>, node: usize, tie: &Tie) -> Arc<str> {
        self.now.doors.clear();
        self.now.first = None;
        let (mut node, mut tie) = (node, tie);
        loop {
            self.now.doors.push((node, tie.door));
            let Some(parent) = tie.parent else { break };
            self.now.first = Some(parent);
            match kept.tie_of(parent, tie.subject) {
                Some(before) if self.now.doors.len() < STEPS => (node, tie) = (parent.0 as usize, before),
                _ => break,
            }
        }
        if self.now != self.last || self.text.is_empty() {
            self.text = text(kept, &self.now, tie).into();
            std::mem::swap(&mut self.now, &mut self.last);
        }
        Arc::clone(&self.text)
    }
}

/// The words of a way whose first tie this is.
fn text(kept: &Kept<'_, '_>, way: &Way, first: &Tie) -> String {
    let mut out = String::new();
    let mut doors = way.doors.iter().rev();
    let key = way.first.map(|(node, place)| kept.states[node as usize].key(place).show());
    match (first.parent.is_none(), &key) {
        (true, key) => {
            doors.next().into_iter().for_each(|(node, door)| kept.start(*node, *door, &mut out));
            if let Some(key) = key {
                out.push_str(&format!(" ({key})"));
            }
        }
        (false, key) => out.push_str(key.as_deref().unwrap_or_default()),
    }
    for (node, door) in doors {
        out.push_str(" → ");
        kept.step(*node, *door, &mut out);
    }
    out
}
