-- +goose Up
-- Desks count the files of every commune of a period: along this index, not over
-- all files there are.
CREATE INDEX evidence_file_period ON evidence_file (kind, period, place, measure);
