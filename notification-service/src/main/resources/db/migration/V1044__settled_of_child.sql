-- Whether the subject is a child, of whom it settles alerts about anything.
ALTER TABLE settlement ADD COLUMN of_child boolean NOT NULL DEFAULT false;
