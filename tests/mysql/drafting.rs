//! Maps drafted over MySQL and MariaDB schemas of types and tables that files do not have.

use mysql::prelude::Queryable as _;

use crate::postgres::workspace::run;
use crate::servers::mariadb::database;

/// Binary ids, a case-sensitive address, sets and enumerations, a document, a table without a key, and one whose engine
/// takes nothing back.
const ODD: &str = "
    CREATE TABLE members (id binary(16) PRIMARY KEY, email varchar(190) COLLATE utf8mb4_bin NOT NULL UNIQUE, name varchar(100), flags set('a','b'),
        state enum('new','old') NOT NULL, points int unsigned, born date, about json);
    CREATE TABLE purchases (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, member_id binary(16) NOT NULL, total decimal(10,2),
        FOREIGN KEY (member_id) REFERENCES members (id) ON DELETE CASCADE);
    CREATE TABLE clicks (member_id binary(16) NOT NULL, page varchar(100), seen datetime);
    CREATE TABLE searches (id int AUTO_INCREMENT PRIMARY KEY, member_id binary(16) NOT NULL, term varchar(100)) ENGINE=MyISAM;
    INSERT INTO members SELECT UNHEX(LPAD(seq, 32, '0')), CONCAT('M', seq, '@x.example'), CONCAT('Given', seq, ' Family', seq), 'a,b', 'new', 7, '1980-01-01',
        CONCAT('{\"phone\": \"+65 6123 4', seq, '\"}') FROM seq_100_to_150;
    INSERT INTO purchases (member_id, total) SELECT id, 5 FROM members m, seq_1_to_2 s ORDER BY id;
    INSERT INTO clicks SELECT id, '/a', '2026-01-01' FROM members, seq_1_to_2;
    INSERT INTO searches (member_id, term) SELECT id, 'shoes' FROM members ORDER BY id;";

#[test]
fn what_only_this_server_has_is_drafted_exported_and_erased() {
    let Some(mut db) = database(ODD) else { return };
    let dir = tempfile::tempdir().unwrap();
    let ws = |args: &[&str]| run(dir.path(), args, &[]);
    let fine = |args: &[&str]| {
        let ended = ws(args);
        assert!(matches!(ended.code, Some(0 | 3)), "{args:?}: {}", ended.text);
        ended
    };
    fine(&["init", &db.url, "--yes"]);
    fine(&["check"]);
    let file = dir.path().join(format!("sources/{}.toml", db.name));
    let map = std::fs::read_to_string(&file).unwrap();
    assert!(map.contains("fields.about = { category = \"user"), "{map}");
    let zip = dir.path().join("a.zip");
    fine(&["export", "email=m107@X.example", "--verified", "known", "-o", zip.to_str().unwrap()]);
    ws(&["check-archive", zip.to_str().unwrap()]).is(0, &[]);
    let plan = dir.path().join("a.plan");
    let erase = ["erase", "1", "-o", plan.to_str().unwrap()];
    ws(&erase).is(4, &["searches: its storage engine MyISAM cannot take a change back"]);
    // One line of the map accepts that.
    let accepted = map.replace("[collection.searches]", "[collection.searches]\nnon_transactional = \"accept\"");
    std::fs::write(&file, accepted).unwrap();
    // Rows of hers, or of others: how many, and a sum over all they hold.
    let held = ["members WHERE id", "purchases WHERE member_id", "clicks WHERE member_id", "searches WHERE member_id"];
    let all = [
        "HEX(id), email, name, flags, state, points, born, about",
        "id, HEX(member_id), total",
        "HEX(member_id), page, seen",
        "id, HEX(member_id), term",
    ];
    let mut counted = |is: &str| -> Vec<(u64, u64)> {
        let hers = "UNHEX(LPAD(107, 32, '0'))";
        let sql = |(from, all): (&&str, &&str)| {
            format!("SELECT COUNT(*), COALESCE(SUM(CRC32(CONCAT_WS('|', {all}))), 0) FROM {from} {is} {hers}")
        };
        held.iter().zip(&all).map(|pair| db.admin.query_first(sql(pair)).unwrap().unwrap()).collect()
    };
    let others = counted("<>");
    assert_eq!(counted("=").iter().map(|(n, _)| *n).collect::<Vec<_>>(), [1, 2, 2, 1]);
    fine(&erase);
    fine(&["apply", plan.to_str().unwrap(), "--yes", "--json"]);
    assert_eq!(counted("<>"), others, "nothing of anybody else's");
    assert_eq!(counted("=").iter().map(|(n, _)| *n).collect::<Vec<_>>(), [0, 0, 0, 0]);
}
