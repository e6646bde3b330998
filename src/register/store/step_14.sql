-- What speaks against giving a value that was decided to be withheld; none in decisions made before there was a list.
ALTER TABLE decision ADD COLUMN exempt TEXT;
