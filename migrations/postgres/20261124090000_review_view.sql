-- +goose Up
-- What pages read of the findings: the columns in memory of internal/view/board
-- are filled from these two, commune by commune along the primary key.
CREATE VIEW v_review_finding AS
SELECT place, period, measure, entry, state, provenance, value
FROM review_finding;

CREATE VIEW v_review_finding_detail AS
SELECT place, period, measure, entry, male, female, share, numerator, denominator,
       male_numerator, male_denominator, female_numerator, female_denominator, note
FROM review_finding_detail;
