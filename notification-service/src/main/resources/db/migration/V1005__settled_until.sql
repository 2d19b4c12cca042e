-- An offer that ran out settles what was asked with it, and not what the same agency is asked with a later offer.
ALTER TABLE settlement ADD COLUMN until timestamptz NOT NULL DEFAULT 'infinity';
-- When it was first to be done by: an escalation moves act_by.
ALTER TABLE alert ADD COLUMN first_act_by timestamptz;
