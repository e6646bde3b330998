//! Maps drafted over PostgreSQL schemas that files do not have: inheritance, several schemas, tenants of one system.

use serde_json::Value as Json;

use super::workspace::run;
use crate::servers::postgres::database;

/// Drafts a map and searches; how many own records there are of each collection.
fn found(sql: &str, who: &str) -> Option<Vec<(String, u64)>> {
    let db = database(sql)?;
    let dir = tempfile::tempdir().unwrap();
    let drafted = run(dir.path(), &["init", &db.url, "--yes"], &[]);
    assert!(matches!(drafted.code, Some(0 | 3)), "{}", drafted.text);
    let searched = run(dir.path(), &["find", who, "--json"], &[]);
    searched.is(0, &[]);
    let report = searched.text.find('{').map(|at| &searched.text[at..]).unwrap_or_default();
    let json: Json = serde_json::Deserializer::from_str(report).into_iter().next().unwrap().unwrap();
    let one = |c: &Json| (c["collection"].as_str().unwrap().to_owned(), c["rows"].as_u64().unwrap());
    let mut all: Vec<(String, u64)> = json["collections"].as_array().unwrap().iter().map(one).collect();
    all.sort();
    Some(all)
}

fn counts(list: &[(&str, u64)]) -> Vec<(String, u64)> {
    list.iter().map(|(name, rows)| ((*name).to_owned(), *rows)).collect()
}

#[test]
fn a_kind_of_people_is_people_whatever_it_is_called() {
    let sql = "CREATE TABLE person (id int PRIMARY KEY, full_name text NOT NULL, email text);
        CREATE TABLE customer (loyalty_no text, PRIMARY KEY (id)) INHERITS (person);
        CREATE TABLE supplier (vat text, PRIMARY KEY (id)) INHERITS (person);
        CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customer, placed timestamptz);
        INSERT INTO person VALUES (1, 'Ana Lim', 'ANA@x.example'), (2, 'Bo Tan', 'bo@x.example');
        INSERT INTO customer SELECT n, 'Cy ' || n, CASE n WHEN 12 THEN 'ana@x.example' ELSE 'c' || n || '@x.example' END, 'L' || n
            FROM generate_series(10, 30) n;
        INSERT INTO supplier SELECT n, 'Dee ' || n, CASE n WHEN 44 THEN 'Ana@x.example' ELSE 'd' || n || '@x.example' END, 'V' || n
            FROM generate_series(40, 50) n;
        INSERT INTO orders SELECT n, 10 + n % 20, now() FROM generate_series(1, 60) n;";
    let Some(found) = found(sql, "email=ana@x.example") else { return };
    assert_eq!(found, counts(&[("customer", 1), ("orders", 3), ("person", 1), ("supplier", 1)]));
}

#[test]
fn of_a_tenant_of_the_system_only_the_person_s_records_are_hers() {
    let sql = "CREATE SCHEMA crm; CREATE TABLE crm.tenant (id uuid PRIMARY KEY, name text);
        CREATE TABLE crm.contact (tenant_id uuid NOT NULL REFERENCES crm.tenant, no int NOT NULL, email text, given_name text,
            family_name text, PRIMARY KEY (tenant_id, no), UNIQUE (tenant_id, email));
        CREATE TABLE crm.deal (tenant_id uuid, deal_no int, contact_no int NOT NULL, amount numeric(10,2), PRIMARY KEY (tenant_id, deal_no),
            FOREIGN KEY (tenant_id, contact_no) REFERENCES crm.contact);
        CREATE TABLE crm.deal_line (tenant_id uuid, deal_no int, line smallint, what text, PRIMARY KEY (tenant_id, deal_no, line),
            FOREIGN KEY (tenant_id, deal_no) REFERENCES crm.deal ON DELETE CASCADE);
        INSERT INTO crm.tenant SELECT md5(n::text)::uuid, 'T' || n FROM generate_series(1, 3) n;
        INSERT INTO crm.contact SELECT t.id, n, CASE WHEN t.name = 'T1' AND n = 4 THEN 'Ana@x.example' ELSE n || t.name || '@x.example' END,
            'Given' || n, 'Family' || n FROM crm.tenant t, generate_series(1, 20) n;
        INSERT INTO crm.deal SELECT tenant_id, no * 10 + k, no, 5 FROM crm.contact, generate_series(1, 2) k;
        INSERT INTO crm.deal_line SELECT tenant_id, deal_no, l, 'thing' FROM crm.deal, generate_series(1, 3) l;";
    let Some(found) = found(sql, "email=ana@x.example") else { return };
    assert_eq!(found, counts(&[("crm.contact", 1), ("crm.deal", 2), ("crm.deal_line", 6)]));
}

/// Types and tables that only this server has; of everything somebody else's as well.
const ODD: &str = "CREATE EXTENSION citext; CREATE SCHEMA crm; CREATE SCHEMA web;
    CREATE TYPE addr AS (street text, zip text, city text); CREATE TYPE state AS ENUM ('new', 'old');
    CREATE DOMAIN mail AS citext CHECK (VALUE ~ '@');
    CREATE TABLE crm.customer (id uuid PRIMARY KEY, email mail UNIQUE NOT NULL, full_name text, home addr, ways text[], about jsonb,
        state state, no bigint GENERATED ALWAYS AS IDENTITY UNIQUE, sought text GENERATED ALWAYS AS (lower(full_name)) STORED,
        favourites int[], former_homes addr[]);
    CREATE TABLE web.customer (id int PRIMARY KEY, login mail UNIQUE, shown_as text);
    CREATE TABLE crm.orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id uuid NOT NULL REFERENCES crm.customer,
        placed timestamptz NOT NULL, total money, ship_to addr NOT NULL, span tstzrange);
    CREATE TABLE crm.event (id bigint, at timestamptz, customer_id uuid NOT NULL REFERENCES crm.customer, ip inet, PRIMARY KEY (id, at))
        PARTITION BY RANGE (at);
    CREATE TABLE crm.event_2024 PARTITION OF crm.event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
    CREATE TABLE crm.event_rest PARTITION OF crm.event DEFAULT;
    CREATE TABLE crm.paper (id int PRIMARY KEY, customer_id uuid REFERENCES crm.customer, scan bytea);
    CREATE TABLE crm.contract (signed date, PRIMARY KEY (id)) INHERITS (crm.paper);
    CREATE TABLE web.visit (customer_id int REFERENCES web.customer, page text, seen date);
    CREATE VIEW crm.mailing AS SELECT email, full_name FROM crm.customer;
    CREATE MATERIALIZED VIEW crm.totals AS SELECT customer_id, count(*) FROM crm.orders GROUP BY 1;
    INSERT INTO crm.customer (id, email, full_name, home, ways, about, state, favourites, former_homes) SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'C' || n || '@x.example', 'Given' || n || ' Family' || n,
        ROW('Long Street ' || n, '10' || n, 'Vienna')::addr, ARRAY['c' || n || '@y.example', 'c' || n || '@z.example'],
        jsonb_build_object('phone', '+43 1 5550' || n, 'shoe', 40), 'new', ARRAY[n, n + 1], ARRAY[ROW('Back Lane ' || n, '20', 'Graz')::addr]
        FROM generate_series(100, 150) n;
    INSERT INTO web.customer SELECT n, 'c' || n + 100 || '@X.example', 'nick' || n FROM generate_series(1, 40) n;
    INSERT INTO crm.orders (customer_id, placed, total, ship_to, span) SELECT c.id, now(), 5, c.home, tstzrange(now(), NULL)
        FROM crm.customer c, generate_series(1, 2) ORDER BY c.id;
    INSERT INTO crm.event SELECT row_number() OVER (ORDER BY c.id, y), y::timestamptz, c.id, '10.0.0.1' FROM crm.customer c, unnest(ARRAY['2024-05-05', '2026-05-05']) y;
    INSERT INTO crm.paper SELECT row_number() OVER (ORDER BY id), id, '\\x00ff' FROM crm.customer;
    INSERT INTO crm.contract SELECT row_number() OVER (ORDER BY id), id, '\\x00ff', now() FROM crm.customer;
    INSERT INTO web.visit SELECT id, '/a', '2026-01-01' FROM web.customer, generate_series(1, 2);
    REFRESH MATERIALIZED VIEW crm.totals;";

#[test]
fn what_only_this_server_has_is_drafted_exported_and_erased() {
    let Some(mut db) = database(ODD) else { return };
    let dir = tempfile::tempdir().unwrap();
    let fine = |args: &[&str]| {
        let ended = run(dir.path(), args, &[]);
        assert!(matches!(ended.code, Some(0 | 3)), "{args:?}: {}", ended.text);
        ended
    };
    fine(&["init", &db.url, "--yes"]);
    fine(&["check"]);
    let map = std::fs::read_to_string(dir.path().join(format!("sources/{}.toml", db.name))).unwrap();
    for field in ["home", "ways", "about", "former_homes", "ship_to"] {
        let says = |l: &str| l.starts_with(&format!("fields.{field} ")) && l.contains("category = \"user");
        assert!(map.lines().any(says), "{field} is personal:\n{map}");
    }
    let zip = dir.path().join("a.zip");
    fine(&["export", "email=c107@X.example", "--verified", "known", "-o", zip.to_str().unwrap()]);
    run(dir.path(), &["check-archive", zip.to_str().unwrap()], &[]).is(0, &[]);
    let tables =
        ["crm.customer", "web.customer", "crm.orders", "crm.event", "ONLY crm.paper", "crm.contract", "web.visit"];
    let mut rows = |not: &str| -> Vec<String> {
        let all = |table: &str| {
            format!(
                "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {table} t WHERE t::text NOT LIKE '{not}'"
            )
        };
        tables.iter().map(|table| db.admin.query_one(&all(table), &[]).unwrap().get(0)).collect()
    };
    // The uuid stands in all that is hers in the one schema, her number in the other.
    let others = |rows: &mut dyn FnMut(&str) -> Vec<String>| -> Vec<String> {
        let (mut crm, web) = (rows("%-000000000107%"), rows("(7,%"));
        (crm[1], crm[6]) = (web[1].clone(), web[6].clone());
        crm
    };
    let before = others(&mut rows);
    let plan = dir.path().join("a.plan");
    fine(&["erase", "1", "-o", plan.to_str().unwrap()]);
    let applied = fine(&["apply", plan.to_str().unwrap(), "--yes", "--json"]);
    assert!(applied.text.contains("REFRESH MATERIALIZED VIEW crm.totals"), "{}", applied.text);
    assert_eq!(others(&mut rows), before, "nothing of anybody else's");
    let all = rows("nothing");
    let left: Vec<&str> = all.iter().map(|r| r.split(' ').next().unwrap()).collect();
    assert_eq!(left, ["50", "39", "100", "100", "50", "50", "78"]);
}
