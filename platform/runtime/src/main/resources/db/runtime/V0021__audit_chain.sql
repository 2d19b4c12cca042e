-- The audit rows sealed into a chain of Merkle blocks. A block is also the sealer's position: everything visible in prev
-- is sealed, and of what is visible in target everything up to its last row. So nothing here is ever updated.
CREATE TABLE audit_block (
    number        bigint      PRIMARY KEY,
    prev          pg_snapshot NOT NULL,
    target        pg_snapshot NOT NULL,
    seqs          bigint[]    NOT NULL CHECK (cardinality(seqs) > 0), -- ascending
    leaves        bytea       NOT NULL CHECK (octet_length(leaves) = 32 * cardinality(seqs)),
    root          bytea       NOT NULL,
    previous_head bytea       NOT NULL,
    head          bytea       NOT NULL,
    sealed_at     timestamptz NOT NULL,
    first_seq     bigint      NOT NULL GENERATED ALWAYS AS (seqs[1]) STORED,
    last_seq      bigint      NOT NULL GENERATED ALWAYS AS (seqs[cardinality(seqs)]) STORED,
    leaf_count    int         NOT NULL GENERATED ALWAYS AS (cardinality(seqs)) STORED
);
REVOKE UPDATE, DELETE ON audit_block FROM ${app};
CREATE UNIQUE INDEX audit_seq ON audit (seq); -- a row is named by its number
