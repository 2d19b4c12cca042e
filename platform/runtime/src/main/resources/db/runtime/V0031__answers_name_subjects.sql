-- Whom an answer that is remembered for ever was about, as type:id; null for one remembered before this was kept.
ALTER TABLE idempotency ADD subjects text[];
CREATE INDEX idempotency_subjects ON idempotency USING gin (subjects) WHERE expires_at = 'infinity';
