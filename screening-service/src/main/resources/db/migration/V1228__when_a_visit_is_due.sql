-- The last day of a visit that is planned, so that one planned again is not overdue by that of the visit before. Null for other
-- work, and where the release before heard of the visit.
ALTER TABLE open_work ADD COLUMN due_on date;
