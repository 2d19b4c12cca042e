-- What is kept of a child is found by it to be erased, also what is over. The whole indexes take the places of partial ones.
DROP INDEX legal_clock_child;
CREATE INDEX legal_clock_child ON legal_clock (child_id);
DROP INDEX whereabouts_check_child;
CREATE INDEX whereabouts_check_child ON whereabouts_check (child_id);
DROP INDEX child_alias_child;
CREATE INDEX child_alias_child ON child_alias (child_id);
CREATE INDEX followed_referral_child ON followed_referral (child_id);
CREATE INDEX measure_siblings ON measure USING gin (sibling_ids);
CREATE INDEX case_file_siblings ON case_file USING gin (sibling_ids);
