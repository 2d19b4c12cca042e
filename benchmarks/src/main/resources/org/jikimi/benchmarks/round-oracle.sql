-- Whom a quarterly round must flag, from the raw signals alone: child, score, rank in the dong, inside the cut or not.
WITH indicator (bit, of_household, validity, points) AS (VALUES :indicators),
family (code, points, bit) AS (VALUES :families),
region (code, points) AS (VALUES :regions),
age (from_months, to_months, points) AS (VALUES :ages),
said AS (
    SELECT DISTINCT ON (source, signal_id) bit, subject, observed_on, cleared_on
    FROM signal_raw ORDER BY source, signal_id, batch_id DESC, line DESC),
valid AS (
    SELECT s.bit, s.subject, i.of_household, i.points FROM said s JOIN indicator i USING (bit)
    WHERE s.observed_on <= :day AND s.observed_on > :day - i.validity
      AND (s.cleared_on IS NULL OR s.cleared_on > :day)),
standing AS (
    SELECT n.child_id AS id, v.bit, v.points FROM valid v JOIN child_identifier n ON n.mac = v.subject
    WHERE NOT v.of_household
    UNION
    SELECT c.id, v.bit, v.points FROM valid v JOIN household h ON h.mac = v.subject
    JOIN child c ON c.household_id = h.id WHERE v.of_household),
counted AS (
    SELECT s.id, sum(s.points) AS points, coalesce(sum(least(s.points, f.points)) FILTER (WHERE s.bit = f.bit), 0) AS twice
    FROM standing s JOIN child c USING (id) LEFT JOIN family f ON f.code = c.family_type GROUP BY s.id),
scored AS (
    SELECT c.id, c.household_id, c.dong_code,
           coalesce(p.points - p.twice, 0) + coalesce(f.points, 0) + coalesce(r.points, 0) + coalesce(a.points, 0) AS score
    FROM child c
    LEFT JOIN counted p USING (id)
    LEFT JOIN family f ON f.code = c.family_type
    LEFT JOIN region r ON r.code = c.district_code
    LEFT JOIN age a ON c.birth_date > :day - make_interval(months => a.to_months)
                   AND c.birth_date <= :day - make_interval(months => a.from_months)
    WHERE c.birth_date <= :day AND c.birth_date > :day - interval '18 years'
      AND NOT EXISTS (SELECT 1 FROM flag g WHERE g.child_id = c.id AND g.round_id IS NULL)),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY dong_code ORDER BY score DESC, id) AS rank
    FROM scored WHERE score >= :threshold),
visit AS (
    SELECT dong_code, household_id, row_number() OVER (PARTITION BY dong_code ORDER BY min(rank)) AS nr
    FROM ranked GROUP BY dong_code, household_id)
SELECT r.id || ' ' || r.score || ' ' || r.rank || ' ' || (v.nr <= d.visits_per_round)
FROM ranked r JOIN visit v USING (dong_code, household_id) JOIN dong_capacity d USING (dong_code)
ORDER BY r.id
