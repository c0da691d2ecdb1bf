-- +goose Up
-- Duties of directives on their way to proof. In every table the row with the
-- largest entry of its key is what holds; days are days since 1970-01-01.
-- A document as its duties were given to bodies.
CREATE TABLE directive_given (
    document TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    symbol TEXT NOT NULL,
    issued_on INTEGER NOT NULL,
    partial_on TEXT NOT NULL,
    day_on INTEGER NOT NULL,
    issuer TEXT NOT NULL,
    title TEXT NOT NULL,
    illustrated SMALLINT NOT NULL CHECK (illustrated IN (0, 1)),
    withdrawn SMALLINT NOT NULL CHECK (withdrawn IN (0, 1)),
    entry BIGINT NOT NULL,
    PRIMARY KEY (document, entry)
);

-- One duty of one body. parent is the task that was shared out among several
-- bodies (bàn giao), '' = none.
CREATE TABLE directive_task (
    id TEXT NOT NULL,
    document TEXT NOT NULL,
    duty TEXT NOT NULL,
    seq INTEGER NOT NULL,
    ref TEXT NOT NULL,
    item TEXT NOT NULL,
    words TEXT NOT NULL,
    agency TEXT NOT NULL,
    first_agency TEXT NOT NULL,
    parent TEXT NOT NULL,
    duty_role TEXT NOT NULL,
    time_kind TEXT NOT NULL,
    due_on INTEGER NOT NULL,
    first_due_on INTEGER NOT NULL,
    due_time TEXT NOT NULL,
    phrase TEXT NOT NULL,
    recurrence TEXT NOT NULL,
    upstream TEXT NOT NULL,
    product TEXT NOT NULL,
    checker TEXT NOT NULL,
    steps TEXT NOT NULL,
    followed SMALLINT NOT NULL CHECK (followed IN (0, 1)),
    entry BIGINT NOT NULL,
    PRIMARY KEY (id, entry)
);
CREATE INDEX directive_task_document ON directive_task (document, id, entry);
CREATE INDEX directive_task_agency ON directive_task (agency, id, entry);

-- The objects of a task.
CREATE TABLE directive_part (
    task TEXT NOT NULL,
    part_key TEXT NOT NULL,
    place TEXT NOT NULL,
    words TEXT NOT NULL,
    struck SMALLINT NOT NULL CHECK (struck IN (0, 1)),
    reason TEXT NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (task, part_key, entry)
);

-- What was done to a task; task '' = to the document as a whole (tiếp nhận).
CREATE TABLE directive_act (
    document TEXT NOT NULL,
    task TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    on_day INTEGER NOT NULL,
    unit TEXT NOT NULL,
    words TEXT NOT NULL,
    to_whom TEXT NOT NULL,
    due_on INTEGER NOT NULL,
    part_key TEXT NOT NULL,
    step TEXT NOT NULL,
    proof TEXT NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (document, task, entry, seq)
);
CREATE INDEX directive_act_task ON directive_act (task, entry, seq);
