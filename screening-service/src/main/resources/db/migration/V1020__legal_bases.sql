-- On which article of law an indicator may be used. The newest row of an indicator decides; one without an article takes
-- its basis away.
CREATE TABLE legal_basis (
    code        text        NOT NULL,
    version     int         NOT NULL,
    article     text,
    in_force_on date,
    recorded_by text        NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (code, version),
    CHECK ((article IS NULL) = (in_force_on IS NULL))
);

-- Which indicators a round may count: bit i is indicator i. Frozen when it opens.
ALTER TABLE round ADD lawful bigint NOT NULL DEFAULT -1;
