package db_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/journal"
)

// TestPositionsAreCommitOrder lets two nodes write to one database while a
// reader watches: the positions it sees never have a gap, so whoever reads the
// journal by position misses nothing.
func TestPositionsAreCommitOrder(t *testing.T) {
	dbtest.EachPlace(t, func(t *testing.T, o db.Options) {
		one := dbtest.Open(t, o)
		o.Ledger = journal.New()
		two := dbtest.Open(t, o) // on SQLite: another process, such as the command line
		makeNotes(t, one)
		var writers, watcher sync.WaitGroup
		stop := make(chan struct{})
		watcher.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					seeNoGap(t, two)
				}
			}
		})
		for n, d := range []*db.DB{one, two} {
			for w := range 4 {
				writers.Go(func() {
					for i := range 25 {
						if err := addNote(d, fmt.Sprintf("%d-%d-%02d", n, w, i)); err != nil {
							t.Error(err)
							return
						}
					}
				})
			}
		}
		writers.Wait()
		close(stop)
		watcher.Wait()
		if got := len(noteIDs(t, one)); got != 200 {
			t.Errorf("found %d of 200 notes", got)
		}
		verifies(t, one)
	})
}

func seeNoGap(t *testing.T, d *db.DB) {
	err := d.Read(context.Background(), func(tx *db.Tx) error {
		var count, last int64
		err := tx.QueryRow("SELECT count(*), max(position) FROM journal_entry").Scan(&count, &last)
		if err == nil && (count != last || tx.Position() != last) {
			t.Errorf("%d entries up to position %d, snapshot at %d", count, last, tx.Position())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
