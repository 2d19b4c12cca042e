-- A bed in a shelter for a child, or the wait for one.
CREATE TABLE placement (
    id             uuid        PRIMARY KEY,
    version        bigint      NOT NULL,
    state          text        NOT NULL CHECK (state IN ('HELD', 'RESERVED', 'ADMITTED', 'DISCHARGED', 'UNPLACED',
                                                         'RELEASED')),
    group_id       uuid        NOT NULL, -- siblings who are placed together
    child_id       uuid        NOT NULL,
    district_code  text        NOT NULL,
    measure_id     uuid,
    correlation_id uuid        NOT NULL,
    agency_id      uuid,
    bed            int CHECK (bed > 0),
    together       boolean     NOT NULL,
    split_reason   text,
    fallback       text,
    requested_at   timestamptz NOT NULL,
    held_until     timestamptz,
    ended_reason   text,
    changed_at     timestamptz NOT NULL,
    CHECK ((agency_id IS NULL) = (bed IS NULL)),
    CHECK (state NOT IN ('HELD', 'RESERVED', 'ADMITTED') OR bed IS NOT NULL),
    CHECK ((fallback IS NOT NULL) = (state = 'UNPLACED')),
    CHECK (together OR split_reason IS NOT NULL)
);
-- Never two children in one bed, and never one child in two.
CREATE UNIQUE INDEX placement_bed ON placement (agency_id, bed) WHERE state IN ('HELD', 'RESERVED', 'ADMITTED');
CREATE UNIQUE INDEX placement_child ON placement (child_id) WHERE state IN ('HELD', 'RESERVED', 'ADMITTED', 'UNPLACED');
CREATE INDEX placement_newest ON placement (requested_at DESC, id DESC);
CREATE INDEX placement_group ON placement (group_id);
CREATE INDEX placement_waiting ON placement (requested_at) WHERE state = 'UNPLACED';
