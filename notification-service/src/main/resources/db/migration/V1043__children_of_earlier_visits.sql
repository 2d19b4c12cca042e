-- Whom visits are made to that were planned before that was noted, as far as it was kept. One who stands there too much lets the
-- rest of a visit stay for longer; one who is missing, go too soon.
INSERT INTO visit_child (visit_id, child_id)
-- of whom it was settled that the police need not go along, or that the child is found; not under a move, as once was done
SELECT subject_id, party FROM settlement s
WHERE kind IN ('JOINT_VISIT_NEEDED', 'WHEREABOUTS_CHECK') AND party <> '00000000-0000-0000-0000-000000000000'
  AND NOT EXISTS (SELECT FROM child_move m WHERE m.event_id = s.party)
UNION
-- of whom subscribers were told
SELECT (data::json ->> 'visitId')::uuid, child_id FROM feed_event
WHERE type IN ('VisitPlanned', 'VisitAttempted', 'VisitCompleted') AND child_id IS NOT NULL AND data::json ->> 'visitId' IS NOT NULL
UNION
-- of whom anybody was alerted in the story to which the visit belongs
SELECT v.subject_id, a.child_id FROM alert v JOIN alert a USING (correlation_id)
WHERE v.subject_type = 'VISIT' AND v.child_id IS NULL AND a.child_id IS NOT NULL
ON CONFLICT DO NOTHING;
