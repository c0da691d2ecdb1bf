-- +goose Up
CREATE TABLE review_finding (
  place INTEGER NOT NULL,
  period INTEGER NOT NULL,
  measure INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  state INTEGER NOT NULL,
  provenance INTEGER NOT NULL,
  value INTEGER,
  PRIMARY KEY (place, period, measure, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_finding_detail (
  place INTEGER NOT NULL,
  period INTEGER NOT NULL,
  measure INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  male INTEGER,
  female INTEGER,
  share INTEGER,
  numerator INTEGER,
  denominator INTEGER,
  male_numerator INTEGER,
  male_denominator INTEGER,
  female_numerator INTEGER,
  female_denominator INTEGER,
  note TEXT,
  PRIMARY KEY (place, period, measure, entry)
) STRICT, WITHOUT ROWID;
