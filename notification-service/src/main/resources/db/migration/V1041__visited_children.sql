-- Whom a visit is made to, so that what is kept of the visit goes with the last of them who is erased.
CREATE TABLE visit_child (
    visit_id uuid NOT NULL,
    child_id uuid NOT NULL,
    PRIMARY KEY (visit_id, child_id)
);
CREATE INDEX visit_child_child ON visit_child (child_id);
INSERT INTO visit_child (visit_id, child_id)
SELECT DISTINCT subject_id, child_id FROM alert WHERE subject_type = 'VISIT' AND child_id IS NOT NULL;

COMMENT ON COLUMN visit_place.since IS 'version with which it was heard to have moved there; 0: it was there first; -1: not known';
