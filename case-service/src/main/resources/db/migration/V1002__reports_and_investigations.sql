-- Suspicions of abuse. Reporter and narrative are encrypted; nobody but the investigator is shown them.
CREATE TABLE report (
    id                  uuid        PRIMARY KEY,
    version             bigint      NOT NULL,
    state               text        NOT NULL CHECK (state IN ('RECEIVED', 'UNDER_INVESTIGATION', 'CLOSED')),
    child_id            uuid        NOT NULL,
    district_code       text        NOT NULL,
    dong_code           text,
    channel             text        NOT NULL,
    urgency             text        NOT NULL CHECK (urgency IN ('EMERGENCY', 'URGENT', 'ORDINARY')),
    suspected_types     text[]      NOT NULL,
    visit_id            uuid,
    flag_id             uuid,
    campaign_code       text,
    excluded_agency_ids uuid[]      NOT NULL,
    investigation_id    uuid,
    determination       text,
    correlation_id      uuid        NOT NULL,
    reported_at         timestamptz NOT NULL,
    reporter            bytea, -- encrypted
    narrative           bytea  -- encrypted
);
CREATE INDEX report_newest ON report (reported_at, id);
CREATE INDEX report_district ON report (district_code, reported_at, id);
CREATE INDEX report_child ON report (child_id);
CREATE INDEX report_visit ON report (visit_id);
CREATE INDEX report_investigation ON report (investigation_id);

CREATE TABLE investigation (
    id                  uuid        PRIMARY KEY, -- made from the report it began with
    version             bigint      NOT NULL,
    state               text        NOT NULL CHECK (state IN ('STARTED', 'DETERMINED', 'CLOSED')),
    child_id            uuid        NOT NULL,
    district_code       text        NOT NULL,
    dong_code           text,
    attendance          text        NOT NULL,
    excluded_agency_ids uuid[]      NOT NULL,
    flag_id             uuid,
    correlation_id      uuid        NOT NULL,
    started_at          timestamptz NOT NULL,
    other_notified_at   timestamptz,
    determination_id    uuid,
    determination       text CHECK (determination IN ('ABUSE', 'GENERAL_CASE', 'UNFOUNDED')),
    forum               text,
    types               text[],
    relation            text,
    re_abuse            boolean,
    score_seen          boolean,
    consent             boolean,
    reasons             bytea, -- encrypted
    determined_at       timestamptz,
    protection_decision text,
    protection_decided_at timestamptz
);
CREATE INDEX investigation_child ON investigation (child_id);

CREATE TABLE measure (
    id                  uuid        PRIMARY KEY,
    version             bigint      NOT NULL,
    state               text        NOT NULL,
    investigation_id    uuid        NOT NULL,
    child_id            uuid        NOT NULL,
    district_code       text        NOT NULL,
    kind                text        NOT NULL,
    items               int[]       NOT NULL,
    place_needed        boolean     NOT NULL,
    sibling_ids         uuid[]      NOT NULL,
    excluded_agency_ids uuid[]      NOT NULL,
    correlation_id      uuid        NOT NULL,
    taken_at            timestamptz NOT NULL,
    ends_at             timestamptz,
    extensions          int         NOT NULL,
    decision            bytea -- why it was extended; encrypted
);
CREATE INDEX measure_investigation ON measure (investigation_id);

-- What the referral service did about a place; the newest version counts.
CREATE TABLE measure_placement (
    measure_id   uuid        NOT NULL,
    placement_id uuid        NOT NULL,
    version      bigint      NOT NULL,
    state        text        NOT NULL,
    fallback     text,
    PRIMARY KEY (measure_id, placement_id)
);
