package desk

import (
	"strings"
	"testing"

	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
)

// Counting the files of a period follows an index, not all files there are.
func TestFilesFollowAnIndex(t *testing.T) {
	d := dbtest.Open(t, db.Options{Path: dbtest.NewSQLite(t)})
	var plan string
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		rows, err := db.Collect(tx, func(r *db.Rows) (s string, err error) {
			var id, parent, unused int64
			return s, r.Scan(&id, &parent, &unused, &s)
		}, "EXPLAIN QUERY PLAN "+filesQuery, 1)
		plan = strings.Join(rows, "; ")
		return err
	})
	if err != nil || !strings.Contains(plan, "evidence_file_period (kind=? AND period=?)") || strings.Contains(plan, "TEMP B-TREE") {
		t.Errorf("%s (%v)", plan, err)
	}
}
