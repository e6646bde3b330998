-- German names, no declared references; an address two customers use; employees who only handle orders.
-- find email=kunde7@beispiel.example
-- theirs kunden 7
-- theirs bestellungen 1007 1107
-- theirs positionen 1007/1 1007/2 1107/1 1107/2
-- theirs adressen 7 8
-- theirs newsletter kunde7@beispiel.example
-- find email=chef@laden.example
-- theirs mitarbeiter 2
-- refers bestellungen 1001 1003
CREATE TABLE kunden (kdnr INTEGER PRIMARY KEY, vorname TEXT, nachname TEXT, email TEXT, telefon TEXT, geburtsdatum TEXT, adresse_id INTEGER);
CREATE TABLE adressen (adresse_id INTEGER PRIMARY KEY, strasse TEXT, plz TEXT, ort TEXT);
CREATE TABLE mitarbeiter (personalnr INTEGER PRIMARY KEY, name TEXT, email TEXT);
CREATE TABLE artikel (artikelnr INTEGER PRIMARY KEY, bezeichnung TEXT, preis REAL);
CREATE TABLE bestellungen (bestellnr INTEGER PRIMARY KEY, kdnr INTEGER, bearbeiter_personalnr INTEGER, lieferadresse_id INTEGER, datum TEXT);
CREATE TABLE positionen (bestellnr INTEGER, pos INTEGER, artikelnr INTEGER, menge INTEGER, PRIMARY KEY (bestellnr, pos));
CREATE TABLE newsletter (email TEXT PRIMARY KEY, angemeldet_am TEXT);
INSERT INTO mitarbeiter VALUES (1, 'Uwe Kern', 'kern@laden.example'), (2, 'Eva Chef', 'chef@laden.example'), (3, 'Jan Bote', 'bote@laden.example');
INSERT INTO artikel VALUES (1, 'Hammer', 12.5), (2, 'Zange', 9), (3, 'Nagel', 0.1);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
INSERT INTO kunden SELECT i, 'Vor' || i, 'Nach' || i, 'Kunde' || i || '@beispiel.example', '030 12345' || i, '1970-05-0' || (1 + i % 9), i FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
INSERT INTO adressen SELECT i, 'Lange Gasse ' || i, '1' || (1000 + i), 'Wien' FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
INSERT INTO bestellungen SELECT 1000 + i, 1 + (i - 1) % 100, 1 + i % 3, CASE WHEN i = 107 THEN 8 ELSE 1 + (i - 1) % 100 END, '2024-04-05' FROM n;
UPDATE bestellungen SET bearbeiter_personalnr = CASE WHEN bestellnr IN (1001, 1003) THEN 2 ELSE 1 + 2 * (bestellnr % 2) END;
INSERT INTO positionen SELECT bestellnr, p, 1 + bestellnr % 3, 2 FROM bestellungen, (SELECT 1 AS p UNION SELECT 2);
INSERT INTO newsletter SELECT lower(email), '2024-01-01' FROM kunden WHERE kdnr < 50;
