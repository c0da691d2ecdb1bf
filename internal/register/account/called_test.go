package account_test

import (
	"testing"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/account"
)

// The journal's reader learns the post of whoever did something, and the name
// only of people he administers and of himself.
func TestCalledGivesNamesOnlyWhereAllowed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, token, err := w.Invite(t.Context(), w.admin, account.Invite{
			Login: "phuluu.an", Post: "Xã Phù Lưu – người nhập", Name: "Trần An", Unit: "ubnd-02392.1", Grant: grant(authz.CommuneEntry),
		})
		must(t, err)
		must(t, w.Accept(t.Context(), token, password))
		leader := authz.Subject{ID: "leader", Grants: []authz.Grant{{Role: authz.ProvinceLeader, Place: "08.1"}}}
		for _, c := range []struct {
			asker    authz.Subject
			id       string
			name, ok bool
		}{
			{w.admin, id, true, true},
			{leader, id, false, true},
			{authz.Subject{ID: id}, id, true, true},
			{leader, "phuluu.an", false, true},
			{leader, "cli:root", false, false},
			{authz.Subject{}, id, false, true},
		} {
			must(t, w.db.Read(t.Context(), func(tx *db.Tx) error {
				post, name, ok, err := w.Called(t.Context(), tx, c.asker, c.id)
				if ok != c.ok || (name == "Trần An") != c.name || ok && post != "Xã Phù Lưu – người nhập" {
					t.Errorf("%s asks for %s: %q, %q, %v", c.asker.ID, c.id, post, name, ok)
				}
				return err
			}))
		}
	})
}
