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
UPDATE open_work w SET open = false
FROM visit_result r
WHERE w.open AND w.kind = 'VISIT' AND r.visit_id = w.ref AND r.child_id = w.child_id
  AND NOT r.seen AND r.outcome IN ('REFUSED', 'UNLOCATED', 'ABROAD')
  AND (EXISTS (SELECT 1 FROM visit_result f WHERE surviving(f.child_id) = surviving(w.child_id)
                   AND (f.seen OR f.outcome = 'DECEASED') AND f.completed_at >= r.completed_at)
       OR EXISTS (SELECT 1 FROM child c WHERE c.id = surviving(w.child_id) AND c.status = 'DECEASED'));
