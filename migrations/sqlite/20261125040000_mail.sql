-- +goose Up
-- Mail on its way, written in the transaction of the command that causes it and
-- sent afterwards. Operational: changed in place, not under the journal's hash.
-- state: queued, sending (until next_at), sent, failed. What was sent loses its
-- words.
CREATE TABLE mail_outbox (
    id TEXT NOT NULL,
    account TEXT NOT NULL,
    address TEXT NOT NULL,
    subject TEXT NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    fault TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_outbox_next ON mail_outbox (state, next_at);
