-- Where visits are to be made, so that their alerts go along when they move, in whatever order plans are heard.
CREATE TABLE visit_place (
    visit_id      uuid   PRIMARY KEY,
    version       bigint NOT NULL, -- of the visit, in the latest plan that was heard
    district_code text   NOT NULL,
    since         bigint NOT NULL  -- version with which it was heard to have moved there; 0: it was there first
);

-- Those that are asked for now were told of before places were kept.
INSERT INTO visit_place (visit_id, version, district_code, since)
SELECT DISTINCT ON (subject_id) subject_id, 0, district_code, 0 FROM alert
WHERE kind IN ('VISIT_PLANNED', 'JOINT_VISIT_PLANNED') AND state <> 'CLOSED' AND district_code IS NOT NULL
ORDER BY subject_id, raised_at;
