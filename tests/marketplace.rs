//! The fixture firm, with the map people will copy: exactly the heroine's records come out.

use redress::find::{Findings, Opened, find};
use redress::fixture::{Cast, Rows, Scale, write};
use redress::map::{DataMap, read};
use redress::record::Key;
use redress::resolve::{Pick, Start, parse};

use crate::servers::firm::Engine;

fn firm() -> (tempfile::TempDir, Cast, DataMap) {
    let dir = tempfile::tempdir().unwrap();
    let cast = write(dir.path(), Scale::DEMO, 7).unwrap();
    let map = read(dir.path()).unwrap();
    (dir, cast, map)
}

fn search<'m>(map: &'m DataMap, selector: &str) -> Findings<'m> {
    let start = Start::Selectors { selectors: vec![parse(selector, map).unwrap()], pick: Pick::default() };
    find(map, Opened::all(map), &[start], false).unwrap()
}

/// Keys as the cast writes them, of all records that `wanted` takes.
fn keys(findings: &Findings<'_>, rows: &Rows, wanted: &str) -> (u64, Vec<Vec<String>>) {
    let node = findings.graph.node(rows.source, rows.collection).unwrap();
    let (mut count, mut keys) = (0, Vec::new());
    let each = findings.each(node, 0, &mut |row| {
        let class = match row.tie.role.word() {
            "shared" => "shared",
            "reference" | "mention" | "representative" => "references",
            _ => "own",
        };
        if class == wanted {
            count += row.count;
            if let Key::Columns(parts) = &row.key {
                keys.push(parts.iter().map(|(_, v)| v.show()).collect());
            }
        }
        Ok(())
    });
    assert_eq!(each, Ok(()));
    keys.sort();
    (count, keys)
}

#[test]
fn the_heroines_records_and_no_others() {
    let (_dir, cast, map) = firm();
    only_hers(&cast, &map);
}

#[test]
fn the_same_with_the_shop_on_a_server() {
    for engine in [Engine::Postgres, Engine::MariaDb] {
        let dir = tempfile::tempdir().unwrap();
        let Some(cast) = crate::servers::firm::firm(dir.path(), engine) else { return };
        only_hers(&cast, &read(dir.path()).unwrap());
    }
}

pub fn only_hers(cast: &Cast, map: &DataMap) {
    let findings = search(map, &format!("email={}", cast.heroine.email.to_uppercase()));
    assert_eq!(findings.problems, []);
    for (class, list) in [("own", &cast.own), ("shared", &cast.shared), ("references", &cast.references)] {
        for rows in list.iter() {
            let (count, found) = keys(&findings, rows, class);
            assert_eq!(count, rows.rows, "{class} {}.{}", rows.source, rows.collection);
            let mut expected = rows.keys.clone();
            expected.sort();
            assert_eq!(found, expected, "{class} {}.{}", rows.source, rows.collection);
        }
        let known =
            |source: &str, collection: &str| list.iter().any(|r| r.source == source && r.collection == collection);
        for (n, node) in findings.graph.nodes.iter().enumerate() {
            let counts = findings.counts(n, 0).unwrap();
            let here = match class {
                "own" => counts.own,
                "shared" => counts.shared,
                _ => counts.references,
            };
            let expected = known(&node.source.name, &node.collection.name);
            assert_eq!(here > 0, expected, "{class} {}.{}", node.source.name, node.collection.name);
        }
    }
}

#[test]
fn a_shared_mailbox_alone_identifies_nobody() {
    let (_dir, cast, map) = firm();
    let start = Start::Selectors {
        selectors: vec![parse(&format!("mailbox={}", cast.mailbox), &map).unwrap()],
        pick: Pick::default(),
    };
    let refused = find(&map, Opened::all(&map), &[start], false).err().unwrap();
    assert_eq!(refused.kind, redress::error::Kind::Refused, "{refused}");
}
