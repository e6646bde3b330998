//! From selectors to findings: search every source for one or many people, in rounds, until nothing new appears.
//!
//! A source answers one question a collection and round. Records that others are reached from are remembered by key;
//! the rest stream into a spool. Nothing here changes data, prints, or decides what is handed out or erased.

mod codec;
mod every;
mod findings;
mod graph;
mod holders;
mod kept;
mod known;
mod look;
mod relay;
mod runs;
mod sources;
mod spool;
mod state;
mod walk;
mod way;

pub use every::everything;
pub use findings::{Counts, Findings, Row};
pub use graph::{Door, DoorKind, Graph, Node, Onward, is_unique};
pub use holders::{Asked, Held, held_by_others};
pub use kept::Kept;
pub use sources::Opened;
pub use spool::{Spool, SpoolRow};
pub use state::{EntryRef, Tie, key_of, record_key};

use crate::error::Result;
use crate::map::DataMap;
use crate::resolve::Start;

/// Searches for one person per start. `implied`: also list the records that would stand in the way of an erasure
/// because the database declares a reference from them.
pub fn find<'m>(map: &'m DataMap, opened: Opened, starts: &[Start], implied: bool) -> Result<Findings<'m>> {
    let graph = Graph::build(map, &opened.schemas(), implied)?;
    let mut walk = walk::Walk::new(graph, opened, starts.len());
    walk.start(starts)?;
    walk.rounds()?;
    walk.leaves()?;
    walk.finish()
}
