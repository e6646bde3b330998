-- Joined-table inheritance over binary keys; the e-mail address stands beside the person; addresses over a table between.
-- find email=p7@example.com
-- theirs party 0x00000000000000000000000000000007
-- theirs person 0x00000000000000000000000000000007
-- theirs employee 0x00000000000000000000000000000007
-- theirs customer 0x00000000000000000000000000000007
-- theirs electronic_address 7
-- theirs party_address 0x00000000000000000000000000000007/7
-- theirs postal_address 7
-- theirs subscription 7 57
-- refers subscription 2
CREATE TABLE party (party_id BLOB PRIMARY KEY NOT NULL, party_type TEXT NOT NULL, created_at TEXT) WITHOUT ROWID;
CREATE TABLE person (party_id BLOB PRIMARY KEY NOT NULL REFERENCES party, given_name TEXT, family_name TEXT, birth_date TEXT) WITHOUT ROWID;
CREATE TABLE organization (party_id BLOB PRIMARY KEY NOT NULL REFERENCES party, legal_name TEXT, vat_number TEXT) WITHOUT ROWID;
CREATE TABLE customer (party_id BLOB PRIMARY KEY NOT NULL REFERENCES person, loyalty_tier TEXT, since TEXT) WITHOUT ROWID;
CREATE TABLE employee (party_id BLOB PRIMARY KEY NOT NULL REFERENCES person, job_title TEXT, hired_on TEXT) WITHOUT ROWID;
CREATE TABLE electronic_address (electronic_address_id INTEGER PRIMARY KEY, party_id BLOB NOT NULL REFERENCES party, email TEXT NOT NULL);
CREATE TABLE postal_address (postal_address_id INTEGER PRIMARY KEY, street TEXT, postal_code TEXT, city TEXT, country_code TEXT REFERENCES country);
CREATE TABLE country (country_code TEXT PRIMARY KEY NOT NULL, name TEXT);
CREATE TABLE party_address (party_id BLOB NOT NULL REFERENCES party, postal_address_id INTEGER NOT NULL REFERENCES postal_address, purpose TEXT, PRIMARY KEY (party_id, postal_address_id));
CREATE TABLE plan (plan_id INTEGER PRIMARY KEY, name TEXT, price REAL);
CREATE TABLE subscription (subscription_id INTEGER PRIMARY KEY, customer_id BLOB NOT NULL REFERENCES customer(party_id), plan_id INTEGER NOT NULL REFERENCES plan, sold_by BLOB REFERENCES employee(party_id), starts_on TEXT);
INSERT INTO country VALUES ('DE', 'Germany'), ('FR', 'France');
INSERT INTO plan VALUES (1, 'Basic', 5), (2, 'Full', 15);
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) SELECT i, unhex(printf('%032x', i)) AS id FROM n;
INSERT INTO party SELECT id, CASE WHEN i > 55 THEN 'organization' ELSE 'person' END, '2023-01-01' FROM n;
INSERT INTO person SELECT id, 'Given' || i, 'Family' || i, '1980-01-0' || (1 + i % 9) FROM n WHERE i <= 55;
INSERT INTO organization SELECT id, 'Firm ' || i, 'DE12345678' || (i % 10) FROM n WHERE i > 55;
INSERT INTO customer SELECT id, 'gold', '2023-02-02' FROM n WHERE i BETWEEN 4 AND 55;
INSERT INTO employee SELECT id, 'Seller', '2020-02-02' FROM n WHERE i <= 7;
INSERT INTO electronic_address SELECT i, id, 'p' || i || '@example.com' FROM n;
INSERT INTO postal_address SELECT i, 'Long Street ' || i, '1011' || (i % 10), 'Berlin', 'DE' FROM n;
INSERT INTO party_address SELECT id, i, 'home' FROM n;
INSERT INTO subscription SELECT a.i, CASE WHEN a.i BETWEEN 4 AND 55 THEN a.id ELSE (SELECT id FROM n WHERE i = 40) END, 1 + a.i % 2, (SELECT id FROM n AS e WHERE e.i = CASE WHEN a.i = 2 THEN 7 ELSE 1 + a.i % 3 END), '2024-01-01' FROM n AS a WHERE a.i <= 55;
INSERT INTO subscription SELECT 50 + 7, id, 1, NULL, '2024-05-05' FROM n WHERE i = 7;
