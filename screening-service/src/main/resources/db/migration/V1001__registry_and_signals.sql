-- Children as agencies deliver them. Names, addresses and identifiers stand in child.personal alone, encrypted.
CREATE TABLE household (
    id  uuid  PRIMARY KEY,
    mac bytea UNIQUE -- keyed hash of the agencies' household id; null for one minted for a child without
);

CREATE TABLE child (
    id            uuid    PRIMARY KEY,
    household_id  uuid    NOT NULL,
    birth_date    date,             -- null only while provisional
    sex           text,
    family_type   text    NOT NULL,
    district_code text    NOT NULL,
    dong_code     text    NOT NULL,
    care          text    NOT NULL,
    scheme        text,             -- the best identifier known: RRN before TNN before TMN
    provisional   boolean NOT NULL DEFAULT false,
    personal      bytea,
    content_mac   bytea,            -- tells an unchanged line from a changed one
    version       bigint  NOT NULL DEFAULT 1
);
CREATE INDEX child_household ON child (household_id);
CREATE INDEX child_description ON child (birth_date, district_code);

CREATE TABLE child_identifier (
    mac      bytea PRIMARY KEY,
    scheme   text  NOT NULL,
    child_id uuid  NOT NULL
);
CREATE INDEX child_identifier_child ON child_identifier (child_id);

-- Batches as they stream in. A chunk's row commits with all that the chunk did.
CREATE TABLE batch (
    id          uuid        PRIMARY KEY,
    kind        text        NOT NULL CHECK (kind IN ('CHILDREN', 'SIGNALS')),
    principal   text        NOT NULL,
    source      text        NOT NULL,
    key         text        NOT NULL,
    state       text        NOT NULL CHECK (state IN ('RECEIVING', 'COMPLETE')),
    received_at timestamptz NOT NULL,
    UNIQUE (principal, kind, key)
);

CREATE TABLE batch_chunk (
    batch_id   uuid   NOT NULL,
    chunk      int    NOT NULL,
    hash       bytea  NOT NULL,
    received   int    NOT NULL,
    accepted   int    NOT NULL,
    duplicates int    NOT NULL,
    rejected   int    NOT NULL,
    PRIMARY KEY (batch_id, chunk)
);

CREATE TABLE batch_rejection (
    batch_id uuid   NOT NULL,
    line     bigint NOT NULL,
    code     text   NOT NULL,
    message  text   NOT NULL,
    PRIMARY KEY (batch_id, line)
);

-- Every accepted line as it came, duplicates and corrections too.
CREATE TABLE signal_raw (
    batch_id    uuid     NOT NULL,
    line        bigint   NOT NULL,
    source      text     NOT NULL,
    signal_id   text     NOT NULL,
    bit         smallint NOT NULL,
    subject     bytea    NOT NULL, -- keyed hash of the subject
    observed_on date     NOT NULL,
    cleared_on  date,
    PRIMARY KEY (batch_id, line)
);

-- What the sources hold to be so now: one row a signal, about a child or a household.
CREATE TABLE signal (
    source       text     NOT NULL,
    signal_id    text     NOT NULL,
    bit          smallint NOT NULL,
    child_id     uuid,
    household_id uuid,
    observed_on  date     NOT NULL,
    cleared_on   date,
    PRIMARY KEY (source, signal_id),
    CHECK ((child_id IS NULL) <> (household_id IS NULL))
);
CREATE INDEX signal_child ON signal (child_id) WHERE child_id IS NOT NULL;
CREATE INDEX signal_household ON signal (household_id) WHERE household_id IS NOT NULL;

-- The fold: bit i of the mask is indicator i, observed holds the day (since 2000-01-01) of each set bit, lowest first.
CREATE TABLE child_state (
    child_id uuid       PRIMARY KEY,
    mask     bigint     NOT NULL DEFAULT 0,
    observed smallint[] NOT NULL DEFAULT '{}'
) WITH (fillfactor = 80);
