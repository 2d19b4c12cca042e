-- Under which id the person found the child, for it may prove to be another child's; null of older findings.
ALTER TABLE child_status ADD contradicted_as uuid;
