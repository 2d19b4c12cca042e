-- Legal clocks.
CREATE TABLE legal_clock (
    id             uuid        PRIMARY KEY, -- made from subject, code and child
    version        bigint      NOT NULL,
    state          text        NOT NULL CHECK (state IN ('RUNNING', 'STOPPED', 'BREACHED', 'CANCELLED')),
    code           text        NOT NULL,
    subject_type   text        NOT NULL,
    subject_id     uuid        NOT NULL,
    child_id       uuid        NOT NULL,
    district_code  text        NOT NULL,
    owner_role     text        NOT NULL,
    correlation_id uuid        NOT NULL,
    started_at     timestamptz NOT NULL,
    due_at         timestamptz NOT NULL,
    extensions     int         NOT NULL,
    approached_at  timestamptz,
    breached_at    timestamptz,
    stopped_at     timestamptz,
    cancel_reason  text
);
CREATE INDEX legal_clock_due ON legal_clock (due_at, id);
CREATE INDEX legal_clock_district ON legal_clock (district_code, due_at, id);
CREATE INDEX legal_clock_subject ON legal_clock (subject_id);
CREATE INDEX legal_clock_child ON legal_clock (child_id) WHERE state IN ('RUNNING', 'BREACHED');

-- What happened to a child, in codes.
CREATE TABLE timeline_entry (
    seq            bigint      GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
    child_id       uuid        NOT NULL,
    at             timestamptz NOT NULL,
    service        text        NOT NULL,
    what           text        NOT NULL,
    subject_id     uuid        NOT NULL,
    state          text,
    detail         text,
    correlation_id uuid        NOT NULL
);
CREATE INDEX timeline_entry_child ON timeline_entry (child_id, at, seq);
