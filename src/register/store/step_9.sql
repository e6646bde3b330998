-- By which links and identities a record was somebody else's as well: their fields, a JSON list; null where by none.
ALTER TABLE erased_record ADD COLUMN others TEXT;
ALTER TABLE waiting ADD COLUMN others TEXT;
