-- Where children moved, so that an urgent flag ends with the officers of the same district whichever is heard first.
CREATE TABLE child_move (
    event_id      uuid        PRIMARY KEY, -- that told of it
    child_id      uuid        NOT NULL,
    version       bigint      NOT NULL, -- of the child
    from_district text        NOT NULL,
    to_district   text        NOT NULL,
    moved_at      timestamptz NOT NULL
);
CREATE INDEX child_move_child ON child_move (child_id, version);
