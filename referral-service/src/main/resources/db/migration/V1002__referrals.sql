-- A service asked for a child. An offer holds one place of the agency until it is answered or has run out.
CREATE TABLE referral (
    id             uuid        PRIMARY KEY, -- made from what it follows from, so that a repeat is the same referral
    version        bigint      NOT NULL,
    state          text        NOT NULL CHECK (state IN ('REQUESTED', 'OFFERED', 'ACCEPTED', 'IN_SERVICE', 'COMPLETED',
                                                         'CANCELLED', 'UNPLACED')),
    child_id       uuid        NOT NULL,
    district_code  text        NOT NULL,
    dong_code      text,
    service_code   text        NOT NULL,
    need_code      text,
    urgency        text        NOT NULL CHECK (urgency IN ('EMERGENCY', 'URGENT', 'ORDINARY')),
    basis          text        NOT NULL CHECK (basis IN ('CONSENT', 'LEGAL_BASIS')),
    legal_basis    text,
    case_id        uuid,
    case_version   bigint, -- version at which the case was opened: a case may be opened again
    visit_id       uuid,
    correlation_id uuid        NOT NULL,
    requested_at   timestamptz NOT NULL,
    round          int         NOT NULL, -- offers made
    agency_id      uuid, -- to whom it is offered, or who took it
    agency_kind    text,
    offered_at     timestamptz,
    expires_at     timestamptz,
    accepted_at    timestamptz,
    outcome        text,
    reason         text,
    changed_at     timestamptz NOT NULL,
    CHECK ((agency_id IS NULL) = (state IN ('REQUESTED', 'UNPLACED', 'CANCELLED'))),
    CHECK ((legal_basis IS NOT NULL) = (basis = 'LEGAL_BASIS'))
);
CREATE INDEX referral_newest ON referral (requested_at DESC, id DESC);
CREATE INDEX referral_district ON referral (district_code, requested_at DESC, id DESC);
CREATE INDEX referral_agency ON referral (agency_id, requested_at DESC, id DESC);
CREATE INDEX referral_child ON referral (child_id);
CREATE INDEX referral_case ON referral (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX referral_load ON referral (agency_id, service_code) WHERE state IN ('OFFERED', 'ACCEPTED', 'IN_SERVICE');
CREATE INDEX referral_waiting ON referral (service_code, district_code) WHERE state = 'UNPLACED';

CREATE TABLE referral_offer (
    referral_id uuid        NOT NULL,
    round       int         NOT NULL,
    agency_id   uuid        NOT NULL,
    offered_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    answer      text CHECK (answer IN ('ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN')),
    reason      text,
    answered_at timestamptz,
    PRIMARY KEY (referral_id, round)
);

-- Why which agency was chosen, or none: each agency that was looked at, and the criteria it failed.
CREATE TABLE referral_judgement (
    referral_id uuid   NOT NULL,
    round       int    NOT NULL,
    agency_id   uuid   NOT NULL,
    rank        int    NOT NULL, -- 1 was chosen; 0 did not qualify
    failed      text[] NOT NULL,
    taken       int    NOT NULL,
    places      int    NOT NULL,
    PRIMARY KEY (referral_id, round, agency_id)
);
