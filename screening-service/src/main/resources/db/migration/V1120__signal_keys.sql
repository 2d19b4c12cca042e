-- Keys to which agencies seal signals that they send by Kafka. The private half is encrypted under the service's keys.
CREATE TABLE signal_key (
    id      uuid        PRIMARY KEY,
    made_at timestamptz NOT NULL,
    sealed  bytea       NOT NULL
);
REVOKE UPDATE, DELETE ON signal_key FROM ${app};
