//! The catalogues are whole, and say in every language what the program asks them for.

use fluent_bundle::FluentResource;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::*;

/// Every message and attribute of a catalogue, as it is written.
pub(crate) fn messages(tag: Tag) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    let (mut message, mut key) = (String::new(), String::new());
    for line in tag.catalogue().lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let text = match (line.starts_with(' '), line.trim_start().strip_prefix('.').and_then(|l| l.split_once(" = ")))
        {
            (false, _) => {
                let (id, text) = line.split_once(" = ").unwrap_or_else(|| panic!("{line:?}"));
                assert!(all.insert(id.to_owned(), String::new()).is_none(), "{id} stands twice in {}", tag.text());
                (message, key) = (id.to_owned(), id.to_owned());
                text
            }
            (true, Some((attribute, text))) => {
                key = format!("{message}.{attribute}");
                text
            }
            (true, None) => line,
        };
        let entry = all.entry(key.clone()).or_default();
        entry.push_str(text);
        entry.push('\n');
    }
    all
}

/// The variables of a message.
fn variables(text: &str) -> BTreeSet<&str> {
    let end = |rest: &str| rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    text.split('$').skip(1).map(|rest| &rest[..end(rest)]).collect()
}

#[test]
fn every_language_says_what_the_master_says() {
    let master = messages(Tag::English);
    assert!(master.len() > 300);
    for tag in Tag::ALL {
        assert!(FluentResource::try_new(tag.catalogue().to_owned()).is_ok(), "{} is no Fluent", tag.text());
        let these = messages(tag);
        assert_eq!(these.keys().collect::<Vec<_>>(), master.keys().collect::<Vec<_>>(), "{}", tag.text());
        for (key, text) in &these {
            let (expected, found) = (variables(&master[key]), variables(text));
            assert!(found.is_subset(&expected), "{key} of {} asks for {found:?}", tag.text());
            // A count may be said without its digits, a period without its word.
            let left_out: Vec<_> = expected.difference(&found).filter(|v| !["n", "words"].contains(*v)).collect();
            assert!(left_out.is_empty(), "{key} of {} leaves out {left_out:?}", tag.text());
            assert!(!text.trim().is_empty(), "{key} of {} is empty", tag.text());
        }
        assert_eq!(Language::of(tag).say("months").split(' ').count(), 12, "{}", tag.text());
    }
}

#[test]
fn nothing_but_its_own_markup_stands_in_a_message() {
    let templates = sources("html");
    for tag in Tag::ALL {
        for (key, text) in messages(tag) {
            let mut bare = text.replace("{\" \"}", "").replace("{\"\"}", "").replace("->", "");
            for own in ["<code>", "</code>", "</a>", "</span>", "<span class='hidden'>", "<a href='#{ $anchor }'>"] {
                if bare.contains(own) {
                    assert!(templates.contains(&format!("\"{key}\"")), "{key} has markup and is used outside pages");
                }
                bare = bare.replace(own, "");
            }
            assert!(!bare.contains(['<', '>', '&', '"']), "{key} of {}: {bare}", tag.text());
        }
    }
}

#[test]
fn every_message_is_asked_for_and_every_one_asked_for_is_there() {
    let text = format!("{}{}", sources("rs"), sources("html"));
    let is_used = |key: &str| {
        let dynamic = key.match_indices('-').any(|(at, _)| {
            let group = &key[..at];
            ["\"GROUP-{", "\"GROUP-\" ~", "code(\"GROUP\""]
                .iter()
                .any(|form| text.contains(&form.replace("GROUP", group)))
        });
        let titled = key.strip_suffix("-title").is_some_and(|id| text.contains(&format!("(\"{id}\", ")));
        dynamic || titled || text.contains(&format!("\"{key}\""))
    };
    let master = messages(Tag::English);
    let unused: Vec<&String> = master.keys().filter(|key| !key.contains('.') && !is_used(key)).collect();
    assert!(unused.is_empty(), "nobody asks for {unused:?}");
    for form in ["say!(language, \"", "say!(cover.language, \"", "say(\"", " t(\""] {
        for rest in text.split(form).skip(1) {
            let key = rest.split('"').next().unwrap();
            let is_whole = !key.is_empty() && !key.starts_with('.') && !key.contains('{') && !key.ends_with('-');
            assert!(!is_whole || master.contains_key(key), "{form}{key} is in no catalogue");
        }
    }
}

/// All source files of that kind, one after another.
fn sources(ending: &str) -> String {
    let mut waiting: Vec<PathBuf> =
        ["archive", "erasure", "language"].map(|f| Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(f)).into();
    let mut out = String::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|e| e == ending) && !path.ends_with("language/tests.rs") {
            out.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    out
}

#[test]
fn plurals_lists_and_periods_are_right_in_every_language() {
    let all =
        |f: &dyn Fn(&Language) -> String| Tag::ALL.map(|tag| f(Language::of(tag)).replace(['\u{a0}', '\u{202f}'], " "));
    let records = |n: u64| all(&|l| say!(l, "records", n = n));
    assert_eq!(records(0), ["0 records", "0 Datensätze", "0 enregistrement", "0 registros", "0条记录"]);
    assert_eq!(records(1), ["1 record", "1 Datensatz", "1 enregistrement", "1 registro", "1条记录"]);
    assert_eq!(records(2), ["2 records", "2 Datensätze", "2 enregistrements", "2 registros", "2条记录"]);
    assert_eq!(
        records(12_345),
        ["12,345 records", "12.345 Datensätze", "12 345 enregistrements", "12 345 registros", "12,345条记录"]
    );
    let list = |items: &'static [&str]| all(&move |l| l.list(items));
    assert_eq!(list(&["a", "b", "c"]), ["a, b and c", "a, b und c", "a, b et c", "a, b y c", "a、b和c"]);
    assert_eq!(list(&["a"]), ["a"; 5]);
    assert_eq!(list(&[]), [""; 5]);
    let some = all(&|l| l.some(&["a", "b", "c", "d"], 2));
    assert_eq!(some, ["a, b and 2 more", "a, b und noch 2", "a, b et 2 autres", "a, b y 2 más", "a、b等（另有2项）"]);
    let period = |text: &str| all(&|l| l.period(text.parse().unwrap()).unwrap_or_default());
    assert_eq!(period("P10Y"), ["ten years", "zehn Jahre", "dix ans", "diez años", "10年"]);
    assert_eq!(period("P1Y"), ["one year", "ein Jahr", "un an", "un año", "1年"]);
    assert_eq!(period("P24M"), ["24 months", "24 Monate", "24 mois", "24 meses", "24个月"]);
    assert_eq!(
        period("P1Y6M"),
        [
            "one year and six months",
            "ein Jahr und sechs Monate",
            "un an et six mois",
            "un año y seis meses",
            "1年和6个月"
        ]
    );
    assert_eq!(period("P2W"), ["two weeks", "zwei Wochen", "deux semaines", "dos semanas", "2周"]);
    assert_eq!(period("P1D"), ["one day", "einen Tag", "un jour", "un día", "1天"]);
}

#[test]
fn texts_end_as_sentences_of_their_script() {
    let of = |tag, text: &str| Language::of(tag).sentence(text);
    let cases = [
        (Tag::English, "they stay", "They stay."),
        (Tag::German, "über Sie", "Über Sie."),
        (Tag::French, "À vous !", "À vous !"),
        (Tag::Chinese, "您的订单", "您的订单。"),
        (Tag::Chinese, "Tax Act, s. 1", "Tax Act, s. 1."),
        (Tag::Chinese, "好。", "好。"),
        (Tag::English, "", ""),
    ];
    cases.into_iter().for_each(|(tag, text, expected)| assert_eq!(of(tag, text), expected));
    assert_eq!(
        Language::of(Tag::Chinese).sentences(&["您的订单。", "Kept for tax.", "法律：无。"]),
        "您的订单。Kept for tax. 法律：无。"
    );
    assert_eq!(Language::of(Tag::German).within("Über andere"), "Über andere");
    assert_eq!(Language::of(Tag::English).within("About others"), "about others");
}

#[test]
fn the_master_calls_legal_bases_as_the_map_does() {
    let english = Language::of(Tag::English);
    for (group, codes) in [("basis", crate::map::BASES.as_slice()), ("special", &crate::map::SPECIAL)] {
        for (code, words) in codes {
            assert_eq!(english.code(group, code).unwrap().replace('’', "'"), *words, "{code}");
        }
    }
    for (code, words) in crate::map::SAFEGUARDS {
        assert_eq!(english.code("safeguard", code).unwrap(), format!("under {words}"));
    }
    for ground in crate::map::GROUNDS {
        assert_eq!(english.code("ground", ground.code).unwrap(), ground.text);
        assert_eq!(english.say(&format!("ground-{}.law", ground.code)), ground.law);
    }
}

#[test]
fn every_code_of_the_program_has_its_message() {
    use crate::archive::Reason;
    use crate::map::{Origin, RecipientKind};
    let english = Language::of(Tag::English);
    let has = |key: String| assert!(english.catalogue.has_message(&key), "{key}");
    Reason::ALL.iter().for_each(|reason| has(format!("reason-{}", reason.word())));
    crate::archive::Theme::ALL.iter().for_each(|theme| has(format!("theme-{}", theme.anchor())));
    Origin::WORDS.iter().for_each(|(word, _)| has(format!("origin-{word}")));
    RecipientKind::WORDS.iter().for_each(|(word, _)| has(format!("recipient-{word}")));
}
