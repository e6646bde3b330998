//! The letter: the same answer as the page, as text that other programs read, and nothing that is withheld.

use super::firm::*;
use super::programs::others::said;
use crate::archive::{Cover, Print, Review, write};
use crate::map::DataMap;

/// The text of the letter as poppler reads it; `None` where poppler is missing.
fn text_of(map: &DataMap, print: Print) -> Option<(String, String)> {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("a.zip");
    let review = Review::default();
    write(&Cover { print, review, ..cover(map) }, &rows(), &TestSigner::new(), &out).unwrap();
    let (_, pdf) = unpack(&out).into_iter().find(|(name, _)| name == "answer.pdf").unwrap();
    std::fs::write(dir.path().join("answer.pdf"), pdf).unwrap();
    let text = said("pdftotext", &["-enc", "UTF-8", "answer.pdf", "-"], dir.path())?;
    Some((text.split_whitespace().collect::<Vec<_>>().join(" "), said("pdfinfo", &["answer.pdf"], dir.path())?))
}

#[test]
fn it_says_what_the_page_says_and_every_name_as_it_is_written() {
    let mut map = map();
    map.controller.contact = Some("王小明, Ελένη, محمد, 김철수, अमित, privacy@meridian.example".into());
    let Some((text, info)) = text_of(&map, Print::Usual) else { return };
    for part in [
        "This answer is partial",
        "Reference of your request: R-81f2 (12)",
        "Meridian <Trade> Pte. Ltd.",
        "王小明, Ελένη, ",
        "privacy@meridian.example",
        "김철수",
        "محمد",
        "You can complain to the PDPC",
        "About another person (11)",
        "Not searched",
        "Backups: they rotate within 30 days",
        "Messages: 3 records",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    for hidden in [SECRET, OTHER, HASH, FREE, "aml_alerts", "Money laundering"] {
        assert!(!text.contains(hidden), "{hidden}");
    }
    assert!(
        info.contains("Tagged: yes") || info.lines().any(|l| l.starts_with("Tagged:") && l.ends_with("yes")),
        "{info}"
    );
}

#[test]
fn large_print_is_the_same_text_on_more_pages() {
    let map = map();
    let Some((usual, info)) = text_of(&map, Print::Usual) else { return };
    let Some((large, more)) = text_of(&map, Print::Large) else { return };
    let pages = |info: &str| -> u32 {
        let line = info.lines().find_map(|l| l.strip_prefix("Pages:")).unwrap();
        line.trim().parse().unwrap()
    };
    let bare = |text: &str| -> String {
        let text: Vec<&str> = text.split("Reference R-81f2 (12) · page ").collect();
        text.join(" ").split_whitespace().filter(|w| !w.chars().all(|c| c.is_ascii_digit()) && *w != "of").collect()
    };
    assert!(pages(&more) > pages(&info));
    assert_eq!(bare(&usual), bare(&large));
}
