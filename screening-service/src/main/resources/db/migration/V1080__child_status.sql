-- Whether a child still lives in the city, as the register says, and since when it does not.
ALTER TABLE child
    ADD status    text NOT NULL DEFAULT 'RESIDENT' CHECK (status IN ('RESIDENT', 'DECEASED', 'EMIGRATED')),
    ADD status_on date;
