-- Composite keys with a tenant in front; doctors and patients; a doctor is the employee who handles a patient's record.
-- find email=pat7@example.com
-- theirs patient 1/7
-- theirs appointment 1/7 1/207 1/407
-- theirs prescription 1/7 1/207 1/407
-- theirs prescription_line 1/7/1 1/7/2 1/207/1 1/207/2 1/407/1 1/407/2
-- theirs invoice 7 207 407
-- find email=doc2@clinic.example
-- theirs doctor 2
-- refers doctor 4 5
CREATE TABLE clinic (clinic_id INTEGER PRIMARY KEY, name TEXT NOT NULL, street TEXT, city TEXT);
CREATE TABLE doctor (doctor_id INTEGER PRIMARY KEY, clinic_id INTEGER NOT NULL REFERENCES clinic, first_name TEXT NOT NULL,
  last_name TEXT NOT NULL, email TEXT UNIQUE, head_doctor_id INTEGER REFERENCES doctor);
CREATE TABLE patient (clinic_id INTEGER NOT NULL REFERENCES clinic, patient_no INTEGER NOT NULL, first_name TEXT, last_name TEXT,
  date_of_birth TEXT, email TEXT, phone TEXT, general_practitioner_id INTEGER REFERENCES doctor(doctor_id),
  PRIMARY KEY (clinic_id, patient_no));
CREATE TABLE appointment (clinic_id INTEGER NOT NULL, appointment_no INTEGER NOT NULL, patient_no INTEGER NOT NULL,
  doctor_id INTEGER NOT NULL REFERENCES doctor, starts_at TEXT, reason TEXT, PRIMARY KEY (clinic_id, appointment_no),
  FOREIGN KEY (clinic_id, patient_no) REFERENCES patient (clinic_id, patient_no));
CREATE TABLE prescription (clinic_id INTEGER NOT NULL, appointment_no INTEGER NOT NULL, issued_on TEXT, doctor_id INTEGER,
  PRIMARY KEY (clinic_id, appointment_no), FOREIGN KEY (clinic_id, appointment_no) REFERENCES appointment);
CREATE TABLE medicine (medicine_id INTEGER PRIMARY KEY, name TEXT, active_substance TEXT);
CREATE TABLE prescription_line (clinic_id INTEGER NOT NULL, appointment_no INTEGER NOT NULL, line INTEGER NOT NULL,
  medicine_id INTEGER NOT NULL REFERENCES medicine, dose TEXT, PRIMARY KEY (clinic_id, appointment_no, line),
  FOREIGN KEY (clinic_id, appointment_no) REFERENCES prescription);
CREATE TABLE invoice (invoice_no INTEGER PRIMARY KEY, clinic_id INTEGER NOT NULL, appointment_no INTEGER NOT NULL, amount REAL,
  FOREIGN KEY (clinic_id, appointment_no) REFERENCES appointment);
INSERT INTO clinic VALUES (1, 'North', 'Hill Road 1', 'Leeds'), (2, 'South', 'Dale Lane 2', 'York');
INSERT INTO doctor VALUES (1, 1, 'Ada', 'Head', 'doc1@clinic.example', NULL), (2, 1, 'Ben', 'Moor', 'doc2@clinic.example', 1),
  (3, 2, 'Cleo', 'Fen', 'doc3@clinic.example', 1), (4, 2, 'Dan', 'Weir', 'doc4@clinic.example', 2), (5, 2, 'Eve', 'Glen', 'doc5@clinic.example', 2);
INSERT INTO medicine VALUES (1, 'Paracin', 'paracetamol'), (2, 'Ibupron', 'ibuprofen'), (3, 'Amoxal', 'amoxicillin');
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
INSERT INTO patient SELECT c, i, 'First' || i, 'Last' || (i * c), '19' || (50 + i % 50) || '-03-1' || (i % 9),
  'pat' || (i + (c - 1) * 1000) || '@example.com', '+44 20 7946 0' || (100 + i), 1 + i % 5 FROM n, (SELECT 1 AS c UNION SELECT 2);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)
INSERT INTO appointment SELECT c, i, 1 + (i - 1) % 200, 1 + i % 5, '2024-0' || (1 + i % 9) || '-11 09:30:00', 'check-up' FROM n, (SELECT 1 AS c UNION SELECT 2);
INSERT INTO prescription SELECT clinic_id, appointment_no, '2024-05-01', doctor_id FROM appointment;
INSERT INTO prescription_line SELECT clinic_id, appointment_no, l, 1 + appointment_no % 3, 'twice a day' FROM prescription, (SELECT 1 AS l UNION SELECT 2);
INSERT INTO invoice SELECT appointment_no + (clinic_id - 1) * 600, clinic_id, appointment_no, 40.5 FROM appointment;
