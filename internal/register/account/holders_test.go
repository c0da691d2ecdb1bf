package account_test

import (
	"slices"
	"testing"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/account"
)

// TestHolders: who works today with which role; who was locked or whose role has
// ended does not.
func TestHolders(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		an := w.person("phuluu.an", "ubnd-02392.1", grant(authz.CommuneEntry))
		binh := w.person("phuluu.binh", "ubnd-02392.1", grant(authz.CommuneLeader))
		chi := w.person("phuluu.chi", "ubnd-02392.1", grant(authz.CommuneEntry))
		must(t, w.Disable(t.Context(), w.admin, chi, "nghỉ việc"))
		must(t, w.EndGrant(t.Context(), w.admin, w.grantOf("phuluu.binh").ID, w.today, "QĐ 2"))
		look := func() []account.Holder {
			var out []account.Holder
			must(t, w.db.Read(t.Context(), func(tx *db.Tx) (err error) { out, err = w.Holders(t.Context(), tx); return err }))
			return out
		}
		has := func(list []account.Holder, id string) bool {
			return slices.ContainsFunc(list, func(h account.Holder) bool { return h.ID == id })
		}
		today := look()
		if !has(today, an) || !has(today, binh) || has(today, chi) {
			t.Errorf("today: %+v", today)
		}
		i := slices.IndexFunc(today, func(h account.Holder) bool { return h.ID == an })
		if g := today[i].Grants; len(g) != 1 || g[0].Role != authz.CommuneEntry || g[0].Unit != "ubnd-02392.1" || g[0].Place != "02392.1" {
			t.Errorf("%+v", g)
		}
		w.today++
		if has(look(), binh) {
			t.Error("the role ended yesterday")
		}
	})
}
