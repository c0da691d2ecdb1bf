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
    made_at BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    fault TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX mail_outbox_next ON mail_outbox (state, next_at);
