-- How often each row was written. The sum over a table is the version that If-Match names when many rows change as one.
ALTER TABLE model ADD changes bigint NOT NULL DEFAULT 1;
ALTER TABLE dong_capacity ADD changes bigint NOT NULL DEFAULT 1;
