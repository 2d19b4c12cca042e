-- The version that scores every round that opens beside the one in use; at most one, and it flags nobody.
ALTER TABLE model ADD shadow_since timestamptz;
CREATE UNIQUE INDEX model_shadow ON model ((true)) WHERE shadow_since IS NOT NULL;

-- Frozen when a round opens; null for none.
ALTER TABLE round ADD shadow_version text;

-- What a round's shadow would have decided.
CREATE TABLE shadow_screening (
    round_id    uuid        PRIMARY KEY,
    flagged     int         NOT NULL,
    backlog     int         NOT NULL,
    screened_at timestamptz NOT NULL
);

CREATE TABLE shadow_flag (
    round_id      uuid NOT NULL,
    child_id      uuid NOT NULL,
    district_code text NOT NULL,
    dong_code     text NOT NULL,
    score         int  NOT NULL,
    rank          int  NOT NULL,
    reasons       text NOT NULL, -- CODE:points, most points first
    PRIMARY KEY (round_id, child_id)
);
