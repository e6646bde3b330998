-- Files with a person's data that this program wrote outside its own folder; `name` is the salted digest of `path`.
CREATE TABLE own_file (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    request INTEGER NOT NULL REFERENCES request,
    plan INTEGER REFERENCES plan,
    kind TEXT NOT NULL,
    path TEXT, -- personal
    name BLOB NOT NULL,
    hash BLOB NOT NULL,
    made_at TEXT NOT NULL,
    ended_at TEXT,
    how TEXT
) STRICT;
CREATE INDEX own_file_request ON own_file (request);

-- Plans whose file was ended with the erasure.
ALTER TABLE plan ADD COLUMN file_ended_at TEXT;

-- Records of erasure: that they were made, and the SHA-256 of each version.
CREATE TABLE erasure_record (
    plan INTEGER PRIMARY KEY REFERENCES plan,
    complete INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    full BLOB NOT NULL,
    plain BLOB NOT NULL
) STRICT;

-- Requests about one person are looked for by what they have in common.
CREATE INDEX request_tag_tag ON request_tag (tag);
