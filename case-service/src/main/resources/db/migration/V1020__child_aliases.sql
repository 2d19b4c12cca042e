-- Ids that the registry says are of one child. The row of an id that was split again stays, so that what is older than
-- that is passed over.
CREATE TABLE child_alias (
    alias_id uuid    PRIMARY KEY,
    child_id uuid    NOT NULL, -- the one that survives
    version  bigint  NOT NULL, -- of the alias in the registry
    active   boolean NOT NULL
);
CREATE INDEX child_alias_child ON child_alias (child_id) WHERE active;

-- All ids of the child that an id is of; the one that survives comes last.
CREATE FUNCTION ids_of_child(asked uuid) RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH survivor AS (
        SELECT coalesce((SELECT child_id FROM child_alias WHERE alias_id = asked AND active), asked) AS id)
    SELECT a.alias_id FROM child_alias a JOIN survivor s ON a.child_id = s.id WHERE a.active
    UNION ALL SELECT id FROM survivor
$$;
