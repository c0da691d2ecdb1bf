package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
)

// noteTable is the business table of these tests.
var noteTable = &db.Table{Name: "note", Columns: []string{"id", "text"}, Key: []string{"id"}}

const createNote = `CREATE TABLE note (
	id TEXT NOT NULL, text TEXT, entry INTEGER NOT NULL, PRIMARY KEY (id))`

// cmd is a command of these tests.
func cmd(name string) db.Command {
	return db.Command{Actor: "tester", Name: name, Body: []byte("{}")}
}

// withNotes runs body on both engines with the table note in place.
func withNotes(t *testing.T, body func(t *testing.T, d *db.DB)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		makeNotes(t, d)
		body(t, d)
	})
}

func makeNotes(t testing.TB, d *db.DB) {
	t.Helper()
	err := d.Write(context.Background(), cmd("test.schema"), func(tx *db.Tx) error {
		_, err := tx.Exec(createNote)
		return err
	})
	if err != nil {
		t.Fatalf("create the table: %v", err)
	}
}

// addNote is a write that should be accepted.
func addNote(d *db.DB, id string) error {
	return d.Write(context.Background(), cmd("note.add"), func(tx *db.Tx) error {
		return tx.Insert(noteTable, id, "text of "+id)
	})
}

// noteIDs lists what a reader sees.
func noteIDs(t testing.TB, d *db.DB) []string {
	t.Helper()
	var ids []string
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		ids, err = db.Collect(tx, func(r *db.Rows) (id string, err error) {
			return id, r.Scan(&id)
		}, "SELECT id FROM note ORDER BY id")
		return err
	})
	if err != nil {
		t.Fatalf("list: %v", err)
	}
	return ids
}

func TestWriteThenRead(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		if err := addNote(d, "a"); err != nil {
			t.Fatal(err)
		}
		err := addNote(d, "a")
		if !fault.Is(err, fault.Conflict) || !db.IsDuplicate(err) {
			t.Errorf("second a: %v, want a conflict", err)
		}
		if got := fmt.Sprint(noteIDs(t, d)); got != "[a]" {
			t.Errorf("found %s", got)
		}
	})
}

func TestRefusedCommandLeavesNothing(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		no := errors.New("no")
		err := d.Write(context.Background(), cmd("note.add"), func(tx *db.Tx) error {
			return errors.Join(tx.Insert(noteTable, "a", nil), no)
		})
		if !errors.Is(err, no) {
			t.Errorf("got %v, want the closure's own error", err)
		}
		if got := noteIDs(t, d); got != nil {
			t.Errorf("found %v", got)
		}
	})
}

func TestManyWritersShareCommits(t *testing.T) {
	withNotes(t, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		for w := range 16 {
			wg.Go(func() {
				for i := range 20 {
					id := fmt.Sprintf("%02d-%02d", w, i)
					if err := addNote(d, id); err != nil {
						t.Errorf("%s: %v", id, err)
					}
				}
			})
		}
		wg.Wait()
		if got := len(noteIDs(t, d)); got != 320 {
			t.Errorf("found %d notes, want 320", got)
		}
	})
}
