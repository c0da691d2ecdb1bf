-- +goose Up
-- How foreign matrices are read (cách đọc bảng). The row of an id with the
-- largest entry is what holds; body is JSON: rows of the header, the column of
-- communes, every column with its code, every word with its meaning. signature
-- is what the header of a table must be for the mapping to fit it.
CREATE TABLE review_mapping (
    id        TEXT   NOT NULL,
    name      TEXT   NOT NULL,
    set_id    TEXT   NOT NULL,
    signature TEXT   NOT NULL,
    body      TEXT   NOT NULL,
    entry     BIGINT NOT NULL,
    PRIMARY KEY (id, entry)
);
