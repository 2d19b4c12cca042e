-- Whom an analyst chose for a planned investigation, as JSON; null where the programme leaves no choice.
ALTER TABLE round ADD composition text;

-- SHA-256 of all that a screening decided; null for a round screened before there was one.
ALTER TABLE round ADD manifest text;

-- What was said when the round closed, as JSON; it does not change when outcomes come late.
ALTER TABLE round ADD report text;

-- The work that a child with open work is linked to instead of being flagged again.
ALTER TABLE round_child
    ADD link_kind text CHECK (link_kind IN ('CASE', 'REPORT', 'VISIT', 'FLAG')),
    ADD link_ref  uuid;

CREATE TABLE round_linked (
    round_id      uuid NOT NULL,
    child_id      uuid NOT NULL,
    household_id  uuid NOT NULL,
    district_code text NOT NULL,
    dong_code     text NOT NULL,
    score         int  NOT NULL,
    kind          text NOT NULL,
    ref           uuid NOT NULL,
    PRIMARY KEY (round_id, child_id)
);

-- What makes a child one for the joint inspection: when it last happened, each by what it happened in.
CREATE TABLE concern (
    child_id    uuid        NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('REPORT', 'VISIT_REFUSED', 'MANAGEMENT_REFUSED')),
    ref         uuid        NOT NULL,
    happened_at timestamptz NOT NULL,
    PRIMARY KEY (child_id, kind, ref)
);
INSERT INTO concern (child_id, kind, ref, happened_at)
    SELECT child_id, 'REPORT', ref, now() FROM open_work WHERE kind = 'REPORT'
    UNION ALL
    SELECT child_id, 'VISIT_REFUSED', visit_id, completed_at FROM visit_result WHERE outcome = 'REFUSED';

-- What a visit found of a child known by a temporary number.
ALTER TABLE visit_result
    ADD birth_registration text,
    ADD registration_delay text,
    ADD care_setting       text;

-- When a visit is to be made by, and when a child of the backlog moved up.
ALTER TABLE flag
    ADD due_on      date,
    ADD promoted_at timestamptz;
