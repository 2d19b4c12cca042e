-- Merges and splits of a child's identity lead its alerts, too: docs/adr/0016. Null in a move by the register.
ALTER TABLE child_move ADD COLUMN survivor_id      uuid;
ALTER TABLE child_move ADD COLUMN survivor_version bigint;  -- of that child, after the merge or the split
ALTER TABLE child_move ADD COLUMN becomes_alias    boolean; -- false: a split
CREATE INDEX child_move_survivor ON child_move (survivor_id);
