-- Which right an archive answers; none: that of access.
ALTER TABLE archive ADD COLUMN "right" TEXT;
