-- +goose Up
-- A save asks what was done with its quantity besides typing it: along this
-- index, not over every value that was ever typed. 1 is "entered"; the columns
-- are all the question wants, or the key would be taken instead.
CREATE INDEX review_act_rest ON review_act (place, period, measure, entry, act, state, reason)
WHERE act <> 1 OR reason IS NOT NULL;
