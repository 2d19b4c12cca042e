-- Clocks that a supervisor closed before that was told: whoever waits for them hears of it once. Of those that were told the child's
-- story knows.
INSERT INTO due_work (kind, subject, due_at)
SELECT 'clock.closed', c.id::text, c.stopped_at FROM legal_clock c
WHERE c.state = 'CANCELLED' AND c.cancel_reason IS NOT NULL AND c.stopped_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM timeline_entry t
                  WHERE t.child_id = c.child_id AND t.subject_id = c.id AND t.what = 'DeadlineCancelled')
ON CONFLICT (kind, subject) DO NOTHING;
