-- The ids that were one child when a request was decided, the one that survived first: what was answered tells of them all, and
-- it was corrected. Null of what was decided before this was kept.
ALTER TABLE rights_request ADD answered_as uuid[];
