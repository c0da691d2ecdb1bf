-- +goose Up
-- Who is in charge of a criterion or indicator, who supplies its figures, and
-- which office follows a commune. The row of an id with the largest entry is
-- what holds; an assignment is ended by a later row with until_on.
CREATE TABLE agency_assignment (
    id        TEXT    NOT NULL,
    duty      TEXT    NOT NULL,
    set_id    TEXT    NOT NULL,
    code      TEXT    NOT NULL,
    place     TEXT    NOT NULL,
    agency    TEXT    NOT NULL,
    office    TEXT    NOT NULL,
    from_on   INTEGER NOT NULL,
    until_on  INTEGER NOT NULL,
    number    TEXT    NOT NULL,
    issued_on INTEGER NOT NULL,
    note      TEXT    NOT NULL,
    withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    entry     INTEGER NOT NULL,
    PRIMARY KEY (id, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX agency_assignment_entry ON agency_assignment (entry);
