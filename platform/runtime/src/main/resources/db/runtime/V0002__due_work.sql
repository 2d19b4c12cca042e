-- What must happen at a time. A row is taken off in the transaction that does it.
CREATE TABLE due_work (
    kind     text        NOT NULL,
    subject  text        NOT NULL,
    due_at   timestamptz NOT NULL,
    attempts int         NOT NULL DEFAULT 0,
    retry_at timestamptz, -- after a failed try: not before
    PRIMARY KEY (kind, subject)
);
CREATE INDEX due_work_due ON due_work (due_at);
