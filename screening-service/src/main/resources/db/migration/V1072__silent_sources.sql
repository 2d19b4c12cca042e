-- Silences that were told of: one for each delivery that none followed in time. The next delivery ends it by its day alone.
CREATE TABLE source_silence (
    source           text        NOT NULL,
    bit              smallint    NOT NULL,
    last_received_on date        NOT NULL,
    id               uuid        NOT NULL UNIQUE,
    found_at         timestamptz NOT NULL,
    PRIMARY KEY (source, bit, last_received_on)
);
