-- Who made an archive, what kinds of data are in it, who decided on single values, and who approved that it is handed over.
ALTER TABLE archive ADD COLUMN author TEXT;
ALTER TABLE archive ADD COLUMN categories TEXT;
ALTER TABLE decision ADD COLUMN by TEXT;

CREATE TABLE archive_approval (
    archive INTEGER NOT NULL REFERENCES archive ON DELETE CASCADE,
    by TEXT NOT NULL,
    hash BLOB NOT NULL,
    signature TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (archive, by)
) STRICT;
