-- Children whose data were erased, and who has acknowledged it: the record of destruction. Pseudonyms alone.
CREATE TABLE erasure (
    child_id  uuid        PRIMARY KEY,
    alias_ids uuid[]      NOT NULL,
    erased_at timestamptz NOT NULL,
    due_by    timestamptz NOT NULL
);
CREATE INDEX erasure_newest ON erasure (erased_at, child_id);
CREATE TABLE erasure_acknowledgement (
    child_id uuid        NOT NULL,
    service  text        NOT NULL,
    at       timestamptz NOT NULL,
    PRIMARY KEY (child_id, service)
);
REVOKE UPDATE, DELETE ON erasure, erasure_acknowledgement FROM ${app};
-- When work was last heard of, by the database's clock: for how long a child has had none.
ALTER TABLE open_work ADD changed_at timestamptz NOT NULL DEFAULT now();
