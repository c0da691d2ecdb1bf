-- +goose Up
-- Titles of communes and proposals for them. The row of an id with the largest
-- entry is what holds; days are days since 1970-01-01, -2147483648 means not
-- known, to_on 2147483647 means without end.
CREATE TABLE recognition_title (
    id                TEXT    NOT NULL,
    place             TEXT    NOT NULL,
    title_level       TEXT    NOT NULL,
    number            TEXT    NOT NULL,
    decided_on        INTEGER NOT NULL,
    decided_precision TEXT    NOT NULL,
    period            TEXT    NOT NULL,
    from_on           INTEGER NOT NULL,
    to_on             INTEGER NOT NULL,
    basis             TEXT    NOT NULL,
    source            TEXT    NOT NULL,
    note              TEXT    NOT NULL,
    partial_source    SMALLINT NOT NULL CHECK (partial_source IN (0, 1)),
    end_number        TEXT    NOT NULL,
    ended_on          INTEGER NOT NULL,
    entry             BIGINT NOT NULL,
    PRIMARY KEY (id, entry)
);
