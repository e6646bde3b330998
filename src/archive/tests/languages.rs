//! The same answer in every language: nothing of the master left over, the map's own words in the reader's language, and
//! data that do not change.

use super::firm::*;
use super::programs::others::{every_program_accepts, said};
use crate::archive::{Signer, check, write};
use crate::language::tests::messages;
use crate::language::{Language, Tag};
use crate::map::*;
use crate::record::{FieldPath, Value};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn words(general: &str, german: &str, chinese: &str) -> Words {
    let languages = BTreeMap::from([("de".to_owned(), german.to_owned()), ("zh".to_owned(), chinese.to_owned())]);
    Words { text: general.to_owned(), languages }
}

/// The firm, with something to say under every heading, in German and Chinese too.
fn said_map() -> DataMap {
    let mut map = map();
    let purpose = Purpose {
        name: "deliver".into(),
        label: words("to deliver what you order", "liefern, was Sie bestellen", "配送您订购的商品"),
        basis: "A6-1-f".into(),
        interest: Some(words("getting paid", "bezahlt zu werden", "收取货款")),
        special: Some("A9-2-a".into()),
        mandatory: true,
    };
    map.purposes.insert("deliver".into(), purpose);
    let recipient = Recipient {
        name: "cloud".into(),
        label: words("Heron Cloud", "Reiher-Cloud", "苍鹭云"),
        country: Some("US".into()),
        safeguard: Some("A46-2-c".into()),
        ..Recipient::default()
    };
    map.recipients.insert("cloud".into(), recipient);
    let decision = AutomatedDecision {
        name: "credit".into(),
        label: words("whether you may pay later", "ob Sie später zahlen dürfen", "您能否延后付款"),
        logic: words("by open bills", "nach offenen Rechnungen", "根据未付账单"),
        consequence: words("you pay first", "Sie zahlen vorher", "您须先付款"),
    };
    map.automated.insert("credit".into(), decision);
    let rule = RetentionRule {
        name: "tax".into(),
        because: words("kept for taxes", "für die Steuer aufbewahrt", "因税务保存"),
        law: Some(words("Tax Act s. 1", "§ 1 Steuergesetz", "《税法》第1条")),
        keep: "P10Y".parse().unwrap(),
        keep_text: "P10Y".into(),
        then: Then::Delete,
        isolate: false,
    };
    map.retention.insert("tax".into(), rule);
    let messages = map.sources[1].collections.iter_mut().find(|c| c.name == "messages").unwrap();
    messages.labels = words("Messages", "Nachrichten", "消息").languages;
    messages.purposes = vec!["deliver".into()];
    messages.recipients = vec!["cloud".into()];
    messages.automated = vec!["credit".into()];
    messages.retain = Some(Retain { rule: "tax".into(), from: Some(FieldPath::column("sent_at")), needs: None });
    let sent = messages.fields.get_mut("sent_at").unwrap();
    sent.labels = words("Sent", "Gesendet am", "发送时间").languages;
    sent.category = Some("user.content".into());
    messages.fields.get_mut("body").unwrap().origin = Some(Origin::Received);
    messages.received_from = Some(words("the trade fair", "der Messe", "展会"));
    messages.fields.insert(
        "total".into(),
        Field { codes: BTreeMap::new(), category: Some("user.payment".into()), ..Field::default() },
    );
    let state =
        Field { codes: BTreeMap::from([("P".to_owned(), words("paid", "bezahlt", "已付款"))]), ..Field::default() };
    messages.fields.insert("state".into(), state);
    let accounts = map.sources[1].collections.iter_mut().find(|c| c.name == "accounts").unwrap();
    accounts.kept = Some(words("as long as you have an account", "solange Sie ein Konto haben", "账户存续期间"));
    map
}

/// Her records: few of one kind on the first page, many of another beside it.
fn said_rows(many: i128) -> Memory {
    let mut rows = rows();
    let names = names(&["id", "sender", "recipient", "body", "sent_at", "total", "state"]);
    let row = |i: i128| {
        let money = Value::Decimal(format!("{}.50", 1234 + i));
        let values = [Value::Int(i), text("7"), Value::Null, text(FREE), text("2026-01-01"), money, text("P")];
        held(&names, values.into(), Role::Author, &[0])
    };
    rows.held[1] = (100_000..100_000 + many).map(row).collect();
    rows.parts[1].rows = many as u64;
    rows
}

fn archive_in(tag: Tag, many: i128, signer: &TestSigner) -> (tempfile::TempDir, PathBuf) {
    let (dir, map) = (tempfile::tempdir().unwrap(), said_map());
    let out = dir.path().join("a.zip");
    let cover = crate::archive::Cover { language: Language::of(tag), ..cover(&map) };
    write(&cover, &said_rows(many), signer, &out).unwrap();
    (dir, out)
}

#[test]
fn every_program_accepts_an_archive_in_german_and_in_chinese() {
    let signer = TestSigner::new();
    for (tag, many) in [(Tag::German, 30), (Tag::Chinese, 30)] {
        let (_dir, out) = archive_in(tag, many, &signer);
        every_program_accepts(&out, &signer.public_key());
    }
    for tag in [Tag::French, Tag::Spanish] {
        let (_dir, out) = archive_in(tag, 3, &signer);
        assert!(check(&out, None, &[]).unwrap().whole);
    }
}

/// What a reader meets: the pages, the letter, the description of the files.
fn read(out: &std::path::Path) -> Vec<(String, String)> {
    let dir = tempfile::tempdir().unwrap();
    let shown = |name: &str| {
        let ends = [".html", "datapackage.json", ".schema.json"].iter().any(|end| name.ends_with(end));
        ends || name == "answer.pdf" || name == "data/searched.csv"
    };
    let plain =
        |text: &str| text.replace("&#39;", "'").replace("&#x27;", "'").replace("&amp;", "&").replace("&#x2f;", "/");
    let mut all = Vec::new();
    for (name, bytes) in unpack(out).into_iter().filter(|(name, _)| shown(name)) {
        if name == "answer.pdf" {
            std::fs::write(dir.path().join("answer.pdf"), bytes).unwrap();
            let text = said("pdftotext", &["-enc", "UTF-8", "answer.pdf", "-"], dir.path()).unwrap_or_default();
            all.push((name, text.split_whitespace().collect::<Vec<_>>().join(" ")));
        } else {
            all.push((name, plain(&String::from_utf8(bytes).unwrap())));
        }
    }
    all
}

/// The pieces of a message between what is put into it that say something by themselves.
fn pieces(text: &str) -> Vec<&str> {
    let outside = text.split(['{', '}', '\n']).map(str::trim);
    let words = |piece: &&str| piece.split(' ').filter(|w| w.chars().all(char::is_alphabetic)).count() >= 3;
    outside.filter(|piece| !piece.starts_with(['$', '[', '*']) && words(piece)).collect()
}

#[test]
fn no_text_of_the_master_is_left_in_another_language() {
    let master = messages(Tag::English);
    let signer = TestSigner::new();
    for tag in &Tag::ALL[1..] {
        let own: String = messages(*tag).into_values().collect();
        let (_dir, out) = archive_in(*tag, 30, &signer);
        for (name, text) in read(&out) {
            for (key, message) in &master {
                for piece in pieces(message).into_iter().filter(|piece| !own.contains(piece)) {
                    assert!(!text.contains(piece), "{piece:?} ({key}) is in {name} in {}", tag.text());
                }
            }
        }
    }
    // In English each of them may be met: the search above would find one.
    let (_dir, out) = archive_in(Tag::English, 30, &signer);
    let all: String = read(&out).into_iter().map(|(_, text)| text).collect();
    let met = master.values().filter(|message| pieces(message).iter().any(|piece| all.contains(piece))).count();
    assert!(met > 60, "{met}");
}

#[test]
fn the_page_says_it_in_the_readers_language_with_the_words_of_the_map() {
    let signer = TestSigner::new();
    let (_dir, out) = archive_in(Tag::German, 3, &signer);
    let page = file(&out, "START-HERE.html");
    for text in [
        "<html lang=\"de\">",
        "Diese Antwort ist unvollständig",
        "23. November 2026, 06:05 UTC",
        "Nachrichten",
        "Gesendet am",
        "1. Januar 2026",
        "1.234,50",
        "P (bezahlt)",
        "Liefern, was Sie bestellen.",
        "Rechtsgrundlage: berechtigte Interessen (Art. 6 Abs. 1 Buchst. f DSGVO): bezahlt zu werden.",
        "Reiher-Cloud",
        "Ob Sie später zahlen dürfen.",
        "Für zehn Jahre, gerechnet ab „Gesendet am“. Für die Steuer aufbewahrt. Gesetz: § 1 Steuergesetz.",
        "Solange Sie ein Konto haben.",
        "(von der Messe)",
        "100000",
    ] {
        assert!(page.contains(text), "{text} is missing: {page}");
    }
    let (_dir, out) = archive_in(Tag::Chinese, 3, &signer);
    let all = read(&out);
    let of = |name: &str| &all.iter().find(|(n, _)| n == name).unwrap().1;
    for text in [
        "<html lang=\"zh-Hans\">",
        "2026年11月23日 06:05 UTC",
        "配送您订购的商品。",
        "1,234.50",
        "P（已付款）",
        "因税务保存。",
        "账户存续期间。",
    ] {
        assert!(of("START-HERE.html").contains(text), "{text} is missing");
    }
    let package: serde_json::Value = serde_json::from_str(of("datapackage.json")).unwrap();
    assert_eq!(package["languages"], serde_json::json!(["zh-Hans"]));
    assert!(package["resources"].to_string().contains("消息（精确数值）"), "{package}");
    let letter = of("answer.pdf").replace(' ', "");
    assert!(letter.is_empty() || letter.contains("您可以向监管机构投诉") && letter.contains("共"), "{letter}");
}

#[test]
fn data_are_the_same_in_every_language() {
    let signer = TestSigner::new();
    let files = |tag| -> Vec<(String, Vec<u8>)> {
        let (_dir, out) = archive_in(tag, 30, &signer);
        let is_data =
            |name: &String| name.ends_with(".jsonl") || (name.ends_with(".csv") && !name.ends_with("searched.csv"));
        unpack(&out)
            .into_iter()
            .map(|(name, bytes)| (name.clone(), if is_data(&name) { bytes } else { Vec::new() }))
            .collect()
    };
    let english = files(Tag::English);
    for tag in &Tag::ALL[1..] {
        assert!(files(*tag) == english, "{}", tag.text());
    }
    let (first, second) = (archive_in(Tag::French, 30, &signer), archive_in(Tag::French, 30, &signer));
    assert!(std::fs::read(&first.1).unwrap() == std::fs::read(&second.1).unwrap());
}
