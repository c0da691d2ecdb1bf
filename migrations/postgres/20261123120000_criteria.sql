-- +goose Up
-- Values that decisions of the province set. The row of an id with the largest
-- entry is what holds; days are days since 1970-01-01, until_on 2147483647
-- means without end, value counts 1/10,000 of the indicator's unit.
CREATE TABLE criteria_decision (
    id           TEXT    NOT NULL,
    set_id       TEXT    NOT NULL,
    indicator    TEXT    NOT NULL,
    sub_share    SMALLINT NOT NULL CHECK (sub_share IN (0, 1)),
    value        BIGINT NOT NULL,
    province     TEXT    NOT NULL,
    area         TEXT    NOT NULL,
    year         INTEGER NOT NULL,
    from_on      INTEGER NOT NULL,
    until_on     INTEGER NOT NULL,
    number       TEXT    NOT NULL,
    issued_on    INTEGER NOT NULL,
    article      TEXT    NOT NULL,
    file_name    TEXT    NOT NULL,
    note         TEXT    NOT NULL,
    illustrative SMALLINT NOT NULL CHECK (illustrative IN (0, 1)),
    withdrawn    SMALLINT NOT NULL CHECK (withdrawn IN (0, 1)),
    entry        BIGINT NOT NULL,
    PRIMARY KEY (id, entry)
);

-- Who compared which values of a set with the original text. value_key names a
-- value of the indicator, * all of an indicator or of a criterion.
CREATE TABLE criteria_verification (
    set_id      TEXT    NOT NULL,
    indicator   TEXT    NOT NULL,
    value_key   TEXT    NOT NULL,
    verified_by TEXT    NOT NULL,
    verified_on INTEGER NOT NULL,
    withdrawn   SMALLINT NOT NULL CHECK (withdrawn IN (0, 1)),
    entry       BIGINT NOT NULL,
    PRIMARY KEY (set_id, indicator, value_key, entry)
);

-- The small whole numbers under which quantities are stored; a number is given
-- once and never changes.
CREATE TABLE criteria_measure (
    measure_key INTEGER NOT NULL,
    measure     TEXT    NOT NULL UNIQUE,
    entry       BIGINT NOT NULL,
    PRIMARY KEY (measure_key)
);
