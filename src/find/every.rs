//! Every record of the collections asked for, as one stream: for what no question can name.

use super::graph::{Graph, Node};
use super::sources::Opened;
use super::walk::Walk;
use crate::error::Result;
use crate::map::DataMap;
use crate::problem::Problem;
use crate::source::Found;

/// Reads each collection for which `wanted` holds once, and gives `sink` its records; gives back what could not be read.
pub fn everything<'m>(
    map: &'m DataMap,
    opened: Opened,
    wanted: &dyn Fn(&Node<'_>) -> bool,
    sink: &mut dyn FnMut(&Node<'m>, Found) -> Result<()>,
) -> Result<Vec<Problem>> {
    let graph = Graph::build(map, &opened.schemas(), false)?;
    let mut walk = Walk::new(graph, opened, 0);
    for node in 0..walk.graph.nodes.len() {
        if wanted(&walk.graph.nodes[node]) {
            walk.everything(node, &mut |walk, found| sink(&walk.graph.nodes[node], found))?;
        }
    }
    Ok(walk.problems)
}
