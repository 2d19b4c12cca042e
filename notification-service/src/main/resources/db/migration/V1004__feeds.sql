-- What may leave the platform of an event, once for all subscribers who hear it.
CREATE TABLE feed_event (
    id          uuid        PRIMARY KEY, -- the CloudEvents id
    seq         bigint      GENERATED ALWAYS AS IDENTITY (CACHE 1),
    type        text        NOT NULL,
    child_id    uuid, -- leaves as a pseudonym of the subscriber's own
    happened_at timestamptz NOT NULL,
    data        text        NOT NULL
);

CREATE TABLE feed_delivery (
    subscription_id uuid        NOT NULL,
    event_id        uuid        NOT NULL,
    seq             bigint      NOT NULL,
    state           text        NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'SENT')),
    attempts        int         NOT NULL DEFAULT 0,
    last_code       text,
    planned_at      timestamptz NOT NULL,
    sent_at         timestamptz,
    PRIMARY KEY (subscription_id, event_id)
);
CREATE INDEX feed_delivery_pending ON feed_delivery (subscription_id, seq) WHERE state = 'PENDING';

-- One row a webhook that has something to send: its turn, which a replica takes by lease. Database time, as in delivery.
CREATE TABLE feed_turn (
    subscription_id uuid        PRIMARY KEY,
    due_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    failures        int         NOT NULL DEFAULT 0
);
CREATE INDEX feed_turn_due ON feed_turn (due_at);
