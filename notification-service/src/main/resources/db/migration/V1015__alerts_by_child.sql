-- By whom alerts and events for subscribers are erased.
CREATE INDEX alert_child ON alert (child_id);
CREATE INDEX feed_event_child ON feed_event (child_id);
