package account

import "giuchuan/internal/platform/db"

// Posts gives the posts (chức danh) of accounts by id, never a person's name; an
// id that is no account's is missing from the answer.
func Posts(tx *db.Tx, ids []string) (map[string]string, error) {
	out := map[string]string{}
	for _, id := range ids {
		if _, done := out[id]; done {
			continue
		}
		a, ok, err := accountRow(tx, id)
		if err != nil {
			return nil, err
		}
		if ok {
			out[id] = a.Post
		}
	}
	return out, nil
}
