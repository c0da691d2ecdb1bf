-- +goose Up
CREATE TABLE review_finding (
  place INTEGER NOT NULL,
  period INTEGER NOT NULL,
  measure INTEGER NOT NULL,
  entry BIGINT NOT NULL,
  state SMALLINT NOT NULL,
  provenance SMALLINT NOT NULL,
  value BIGINT,
  PRIMARY KEY (place, period, measure, entry)
);

CREATE TABLE review_finding_detail (
  place INTEGER NOT NULL,
  period INTEGER NOT NULL,
  measure INTEGER NOT NULL,
  entry BIGINT NOT NULL,
  male BIGINT,
  female BIGINT,
  share BIGINT,
  numerator BIGINT,
  denominator BIGINT,
  male_numerator BIGINT,
  male_denominator BIGINT,
  female_numerator BIGINT,
  female_denominator BIGINT,
  note TEXT,
  PRIMARY KEY (place, period, measure, entry)
);
