-- +goose Up
-- Review rounds. The row of an id with the largest entry is what holds; days
-- are days since 1970-01-01. titles and districts are comma lists, empty = all.
-- The entry of the row that closes a round is the journal position its figures
-- are frozen at.
CREATE TABLE review_round (
    id         TEXT    NOT NULL,
    period     INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    basis      TEXT    NOT NULL,
    basis_on   INTEGER NOT NULL,
    titles     TEXT    NOT NULL,
    districts  TEXT    NOT NULL,
    whole      INTEGER NOT NULL CHECK (whole IN (0, 1)),
    opened_on  INTEGER NOT NULL,
    send_by    INTEGER NOT NULL,
    verify_by  INTEGER NOT NULL,
    confirm_by INTEGER NOT NULL,
    closed     INTEGER NOT NULL CHECK (closed IN (0, 1)),
    note       TEXT    NOT NULL,
    entry      INTEGER NOT NULL,
    PRIMARY KEY (id, entry)
) STRICT, WITHOUT ROWID;

-- The communes of a round and the sets each is reviewed on. A commune stands in
-- at most one round of a period; round_id '' takes it out.
CREATE TABLE review_sheet (
    period   INTEGER NOT NULL,
    place    INTEGER NOT NULL,
    round_id TEXT    NOT NULL,
    sets     TEXT    NOT NULL,
    entry    INTEGER NOT NULL,
    PRIMARY KEY (period, place, entry)
) STRICT, WITHOUT ROWID;

-- What was done with one quantity of a sheet: entered, carried over, supplied,
-- sent, verified, confirmed, returned, questioned. state is where that left it.
CREATE TABLE review_act (
    place    INTEGER NOT NULL,
    period   INTEGER NOT NULL,
    measure  INTEGER NOT NULL,
    entry    INTEGER NOT NULL,
    act      INTEGER NOT NULL,
    state    INTEGER NOT NULL,
    reason   TEXT,
    save_key TEXT,
    PRIMARY KEY (place, period, measure, entry)
) STRICT, WITHOUT ROWID;

CREATE VIEW v_review_round AS
SELECT id, period, name, closed, opened_on, send_by, verify_by, confirm_by, whole, entry
FROM review_round;

CREATE VIEW v_review_sheet AS
SELECT period, place, round_id, sets, entry
FROM review_sheet;

CREATE VIEW v_review_act AS
SELECT place, period, measure, entry, act, state, reason
FROM review_act;
