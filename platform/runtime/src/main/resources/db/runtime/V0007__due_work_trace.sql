-- Work is linked to the trace that planned it, perhaps weeks before.
ALTER TABLE due_work ADD COLUMN traceparent text;
