//! Makes a plan from what was found and what was asked. Pure: it reads findings, and takes clock and randomness as
//! arguments. What becomes of each record is decided in `erase` and `correct`.

use jiff::civil::Date;

use super::anonymise::Making;
use super::rows::{self, Planned};
use super::{
    Action, Asked, Change, Effects, End, Erasure, Header, Held, Plan, correct, effects, erase, held, undo, written,
};
use crate::error::{Error, Result};
use crate::find::{Findings, Node};
use crate::ledger::{Hide, Times};
use crate::map::{Collection, DataMap, Decision};
use crate::problem::Problem;
use crate::record::{Digest, Key};

/// A hash under a key that only the asker knows.
pub type Keyed<'k> = dyn FnMut(&[u8]) -> Result<Digest> + 'k;

/// What a plan is made with beside the findings.
pub struct Context<'a> {
    /// The map.
    pub map: &'a DataMap,
    /// The requests it serves.
    pub requests: Vec<String>,
    /// Now.
    pub now: jiff::Timestamp,
    /// Today, in the controller's time zone.
    pub today: Date,
    /// The log's head.
    pub log_head: Option<String>,
    /// A keyed hash, for pseudonyms; none: under a key of the plan's own, which nobody keeps.
    pub keyed: Option<&'a mut Keyed<'a>>,
    /// Random numbers.
    pub random: &'a mut dyn FnMut() -> u64,
    /// What stops the erasure of records now.
    pub holds: Vec<Held>,
    /// The ledger's key, with which an erasure is remembered.
    pub ledger: Option<&'a dyn Hide>,
}

impl<'a> Context<'a> {
    /// A context without requests, log, holds and ledger.
    pub fn new(map: &'a DataMap, now: jiff::Timestamp, today: Date, random: &'a mut dyn FnMut() -> u64) -> Self {
        Context {
            map,
            requests: Vec::new(),
            now,
            today,
            log_head: None,
            random,
            keyed: None,
            holds: Vec::new(),
            ledger: None,
        }
    }
}

/// The plan of what was asked, for all subjects of the findings. For an erasure the findings must come from a search
/// that also lists implied references. An unreadable source makes it refuse: what cannot be searched is not changed.
pub fn build(findings: &Findings<'_>, asked: Asked, context: Context<'_>) -> Result<Plan> {
    let ground = match &asked {
        Asked::Erase(erasure) => Some(erasure.ground(context.map)?.code.to_owned()),
        Asked::Correct(_) => None,
        // The ground of what was erased before stands in the plan of then.
        Asked::Replay(_) | Asked::Finish(_) => Erasure::default().ground(context.map).ok().map(|g| g.code.to_owned()),
    };
    refuse_unsearched(findings)?;
    let mut rows = rows::all(findings)?;
    let Context { map, requests, now, today, log_head, random, keyed, holds, ledger } = context;
    let mut problems = findings.problems.clone();
    let salt = [random(), random()];
    let unkeyed = |bytes: &[u8]| Ok(Digest::of(format!("{salt:?}{}", hex::encode(bytes)).as_bytes()));
    let mut keyed = keyed;
    let mut mac = |bytes: &[u8]| match keyed.as_mut() {
        Some(keyed) => keyed(bytes),
        None => unkeyed(bytes),
    };
    problems.extend(match &asked {
        Asked::Correct(corrections) => correct::decide(findings, corrections, &mut rows)?,
        erasure => {
            let stays = held::reasons(findings, &rows, erasure, &holds, &Times { zone: erase::zone(map), now });
            let none = Erasure::default();
            let asked = if let Asked::Erase(asked) = erasure { asked } else { &none };
            let finishes = matches!(erasure, Asked::Finish(_));
            let when = erase::When { today, finishes };
            erase::decide(findings, map, asked, when, stays, Making { random, keyed: &mut mac }, &mut rows)?
        }
    });
    refuse_non_transactional(findings, &rows)?;
    let effects = match ledger.filter(|_| asked.erases()) {
        Some(hide) => effects::of(findings, map, hide, &rows),
        None => Effects::default(),
    };
    let written = match &asked {
        Asked::Correct(_) => Vec::new(),
        _ => written::of(findings, map, &rows),
    };
    let undo = undo::window(&asked, map);
    if undo.is_some() {
        undo::refuse_what_cannot_be(findings, &rows)?;
    }
    let header = Header {
        asked,
        ground,
        requests,
        subjects: findings.subjects.clone(),
        written,
        map: crate::map::meaning(map),
        schemas: findings.schemas(),
        created: now,
        today,
        log_head,
        unreviewed: unreviewed(map),
        undo,
        holds,
        problems,
    };
    let changes = rows.into_iter().map(|row| change(findings, row)).collect();
    Ok(Plan { header, changes, effects })
}

/// Problems after which nothing may be changed anywhere.
const UNSEARCHED: [&str; 4] =
    ["unreadable-source", "unreadable-collection", "missing-collection", "unknown-collection"];

fn refuse_unsearched(findings: &Findings<'_>) -> Result<()> {
    let hit = |p: &&Problem| UNSEARCHED.contains(&p.code.as_str());
    match findings.problems.iter().find(hit) {
        None => Ok(()),
        Some(problem) => Err(Error::refused(format!("{} was not searched: {}", problem.place, problem.message)).hint(
            "nothing is changed while something cannot be searched; make it readable, or mend the map, and plan again",
        )),
    }
}

/// What could not be taken back is changed only where the map accepts that.
fn refuse_non_transactional(findings: &Findings<'_>, rows: &[Planned]) -> Result<()> {
    for row in rows.iter().filter(|r| r.action.writes()) {
        let node = &findings.graph.nodes[row.node];
        let engine = node.shape.as_ref().and_then(|s| s.not_transactional.as_ref());
        if let (Some(engine), false) = (engine, node.collection.accepts_non_transactional) {
            let (source, name) = (&node.source.name, &node.collection.name);
            let message = format!("{source}.{name}: its storage engine {engine} cannot take a change back");
            return Err(Error::refused(message)
                .hint("change its engine to InnoDB, or accept it in the map: non_transactional = \"accept\""));
        }
    }
    Ok(())
}

fn unreviewed(map: &DataMap) -> u64 {
    let collections = map.sources.iter().flat_map(|s| &s.collections);
    let count = |c: &Collection| {
        let rule = u64::from(c.decision == Decision::Unreviewed);
        rule + c.links.iter().filter(|l| l.decision == Decision::Unreviewed).count() as u64
    };
    collections.map(count).sum()
}

fn change(findings: &Findings<'_>, row: Planned) -> Change {
    let node = &findings.graph.nodes[row.node];
    let moved = row.after_record().filter(|_| row.action.writes());
    let key_after = moved.and_then(|after| match &row.key {
        Key::Columns(_) => after.key(&node.collection.key),
        Key::Content(_) => {
            Some(Key::Content(node.shape.as_ref().map_or_else(|| after.digest(), |s| s.content(&after))))
        }
    });
    let key_after = key_after.filter(|key| *key != row.key);
    let near = matches!(row.key, Key::Content(_)).then(|| near(node, &row)).flatten();
    let end = end(&row);
    Change {
        source: node.source.name.clone(),
        collection: node.collection.name.clone(),
        before: row.before(),
        path: findings.path(row.node, &row.tie),
        role: row.tie.role,
        key: row.key,
        count: row.count,
        proposal: row.proposal.filter(|_| row.action == Action::Propose),
        action: row.action,
        end,
        tells: Vec::new(),
        old: row.old,
        after: row.after,
        files: row.files,
        near,
        key_after,
        reason: row.reason,
    }
}

/// The columns of a table over which its records are found, with what stands there in this one.
fn near(node: &Node<'_>, row: &Planned) -> Option<Key> {
    // What no null can stand in is a file, and files have no indexes.
    if !node.shape.as_ref().is_some_and(|s| s.closed && !s.no_null) {
        return None;
    }
    let mut columns: Vec<&str> = node.doors.iter().flat_map(|d| &d.fields).map(|f| f.root()).collect();
    columns.sort_unstable();
    columns.dedup();
    let held = |column: &&str| Some(((*column).to_owned(), row.record.get(column)?.clone()));
    let parts: Vec<_> = columns.iter().filter_map(held).filter(|(_, value)| !value.is_null()).collect();
    (!parts.is_empty()).then_some(Key::Columns(parts))
}

/// How a record of the person ends under an erasure. One that is to be anonymised has to earn that word: see `earned`.
fn end(row: &Planned) -> Option<End> {
    match row.action {
        Action::Delete => Some(End::Deleted),
        Action::Anonymise => Some(End::Masked),
        Action::Isolate => Some(End::Isolated),
        Action::Minimise | Action::Keep => Some(End::Kept),
        Action::Detach | Action::Correct | Action::Propose => None,
    }
}
