-- The officer's choice, where what the request names leads to several people.
ALTER TABLE request ADD COLUMN pick TEXT; -- personal
ALTER TABLE request ADD COLUMN accept TEXT; -- personal
