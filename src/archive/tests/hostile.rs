//! Whatever names and values a source holds, the archive stays safe to open: no path leaves its folder or means
//! something else elsewhere, no value opens a tag, runs in a spreadsheet or steers a reader, and nothing is lost.

use proptest::prelude::*;
use std::collections::HashSet;

use super::firm::*;
use crate::archive::names::is_safe_path;
use crate::archive::{Cover, check, write};
use crate::map::{Address, Collection, DataMap, Role, SourceMap};
use crate::record::Value;

/// Names as an attacker, or an unlucky administrator, gives them.
fn name() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "CON",
        "con.txt",
        "NUL",
        "aux .",
        "COM1",
        "lpt9.csv",
        "..",
        "../..",
        "/etc/passwd",
        "C:\\x",
        "a/b",
        "a\\b",
        ".git",
        "Orders",
        "orders",
        "ORDERS",
        "orders ",
        "orders.",
        "pages",
        "files",
        "searched.csv",
        "data",
        "x.jsonl",
        "",
        "<script>alert(1)</script>",
        "=1+1",
        "\u{202e}gpj",
        "\u{1b}]0;x\u{7}",
        "名前",
        "ﬁ",
        "a\0b",
        "-rf",
        "$(reboot)",
        "%00",
    ];
    prop_oneof![
        3 => prop::sample::select(KNOWN).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[a-c]{150,400}",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(|i| Value::Int(i.into())),
        any::<f64>().prop_map(Value::Float),
        "[-=+@\t\r\n'＝＠<&\"\u{1b}\u{202e}]{1,3}[a-z<>\"'(),;|!]{0,8}".prop_map(Value::Text),
        any::<String>().prop_map(Value::Text),
        prop::collection::vec(any::<u8>(), 0..60).prop_map(Value::Bytes),
        name().prop_map(|n| Value::Object(vec![(n.clone(), Value::Text(n))])),
    ]
}

/// A collection: its name, its columns, its rows.
type Table = (String, Vec<String>, Vec<Vec<Value>>);

fn table() -> impl Strategy<Value = Table> {
    (name(), prop::collection::vec(name(), 1..4), 1..40_usize).prop_flat_map(|(name, columns, rows)| {
        let row = prop::collection::vec(value(), columns.len());
        (Just(name), Just(columns), prop::collection::vec(row, rows))
    })
}

fn firm_of(sources: &[(String, Vec<Table>)]) -> (DataMap, Memory) {
    let (mut map, mut memory) = (DataMap::default(), Memory::default());
    map.controller.name = "</title><script>".into();
    for (source, tables) in sources {
        if map.source(source).is_some() {
            continue;
        }
        let mut of_map = SourceMap {
            name: source.clone(),
            address: Address { kind: "sqlite".into(), ..Address::default() },
            ..SourceMap::default()
        };
        for (name, columns, rows) in tables {
            if of_map.collection(name).is_some() {
                continue;
            }
            let collection = Collection { name: name.clone(), other: columns.clone(), ..Collection::default() };
            of_map.collections.push(collection);
            let columns: crate::record::Names = columns.clone().into();
            let held = |row: &Vec<Value>| Held { path: name.clone(), ..held(&columns, row.clone(), Role::Owner, &[]) };
            memory.add(source, name, rows.iter().map(held).collect());
        }
        map.sources.push(of_map);
    }
    (map, memory)
}

/// The tags of a page; what is in a `<style>` is ours.
fn tags(page: &str) -> HashSet<String> {
    let name = |part: &str| part.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    page.split('<').skip(1).map(name).collect()
}

fn runs(cell: &str) -> bool {
    let first = cell.chars().next();
    let number = serde_json::from_str::<serde_json::Number>(cell).is_ok();
    first.is_some_and(|c| {
        matches!(c, '=' | '+' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') || c == '-' && !number
    })
}

fn look_at(name: &str, bytes: &[u8]) {
    assert!(is_safe_path(name), "{name:?}");
    let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t') || matches!(c, '\u{202a}'..='\u{202e}');
    let text = || String::from_utf8(bytes.to_vec()).unwrap();
    if name.ends_with(".html") {
        let ours = "DOCTYPE html head meta title style body header p h1 h2 h3 h4 dl div dt dd bdi span a nav ul li main section \
            article strong code footer table caption thead tbody tr th td svg rect text";
        let ours: HashSet<String> = ours.split_whitespace().map(str::to_owned).collect();
        let mut text = text();
        // Pages beside the first carry one script, which is ours and named in their policy.
        let script = format!("<script>{}</script>\n</body>", include_str!("../page/leaf.js"));
        if name.contains("/pages/") {
            assert_eq!(text.matches("<script").count(), 1, "{name}");
            text = text.replace(&script, "</body>");
        }
        let strange: Vec<String> = tags(&text).into_iter().filter(|t| !t.is_empty() && !ours.contains(t)).collect();
        assert!(strange.is_empty(), "{strange:?} in {name}");
        assert!(!text.chars().any(steers), "{name}");
        assert!(!text.contains("javascript:") || !text.contains("href=\"javascript:"), "{name}");
    } else if name.ends_with(".csv") && !name.contains("/files/") {
        let text = text();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        for record in reader.records() {
            for cell in &record.unwrap() {
                assert!(!runs(cell), "{cell:?} in {name}");
            }
        }
    } else if name == "answer.pdf" {
        assert!(bytes.starts_with(b"%PDF-"), "{name}");
        let objects = without_strings(&outside_streams(bytes));
        assert!(objects.contains("/StructTreeRoot") && objects.len() > 1000, "its objects stand in the open");
        for runs in ["/JavaScript", "/JS", "/Launch", "/URI", "/OpenAction", "/AA", "/EmbeddedFile", "/SubmitForm"] {
            // A font's name may begin like one (`/AAXKQT+…`).
            let whole =
                |(at, _): (usize, &str)| !objects[at + runs.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
            assert!(!objects.match_indices(runs).any(whole), "{runs} in {name}");
        }
    } else if name.ends_with(".jsonl") {
        assert!(text().lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{name}");
    } else if !name.starts_with("data/") {
        assert!(!text().chars().any(steers), "{name}");
    }
}

/// What a PDF says outside its streams: those are compressed, and by chance hold any few letters.
fn outside_streams(pdf: &[u8]) -> String {
    let (mut out, mut rest) = (Vec::new(), pdf);
    let find = |hay: &[u8], needle: &[u8]| hay.windows(needle.len()).position(|w| w == needle);
    while let Some(start) = find(rest, b"\nstream") {
        out.extend_from_slice(&rest[..start]);
        let end = find(&rest[start..], b"endstream").map_or(rest.len(), |end| start + end);
        rest = &rest[end..];
    }
    out.extend_from_slice(rest);
    String::from_utf8_lossy(&out).into_owned()
}

/// What a PDF says outside its strings: what stands in one is no name, and its number in base64 holds any few letters.
fn without_strings(objects: &str) -> String {
    let (mut out, mut depth, mut escaped) = (String::new(), 0, false);
    for c in objects.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if depth > 0 => escaped = true,
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[test]
fn names_are_seen_and_strings_are_not() {
    assert_eq!(without_strings(r"/ID [(a/JS=\) (x) /AA) (b)] /JS (c)"), "/ID [ ] /JS ");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]
    #[test]
    fn any_names_and_values_make_an_archive_that_is_safe_to_open(
        sources in prop::collection::vec((name(), prop::collection::vec(table(), 1..4)), 1..3),
    ) {
        let (map, memory) = firm_of(&sources);
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("a.zip");
        let cover = Cover { map: &map, unmentioned: Default::default(), ..cover(&map) };
        let written = write(&cover, &memory, &TestSigner::new(), &out).unwrap();
        prop_assert_eq!(written.records, memory.parts.iter().map(|p| p.rows).sum::<u64>());
        let checked = check(&out, None, &[]).unwrap();
        prop_assert!(checked.whole, "{:?}", checked.faults);
        let files = unpack(&out);
        let lower: HashSet<String> = files.iter().map(|(name, _)| name.to_lowercase()).collect();
        prop_assert_eq!(lower.len(), files.len());
        // A file must not stand where another one needs a folder.
        for (name, _) in &files {
            let folder = name.to_lowercase() + "/";
            prop_assert!(!lower.iter().any(|other| other.starts_with(&folder)), "{}", name);
        }
        files.iter().for_each(|(name, bytes)| look_at(name, bytes));
        for enclosed in &written.collections {
            let lines = file(&out, &enclosed.path).lines().count() as u64;
            prop_assert_eq!(lines, enclosed.records);
        }
    }
}
