//! What a question finds: never too little, and by which way.

use redress::map::NormalForm;
use redress::record::FieldPath;
use redress::source::{Probe, Question, Wanted};

use super::{ask, reader};
use crate::servers::postgres::database;

/// Spellings of one address, and others that are not it.
const SPELLINGS: [&str; 9] = [
    "ana@example.com",
    "Ana@Example.COM",
    " ana@example.com",
    "ana@example.com   ",
    "\tANA@example.com\r\n",
    "\u{1}ana@example.com",
    "\n\n  ana@example.com \u{1f}",
    "ana@example.com\u{7f}",
    "anna@example.com",
];

fn wanted(values: &[&str], form: NormalForm) -> Wanted {
    let mut wanted = Wanted::new(1);
    for value in values {
        wanted.add(&form.apply(value, Some("SG")));
    }
    wanted
}

/// The ids a search for these values in a column finds, by the normal form that decides, and why it read all.
fn ids(sql: &str, column: &str, values: &[&str], form: NormalForm) -> Option<(Vec<i128>, Option<String>)> {
    let db = database(sql)?;
    let wanted = wanted(values, form);
    let fields = [FieldPath::column(column)];
    let probe = Probe { fields: &fields, form, country: Some("SG"), wanted: &wanted };
    let question = Question { collection: "t", probes: vec![probe] };
    let (records, read_all) = ask(reader(&db).as_mut(), &question).unwrap();
    let mut ids = Vec::new();
    for record in records {
        let mut hit = false;
        question.probes[0].hits(&record, &mut |_| hit = true);
        if let (true, Some(redress::record::Value::Int(id))) = (hit, record.get("id")) {
            ids.push(*id);
        }
    }
    ids.sort_unstable();
    Some((ids, read_all))
}

/// A table of spellings, each with its number, and many others so that no plan reads it whole for being small.
fn table(ty: &str, extra: &str) -> String {
    let rows: Vec<String> =
        SPELLINGS.iter().enumerate().map(|(i, s)| format!("({i}, E'{}')", s.replace('\u{1}', "\\x01"))).collect();
    format!(
        "CREATE EXTENSION citext; CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
         CREATE COLLATION english (provider = icu, locale = 'en');
         CREATE TABLE t (id int PRIMARY KEY, email {ty}); INSERT INTO t VALUES {};
         INSERT INTO t SELECT n + 100, 'somebody' || n || '@example.com' FROM generate_series(1, 3000) n;
         {extra}; ANALYZE t;",
        rows.join(", ")
    )
}

#[test]
fn every_spelling_is_found_whatever_the_index() {
    // Type, index, whether it serves.
    let cases = [
        ("text", "", false),
        ("text", "CREATE UNIQUE INDEX ON t (email)", false),
        ("text", "CREATE INDEX ON t (lower(email))", true),
        ("varchar(200)", "CREATE INDEX ON t (lower(email))", true),
        ("text", "CREATE INDEX ON t (lower(email) text_pattern_ops)", true),
        ("text", "CREATE INDEX ON t (lower(trim(email)))", true),
        ("text", "CREATE INDEX ON t (trim(lower(email)))", true),
        ("text COLLATE \"C\"", "CREATE INDEX ON t (lower(email))", true),
        ("text COLLATE english", "CREATE INDEX ON t (lower(email))", true),
        ("text", "CREATE INDEX ON t (lower(email) COLLATE english)", true),
        ("text", "CREATE INDEX ON t (lower(email)) WHERE id > 5", false),
        ("text", "CREATE INDEX ON t (upper(email))", false),
        ("citext", "CREATE INDEX ON t (email)", true),
        ("citext", "", false),
        ("text COLLATE blind", "CREATE INDEX ON t (email)", true),
        ("char(40)", "CREATE INDEX ON t (lower(email))", true),
    ];
    for (ty, index, serves) in cases {
        let Some((found, read_all)) = ids(&table(ty, index), "email", &["ANA@example.com"], NormalForm::Email) else {
            return;
        };
        assert_eq!(found, [0, 1, 2, 3, 4, 5, 6], "{ty} {index}");
        assert_eq!(read_all.is_none(), serves, "{ty} {index}: {read_all:?}");
    }
}

#[test]
fn a_constraint_that_leaves_no_upper_case_makes_an_index_serve() {
    let rows = "INSERT INTO t VALUES (1, 'ana@example.com'), (2, 'ana@example.com '), (3, 'bo@example.com')";
    for ty in ["text CHECK (email = lower(email))", "varchar(90) CHECK (lower(email) = email)", "low"] {
        let sql = format!(
            "CREATE DOMAIN low AS text CHECK (VALUE = lower(VALUE)); CREATE TABLE t (id int PRIMARY KEY, email {ty} UNIQUE); {rows}"
        );
        let Some((found, read_all)) = ids(&sql, "email", &["Ana@Example.com"], NormalForm::Email) else { return };
        assert_eq!((found, read_all), (vec![1, 2], None), "{ty}");
    }
}

#[test]
fn many_values_go_over_the_index_too() {
    let sql = "CREATE TABLE t (id int PRIMARY KEY, email text); CREATE INDEX ON t (lower(email));
        INSERT INTO t SELECT n, 'u' || n || '@example.com' FROM generate_series(10, 2000) n;";
    let many: Vec<String> = (10..1000).map(|n| format!("U{n}@example.com")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let Some((found, read_all)) = ids(sql, "email", &many, NormalForm::Email) else { return };
    assert_eq!((found.len(), read_all), (990, None));
}

#[test]
fn an_index_serves_phone_numbers_where_a_constraint_allows_only_a_plus_sign_and_digits() {
    let check = "CHECK (phone ~ '^\\+[1-9][0-9]*$')";
    // Type and constraint, index, whether it serves.
    let cases = [
        (format!("text {check}"), "CREATE INDEX ON t (phone)", true),
        (format!("varchar(30) {check}"), "CREATE INDEX ON t (phone, id)", true),
        (format!("text COLLATE \"C\" {check}"), "CREATE INDEX ON t (phone)", true),
        (format!("text COLLATE english {check}"), "CREATE INDEX ON t (phone)", true),
        ("number".to_owned(), "CREATE INDEX ON t (phone)", true),
        (format!("text COLLATE counting {check}"), "CREATE INDEX ON t (phone)", false),
        (format!("text {check}"), "", false),
        (format!("text {check}"), "CREATE INDEX ON t USING hash (phone)", false),
        ("text".to_owned(), "CREATE INDEX ON t (phone)", false),
        ("text CHECK (phone ~ '^\\+')".to_owned(), "CREATE INDEX ON t (phone)", false),
    ];
    let numbers = [
        "+447911123456",
        "+4407911123456",
        "+44118447911123456",
        "+6561234567",
        "+99044791112345",
        "+9",
        "+447911123457",
    ];
    let spelled = |text: &str| NormalForm::Phone.apply(text, Some("SG")) == "+447911123456";
    let expected: Vec<i128> = (0..numbers.len()).filter(|i| spelled(numbers[*i])).map(|i| i as i128).collect();
    assert_eq!(expected, [0, 1]);
    for (ty, index, serves) in cases {
        let rows: Vec<String> = numbers.iter().enumerate().map(|(i, n)| format!("({i}, '{n}')")).collect();
        let sql = format!(
            "CREATE COLLATION english (provider = icu, locale = 'en'); CREATE COLLATION counting (provider = icu, locale = 'en-u-kn-true');
             CREATE DOMAIN number AS text CHECK (VALUE ~ '^\\+[0-9]+$'); CREATE TABLE t (id int PRIMARY KEY, phone {ty});
             INSERT INTO t VALUES {}; INSERT INTO t VALUES (100, NULL); INSERT INTO t SELECT n, '+65' || 60000000 + n FROM generate_series(200, 3000) n; {index}; ANALYZE t;",
            rows.join(", ")
        );
        let Some((found, read_all)) = ids(&sql, "phone", &["+447911123456", "12345"], NormalForm::Phone) else {
            return;
        };
        assert_eq!(found, expected, "{ty} {index}");
        assert_eq!(read_all.is_none(), serves, "{ty} {index}: {read_all:?}");
    }
}

#[test]
fn what_a_column_cannot_hold_is_not_asked_of_it() {
    for (ty, value) in [
        ("int", "7"),
        ("bigint", "7"),
        ("numeric(8,2)", "7"),
        ("uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
        ("date", "2026-11-25"),
        ("date", "infinity"),
        ("timestamptz", "2026-11-25 00:00:00+00"),
        ("timestamp", "0044-03-15 00:00:00 BC"),
        ("boolean", "true"),
        ("inet", "10.0.0.1"),
        ("int[]", "{7}"),
        ("mood", "sad"),
        ("double precision", "7"),
        ("double precision", "0.1"),
        ("json", "7"),
    ] {
        let sql = format!(
            "CREATE TYPE mood AS ENUM ('sad', 'glad'); CREATE TABLE t (id int PRIMARY KEY, v {ty}); CREATE TABLE other (v {ty});
             INSERT INTO t VALUES (1, '{value}'), (2, NULL);"
        );
        let strange = ["abc", "", "99999999999999999999", "2026-13-45", "7 ", value, "\0x07", "a'b\\"];
        for form in [NormalForm::Exact, NormalForm::Text] {
            let Some((found, _)) = ids(&sql, "v", &strange, form) else { return };
            assert_eq!(found, [1], "{ty} {}", form.word());
        }
    }
}

#[test]
fn a_composite_reference_and_several_probes_give_each_record_once() {
    let sql = "CREATE TABLE t (a int, b text, c int, PRIMARY KEY (a, b)); CREATE INDEX ON t (c);
        INSERT INTO t SELECT n % 50, 'x' || n, n % 7 FROM generate_series(1, 5000) n; ANALYZE t;";
    let Some(db) = database(sql) else { return };
    let mut pairs = Wanted::new(2);
    for n in [1, 2, 3, 50] {
        pairs.add_parts(&[(n % 50).to_string().into(), format!("x{n}").into()]);
    }
    pairs.add_parts(&["1".into(), "x2".into()]);
    pairs.add_parts(&["no number".into(), "x2".into()]);
    let (both, c, b) =
        ([FieldPath::column("a"), FieldPath::column("b")], [FieldPath::column("c")], [FieldPath::column("b")]);
    let (sevens, names) = (wanted(&["3"], NormalForm::Exact), wanted(&["X3", "x4"], NormalForm::Text));
    let probe = |fields, form, wanted| Probe { fields, form, country: None, wanted };
    let pair = probe(&both[..], NormalForm::Exact, &pairs);
    let mut source = reader(&db);
    let (records, read_all) = ask(source.as_mut(), &Question { collection: "t", probes: vec![pair] }).unwrap();
    assert_eq!((records.len(), read_all), (4, None));
    let probes = vec![
        probe(&both[..], NormalForm::Exact, &pairs),
        probe(&c[..], NormalForm::Exact, &sevens),
        probe(&b[..], NormalForm::Text, &names),
    ];
    let (records, read_all) = ask(source.as_mut(), &Question { collection: "t", probes }).unwrap();
    let mut keys: Vec<_> = records.iter().map(|r| r.key(&["a".into(), "b".into()]).unwrap()).collect();
    keys.sort();
    let all = keys.len();
    keys.dedup();
    assert_eq!((all, keys.len()), (all, all));
    // 715 of c = 3, of which x3 is one; x1, x2, x50 of the pairs; x4 of the names.
    assert_eq!(all, 714 + 4 + usize::from(714 * 7 + 3 <= 5000));
    assert!(read_all.is_some_and(|why| why.contains('b')));
}
