-- The first answer to each Idempotency-Key. The scope is a hash of who, what and the key; what was asked and answered
-- is sealed. A row without an answer is a request under way, whose repeats wait for its end.
CREATE TABLE idempotency (
    scope      bytea       PRIMARY KEY,
    expires_at timestamptz NOT NULL DEFAULT 'infinity',
    sealed     bytea
);
CREATE INDEX idempotency_expires ON idempotency (expires_at) WHERE expires_at < 'infinity';
