-- When the event told that asks for it: what is asked for after a child was seen, that does not answer. Null of earlier alerts.
ALTER TABLE alert ADD COLUMN asked_at timestamptz;
-- When a child was seen: that settles what visits asked for about it by then, whichever visit that was. The subject is one of
-- the child's ids. It takes the place of of_child, of which it was known by when they were to act.
ALTER TABLE settlement ADD COLUMN seen_at timestamptz;
UPDATE settlement SET seen_at = until - interval '72 hours' WHERE of_child AND until < 'infinity';
