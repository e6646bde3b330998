//! What an erasure must be, in every kind of source alike: the parts that have no table of their own elsewhere (a second
//! person, the sweep and the record, what the tool itself held, runs that broke off, files and keys that go with a record).

use serde_json::Value as Json;

use crate::postgres::workspace::run;
use crate::shelf::{Rows, Shelf, people, rows};

const ERASE: [&str; 4] = ["erase", "email=ana@x.example", "--verified", "known"];

/// What is left when Ana is erased and nothing else is changed.
const AFTER: [&str; 5] = [
    "orders 8,1,2090-01-01,Ana Lim",
    "orders 9,2,2010-01-01,Bo Tan",
    "people 1,,,2001-01-01",
    "people 2,bo@x.example,Bo Tan,2001-01-01",
    "visits bo@x.example,monday",
];

fn with(more: &[&str]) -> Rows {
    let mut all = people();
    all.extend(rows(more));
    all
}

impl Shelf {
    /// Says something else in the map of the source.
    fn says(&self, before: &str, now: &str) {
        let path = self.dir.path().join("sources/shop.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(before), "{before}");
        std::fs::write(path, text.replace(before, now)).unwrap();
    }

    fn json(&self, args: &[&str], code: i32) -> Json {
        let ended = self.run(args, code, &[]);
        serde_json::from_str(ended.text.lines().next().unwrap_or_default()).unwrap()
    }
}

#[test]
fn nothing_is_applied_that_a_second_person_must_see() {
    Shelf::each(&people(), |shelf| {
        shelf.also("[policy]\napprove_above = 3\nmax_records = 4\ntyped = true\n");
        shelf.run(&ERASE, 0, &[]);
        let before = shelf.all();
        shelf.run(&["apply", "1", "--confirm", "3 1"], 4, &["it changes 4 records, more than 3"]);
        assert_eq!(shelf.all(), before, "{:?}", shelf.kind);
    });
}

#[test]
fn the_counts_of_every_kind_are_typed() {
    Shelf::each(&people(), |shelf| {
        shelf.also("[policy]\ntyped = true\n");
        shelf.run(&ERASE, 0, &[]);
        shelf.run(&["apply", "1", "--confirm", "4 0"], 4, &["the counts are not those of the plan"]);
        shelf.run(&["apply", "1", "--confirm", "3 1"], 0, &[]);
        assert_eq!(shelf.all(), AFTER, "{:?}", shelf.kind);
    });
}

/// Her address stands in a field of somebody else's record, where no rule of the map looks for it.
#[test]
fn the_sweep_names_what_is_left_and_the_record_says_so() {
    Shelf::each(&with(&["orders 10,2,2010-01-01,for ANA@x.example"]), |shelf| {
        let kind = shelf.kind;
        shelf.run(&ERASE, 0, &[]);
        let applied = shelf.json(&["apply", "1", "--yes", "--json"], 3);
        let left = &applied["swept"]["left"];
        assert_eq!(left.as_array().map(Vec::len), Some(1), "{kind:?}: {applied}");
        assert!(left[0].to_string().contains("orders") && !left.to_string().contains("@x"), "{kind:?}: {left}");
        let record = |says: &str| {
            let path = shelf.dir.path().join(".redress/records/0001-authority.json");
            let text = std::fs::read_to_string(&path).unwrap().replace('\\', "").replace(": ", ":");
            assert!(text.contains(says), "{kind:?}: {says}: {text}");
            shelf.run(&["check-archive", path.to_str().unwrap()], 0, &[]);
        };
        record("\"complete\":false");
        // Somebody takes it out. People come first: orders refer to them.
        shelf.fill(&rows(&[AFTER[2], AFTER[3], AFTER[0], AFTER[1], AFTER[4]]));
        let again = shelf.json(&["apply", "1", "--yes", "--json"], 0);
        assert_eq!(again["swept"]["left"], serde_json::json!([]), "{kind:?}");
        record("\"complete\":true");
    });
}

#[test]
fn what_the_tool_itself_held_ends_with_her() {
    Shelf::each(&with(&[]), |shelf| {
        // Nothing of hers is kept for a time, so that everything can end.
        shelf.says("retain = { rule = \"tax\", from = \"paid\" }\n", "other = [\"paid\"]\n");
        let archive = shelf.dir.path().join("ana.zip");
        let archive = archive.to_str().unwrap();
        shelf.run(&["export", "email=ana@x.example", "--verified", "known", "-o", archive], 0, &[]);
        shelf.run(&["release", archive, "--to", "her", "--channel", "portal", "--plain"], 0, &[]);
        shelf.run(&["erase", "1"], 0, &["archive of request #1"]);
        shelf.run(&["apply", "1", "--yes"], 0, &["archive of request #1: removed", "request #1: its words removed"]);
        assert!(!std::path::Path::new(archive).exists(), "{:?}", shelf.kind);
        assert!(!shelf.dir.path().join(".redress/plans/0001.plan").exists(), "{:?}", shelf.kind);
    });
}

/// A run that dies, before anything is final or after, is completed by the next one.
#[cfg(feature = "failpoints")]
#[test]
fn what_broke_off_is_completed() {
    Shelf::each(&people(), |shelf| {
        for point in ["apply.written", "apply.started", "apply.committed", "apply.unconfirmed", "apply.half-recorded"] {
            shelf.fill(&people());
            let planned = shelf.json(&[&ERASE[..], &["--json"]].concat(), 0);
            let plan = planned["plan"].to_string();
            let killed =
                run(shelf.dir.path(), &["apply", &plan, "--yes"], &[("FAILPOINTS", &format!("{point}=panic"))]);
            assert_eq!(killed.code, None, "{:?} {point}: {}", shelf.kind, killed.text);
            shelf.run(&["apply", &plan, "--yes"], 0, &[]);
            assert_eq!(shelf.all(), AFTER, "{:?} {point}", shelf.kind);
            shelf.run(&["apply", &plan, "--yes"], 0, &["had been applied before"]);
        }
    });
}

/// A file that a record names goes with it, and a name that leads elsewhere is refused.
#[test]
fn a_file_goes_with_the_record_that_names_it() {
    Shelf::each(&with(&[]), |shelf| {
        let kind = shelf.kind;
        shelf.says(
            "fields.name = { category = \"user.name\", erase = \"null\" }",
            "fields.name = { category = \"user.name\", erase = { file = \"photos\" } }",
        );
        let photos = shelf.dir.path().join("photos");
        std::fs::create_dir(&photos).unwrap();
        for name in ["Ana Lim", "Bo Tan"] {
            std::fs::write(photos.join(name), name).unwrap();
        }
        shelf.run(&ERASE, 0, &["deletes the file", "Ana Lim"]);
        shelf.run(&["apply", "1", "--yes"], 0, &["1 file deleted"]);
        assert!(!photos.join("Ana Lim").exists() && photos.join("Bo Tan").exists(), "{kind:?}");
        assert_eq!(shelf.all(), AFTER, "{kind:?}");
        shelf.fill(&rows(&["people 3,cy@x.example,../redress.toml,2001-01-01"]));
        let cy = ["erase", "email=cy@x.example", "--verified", "known"];
        shelf.run(&cy, 4, &["shop.people.name", "leads out of the folder"]);
    });
}

#[test]
fn a_key_is_destroyed_or_refused_where_it_cannot_be() {
    Shelf::each(&people(), |shelf| {
        shelf.says(
            "fields.name = { category = \"user.name\", erase = \"null\" }",
            "fields.name = { category = \"user.authorization\", erase = \"shred\" }",
        );
        shelf.run(&ERASE, 0, &[]);
        shelf.run(&["apply", "1", "--yes"], 0, &[]);
        assert_eq!(shelf.all(), AFTER, "{:?}", shelf.kind);
    });
}
