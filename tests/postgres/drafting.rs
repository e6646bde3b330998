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
