-- Which keys the register was made with; the keys are files beside it.
CREATE TABLE key (
    purpose TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

CREATE TABLE request (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    salt BLOB NOT NULL,
    selectors TEXT NOT NULL -- personal
) STRICT;

CREATE TABLE request_right (
    request INTEGER NOT NULL REFERENCES request ON DELETE CASCADE,
    name TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    due TEXT NOT NULL,
    outcome TEXT,
    outcome_at TEXT,
    PRIMARY KEY (request, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE verification (
    number INTEGER PRIMARY KEY,
    request INTEGER NOT NULL REFERENCES request ON DELETE CASCADE,
    at TEXT NOT NULL,
    how TEXT NOT NULL -- personal
) STRICT;
CREATE INDEX verification_request ON verification (request);

CREATE TABLE plan (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    created_at TEXT NOT NULL,
    head TEXT NOT NULL,
    status TEXT NOT NULL,
    started_at TEXT,
    outcome TEXT,
    ended_at TEXT
) STRICT;

CREATE TABLE plan_request (
    plan INTEGER NOT NULL REFERENCES plan ON DELETE CASCADE,
    request INTEGER NOT NULL REFERENCES request,
    PRIMARY KEY (plan, request)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_source (
    number INTEGER PRIMARY KEY,
    plan INTEGER NOT NULL REFERENCES plan ON DELETE CASCADE,
    source TEXT NOT NULL,
    started_at TEXT NOT NULL,
    committed_at TEXT,
    UNIQUE (plan, source)
) STRICT;

CREATE TABLE archive (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    request INTEGER NOT NULL REFERENCES request,
    hash BLOB NOT NULL,
    name BLOB NOT NULL,
    made_at TEXT NOT NULL,
    head TEXT NOT NULL
) STRICT;
CREATE INDEX archive_request ON archive (request);

CREATE TABLE log (
    seq INTEGER PRIMARY KEY,
    entry TEXT NOT NULL,
    chain BLOB NOT NULL,
    tag BLOB NOT NULL
) STRICT;
