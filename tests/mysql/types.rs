//! Every type out and back: what is read is written to an empty row and must be the same to the server, and to us.

use mysql::prelude::Queryable as _;
use redress::record::{FieldPath, Key, Value};
use redress::source::{Edit, EditChange, open_writer};

use super::{address, reader};
use crate::servers::mariadb::{Database, database};

/// Column types with values of theirs, as SQL.
const CASES: &[(&str, &[&str])] = &[
    ("tinyint", &["-128", "127"]),
    ("boolean", &["true", "false"]),
    ("smallint unsigned", &["0", "65535"]),
    ("mediumint", &["-8388608"]),
    ("int", &["-2147483648", "2147483647"]),
    ("int(5) unsigned zerofill", &["7"]),
    ("bigint", &["-9223372036854775808"]),
    ("bigint unsigned", &["18446744073709551615", "9223372036854775808"]),
    ("decimal(65,30)", &["12345678901234567890123456789012345.123456789012345678901234567891", "-0.1"]),
    ("decimal(10,2)", &["42", "-0.01"]),
    ("float", &["0.1", "1e-38", "16777217", "3.4028234e38", "-0.0"]),
    ("double", &["0.1", "2.2250738585072014e-308", "1.7976931348623157e308", "0.30000000000000004"]),
    ("bit(1)", &["b'0'", "b'1'"]),
    ("bit(64)", &["x'FFFFFFFFFFFFFFFF'", "0"]),
    ("year", &["1901", "2155", "0"]),
    ("date", &["'2026-11-25'", "'0000-00-00'", "'2020-00-00'", "'2020-02-31'", "'9999-12-31'"]),
    ("datetime", &["'2026-11-25 01:02:03'", "'0000-00-00 00:00:00'", "'0001-01-01 00:00:00'"]),
    ("datetime(6)", &["'2026-11-25 01:02:03.000001'", "'9999-12-31 23:59:59.999999'", "'2026-11-25 00:00:00.500000'"]),
    ("timestamp NULL", &["'2026-11-25 01:02:03'", "'0000-00-00 00:00:00'", "'2038-01-19 03:14:07'"]),
    ("timestamp(3) NULL", &["'2026-03-29 01:30:00.120'"]),
    ("time", &["'-838:59:59'", "'838:59:59'", "'00:00:00'"]),
    ("time(6)", &["'-00:00:00.000001'", "'24:00:00.500000'"]),
    ("enum('x','so so','')", &["'so so'", "''"]),
    ("set('a','b','c')", &["'a,c'", "''"]),
    ("char(10)", &["'abc'", "''"]),
    ("varchar(20)", &["'abc  '", "''", "' '", "'q\\'\\\\\"%_'", "'\\0\\n\\t'"]),
    ("varchar(20) CHARACTER SET latin1", &["'naïve €'"]),
    ("varchar(20) CHARACTER SET latin1 COLLATE latin1_bin", &["'É'"]),
    ("varchar(20) CHARACTER SET ucs2", &["'Ł ы'"]),
    ("varchar(20) CHARACTER SET sjis", &["'日本'"]),
    ("text", &["'naïve 😀 \u{2028}'", "'a\\r\\nb'"]),
    ("longtext", &["repeat('é', 70000)"]),
    ("binary(4)", &["x'00ff'", "x'61626364'"]),
    ("binary(16)", &["x'a0eebc999c0b4ef8bb6d6bb9bd380a11'"]),
    ("varbinary(10)", &["x''", "x'0020'", "x'27'"]),
    ("blob", &["x'00ff5c27'"]),
    ("longblob", &["repeat(x'00ff', 100000)"]),
    ("json", &["'{\"b\": 1,  \"a\": 1.10, \"a\": 2}'", "'null'", "'\"x\"'"]),
    ("point", &["ST_GeomFromText('POINT(1 2.5)', 4326)"]),
    ("geometry", &["ST_GeomFromText('POLYGON((0 0,0 1,1 1,0 0))')"]),
    ("uuid", &["'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"]),
    ("inet6", &["'::1'", "'2001:db8::ff00:42:8329'", "'::ffff:192.0.2.1'"]),
    ("inet4", &["'192.0.2.1'"]),
];

const LOOSE: &str = "SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00';";

fn id(i: usize) -> Key {
    Key::Columns(vec![("id".into(), Value::Int(i as i128))])
}

fn all(db: &Database, n: usize) -> Vec<(Key, Value)> {
    let records = reader(db).sample(&format!("c{n}"), 1000).unwrap();
    records.iter().map(|r| (r.key(&["id".into()]).unwrap(), r.get("v").unwrap().clone())).collect()
}

#[test]
fn every_type_out_and_back() {
    let mut sql = LOOSE.to_owned();
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
        let of = |i: usize| before.iter().find(|(k, _)| *k == id(i)).unwrap().1.clone();
        let sets: Vec<Vec<(FieldPath, Value)>> =
            (0..values.len()).map(|i| vec![(FieldPath::column("v"), of(i))]).collect();
        let edit = |i: usize| Edit { collection: &table, key: &keys[i], count: 1, change: EditChange::Set(&sets[i]) };
        let edits: Vec<Edit<'_>> = (0..values.len()).map(edit).collect();
        let written = writer.write(&edits).unwrap_or_else(|e| panic!("{ty}: {e}"));
        assert_eq!(written.beside, [], "{ty}");
        // Read back within the transaction, as applying a plan does.
        let refs: Vec<&Key> = keys.iter().collect();
        let mut seen = 0;
        let lookup = writer.lookup(&table, &refs, &mut |i, record| {
            assert!(record.get("v") == Some(&sets[i][0].1), "{ty} {}", values[i]);
            seen += 1;
            Ok(())
        });
        lookup.unwrap();
        assert_eq!(seen, values.len(), "{ty}");
        writer.commit().unwrap();
        for i in 0..values.len() {
            let same = format!(
                "SELECT COUNT(DISTINCT HEX(v)) = 1 AND COUNT(DISTINCT LENGTH(v)) = 1 AND COUNT(v) = 2 FROM {table} \
                 WHERE id IN ({i}, {})",
                i + 100
            );
            assert_eq!(db.admin.query_first::<u8, _>(&same).unwrap(), Some(1), "{ty} {}", values[i]);
        }
        // From a plan's file it comes back as it was.
        for (_, value) in &before {
            assert!(Value::from_json(&value.to_exact_json()) == Some(value.clone()), "{ty}");
        }
    }
}

/// A record without a key is addressed by all its values: of two that the server would call equal, only the one meant.
#[test]
fn every_type_addresses_a_record_without_a_key() {
    let mut sql = LOOSE.to_owned();
    for (n, (ty, values)) in CASES.iter().enumerate() {
        sql.push_str(&format!("CREATE TABLE c{n} (id int, v {ty}, KEY (id));"));
        for (i, value) in values.iter().enumerate() {
            sql.push_str(&format!("INSERT INTO c{n} VALUES ({i}, {value}), (100, NULL);"));
        }
    }
    let Some(mut db) = database(&sql) else { return };
    for (n, (ty, values)) in CASES.iter().enumerate() {
        let table = format!("c{n}");
        let records = reader(&db).sample(&table, 1000).unwrap();
        let keys: Vec<Key> = records.iter().map(|r| Key::Content(r.digest())).collect();
        let mut distinct: Vec<Key> = keys.clone();
        distinct.sort();
        distinct.dedup();
        let edit = |key| Edit {
            collection: &table,
            key,
            count: keys.iter().filter(|k| *k == key).count() as u64,
            change: EditChange::Delete,
        };
        let edits: Vec<Edit<'_>> = distinct.iter().map(edit).collect();
        assert_eq!(edits.len(), values.len() + 1, "{ty}");
        let mut writer = open_writer(&address(&db), "shop").unwrap();
        writer.write(&edits).unwrap_or_else(|e| panic!("{ty}: {e}"));
        writer.commit().unwrap();
        let left = db.admin.query_first::<u64, _>(format!("SELECT COUNT(*) FROM {table}")).unwrap();
        assert_eq!(left, Some(0), "{ty}");
    }
}

#[test]
fn what_the_server_calls_equal_is_not_touched() {
    let sql = "CREATE TABLE t (v varchar(20), n int); INSERT INTO t VALUES ('ana', 1), ('Ana', 1), ('ana ', 1), ('ána', 1);
        CREATE TABLE k (v varchar(20) COLLATE utf8mb4_bin PRIMARY KEY, n int); INSERT INTO k VALUES ('ana', 1), ('Ana', 1);";
    let Some(mut db) = database(sql) else { return };
    let mut writer = open_writer(&address(&db), "shop").unwrap();
    let record = reader(&db).sample("t", 9).unwrap().into_iter().find(|r| r.get("v") == Some(&"ana".into())).unwrap();
    let content = Key::Content(record.digest());
    let named = Key::Columns(vec![("v".into(), "ana".into())]);
    // A key of the map that the table does not declare unique.
    let of_t = Key::Columns(vec![("v".into(), "Ana".into())]);
    let edit = |collection, key| Edit { collection, key, count: 1, change: EditChange::Delete };
    writer.write(&[edit("t", &content), edit("t", &of_t), edit("k", &named)]).unwrap();
    writer.commit().unwrap();
    let left: Vec<String> = db.admin.query("SELECT v FROM t UNION ALL SELECT v FROM k").unwrap();
    assert_eq!(left, ["ana ", "ána", "Ana"]);
}

#[test]
fn nothing_is_cut_or_rounded_when_it_is_written() {
    let sql = "CREATE TABLE t (id int PRIMARY KEY, s varchar(3), n tinyint, d date, m decimal(4,1), e enum('a'));
        INSERT INTO t VALUES (1, 'abc', 1, '2020-01-01', 1.5, 'a');";
    let Some(mut db) = database(sql) else { return };
    let cases: [(&str, Value); 6] = [
        ("s", "abcd".into()),
        ("n", Value::Int(300)),
        ("d", "2020-13-01".into()),
        ("m", Value::Decimal("1.55".into())),
        ("m", Value::Decimal("12345".into())),
        ("e", "b".into()),
    ];
    for (field, value) in cases {
        let mut writer = open_writer(&address(&db), "shop").unwrap();
        let set = [(FieldPath::column(field), value)];
        let edit = Edit { collection: "t", key: &id(1), count: 1, change: EditChange::Set(&set) };
        // Rounding is told by a note only; reading back sees it.
        match writer.write(&[edit]) {
            Err(e) => assert!(!e.message.contains("abcd") && !e.message.contains("300"), "{e}"),
            Ok(_) => writer
                .lookup("t", &[&id(1)], &mut |_, record| {
                    assert!(field == "m" && record.get("m") != Some(&set[0].1));
                    Ok(())
                })
                .unwrap(),
        }
    }
    assert_eq!(
        db.admin.query_first::<String, _>("SELECT CONCAT_WS(',', s, n, d, m, e) FROM t").unwrap().as_deref(),
        Some("abc,1,2020-01-01,1.5,a")
    );
}
