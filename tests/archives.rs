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
pub fn decide(list: &std::path::Path, verdict: impl Fn(&csv::StringRecord) -> &'static str) -> Vec<u8> {
    let mut reader = csv::Reader::from_path(list).unwrap();
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(reader.headers().unwrap()).unwrap();
    for record in reader.records() {
        let record = record.unwrap();
        let decided = verdict(&record);
        let because = if decided.is_empty() { "" } else { "read by the officer" };
        let cells: Vec<&str> = record.iter().take(7).chain([decided, because, "", "", ""]).collect();
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

    let release = |archive: &str| run(&["release", archive, "--to", "her", "--channel", "her account", "--plain"]);
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

    let (code, text) = run(&["release", &second, "--to", "her", "--channel", "a letter"]);
    assert!(code == 4 && text.contains("the archive is open") && text.contains("--plain"), "{code} {text}");
    let sealed = path("sealed.zip");
    let (_, text) = run(&["export", SHE, "--request", &request, "-o", &sealed, "--seal", "--json"]);
    let report: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(report["passphrase"].as_str().map(str::len), Some(29), "{text}");
    let (code, text) = run(&["release", &sealed, "--to", "her", "--channel", "a letter"]);
    assert_eq!(code, 0, "closed, it may go by any channel: {text}");
    let (code, text) = run(&["export", SHE, "--request", &request, "--seal-to", "AGE-SECRET-KEY-1ABC"]);
    assert!(code == 2 && text.contains("secret key") && !text.contains("1ABC"), "{text}");
    let hers = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
    let closed = path("closed.age");
    let (code, text) = run(&["export", SHE, "--request", &request, "-o", &closed, "--seal-to", hers]);
    assert!(code == 0 && text.contains("age -d -i KEYFILE") && !text.contains("--plain"), "{text}");
    let (code, text) = run(&["check-archive", &closed]);
    assert!(code == 4 && text.contains("[closed]") && text.contains("the holder of a key"), "{text}");
    let (code, text) = run(&["release", &closed, "--to", "her", "--channel", "e-mail"]);
    assert_eq!(code, 0, "closed for her, it may go by any channel: {text}");
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

#[test]
fn somebody_elses_identifier_stops_the_export_until_an_officer_has_decided() {
    let dir = demo();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let run = |args: &[&str]| ended(&redress(dir.path(), args));
    // A typist put another customer's address where her company's mailbox stands, and a note names him.
    let shop = rusqlite::Connection::open(path("shop.db")).unwrap();
    shop.execute("UPDATE accounts SET contact_email = 'Ikram@Harbourlight.example' WHERE id = 1", []).unwrap();
    shop.execute("UPDATE support_notes SET body = 'Refund agreed with Ikram Velloso, not ikram@harbourlight.example or Bo.' WHERE id = 1", []).unwrap();
    drop(shop);

    let (out, list) = (path("out.zip"), path("list.csv"));
    let (code, text) = run(&["export", SHE, "--verified", "x", "-o", &out]);
    assert!(code == 4 && text.contains("1 identifier of other people, in shop.accounts.contact_email (1)"), "{text}");
    assert!(!text.to_lowercase().contains("ikram@"), "never the value: {text}");
    assert!(!std::path::Path::new(&out).exists());

    let (code, text) = run(&["export", SHE, "--verified", "x", "-o", &out, "--list", &list, "--json"]);
    assert_eq!(code, 3, "it is withheld and listed: {text}");
    let report: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let request = report["request"].to_string();
    let decided = decide(std::path::Path::new(&list), |item| match &item[5] {
        "review" if item[6].contains("Velloso") || item[6].to_lowercase().contains("ikram@") => "redact",
        "review" | "unknown-column" => "withhold",
        _ => "",
    });
    std::fs::write(&list, decided).unwrap();
    let (code, text) = run(&["export", SHE, "--request", &request, "-o", &out, "--decisions", &list]);
    assert!(code == 0 || code == 3, "{code} {text}");
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&out).unwrap()).unwrap();
    let notes = std::io::read_to_string(zip.by_name("data/shop/support_notes.jsonl").unwrap()).unwrap();
    let agreed = notes.split(r#"{"$redacted":"Refund agreed with "#).nth(1).unwrap_or_else(|| panic!("{notes}"));
    let person = agreed.split(',').next().unwrap();
    assert!(person.starts_with("Person ") && agreed.contains(&format!(", not {person} or Bo.")), "one person: {notes}");
    let account = std::io::read_to_string(zip.by_name("data/shop/accounts.jsonl").unwrap()).unwrap();
    assert!(account.contains(&format!(r#""contact_email":{{"$redacted":"{person}"}}"#)), "the same: {account}");
    for i in 0..zip.len() {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut zip.by_index(i).unwrap(), &mut bytes).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).to_lowercase().contains("ikram"));
    }
    let (code, text) = run(&["export", SHE, "--request", &request, "-o", &out]);
    assert!(code == 0 || code == 3, "what was decided is remembered: {code} {text}");
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_leaves_the_old_file_and_nothing_else() {
    let dir = demo();
    let (program, out) = (env!("CARGO_BIN_EXE_redress"), dir.path().join("out.zip"));
    std::fs::write(&out, "the old file").unwrap();
    let before = names_in(dir.path());
    // No file may grow beyond so many blocks of 512 bytes: writing then fails as on a full disk.
    let script = format!(
        "trap '' XFSZ; ulimit -f 300; exec {program} -C {dir} export {SHE} --verified x -o {out}",
        dir = dir.path().display(),
        out = out.display()
    );
    let run = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(1), "{said}");
    assert!(said.contains("cannot write"), "{said}");
    assert_eq!(std::fs::read(&out).unwrap(), b"the old file");
    assert_eq!(names_in(dir.path()), before, "nothing half-written is left");
}

/// What lies in a folder, but for the register's own files.
#[cfg(unix)]
fn names_in(folder: &std::path::Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with("register")).collect();
    names.sort();
    names
}

/// A number of another person's account in a ticket of hers, where the map says that it is one.
#[test]
fn another_persons_account_number_stops_the_export() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    std::fs::create_dir(dir.path().join("sources")).unwrap();
    let workspace = "version = 1\n[controller]\nname = \"Firm\"\n[identity.email]\nnormal = \"email\"\n\
        [identity.account]\nstrength = \"shared\"\n[identity.staff]\n";
    write("redress.toml", workspace);
    write(
        "sources/desk.toml",
        r#"
kind = "sqlite"
path = "desk.db"
[collection.people]
person = true
key = "id"
identities = { email = "email", account = "no" }
fields.email = { category = "user.contact.email" }
[collection.staff]
person = true
key = "id"
identities = { staff = "id" }
[collection.tickets]
key = "id"
identities = { email = "mail", account = "account_no" }
fields.hours = "Hours"
"#,
    );
    let tables = "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT UNIQUE, no INTEGER);
        CREATE TABLE staff (id INTEGER PRIMARY KEY);
        CREATE TABLE tickets (id INTEGER PRIMARY KEY, mail TEXT, account_no INTEGER, hours INTEGER);
        INSERT INTO people VALUES (1, 'ana@x.example', 51), (2, 'bo@x.example', 52);
        INSERT INTO staff VALUES (53);
        INSERT INTO tickets VALUES (1, 'ana@x.example', 51, 52), (2, 'ana@x.example', 53, 1);";
    let desk = rusqlite::Connection::open(dir.path().join("desk.db")).unwrap();
    desk.execute_batch(tables).unwrap();
    let out = dir.path().join("out.zip").to_str().unwrap().to_owned();
    let export = ["export", "email=ana@x.example", "--verified", "x", "-o", &out];
    let (code, text) = ended(&redress(dir.path(), &export));
    assert_eq!(code, 0, "her own, a count, the number of an employee: {text}");
    desk.execute("UPDATE tickets SET account_no = 52 WHERE id = 2", []).unwrap();
    let (code, text) = ended(&redress(dir.path(), &export));
    assert!(
        code == 4 && text.contains("1 identifier of other people, in desk.tickets.account_no (1)"),
        "{code} {text}"
    );
}

#[test]
fn the_person_is_answered_in_her_language_and_the_request_remembers_it() {
    let dir = demo();
    let out = dir.path().join("a.zip");
    let archive = out.to_str().unwrap();
    let run = |args: &[&str]| ended(&redress(dir.path(), args));
    let said = |args: &[&str]| -> serde_json::Value {
        let (_, text) = run(&[args, &["-o", archive, "--json"]].concat());
        serde_json::from_str(text.lines().next().unwrap()).unwrap_or_else(|_| panic!("{text}"))
    };
    let page = || {
        let mut zip = zip::ZipArchive::new(std::fs::File::open(&out).unwrap()).unwrap();
        std::io::read_to_string(zip.by_name("START-HERE.html").unwrap()).unwrap()
    };
    let first = said(&["export", SHE, "--verified", "x", "--language", "de-AT"]);
    let request = first["request"].to_string();
    assert_eq!(first["language"], "de");
    assert!(page().contains("<html lang=\"de\">") && page().contains("Ihre Kontaktdaten"));
    // The next export and the record of erasure take it again, until another is named.
    assert_eq!(said(&["export", &request])["language"], "de");
    assert_eq!(said(&["export", &request, "--language", "zh-CN"])["language"], "zh-Hans");
    assert!(page().contains("<html lang=\"zh-Hans\">"));
    assert_eq!(said(&["export", &request])["language"], "zh-Hans");

    let (code, text) = run(&["export", SHE, "--verified", "x", "--language", "sv"]);
    assert!(
        code == 2 && text.contains("no answer is written in it; the languages are en, de, fr, es, zh-Hans"),
        "{text}"
    );

    // Without one it is the first of the controller's languages that there is; that another was meant is said.
    let map = dir.path().join("redress.toml");
    let with = |languages: &str| {
        let text = std::fs::read_to_string(&map).unwrap();
        let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("languages = ")).collect();
        let text = kept.join("\n").replacen("[controller]\n", &format!("[controller]\nlanguages = {languages}\n"), 1);
        std::fs::write(&map, text).unwrap();
    };
    with("[\"fr-CA\", \"en\"]");
    assert_eq!(said(&["export", SHE, "--verified", "x"])["language"], "fr");
    assert_eq!(said(&["export", &request])["language"], "zh-Hans", "the request's own comes first");
    with("[\"sv\"]");
    let (code, text) = run(&["export", SHE, "--verified", "x", "-o", archive]);
    assert!(code == 3 || code == 0, "{text}");
    assert!(text.contains("Written in en: there are no texts in sv, the first language of [controller]."), "{text}");
}
