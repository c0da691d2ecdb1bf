-- +goose Up
-- Files behind findings and behind anything else that kind and ref name. A
-- finding's cell is place, period and measure as review_finding has them; they
-- are 0 where the subject is no cell. sha256 names the file as it was sent,
-- view_sha256 and thumb_sha256 the copies of a picture without what the camera
-- wrote, '' where there are none. serves is the required kind of evidence it
-- stands for, '' for none. Sizes are bytes.
CREATE TABLE evidence_file (
    id           TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    ref          TEXT    NOT NULL,
    place        INTEGER NOT NULL,
    period       INTEGER NOT NULL,
    measure      INTEGER NOT NULL,
    province     TEXT    NOT NULL,
    serves       TEXT    NOT NULL,
    caption      TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    media        TEXT    NOT NULL,
    sha256       TEXT    NOT NULL,
    size         INTEGER NOT NULL,
    view_sha256  TEXT    NOT NULL,
    view_size    INTEGER NOT NULL,
    thumb_sha256 TEXT    NOT NULL,
    thumb_size   INTEGER NOT NULL,
    width        INTEGER NOT NULL,
    height       INTEGER NOT NULL,
    entry        INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX evidence_file_cell ON evidence_file (place, period, measure);
CREATE INDEX evidence_file_subject ON evidence_file (kind, ref);
CREATE INDEX evidence_file_sha256 ON evidence_file (sha256);
CREATE INDEX evidence_file_view ON evidence_file (view_sha256);
CREATE INDEX evidence_file_thumb ON evidence_file (thumb_sha256);
CREATE INDEX evidence_file_province ON evidence_file (province);

-- When and where a picture was taken, as the camera wrote it: degrees times
-- 10,000,000. For those only who may open the original.
CREATE TABLE evidence_capture (
    id       TEXT    NOT NULL,
    taken_at INTEGER,
    lat      INTEGER,
    lon      INTEGER,
    entry    INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;

-- A file that no longer counts, and why. The file itself stays.
CREATE TABLE evidence_removal (
    id     TEXT    NOT NULL,
    reason TEXT    NOT NULL,
    entry  INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;

-- The files that stand behind findings' cells: one row each, to be counted.
CREATE VIEW v_evidence_file AS
SELECT f.place, f.period, f.measure, f.serves, f.media, f.entry
FROM evidence_file AS f
WHERE f.kind = 'finding'
  AND NOT EXISTS (SELECT 1 FROM evidence_removal AS r WHERE r.id = f.id);
