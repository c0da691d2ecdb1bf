package db_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
)

// told waits until d tells of a commit.
func told(t *testing.T, d *db.DB, what string) {
	t.Helper()
	select {
	case <-d.Committed():
	case <-time.After(20 * time.Second):
		t.Fatalf("%s was not told", what)
	}
}

// TestNodesTellEachOther is two handles on one PostgreSQL: what one commits the
// other is told, also after its connection was cut; what is refused nobody is.
func TestNodesTellEachOther(t *testing.T) {
	url := dbtest.NewPostgres(t)
	writes, hears := dbtest.Open(t, db.Options{URL: url}), dbtest.Open(t, db.Options{URL: url})
	makeNotes(t, writes)
	ctx, stop := context.WithCancel(context.Background())
	lost, done := make(chan error, 8), make(chan struct{})
	go func() {
		defer close(done)
		hears.Listen(ctx, func(err error) { lost <- err })
	}()
	told(t, hears, "that it listens")
	if err := addNote(writes, "a"); err != nil {
		t.Fatal(err)
	}
	told(t, hears, "a commit of the other node")
	if err := addNote(writes, "a"); err == nil {
		t.Fatal("a key may stand once")
	}
	select {
	case <-hears.Committed():
		t.Error("a refused command was told")
	case <-time.After(50 * time.Millisecond):
	}
	err := writes.Write(ctx, cmd("test.cut"), func(tx *db.Tx) error {
		_, err := tx.Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = current_database() AND query LIKE 'LISTEN%'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-lost; !strings.Contains(err.Error(), "listen for other nodes") {
		t.Error(err)
	}
	told(t, hears, "that it listens again, and what it may have missed,")
	if err := addNote(writes, "b"); err != nil {
		t.Fatal(err)
	}
	told(t, hears, "a commit after the line was cut")
	stop()
	<-done
}

// On SQLite there is nothing to hear; listening ends when it is told to.
func TestNobodyToListenTo(t *testing.T) {
	d := dbtest.Open(t, db.Options{Path: dbtest.NewSQLite(t)})
	ctx, stop := context.WithCancel(context.Background())
	stop()
	d.Listen(ctx, func(err error) { t.Error(err) })
}
