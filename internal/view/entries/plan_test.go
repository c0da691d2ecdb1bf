package entries

import (
	"strings"
	"testing"

	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
)

// Each form of the list follows an index; none reads the whole journal.
func TestListFollowsAnIndex(t *testing.T) {
	d := dbtest.Open(t, db.Options{Path: dbtest.NewSQLite(t)})
	for where, index := range map[string]string{
		"c.position >= 1 AND c.position < 9 AND c.command = 'a'": "journal_entry_command",
		"c.position >= 1 AND c.position < 9 AND c.actor = 'a'":   "journal_entry_actor",
		"c.position >= 1 AND c.position < 9":                     "PRIMARY KEY",
	} {
		var plan string
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			rows, err := db.Collect(tx, func(r *db.Rows) (s string, err error) {
				var id, parent, unused int64
				return s, r.Scan(&id, &parent, &unused, &s)
			}, "EXPLAIN QUERY PLAN "+changeColumns+" WHERE "+where+" ORDER BY c.position DESC LIMIT 50")
			plan = strings.Join(rows, "; ")
			return err
		})
		if err != nil || !strings.Contains(plan, index) || strings.Contains(plan, "SCAN") || strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("%s: %s (%v)", where, plan, err)
		}
	}
}

// What an entry wrote of communes is counted along keys, however much was written
// since.
func TestCountingFollowsKeys(t *testing.T) {
	d := dbtest.Open(t, db.Options{Path: dbtest.NewSQLite(t)})
	for _, table := range reviewTables() {
		var plan string
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			rows, err := db.Collect(tx, func(r *db.Rows) (s string, err error) {
				var id, parent, unused int64
				return s, r.Scan(&id, &parent, &unused, &s)
			}, "EXPLAIN QUERY PLAN SELECT COUNT(*) FROM v_"+table+" AS x WHERE x.place = 1 AND x.entry = 9")
			plan = strings.Join(rows, "; ")
			return err
		})
		if err != nil || !strings.Contains(plan, "PRIMARY KEY (place=?)") || strings.Contains(plan, "SCAN") {
			t.Errorf("%s: %s (%v)", table, plan, err)
		}
	}
}
