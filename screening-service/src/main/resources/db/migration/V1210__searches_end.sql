-- Why nobody seeks a child any more who was not reached: the search that a visit began is over, or all that had begun until then.
CREATE TABLE search_end (
    child_id uuid NOT NULL,
    cause    uuid NOT NULL, -- the whereabouts check; or the child itself, of whom the register says that it has died
    visit_id uuid,
    upto     timestamptz,
    PRIMARY KEY (child_id, cause),
    CHECK (visit_id IS NOT NULL OR upto IS NOT NULL)
);

-- Whoever was seen or found dead by a later visit was sought on all the same, without end.
WITH sought AS MATERIALIZED (
    SELECT w.child_id AS sought_as, surviving(w.child_id) AS child, w.ref, r.completed_at
    FROM open_work w JOIN visit_result r ON r.visit_id = w.ref AND r.child_id = w.child_id
    WHERE w.open AND w.kind = 'VISIT' AND NOT r.seen AND r.outcome IN ('REFUSED', 'UNLOCATED', 'ABROAD')),
ids AS MATERIALIZED (
    SELECT child, child AS id FROM sought
    UNION SELECT child_id, alias_id FROM child_alias WHERE child_id IN (SELECT child FROM sought)),
ended AS (
    SELECT s.sought_as, s.ref FROM sought s JOIN ids i USING (child) JOIN visit_result f ON f.child_id = i.id
    WHERE (f.seen OR f.outcome = 'DECEASED') AND f.completed_at >= s.completed_at
    UNION SELECT s.sought_as, s.ref FROM sought s JOIN child c ON c.id = s.child WHERE c.status = 'DECEASED')
UPDATE open_work w SET open = false, changed_at = now()
FROM ended WHERE w.open AND w.kind = 'VISIT' AND w.child_id = ended.sought_as AND w.ref = ended.ref;
