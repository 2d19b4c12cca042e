-- A visit that is made weeks later is linked to the trace that planned it.
ALTER TABLE visit ADD COLUMN traceparent text;
