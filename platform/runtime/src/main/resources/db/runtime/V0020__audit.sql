-- Who did or read what. The app role adds rows and reads them; it changes and deletes none.
CREATE TABLE audit (
    seq       bigint GENERATED ALWAYS AS IDENTITY (CACHE 1),
    tx        xid8        NOT NULL DEFAULT pg_current_xact_id(),
    id        uuid        NOT NULL,
    at        timestamptz NOT NULL,
    principal text        NOT NULL,
    agency    uuid,
    action    text        NOT NULL,
    subjects  text[]      NOT NULL, -- type:id, pseudonyms only
    purpose   text,
    mac       bytea       NOT NULL, -- over all of the above but seq and tx
    PRIMARY KEY (tx, seq)
);
REVOKE UPDATE, DELETE ON audit FROM ${app};
