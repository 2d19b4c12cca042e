-- What the resident register says of deaths and emigration, by the id it was told of. A child of whom nothing is told lives here.
CREATE TABLE child_status (
    child_id uuid   PRIMARY KEY,
    version  bigint NOT NULL, -- of the child in the registry
    state    text   NOT NULL CHECK (state IN ('RESIDENT', 'DECEASED', 'EMIGRATED'))
);
