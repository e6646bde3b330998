-- What a sweep found and an officer accepted: the place as reports name it, and why.
CREATE TABLE accepted (
    plan INTEGER NOT NULL REFERENCES plan,
    place TEXT NOT NULL,
    because TEXT NOT NULL, -- personal
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (plan, place)
) STRICT;
