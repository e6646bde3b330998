//! `redress plan list` and `plan show`: as text, as JSON, and as a page for people who do not use the program.

use crate::firm::Firm;

/// Values that try to leave their place.
const HOSTILE: &str =
    "</style><script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}&amp;\u{202e}\u{1b}[31m";

fn planned() -> Firm {
    let firm = Firm::new();
    firm.run(&["erase", "email=ana@x.example", "--verified", "known", "-o", "erase.plan"]).is(0, &[]);
    firm
}

#[test]
fn the_text_says_what_happens_to_each_record_and_why() {
    let firm = planned();
    firm.run(&["plan", "list"]).is(0, &["1  erase  new  request #1"]);
    for plan in ["1", "#1", "erase.plan"] {
        firm.run(&["plan", "show", plan]).is(
            0,
            &[
                "Plan 1: 7 records deleted, 1 changed, 2 kept",
                "events.events id=1: the map says that it goes",
                "(2 identical)",
                "shop.orders no=7: Kept for tax law (Tax Act s. 1), until 2031-01-01",
                "shop.people id=1: records that stay refer to it",
            ],
        );
    }
    for (plan, code) in [("9", 1), ("nowhere.plan", 1), ("events.ndjson", 4)] {
        firm.run(&["plan", "show", plan]).is(code, &["error:"]);
    }
}

#[test]
fn the_json_holds_what_the_text_says() {
    let firm = planned();
    let report = firm.run(&["plan", "show", "1", "--json"]).is(0, &[]).json();
    assert_eq!(report["totals"], serde_json::json!({"delete": 7, "anonymise": 1, "keep": 2}));
    assert_eq!((&report["kind"], &report["complete"]), (&"erase".into(), &true.into()));
    let order = report["changes"].as_array().unwrap().iter().find(|c| c["key"]["no"] == 7).unwrap();
    assert_eq!(order["reason"]["until"], "2031-01-01");
}

#[test]
fn the_page_can_be_read_alone_and_says_that_nothing_has_changed() {
    let firm = planned();
    firm.run(&["plan", "show", "1", "-o", "x.html"]).is(2, &["--html"]);
    let shown = firm.run(&["plan", "show", "1", "--html"]);
    let written = firm.run(&["plan", "show", "1", "--html", "-o", "plan.html"]);
    written.is(0, &["The page was written to plan.html"]);
    let page = firm.file("plan.html");
    assert_eq!((shown.code, &shown.out), (0, &page));
    let head = firm.run(&["plan", "show", "1", "--json"]).json();
    let (digest, head) = (head["sha256"].as_str().unwrap(), head["log_head"].as_str().unwrap());
    for part in [
        "<title>Plan 1: erasure</title>",
        "Nothing has been changed yet.",
        "Plan 1: 7 records deleted, 1 changed, 2 kept",
        "#1",
        "ana@x.example",
        "Law: Tax Act s. 1",
        "1 January 2031",
        "redress apply 1",
        digest,
        head,
    ] {
        assert!(page.contains(part), "{part}");
    }
    for never in ["<script", "<link", "<img", "<iframe", "http:", "https:", "javascript:", "@import", "url("] {
        assert!(!page.contains(never), "{never}");
    }
    assert!(page.contains("default-src 'none'") || page.contains("default-src &#x27;none&#x27;"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(firm.path().join("plan.html")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    firm.run(&["apply", "1", "--yes"]).is(0, &[]);
    let after = firm.run(&["plan", "show", "1", "--html"]).out;
    assert!(after.contains("This plan was applied.") && !after.contains("Nothing has been changed yet"));
}

#[test]
fn the_style_is_the_one_the_policy_allows() {
    use base64::Engine as _;
    use sha2::Digest as _;
    let page = planned().run(&["plan", "show", "1", "--html"]).out;
    let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(style));
    let policy = page.split("content=\"").nth(1).unwrap().split('"').next().unwrap();
    let policy = policy.replace("&#x27;", "'").replace("&#x2f;", "/").replace("&#x2b;", "+");
    assert_eq!(policy, format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"));
}

#[test]
fn hostile_values_stay_text() {
    let firm = Firm::new();
    let set = format!("shop.people.name={HOSTILE}");
    firm.run(&["correct", "email=ana@x.example", "--verified", HOSTILE, "--set", &set, "--with", "2"]).is(0, &[]);
    let page = firm.run(&["plan", "show", "1", "--html"]).out;
    assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
    assert!(!page.contains(['\u{202e}', '\u{1b}']));
    assert!(page.contains("⟨U+202E⟩⟨U+001B⟩[31m") && page.contains("{{ 7*7 }}"));
    assert_eq!(page.matches("</style>").count(), 1);
    let text = firm.run(&["plan", "show", "1"]).out;
    assert!(!text.contains(['\u{202e}', '\u{1b}']), "{text}");
}

#[test]
fn the_manual_explains_every_key_of_the_file() {
    let firm = Firm::new();
    let args = ["correct", "email=ana@x.example", "--verified", "known", "--set", "shop.orders.bill_to=A"];
    firm.run(&[&args[..], &["--where", "no=7", "-o", "p"]].concat()).is(0, &[]);
    let manual = include_str!("../docs/plan.md");
    for line in firm.file("p").lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let asked = line["asked"].as_object().into_iter().flatten();
        for (key, _) in line.as_object().unwrap().iter().chain(asked) {
            assert!(manual.contains(&format!("`{key}`")) || manual.contains(&format!("\"{key}\"")), "{key}");
        }
    }
    let manual = include_str!("../docs/log.md");
    for line in firm.run(&["log", "show"]).out.lines() {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        for (key, _) in entry.as_object().unwrap() {
            assert!(manual.contains(&format!("| `{key}` |")), "{key}");
        }
    }
}
