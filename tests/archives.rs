//! The fixture firm's archives, made as a script makes them and held against other people's programs.

use super::commands::{demo, ended, redress};
use super::programs::every_program_accepts;

#[test]
fn the_archive_of_the_demo_passes_every_program() {
    let dir = demo();
    let archive = dir.path().join("archive.zip");
    let (code, text) = ended(&redress(dir.path(), &["check-archive", archive.to_str().unwrap(), "--json"]));
    assert_eq!(code, 0, "{text}");
    let report: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    every_program_accepts(&archive, report["key"].as_str().unwrap());
}

const SHE: &str = "email=nadia@quillfeather.example";

/// The list of what waits, with every open item decided.
fn decide(list: &std::path::Path, verdict: impl Fn(&csv::StringRecord) -> &'static str) -> Vec<u8> {
    let mut reader = csv::Reader::from_path(list).unwrap();
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(reader.headers().unwrap()).unwrap();
    for record in reader.records() {
        let record = record.unwrap();
        let decided = verdict(&record);
        let because = if decided.is_empty() { "" } else { "read by the officer" };
        let cells: Vec<&str> = record.iter().take(7).chain([decided, because, ""]).collect();
        out.write_record(cells).unwrap();
    }
    out.into_inner().unwrap()
}

#[test]
fn reviewed_then_released_and_not_before() {
    let dir = demo();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let run = |args: &[&str]| ended(&redress(dir.path(), args));
    let (first, list, second) = (path("first.zip"), path("list.csv"), path("second.zip"));
    let (code, text) = run(&["export", SHE, "--verified", "x", "-o", &first, "--list", &list, "--json"]);
    assert_eq!(code, 3, "{text}");
    let report: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let (request, pending) = (report["request"].to_string(), report["pending"].as_u64().unwrap());
    assert!(pending > 0);

    let release = |archive: &str| run(&["release", archive, "--to", "her", "--channel", "her account"]);
    let (code, text) = release(&first);
    assert!(code == 4 && text.contains(&format!("{pending} values of it wait")), "{code} {text}");

    std::fs::write(&list, "item,decision,because\nx,perhaps,y\n").unwrap();
    let again = |file: &str, rest: &[&str]| {
        let args = ["export", SHE, "--request", &request, "-o", file];
        run(&[&args[..], rest].concat())
    };
    let (code, text) = again(&second, &["--decisions", &list]);
    assert!(code == 2 && text.contains("line 2"), "{code} {text}");
    assert!(!std::path::Path::new(&second).exists());
    let (code, text) = again(&second, &["--review"]);
    assert!(code == 2 && text.contains("--decisions FILE"), "nobody is at the terminal: {code} {text}");

    again(&second, &["--list", &list]);
    let reasons = decide(std::path::Path::new(&list), |item| if &item[5] == "review" { "give" } else { "redact" });
    std::fs::write(&list, reasons).unwrap();
    let (code, text) = again(&second, &["--decisions", &list]);
    assert_eq!(code, 0, "{text}");
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&second).unwrap()).unwrap();
    let messages = std::io::read_to_string(zip.by_name("data/shop/messages.jsonl").unwrap()).unwrap();
    assert!(!messages.contains("$withheld") && messages.contains(r#"{"$redacted":"Person "#), "{messages}");
    // The decisions are remembered: nothing waits when it is exported once more.
    let (code, text) = again(&second, &[]);
    assert_eq!(code, 0, "{text}");

    let (code, text) = run(&["release", &second, "--to", "her", "--channel", "x", "--request", "99"]);
    assert_ne!(code, 0, "{text}");
    let bytes = std::fs::read(&second).unwrap();
    std::fs::write(&first, [&bytes[..], b"x"].concat()).unwrap();
    let (code, text) = release(&first);
    assert!(code == 4 && text.contains("no archive that this workspace made"), "{code} {text}");
    let (code, text) = release(&second);
    assert!(code == 0 && text.contains("answered: partly"), "{code} {text}");
    let (code, text) = run(&["log", "check"]);
    assert_eq!(code, 0, "{text}");
    let (_, text) = run(&["log", "show"]);
    assert!(text.contains("\"release\"") && !text.contains("her account"), "{text}");
    let (code, text) = run(&["check-archive", &second, "--json"]);
    let checked: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(code, 0);
    every_program_accepts(std::path::Path::new(&second), checked["key"].as_str().unwrap());
}
