-- An id that became an alias moved to where the child lives that survives; forgotten when it is split again.
ALTER TABLE child_move ADD COLUMN by_merge boolean NOT NULL DEFAULT false;
