//! Answers in files as `init` writes them and as people write them: what changes, and that nothing else does.

use super::*;
use crate::draft::review::waiting;
use crate::map::{DataMap, Role};
use proptest::prelude::*;

const WORKSPACE: &str = "version = 1\n[controller]\nname = \"A\"\n[identity.email]\nnormal = \"email\"\n";

const SHOP: &str = "\
# Our shop.
kind = \"sqlite\"
path = \"shop.db\"

[collection.people]   # everybody
person = true
key = [\"id\"]
identities = { email = \"email\" }
# The row stays.
erase = \"anonymise\"
decision = \"accepted unreviewed\"
fields.email = { category = \"user.contact.email\", erase = \"null\" }

[collection.notes]
key = [\"id\"]
links = [
  # written in the shop
  { from = \"by\", to = \"people.id\", role = \"author\", decision = \"accepted unreviewed\", because = \"declared\" },
  # DECIDE: what is the person in people to these records? Correct the role, then remove decision.
  # 3 of 40 values occur there
  { from = \"x\", to = \"people.id\", role = \"owner\", decision = \"open\", because = \"3 of 40 values occur there\" },
]
# DECIDE: what erasure does with these records: erase = \"delete\", \"anonymise\" or \"keep\" (with because).
# Until then they are kept.
fields.text = { category = \"user.content.private\", disclose = \"review\" }

[collection.visits]
links = [{ decision = \"open\", shared = true, from = \"who\", to = \"people.id\", role = \"shared\" }]
# DECIDE: is this right? Until decision is removed, these records are kept.
erase = \"delete\"
decision = \"open\"
other = [\"at\"]
";

fn map_of(text: &str) -> Result<DataMap, String> {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("redress.toml"), WORKSPACE).unwrap();
    std::fs::create_dir(dir.path().join("sources")).unwrap();
    std::fs::write(dir.path().join("sources/shop.toml"), text).unwrap();
    crate::map::read(dir.path()).map_err(|faults| faults.to_string())
}

fn one(text: &str, collection: &str, matter: Matter) -> Waiting {
    waiting(&map_of(text).unwrap()).into_iter().find(|w| w.collection == collection && w.matter == matter).unwrap()
}

/// The lines that went and the lines that came.
fn changed(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let gone = before.lines().filter(|l| !after.lines().any(|a| a == *l)).map(str::to_owned).collect();
    let come = after.lines().filter(|l| !before.lines().any(|b| b == *l)).map(str::to_owned).collect();
    (gone, come)
}

#[test]
fn everything_undecided_is_listed_with_the_strongest_evidence_first() {
    let list = waiting(&map_of(SHOP).unwrap());
    let shown: Vec<String> = list.iter().map(|w| format!("{} {:?} {}", w.collection, w.matter, w.strength)).collect();
    assert_eq!(
        shown,
        [
            "notes Link(0) 100",
            "people Rule 80",
            "visits Link(0) 30",
            "notes Rule 10",
            "visits Rule 10",
            "notes Link(1) 7"
        ]
        .map(str::to_owned)
        .into_iter()
        .collect::<Vec<_>>()
    );
}

/// A collection, what is decided in it, the answer, and the lines that go and come.
type Case = (&'static str, Matter, Answer, &'static [&'static str], &'static [&'static str]);

#[test]
fn each_answer_changes_its_own_lines_only() {
    let keep = Answer::Rule(Erase::Keep, Some("Needed for \"claims\"".to_owned()));
    let cases: [Case; 8] = [
        ("people", Matter::Rule, Answer::Right, &["decision = \"accepted unreviewed\""], &[]),
        (
            "people",
            Matter::Rule,
            Answer::Rule(Erase::Delete, None),
            &["erase = \"anonymise\"", "decision = \"accepted unreviewed\""],
            &[],
        ),
        (
            "notes",
            Matter::Link(0),
            Answer::Right,
            &[
                "  { from = \"by\", to = \"people.id\", role = \"author\", decision = \"accepted unreviewed\", because = \"declared\" },",
            ],
            &["  { from = \"by\", to = \"people.id\", role = \"author\", because = \"declared\" },"],
        ),
        (
            "notes",
            Matter::Link(1),
            Answer::NoLink,
            &[
                "  # DECIDE: what is the person in people to these records? Correct the role, then remove decision.",
                "  # 3 of 40 values occur there",
                "  { from = \"x\", to = \"people.id\", role = \"owner\", decision = \"open\", because = \"3 of 40 values occur there\" },",
            ],
            &["other = [\"x\"]"],
        ),
        (
            "notes",
            Matter::Rule,
            keep,
            &[
                "# DECIDE: what erasure does with these records: erase = \"delete\", \"anonymise\" or \"keep\" (with because).",
                "# Until then they are kept.",
            ],
            &["erase = \"keep\"", "because = 'Needed for \"claims\"'"],
        ),
        (
            "visits",
            Matter::Link(0),
            Answer::Role(Role::Owner),
            &[
                "links = [{ decision = \"open\", shared = true, from = \"who\", to = \"people.id\", role = \"shared\" }]",
            ],
            &["links = [{ from = \"who\", to = \"people.id\", role = \"owner\" }]"],
        ),
        (
            "visits",
            Matter::Link(0),
            Answer::NoLink,
            &[
                "links = [{ decision = \"open\", shared = true, from = \"who\", to = \"people.id\", role = \"shared\" }]",
                "other = [\"at\"]",
            ],
            &["links = []", "other = [\"at\", \"who\"]"],
        ),
        (
            "visits",
            Matter::Rule,
            Answer::Right,
            &["# DECIDE: is this right? Until decision is removed, these records are kept.", "decision = \"open\""],
            &[],
        ),
    ];
    for (collection, matter, answer, gone, come) in cases {
        let waits = one(SHOP, collection, matter);
        let after = answered(SHOP, &waits, &answer).unwrap();
        let texts = |lines: &[&str]| lines.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>();
        assert_eq!(changed(SHOP, &after), (texts(gone), texts(come)), "{answer:?}");
        let same =
            |w: &Waiting| (&w.collection, w.matter, &w.proposal) == (&waits.collection, waits.matter, &waits.proposal);
        assert!(!waiting(&map_of(&after).unwrap()).iter().any(same), "{collection} {answer:?}");
    }
    let right = answered(SHOP, &one(SHOP, "people", Matter::Rule), &Answer::Right).unwrap();
    assert_eq!(right, SHOP.replacen("decision = \"accepted unreviewed\"\nfields", "fields", 1));
}

#[test]
fn other_ways_of_writing_and_line_ends_are_understood() {
    let tables = "kind = \"sqlite\"\npath = \"s\"\n[collection.p]\nperson = true\nkey = \"id\"\nidentities = { email = \"e\" }\n\
        [collection.n]\nkey = \"id\"\n[[collection.n.links]] # one\nfrom = \"a\"\nto = \"p.id\"\nrole = \"owner\"\ndecision = \"open\"\n\
        [[collection.n.links]]\nfrom = \"b\"\nto = \"p.id\"\nrole = \"author\"";
    let after = answered(tables, &one(tables, "n", Matter::Link(0)), &Answer::Right).unwrap();
    assert_eq!(after, tables.replace("decision = \"open\"\n", ""));
    let after = answered(tables, &one(tables, "n", Matter::Link(0)), &Answer::NoLink).unwrap();
    assert_eq!(map_of(&after).unwrap().sources[0].collections[1].links.len(), 1);
    let after = answered(tables, &one(tables, "p", Matter::Rule), &Answer::Rule(Erase::Delete, None)).unwrap();
    assert!(after.contains("[collection.p]\nerase = \"delete\"\n"), "{after}");
    let windows = SHOP.replace('\n', "\r\n");
    for waiting in waiting(&map_of(&windows).unwrap()) {
        let answer = if waiting.matter == Matter::Rule { Answer::Rule(Erase::Delete, None) } else { Answer::NoLink };
        let after = answered(&windows, &waiting, &answer).unwrap();
        assert_eq!(after.matches('\n').count(), after.matches("\r\n").count(), "{answer:?}");
    }
    let inline = "kind = \"sqlite\"\npath = \"s\"\ncollection.p = { person = true, key = \"id\", identities = { email = \"e\" } }\n";
    let after = answered(inline, &one(inline, "p", Matter::Rule), &Answer::Rule(Erase::Delete, None)).unwrap();
    assert!(after.contains("{ erase = \"delete\", person = true"), "{after}");
}

#[test]
fn a_file_that_changed_meanwhile_is_left_alone() {
    let waiting = one(SHOP, "notes", Matter::Link(1));
    for text in ["", "collection = 3", "[collection.notes]\n", "[collection", "[collection.notes]\nlinks = [1, 2]"] {
        assert!(answered(text, &waiting, &Answer::Right).is_err(), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]
    #[test]
    fn whatever_stands_beside_stays(comment in "[a-z é#\"]{0,20}", blank in "[ \t]{0,3}", reason in "\\PC{1,30}") {
        let text = format!("# {comment}\n{SHOP}{blank}\n# {comment}\n");
        for waiting in waiting(&map_of(&text).unwrap()) {
            let answer = match waiting.matter {
                Matter::Rule => Answer::Rule(Erase::Keep, Some(reason.clone())),
                Matter::Link(_) => Answer::Role(Role::Mention),
            };
            let after = answered(&text, &waiting, &answer).unwrap();
            let tail = format!("{blank}\n# {comment}\n");
            prop_assert!(after.ends_with(&tail));
            let map = map_of(&after).unwrap();
            let place = map.collection("shop", &waiting.collection).unwrap();
            if waiting.matter == Matter::Rule {
                prop_assert_eq!(place.because.as_ref().map(|b| b.text.as_str()), Some(reason.as_str()));
            }
        }
    }
}
