-- The topics that Kafka does not have and that events wait for, while all others are sent: docs/adr/0010.
-- What is visible in prev, or in target up to last_seq, had been sent when the first event had to wait.
CREATE TABLE relay_missing (
    topic    text        PRIMARY KEY,
    prev     pg_snapshot NOT NULL,
    target   pg_snapshot NOT NULL,
    last_seq bigint      NOT NULL
);
