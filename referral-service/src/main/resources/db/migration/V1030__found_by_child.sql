-- What is kept of a child is found by it to be erased, also what is over. placement_child is unique among what is not.
CREATE INDEX placement_of_child ON placement (child_id);
DROP INDEX child_alias_child;
CREATE INDEX child_alias_child ON child_alias (child_id);
