//! Erasing from the shop: what the plan says, that exactly it is applied, and that nothing else changes.

use redress::error::{Kind, Result};
use redress::find::{Opened, find};
use redress::map::{DataMap, Erase, Field, FieldErase};
use redress::plan::{Action, Asked, Context, Erasure, Plan, Progress, apply, build, confirm, read, write};
use redress::resolve::{Pick, Start, parse};
use rusqlite::Connection;
use std::path::Path;

use crate::shop::shop;

/// Progress as a register would keep it.
#[derive(Default)]
pub struct Memory {
    started: bool,
    committed: Vec<String>,
    finished: bool,
    /// What takes the plan back.
    pub images: Vec<u8>,
}

impl Progress for Memory {
    fn is_started(&self) -> Result<bool> {
        Ok(self.started)
    }
    fn keep(&mut self, write: &mut dyn FnMut(&mut dyn std::io::Write) -> Result<()>) -> Result<()> {
        assert!(!self.started, "kept before anything is started");
        self.images.clear();
        write(&mut self.images)
    }
    fn start(&mut self) -> Result<()> {
        self.started = true;
        Ok(())
    }
    fn committed(&mut self, source: &str) -> Result<()> {
        self.committed.push(source.to_owned());
        Ok(())
    }
    fn finish(&mut self) -> Result<()> {
        self.finished = true;
        Ok(())
    }
}

/// The shop with a rule for each collection.
fn ruled(dir: &Path) -> DataMap {
    let mut map = shop(dir);
    for collection in &mut map.sources[0].collections {
        collection.erase = Some(Erase::Delete);
    }
    map
}

pub fn plan(map: &DataMap, selector: &str) -> Result<Plan> {
    plan_for(map, &[selector])
}

/// The plan that erases several people at once.
fn plan_for(map: &DataMap, people: &[&str]) -> Result<Plan> {
    let start = |s: &&str| Ok(Start::Selectors { selectors: vec![parse(s, map)?], pick: Pick::default() });
    let starts = people.iter().map(start).collect::<Result<Vec<_>>>()?;
    let findings = find(map, Opened::all(map), &starts, true)?;
    let now: jiff::Timestamp = "2026-11-24T00:00:00Z".parse().unwrap();
    let mut n = 0;
    let mut random = || {
        n += 1;
        n
    };
    let context = Context::new(map, now, jiff::civil::date(2026, 11, 24), &mut random);
    let context = Context { requests: vec!["1".into()], ledger: Some(&crate::random::again::Plain), ..context };
    build(&findings, Asked::Erase(Erasure::on("A17-1-a")), context)
}

pub fn sealed(plan: &Plan) -> redress::plan::Sealed {
    read(&write(plan), Path::new("test.plan")).unwrap()
}

/// `action collection key` of every change, in the plan's order.
fn outline(plan: &Plan) -> Vec<String> {
    let line =
        |c: &redress::plan::Change| format!("{:?} {} {} [{}]", c.action, c.collection, c.key.show(), c.reason.code);
    plan.changes.iter().filter(|c| c.collection != "visits").map(line).collect()
}

/// Every row of the shop, as text.
fn dump(dir: &Path) -> Vec<String> {
    let conn = Connection::open(dir.join("shop.db")).unwrap();
    let mut out = Vec::new();
    for table in ["staff", "people", "addresses", "orders", "lines", "visits"] {
        let mut statement = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let width = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<String> = (0..width).map(|i| format!("{:?}", row.get_ref(i).unwrap())).collect();
            out.push(format!("{table} {}", cells.join(" ")));
        }
    }
    out
}

#[test]
fn a_person_goes_with_what_is_hers_and_nothing_else_changes() {
    let dir = tempfile::tempdir().unwrap();
    let map = ruled(dir.path());
    let plan = plan(&map, "email=ana@example.com").unwrap();
    assert_eq!(
        outline(&plan),
        [
            "Keep addresses id=10 [shared]",
            "Delete lines order_no=a-1, line=1 [rule]",
            "Delete lines order_no=a-1, line=2 [rule]",
            "Delete lines order_no=a-2, line=1 [rule]",
            "Delete orders no=a-1 [rule]",
            "Delete orders no=a-2 [rule]",
            "Delete people id=1 [rule]",
        ]
    );
    let before = dump(dir.path());
    let mut memory = Memory::default();
    let applied = apply(&map, &sealed(&plan), &mut memory).unwrap();
    assert_eq!(applied.done.get(&Action::Delete), Some(&9), "people 1, orders 2, lines 3, visits 3");
    assert_eq!(applied.problems, []);
    assert!(memory.finished);
    let left = dump(dir.path());
    assert_eq!(left.len() + 9, before.len());
    assert!(left.iter().all(|r| before.contains(r)), "no other record was altered");
    let (leftovers, problems) = confirm(&map, &plan).unwrap();
    assert_eq!((leftovers, problems), (vec![], vec![]));
}

#[test]
fn references_of_others_are_taken_out() {
    let dir = tempfile::tempdir().unwrap();
    let map = ruled(dir.path());
    let plan = plan(&map, "staff_email=agent@shop.example").unwrap();
    assert_eq!(
        outline(&plan),
        [
            "Detach people id=1 [points-at-subject]",
            "Detach people id=2 [points-at-subject]",
            "Detach people id=3 [points-at-subject]",
            "Delete staff id=2 [rule]",
        ]
    );
    apply(&map, &sealed(&plan), &mut Memory::default()).unwrap();
    let conn = Connection::open(dir.path().join("shop.db")).unwrap();
    let left: i64 = conn.query_row("SELECT count(*) FROM people WHERE agent IS NOT NULL", [], |r| r.get(0)).unwrap();
    let people: i64 = conn.query_row("SELECT count(*) FROM people", [], |r| r.get(0)).unwrap();
    assert_eq!((left, people), (0, 4));
}

#[test]
fn a_shared_record_goes_with_its_last_holder() {
    let dir = tempfile::tempdir().unwrap();
    let map = ruled(dir.path());
    let plan = plan(&map, "email=dee@example.com").unwrap();
    assert_eq!(outline(&plan), ["Delete people id=4 [rule]", "Delete addresses id=12 [rule]"]);
}

#[test]
fn several_people_go_together_and_what_they_share_goes_with_them() {
    let dir = tempfile::tempdir().unwrap();
    let map = ruled(dir.path());
    let plan = plan_for(&map, &["email=ana@example.com", "email=bo@example.com"]).unwrap();
    assert_eq!(
        outline(&plan),
        [
            "Delete lines order_no=a-1, line=1 [rule]",
            "Delete lines order_no=a-1, line=2 [rule]",
            "Delete lines order_no=a-2, line=1 [rule]",
            "Delete lines order_no=b-1, line=1 [rule]",
            "Delete orders no=a-1 [rule]",
            "Delete orders no=a-2 [rule]",
            "Delete orders no=b-1 [rule]",
            "Delete people id=1 [rule]",
            "Delete people id=2 [rule]",
            "Delete addresses id=10 [rule]",
        ],
        "each record once, and the address with the last who lived there"
    );
    Connection::open(dir.path().join("shop.db"))
        .unwrap()
        .execute_batch("UPDATE lines SET thing = 'ink' WHERE order_no = 'b-1'")
        .unwrap();
    let stale = apply(&map, &sealed(&plan), &mut Memory::default()).unwrap_err();
    assert_eq!(stale.kind, Kind::Refused, "{stale}");
    let plan = plan_for(&map, &["email=ana@example.com", "email=bo@example.com"]).unwrap();
    apply(&map, &sealed(&plan), &mut Memory::default()).unwrap();
    assert_eq!(confirm(&map, &plan).unwrap().0, []);
    let left: Vec<String> = dump(dir.path()).into_iter().filter(|r| !r.starts_with("staff")).collect();
    assert_eq!(left.len(), 6, "{left:#?}");
}

#[test]
fn records_without_a_key_may_become_alike() {
    let dir = tempfile::tempdir().unwrap();
    let mut map = ruled(dir.path());
    let visits = &mut map.sources[0].collections[5];
    visits.erase = Some(Erase::Anonymise);
    let gone = |to: &str| Field { erase: Some(FieldErase::Fixed(to.into())), ..Field::default() };
    visits.fields.insert("mail".into(), gone("removed"));
    visits.fields.insert("seen".into(), gone("then"));
    let plan = plan(&map, "email=ana@example.com").unwrap();
    apply(&map, &sealed(&plan), &mut Memory::default()).unwrap();
    assert_eq!(dump(dir.path()).iter().filter(|r| r.contains("[116, 104, 101, 110]")).count(), 3);
    assert_eq!(confirm(&map, &plan).unwrap().0, []);
}

#[test]
fn what_nobody_has_decided_stays_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let mut map = ruled(dir.path());
    map.sources[0].collections[3].erase = None;
    let plan = plan(&map, "email=bo@example.com").unwrap();
    assert!(plan.is_incomplete());
    // The order stays as it is, and so does the record it refers to: whoever decides must find them together.
    let expected = [
        "Keep addresses id=10 [shared]",
        "Keep orders no=b-1 [undecided]",
        "Anonymise people id=2 [referred-to]",
        "Delete lines order_no=b-1, line=1 [rule]",
    ];
    assert_eq!(outline(&plan), expected);
}

#[test]
fn anonymising_can_change_a_key_and_reads_back() {
    let dir = tempfile::tempdir().unwrap();
    let mut map = ruled(dir.path());
    let visits = &mut map.sources[0].collections[5];
    visits.erase = Some(Erase::Anonymise);
    let tombstone =
        Field { category: Some("user.contact.email".into()), erase: Some(FieldErase::Tombstone), ..Field::default() };
    visits.fields.insert("mail".into(), tombstone);
    let plan = plan(&map, "email=ana@example.com").unwrap();
    let applied = apply(&map, &sealed(&plan), &mut Memory::default()).unwrap();
    assert_eq!(applied.done.get(&Action::Anonymise), Some(&3), "one record, and two identical ones");
    assert_eq!(confirm(&map, &plan).unwrap().0, []);
}

#[test]
fn a_stale_plan_is_refused_and_changes_nothing() {
    let changes = [
        ("changed record", "UPDATE orders SET total = 8 WHERE no = 'a-1'"),
        ("new record", "INSERT INTO orders VALUES ('a-3', 1, 2)"),
        ("gone record", "DELETE FROM visits WHERE mail = 'ana@example.com '"),
        ("new trigger", "CREATE TRIGGER t AFTER DELETE ON orders BEGIN UPDATE people SET name = 'x' WHERE id = 2; END"),
        ("new column", "ALTER TABLE visits ADD COLUMN more TEXT"),
        ("new holder of a record that goes", "UPDATE people SET home = 12 WHERE id = 3"),
        ("new reference", "INSERT INTO people VALUES (9, 'z@example.com', NULL, 'Z', NULL, 10)"),
    ];
    for (what, sql) in changes {
        let dir = tempfile::tempdir().unwrap();
        let map = ruled(dir.path());
        let who = if what.starts_with("new holder") { "email=dee@example.com" } else { "email=ana@example.com" };
        let plan = plan(&map, who).unwrap();
        Connection::open(dir.path().join("shop.db")).unwrap().execute_batch(sql).unwrap();
        let before = dump(dir.path());
        let mut memory = Memory::default();
        let outcome = apply(&map, &sealed(&plan), &mut memory);
        if what == "new reference" {
            // Another holder of an address that stays anyway changes nothing for the plan.
            assert!(outcome.is_ok(), "{what}");
            continue;
        }
        assert_eq!(outcome.unwrap_err().kind, Kind::Refused, "{what}");
        assert!(!memory.started, "{what}");
        assert_eq!(dump(dir.path()), before, "{what}");
    }
}

#[test]
fn a_changed_map_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut map = ruled(dir.path());
    let plan = plan(&map, "email=ana@example.com").unwrap();
    map.sources[0].collections[5].erase = Some(Erase::Keep);
    assert_eq!(apply(&map, &sealed(&plan), &mut Memory::default()).unwrap_err().kind, Kind::Refused);
}

#[test]
fn a_plan_that_was_cut_off_is_applied_again() {
    let dir = tempfile::tempdir().unwrap();
    let map = ruled(dir.path());
    let sealed = sealed(&plan(&map, "email=ana@example.com").unwrap());
    apply(&map, &sealed, &mut Memory::default()).unwrap();
    let after = dump(dir.path());
    // As if the process had died after the commit and before it was noted.
    let mut memory = Memory { started: true, ..Memory::default() };
    let again = apply(&map, &sealed, &mut memory).unwrap();
    assert_eq!((again.done.len(), again.done_before), (0, 8), "eight changes, one of them of two identical records");
    assert!(memory.finished);
    assert_eq!(dump(dir.path()), after);
}

#[test]
fn a_trigger_that_undoes_a_change_is_seen_and_nothing_is_changed() {
    let dir = tempfile::tempdir().unwrap();
    let map = ruled(dir.path());
    let conn = Connection::open(dir.path().join("shop.db")).unwrap();
    conn.execute_batch("CREATE TRIGGER back AFTER DELETE ON orders BEGIN INSERT INTO orders VALUES (OLD.no, OLD.person, OLD.total); END")
        .unwrap();
    let plan = plan(&map, "email=ana@example.com").unwrap();
    let before = dump(dir.path());
    let error = apply(&map, &sealed(&plan), &mut Memory::default()).unwrap_err();
    assert_eq!(error.kind, Kind::Failed, "{error}");
    assert_eq!(dump(dir.path()), before);
}

#[test]
fn an_edited_or_cut_plan_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let map = ruled(dir.path());
    let plan = plan(&map, "email=ana@example.com").unwrap();
    let bytes = write(&plan);
    assert_eq!(read(&bytes, Path::new("p")).unwrap().plan, plan);
    let text = String::from_utf8(bytes).unwrap();
    let cut = &text[..text.trim_end().rfind('\n').unwrap() + 1];
    let edited = text.replacen("\"count\":1", "\"count\":2", 1);
    for bad in [cut, &edited, "", "x\n"] {
        assert_eq!(read(bad.as_bytes(), Path::new("p")).unwrap_err().kind, Kind::Refused);
    }
}

#[test]
fn nothing_is_planned_while_a_source_cannot_be_searched() {
    let dir = tempfile::tempdir().unwrap();
    let map = ruled(dir.path());
    let conn = Connection::open(dir.path().join("shop.db")).unwrap();
    conn.execute_batch("CREATE TABLE surprise (mail TEXT)").unwrap();
    let error = plan(&map, "email=ana@example.com").unwrap_err();
    assert_eq!(error.kind, Kind::Refused);
    assert!(error.message.contains("shop.surprise"), "{error}");
}
