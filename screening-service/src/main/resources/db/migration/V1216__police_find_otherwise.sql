-- When the police found a child otherwise than dead: that stands against a death in the register that was told before. Null of
-- whatever else ends a search, and of what was heard before.
ALTER TABLE search_end ADD found_at timestamptz;
