-- Where a round's children lie in their table, as far as it was known when they were frozen: pages from and up to, not with.
ALTER TABLE round
    ADD first_page bigint,
    ADD end_page   bigint;

-- The ranges of pages that a screening under way is divided into; children is how many lay in it, null until it was judged.
CREATE TABLE round_range (
    round_id   uuid        NOT NULL,
    number     int         NOT NULL,
    first_page bigint      NOT NULL,
    end_page   bigint      NOT NULL,
    told_at    timestamptz NOT NULL,
    children   int,
    PRIMARY KEY (round_id, number)
);

-- Whom the ranges judged so far would flag or link; gone when the round has been cut.
CREATE TABLE round_candidate (
    round_id      uuid       NOT NULL,
    child_id      uuid       NOT NULL,
    household_id  uuid       NOT NULL,
    birth_date    date,
    family_type   text       NOT NULL,
    district_code text       NOT NULL,
    dong_code     text       NOT NULL,
    mask          bigint     NOT NULL,
    observed      smallint[] NOT NULL,
    score         int        NOT NULL,
    link_kind     text,
    link_ref      uuid,
    PRIMARY KEY (round_id, child_id)
);
