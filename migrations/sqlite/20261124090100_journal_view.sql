-- +goose Up
-- What pages read of the journal: which command took which position, and what
-- it covers.
CREATE VIEW v_journal_entry AS
SELECT position, made_at, command, scope
FROM journal_entry;
