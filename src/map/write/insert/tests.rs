//! Additions to files as people write them: what comes in, and that every other byte stays.

use super::*;
use crate::map::{Decision, FieldErase, Role};
use proptest::prelude::*;

fn link(decision: Decision) -> Link {
    Link {
        from: vec![FieldPath::column("by")],
        to_source: "shop".into(),
        to_collection: "people".into(),
        to: vec![FieldPath::column("id")],
        role: Role::Author,
        shared: false,
        only: Vec::new(),
        spelled: Default::default(),
        decision,
        because: Some("3 of 4".into()),
        place: Default::default(),
    }
}

fn source() -> SourceMap {
    let collections = ["people", "notes"].map(|name| Collection { name: name.into(), ..Collection::default() });
    SourceMap { name: "shop".into(), collections: collections.into(), ..SourceMap::default() }
}

fn add(text: &str, what: &Addition<'_>) -> String {
    inserted(text, &source(), what).expect(text)
}

/// A text, and what it is with a column `new` about nobody in `notes`.
const OTHER: [(&str, &str); 8] = [
    ("[collection.notes] # x\n", "[collection.notes] # x\nother = [\"new\"]\n"),
    ("[collection.notes]", "[collection.notes]\nother = [\"new\"]\n"),
    ("[collection.notes]\nother = []\n", "[collection.notes]\nother = [\"new\"]\n"),
    ("[collection.notes]\nother = [\"a\"]  # b\n", "[collection.notes]\nother = [\"a\", \"new\"]  # b\n"),
    (
        "[collection.notes]\nother = [\n    \"a\", # why\n    \"b\"  # last\n]\n",
        "[collection.notes]\nother = [\n    \"a\", # why\n    \"b\",  # last\n    \"new\",\n]\n",
    ),
    (
        "[collection.notes]\nother = [\n  \"a\", \"b\",\n  # done\n]\n[collection.people]\n",
        "[collection.notes]\nother = [\n  \"a\", \"b\",\n  \"new\",\n  # done\n]\n[collection.people]\n",
    ),
    (
        "[collection.notes]\nkey = \"id\"\n\n# people\n[collection.people]\n",
        "[collection.notes]\nkey = \"id\"\nother = [\"new\"]\n\n# people\n[collection.people]\n",
    ),
    (
        "[collection.notes]\nkey = \"id\" # k\n[collection.notes.fields.a]\ncategory = \"x\"\n",
        "[collection.notes]\nkey = \"id\" # k\nother = [\"new\"]\n[collection.notes.fields.a]\ncategory = \"x\"\n",
    ),
];

#[test]
fn a_column_about_nobody() {
    for (before, after) in OTHER {
        assert_eq!(add(before, &Addition::Other("notes", "new")), after);
        let windows = before.replace('\n', "\r\n");
        if !windows.contains('\r') {
            continue;
        }
        assert_eq!(add(&windows, &Addition::Other("notes", "new")), after.replace('\n', "\r\n"));
    }
}

#[test]
fn a_field() {
    let field = Field { category: Some("user".into()), erase: Some(FieldErase::Null), ..Field::default() };
    let said = "{ category = \"user\", erase = \"null\" }";
    let cases = [
        ("[collection.notes]\nkey = \"id\"\n", format!("[collection.notes]\nkey = \"id\"\nfields.new = {said}\n")),
        (
            "[collection.notes]\nfields.a = { label = \"A\" } # a\nother = [\"b\"]\n",
            format!("[collection.notes]\nfields.a = {{ label = \"A\" }} # a\nfields.new = {said}\nother = [\"b\"]\n"),
        ),
        (
            "[collection.notes]\nfields = { a = { label = \"A\" } } # a\n",
            format!("[collection.notes]\nfields = {{ a = {{ label = \"A\" }}, new = {said} }} # a\n"),
        ),
        ("[collection.notes]\nfields = {}\n", format!("[collection.notes]\nfields = {{ new = {said}}}\n")),
        (
            "[collection.notes.fields]\na = \"A\"\n\n[collection.people]\n",
            format!("[collection.notes.fields]\na = \"A\"\nnew = {said}\n\n[collection.people]\n"),
        ),
        (
            "[collection.notes]\n[collection.notes.fields.a]\nlabel = \"A\"",
            format!(
                "[collection.notes]\n[collection.notes.fields.a]\nlabel = \"A\"\n\n[collection.notes.fields]\nnew = {said}\n"
            ),
        ),
    ];
    for (before, after) in cases {
        // Where the collection itself has no header, nothing can be said of it without one.
        let before = before.replace("[collection.notes.fields]\na", "[collection.notes]\n[collection.notes.fields]\na");
        let after = after.replace("[collection.notes.fields]\na", "[collection.notes]\n[collection.notes.fields]\na");
        assert_eq!(add(&before, &Addition::Field("notes", "new", &field)), after);
    }
}

#[test]
fn an_identity() {
    let cases = [
        ("key = \"id\"\n", "key = \"id\"\nidentities = { email = \"new\" }\n"),
        ("identities = { email = \"mail\" } # m\n", "identities = { email = [\"mail\", \"new\"] } # m\n"),
        ("identities = { email = [\"a\", \"b\"] }\n", "identities = { email = [\"a\", \"b\", \"new\"] }\n"),
        ("identities = { phone = \"tel\" }\n", "identities = { phone = \"tel\", email = \"new\" }\n"),
        ("identities.phone = \"tel\"\n", "identities.phone = \"tel\"\nidentities.email = \"new\"\n"),
    ];
    for (before, after) in cases {
        let header = "[collection.notes]\n";
        let path = FieldPath::column("new");
        let out = add(&format!("{header}{before}"), &Addition::Identity("notes", "email", &path));
        assert_eq!(out, format!("{header}{after}"));
    }
}

#[test]
fn a_link() {
    let line = "{ from = \"by\", to = \"people.id\", role = \"author\", because = \"3 of 4\" }";
    let open = "{ from = \"by\", to = \"people.id\", role = \"author\", decision = \"open\", because = \"3 of 4\" }";
    let asks = "# DECIDE: what is the person in people to these records? Correct the role, then remove decision.";
    let held = "{ from = \"x\", to = \"people.id\", role = \"owner\" }";
    let cases = [
        (Decision::Decided, String::new(), format!("links = [{line}]\n")),
        (Decision::Open, String::new(), format!("links = [\n  {asks}\n  # 3 of 4\n  {open},\n]\n")),
        (Decision::Decided, format!("links = [{held}]\n"), format!("links = [{held}, {line}]\n")),
        (
            Decision::Open,
            format!("links = [{held}] # one\n"),
            format!("links = [{held},\n  {asks}\n  # 3 of 4\n  {open}\n] # one\n"),
        ),
        (
            Decision::Open,
            format!("links = [\n\t{held}, # hers\n]\n"),
            format!("links = [\n\t{held}, # hers\n\t{asks}\n\t# 3 of 4\n\t{open},\n]\n"),
        ),
        (
            Decision::Open,
            "[[collection.notes.links]]\nfrom = \"x\" # y\nto = \"people.id\"\nrole = \"owner\"\n\n# end\n".to_owned(),
            format!(
                "[[collection.notes.links]]\nfrom = \"x\" # y\nto = \"people.id\"\nrole = \"owner\"\n\n\
                 [[collection.notes.links]]\n{asks}\n# 3 of 4\nfrom = \"by\"\nto = \"people.id\"\nrole = \"author\"\n\
                 decision = \"open\"\nbecause = \"3 of 4\"\n\n# end\n"
            ),
        ),
    ];
    for (decision, before, after) in cases {
        let header = "[collection.notes]\n";
        assert_eq!(
            add(&format!("{header}{before}"), &Addition::Link("notes", &link(decision))),
            format!("{header}{after}")
        );
    }
}

#[test]
fn what_is_written_in_an_unknown_way_is_left_to_a_person() {
    for text in [
        "collection = { notes = { key = \"id\" } }\n",
        "[collection.people]\n",
        "[collection.notes]\nother = \"a\"\n",
        "[collection.notes]\r\nkey = \"id\"\n",
        "[collection.notes",
    ] {
        assert_eq!(inserted(text, &source(), &Addition::Other("notes", "new")), None, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is added, the text before is what remains when the added lines are taken out.
    #[test]
    fn every_line_stays(
        comment in "( # [a-z ]{0,8})?", blank in 0usize..3, crlf: bool,
        others in proptest::collection::vec("[a-z]{1,6}", 0..4), lines: bool,
    ) {
        let items: Vec<String> = others.iter().map(|o| format!("{o:?}")).collect();
        let list = if lines && !items.is_empty() { format!("[\n  {},\n]", items.join(",\n  ")) } else { format!("[{}]", items.join(", ")) };
        let text = format!(
            "# top\n[collection.notes]{comment}\nkey = \"id\"{comment}\nother = {list}{comment}\n{}[collection.people]\nkey = 'id'\n",
            "\n".repeat(blank)
        );
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        let field = Field { category: Some("user".into()), ..Field::default() };
        let link = link(Decision::Open);
        let mut out = text.clone();
        for what in [Addition::Other("notes", "zz-new"), Addition::Field("notes", "zz-new", &field), Addition::Link("notes", &link)] {
            out = add(&out, &what);
        }
        prop_assert!(out.parse::<toml::Table>().is_ok());
        let left = out.replace(", \"zz-new\"", "").replace("\"zz-new\"", "");
        let mut rest = left.lines();
        for line in text.lines() {
            prop_assert!(rest.any(|l| l == line), "{line:?} is lost in\n{out}");
        }
    }
}
