-- A chunk of signals first lands in signal_raw and is settled after: subjects looked up, repeats dropped, states folded.
ALTER TABLE batch_chunk
    ADD first_line bigint,
    ADD last_line  bigint,
    ADD settled    boolean NOT NULL DEFAULT true;
CREATE INDEX batch_chunk_unsettled ON batch_chunk (batch_id, chunk) WHERE NOT settled;
