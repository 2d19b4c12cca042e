-- Referrals and places in shelters, as referral-service told: whoever has one that is open is not erased. They are no open
-- work, for which a round would pass a child over.
CREATE TABLE open_help (
    child_id   uuid        NOT NULL,
    kind       text        NOT NULL CHECK (kind IN ('REFERRAL', 'PLACEMENT')),
    ref        uuid        NOT NULL,
    version    bigint      NOT NULL,
    open       boolean     NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (child_id, kind, ref)
);
