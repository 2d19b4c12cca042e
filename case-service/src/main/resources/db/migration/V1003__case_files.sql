-- One case file a child, for ever: abuse again opens it again.
CREATE TABLE case_file (
    id                  uuid        PRIMARY KEY, -- made from the child
    version             bigint      NOT NULL,
    state               text        NOT NULL CHECK (state IN ('OPEN', 'ASSESSMENT', 'PLANNED', 'IN_SERVICE',
                                        'FOLLOW_UP', 'CLOSED', 'MANAGEMENT_REFUSED')),
    child_id            uuid        NOT NULL UNIQUE,
    district_code       text        NOT NULL,
    dong_code           text,
    investigation_id    uuid        NOT NULL,
    reopened            boolean     NOT NULL,
    sibling_ids         uuid[]      NOT NULL,
    excluded_agency_ids uuid[]      NOT NULL,
    agency_id           uuid,
    correlation_id      uuid        NOT NULL,
    opened_at           timestamptz NOT NULL,
    close_reason        text,
    closed_at           timestamptz,
    watch_until         date
);
CREATE INDEX case_file_opened ON case_file (opened_at, id);
CREATE INDEX case_file_agency ON case_file (agency_id, opened_at, id);

-- Plans, sessions and assessments; what was written is encrypted.
CREATE TABLE case_entry (
    id         uuid        PRIMARY KEY,
    case_id    uuid        NOT NULL,
    kind       text        NOT NULL CHECK (kind IN ('PLAN', 'SESSION', 'ASSESSMENT')),
    happened_on date       NOT NULL,
    code       text,
    points     int,
    written_at timestamptz NOT NULL,
    content    bytea -- encrypted
);
CREATE INDEX case_entry_case ON case_entry (case_id, written_at, id);

-- What became of referrals; the newest version counts.
CREATE TABLE followed_referral (
    referral_id  uuid        PRIMARY KEY,
    version      bigint      NOT NULL,
    state        text        NOT NULL,
    child_id     uuid        NOT NULL,
    case_id      uuid,
    service_code text        NOT NULL,
    agency_id    uuid,
    accepted     boolean     NOT NULL
);
CREATE INDEX followed_referral_case ON followed_referral (case_id);
