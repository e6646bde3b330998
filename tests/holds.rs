//! Retention rules and holds: what they stop, what waits for them, and that it goes in the end. On every kind of source.

use crate::shelf::{KINDS, Shelf, number, people};

const ERASE: [&str; 4] = ["erase", "email=ana@x.example", "--verified", "known"];
const FINISH: [&str; 2] = ["finish", "--json"];

/// Bo's records, and what else stays.
fn with_bo(more: &[&str]) -> Vec<String> {
    let bo = ["orders 9,2,2010-01-01,Bo Tan", "people 2,bo@x.example,Bo Tan,2001-01-01", "visits bo@x.example,monday"];
    let mut all: Vec<String> = bo.iter().chain(more).map(|s| (*s).to_owned()).collect();
    all.sort();
    all
}

/// Plans, and applies what was planned.
#[track_caller]
fn planned_and_applied(shelf: &Shelf, args: &[&str], says: &[&str]) {
    let args = [args, &["--json"]].concat();
    let planned = shelf.run(&args, 0, says);
    shelf.run(&["apply", &number(&planned, "plan"), "--yes"], 0, &[]);
}

/// Peers' fault: a hold is never lifted into the erasure it stopped.
#[test]
fn a_hold_stops_an_erasure_and_lifted_it_is_finished() {
    Shelf::each(&people(), |shelf| {
        let hold = ["hold", "add", "email=ANA@x.example", "--because", "she sued us", "--matter", "Case 12"];
        shelf.run(&hold, 0, &["hold 1 (Case 12): email=ANA@x.example", "she sued us"]);
        let before = shelf.all();
        planned_and_applied(shelf, &ERASE, &["\"code\":\"hold\"", "hold 1: she sued us"]);
        assert_eq!(shelf.all(), before, "{:?}: everything of hers is held", shelf.kind);
        shelf.run(
            &["report"],
            0,
            &["until it is released  1 record  shop.people: held by hold 1  request #1", "Holds in force"],
        );
        shelf.run(&["finish"], 0, &["Nothing can go yet; 5 records wait"]);

        // Her visits are two identical records.
        shelf.run(
            &["hold", "release", "1", "--because", "settled"],
            0,
            &["5 records waited for it. Next: redress finish"],
        );
        shelf.run(&["report"], 0, &["due now", "Next: redress finish"]);
        let planned = shelf.run(&FINISH, 0, &[]);
        assert_eq!(shelf.all(), before, "{:?}: a plan changes nothing", shelf.kind);
        shelf.run(&["apply", &number(&planned, "plan"), "--yes"], 0, &[]);
        let left = with_bo(&["orders 8,1,2090-01-01,Ana Lim", "people 1,,,2001-01-01"]);
        assert_eq!(shelf.all(), left, "{:?}", shelf.kind);
        shelf.run(&["finish"], 0, &["Nothing can go yet; 2 records wait"]);
        shelf.run(&["report"], 0, &["until 2100-01-01  1 record  shop.orders: Kept for tax law (Tax Act s. 1)"]);
        // What the erasure that was finished erased is remembered too.
        shelf.fill(&people());
        planned_and_applied(shelf, &["replay", "shop"], &[]);
        assert_eq!(shelf.all(), left, "{:?}", shelf.kind);
    });
}

#[test]
fn what_retention_kept_goes_when_its_time_is_over() {
    Shelf::each(&people(), |shelf| {
        shelf.erase("email=ana@x.example");
        shelf.run(&["finish"], 0, &["Nothing can go yet"]);
        // Time goes by: the order was paid long ago, and the register knows that its time is over.
        let mut rows = people();
        rows.retain(|(table, values)| {
            values[0] == "8"
                || values[0].starts_with("bo@")
                || values[0] == "2"
                || values[0] == "9"
                || *table == "people"
        });
        for (_, values) in &mut rows {
            match values[0].as_str() {
                "8" => values[2] = "2010-01-01".to_owned(),
                "1" => (values[1], values[2]) = (String::new(), String::new()),
                _ => {}
            }
        }
        shelf.fill(&rows);
        let register = shelf.dir.path().join(".redress/register.db");
        let register = rusqlite::Connection::open(register).unwrap();
        register.execute("UPDATE waiting SET until = '2020-01-01' WHERE code = 'retention'", []).unwrap();
        drop(register);
        shelf.run(&["report"], 0, &["due now  1 record  shop.orders: Kept for tax law"]);
        planned_and_applied(shelf, &["finish"], &[]);
        assert_eq!(shelf.all(), with_bo(&[]), "{:?}: the account went with the last that referred to it", shelf.kind);
        shelf.run(&["finish"], 0, &["Nothing waits"]);
        shelf.run(&["report"], 0, &["No erasure waits"]);
        shelf.run(&["log", "check"], 0, &[]);
    });
}

/// A rule that was shortened is not waited for: everything is looked at again where that is asked for.
#[test]
fn all_looks_again_before_its_time() {
    let shelf = Shelf::new(KINDS[0]).unwrap();
    shelf.fill(&people());
    shelf.erase("email=ana@x.example");
    let sql = "UPDATE orders SET paid = '2010-01-01' WHERE no = 8";
    rusqlite::Connection::open(shelf.dir.path().join("shop.db")).unwrap().execute_batch(sql).unwrap();
    shelf.run(&["finish"], 0, &["Nothing can go yet"]);
    planned_and_applied(&shelf, &["finish", "--all"], &[]);
    assert_eq!(shelf.all(), with_bo(&[]));
}

#[test]
fn a_hold_on_a_collection_keeps_it_and_lets_the_rest_go() {
    Shelf::each(&people(), |shelf| {
        shelf.run(&["hold", "add", "--collection", "shop.visits", "--because", "an inquiry"], 0, &["shop.visits"]);
        planned_and_applied(shelf, &ERASE, &[]);
        let left = [
            "orders 8,1,2090-01-01,Ana Lim",
            "people 1,,,2001-01-01",
            "visits ana@x.example,monday",
            "visits ana@x.example,monday",
        ];
        assert_eq!(shelf.all(), with_bo(&left), "{:?}", shelf.kind);
        shelf.run(&["hold", "release", "1", "--because", "closed"], 0, &["2 records waited"]);
        planned_and_applied(shelf, &["finish"], &[]);
        assert_eq!(shelf.all(), with_bo(&left[..2]), "{:?}", shelf.kind);
    });
}

#[test]
fn a_hold_that_came_after_the_plan_refuses_it() {
    Shelf::each(&people(), |shelf| {
        shelf.run(&ERASE, 0, &[]);
        shelf.run(&["hold", "add", "email=ana@x.example", "--because", "a claim"], 0, &[]);
        let before = shelf.all();
        shelf.run(&["apply", "1", "--yes"], 4, &["hold 1 came after the plan: a claim", "plan again"]);
        assert_eq!(shelf.all(), before, "{:?}", shelf.kind);
        shelf.run(&["hold", "release", "1", "--because", "withdrawn"], 0, &["nothing waits for it"]);
        shelf.run(&["apply", "1", "--yes"], 0, &[]);
    });
}

/// A plan made under a hold keeps what was held, also where the hold has ended meanwhile.
#[test]
fn a_plan_made_under_a_hold_stays_what_it_is() {
    let shelf = Shelf::new(KINDS[0]).unwrap();
    shelf.fill(&people());
    shelf.run(&["hold", "add", "email=ana@x.example", "--because", "a claim"], 0, &[]);
    let planned = shelf.run(&[&ERASE[..], &["--json"]].concat(), 0, &[]);
    shelf.run(&["hold", "release", "1", "--because", "withdrawn"], 0, &[]);
    let before = shelf.all();
    shelf.run(&["apply", &number(&planned, "plan"), "--yes"], 0, &[]);
    assert_eq!(shelf.all(), before);
    planned_and_applied(&shelf, &["finish"], &[]);
    assert_eq!(shelf.all(), with_bo(&["orders 8,1,2090-01-01,Ana Lim", "people 1,,,2001-01-01"]));
}

#[test]
fn another_persons_hold_stops_nothing() {
    let shelf = Shelf::new(KINDS[0]).unwrap();
    shelf.fill(&people());
    shelf.run(&["hold", "add", "email=bo@x.example", "--because", "a claim"], 0, &[]);
    shelf.run(&["hold", "add", "email=nobody@x.example", "--because", "to come"], 0, &["Nobody was found"]);
    shelf.erase("email=ana@x.example");
    assert_eq!(shelf.all(), with_bo(&["orders 8,1,2090-01-01,Ana Lim", "people 1,,,2001-01-01"]));
}

/// Routine deletion must not defeat a request for a copy.
#[test]
fn an_open_request_for_a_copy_holds_the_records_by_itself() {
    Shelf::each(&people(), |shelf| {
        let archive = shelf.dir.path().join("ana.zip");
        // The copy cannot be written, so that it is asked for and not made.
        shelf.run(&["export", "account=1", "--verified", "known", "-o", "/nowhere/at/all.zip"], 1, &[]);
        let before = shelf.all();
        planned_and_applied(shelf, &ERASE, &["request 1: a copy of the data was asked for"]);
        assert_eq!(shelf.all(), before, "{:?}", shelf.kind);
        let made = ["export", "1", "-o", archive.to_str().unwrap()];
        let ended = crate::postgres::workspace::run(shelf.dir.path(), &made, &[]);
        assert!(matches!(ended.code, Some(0 | 3)), "{}", ended.text);
        planned_and_applied(shelf, &["finish"], &[]);
        assert_eq!(
            shelf.all(),
            with_bo(&["orders 8,1,2090-01-01,Ana Lim", "people 1,,,2001-01-01"]),
            "{:?}",
            shelf.kind
        );
    });
}

/// Who asks for both gets the copy first.
#[test]
fn of_one_request_the_copy_comes_before_the_erasure() {
    let shelf = Shelf::new(KINDS[0]).unwrap();
    shelf.fill(&people());
    let archive = shelf.dir.path().join("ana.zip");
    // The search for the copy fails, so that the right is asked for and no archive made.
    let refused = ["export", "email=ana@x.example", "--verified", "known", "-o", "/nowhere/at/all.zip"];
    shelf.run(&refused, 1, &[]);
    shelf.run(&["erase", "1"], 0, &[]);
    let before = shelf.all();
    shelf.run(&["apply", "1", "--yes"], 4, &["request #1 also asks for a copy", "redress export 1"]);
    assert_eq!(shelf.all(), before);
    let ended =
        crate::postgres::workspace::run(shelf.dir.path(), &["export", "1", "-o", archive.to_str().unwrap()], &[]);
    assert!(matches!(ended.code, Some(0 | 3)), "{}", ended.text);
    shelf.run(&["apply", "1", "--yes"], 0, &[]);
}

#[test]
fn holds_are_listed_and_released_by_matter() {
    let shelf = Shelf::new(KINDS[0]).unwrap();
    shelf.fill(&people());
    shelf.run(&["hold", "list"], 0, &["Nothing is held"]);
    shelf.run(&["hold", "add", "--because", "x"], 2, &["it is not said what is held"]);
    shelf.run(&["hold", "add", "--everything", "--because", " "], 2, &["--because is empty"]);
    shelf.run(&["hold", "add", "--collection", "shop.nothing", "--because", "x"], 2, &["no collection shop.nothing"]);
    let both = ["hold", "add", "account=2", "--collection", "shop.orders", "--matter", "M", "--because", "x"];
    shelf.run(&both, 0, &["hold 1 (M): account=2", "hold 2 (M): shop.orders"]);
    shelf.run(&["hold", "add", "--everything", "--because", "the court"], 0, &["hold 3: every record"]);
    planned_and_applied(&shelf, &ERASE, &["hold 2: x", "hold 3: the court"]);
    shelf.run(&["hold", "release", "--matter", "M", "--because", "over"], 0, &["released"]);
    shelf.run(&["hold", "release", "1", "--because", "again"], 4, &["released already"]);
    shelf.run(&["hold", "release", "--matter", "M", "--because", "again"], 4, &["no hold of that matter"]);
    shelf.run(&["hold", "release", "9", "--because", "x"], 1, &["there is no hold 9"]);
    let listed = shelf.run(&["hold", "list"], 0, &["hold 3: every record"]);
    assert!(!listed.text.contains("hold 1"), "{}", listed.text);
    shelf.run(&["hold", "list", "--all", "--json"], 0, &["\"matter\":\"M\"", "\"released\":{"]);
    let register = rusqlite::Connection::open(shelf.dir.path().join(".redress/register.db")).unwrap();
    let kept: u32 = register
        .query_row("SELECT count(*) FROM hold WHERE selectors IS NOT NULL AND released_at IS NOT NULL", [], |r| {
            r.get(0)
        })
        .unwrap();
    assert_eq!(kept, 0, "whom a released hold was about is forgotten");
}
