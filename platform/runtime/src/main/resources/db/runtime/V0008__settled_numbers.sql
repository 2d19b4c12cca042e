-- Up to which number every event had been committed or given up when the relay last looked: whatever a restore loses is
-- numbered later. A number is settled once no transaction that could hold it is open: docs/adr/0004.
ALTER TABLE relay_position ADD COLUMN settled_seq   bigint NOT NULL DEFAULT 0;
ALTER TABLE relay_position ADD COLUMN announced_seq bigint NOT NULL DEFAULT 0; -- the highest at the last announcement
ALTER TABLE relay_position ADD COLUMN watched_seq   bigint NOT NULL DEFAULT 0; -- settled next, …
ALTER TABLE relay_position ADD COLUMN watched_xid   xid8   NOT NULL DEFAULT '0'; -- … when all ids before this have ended
