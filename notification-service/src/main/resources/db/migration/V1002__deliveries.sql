-- One message to one recipient. due_at is the database's own time, not the platform's: a lease and a retry wait for
-- machines, and must not run out because a simulated clock jumps.
CREATE TABLE delivery (
    id             uuid        PRIMARY KEY, -- made from alert, level and recipient, so that a repeat is the same delivery
    alert_id       uuid        NOT NULL,
    level          int         NOT NULL,
    channel        text        NOT NULL CHECK (channel IN ('EMAIL')),
    mailbox        text        NOT NULL, -- the local part of a role's mailbox
    correlation_id uuid        NOT NULL,
    priority       int         NOT NULL, -- 0 first
    subject        text        NOT NULL,
    text           text        NOT NULL,
    state          text        NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'SENT', 'FAILED')),
    attempts       int         NOT NULL DEFAULT 0,
    refusals       int         NOT NULL DEFAULT 0,
    due_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_code      text,
    planned_at     timestamptz NOT NULL,
    sent_at        timestamptz
);
CREATE INDEX delivery_due ON delivery (priority, due_at) WHERE state = 'PENDING';
CREATE INDEX delivery_alert ON delivery (alert_id);
