-- No reference is declared. Small numbers everywhere; authors, recipients, key-value pairs, pairs of type and id.
-- find email=user7@example.com
-- theirs users 7
-- theirs usermeta 7 307
-- theirs posts 7 107
-- theirs comments 7 107 207
-- theirs messages 7 14 107 114
-- theirs attachments 7 107 407
-- theirs sessions s-7
-- refers comments 8 108 208
CREATE TABLE users (id INTEGER PRIMARY KEY, login TEXT, email TEXT, password_hash TEXT, display_name TEXT, created_at TEXT);
CREATE TABLE usermeta (umeta_id INTEGER PRIMARY KEY, user_id INTEGER, meta_key TEXT, meta_value TEXT);
CREATE TABLE categories (id INTEGER PRIMARY KEY, name TEXT, slug TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author_id INTEGER, category_id INTEGER, title TEXT, body TEXT, updated_by INTEGER);
CREATE TABLE comments (id INTEGER PRIMARY KEY, post_id INTEGER, user_id INTEGER, parent_id INTEGER, body TEXT);
CREATE TABLE messages (id INTEGER PRIMARY KEY, sender_id INTEGER, recipient_id INTEGER, body TEXT, sent_at TEXT);
CREATE TABLE attachments (id INTEGER PRIMARY KEY, attachable_type TEXT, attachable_id INTEGER, file_name TEXT);
CREATE TABLE sessions (session_id TEXT PRIMARY KEY, user_id INTEGER, ip TEXT, last_seen TEXT);
CREATE TABLE schema_migrations (version TEXT PRIMARY KEY);
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
INSERT INTO users SELECT i, 'member' || i, 'user' || i || '@example.com', '$2y$10$abcdefghijklmnopqrstuuW5q0hGm7Xk8nqJ3sV1zY2bC4dE6fG' || i, 'Member ' || i, '2024-01-02 10:00:00' FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
INSERT INTO usermeta SELECT i + k * 300, i, CASE k WHEN 0 THEN 'nickname' ELSE 'locale' END, CASE k WHEN 0 THEN 'nick' || i ELSE 'en' END FROM n, (SELECT 0 AS k UNION SELECT 1);
INSERT INTO categories VALUES (1, 'News', 'news'), (2, 'Help', 'help'), (3, 'Off topic', 'off-topic');
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
INSERT INTO posts SELECT i, 1 + (i - 1) % 100, 1 + i % 3, 'Title ' || i, 'A long text about something, number ' || i, 1 + i % 2 FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
INSERT INTO comments SELECT i, 1 + (i + 198) % 200, 1 + (i - 1) % 100, CASE WHEN i % 4 = 0 THEN i - 1 END, 'I think that comment ' || i || ' is right' FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
INSERT INTO messages SELECT i, CASE WHEN i % 100 = 14 THEN 30 ELSE 1 + (i - 1) % 100 END, CASE WHEN i % 100 = 14 THEN 7 WHEN i % 100 = 99 THEN 2 ELSE 1 + (i + 1) % 100 END, 'Dear friend, see you at ' || i, '2024-02-03 11:00:00' FROM n WHERE (i + 1) % 100 <> 6;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
INSERT INTO attachments SELECT i, 'Post', i, 'file' || i || '.pdf' FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
INSERT INTO attachments SELECT 400 + i, 'User', i, 'avatar' || i || '.png' FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
INSERT INTO sessions SELECT 's-' || i, i, '10.1.' || i || '.4', '2024-03-04 12:00:00' FROM n;
INSERT INTO schema_migrations VALUES ('20240101'), ('20240202');
INSERT INTO settings VALUES ('site_name', 'Forum'), ('admin_email', 'root@forum.example');
