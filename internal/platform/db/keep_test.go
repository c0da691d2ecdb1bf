package db_test

import (
	"context"
	"testing"

	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/journal"
)

// TestKeepLeavesNoEntry writes with and without an entry, alone and in one
// batch with a command that is refused.
func TestKeepLeavesNoEntry(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		command := db.Command{Actor: "a", Name: "test.keep"}
		if err := d.Write(ctx, command, func(tx *db.Tx) error {
			_, err := tx.Exec(`CREATE TABLE kept (x INTEGER NOT NULL)`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		done := make(chan error)
		for i := range 40 {
			go func() {
				if i%4 == 0 {
					_ = d.Write(ctx, command, func(tx *db.Tx) error { return db.ErrNoRows })
					done <- nil
					return
				}
				done <- d.Keep(ctx, func(tx *db.Tx) error {
					_, err := tx.Exec(`INSERT INTO kept (x) VALUES ($1)`, i)
					return err
				})
			}()
		}
		for range 40 {
			if err := <-done; err != nil {
				t.Fatal(err)
			}
		}
		table := db.Table{Name: "kept", Columns: []string{"x"}, Key: []string{"x"}}
		if err := d.Keep(ctx, func(tx *db.Tx) error { return tx.Insert(&table, 1) }); err == nil {
			t.Error("a business row was written without an entry")
		}
		if err := d.Read(ctx, func(tx *db.Tx) error {
			var rows, entries int64
			if err := tx.QueryRow(`SELECT COUNT(*) FROM kept`).Scan(&rows); err != nil {
				return err
			}
			entries = tx.Position()
			if rows != 30 || entries != 1 {
				t.Errorf("%d rows and %d entries, want 30 and 1", rows, entries)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := journal.Verify(ctx, d, nil, nil); err != nil {
			t.Error(err)
		}
	})
}
