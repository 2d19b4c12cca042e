-- What was determined of a child, flagged or not: what a model's recall is measured against.
CREATE TABLE abuse_finding (
    child_id      uuid        NOT NULL,
    investigation uuid        NOT NULL,
    version       bigint      NOT NULL,
    determination text        NOT NULL CHECK (determination IN ('ABUSE', 'GENERAL_CASE', 'UNFOUNDED')),
    determined_at timestamptz NOT NULL,
    PRIMARY KEY (child_id, investigation)
);
CREATE INDEX abuse_finding_time ON abuse_finding (determined_at);
