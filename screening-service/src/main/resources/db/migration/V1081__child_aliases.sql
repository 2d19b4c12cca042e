-- Two ids that proved to be one child: the alias answers as the child. Rows keep the ids they have, so that it can be
-- taken back. An alias is of a child, never of an alias.
CREATE TABLE child_alias (
    alias_id uuid PRIMARY KEY,
    child_id uuid NOT NULL CHECK (child_id <> alias_id)
);
CREATE INDEX child_alias_child ON child_alias (child_id);

-- Who decided what of two ids, and why, as a code.
CREATE TABLE identity_decision (
    id         uuid        PRIMARY KEY,
    kind       text        NOT NULL CHECK (kind IN ('MERGED', 'SPLIT', 'NOT_SAME')),
    child_id   uuid        NOT NULL, -- the one that survives
    other_id   uuid        NOT NULL,
    reason     text        NOT NULL,
    decided_by text        NOT NULL,
    decided_at timestamptz NOT NULL
);
CREATE INDEX identity_decision_pair ON identity_decision (child_id, other_id);

-- The child that an id is of.
CREATE FUNCTION surviving(asked uuid) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
    'SELECT coalesce((SELECT child_id FROM child_alias WHERE alias_id = asked), asked)';
