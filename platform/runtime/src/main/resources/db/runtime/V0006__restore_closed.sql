-- Who has declared a restore dealt with, and why; empty where nothing was left open.
ALTER TABLE relay_restore ADD COLUMN closed_by text;
ALTER TABLE relay_restore ADD COLUMN closed_reason text;
ALTER TABLE relay_restore ADD COLUMN closed_open int; -- children that the report still named
