-- Who wants to be told of what. Where to is personal and encrypted.
CREATE TABLE subscription (
    id          uuid        PRIMARY KEY,
    principal   text        NOT NULL,
    roles       text[]      NOT NULL,
    agency_id   uuid,
    channel     text        NOT NULL CHECK (channel IN ('EMAIL', 'WEBHOOK')),
    event_types text[]      NOT NULL, -- none: all that the roles may hear
    districts   text[]      NOT NULL,
    state       text        NOT NULL CHECK (state IN ('ACTIVE', 'GONE')),
    target      bytea       NOT NULL, -- encrypted e-mail address or URL
    secret      bytea,                -- encrypted signing secret of a webhook
    created_at  timestamptz NOT NULL
);
CREATE INDEX subscription_principal ON subscription (principal);

ALTER TABLE delivery ADD COLUMN subscription_id uuid;
ALTER TABLE delivery ALTER COLUMN mailbox DROP NOT NULL;
ALTER TABLE delivery ADD CHECK ((mailbox IS NULL) <> (subscription_id IS NULL));
