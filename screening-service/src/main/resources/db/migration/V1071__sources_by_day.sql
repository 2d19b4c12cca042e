-- What each source sent of each indicator, by the day in Seoul on which it arrived; bit -1: rejected lines that name no
-- indicator of the catalogue. A single signal is a line too.
CREATE TABLE source_day (
    source          text        NOT NULL,
    bit             smallint    NOT NULL,
    day             date        NOT NULL,
    accepted        bigint      NOT NULL,
    duplicates      bigint      NOT NULL,
    rejected        bigint      NOT NULL,
    last_arrival_at timestamptz NOT NULL,
    PRIMARY KEY (source, bit, day)
);

-- The rejected ones of them by the reason.
CREATE TABLE source_rejection (
    source text     NOT NULL,
    bit    smallint NOT NULL,
    day    date     NOT NULL,
    code   text     NOT NULL,
    lines  bigint   NOT NULL,
    PRIMARY KEY (source, bit, day, code)
);
