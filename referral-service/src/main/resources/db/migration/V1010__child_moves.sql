-- From where to where children moved, as the registry told. Kept, so that work opened by an event that comes late follows.
CREATE TABLE child_move (
    child_id      uuid   NOT NULL,
    version       bigint NOT NULL, -- of the child in the registry
    from_district text   NOT NULL,
    from_dong     text   NOT NULL,
    to_district   text   NOT NULL,
    to_dong       text   NOT NULL,
    PRIMARY KEY (child_id, version)
);
