-- +goose Up
-- Nhật ký thay đổi asks for the last entries of a command or of an actor: both
-- follow an index and never read the whole journal.
CREATE INDEX journal_entry_command ON journal_entry (command, position);
CREATE INDEX journal_entry_actor ON journal_entry (actor, position);

-- What the pages of the journal read: everything but the hashes.
CREATE VIEW v_journal_change AS
SELECT position, made_at, actor, command, scope, body, row_count
FROM journal_entry;

-- Which entries wrote something of a commune's titles.
CREATE VIEW v_recognition_change AS
SELECT place, entry
FROM recognition_title;
