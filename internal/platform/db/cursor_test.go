package db_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
)

// numbers is a query for 1 … n.
func numbers(n int) string {
	return fmt.Sprintf(`WITH RECURSIVE x (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x WHERE n < %d)
		SELECT n, 'số ' || n FROM x ORDER BY n`, n)
}

// TestCursorsStayOpen reads two cursors of one query in step, with so many
// other statements between them that kept statements are thrown out.
func TestCursorsStayOpen(t *testing.T) {
	const rows = 4500 // more than two fetches
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		inRead(t, d, func(tx *db.Tx) error {
			one, err := tx.Cursor(numbers(rows))
			if err != nil {
				return err
			}
			two, err := tx.Cursor(numbers(rows))
			if err != nil {
				return err
			}
			for i := 1; i <= rows; i++ {
				if !one.Next() || !two.Next() {
					t.Fatalf("ended at %d: %v, %v", i, one.Err(), two.Err())
				}
				got := fmt.Sprint(one.Values(), two.Values())
				if want := fmt.Sprintf("[%d số %d] [%d số %d]", i, i, i, i); got != want {
					t.Fatalf("got %s, want %s", got, want)
				}
				if i > 600 {
					continue
				}
				var n int
				if err := tx.QueryRow(fmt.Sprintf("SELECT %d", i)).Scan(&n); err != nil || n != i {
					t.Fatalf("statement %d between gave %d, %v", i, n, err)
				}
			}
			if one.Next() || two.Next() {
				t.Error("more rows than asked for")
			}
			return one.Err()
		})
	})
}

// TestCursorLeftOpen: a command that leaves a cursor unread is still accepted.
func TestCursorLeftOpen(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		leaves := func() error {
			return d.Write(context.Background(), cmd("note.add"), func(tx *db.Tx) error {
				c, err := tx.Cursor(numbers(100))
				if err != nil {
					return err
				}
				c.Next()
				return tx.Insert(noteTable, "b", "")
			})
		}
		if err := errors.Join(together(t, d, adds(d, "a"), leaves, adds(d, "c"))...); err != nil {
			t.Error(err)
		}
		wantNotes(t, d, "[a b c]")
	})
}
