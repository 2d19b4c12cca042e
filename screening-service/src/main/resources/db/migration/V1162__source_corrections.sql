-- What a source is asked to correct of what it told us, and what it answered. Either a signal or fields of the register.
CREATE TABLE source_correction (
    id          uuid        PRIMARY KEY,
    version     bigint      NOT NULL,
    request_id  uuid        NOT NULL,
    source      text        NOT NULL,
    signal_id   text,
    bit         smallint,
    claim       text        NOT NULL, -- a code: what is said to be wrong
    asked_at    timestamptz NOT NULL,
    result      text        CHECK (result IN ('CORRECTED', 'CONFIRMED')), -- null until the source answers
    answered_at timestamptz,
    CHECK ((signal_id IS NULL) = (bit IS NULL)),
    CHECK ((result IS NULL) = (answered_at IS NULL))
);
CREATE INDEX source_correction_source ON source_correction (source, id);
CREATE INDEX source_correction_request ON source_correction (request_id);

-- Fields of the registry that were corrected here.
ALTER TABLE rights_request ADD corrected text[] NOT NULL DEFAULT '{}';
