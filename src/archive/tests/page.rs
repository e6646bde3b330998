//! The page: says what it must, runs nothing, loads nothing.

use super::firm::*;
use crate::archive::write;
use crate::map::Role;
use crate::record::Value;

#[test]
fn the_page_says_first_what_a_person_needs() {
    let (_dir, out, ..) = archive();
    let page = file(&out, "START-HERE.html");
    for text in [
        "R-81f2 (12)",
        "20 November 2026",
        "21 December 2026",
        "23 November 2026, 06:05 UTC",
        "Meridian &lt;Trade&gt; Pte. Ltd.",
        "privacy@meridian.example",
        "the PDPC",
        "ANA@example.com",
        "known from the account",
        "Backups",
        "they rotate within 30 days",
        "a line could not be read",
        "This answer is partial",
        "About another person (11)",
        "shop.accounts.new_column",
        "Messages: Body",
        "E-mail address",
    ] {
        assert!(page.contains(text), "{text} is missing");
    }
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
}

#[test]
fn the_page_runs_and_loads_nothing() {
    let (_dir, out, ..) = archive();
    let page = file(&out, "START-HERE.html");
    assert!(page.contains("default-src &#x27;none&#x27;; style-src &#x27;sha256-"));
    for text in ["<script", "javascript:", "http-equiv=\"refresh\"", "src=", "@import", "url(", "<iframe", " on"] {
        let shown = page.matches(text).count();
        // ` on` is a word too: only attributes are meant.
        match text {
            " on" => assert!(!page.split('<').any(|tag| tag.split('>').next().unwrap().contains(" on"))),
            _ => assert_eq!(shown, 0, "{text}"),
        }
    }
    assert!(page.contains("&lt;script&gt;alert(1)") && page.contains("⟨U+001B⟩[31m⟨U+202E⟩"));
    for link in page.split("href=\"").skip(1) {
        let link = link.split('"').next().unwrap().replace("&#x2f;", "/");
        assert!(link.starts_with("data/") || link.starts_with('#'), "{link}");
    }
    assert!(!page.contains('\u{1b}') && !page.contains('\u{202e}'));
}

#[test]
fn the_policy_allows_exactly_the_style_that_is_there() {
    use base64::Engine as _;
    use sha2::Digest as _;
    let (_dir, out, ..) = archive();
    let page = file(&out, "START-HERE.html");
    let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(style));
    let page = page.replace("&#x2f;", "/").replace("&#x3d;", "=");
    assert!(page.contains(&format!("sha256-{hash}")));
}

#[test]
fn names_and_contact_details_stand_at_the_top() {
    let mut map = map();
    let accounts = map.sources[1].collections.iter_mut().find(|c| c.name == "accounts").unwrap();
    accounts.fields.get_mut("email").unwrap().category = Some("user.contact.email".into());
    // Never handed out, so it is not shown here either.
    accounts.fields.get_mut("password_hash").unwrap().category = Some("user.name".into());
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("a.zip");
    write(&cover(&map), &rows(), &TestSigner::new(), &out).unwrap();
    let page = file(&out, "START-HERE.html");
    let glance = page.split("id=\"glance\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(glance.contains("<dt>E-mail address</dt><dd><bdi>ana@example.com</bdi>"), "{glance}");
    assert!(glance.contains(">Accounts</a>") && !glance.contains("<dt>Name</dt>"), "{glance}");
}

#[test]
fn many_records_stand_on_pages_beside_it_and_every_one_is_there() {
    let map = map();
    let names = names(&["id", "sender", "recipient", "body", "sent_at"]);
    let row = |i: i128| {
        let times = if i == 7 { 3 } else { 1 };
        let values = vec![Value::Int(i), text("7"), Value::Null, Value::Null, text(&format!("<i>{i}</i>"))];
        Held { count: times, ..held(&names, values, Role::Author, &[0]) }
    };
    let mut rows = Memory::default();
    rows.add("shop", "messages", (0..2500).map(row).collect());
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("a.zip");
    write(&cover(&map), &rows, &TestSigner::new(), &out).unwrap();
    let pages: Vec<String> = (1..=3).map(|i| file(&out, &format!("data/shop/pages/messages/{i}.html"))).collect();
    let all = pages.concat();
    for i in 0..2500 {
        assert_eq!(all.matches(&format!("<td>&#60;i&#62;{i}&#60;/i&#62;</td>")).count(), 1, "{i}");
    }
    assert!(!all.contains("<i>") && all.contains(">8 to 10 (identical)</th>"));
    assert_eq!(all.matches("You wrote or made it.").count(), 3, "each page says why its records are there");
    assert!(pages[0].contains("href=\"2.html\"") && !pages[0].contains("rel=\"prev\""));
    assert!(pages[2].contains("href=\"2.html\"") && !pages[2].contains("rel=\"next\""));
    let page = file(&out, "START-HERE.html").replace("&#x2f;", "/");
    for i in 1..=3 {
        assert!(page.contains(&format!("href=\"data/shop/pages/messages/{i}.html\"")), "{i}");
        assert!(pages[i - 1].contains("href=\"../../../../START-HERE.html#collection-1\""), "{i}");
    }
    assert!(!unpack(&out).iter().any(|(name, _)| name == "data/shop/pages/messages/4.html"));
    assert!(crate::archive::check(&out, None, &[]).unwrap().whole);
}
