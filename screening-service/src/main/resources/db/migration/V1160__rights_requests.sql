-- What a child or who represents it asks of what is kept: access 열람, correction 정정, objection 자동화된 결정에 대한 거부·설명.
-- What was written and what was answered is encrypted.
CREATE TABLE rights_request (
    id              uuid        PRIMARY KEY,
    version         bigint      NOT NULL,
    child_id        uuid        NOT NULL,
    kind            text        NOT NULL CHECK (kind IN ('ACCESS', 'CORRECTION', 'OBJECTION')),
    requester       text        NOT NULL CHECK (requester IN ('CHILD', 'REPRESENTATIVE')),
    identity_check  text        NOT NULL,
    representation  text, -- null where the child itself asks
    received_on     date        NOT NULL,
    due_on          date        NOT NULL,
    wording         bytea       NOT NULL,
    deferrals       int         NOT NULL,
    deferral_reason text,
    overdue         boolean     NOT NULL DEFAULT false,
    registered_by   text        NOT NULL,
    registered_at   timestamptz NOT NULL,
    outcome         text        CHECK (outcome IN ('GRANTED', 'PARTLY', 'REFUSED')), -- null until decided
    ground          text,
    withheld        text[]      NOT NULL DEFAULT '{}', -- beyond what is never told
    conflict        boolean     NOT NULL DEFAULT false,
    danger          text[]      NOT NULL DEFAULT '{}', -- as it was known when it was decided
    decided_by      text,
    decided_at      timestamptz,
    answer          bytea,
    CHECK ((representation IS NULL) = (requester = 'CHILD')),
    CHECK ((outcome IS NULL) = (decided_at IS NULL))
);
CREATE INDEX rights_request_child ON rights_request (child_id, due_on, id);
CREATE INDEX rights_request_due ON rights_request (due_on, id);
CREATE INDEX rights_request_open ON rights_request (kind) WHERE outcome IS NULL;
