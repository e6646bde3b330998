//! Random worlds: one person is searched, erased and searched again, and an independent look at the stores shows that
//! exactly the plan was done, that nothing of hers is left but what the plan lists, and nobody else was touched.

pub mod again;
mod oracle;
mod store;
mod world;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use redress::find::{Opened, find};
use redress::map::{DataMap, Role, Undo};
use redress::plan::{Action, Change, Images, Plan, apply, confirm, undo};
use redress::record::{Key, Record};
use redress::resolve::{Pick, Start, parse};
use redress::sweep::{Trace, sweep};
use std::collections::BTreeMap;
use std::path::Path;

use crate::plan::{Memory, plan, sealed};
use oracle::{Ties, tuple};
use world::{Row, Rule, Tape, World};

/// Few enough for every run, and the same ones; `PROPTEST_CASES` asks for more, `PROPTEST_RNG_SEED` for those of
/// another number.
fn config() -> ProptestConfig {
    let number =
        |name| std::env::var(name).ok().map(|n: String| n.parse::<u64>().unwrap_or_else(|e| panic!("{name}: {e}")));
    let cases = number("PROPTEST_CASES").map_or(80, |n| u32::try_from(n).unwrap());
    let rng_seed = RngSeed::Fixed(number("PROPTEST_RNG_SEED").unwrap_or(1));
    ProptestConfig {
        cases,
        rng_seed,
        max_shrink_iters: number("PROPTEST_MAX_SHRINK_ITERS").map_or(3000, |n| u32::try_from(n).unwrap()),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

const SHE: &str = "email=p0@x.test";

proptest! {
    #![proptest_config(config())]

    #[test]
    fn exactly_the_plan_is_done_and_nothing_is_left_or_touched_beside(tape in prop::collection::vec(any::<u8>(), 0..300)) {
        run(&tape);
    }
}

/// A kept record refers to one whose key follows the key of a third: nothing went, the kept one says what it said.
#[test]
fn a_kept_record_goes_on_saying_a_key_that_followed_another() {
    run(&KEY_FOLLOWS_KEY);
}

#[rustfmt::skip]
const KEY_FOLLOWS_KEY: [u8; 154] = [
    75, 90, 100, 0, 64, 233, 0, 22, 136, 9, 103, 0, 0, 110, 0, 105, 190, 0, 0, 94, 0, 0, 121, 0, 0, 0, 134, 0, 0, 234, 0, 0,
    143, 32, 0, 0, 0, 30, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 92, 0, 19, 0, 0, 0, 0, 0, 1, 0, 12, 0, 0, 0, 8, 186,
    0, 0, 0, 68, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 8, 3, 0, 0, 0, 0, 0, 0, 0, 0, 94, 0,
    0, 0, 0, 173, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0,
    104, 0, 21, 0, 0, 44, 0, 0, 0, 0, 28, 1, 211, 0, 12, 11, 0, 89, 0, 0, 0, 0, 0, 0, 1, 0,
];

/// Of a key of two fields one moves: another's record that refers to it changes in that one alone.
#[test]
fn of_a_reference_only_what_moves_is_written() {
    run(&ONE_OF_TWO_MOVES);
}

#[rustfmt::skip]
const ONE_OF_TWO_MOVES: [u8; 76] = [
    117, 0, 28, 0, 151, 32, 0, 60, 0, 0, 4, 3, 42, 0, 0, 39, 107, 4, 0, 0, 124, 0, 0, 3, 14, 29, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 78, 29, 0, 12, 0, 109, 12, 34, 0, 0, 0, 171, 14, 0, 0, 0, 124, 33, 37, 0, 158, 0, 0, 89, 0, 0, 0,
    0, 0, 89, 0, 0, 0, 0, 0, 0, 0, 0, 0,
];

/// A record that was another's too is so after a restore, though by then it is known by its key to have been hers.
#[test]
fn what_was_anothers_too_is_so_after_a_restore() {
    run(&ANOTHERS_TOO);
}

#[rustfmt::skip]
const ANOTHERS_TOO: [u8; 55] = [
    5, 0, 0, 0, 32, 0, 0, 0, 0, 4, 2, 0, 30, 6, 0, 0, 21, 0, 0, 83, 0, 0, 0, 5, 0, 0, 0, 18, 0, 0, 5, 90,
    0, 0, 0, 0, 0, 0, 18, 0, 0, 15, 87, 0, 0, 0, 0, 0, 0, 161, 42, 0, 171, 0, 3,
];

/// What a retention rule keeps and others hold too stays for the rule, whole.
#[test]
fn what_a_rule_keeps_and_others_hold_stays_for_the_rule() {
    run(&KEPT_AND_HELD);
}

#[rustfmt::skip]
const KEPT_AND_HELD: [u8; 62] = [
    58, 0, 0, 0, 0, 0, 0, 0, 0, 0, 202, 0, 0, 0, 58, 45, 0, 0, 0, 0, 0, 0, 0, 149, 171, 0, 0, 0, 189, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 86, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 219,
];

/// A record of hers holds another's address, and is known by its key after a restore: the other is not erased.
#[test]
fn anothers_address_in_her_record_does_not_make_her_the_other_after_a_restore() {
    run(&ANOTHERS_ADDRESS);
}

#[rustfmt::skip]
const ANOTHERS_ADDRESS: [u8; 97] = [
    130, 4, 0, 0, 101, 0, 0, 40, 7, 0, 11, 27, 0, 0, 0, 0, 172, 0, 0, 40, 0, 0, 3, 0, 4, 0, 0, 251, 0, 54, 189, 9,
    0, 0, 0, 9, 0, 130, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 46, 27, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 63, 3, 0, 0,
    0, 0, 0, 3, 107, 0, 143, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 59, 17, 0, 12, 60,
    72,
];

/// Records that go refer to one whose key changes: they go first, so that the database carries nothing along.
#[test]
fn what_goes_is_gone_before_the_key_it_refers_to_changes() {
    run(&GONE_BEFORE_THE_KEY);
}

#[rustfmt::skip]
const GONE_BEFORE_THE_KEY: [u8; 34] = [
    49, 0, 106, 0, 109, 176, 0, 0, 42, 0, 0, 158, 115, 0, 9, 21, 4, 0, 29, 0, 72, 21, 0, 0, 146, 0, 0, 0, 61, 0, 0, 0,
    0, 124,
];

/// Her record among the people is gone; another's address in a record of hers that stays does not lead to the other's.
#[test]
fn anothers_address_in_what_stays_does_not_lead_on_once_hers_is_gone() {
    run(&HERS_IS_GONE);
}

#[rustfmt::skip]
const HERS_IS_GONE: [u8; 174] = [
    161, 0, 66, 106, 253, 119, 149, 173, 48, 136, 74, 166, 30, 123, 49, 83, 171, 252, 134, 31, 60, 90, 180, 79, 139, 192, 81, 84, 132, 28, 14, 23,
    144, 194, 158, 150, 5, 186, 10, 81, 47, 85, 49, 3, 18, 191, 86, 135, 182, 172, 26, 119, 253, 2, 162, 244, 102, 237, 88, 90, 92, 10, 152, 19,
    151, 106, 205, 214, 99, 238, 78, 131, 202, 34, 167, 88, 136, 254, 100, 198, 250, 96, 13, 186, 180, 197, 178, 128, 105, 172, 216, 53, 14, 46, 241, 137,
    137, 225, 170, 58, 46, 25, 183, 93, 37, 124, 225, 135, 128, 220, 247, 166, 4, 244, 147, 211, 159, 255, 209, 11, 145, 25, 245, 146, 209, 151, 41, 142,
    164, 192, 67, 86, 51, 168, 68, 206, 133, 89, 37, 143, 54, 176, 152, 213, 222, 138, 175, 146, 240, 242, 92, 6, 54, 85, 106, 133, 104, 108, 94, 156,
    43, 26, 189, 235, 137, 178, 26, 184, 113, 131, 73, 175, 28, 73,
];

fn run(tape: &[u8]) {
    let world = World::of(&mut Tape::new(tape));
    let dir = tempfile::tempdir().unwrap();
    world.write(dir.path());
    ["docs", "sheets"].iter().for_each(|d| std::fs::write(dir.path().join(d).join(".old"), BESIDE).unwrap());
    let map = world.map(dir.path());
    check(&world, &map, dir.path());
}

fn check(world: &World, map: &DataMap, dir: &Path) {
    let before = world.read(dir);
    let ties = world.ties(&before);
    assert_eq!(found(world, map, &before), ties, "find: {world:?}");
    let plan = match plan(map, SHE) {
        // A record that is kept refers to a key that was to change: refused, and nothing is changed.
        Err(e) if e.message.contains("cannot follow") && world.tables.iter().any(|t| t.new_key) => return,
        plan => plan.unwrap_or_else(|e| panic!("{e:?} {world:?}")),
    };
    let rows = rows_of(world, &plan, &before);
    every_own_record_is_in_the_plan(world, &ties, &rows);
    rules_are_followed(world, &before, &ties, &rows);
    let plan_sealed = sealed(&plan);
    let mut memory = Memory::default();
    let applied = apply(map, &plan_sealed, &mut memory).unwrap_or_else(|e| panic!("{e:?}\n{rows:?} {world:?}"));
    assert_eq!(applied.problems, [], "nothing beside the plan: {rows:?} {world:?}");
    let after = world.read(dir);
    assert_eq!(after, expected(world, &before, &rows), "exactly the plan: {rows:?} {world:?}");
    others_are_untouched(world, &ties, &rows);
    no_reference_dangles(world, &before, &after, &rows);
    assert_eq!(confirm(map, &plan).unwrap(), (vec![], vec![]), "{rows:?} {world:?}");
    the_sweep_lists_what_is_left(world, map, &plan, &after);
    apply(map, &plan_sealed, &mut memory).unwrap_or_else(|e| panic!("again: {e:?} {world:?}"));
    assert_eq!(world.read(dir), after, "applying again changes nothing");
    a_restore_is_undone_by_a_replay(world, map, dir, &plan, &after);
    what_is_taken_back_is_as_it_was(world, map, dir);
}

/// The same erasure, where it can be taken back: it ends in the same state, and taken back every row and every byte of the
/// files is as it was.
fn what_is_taken_back_is_as_it_was(world: &World, map: &DataMap, dir: &Path) {
    world.restore(dir);
    let (before, bytes) = (world.read(dir), files(dir));
    let window = Undo { window: jiff::Span::new().days(7), window_text: "P7D".into(), keys: BTreeMap::new() };
    let map = DataMap { undo: Some(window), ..map.clone() };
    let sealed = sealed(&plan(&map, SHE).unwrap());
    let mut memory = Memory::default();
    apply(&map, &sealed, &mut memory).unwrap_or_else(|e| panic!("{e:?} {world:?}"));
    let taken_back = || {
        let images = Images::read(&mut memory.images.as_slice()).unwrap();
        undo(&map, &sealed, images, &mut || Ok(()))
            .unwrap_or_else(|e| panic!("taken back: {e:?} {:?} {world:?}", sealed.plan.changes))
    };
    let undone = taken_back();
    assert_eq!((undone.changed, undone.problems), (vec![], vec![]), "{:?} {world:?}", sealed.plan.changes);
    assert_eq!(world.read(dir), before, "taken back: {:?} {world:?}", sealed.plan.changes);
    assert_eq!(files(dir), bytes, "byte for byte: {world:?}");
    assert_eq!(taken_back().records, 0, "again it changes nothing: {world:?}");
    assert_eq!(world.read(dir), before);
}

/// The bytes of every file beside the database.
fn files(dir: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = ["docs", "sheets"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(dir.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// Everything is restored from before the erasure; the replay ends in the state that the erasure left.
fn a_restore_is_undone_by_a_replay(world: &World, map: &DataMap, dir: &Path, plan: &Plan, after: &[Vec<Row>]) {
    let remembered = again::remembered(plan);
    world.restore(dir);
    let Some(replayed) = again::replayed(map, &remembered) else {
        // Nothing of hers went: what is there is what was there.
        assert!(plan.changes.iter().all(|c| !c.action.writes() || c.action == Action::Detach), "{world:?}");
        return;
    };
    let replayed = match replayed {
        Err(e) if e.message.contains("cannot follow") && world.tables.iter().any(|t| t.new_key) => return,
        replayed => replayed.unwrap_or_else(|e| panic!("replay: {e:?} {world:?}")),
    };
    let applied = apply(map, &sealed(&replayed), &mut Memory::default());
    applied.unwrap_or_else(|e| panic!("replay: {e:?} {world:?}"));
    let (now, then) = (again::without_chance(&world.read(dir)), again::without_chance(after));
    assert_eq!(now, then, "replay ends in the same state: {:?} {:?} {world:?}", plan.changes, replayed.changes);
}

/// A file beside the others that no map knows: a mail with her address in base64.
const BESIDE: &str = "Subject: hello\n\naGVsbG8sIHlvdXJzLCA8UDBAWC5URVNUPg==\n";

/// Where she can be read in what is left, cell by cell, is what the sweep says, and nothing else is.
fn the_sweep_lists_what_is_left(world: &World, map: &DataMap, plan: &Plan, after: &[Vec<Row>]) {
    let swept = sweep(map, plan).unwrap();
    assert_eq!(swept.problems, [], "{world:?}");
    let mut expected: BTreeMap<(String, String), u64> = BTreeMap::new();
    for (table, rows) in world.tables.iter().zip(after) {
        for (column, cell) in rows.iter().flat_map(|row| table.columns.iter().zip(row)) {
            if cell.as_ref().is_some_and(|text| text.to_lowercase().contains("p0@x.test")) {
                *expected.entry((table.name.clone(), column.name.clone())).or_default() += 1;
            }
        }
    }
    let beside = |t: &&Trace| t.field.is_none();
    let mut listed: BTreeMap<(String, String), u64> = BTreeMap::new();
    for trace in swept.left.iter().chain(&swept.kept).filter(|t| !beside(t)) {
        *listed.entry((trace.place.clone(), trace.field.clone().unwrap())).or_default() += trace.count;
    }
    assert_eq!(listed, expected, "{swept:?} {world:?}");
    let stays = |table: &str| plan.changes.iter().any(|c| c.collection == table && c.action != Action::Delete);
    assert!(swept.kept.iter().all(|t| stays(&t.place)), "kept is what the plan keeps: {swept:?} {world:?}");
    let mut others: Vec<&Trace> = swept.left.iter().filter(beside).collect();
    // Where SQLite moved records it may have left copies; they are wiped by the command.
    others.retain(|t| t.place != "base.db");
    let folders = ["docs", "sheets"].iter().filter(|d| world.tables.iter().any(|t| t.store.source() == **d));
    let is_mail = |t: &Trace| (t.place.as_str(), t.coding, t.count) == (".old", "base64", 1);
    assert!(others.len() == folders.count() && others.into_iter().all(is_mail), "{swept:?} {world:?}");
}

/// What `find` says, by table and row.
fn found(world: &World, map: &DataMap, before: &[Vec<Row>]) -> Ties {
    let start = Start::Selectors { selectors: vec![parse(SHE, map).unwrap()], pick: Pick::default() };
    let findings = find(map, Opened::all(map), &[start], false).unwrap();
    assert_eq!(findings.problems, []);
    let mut ties = Ties::new();
    for (n, node) in findings.graph.nodes.iter().enumerate() {
        let table = world.tables.iter().position(|t| t.name == node.collection.name).unwrap();
        let each = findings.each(n, 0, &mut |row| {
            let same: Vec<usize> =
                (0..before[table].len()).filter(|r| world.record(table, &before[table][*r]) == row.record).collect();
            assert_eq!(same.len() as u64, row.count, "identical rows are counted");
            ties.extend(same.into_iter().map(|r| ((table, r), (row.tie.role, row.tie.open))));
            Ok(())
        });
        assert_eq!(each, Ok(()));
    }
    ties
}

/// The changes of a plan by the rows they address.
type Planned<'p> = BTreeMap<(usize, usize), &'p Change>;

fn rows_of<'p>(world: &World, plan: &'p Plan, before: &[Vec<Row>]) -> Planned<'p> {
    let mut rows = Planned::new();
    for change in &plan.changes {
        let table = world.tables.iter().position(|t| t.name == change.collection).unwrap();
        let key: Vec<String> =
            world.tables[table].key.iter().map(|c| world.tables[table].columns[*c].name.clone()).collect();
        let is = |record: &Record| match &change.key {
            Key::Columns(_) => record.key(&key).as_ref() == Some(&change.key),
            Key::Content(digest) => record.digest() == *digest,
        };
        let mut count = 0;
        for (r, row) in before[table].iter().enumerate().filter(|(_, row)| is(&world.record(table, row))) {
            assert_eq!(world.record(table, row).digest(), change.before);
            assert!(rows.insert((table, r), change).is_none(), "one change a record: {world:?}");
            count += 1;
        }
        assert_eq!(count, change.count);
    }
    rows
}

fn every_own_record_is_in_the_plan(world: &World, ties: &Ties, rows: &Planned<'_>) {
    for (place, (role, open)) in ties {
        if role.is_own() || *open {
            assert!(rows.contains_key(place), "{place:?} is hers and not in the plan: {world:?}");
        }
    }
}

/// What each rule asks for, or a reason why not.
fn rules_are_followed(world: &World, before: &[Vec<Row>], ties: &Ties, rows: &Planned<'_>) {
    for ((table, r), (role, open)) in ties {
        let Some(change) = rows.get(&(*table, *r)) else { continue };
        let (rule, code, action) = (world.tables[*table].rule, change.reason.code.as_str(), change.action);
        let context = || format!("t{table} row {r}: {change:?} {world:?}");
        if *open {
            assert!(code == "undecided" && action == Action::Keep, "{}", context());
            continue;
        }
        if !role.is_own() {
            continue;
        }
        let row = &before[*table][*r];
        let ended = row[world.tables[*table].position("d")].as_deref() == Some("2010-05-05");
        let wanted = match rule {
            Rule::Delete => Action::Delete,
            Rule::Retain(true) if ended => Action::Delete,
            Rule::Anonymise => Action::Anonymise,
            Rule::Retain(false) if ended => Action::Anonymise,
            _ => Action::Keep,
        };
        if action == Action::Delete {
            assert!(!world.is_anothers_too(before, ties, *table, *r), "{}", context());
        }
        if code == "others-too" {
            assert!(world.is_anothers_too(before, ties, *table, *r), "{}", context());
        }
        match (wanted, action) {
            (Action::Delete, Action::Delete) => {}
            (Action::Delete, _) => {
                assert!(["shared", "referred-to", "emptied", "others-too"].contains(&code), "{}", context());
            }
            (_, Action::Delete) => panic!("{}", context()),
            (Action::Keep, _) => {
                let said = match rule {
                    Rule::Keep => "kept",
                    Rule::Undecided => "undecided",
                    _ => "retention",
                };
                assert_eq!(code, said, "{}", context());
                assert!(rule != Rule::Undecided || change.after.is_empty(), "{}", context());
            }
            _ => {}
        }
        if *role == Role::Shared && action == Action::Delete {
            assert!(!held_by_others(world, before, ties, *table, row), "{}", context());
        }
    }
}

fn held_by_others(world: &World, before: &[Vec<Row>], ties: &Ties, table: usize, row: &Row) -> bool {
    let shared = |role| role == Role::Shared;
    let this = &world.tables[table];
    let links = this.references.iter().filter(|r| r.link.is_some_and(|(role, _)| shared(role)));
    let links = links.map(|r| (r.columns.clone(), r.to, r.to_columns.clone()));
    let held = this.held.iter().filter(|h| shared(h.role)).map(|h| (this.key.clone(), h.by, vec![h.column]));
    links.chain(held).any(|(from, to, to_columns)| {
        let values = tuple(row, &from);
        before[to].iter().enumerate().any(|(t, other)| {
            let own = ties.get(&(to, t)).is_some_and(|(role, open)| role.is_own() && !open);
            values.is_some() && tuple(other, &to_columns) == values && !own
        })
    })
}

/// The rows as they must be when exactly the plan was done.
fn expected(world: &World, before: &[Vec<Row>], rows: &Planned<'_>) -> Vec<Vec<Row>> {
    let mut out: Vec<Vec<Row>> = vec![Vec::new(); before.len()];
    for (t, table) in before.iter().enumerate() {
        for (r, row) in table.iter().enumerate() {
            let mut row = row.clone();
            if let Some(change) = rows.get(&(t, r)) {
                if change.action == Action::Delete {
                    continue;
                }
                for (field, value) in &change.after {
                    let text = value.plain().map(|v| v.into_owned()).filter(|v| !v.is_empty());
                    row[world.tables[t].position(field.as_str())] = text;
                }
            }
            out[t].push(row);
        }
        out[t].sort();
    }
    out
}

/// A record that is not hers only loses a reference, or goes with the record it belongs to where the map says that it
/// is about nobody.
fn others_are_untouched(world: &World, ties: &Ties, rows: &Planned<'_>) {
    for ((table, r), change) in rows {
        if ties.get(&(*table, *r)).is_some_and(|(role, open)| role.is_own() || *open) {
            continue;
        }
        let this = &world.tables[*table];
        match change.action {
            Action::Detach => {
                for (field, value) in &change.after {
                    let column = this.position(field.as_str());
                    let of_person =
                        *table == 0 && world.tables.iter().any(|t| t.held.as_ref().is_some_and(|h| h.column == column));
                    assert!(
                        of_person || this.references.iter().any(|r| r.columns.contains(&column)),
                        "{change:?} {world:?}"
                    );
                    assert!(value.plain().is_none_or(|v| v.is_empty() || v.starts_with("erased-")));
                }
            }
            Action::Delete => assert!(this.nobody && change.reason.code == "cascade", "{change:?} {world:?}"),
            Action::Keep => assert!(change.after.is_empty()),
            other => panic!("{other:?} of another's record: {world:?}"),
        }
    }
}

/// Nothing that stays points at what went; but for what nobody has decided to be a reference.
fn no_reference_dangles(world: &World, before: &[Vec<Row>], after: &[Vec<Row>], plan: &Planned<'_>) {
    for (i, table) in world.tables.iter().enumerate() {
        let held = (i == 0).then(|| world.tables.iter().enumerate()).into_iter().flatten();
        let held = held.filter_map(|(t, other)| Some((vec![other.held.as_ref()?.column], t, other.key.clone())));
        let sure = table.references.iter().filter(|r| r.declared.is_some() || r.link.is_some_and(|(_, open)| !open));
        let all = sure.map(|r| (r.columns.clone(), r.to, r.to_columns.clone())).chain(held);
        for (columns, to, to_columns) in all {
            let there = |rows: &[Vec<Row>], values: &Vec<String>| {
                rows[to].iter().any(|row| tuple(row, &to_columns).as_ref() == Some(values))
            };
            // A record that is kept goes on saying an old key: of a record that is still there, by another key.
            let kept = |row: &Row| {
                let same = |r: usize| tuple(&before[i][r], &columns) == tuple(row, &columns);
                plan.iter().any(|((t, r), c)| *t == i && c.action.waits() && same(*r))
            };
            let moved = |values: &Vec<String>| {
                plan.iter().any(|((t, r), c)| {
                    *t == to
                        && c.action != Action::Delete
                        && tuple(&before[to][*r], &to_columns).as_ref() == Some(values)
                        && to_columns
                            .iter()
                            .any(|k| c.after.iter().any(|(f, _)| f.as_str() == world.tables[to].columns[*k].name))
                })
            };
            for row in &after[i] {
                let Some(values) = tuple(row, &columns) else { continue };
                let whole = !there(before, &values) || there(after, &values) || kept(row) && moved(&values);
                assert!(whole, "t{i} dangles at t{to}: {plan:?} {world:?}");
            }
        }
    }
}
