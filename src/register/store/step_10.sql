-- Whether the person is not told of what was decided to be withheld.
ALTER TABLE decision ADD COLUMN untold INTEGER NOT NULL DEFAULT 0;
