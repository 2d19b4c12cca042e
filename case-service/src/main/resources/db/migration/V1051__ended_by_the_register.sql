-- Whether it ended because the register says that the child has died: it is opened again if that is taken back, and goes where the child goes until then.
ALTER TABLE whereabouts_check ADD ended_by_register boolean NOT NULL DEFAULT false;
ALTER TABLE legal_clock ADD ended_by_register boolean NOT NULL DEFAULT false;
-- Under which other id a person found the child, if that ended it: it is opened again if that id proves to be of another child.
ALTER TABLE whereabouts_check ADD ended_as uuid;
ALTER TABLE legal_clock ADD ended_as uuid;
CREATE INDEX whereabouts_check_ended_as ON whereabouts_check (ended_as) WHERE ended_as IS NOT NULL;
CREATE INDEX legal_clock_ended_as ON legal_clock (ended_as) WHERE ended_as IS NOT NULL;
