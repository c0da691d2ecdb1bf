-- +goose Up
-- One row per accepted command. tree holds the Merkle hashes (32 bytes each)
-- that this entry, as a leaf, adds to the tree: its own and those of the
-- subtrees it completes.
CREATE TABLE journal_entry (
    position  BIGINT NOT NULL PRIMARY KEY,
    made_at   BIGINT NOT NULL,
    actor     TEXT   NOT NULL,
    command   TEXT   NOT NULL,
    scope     TEXT   NOT NULL,
    body      TEXT   NOT NULL,
    row_count BIGINT NOT NULL,
    rows_hash BYTEA  NOT NULL,
    tree      BYTEA  NOT NULL
);
