-- Whether it ended because the register says that the child has died: it is opened again if that is taken back, and goes where the child goes until then.
ALTER TABLE whereabouts_check ADD ended_by_register boolean NOT NULL DEFAULT false;
ALTER TABLE legal_clock ADD ended_by_register boolean NOT NULL DEFAULT false;
