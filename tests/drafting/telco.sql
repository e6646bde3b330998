-- Nothing declared. Calls stand under the number of a card, which is no key; ways to reach somebody are of two kinds in one
-- column; policies are of few people over a table between; staff changed and sold.
-- find email=a40@mail.example
-- theirs person 40
-- theirs contact_point 40 140
-- theirs contract C10040
-- theirs sim_card 89441000680
-- theirs calls_2023 40
-- theirs calls_2024 40
-- theirs policy_holder 40/40
-- theirs policy 40
-- theirs policy_cover 40
-- theirs person_hist 40
CREATE TABLE person (person_id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, birth_date TEXT, changed_by TEXT);
CREATE TABLE contact_point (point_id INTEGER PRIMARY KEY, person_id INTEGER, kind TEXT, valor TEXT);
CREATE TABLE person_hist (hist_id INTEGER PRIMARY KEY, person_id INTEGER, first_name TEXT, last_name TEXT, changed_by TEXT, changed_at TEXT);
CREATE TABLE staff (staff_no INTEGER PRIMARY KEY, login TEXT UNIQUE, first_name TEXT, last_name TEXT, email TEXT, boss_no INTEGER);
CREATE TABLE contract (contract_no TEXT PRIMARY KEY, person_id INTEGER, sold_by INTEGER, begins TEXT);
CREATE TABLE sim_card (iccid TEXT PRIMARY KEY, contract_no TEXT, msisdn TEXT, state TEXT);
CREATE TABLE calls_2023 (call_id INTEGER PRIMARY KEY, msisdn_a TEXT, other_party TEXT, seconds INTEGER, called_at TEXT);
CREATE TABLE calls_2024 (call_id INTEGER PRIMARY KEY, msisdn_a TEXT, other_party TEXT, seconds INTEGER, called_at TEXT);
CREATE TABLE policy (policy_id INTEGER PRIMARY KEY, number TEXT, product TEXT, approved_by INTEGER);
CREATE TABLE policy_holder (policy_id INTEGER, person_id INTEGER, part TEXT, PRIMARY KEY (policy_id, person_id));
CREATE TABLE policy_cover (cover_id INTEGER PRIMARY KEY, policy_id INTEGER, sum INTEGER);
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT i FROM n;
INSERT INTO person SELECT i, 'Ivo' || i, 'Novak' || i, '19' || (50 + i % 40) || '-03-0' || (1 + i % 9), 'staff' || (1 + i % 9) FROM n;
INSERT INTO contact_point SELECT i, i, 'EMAIL', 'a' || i || '@mail.example' FROM n;
INSERT INTO contact_point SELECT i + 100, i, 'PHONE', '+4420794601' || (10 + i % 90) FROM n;
INSERT INTO person_hist SELECT i, i, 'Ivo' || i, 'Stary' || i, 'staff' || (1 + i % 9), '2024-05-05' FROM n;
INSERT INTO staff SELECT i, 'staff' || i, 'Eva' || i, 'Mala' || i, 's' || i || '@firm.example', 1 FROM n WHERE i < 10;
INSERT INTO contract SELECT 'C' || (10000 + i), i, 1 + i % 9, '2023-01-01' FROM n;
INSERT INTO sim_card SELECT '8944' || (1000000 + i * 17), 'C' || (10000 + i), '48500' || (100000 + i * 7), 'ON' FROM n;
INSERT INTO calls_2023 SELECT i, '48500' || (100000 + i * 7), '48600' || (200000 + i), 60 + i, '2023-06-06 10:00:00' FROM n;
INSERT INTO calls_2024 SELECT i, '48500' || (100000 + i * 7), '48600' || (300000 + i), 90 + i, '2024-06-06 10:00:00' FROM n;
INSERT INTO policy SELECT i, 'P' || (500000 + i * 3), 'home', 1 + i % 9 FROM n;
INSERT INTO policy_holder SELECT i, i, 'holder' FROM n;
INSERT INTO policy_cover SELECT i, i, 1000 * i FROM n;
