//! Every type out and back: what is read is written to an empty row and must be the same to the server, and to us.

use redress::record::{FieldPath, Key, Value};
use redress::source::{Edit, EditChange, open_writer};

use super::{address, reader};
use crate::servers::postgres::database;

/// Column types with values of theirs, as SQL.
const CASES: &[(&str, &[&str])] = &[
    ("smallint", &["-32768", "32767"]),
    ("integer", &["-2147483648", "0"]),
    ("bigint", &["-9223372036854775808", "9223372036854775807"]),
    ("oid", &["4294967295"]),
    ("boolean", &["true", "false"]),
    ("real", &["0.1", "1e-40", "'NaN'", "'-Infinity'", "16777217", "3.4028235e38"]),
    ("double precision", &["0.1", "5e-324", "'NaN'", "'Infinity'", "-0.0", "1.7976931348623157e308"]),
    ("numeric", &["1.10", "123456789012345678901234567890.000000000000000000001", "'NaN'", "-0.00", "1e50"]),
    ("numeric(10,2)", &["42", "-0.01"]),
    ("money", &["'12345.67'", "'-0.01'", "'-92233720368547758.08'"]),
    ("text", &["''", "E'a\\tb\\n\\\\ \\'\"'", "'naïve 😀 \u{2028}'", "' pad '"]),
    ("varchar(20)", &["'abc'"]),
    ("char(10)", &["'abc'"]),
    ("\"char\"", &["'x'"]),
    ("name", &["'abc'"]),
    ("citext", &["'Ana@Example.com'"]),
    ("bytea", &["''", "'\\x00ff10'"]),
    ("mood", &["'so so'"]),
    ("json", &["'{\"b\": 1,  \"a\": 1.10, \"a\": 2}'", "'null'", "'\"x\"'"]),
    ("jsonb", &["'{\"b\": 1, \"$bytes\": 1.10, \"a\": [1e400, null, -0]}'", "'null'", "'\"x\"'", "'[]'", "'7'"]),
    ("uuid", &["'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"]),
    ("date", &["'2026-11-25'", "'0044-03-15 BC'", "'infinity'", "'12026-01-01'"]),
    ("time", &["'23:59:59.999999'", "'24:00:00'"]),
    ("time with time zone", &["'04:05:06.789+05:30'"]),
    ("timestamp", &["'2026-11-25 01:02:03.000001'", "'-infinity'", "'4713-01-01 00:00:00 BC'"]),
    ("timestamptz", &["'2026-11-25 01:02:03+05:30'", "'infinity'", "'294276-12-31 23:59:59.999999+00'"]),
    ("timestamptz(0)", &["'2026-11-25 01:02:03+00'"]),
    ("interval", &["'1 year -2 mons +3 days -04:05:06.789'", "'-178000000 years'", "'1.5 seconds'"]),
    ("inet", &["'192.168.0.1'", "'192.168.0.1/24'", "'::1'"]),
    ("cidr", &["'10.0.0.0/8'"]),
    ("macaddr", &["'08:00:2b:01:02:03'"]),
    ("macaddr8", &["'08:00:2b:01:02:03:04:05'"]),
    ("bit(5)", &["B'10101'"]),
    ("bit varying", &["B'1'", "B''"]),
    ("xml", &["'<a b=\"1\">x</a>'", "'text <b/>'"]),
    ("int[]", &["'{1,NULL,3}'", "'{{1,2},{3,4}}'", "'[0:1]={1,2}'", "'{}'"]),
    ("text[]", &["ARRAY['a,b', 'q\"', 'NULL', NULL, '', 'back\\slash']"]),
    ("mood[]", &["'{so so,sad}'"]),
    ("inet[]", &["'{192.168.0.1}'"]),
    ("point", &["'(0.1,1e300)'"]),
    ("polygon", &["'((0,0),(1,1),(1,0))'"]),
    ("int4range", &["'[1,5)'", "'empty'", "'(,)'"]),
    ("tstzrange", &["'[\"2026-01-01 00:00:00+00\",)'"]),
    ("tsvector", &["'fat:2 cat:3A'"]),
    ("pair", &["'(1,\"a, \"\"b\"\"\")'", "'(,)'"]),
    ("pair[]", &["ARRAY['(1,x)'::pair]"]),
    ("email_address", &["'a@b.example'"]),
    ("nets", &["'{10.0.0.0/8}'"]),
    ("pg_lsn", &["'16/B374D848'"]),
    ("hstore", &["'a=>1, \"b c\"=>NULL'"]),
];

const SETUP: &str = "CREATE EXTENSION citext; CREATE EXTENSION hstore;
    CREATE TYPE mood AS ENUM ('sad', 'so so'); CREATE TYPE pair AS (a int, b text);
    CREATE DOMAIN email_address AS citext CHECK (VALUE ~ '@'); CREATE DOMAIN nets AS cidr[];";

#[test]
fn every_type_out_and_back() {
    let mut sql = SETUP.to_owned();
    for (n, (ty, values)) in CASES.iter().enumerate() {
        sql.push_str(&format!("CREATE TABLE c{n} (id int PRIMARY KEY, v {ty});"));
        for (i, value) in values.iter().enumerate() {
            sql.push_str(&format!("INSERT INTO c{n} VALUES ({i}, {value}), ({}, NULL);", i + 100));
        }
    }
    let Some(mut db) = database(&sql) else { return };
    for (n, (ty, values)) in CASES.iter().enumerate() {
        let (table, before) = (format!("c{n}"), all(&db, n));
        assert_eq!(before.len(), values.len() * 2, "{ty}");
        let mut writer = open_writer(&address(&db), "shop").unwrap();
        let keys: Vec<Key> = (0..values.len()).map(|i| id(i + 100)).collect();
        let sets: Vec<Vec<(FieldPath, Value)>> = (0..values.len())
            .map(|i| vec![(FieldPath::column("v"), before.iter().find(|(k, _)| *k == id(i)).unwrap().1.clone())])
            .collect();
        let edit = |i: usize| Edit { collection: &table, key: &keys[i], count: 1, change: EditChange::Set(&sets[i]) };
        let edits: Vec<Edit<'_>> = (0..values.len()).map(edit).collect();
        let written = writer.write(&edits).unwrap_or_else(|e| panic!("{ty}: {e}"));
        assert_eq!(written.beside, [], "{ty}");
        // Read back within the transaction, as applying a plan does.
        let refs: Vec<&Key> = keys.iter().collect();
        let mut seen = 0;
        writer
            .lookup(&table, &refs, &mut |i, record| {
                assert!(record.get("v") == Some(&sets[i][0].1), "{ty} {}", values[i]);
                seen += 1;
                Ok(())
            })
            .unwrap();
        assert_eq!(seen, values.len());
        writer.commit().unwrap();
        for i in 0..values.len() {
            let same = format!(
                "SELECT count(DISTINCT v::text) = 1 AND count(DISTINCT pg_column_size(v)) = 1 FROM {table} WHERE id IN ({i}, {})",
                i + 100
            );
            assert!(db.admin.query_one(&same, &[]).unwrap().get::<_, bool>(0), "{ty} {}", values[i]);
        }
        // From a plan's file it comes back as it was.
        for (_, value) in &before {
            assert!(Value::from_json(&value.to_exact_json()) == Some(value.clone()), "{ty}");
        }
    }
}

fn id(i: usize) -> Key {
    Key::Columns(vec![("id".into(), Value::Int(i as i128))])
}

fn all(db: &crate::servers::postgres::Database, n: usize) -> Vec<(Key, Value)> {
    let records = reader(db).sample(&format!("c{n}"), 1000).unwrap();
    records.iter().map(|r| (r.key(&["id".into()]).unwrap(), r.get("v").unwrap().clone())).collect()
}

#[test]
fn values_are_readable() {
    let sql = format!(
        "{SETUP} CREATE TABLE t (id int PRIMARY KEY, d date, at timestamptz, ip inet, mail email_address, doc jsonb, n numeric(10,2));
         INSERT INTO t VALUES (1, '2026-11-25', '2026-11-25 01:00:00+01', '10.1.2.3', 'Ana@b.example', '{{\"a\": [1.10]}}', 42);"
    );
    let Some(db) = database(&sql) else { return };
    let record = reader(&db).sample("t", 1).unwrap().remove(0);
    let plain: Vec<String> =
        ["d", "at", "ip", "mail", "n"].map(|f| record.get(f).unwrap().plain().unwrap().into_owned()).into();
    assert_eq!(plain, ["2026-11-25", "2026-11-25 00:00:00+00", "10.1.2.3", "Ana@b.example", "42"]);
    assert_eq!(record.get("doc").unwrap().to_json().to_string(), r#"{"a":[1.10]}"#);
}
