-- The key store: a key for each subject of personal data, encrypted under the service's keys. No other table refers to it or
-- is joined with it, so that it can be moved, backed up and let go by itself: docs/adr/0019. The row of a destroyed key
-- stays, without a key.
CREATE TABLE subject_key (
    subject      uuid        PRIMARY KEY,
    wrapped      bytea,
    destroyed_at timestamptz,
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);
REVOKE DELETE ON subject_key FROM ${app};
