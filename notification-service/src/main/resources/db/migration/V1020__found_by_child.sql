-- What is kept of a child is found by it to be erased.
CREATE INDEX settlement_party ON settlement (party);
CREATE INDEX feed_delivery_event ON feed_delivery (event_id);
