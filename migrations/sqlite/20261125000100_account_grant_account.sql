-- +goose Up
-- Every request asks for the roles of one account: along this index, not over
-- the roles of all.
CREATE INDEX account_grant_account ON account_grant (account_id);
