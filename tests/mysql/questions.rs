//! What a question finds: never too little, nothing twice, and by which way.

use mysql::prelude::Queryable as _;
use redress::map::NormalForm;
use redress::record::{FieldPath, Value};
use redress::source::{Probe, Question, Wanted};

use super::{ask, reader};
use crate::servers::mariadb::{Database, database};

/// Spellings of one address, and others that are not it.
const SPELLINGS: [&str; 14] = [
    "ana@example.com",
    "Ana@Example.COM",
    " ana@example.com",
    "ana@example.com   ",
    "\tANA@example.com\r\n",
    "\u{1}ana@example.com",
    "\n\n  ana@example.com \u{1f}",
    "\u{1}\t\u{1}ana@example.com\u{1}",
    "ana@example.com\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t",
    "ana@example.com\u{0}",
    "ána@example.com",
    "ana@example.com\u{7f}",
    "anna@example.com",
    "ana@example.comm",
];
const OF_ANA: std::ops::Range<usize> = 0..10;

fn wanted(values: &[&str], form: NormalForm) -> Wanted {
    let mut wanted = Wanted::new(1);
    for value in values {
        // Bytes are compared as they are.
        let exact = value.starts_with("\0x");
        wanted.add(&if exact { (*value).into() } else { form.apply(value, Some("SG")) });
    }
    wanted
}

/// The ids a search for these values in a column finds, each as often as it comes, and why it read all.
fn ids(db: &Database, column: &str, values: &[&str], form: NormalForm) -> (Vec<i128>, Option<String>) {
    let wanted = wanted(values, form);
    let fields = [FieldPath::column(column)];
    let probe = Probe { fields: &fields, form, country: Some("SG"), wanted: &wanted };
    let question = Question { collection: "t", probes: vec![probe] };
    let (records, read_all) = ask(reader(db).as_mut(), &question).unwrap();
    let mut ids = Vec::new();
    for record in records {
        let mut hit = false;
        question.probes[0].hits(&record, &mut |_| hit = true);
        if let (true, Some(Value::Int(id))) = (hit, record.get("id")) {
            ids.push(*id);
        }
    }
    ids.sort_unstable();
    (ids, read_all)
}

/// A table of spellings, each with its number, and many others.
fn table(ty: &str, index: &str) -> Option<Database> {
    let mut db = database(&format!("CREATE TABLE t (id int PRIMARY KEY, email {ty}{index})"))?;
    let latin = ty.contains("ascii");
    let rows = SPELLINGS.iter().enumerate().filter(|(_, s)| !latin || s.is_ascii());
    db.admin.exec_batch("INSERT INTO t VALUES (?, ?)", rows.map(|(i, s)| (i, *s))).unwrap();
    db.admin
        .query_drop(
            "INSERT INTO t SELECT seq + 100, CONCAT('somebody', seq, '@example.com') FROM seq_1_to_3000; \
             INSERT INTO t VALUES (9001, ''), (9002, ' '), (9003, NULL), (9004, '_x@example.com'), (9005, '-')",
        )
        .unwrap();
    Some(db)
}

#[test]
fn every_spelling_is_found_whatever_the_index() {
    // Type, index, whether it serves.
    let cases = [
        ("varchar(90)", "", false),
        ("varchar(90)", ", KEY (email)", true),
        ("varchar(90)", ", KEY (email(10))", true),
        ("varchar(90)", ", KEY (email, id)", true),
        ("varchar(90)", ", KEY (id, email)", false),
        ("varchar(90)", ", KEY (email) IGNORED", false),
        ("char(90)", ", KEY (email)", true),
        ("varchar(90) COLLATE utf8mb4_unicode_ci", ", KEY (email)", true),
        ("varchar(90) COLLATE utf8mb4_unicode_520_ci", ", KEY (email)", true),
        ("varchar(90) COLLATE uca1400_ai_ci", ", KEY (email)", true),
        ("varchar(90) COLLATE utf8mb4_general_nopad_ci", ", KEY (email)", true),
        ("varchar(90) CHARACTER SET utf8mb3", ", KEY (email)", true),
        ("varchar(90) CHARACTER SET latin1", ", KEY (email)", true),
        ("varchar(90) CHARACTER SET ascii", ", KEY (email)", true),
        ("varchar(90) COLLATE utf8mb4_bin", ", KEY (email)", false),
        ("varchar(90) CHARACTER SET latin1 COLLATE latin1_general_cs", ", KEY (email)", false),
        ("varchar(90) COLLATE utf8mb4_turkish_ci", ", KEY (email)", false),
        ("varchar(90) COLLATE utf8mb4_czech_ci", ", KEY (email)", false),
        ("text", ", KEY (email(50))", false),
        ("text COLLATE utf8mb4_unicode_nopad_ci", ", KEY (email(50))", true),
    ];
    for (ty, index, serves) in cases {
        let Some(db) = table(ty, index) else { return };
        let (found, read_all) = ids(&db, "email", &["ANA@example.com"], NormalForm::Email);
        let mut expected: Vec<i128> = OF_ANA.map(|i| i as i128).collect();
        if ty.contains("char(90)") && !ty.contains("varchar") {
            // What ends with spaces has lost them.
            expected.retain(|i| SPELLINGS[*i as usize].len() <= 90);
        }
        assert_eq!(found, expected, "{ty} {index}");
        assert_eq!(read_all.is_none(), serves, "{ty} {index}: {read_all:?}");
        // Together with many others, and with those that lie near the margins.
        let many: Vec<String> = (1..=700).map(|n| format!("SOMEBODY{n}@example.com")).collect();
        let mut many: Vec<&str> = many.iter().map(String::as_str).collect();
        many.extend(["ana@example.com", "_x@example.com", "-"]);
        let (found, _) = ids(&db, "email", &many, NormalForm::Email);
        assert_eq!(found.len(), 700 + expected.len() + 2, "{ty} {index}");
    }
}

#[test]
fn what_a_column_cannot_hold_is_not_asked_of_it() {
    for (ty, value, text) in [
        ("int", "7", "7"),
        ("bigint unsigned", "18446744073709551615", "18446744073709551615"),
        ("decimal(8,2)", "7", "7"),
        ("bit(8)", "7", "7"),
        ("year", "2020", "2020"),
        ("date", "'2026-11-25'", "2026-11-25"),
        ("date", "'0000-00-00'", "0000-00-00"),
        ("datetime(6)", "'2026-11-25 00:00:00.5'", "2026-11-25 00:00:00.5"),
        ("timestamp NULL", "'2026-11-25 00:00:00'", "2026-11-25 00:00:00"),
        ("time", "'-27:00:00'", "-27:00:00"),
        ("enum('sad','glad')", "'sad'", "sad"),
        ("varchar(90)", "'sad'", "sad"),
        ("varchar(90) CHARACTER SET latin1", "'née'", "née"),
        ("varchar(90) CHARACTER SET sjis", "'日本'", "日本"),
        ("varchar(90) COLLATE utf8mb4_bin", "'née'", "née"),
        ("binary(2)", "x'00ff'", "\0x00ff"),
        ("uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
        ("inet6", "'::1'", "::1"),
        ("double", "7", "7"),
        ("float", "0.1", "0.1"),
    ] {
        for index in ["", ", KEY (v)"] {
            let sql = format!(
                "SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'; CREATE TABLE t (id int PRIMARY KEY, v {ty}{index}); \
                 INSERT INTO t VALUES (1, {value}), (2, NULL);"
            );
            let Some(db) = database(&sql) else { return };
            let strange = [
                "abc",
                "",
                "99999999999999999999",
                "2026-13-45",
                "7 ",
                text,
                "\0x07",
                "a'b\\",
                "日本語",
                "7e0",
                "-:. ",
            ];
            for form in [NormalForm::Exact, NormalForm::Text] {
                assert_eq!(ids(&db, "v", &strange, form).0, [1], "{ty}{index} {}", form.word());
            }
        }
    }
}

#[test]
fn a_composite_reference_and_several_probes_give_each_record_once() {
    let sql = "CREATE TABLE t (a int, b varchar(20), c int, KEY (a, b), KEY (c));
        INSERT INTO t SELECT seq % 50, CONCAT('x', seq), seq % 7 FROM seq_1_to_5000; INSERT INTO t SELECT * FROM t;";
    let Some(db) = database(sql) else { return };
    let mut pairs = Wanted::new(2);
    for n in [1, 2, 3, 50] {
        pairs.add_parts(&[(n % 50).to_string().into(), format!("x{n}").into()]);
    }
    pairs.add_parts(&["1".into(), "x2".into()]);
    pairs.add_parts(&["no number".into(), "x2".into()]);
    let (both, c, b) =
        ([FieldPath::column("a"), FieldPath::column("b")], [FieldPath::column("c")], [FieldPath::column("b")]);
    let (threes, names) = (wanted(&["3"], NormalForm::Exact), wanted(&["X3", "x4"], NormalForm::Text));
    let probe = |fields, form, wanted| Probe { fields, form, country: None, wanted };
    let mut source = reader(&db);
    for form in [NormalForm::Exact, NormalForm::Text] {
        let pair = probe(&both[..], form, &pairs);
        let (records, read_all) = ask(source.as_mut(), &Question { collection: "t", probes: vec![pair] }).unwrap();
        assert_eq!(records.len(), 8, "{}", form.word());
        assert_eq!(read_all.is_none(), form == NormalForm::Exact);
    }
    let probes = vec![
        probe(&both[..], NormalForm::Exact, &pairs),
        probe(&c[..], NormalForm::Exact, &threes),
        probe(&b[..], NormalForm::Text, &names),
    ];
    let (records, read_all) = ask(source.as_mut(), &Question { collection: "t", probes }).unwrap();
    // Each row is there twice: 715 of c = 3, among them x3; beside them x1, x2 and x50 of the pairs, x4 of the names.
    let of_c = (1..=5000).filter(|n| n % 7 == 3).count();
    assert_eq!(records.len(), 2 * (of_c + 4));
    assert!(read_all.is_some_and(|why| why.contains('b')));
}

#[test]
fn binary_identifiers_are_keys_and_links() {
    let sql = "CREATE TABLE t (id binary(16) PRIMARY KEY, n int); INSERT INTO t VALUES (x'a0eebc999c0b4ef8bb6d6bb9bd380a11', 1),
        (x'00000000000000000000000000000027', 2);";
    let Some(db) = database(sql) else { return };
    let mut source = reader(&db);
    let record = source.sample("t", 9).unwrap().into_iter().find(|r| r.get("n") == Some(&Value::Int(2))).unwrap();
    let normal = redress::source::question::normal_of(record.get("id").unwrap(), NormalForm::Exact, None);
    let mut wanted = Wanted::new(1);
    wanted.add(&normal.unwrap());
    let fields = [FieldPath::column("id")];
    let probe = Probe { fields: &fields, form: NormalForm::Exact, country: None, wanted: &wanted };
    let (found, read_all) = ask(source.as_mut(), &Question { collection: "t", probes: vec![probe] }).unwrap();
    assert_eq!((found, read_all), (vec![record], None));
}
