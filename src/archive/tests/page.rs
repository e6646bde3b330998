//! The page: says what it must, runs nothing, loads nothing.

use super::firm::*;

#[test]
fn the_page_says_first_what_a_person_needs() {
    let (_dir, out, ..) = archive();
    let page = file(&out, "START-HERE.html");
    for text in [
        "R-81f2 (12)",
        "2026-11-20",
        "2026-12-21",
        "2026-11-23 06:05 UTC",
        "Meridian &lt;Trade&gt; Pte. Ltd.",
        "privacy@meridian.example",
        "the PDPC",
        "ANA@example.com",
        "known from the account",
        "Backups",
        "they rotate within 30 days",
        "the line is not JSON",
        "It is not yet the full answer",
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
