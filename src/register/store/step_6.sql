-- Who made a plan, and who approved it: a user of the operating system, or the holder of a key.
ALTER TABLE plan ADD COLUMN author TEXT;

CREATE TABLE approval (
    plan INTEGER NOT NULL REFERENCES plan ON DELETE CASCADE,
    by TEXT NOT NULL,
    hash BLOB NOT NULL,
    signature TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (plan, by)
) STRICT;
