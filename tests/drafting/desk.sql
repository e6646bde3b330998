-- Customers and agents are users alike; an agent owns each ticket, keyed in most records and changed versions of people.
-- Kinds of records are numbers of a list of collections.
-- find email=c50@home.example
-- theirs users 50
-- theirs tickets 50 150
-- theirs ticket_articles 50 150 250 350
-- theirs attachments 50
-- theirs avatars 50
-- theirs user_versions 50
-- find email=agent3@desk.example
-- theirs users 3
-- theirs avatars 3
-- theirs user_versions 3
CREATE TABLE users (id INTEGER PRIMARY KEY, login TEXT UNIQUE, firstname TEXT, lastname TEXT, email TEXT, created_by_id INTEGER);
CREATE TABLE object_lookups (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE tickets (id INTEGER PRIMARY KEY, number TEXT UNIQUE, title TEXT, owner_id INTEGER REFERENCES users, customer_id INTEGER REFERENCES users, created_by_id INTEGER REFERENCES users, created_at TEXT);
CREATE TABLE ticket_articles (id INTEGER PRIMARY KEY, ticket_id INTEGER REFERENCES tickets, body TEXT, created_by_id INTEGER REFERENCES users, created_at TEXT);
CREATE TABLE attachments (id INTEGER PRIMARY KEY, store_object_id INTEGER, o_id INTEGER, filename TEXT, created_by_id INTEGER REFERENCES users);
CREATE TABLE avatars (id INTEGER PRIMARY KEY, object_lookup_id INTEGER REFERENCES object_lookups, o_id INTEGER, file TEXT, created_by_id INTEGER REFERENCES users);
CREATE TABLE macros (id INTEGER PRIMARY KEY, name TEXT, created_by_id INTEGER REFERENCES users);
CREATE TABLE user_versions (version_id INTEGER PRIMARY KEY, user_id INTEGER, firstname TEXT, lastname TEXT, email TEXT, edited_by TEXT, edited_at TEXT);
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT i FROM n;
INSERT INTO object_lookups VALUES (1, 'User'), (2, 'Ticket'), (3, 'Ticket::Article');
INSERT INTO users SELECT i, CASE WHEN i < 5 THEN 'agent' ELSE 'c' END || i, 'Anna' || i, 'Berg' || i,
  CASE WHEN i < 5 THEN 'agent' || i || '@desk.example' ELSE 'c' || i || '@home.example' END, 1 + i % 4 FROM n;
INSERT INTO tickets SELECT i, '2024' || (10000 + i), 'It does not work', 1 + i % 4, 5 + (i - 5) % 96, 1 + i % 4, '2024-01-02' FROM n WHERE i > 4;
INSERT INTO tickets SELECT i + 100, '2025' || (10000 + i), 'Still not', 1 + i % 4, i, 1 + i % 4, '2024-02-02' FROM n WHERE i > 4;
INSERT INTO ticket_articles SELECT i, i, 'Please help me with this thing', i, '2024-01-02' FROM n WHERE i > 4;
INSERT INTO ticket_articles SELECT i + 100, i + 100, 'Nothing has changed since then', i, '2024-02-02' FROM n WHERE i > 4;
INSERT INTO ticket_articles SELECT i + 200, i, 'We are looking into it for you', 1 + i % 4, '2024-01-03' FROM n WHERE i > 4;
INSERT INTO ticket_articles SELECT i + 300, i + 100, 'It should be better by now', 1 + i % 4, '2024-02-03' FROM n WHERE i > 4;
INSERT INTO attachments SELECT i, 3, i, 'picture.png', i FROM n WHERE i > 4;
INSERT INTO avatars SELECT i, 1, i, 'face.png', i FROM n;
INSERT INTO macros SELECT i, 'macro ' || i, 1 + i % 4 FROM n WHERE i < 21;
INSERT INTO user_versions SELECT i, i, 'Anna' || i, 'Wald' || i, 'old' || i || '@home.example', 'agent' || (1 + i % 4) || '@desk.example', '2024-03-01' FROM n;
