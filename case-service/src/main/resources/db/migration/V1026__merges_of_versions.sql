-- Until which version the moves of the child that survives had led to the place that the merge told of.
ALTER TABLE child_move ADD COLUMN child_version bigint;
