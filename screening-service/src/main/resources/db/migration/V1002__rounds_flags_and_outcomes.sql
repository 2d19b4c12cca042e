CREATE TABLE model (
    version      text        PRIMARY KEY,
    document     text        NOT NULL,
    state        text        NOT NULL CHECK (state IN ('PROPOSED', 'ACTIVE', 'RETIRED')),
    proposed_by  text        NOT NULL,
    proposed_at  timestamptz NOT NULL,
    activated_by text,
    activated_at timestamptz
);
CREATE UNIQUE INDEX model_active ON model (state) WHERE state = 'ACTIVE';

CREATE TABLE dong_capacity (
    dong_code        text PRIMARY KEY,
    visits_per_round int  NOT NULL CHECK (visits_per_round >= 0)
);

CREATE TABLE round (
    id            uuid        PRIMARY KEY,
    version       bigint      NOT NULL,
    programme     text        NOT NULL,
    as_of         date        NOT NULL,
    state         text        NOT NULL CHECK (state IN ('PLANNED', 'OPENED', 'SCREENED', 'TRACKING', 'CLOSED')),
    work          text        CHECK (work IN ('OPENING', 'SCREENING')),
    model_version text,
    children      int         NOT NULL DEFAULT 0,
    excluded      int         NOT NULL DEFAULT 0,
    flagged       int         NOT NULL DEFAULT 0,
    backlog       int         NOT NULL DEFAULT 0,
    seen          int         NOT NULL DEFAULT 0,
    planned_at    timestamptz NOT NULL,
    opened_at     timestamptz,
    screened_at   timestamptz,
    closed_at     timestamptz
);

-- What a round judges: frozen when it opens, never changed after.
CREATE TABLE round_child (
    round_id      uuid       NOT NULL,
    child_id      uuid       NOT NULL,
    household_id  uuid       NOT NULL,
    birth_date    date,
    family_type   text       NOT NULL,
    district_code text       NOT NULL,
    dong_code     text       NOT NULL,
    care          text       NOT NULL,
    scheme        text,
    mask          bigint     NOT NULL,
    observed      smallint[] NOT NULL,
    open_work     boolean    NOT NULL,
    reports       int        NOT NULL,
    refused       boolean    NOT NULL
);
CREATE INDEX round_child_household ON round_child (round_id, household_id);

CREATE TABLE round_capacity (
    round_id         uuid NOT NULL,
    dong_code        text NOT NULL,
    visits_per_round int  NOT NULL,
    PRIMARY KEY (round_id, dong_code)
);

-- Selected children, and those of a round who wait in its backlog because their dong can visit no more.
CREATE TABLE flag (
    id            uuid        PRIMARY KEY,
    version       bigint      NOT NULL,
    state         text        NOT NULL CHECK (state IN ('FLAGGED', 'BACKLOG', 'VISITED', 'CLOSED')),
    child_id      uuid        NOT NULL,
    household_id  uuid        NOT NULL,
    district_code text        NOT NULL,
    dong_code     text        NOT NULL,
    round_id      uuid,
    programme     text,
    score         int         NOT NULL,
    reasons       text        NOT NULL, -- CODE:points, most points first
    rank          int,
    urgent        boolean     NOT NULL,
    model_version text        NOT NULL,
    as_of         date        NOT NULL,
    flagged_at    timestamptz NOT NULL,
    planned_at    timestamptz,
    visited_at    timestamptz,
    outcome       text,
    seen          boolean     NOT NULL DEFAULT false,
    report_id     uuid,
    determination text
);
CREATE INDEX flag_round ON flag (round_id, dong_code, rank);
CREATE INDEX flag_child ON flag (child_id);

CREATE TABLE visit_result (
    visit_id     uuid        NOT NULL,
    child_id     uuid        NOT NULL,
    version      bigint      NOT NULL,
    flag_id      uuid,
    outcome      text        NOT NULL,
    seen         boolean     NOT NULL,
    completed_at timestamptz NOT NULL,
    PRIMARY KEY (visit_id, child_id)
);
CREATE INDEX visit_result_child ON visit_result (child_id);

-- Work of other services on a child. A row stays when the work ends, so that an older event cannot open it again.
CREATE TABLE open_work (
    child_id uuid    NOT NULL,
    kind     text    NOT NULL CHECK (kind IN ('VISIT', 'REPORT', 'CASE')),
    ref      uuid    NOT NULL,
    version  bigint  NOT NULL,
    open     boolean NOT NULL,
    PRIMARY KEY (child_id, kind, ref)
);
CREATE INDEX open_work_open ON open_work (child_id) WHERE open;
