-- Plans that can be taken back for a time: until which day, and how it stands.
CREATE TABLE undo (
    plan INTEGER PRIMARY KEY REFERENCES plan ON DELETE CASCADE,
    until TEXT NOT NULL,
    -- What applying it had to tell of the sources: for the record of erasure.
    told TEXT,
    -- When taking it back was begun, and why.
    begun_at TEXT,
    because TEXT, -- personal
    -- When and how the time ended: 'closed', or 'undone'.
    ended_at TEXT,
    how TEXT
) STRICT;
