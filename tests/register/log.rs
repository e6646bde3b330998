//! The log: whole, checkable by an outsider, and every kind of tampering with it found and named.

use super::*;

/// A workspace whose log has `n` entries.
fn logged(n: u64) -> (World, Vec<Head>) {
    let world = World::new();
    let register = world.create();
    let request = register.open_request(&new(&ana(), &[Right::Access])).unwrap();
    let heads = (0..n)
        .map(|i| {
            let entry = match i % 2 {
                0 => Entry::intent("officer", "export").digest("selector", request.digest(&ana()[0])),
                _ => Entry::outcome("officer", "export").code("incomplete").count("records", i),
            };
            register.append(entry.request(&request)).unwrap()
        })
        .collect();
    drop(register);
    (world, heads)
}

/// What the check says after this was done to the database.
fn after(n: u64, heads: &[u64], sql: &str) -> Vec<String> {
    let (world, known) = logged(n);
    world.tamper().execute_batch(sql).unwrap();
    let heads: Vec<_> = heads.iter().map(|seq| known[*seq as usize - 1]).collect();
    let report = world.open().unwrap().check_log(&heads).unwrap();
    report.faults.iter().map(ToString::to_string).collect()
}

#[test]
fn a_log_is_whole_and_says_nothing_of_the_person() {
    let (world, heads) = logged(6);
    let register = world.open().unwrap();
    assert_eq!(register.head().unwrap(), heads[5]);
    let report = register.check_log(&heads).unwrap();
    assert!(report.is_whole(), "{:?}", report.faults);
    assert_eq!((report.entries, report.head, report.heads), (6, heads[5], 6));

    let entries = register.log_entries().unwrap();
    assert_eq!(entries.iter().map(|e| e.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(entries[1].counts["records"], 1);
    let mut lines = String::new();
    register
        .log_lines(&mut |line| {
            lines.push_str(line);
            lines.push('\n');
            Ok(())
        })
        .unwrap();
    assert_eq!(lines.lines().count(), 6);
    for secret in ["ana", "example", "6561234567"] {
        assert!(!lines.contains(secret), "{secret}");
    }
}

#[test]
fn an_outsider_computes_every_head_from_the_lines_alone() {
    let (world, heads) = logged(4);
    let mut chain = [0; 32].to_vec();
    let mut computed = Vec::new();
    world
        .open()
        .unwrap()
        .log_lines(&mut |line| {
            let leaf = Digest::of(&[&[0], line.as_bytes()].concat());
            chain = Digest::of(&[&chain[..], &leaf.0].concat()).0.to_vec();
            computed.push(hex::encode(&chain));
            Ok(())
        })
        .unwrap();
    assert_eq!(computed, heads.iter().map(|h| h.chain.to_string()).collect::<Vec<_>>());
}

#[test]
fn an_empty_log_is_whole_until_a_head_says_otherwise() {
    let world = World::new();
    let register = world.create();
    assert!(register.check_log(&[Head::EMPTY]).unwrap().is_whole());
    let report = register.check_log(&[Head { seq: 3, chain: Digest::of(b"") }]).unwrap();
    assert_eq!(report.faults, [Fault { from: 1, to: 3, what: What::Cut }]);
    let report = register.check_log(&[Head { seq: 0, chain: Digest::of(b"") }]).unwrap();
    assert_eq!(report.faults[0].what, What::Replaced);
}

#[test]
fn every_kind_of_tampering_is_found_and_named() {
    const SWAP: &str = "UPDATE log SET seq = -1 WHERE seq = 3; UPDATE log SET seq = 3 WHERE seq = 5;
         UPDATE log SET seq = 5 WHERE seq = -1;";
    let cases: &[(&str, &[u64], &str, &[&str])] = &[
        ("removed", &[], "DELETE FROM log WHERE seq = 3", &["entry 3 is missing"]),
        (
            "several removed",
            &[],
            "DELETE FROM log WHERE seq IN (2, 3, 5)",
            &["entries 2 to 3 are missing", "entry 5 is missing"],
        ),
        ("the first removed", &[], "DELETE FROM log WHERE seq = 1", &["entry 1 is missing"]),
        (
            "removed, and the rest renumbered",
            &[],
            "DELETE FROM log WHERE seq = 3; UPDATE log SET seq = seq - 1 WHERE seq > 3",
            &["entry 3 is missing"],
        ),
        (
            "changed",
            &[],
            "UPDATE log SET entry = replace(entry, 'officer', 'another') WHERE seq = 4",
            &["entry 4 was changed after it was written"],
        ),
        ("emptied", &[], "UPDATE log SET entry = '' WHERE seq = 4", &["entry 4 was changed after it was written"]),
        (
            "chain changed",
            &[],
            "UPDATE log SET chain = x'00' WHERE seq = 4",
            &["entry 4 was changed after it was written"],
        ),
        (
            "seal changed",
            &[],
            "UPDATE log SET tag = zeroblob(32) WHERE seq = 4",
            &["entry 4 was not sealed with this workspace's log key: it was rewritten"],
        ),
        ("two swapped", &[], SWAP, &["entry 3 stands out of its order", "entry 5 stands out of its order"]),
        (
            "one moved to the end",
            &[],
            "UPDATE log SET seq = 9 WHERE seq = 2",
            &["entries 2 to 6 stand out of their order"],
        ),
        ("the last moved on", &[], "UPDATE log SET seq = 9 WHERE seq = 6", &["entry 6 stands out of its order"]),
        (
            "repeated",
            &[],
            "INSERT INTO log SELECT 7, entry, chain, tag FROM log WHERE seq = 6",
            &["entry 6 stands out of its order", "entry 6 stands there more than once"],
        ),
        (
            "tail cut",
            &[6],
            "DELETE FROM log WHERE seq > 4",
            &["entries 5 to 6 are missing at the end: a head kept elsewhere reaches further"],
        ),
        (
            "all cut",
            &[2, 6],
            "DELETE FROM log",
            &["entries 1 to 6 are missing at the end: a head kept elsewhere reaches further"],
        ),
        (
            "invented",
            &[],
            "INSERT INTO log VALUES (7, '{}', zeroblob(32), zeroblob(32))",
            &["entry 7 was changed after it was written"],
        ),
    ];
    for (what, heads, sql, expected) in cases {
        assert_eq!(after(6, heads, sql), *expected, "{what}");
    }
}

#[test]
fn a_cut_tail_shows_in_what_plans_and_archives_carry() {
    let (world, heads) = logged(6);
    let register = world.open().unwrap();
    let request = register.request(1).unwrap();
    register.add_archive((&request, Right::Access), Digest::of(b"zip"), "a.zip", heads[3]).unwrap();
    keep(&register, &request, b"plan");
    assert_eq!(register.check_log(&[]).unwrap().heads, 2);
    world.tamper().execute("DELETE FROM log WHERE seq > 3", []).unwrap();
    let report = register.check_log(&[]).unwrap();
    assert_eq!(report.faults, [Fault { from: 4, to: 6, what: What::Cut }]);
}

#[test]
fn a_tail_cut_and_grown_again_is_found_by_an_old_head() {
    let (world, heads) = logged(6);
    world.tamper().execute("DELETE FROM log WHERE seq > 3", []).unwrap();
    let register = world.open().unwrap();
    for _ in 0..4 {
        register.append(Entry::intent("officer", "find")).unwrap();
    }
    assert!(register.check_log(&heads[..3]).unwrap().is_whole(), "nothing inside shows it");
    let report = register.check_log(&[heads[1], heads[4]]).unwrap();
    assert_eq!(report.faults, [Fault { from: 5, to: 5, what: What::Replaced }]);
}

#[test]
fn an_entry_of_another_history_is_found() {
    let (world, _) = logged(6);
    let db = world.tamper();
    db.execute_batch("CREATE TABLE aside AS SELECT * FROM log WHERE seq = 5; DELETE FROM log WHERE seq > 3").unwrap();
    world.open().unwrap().append(Entry::intent("officer", "find")).unwrap();
    db.execute_batch("INSERT INTO log SELECT * FROM aside").unwrap();
    let report = world.open().unwrap().check_log(&[]).unwrap();
    assert_eq!(report.faults, [Fault { from: 5, to: 5, what: What::Unlinked }]);
}

/// Everything an attacker can do who has the file but not the key: a perfect chain with other content.
#[test]
fn a_chain_rewritten_without_the_key_is_found() {
    for from in [1, 3, 6] {
        let (world, heads) = logged(6);
        let db = world.tamper();
        let mut chain: Vec<u8> = match from {
            1 => vec![0; 32],
            _ => heads[from - 2].chain.0.to_vec(),
        };
        for seq in from..=6 {
            let text: String =
                db.query_row("SELECT entry FROM log WHERE seq = ?1", [seq as i64], |row| row.get(0)).unwrap();
            let mut entry: LogEntry = serde_json::from_str(&text).unwrap();
            entry.actor = "another".to_owned();
            entry.previous = Digest(chain.clone().try_into().unwrap());
            let canonical = entry.canonical().unwrap();
            let leaf = Digest::of(&[&[0], &canonical[..]].concat());
            chain = Digest::of(&[&chain[..], &leaf.0].concat()).0.to_vec();
            db.execute(
                "UPDATE log SET entry = ?2, chain = ?3 WHERE seq = ?1",
                (seq as i64, String::from_utf8(canonical).unwrap(), &chain),
            )
            .unwrap();
        }
        let register = world.open().unwrap();
        let report = register.check_log(&[]).unwrap();
        assert_eq!(report.faults, [Fault { from: from as u64, to: 6, what: What::Forged }]);
        let report = register.check_log(&[heads[5]]).unwrap();
        assert!(report.faults.contains(&Fault { from: 6, to: 6, what: What::Replaced }));
        let refused = register.append(Entry::intent("officer", "find")).unwrap_err();
        assert_eq!(refused.kind, Kind::Refused, "nothing is built on a broken log");
    }
}

#[test]
fn an_entry_with_a_sentence_or_a_name_is_not_written() {
    let (world, _) = logged(1);
    let register = world.open().unwrap();
    assert_eq!(register.append(Entry::intent("officer", "find").code("Ana Silva")).unwrap_err().kind, Kind::Bug);
    assert_eq!(register.log_entries().unwrap().len(), 1);
}

#[test]
fn commands_at_the_same_time_append_one_after_the_other() {
    let world = World::new();
    world.create();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let register = world.open().unwrap();
                for _ in 0..5 {
                    register.append(Entry::intent("officer", "find")).unwrap();
                }
            });
        }
    });
    let report = world.open().unwrap().check_log(&[]).unwrap();
    assert!(report.is_whole(), "{:?}", report.faults);
    assert_eq!(report.entries, 20);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_changed_byte_is_found_and_its_entry_named(
        seq in 1..=5_i64, column in 0..3_usize, at: prop::sample::Index, bit in 0..8_u32,
    ) {
        let (world, heads) = logged(5);
        let column = ["entry", "chain", "tag"][column];
        let db = world.tamper();
        let sql = format!("SELECT CAST({column} AS BLOB) FROM log WHERE seq = ?1");
        let mut bytes: Vec<u8> = db.query_row(&sql, [seq], |row| row.get(0)).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let value = match column { "entry" => "CAST(?2 AS TEXT)", _ => "?2" };
        db.execute(&format!("UPDATE log SET {column} = {value} WHERE seq = ?1"), (seq, bytes)).unwrap();
        for heads in [&[][..], &heads] {
            let report = world.open().unwrap().check_log(heads).unwrap();
            let named: Vec<_> = report.faults.iter().map(|fault| (fault.from, fault.to)).collect();
            prop_assert_eq!(named, [(seq as u64, seq as u64)]);
        }
    }

    #[test]
    fn any_removed_entry_is_found(keep in prop::collection::vec(any::<bool>(), 5)) {
        let (world, heads) = logged(5);
        let db = world.tamper();
        let mut removed = Vec::new();
        for (i, keep) in keep.iter().enumerate() {
            if !keep {
                db.execute("DELETE FROM log WHERE seq = ?1", [i as i64 + 1]).unwrap();
                removed.push(i as u64 + 1);
            }
        }
        let report = world.open().unwrap().check_log(&heads[4..]).unwrap();
        let named: Vec<_> = report.faults.iter().flat_map(|fault| fault.from..=fault.to).collect();
        prop_assert_eq!(named, removed);
    }
}
