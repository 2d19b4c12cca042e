-- How a database notices that it was put back to an earlier time: docs/adr/0004.
ALTER TABLE relay_position ADD COLUMN incarnation uuid NOT NULL DEFAULT gen_random_uuid(); -- a new one after each restore
ALTER TABLE relay_position ADD COLUMN announced bigint NOT NULL DEFAULT 0; -- told outside before anything is sent

-- One row for every time this database was found restored.
CREATE TABLE relay_restore (
    incarnation   uuid        PRIMARY KEY, -- the one that began
    recognised_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    first_lost    bigint      NOT NULL, -- events of this source with ce_sequence from here …
    last_lost     bigint      NOT NULL, -- … to here were sent, and are not known here any more
    inserted      bigint      NOT NULL, -- kept events that are sent again
    reconciled_at timestamptz           -- set by whoever has dealt with what was lost
);

-- After a restore numbers go on where others have seen them end.
GRANT UPDATE ON SEQUENCE outbox_seq_seq TO ${app};
