-- A relay of the release before knows nothing of what waits for missing topics, and would send newer events past it. So it
-- must not lead while anything waits: docs/adr/0010.
ALTER TABLE relay_position ADD COLUMN knows_missing bigint NOT NULL DEFAULT 0; -- epoch of the last leader that knows of it

CREATE FUNCTION nothing_may_wait_for_topics() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM relay_missing) THEN
        RAISE EXCEPTION 'events wait for missing topics, of which this relay does not know';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER relay_knows_missing BEFORE UPDATE OF epoch ON relay_position
    FOR EACH ROW WHEN (NEW.knows_missing <> NEW.epoch) EXECUTE FUNCTION nothing_may_wait_for_topics();
