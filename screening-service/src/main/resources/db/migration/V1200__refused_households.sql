-- Which household refused a visit; null for what was heard before, and for other concerns.
ALTER TABLE concern ADD household_id uuid;
CREATE INDEX concern_household ON concern (household_id) WHERE household_id IS NOT NULL;
