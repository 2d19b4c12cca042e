-- Whether a person has found a child of whom the register says that it has died or emigrated; until it says something new.
ALTER TABLE child_status ADD contradicted boolean NOT NULL DEFAULT false;
