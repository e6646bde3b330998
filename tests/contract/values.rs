//! Values out and back unchanged, questions answered whole, whichever database holds them.

use redress::map::NormalForm;
use redress::record::{FieldPath, Key, Record, Value};
use redress::source::{Edit, EditChange, Probe, Question, Wanted, open, open_writer};

use super::{ENGINES, Engine, World};

fn key(id: i128) -> Key {
    Key::Columns(vec![("id".into(), Value::Int(id))])
}

fn record(w: &World, id: i128) -> Record {
    let mut found = None;
    let sample = open(&w.address(), "shop").unwrap().sample("t", 100).unwrap();
    sample.into_iter().filter(|r| r.get("id") == Some(&Value::Int(id))).for_each(|r| found = Some(r));
    found.unwrap()
}

#[test]
fn what_is_written_is_read_back_unchanged() {
    let sql = "CREATE TABLE t (id bigint NOT NULL PRIMARY KEY, n bigint, x double precision, s varchar(90), b {bytes});
        INSERT INTO t VALUES (1, 1, 1, 'a', NULL), (2, 2, 2, 'b', NULL);";
    let text = |t: &str| Value::Text(t.into());
    let cases = [
        ("n", vec![Value::Int(i64::MAX.into()), Value::Int(i64::MIN.into()), Value::Int(0), Value::Null]),
        ("x", [0.1, -1e300, 5e-324, 123_456_789.125].map(Value::Float).into()),
        (
            "s",
            ["", " ", "it's", "a\\b\"c`d", "line\r\nline\t", "日本語 é e\u{301}", "100%_", "NULL", "0x00"]
                .map(text)
                .into(),
        ),
        ("b", vec![Value::Bytes(vec![0, 255, 39, 92]), Value::Bytes((0..=89).collect()), Value::Null]),
    ];
    for engine in ENGINES {
        let Some(w) = World::new(engine, sql, "") else { continue };
        let other = record(&w, 2);
        for (column, values) in &cases {
            for value in values {
                let set = [(FieldPath::column(column), value.clone())];
                let id = key(1);
                let edit = Edit { collection: "t", key: &id, count: 1, change: EditChange::Set(&set) };
                let mut writer = open_writer(&w.address(), "shop").unwrap();
                writer.write(&[edit]).unwrap();
                writer.commit().unwrap();
                let now = record(&w, 1);
                let same = now.get(column) == Some(value);
                assert!(same, "{engine:?} {column}: {} became {}", value.show(), now.get(column).unwrap().show());
            }
        }
        assert!(record(&w, 2) == other, "{engine:?}: the record beside");
    }
}

#[test]
fn what_does_not_fit_is_an_error_and_nothing_is_changed() {
    let sql = "CREATE TABLE t (id bigint NOT NULL PRIMARY KEY, n int, s varchar(5), q varchar(9) NOT NULL UNIQUE);
        INSERT INTO t VALUES (1, 1, 'a', 'one'), (2, 2, 'b', 'two');";
    let text = |t: &str| Value::Text(t.into());
    for engine in ENGINES {
        let Some(mut w) = World::new(engine, sql, "") else { continue };
        let mut cases = vec![("q", Value::Null), ("q", text("two"))];
        if engine != Engine::Sqlite {
            cases.extend([("n", Value::Int(1 << 40)), ("s", text("too long"))]);
        }
        for (column, value) in cases {
            let (first, bad) = ([(FieldPath::column("n"), Value::Int(7))], [(FieldPath::column(column), value)]);
            let (one, two) = (key(2), key(1));
            let edits = [
                Edit { collection: "t", key: &one, count: 1, change: EditChange::Set(&first) },
                Edit { collection: "t", key: &two, count: 1, change: EditChange::Set(&bad) },
            ];
            let mut writer = open_writer(&w.address(), "shop").unwrap();
            let error = writer.write(&edits).err().unwrap_or_else(|| panic!("{engine:?} {column}"));
            assert!(!error.message.contains("two") && !error.message.contains("too long"), "{engine:?}: {error}");
            drop(writer);
            assert_eq!(w.store.rows("SELECT n, s, q FROM t ORDER BY id"), ["1,a,one", "2,b,two"], "{engine:?}");
        }
    }
}

/// The ids that a question finds.
fn found(w: &World, probes: Vec<Probe<'_>>) -> Vec<i128> {
    let question = Question { collection: "t", probes };
    let mut ids = Vec::new();
    let coverage = open(&w.address(), "shop").unwrap().search(&question, &mut |found| {
        let mut hit = false;
        question.probes.iter().for_each(|p| p.hits(&found.record, &mut |_| hit = true));
        if let (true, Some(Value::Int(id))) = (hit, found.record.get("id")) {
            ids.push(*id);
        }
        Ok(())
    });
    assert_eq!(coverage.unwrap().problems, []);
    ids.sort_unstable();
    ids
}

fn wanted(values: &[&str], form: NormalForm) -> Wanted {
    let mut wanted = Wanted::new(1);
    for value in values {
        wanted.add(&form.apply(value, None));
    }
    wanted
}

#[test]
fn every_spelling_is_found_and_no_other_and_each_record_once() {
    // Number 4 differs in an accent, 5 in a letter that folds to ASCII, 8 is another person's.
    let spellings = [
        "ana@x.example",
        "ANA@X.Example",
        "  ana@x.example\t",
        "aná@x.example",
        "an\u{aa}@x.example",
        "ana@x.example ",
        "",
        "bo@x.example",
    ];
    let rows: Vec<String> =
        spellings.iter().enumerate().map(|(i, s)| format!("({}, '{s}', {})", i + 1, i % 2)).collect();
    for index in ["", "CREATE INDEX t_mail ON t (mail);", "CREATE INDEX t_n ON t (n);"] {
        let sql = format!(
            "CREATE TABLE t (id int NOT NULL PRIMARY KEY, mail varchar(90), n int); {index} INSERT INTO t VALUES {}, (9, NULL, NULL);",
            rows.join(", ")
        );
        for engine in ENGINES {
            let Some(w) = World::new(engine, &sql, "") else { continue };
            let mails = wanted(&["Ana@x.example"], NormalForm::Email);
            let numbers = wanted(&["1"], NormalForm::Exact);
            let (mail, n) = ([FieldPath::column("mail")], [FieldPath::column("n")]);
            let by_mail = || Probe { fields: &mail, form: NormalForm::Email, country: None, wanted: &mails };
            let by_number = || Probe { fields: &n, form: NormalForm::Exact, country: None, wanted: &numbers };
            let hers = [1, 2, 3, 6];
            assert_eq!(found(&w, vec![by_mail()]), hers, "{engine:?} {index}");
            assert_eq!(found(&w, vec![by_number()]), [2, 4, 6, 8], "{engine:?} {index}");
            assert_eq!(found(&w, vec![by_mail(), by_number()]), [1, 2, 3, 4, 6, 8], "{engine:?} {index}");
            let exact = wanted(&["ana@x.example"], NormalForm::Exact);
            let exactly = Probe { fields: &mail, form: NormalForm::Exact, country: None, wanted: &exact };
            assert_eq!(found(&w, vec![exactly]), [1], "{engine:?} {index}");
        }
    }
}

#[test]
fn a_composite_reference_matches_all_its_parts_or_nothing() {
    let sql =
        "CREATE TABLE t (id int NOT NULL PRIMARY KEY, shop varchar(20), no int); CREATE INDEX t_both ON t (shop, no);
        INSERT INTO t VALUES (1, 'a', 1), (2, 'a', 2), (3, 'b', 1), (4, 'A', 1), (5, NULL, 1), (6, 'a', NULL);";
    for engine in ENGINES {
        let Some(w) = World::new(engine, sql, "") else { continue };
        let mut pairs = Wanted::new(2);
        pairs.add_parts(&["a".into(), "1".into()]);
        pairs.add_parts(&["b".into(), "2".into()]);
        pairs.add_parts(&["b".into(), "no number".into()]);
        let both = [FieldPath::column("shop"), FieldPath::column("no")];
        let probe = Probe { fields: &both, form: NormalForm::Exact, country: None, wanted: &pairs };
        assert_eq!(found(&w, vec![probe]), [1], "{engine:?}");
    }
}

#[test]
fn many_keys_are_looked_up_at_once_and_what_is_not_there_is_not_given() {
    let rows: Vec<String> = (1..=3000).map(|n| format!("({n}, 'm{n}')")).collect();
    let sql = format!(
        "CREATE TABLE t (id int NOT NULL PRIMARY KEY, mail varchar(90)); INSERT INTO t VALUES {};",
        rows.join(", ")
    );
    for engine in ENGINES {
        let Some(mut w) = World::new(engine, &sql, "") else { continue };
        let keys: Vec<Key> = (1..=5000).step_by(2).map(key).collect();
        let keys: Vec<&Key> = keys.iter().collect();
        let mut writer = open_writer(&w.address(), "shop").unwrap();
        let mut given = vec![0; keys.len()];
        writer
            .lookup("t", &keys, &mut |i, r| {
                assert!(r.get("id") == Some(&Value::Int(2 * i as i128 + 1)));
                given[i] += 1;
                Ok(())
            })
            .unwrap();
        assert_eq!(given.iter().sum::<i32>(), 1500, "{engine:?}");
        let there: Vec<&Key> = keys.iter().zip(&given).filter(|(_, n)| **n == 1).map(|(k, _)| *k).collect();
        let edits: Vec<Edit<'_>> =
            there.iter().map(|k| Edit { collection: "t", key: k, count: 1, change: EditChange::Delete }).collect();
        writer.write(&edits).unwrap();
        writer.commit().unwrap();
        assert_eq!(w.store.rows("SELECT COUNT(*), MIN(id) FROM t"), ["1500,2"], "{engine:?}");
    }
}

#[test]
fn the_keys_of_a_write_mean_the_records_before_it() {
    let sql = "CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1, 0), (2, 0), (2, 0);";
    for engine in ENGINES {
        let Some(mut w) = World::new(engine, sql, "") else { continue };
        let sample = open(&w.address(), "shop").unwrap().sample("t", 9).unwrap();
        let content = |a| Key::Content(sample.iter().find(|r| r.get("a") == Some(&Value::Int(a))).unwrap().digest());
        // The first becomes like the second two, and they go.
        let (one, two) = (content(1), content(2));
        let to_two = [(FieldPath::column("a"), Value::Int(2))];
        let edits = [
            Edit { collection: "t", key: &one, count: 1, change: EditChange::Set(&to_two) },
            Edit { collection: "t", key: &two, count: 2, change: EditChange::Delete },
        ];
        let mut writer = open_writer(&w.address(), "shop").unwrap();
        writer.write(&edits).unwrap();
        writer.commit().unwrap();
        assert_eq!(w.store.rows("SELECT a, b FROM t"), ["2,0"], "{engine:?}");
    }
}

#[test]
fn records_without_a_key_are_looked_for_where_they_were_said_to_be() {
    let sql = "CREATE TABLE t (id int, who varchar(20), n int); CREATE INDEX t_who ON t (who); INSERT INTO t VALUES (1, 'ana', 1), (2, 'ana', 1), (2, 'ana', 1), \
        (3, 'bo', 1), (4, NULL, 1);";
    for engine in [Engine::Postgres, Engine::MariaDb] {
        let Some(w) = World::new(engine, sql, "") else { continue };
        let contents: Vec<Key> = (1..=4).map(|id| Key::Content(record(&w, id).digest())).collect();
        let asked: Vec<&Key> = contents.iter().collect();
        let near = |said: &[(usize, &str)]| -> Vec<(redress::record::Digest, Key)> {
            let one = |(i, who): &(usize, &str)| match &contents[*i] {
                Key::Content(digest) => (*digest, Key::Columns(vec![("who".into(), (*who).into())])),
                Key::Columns(_) => unreachable!(),
            };
            said.iter().map(one).collect()
        };
        let found = |said: &[(usize, &str)], asked: &[&Key]| {
            let mut writer = open_writer(&w.address(), "shop").unwrap();
            writer.narrow("t", near(said));
            let mut found = Vec::new();
            writer
                .lookup("t", asked, &mut |i, _| {
                    found.push(i);
                    Ok(())
                })
                .unwrap();
            found.sort_unstable();
            found
        };
        assert_eq!(found(&[(0, "ana"), (1, "ana"), (2, "bo")], &asked[..3]), [0, 1, 1, 2], "{engine:?}");
        // What is said decides where it is looked.
        let elsewhere = [(0, "cy"), (1, "cy"), (2, "bo")];
        assert_eq!(found(&elsewhere, &asked[..3]), [2], "{engine:?}");
        // Of one nothing is said: everything is read.
        assert_eq!(found(&elsewhere, &asked), [0, 1, 1, 2, 3], "{engine:?}");
    }
}

#[test]
fn references_hold_as_the_columns_collation_compares() {
    let sql = "CREATE TABLE people (code varchar(20) {nocase} NOT NULL PRIMARY KEY, email varchar(90));
        CREATE TABLE orders (id int NOT NULL PRIMARY KEY, code varchar(20) {nocase}, FOREIGN KEY (code) REFERENCES people (code));
        INSERT INTO people VALUES ('Ana', 'ana@x.example'), ('bo', 'bo@x.example');
        INSERT INTO orders VALUES (1, 'ana'), (2, 'ANA'), (3, 'Ana'), (4, 'BO');";
    let map = "[collection.people]\nperson = true\nkey = \"code\"\nidentities = { email = \"email\" }\nerase = \"delete\"\n\
        [collection.orders]\nkey = \"id\"\nlinks = [{ from = \"code\", to = \"people.code\", role = \"owner\" }]\nerase = \"delete\"\n";
    for engine in [Engine::Sqlite, Engine::Postgres, Engine::MariaDb] {
        let (before, word) = match engine {
            Engine::Sqlite => ("", "COLLATE NOCASE"),
            Engine::MariaDb => ("", "COLLATE utf8mb4_general_ci"),
            Engine::Postgres => (
                "CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);",
                "COLLATE blind",
            ),
        };
        let sql = format!("{before}{}", sql.replace("{nocase}", word));
        let Some(mut w) = World::new(engine, &sql, map) else { continue };
        w.erase("email=ana@x.example").is(0, &["\"left\":[]", "\"problems\":[]"]);
        assert_eq!(w.store.rows("SELECT id FROM orders"), ["4"], "{engine:?}");
        assert_eq!(w.store.rows("SELECT code FROM people"), ["bo"], "{engine:?}");
    }
}

#[test]
fn letters_beyond_ascii_are_found_in_any_case_and_none_that_only_look_alike() {
    let rows = "INSERT INTO t VALUES (1, 'STANISŁAW.WÓJCIK@wp.pl'), (2, 'stanisław.wójcik@wp.pl'), (3, '\u{212A}ate@example.com'),
        (4, 'kate@example.com'), (5, 'stanislaw.wojcik@wp.pl'), (6, 'ΣΊΣΥΦΟΣ@x.gr');";
    for index in ["", "CREATE INDEX t_mail ON t (mail);"] {
        let sql = format!("CREATE TABLE t (id int NOT NULL PRIMARY KEY, mail varchar(90)); {index} {rows}");
        for engine in ENGINES {
            let Some(w) = World::new(engine, &sql, "") else { continue };
            let mails = wanted(&["Stanisław.Wójcik@WP.pl", "KATE@example.com"], NormalForm::Email);
            let mail = [FieldPath::column("mail")];
            let probe = Probe { fields: &mail, form: NormalForm::Email, country: None, wanted: &mails };
            assert_eq!(found(&w, vec![probe]), [1, 2, 4], "{engine:?} {index}");
        }
    }
}

#[test]
fn phone_numbers_are_found_in_every_spelling() {
    let numbers = [
        "+65 6123 4567",
        "6123-4567",
        "(65) 61234567",
        "\t6123 4567",
        "6123 4567 ext. 9",
        "6123 4568",
        "",
        "００６５６１２３４５６７",
        "0065 6123 4567",
        "(+65) 6123.4567",
        "++65 6123 4567",
        "65+61234567",
        "4567",
    ];
    let rows: Vec<String> = numbers.iter().enumerate().map(|(i, n)| format!("({i}, '{n}')")).collect();
    let spelled = |text: &str| NormalForm::Phone.apply(text, Some("SG")) == "+6561234567";
    let expected: Vec<i128> = (0..numbers.len()).filter(|i| spelled(numbers[*i])).map(|i| i as i128).collect();
    assert!(expected.len() >= 5);
    for index in ["", "CREATE INDEX t_phone ON t (phone);"] {
        let sql = format!(
            "CREATE TABLE t (id int NOT NULL PRIMARY KEY, phone varchar(90)); {index} INSERT INTO t VALUES {}, (90, NULL);",
            rows.join(", ")
        );
        for engine in ENGINES {
            let Some(w) = World::new(engine, &sql, "") else { continue };
            let phones = wanted(&["+6561234567"], NormalForm::Phone);
            let phone = [FieldPath::column("phone")];
            let probe = Probe { fields: &phone, form: NormalForm::Phone, country: Some("SG"), wanted: &phones };
            assert_eq!(found(&w, vec![probe]), expected, "{engine:?} {index}");
        }
    }
}
