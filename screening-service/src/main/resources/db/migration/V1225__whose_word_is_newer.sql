-- When a word was sent, so that one that is settled later does not take the place of a newer one; and of whom it was told, where
-- an identifier of a child named the household, so that the same word is not of another household once the child has moved.
-- Null where the release before wrote it first, and told_of where the household was named itself.
ALTER TABLE signal
    ADD COLUMN said_at timestamptz,
    ADD COLUMN told_of bytea; -- keyed hash of the subject
CREATE INDEX signal_told_of_ix ON signal (told_of) WHERE told_of IS NOT NULL;
-- Whose words are still to be settled.
CREATE INDEX batch_receiving ON batch (source) WHERE state = 'RECEIVING';
