-- Household visits: one result for each child of the household. Codes and pseudonyms; the note alone is free text.
CREATE TABLE visit (
    id              uuid        PRIMARY KEY, -- made from household and ordinal, so that a repeat is the same visit
    version         bigint      NOT NULL,
    state           text        NOT NULL CHECK (state IN ('PLANNED', 'ATTEMPTED', 'COMPLETED', 'CLOSED')),
    kind            text        NOT NULL CHECK (kind IN ('DONG_OFFICER', 'JOINT_WITH_POLICE')),
    household_id    uuid        NOT NULL,
    ordinal         int         NOT NULL,
    district_code   text        NOT NULL,
    dong_code       text        NOT NULL,
    urgent          boolean     NOT NULL,
    due_on          date        NOT NULL,
    correlation_id  uuid        NOT NULL,
    planned_at      timestamptz NOT NULL,
    children        jsonb       NOT NULL,
    child_ids       uuid[]      NOT NULL,
    attempts        jsonb       NOT NULL,
    note            bytea, -- encrypted
    completed_at    timestamptz,
    UNIQUE (household_id, ordinal)
);
CREATE UNIQUE INDEX visit_open ON visit (household_id, district_code) WHERE state IN ('PLANNED', 'ATTEMPTED');
CREATE INDEX visit_due ON visit (due_on, id);
CREATE INDEX visit_district ON visit (district_code, due_on, id);
CREATE INDEX visit_child ON visit USING gin (child_ids);

-- Every flag has its visit, once.
CREATE TABLE visit_flag (
    flag_id  uuid PRIMARY KEY,
    visit_id uuid NOT NULL
);

-- Nobody knows where a child is; the police look.
CREATE TABLE whereabouts_check (
    id             uuid        PRIMARY KEY, -- made from visit and child
    version        bigint      NOT NULL,
    state          text        NOT NULL CHECK (state IN ('OPEN', 'LOCATED', 'CLOSED')),
    visit_id       uuid        NOT NULL,
    child_id       uuid        NOT NULL,
    flag_id        uuid,
    household_id   uuid        NOT NULL,
    district_code  text        NOT NULL,
    dong_code      text        NOT NULL,
    correlation_id uuid        NOT NULL,
    since          timestamptz NOT NULL,
    due_at         timestamptz NOT NULL,
    inquiries      int         NOT NULL,
    result         text
);
CREATE INDEX whereabouts_check_district ON whereabouts_check (district_code, since, id);
CREATE INDEX whereabouts_check_child ON whereabouts_check (child_id) WHERE state = 'OPEN';
