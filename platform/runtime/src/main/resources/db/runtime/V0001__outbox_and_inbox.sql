-- Every service's database holds these tables. Why they look so: docs/adr/0001 and 0002.

CREATE TABLE outbox (
    seq     bigint GENERATED ALWAYS AS IDENTITY (CACHE 1),
    tx      xid8   NOT NULL DEFAULT pg_current_xact_id(),
    id      uuid   NOT NULL,
    type    text   NOT NULL,
    key     text   NOT NULL,
    headers text   NOT NULL, -- one "name:value" a line, in the order given
    payload bytea  NOT NULL CHECK (octet_length(payload) <= 262144),
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tx, seq)
) PARTITION BY RANGE (tx);
CREATE INDEX outbox_seq ON outbox (seq); -- pages of a pass: a bulk transaction alone may hold a million events

CREATE TABLE relay_position (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    epoch    bigint      NOT NULL DEFAULT 0, -- rises with every new leader; fences the old one's saves
    prev     pg_snapshot NOT NULL,           -- all that is visible in it has been sent
    target   pg_snapshot NOT NULL,           -- the pass under way sends what is visible in it
    last_seq bigint      NOT NULL DEFAULT 0  -- how far this pass has come
);
INSERT INTO relay_position (prev, target) VALUES ('1:1:', '1:1:');

CREATE TABLE inbox (
    consumer    text        NOT NULL,
    id          uuid        NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (consumer, id)
) PARTITION BY RANGE (id); -- a UUIDv7 begins with its time, so old weeks are dropped whole
CREATE TABLE inbox_other PARTITION OF inbox DEFAULT; -- ids that tell no time

CREATE TABLE inbox_offset (
    consumer    text   NOT NULL,
    topic       text   NOT NULL,
    partition   int    NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (consumer, topic, partition)
);

CREATE TABLE inbox_parked (
    consumer  text   NOT NULL,
    id        uuid   NOT NULL,
    seq       bigint GENERATED ALWAYS AS IDENTITY (CACHE 1),
    topic     text   NOT NULL,
    partition int    NOT NULL,
    "offset"  bigint NOT NULL,
    key       text   NOT NULL,
    headers   text   NOT NULL,
    payload   bytea  NOT NULL,
    reason    text   NOT NULL CHECK (reason IN ('EARLY', 'FAILED', 'BEHIND')),
    code      text   NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts  int    NOT NULL DEFAULT 1,
    PRIMARY KEY (consumer, id)
);
CREATE INDEX inbox_parked_key ON inbox_parked (consumer, key, seq);
