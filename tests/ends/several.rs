//! Records that are several people's: the others keep theirs.

use super::{PEOPLE, PERSON};
use crate::tables::{Shelf, Table, shelves};

const MESSAGES: Table<'static> = (
    "messages",
    &["id int", "sender int", "receiver int", "sender_name text", "receiver_name text", "body text"],
    &[
        &["1", "1", "2", "Ana Lim", "Bo Tan", "Ana here: ana@x.example, ask Bo Tan"],
        &["2", "2", "1", "Bo Tan", "Ana Lim", "thank you"],
        &["3", "2", "3", "Bo Tan", "Cy Ng", "ask Ana Lim"],
        &["4", "1", "", "Ana Lim", "", "to nobody"],
    ],
);

fn messages(sender: &str, receiver: &str) -> String {
    format!(
        "{PERSON}[collection.messages]
key = \"id\"
links = [
  {{ from = \"sender\", to = \"people.id\", role = \"{sender}\" }},
  {{ from = \"receiver\", to = \"people.id\", role = \"{receiver}\" }},
]
erase = \"delete\"
fields.sender_name = {{ category = \"user.name\", whose = \"sender\", erase = \"null\" }}
fields.receiver_name = {{ category = \"user.name\", whose = \"receiver\", erase = \"null\" }}
fields.body = {{ category = \"user.content.private\", erase = \"scrub\" }}
"
    )
}

#[test]
fn the_counterpart_of_a_message_keeps_their_copy() {
    for (sender, receiver) in [("author", "recipient"), ("owner", "owner")] {
        for mut shelf in shelves(&[PEOPLE, MESSAGES], &messages(sender, receiver)) {
            let (_, changes) = shelf.plan(&[]);
            let kind = shelf.kind();
            assert_eq!(changes["messages 1"]["reason"]["code"], "others-too", "{kind} {sender}");
            assert_eq!(changes["messages 4"]["end"], "deleted", "{kind}: nobody else's");
            assert!(!changes.contains_key("messages 3"), "{kind}: others' record");
            shelf.apply();
            let rows = [
                "1: |2||Bo Tan|[erased] here: [erased], ask Bo Tan",
                "2: 2||Bo Tan||thank you",
                "3: 2|3|Bo Tan|Cy Ng|ask Ana Lim",
            ];
            assert_eq!(shelf.rows(&MESSAGES), rows, "{kind} {sender}");
            assert_eq!(shelf.rows(&PEOPLE).len(), 2, "{kind}: she is gone");
        }
    }
}

#[test]
fn without_a_word_on_whose_a_field_is_what_it_says_decides() {
    let map = messages("author", "recipient").replace(", whose = \"sender\"", "").replace(", whose = \"receiver\"", "");
    for mut shelf in shelves(&[PEOPLE, MESSAGES], &map) {
        shelf.plan(&[]);
        shelf.apply();
        assert_eq!(shelf.rows(&MESSAGES)[0], "1: |2||Bo Tan|[erased] here: [erased], ask Bo Tan", "{}", shelf.kind());
        assert_eq!(shelf.rows(&MESSAGES)[1], "2: 2||Bo Tan||thank you", "{}", shelf.kind());
    }
}

#[test]
fn when_both_go_together_the_message_goes_too() {
    for mut shelf in shelves(&[PEOPLE, MESSAGES], &messages("author", "recipient")) {
        shelf.plan(&[]);
        shelf.apply();
        let second = shelf.run(&["erase", "email=bo@x.example", "--verified", "known", "--json"]);
        assert!(second.code == 0 || second.code == 3, "{}{}", second.out, second.err);
        shelf.apply();
        assert_eq!(
            shelf.rows(&MESSAGES),
            ["3: |3||Cy Ng|ask Ana Lim"],
            "{}: the last owner's erasure ends it",
            shelf.kind()
        );
    }
}

const REVIEWS: Table<'static> = (
    "reviews",
    &["id int", "author int", "seller int", "seller_name text", "stars int", "text text"],
    &[&["1", "2", "1", "Ana Lim", "4", "Ana was quick"], &["2", "1", "2", "Bo Tan", "5", "fine"]],
);

#[test]
fn reviews_of_others_stay_without_the_name() {
    let map = format!(
        "{PERSON}[collection.reviews]
key = \"id\"
links = [
  {{ from = \"author\", to = \"people.id\", role = \"author\" }},
  {{ from = \"seller\", to = \"people.id\", role = \"about\" }},
]
erase = \"delete\"
fields.seller_name = {{ category = \"user.name\", whose = \"seller\", erase = {{ fixed = \"a seller\" }} }}
fields.text = {{ category = \"user.content.public\", erase = \"scrub\" }}
other = [\"stars\"]
"
    );
    for mut shelf in shelves(&[PEOPLE, REVIEWS], &map) {
        let (_, changes) = shelf.plan(&[]);
        assert_eq!(changes["reviews 2"]["end"], "deleted", "{}: her own", shelf.kind());
        shelf.apply();
        assert_eq!(shelf.rows(&REVIEWS), ["1: 2||a seller|4|[erased] was quick"], "{}", shelf.kind());
    }
}

#[test]
fn of_a_list_only_her_elements_change() {
    let threads: Table<'static> = (
        "threads",
        &["id int", "mail text", "thread json"],
        &[&["1", "ana@x.example", r#"[{"by":1,"says":"mine"},{"by":2,"says":"his"},{"by":1,"says":"mine too"}]"#]],
    );
    let map = format!(
        "{PERSON}[collection.threads]
key = \"id\"
identities = {{ email = \"mail\" }}
links = [{{ from = \"thread[].by\", to = \"people.id\", role = \"author\" }}]
erase = \"anonymise\"
fields.mail = {{ category = \"user.contact.email\", erase = \"tombstone\" }}
fields.\"thread[].says\" = {{ category = \"user.content.private\", erase = \"null\" }}
"
    );
    let shelf = Shelf::new("json", &[PEOPLE, threads], &map).unwrap();
    shelf.plan(&[]);
    shelf.apply();
    let line = std::fs::read_to_string(shelf.path().join("data/threads.ndjson")).unwrap();
    assert!(line.contains(r#"{"by":2,"says":"his"}"#), "{line}");
    assert!(!line.contains("mine") && !line.contains("ana@x.example") && !line.contains("\"by\":1"), "{line}");
    // The elements themselves may go.
    let removed = map.replace(
        "fields.\"thread[].says\" = { category = \"user.content.private\", erase = \"null\" }",
        "fields.\"thread[]\" = { category = \"user.content.private\", erase = \"remove\" }",
    );
    let shelf = Shelf::new("json", &[PEOPLE, threads], &removed).unwrap();
    shelf.plan(&[]);
    shelf.apply();
    let line = std::fs::read_to_string(shelf.path().join("data/threads.ndjson")).unwrap();
    assert!(line.contains(r#""thread":[{"by":2,"says":"his"}]"#), "{line}");
}

const ACCOUNTS: Table<'static> = (
    "accounts",
    &["id int", "company text", "contact int", "agent int"],
    &[&["1", "Heron Ltd", "1", "2"], &["2", "Wren Ltd", "2", ""]],
);

/// A representative leaves her company: the account stays, with a contact that stands for everybody who is gone.
#[test]
fn a_representative_is_detached_and_led_to_one_who_stands_for_all() {
    let people: Table<'static> = (
        PEOPLE.0,
        PEOPLE.1,
        &[&["1", "ana@x.example", "Ana Lim"], &["2", "bo@x.example", "Bo Tan"], &["99", "", "gone"]],
    );
    let map = |key: &str| {
        format!(
            "{PERSON}[collection.accounts]
key = \"id\"
links = [
  {{ from = \"contact\", to = \"people.id\", role = \"representative\" }},
  {{ from = \"agent\", to = \"people.id\", role = \"reference\" }},
]
erase = \"keep\"
because = \"They are the company's\"
fields.contact = {{ category = \"user.unique_id\", erase = {{ point = \"{key}\" }} }}
other = [\"company\"]
"
        )
    };
    for mut shelf in shelves(&[people, ACCOUNTS], &map("99")) {
        let (_, changes) = shelf.plan(&[]);
        assert_eq!(changes["accounts 1"]["action"], "detach", "{}", shelf.kind());
        shelf.apply();
        assert_eq!(shelf.rows(&ACCOUNTS), ["1: Heron Ltd|99|2", "2: Wren Ltd|2|"], "{}", shelf.kind());
    }
    for shelf in shelves(&[people, ACCOUNTS], &map("98")) {
        let refused = shelf.run(&["erase", "email=ana@x.example", "--verified", "known"]);
        refused.is(4, &["shop.accounts.contact", "shop.people has no record with that id"]);
    }
}
