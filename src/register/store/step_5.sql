-- What stops erasures: of a person, a collection, or everything; for a matter. Released holds keep when and why.
CREATE TABLE hold (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    covers TEXT NOT NULL,
    source TEXT,
    collection TEXT,
    matter TEXT, -- personal
    because TEXT NOT NULL, -- personal
    selectors TEXT, -- personal; gone once it is released
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    released_by TEXT,
    released_at TEXT,
    released_because TEXT -- personal
) STRICT;

-- Whom a hold is about, as hashes of identifiers and of person records.
CREATE TABLE hold_tag (
    hold INTEGER NOT NULL REFERENCES hold ON DELETE CASCADE,
    tag BLOB NOT NULL,
    PRIMARY KEY (hold, tag)
) STRICT, WITHOUT ROWID;

-- Whom a request was found to be about, likewise: an open request for a copy holds the person's records.
CREATE TABLE request_tag (
    request INTEGER NOT NULL REFERENCES request ON DELETE CASCADE,
    tag BLOB NOT NULL,
    PRIMARY KEY (request, tag)
) STRICT, WITHOUT ROWID;
