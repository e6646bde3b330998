//! The raw sweep: after an erasure, everything the sources hold is looked through for the person's distinctive
//! identifiers, whatever the map says of it.
//!
//! [`sweep`] reads each source once, for one person or a thousand. `sought` says what is looked for, `spelling` in which
//! codings, `scan` finds it in bytes; `walk` goes through tables and files; `explain` tells what the plan keeps from
//! what is left. Reports name places, never values. Nothing here changes anything.

mod bounds;
mod explain;
mod folds;
mod hashes;
mod matcher;
mod phones;
mod scan;
mod sought;
mod spelling;
mod stream;
mod tally;
mod unpack;
mod walk;

pub use scan::Scanner;
pub use sought::{Sought, of, telling_fields};
pub use spelling::{Coding, base64, spell};
pub use stream::{FileHit, sweep as sweep_file};
pub use tally::Trace;

use std::collections::BTreeMap;

use crate::error::Result;
use crate::map::DataMap;
use crate::plan::Plan;
use crate::problem::Problem;

/// What a sweep showed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Swept {
    /// Identifiers that stand somewhere though no plan keeps them there.
    pub left: Vec<Trace>,
    /// Those in records that the plan keeps, with its reason.
    pub kept: Vec<Trace>,
    /// Of what was left, what an officer accepted, with the reason; the sweep itself accepts nothing.
    pub accepted: Vec<Trace>,
    /// What could not be looked through.
    pub problems: Vec<Problem>,
    /// Of what is left, what stands in space that no record uses: bytes of files, by source.
    pub in_free_space: BTreeMap<String, Vec<u64>>,
    /// How many identifiers were looked for.
    pub sought: usize,
    /// How many tables were looked through.
    pub tables: u64,
    /// And files.
    pub files: u64,
}

/// Sweeps every source of the map for the subjects of an erasure that was applied.
pub fn sweep(map: &DataMap, plan: &Plan) -> Result<Swept> {
    let sought = sought::of(map, plan);
    if sought.is_empty() {
        return Ok(Swept::default());
    }
    let scanner = Scanner::new(&sought);
    let mut walked = walk::walk(map, &scanner);
    explain::explain(map, plan, &sought, &scanner, &mut walked)?;
    Ok(walked.ended(&sought, &scanner))
}
