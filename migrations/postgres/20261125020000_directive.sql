-- +goose Up
-- The register of văn bản chỉ đạo. Of every id the row with the largest entry
-- is what holds. details, addressees and the like are lists as JSON, written
-- with fixed keys in a fixed order; nothing is searched inside them.
CREATE TABLE directive_document (
    id           TEXT    NOT NULL,
    number       TEXT    NOT NULL,
    symbol       TEXT    NOT NULL,
    issued_on    INTEGER NOT NULL,
    date_partial TEXT    NOT NULL,
    issuer       TEXT    NOT NULL,
    issuer_id    TEXT    NOT NULL,
    inferred     SMALLINT NOT NULL CHECK (inferred IN (0, 1)),
    kind         TEXT    NOT NULL,
    title        TEXT    NOT NULL,
    meeting_on   INTEGER NOT NULL,
    state        TEXT    NOT NULL,
    illustrated  SMALLINT NOT NULL CHECK (illustrated IN (0, 1)),
    details      TEXT    NOT NULL,
    file_sha256  TEXT    NOT NULL,
    file_name    TEXT    NOT NULL,
    file_size    BIGINT NOT NULL,
    note         TEXT    NOT NULL,
    entry        BIGINT NOT NULL,
    PRIMARY KEY (id, entry)
);
CREATE INDEX directive_document_entry ON directive_document (entry);

-- The text a document was read from, normalised; spans of duties count its code
-- points.
CREATE TABLE directive_text (
    document TEXT    NOT NULL,
    body     TEXT    NOT NULL,
    entry    BIGINT NOT NULL,
    PRIMARY KEY (document, entry)
);

CREATE TABLE directive_duty (
    id            TEXT    NOT NULL,
    document      TEXT    NOT NULL,
    ref           TEXT    NOT NULL,
    item          TEXT    NOT NULL,
    seq           BIGINT NOT NULL,
    body          TEXT    NOT NULL,
    start_at      BIGINT NOT NULL,
    end_at        BIGINT NOT NULL,
    due_on        INTEGER NOT NULL,
    deadline_kind TEXT    NOT NULL,
    phrase        TEXT    NOT NULL,
    separate      SMALLINT NOT NULL CHECK (separate IN (0, 1)),
    removed       SMALLINT NOT NULL CHECK (removed IN (0, 1)),
    confidence    BIGINT NOT NULL,
    details       TEXT    NOT NULL,
    note          TEXT    NOT NULL,
    entry         BIGINT NOT NULL,
    PRIMARY KEY (document, id, entry)
);
CREATE INDEX directive_duty_entry ON directive_duty (entry);

-- Members of the Ban Chỉ đạo, with the days between which they are members.
CREATE TABLE directive_member (
    id         TEXT    NOT NULL,
    agency     TEXT    NOT NULL,
    post       TEXT    NOT NULL,
    from_on    INTEGER NOT NULL,
    to_on      INTEGER NOT NULL,
    number     TEXT    NOT NULL,
    decided_on INTEGER NOT NULL,
    note       TEXT    NOT NULL,
    withdrawn  SMALLINT NOT NULL CHECK (withdrawn IN (0, 1)),
    entry      BIGINT NOT NULL,
    PRIMARY KEY (id, entry)
);
CREATE INDEX directive_member_entry ON directive_member (entry);
