-- +goose Up
-- Accounts. The row of an id with the largest entry is what holds. Nothing
-- personal and nothing secret stands here: the person's name is committed to in
-- name_seal and stored in account_person.
CREATE TABLE account_account (
    id        TEXT    NOT NULL,
    login     TEXT    NOT NULL,
    post      TEXT    NOT NULL,
    unit      TEXT    NOT NULL,
    name_seal TEXT    NOT NULL,
    state     TEXT    NOT NULL,
    demo      INTEGER NOT NULL CHECK (demo IN (0, 1)),
    entry     INTEGER NOT NULL,
    PRIMARY KEY (id, entry)
) STRICT, WITHOUT ROWID;

-- Roles with their dates; a role is ended by a later row with until_on.
CREATE TABLE account_grant (
    id         TEXT    NOT NULL,
    account_id TEXT    NOT NULL,
    role       TEXT    NOT NULL,
    unit       TEXT    NOT NULL,
    place      TEXT    NOT NULL,
    fields     TEXT    NOT NULL,
    from_on    INTEGER NOT NULL,
    until_on   INTEGER NOT NULL,
    document   TEXT    NOT NULL,
    heir_of    TEXT    NOT NULL,
    entry      INTEGER NOT NULL,
    PRIMARY KEY (id, entry)
) STRICT, WITHOUT ROWID;

-- What follows is operational: changed in place, not under the journal's hash.
-- A person's name, erasable without breaking the journal.
CREATE TABLE account_person (
    account_id TEXT NOT NULL,
    full_name  TEXT NOT NULL,
    salt       TEXT NOT NULL,
    PRIMARY KEY (account_id)
) STRICT, WITHOUT ROWID;

-- What proves that a person is the account's: the hash of the password, the
-- sealed key of the second factor and the last step of it that was used.
CREATE TABLE account_secret (
    account_id  TEXT    NOT NULL,
    login_key   TEXT    NOT NULL UNIQUE,
    password    TEXT    NOT NULL,
    password_at INTEGER NOT NULL,
    totp        TEXT    NOT NULL,
    totp_on     INTEGER NOT NULL CHECK (totp_on IN (0, 1)),
    totp_step   INTEGER NOT NULL,
    PRIMARY KEY (account_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE account_recovery (
    account_id TEXT    NOT NULL,
    code_hash  TEXT    NOT NULL,
    PRIMARY KEY (account_id, code_hash)
) STRICT, WITHOUT ROWID;

-- Tokens are stored as their hashes only.
CREATE TABLE account_session (
    token_hash TEXT    NOT NULL,
    account_id TEXT    NOT NULL,
    ref        TEXT    NOT NULL,
    stage      TEXT    NOT NULL,
    made_at    INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    until_at   INTEGER NOT NULL,
    address    TEXT    NOT NULL,
    agent      TEXT    NOT NULL,
    PRIMARY KEY (token_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_session_account ON account_session (account_id);

-- Devices on which an account was used, and until when the second factor is not
-- asked there.
CREATE TABLE account_device (
    token_hash TEXT    NOT NULL,
    account_id TEXT    NOT NULL,
    until_at   INTEGER NOT NULL,
    trust_until_at INTEGER NOT NULL,
    PRIMARY KEY (token_hash, account_id)
) STRICT, WITHOUT ROWID;

-- Links that work once: invite, reset, first.
CREATE TABLE account_token (
    token_hash TEXT    NOT NULL,
    account_id TEXT    NOT NULL,
    purpose    TEXT    NOT NULL,
    until_at   INTEGER NOT NULL,
    PRIMARY KEY (token_hash)
) STRICT, WITHOUT ROWID;

-- Failed attempts by account and by address.
CREATE TABLE account_throttle (
    throttle_key TEXT    NOT NULL,
    failures     INTEGER NOT NULL,
    last_at      INTEGER NOT NULL,
    open_at      INTEGER NOT NULL,
    PRIMARY KEY (throttle_key)
) STRICT, WITHOUT ROWID;
