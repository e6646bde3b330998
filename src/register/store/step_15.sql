-- The language the person is answered in (BCP 47), where one was named.
ALTER TABLE request ADD COLUMN language TEXT;
