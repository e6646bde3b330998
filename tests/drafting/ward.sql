-- Contact points of all kinds in one column; who takes part by type; relatives beside the patient; a ticket's messages.
-- find email=p7@example.com
-- theirs patient p-07
-- theirs patient_telecom 13 14
-- theirs related_person 7
-- theirs encounter 7 27
-- theirs appointment_participant 7 27
-- theirs appointment 7 27
CREATE TABLE practitioner (id TEXT PRIMARY KEY NOT NULL, family_name TEXT, given_name TEXT);
CREATE TABLE patient (id TEXT PRIMARY KEY NOT NULL, family_name TEXT, given_name TEXT, birth_date TEXT);
CREATE TABLE patient_telecom (id INTEGER PRIMARY KEY, patient_id TEXT REFERENCES patient, system TEXT, value TEXT);
CREATE TABLE related_person (id INTEGER PRIMARY KEY, patient_id TEXT REFERENCES patient, relationship TEXT, name TEXT, phone TEXT);
CREATE TABLE encounter (id INTEGER PRIMARY KEY, subject_id TEXT REFERENCES patient, attending_id TEXT REFERENCES practitioner, reason TEXT);
CREATE TABLE appointment (id INTEGER PRIMARY KEY, start_at TEXT, description TEXT);
CREATE TABLE appointment_participant (id INTEGER PRIMARY KEY, appointment_id INTEGER REFERENCES appointment, actor_type TEXT, actor_id TEXT);
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) SELECT i, printf('p-%02d', 1 + (i - 1) % 20) AS p FROM n;
INSERT INTO practitioner SELECT printf('d-%02d', i), 'Healer' || i, 'Given' || i FROM n WHERE i <= 5;
INSERT INTO patient SELECT p, 'Family' || i, 'Given' || i, '1980-01-' || printf('%02d', i) FROM n WHERE i <= 20;
INSERT INTO patient_telecom SELECT 2 * i - 1, p, 'email', 'p' || i || '@example.com' FROM n WHERE i <= 20;
INSERT INTO patient_telecom SELECT 2 * i, p, 'phone', '+49 30 555' || printf('%04d', i) FROM n WHERE i <= 20;
INSERT INTO related_person SELECT i, p, 'spouse', 'Kin Folk' || i, '+49 30 556' || printf('%04d', i) FROM n WHERE i <= 20 AND i % 2 = 1;
INSERT INTO encounter SELECT i, p, printf('d-%02d', 1 + i % 5), 'The knee hurts when she walks up the stairs.' FROM n;
INSERT INTO appointment SELECT i, '2024-01-01', 'Please bring the papers of the last visit.' FROM n;
INSERT INTO appointment_participant SELECT i, i, 'Patient', p FROM n;
INSERT INTO appointment_participant SELECT 40 + i, i, 'Practitioner', printf('d-%02d', 1 + i % 5) FROM n;
