-- Under which id the person found the child, for it may prove to be another child's; null of older findings.
ALTER TABLE child_status ADD contradicted_as uuid;
-- Under which other id it was found after that to be as the register says; what was found of the child itself holds again if that one proves another's.
ALTER TABLE child_status ADD confirmed_as uuid;
CREATE INDEX child_status_contradicted_as ON child_status (contradicted_as) WHERE contradicted_as IS NOT NULL;
CREATE INDEX child_status_confirmed_as ON child_status (confirmed_as) WHERE confirmed_as IS NOT NULL;
