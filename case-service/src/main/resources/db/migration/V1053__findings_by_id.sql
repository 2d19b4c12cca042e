-- What persons found of a child of whom the register says that it has died or emigrated, by the id under which they found it: the
-- newest stands, of those ids that are still the child's. It takes the place of contradicted_as and confirmed_as, which know one
-- id each and are kept for the release before.
CREATE TABLE register_finding (
    child_id uuid    NOT NULL,
    found_as uuid    NOT NULL,
    against  boolean NOT NULL, -- otherwise than the register says; false if as it says
    nth      bigint  GENERATED ALWAYS AS IDENTITY (CACHE 1),
    PRIMARY KEY (child_id, found_as)
);
CREATE INDEX register_finding_found_as ON register_finding (found_as);

-- Of older findings nobody knows under which id: they are taken for the child's own.
INSERT INTO register_finding (child_id, found_as, against)
SELECT child_id, coalesce(contradicted_as, child_id), true FROM child_status WHERE contradicted OR contradicted_as IS NOT NULL;
INSERT INTO register_finding (child_id, found_as, against)
SELECT child_id, confirmed_as, false FROM child_status WHERE confirmed_as IS NOT NULL;
