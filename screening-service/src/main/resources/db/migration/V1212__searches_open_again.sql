-- A search that is over may be open again: what ended it is kept with its version, and of every child that has died since when.
ALTER TABLE search_end ADD version bigint NOT NULL DEFAULT 0; -- of the whereabouts check; the highest stands

WITH ended AS MATERIALIZED (
    SELECT surviving(w.child_id) AS child, max(r.completed_at) AS upto
    FROM open_work w JOIN visit_result r ON r.visit_id = w.ref AND r.child_id = w.child_id
    WHERE NOT w.open AND w.kind = 'VISIT' AND NOT r.seen AND r.outcome IN ('REFUSED', 'UNLOCATED', 'ABROAD')
    GROUP BY 1)
INSERT INTO search_end (child_id, cause, upto)
SELECT c.id, c.id, coalesce(greatest(e.upto, (c.status_on + 1)::timestamp AT TIME ZONE 'Asia/Seoul'), now())
FROM child c LEFT JOIN ended e ON e.child = c.id WHERE c.status = 'DECEASED'
ON CONFLICT (child_id, cause) DO NOTHING;
