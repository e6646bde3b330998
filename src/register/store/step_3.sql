-- What an officer decided on a value that an archive would withhold; `item` is a digest.
CREATE TABLE decision (
    request INTEGER NOT NULL REFERENCES request ON DELETE CASCADE,
    item TEXT NOT NULL,
    verdict TEXT NOT NULL,
    because TEXT NOT NULL, -- personal
    text TEXT, -- personal
    at TEXT NOT NULL,
    PRIMARY KEY (request, item)
) STRICT, WITHOUT ROWID;

-- How many records an archive holds, how many values are withheld, how many of them nobody has decided on. Unknown
-- for older archives.
ALTER TABLE archive ADD COLUMN records INTEGER;
ALTER TABLE archive ADD COLUMN withheld INTEGER;
ALTER TABLE archive ADD COLUMN pending INTEGER;

CREATE TABLE release (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    archive INTEGER NOT NULL REFERENCES archive,
    recipient TEXT NOT NULL, -- personal
    channel TEXT NOT NULL, -- personal
    at TEXT NOT NULL
) STRICT;
