-- +goose Up
-- What was reminded of, once for each matter, day and step: event and matter say
-- what (a task, a document that was not received), on_day the day the step is
-- counted from, left_days the days that were left.
CREATE TABLE directive_reminder (
    event TEXT NOT NULL,
    matter TEXT NOT NULL,
    on_day INTEGER NOT NULL,
    step TEXT NOT NULL,
    agency TEXT NOT NULL,
    given_on INTEGER NOT NULL,
    left_days INTEGER NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (event, matter, on_day, step)
);

-- Where a person wants reminders by mail. Operational and erasable.
CREATE TABLE directive_mailbox (
    account_id TEXT NOT NULL,
    address TEXT NOT NULL,
    wanted SMALLINT NOT NULL CHECK (wanted IN (0, 1)),
    PRIMARY KEY (account_id)
);

-- Duties that were asked for from a page (giao việc); the row of an id with the
-- largest entry is what holds. state: asked, given, declined.
CREATE TABLE directive_request (
    id TEXT NOT NULL,
    state TEXT NOT NULL,
    place TEXT NOT NULL,
    field TEXT NOT NULL,
    page TEXT NOT NULL,
    words TEXT NOT NULL,
    agency TEXT NOT NULL,
    due_on INTEGER NOT NULL,
    unit TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_on INTEGER NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (id, entry)
);
CREATE INDEX directive_request_state ON directive_request (state, entry);
