-- What was erased, as hashes that only the ledger's key can make again: by person, their identifiers and records.
CREATE TABLE erased (
    number INTEGER PRIMARY KEY,
    plan INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    key TEXT NOT NULL,
    at TEXT NOT NULL,
    until TEXT NOT NULL,
    UNIQUE (plan, subject)
) STRICT;

CREATE TABLE erased_identity (
    erased INTEGER NOT NULL REFERENCES erased ON DELETE CASCADE,
    tag BLOB NOT NULL,
    PRIMARY KEY (erased, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE erased_record (
    erased INTEGER NOT NULL REFERENCES erased ON DELETE CASCADE,
    tag BLOB NOT NULL,
    before BLOB NOT NULL,
    after BLOB,
    role TEXT NOT NULL,
    PRIMARY KEY (erased, tag)
) STRICT, WITHOUT ROWID;

-- What an erasure kept for a time, by the hash of its key.
CREATE TABLE waiting (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    plan INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    source TEXT NOT NULL,
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    tag BLOB NOT NULL,
    count INTEGER NOT NULL,
    role TEXT NOT NULL,
    code TEXT NOT NULL,
    by TEXT,
    until TEXT
) STRICT;
CREATE INDEX waiting_plan ON waiting (plan, subject);
