//! `redress undo`: what was erased comes back as it was, as long as the map says, and until then nothing is answered.

use crate::shelf::{KINDS, Kind, Shelf, people};

const ERASE: [&str; 4] = ["erase", "email=ana@x.example", "--verified", "known"];

/// A shelf whose erasures can be taken back, and the file with the secret key.
fn shelf(kind: Kind) -> Option<(Shelf, String)> {
    let shelf = Shelf::new(kind)?;
    shelf.fill(&people());
    let key = undoable(&shelf, "P7D");
    Some((shelf, key))
}

/// Lets erasures of a workspace be taken back; gives the file with the secret key.
fn undoable(shelf: &Shelf, window: &str) -> String {
    use age::secrecy::ExposeSecret as _;
    let key = age::x25519::Identity::generate();
    let path = shelf.dir.path().join("officer.key");
    std::fs::write(&path, format!("# of the officer\n{}\n", key.to_string().expose_secret())).unwrap();
    shelf.also(&format!("[undo]\nwindow = \"{window}\"\nkeys = {{ officer = \"{}\" }}\n", key.to_public()));
    path.to_str().unwrap().to_owned()
}

/// Lets the time be over.
fn pass(shelf: &Shelf) {
    let register = rusqlite::Connection::open(shelf.dir.path().join(".redress/register.db")).unwrap();
    assert_eq!(register.execute("UPDATE undo SET until = '2020-01-01'", []).unwrap(), 1);
}

/// The bytes of the files of a source; nothing of a server.
fn files(shelf: &Shelf) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = std::fs::read_dir(shelf.dir.path().join("shop")) else { return Vec::new() };
    let mut files: Vec<_> = entries
        .map(|e| e.unwrap().path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn undo_folder(shelf: &Shelf) -> usize {
    std::fs::read_dir(shelf.dir.path().join(".redress/undo")).map_or(0, Iterator::count)
}

#[test]
fn what_was_erased_comes_back_as_it_was() {
    for kind in KINDS {
        let Some((shelf, key)) = shelf(kind) else { continue };
        let (before, bytes) = (shelf.all(), files(&shelf));
        shelf.run(&ERASE, 0, &["Once applied it can be taken back for P7D"]);
        shelf.run(&["apply", "1", "--yes"], 0, &["It can be taken back until", "Swept", "3 records deleted"]);
        let erased = shelf.all();
        assert_ne!(before, erased);
        // Isolated: no record, no answer, and it says so.
        assert!(!shelf.dir.path().join(".redress/records").exists(), "{kind:?}: no record of erasure is issued");
        shelf.run(&[], 0, &["erasure: plan 1 is applied and can be taken back until", "redress undo 1"]);
        shelf.run(&["plan", "list"], 0, &["1  erase  isolated", "can be taken back until"]);
        shelf.run(&["report"], 0, &["plan 1  can be taken back until"]);
        shelf.run(&["finish"], 0, &["Nothing waits"]);
        shelf.run(&["apply", "1", "--yes"], 0, &["It can be taken back until"]);
        assert_eq!(undo_folder(&shelf), 1);

        shelf.run(
            &["undo", "1", "-i", &key, "--because", "a mistake"],
            0,
            &["Plan 1 is taken back", "Request #1 waits"],
        );
        assert_eq!(shelf.all(), before, "{kind:?}");
        assert_eq!(files(&shelf), bytes, "{kind:?}: byte for byte");
        assert_eq!(undo_folder(&shelf), 0, "{kind:?}: the before-images are gone");
        shelf.run(&["undo", "1", "-i", &key], 4, &["no erasure of request #1 can be taken back"]);
        shelf.run(&["apply", "1", "--yes"], 4, &["plan 1 was taken back"]);
        shelf.run(&["plan", "list"], 0, &["1  erase  undone"]);
        shelf.run(&[], 0, &["plan 1 was taken back", "redress erase 1"]);
        // The ledger does not know her any more.
        shelf.run(&["replay", "shop", "--json"], 0, &["\"people\":0", "\"plan\":null"]);
        shelf.run(&["log", "check"], 0, &[]);

        // She can be erased again, and in the end it is over.
        shelf.run(&["erase", "1"], 0, &[]);
        shelf.run(&["apply", "2", "--yes"], 0, &[]);
        assert_eq!(shelf.all(), erased, "{kind:?}");
    }
}

#[test]
fn when_the_time_is_over_it_is_answered_and_cannot_be_taken_back() {
    for kind in KINDS {
        let Some((shelf, key)) = shelf(kind) else { continue };
        shelf.run(&ERASE, 0, &[]);
        shelf.run(&["apply", "1", "--yes"], 0, &[]);
        let erased = shelf.all();
        pass(&shelf);
        shelf.run(&["undo", "1", "-i", &key], 4, &["could be taken back until 2020-01-01", "redress finish"]);
        shelf.run(&[], 0, &["could be taken back until 2020-01-01", "redress finish"]);
        shelf.run(&["report"], 0, &["1 plan to be ended"]);
        shelf.run(
            &["finish"],
            0,
            &["Plan 1 can be taken back no longer", "Swept", "Record of erasure, for the person"],
        );
        assert_eq!(shelf.all(), erased, "{kind:?}");
        assert_eq!(undo_folder(&shelf), 0, "{kind:?}: the before-images are gone");
        assert!(shelf.dir.path().join(".redress/records/0001-person.json").exists());
        shelf.run(&[], 0, &["No request is open"]);
        shelf.run(&["undo", "1", "-i", &key], 4, &["no erasure"]);
        shelf.run(&["finish"], 0, &["wait"]);
        shelf.run(&["log", "check"], 0, &[]);
    }
}

#[test]
fn what_somebody_changed_meanwhile_is_named_and_nothing_is_changed() {
    for kind in KINDS {
        let Some((shelf, key)) = shelf(kind) else { continue };
        shelf.run(&ERASE, 0, &[]);
        shelf.run(&["apply", "1", "--yes"], 0, &[]);
        // Somebody took the number of an order that is gone; or, in files, changed something in the middle.
        let mut rows = crate::shelf::rows(&["people 1,,,2001-01-01", "people 2,bo@x.example,Bo Tan,2001-01-01"]);
        rows.extend(crate::shelf::rows(&[
            "orders 7,2,2010-01-01,Bo Tan",
            "orders 8,1,2090-01-01,",
            "orders 9,2,2010-01-01,Bo Tan",
        ]));
        rows.extend(crate::shelf::rows(&["visits bo@x.example,monday"]));
        shelf.fill(&rows);
        let now = shelf.all();
        let says =
            if matches!(kind, Kind::Csv | Kind::Ndjson) { "nor as the plan left it" } else { "shop.orders no=7" };
        shelf.run(&["undo", "1", "-i", &key], 4, &[says]);
        assert_eq!(shelf.all(), now, "{kind:?}: nothing is half done");
        assert_eq!(undo_folder(&shelf), 1, "{kind:?}");
    }
}

#[test]
fn a_file_that_only_grew_is_taken_back_with_what_came() {
    for kind in [Kind::Csv, Kind::Ndjson] {
        let Some((shelf, key)) = shelf(kind) else { continue };
        let bytes = files(&shelf);
        shelf.run(&ERASE, 0, &[]);
        shelf.run(&["apply", "1", "--yes"], 0, &[]);
        let (path, more) = match kind {
            Kind::Csv => ("shop/visits.csv", "cy@x.example,sunday\n"),
            _ => ("shop/visits.ndjson", "{\"mail\":\"cy@x.example\",\"seen\":\"sunday\"}\n"),
        };
        let path = shelf.dir.path().join(path);
        std::fs::write(&path, std::fs::read_to_string(&path).unwrap() + more).unwrap();
        shelf.run(&["undo", "1", "-i", &key], 0, &[]);
        let wanted = |(name, mut bytes): (String, Vec<u8>)| {
            if name.contains("visits") {
                bytes.extend(more.bytes());
            }
            (name, bytes)
        };
        assert_eq!(files(&shelf), bytes.into_iter().map(wanted).collect::<Vec<_>>());
    }
}

#[test]
fn a_window_past_the_deadline_is_refused_and_can_be_done_without() {
    let shelf = Shelf::new(Kind::Sqlite).unwrap();
    shelf.fill(&people());
    let key = undoable(&shelf, "P2M");
    shelf.run(&ERASE, 4, &["must be answered by", "--without-undo"]);
    shelf.run(&["erase", "1", "--without-undo", "she waits"], 0, &[]);
    shelf.run(&["apply", "1", "--yes"], 0, &["Record of erasure"]);
    shelf.run(&["undo", "1", "-i", &key], 4, &["no erasure of request #1"]);
}

#[test]
fn only_the_officers_key_opens_it() {
    let (shelf, key) = shelf(Kind::Sqlite).unwrap();
    shelf.run(&ERASE, 0, &[]);
    shelf.run(&["apply", "1", "--yes"], 0, &[]);
    let images = std::fs::read(shelf.dir.path().join(".redress/undo/0001.age")).unwrap();
    assert!(images.starts_with(b"age-encryption.org/v1\n"));
    let other = shelf.dir.path().join("other.key");
    use age::secrecy::ExposeSecret as _;
    std::fs::write(&other, age::x25519::Identity::generate().to_string().expose_secret()).unwrap();
    shelf.run(&["undo", "1", "-i", other.to_str().unwrap()], 4, &["does not open it"]);
    std::fs::write(&other, "nothing").unwrap();
    shelf.run(&["undo", "1", "-i", other.to_str().unwrap()], 1, &["holds no secret key of age"]);
    shelf.run(&["undo", "1", "-i", &key], 0, &[]);
}

#[test]
fn an_undo_that_is_no_undo_is_a_fault_of_the_map() {
    for (undo, says) in [
        ("[undo]\n", "say for how long"),
        ("[undo]\nwindow = \"P7D\"\n", "say who can take it back"),
        ("[undo]\nwindow = \"PT5H\"\nkeys = { bo = \"age1abc\" }\n", "hours"),
        ("[undo]\nwindow = \"P7D\"\nkeys = { bo = \"AGE-SECRET-KEY-1X\" }\n", "is not a public key of age"),
    ] {
        let shelf = Shelf::new(Kind::Csv).unwrap();
        shelf.fill(&people());
        shelf.also(undo);
        let ended = shelf.run(&["check"], 1, &[says]);
        assert!(!ended.text.contains("SECRET-KEY-1X"), "{}", ended.text);
    }
}

/// A file that a record names comes back under its name; one that somebody put there meanwhile is left and named.
#[test]
fn files_that_records_name_come_back() {
    for kind in KINDS {
        for taken in [false, true] {
            let Some((shelf, key)) = shelf(kind) else { continue };
            let map = shelf.dir.path().join("sources/shop.toml");
            let text = std::fs::read_to_string(&map).unwrap();
            let (before, now) = ("\"user.name\", erase = \"null\"", "\"user.name\", erase = { file = \"photos\" }");
            assert!(text.contains(before));
            std::fs::write(&map, text.replace(before, now)).unwrap();
            let photo = shelf.dir.path().join("photos/Ana Lim");
            std::fs::create_dir(photo.parent().unwrap()).unwrap();
            let bytes: Vec<u8> = (0..200_000u32).map(|n| (n % 251) as u8).collect();
            std::fs::write(&photo, &bytes).unwrap();
            let rows = shelf.all();
            shelf.run(&ERASE, 0, &[]);
            shelf.run(&["apply", "1", "--yes"], 0, &["1 file deleted"]);
            assert!(!photo.exists(), "{kind:?}");
            if taken {
                std::fs::write(&photo, "another").unwrap();
                let erased = shelf.all();
                shelf.run(&["undo", "1", "-i", &key], 4, &["Nothing was changed", "photos/Ana Lim"]);
                assert_eq!(shelf.all(), erased, "{kind:?}");
                assert_eq!(std::fs::read(&photo).unwrap(), b"another");
                std::fs::remove_file(&photo).unwrap();
            }
            shelf.run(&["undo", "1", "-i", &key], 0, &["and 1 file restored"]);
            assert_eq!(shelf.all(), rows, "{kind:?}");
            assert_eq!(std::fs::read(&photo).unwrap(), bytes, "{kind:?}");
            assert_eq!(std::fs::read_dir(photo.parent().unwrap()).unwrap().count(), 1, "{kind:?}: nothing beside");
        }
    }
}
