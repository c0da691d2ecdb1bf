-- +goose Up
-- One row per accepted command. tree holds the Merkle hashes (32 bytes each)
-- that this entry, as a leaf, adds to the tree: its own and those of the
-- subtrees it completes.
CREATE TABLE journal_entry (
    position  INTEGER NOT NULL PRIMARY KEY,
    made_at   INTEGER NOT NULL,
    actor     TEXT    NOT NULL,
    command   TEXT    NOT NULL,
    scope     TEXT    NOT NULL,
    body      TEXT    NOT NULL,
    row_count INTEGER NOT NULL,
    rows_hash BLOB    NOT NULL,
    tree      BLOB    NOT NULL
) STRICT;
