package journal_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/journal"

	"golang.org/x/mod/sumdb/tlog"
)

var (
	workTable = &db.Table{Name: "work", Columns: []string{"id", "name", "cost_vnd"}, Key: []string{"id"}}
	factTable = &db.Table{Name: "fact", Columns: []string{"place", "value"}, Key: []string{"place", "entry"}}
	tables    = []*db.Table{workTable, factTable}
)

// fill makes the tables and n entries: none, one or several rows each.
func fill(t testing.TB, d *db.DB, n int) {
	t.Helper()
	write(t, d, "schema", func(tx *db.Tx) error {
		_, err1 := tx.Exec(`CREATE TABLE work (id TEXT NOT NULL PRIMARY KEY, name TEXT, cost_vnd BIGINT, entry BIGINT NOT NULL)`)
		_, err2 := tx.Exec(`CREATE TABLE fact (place TEXT NOT NULL, value BIGINT, entry BIGINT NOT NULL, PRIMARY KEY (place, entry))`)
		return errors.Join(err1, err2)
	})
	for i := range n - 1 {
		write(t, d, fmt.Sprintf("step.%d", i), func(tx *db.Tx) error {
			for k := range i % 4 {
				id := fmt.Sprintf("công trình %c-%03d", 'Z'-k, i)
				if err := tx.Insert(workTable, id, fmt.Sprintf("đường %d", i), int64(i)*1_000_000_007); err != nil {
					return err
				}
			}
			for k := range i % 3 {
				if err := tx.Insert(factTable, fmt.Sprintf("%05d", 99-k), nil); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

func write(t testing.TB, d *db.DB, name string, fn func(tx *db.Tx) error) {
	t.Helper()
	c := db.Command{Actor: "tester", Name: name, Scope: "xã Minh Dân", Body: []byte(`{"a":1}`)}
	if err := d.Write(context.Background(), c, fn); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func read(t testing.TB, d *db.DB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Read(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func TestSoundJournalVerifies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d, 40)
		report, err := journal.Verify(context.Background(), d, tables, nil)
		if err != nil {
			t.Fatal(err)
		}
		if report.Head.Size != 40 || report.Rows == 0 {
			t.Errorf("report %+v", report)
		}
		_, err = journal.Verify(context.Background(), d, tables[:1], nil)
		if !fault.Is(err, fault.Corrupt) {
			t.Errorf("with a table left out: %v, want corrupt", err)
		}
	})
}

// TestTreeIsTlogs compares our tree with the public definition and its proofs.
func TestTreeIsTlogs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d, 37)
		read(t, d, func(tx *db.Tx) error {
			head, err := journal.ReadHead(tx)
			if err != nil {
				return err
			}
			reader := journal.HashReader(tx)
			root, err := tlog.TreeHash(head.Size, reader)
			if err != nil {
				return err
			}
			if root != head.Root || head.Size != 37 {
				t.Errorf("head %d %v, tlog says %v", head.Size, head.Root, root)
			}
			old, err := tlog.TreeHash(21, reader)
			if err != nil {
				return err
			}
			proof, err := tlog.ProveTree(head.Size, 21, reader)
			if err != nil {
				return err
			}
			return tlog.CheckTree(proof, head.Size, head.Root, 21, old)
		})
	})
}

// TestRefusedEntriesLeaveNoGap also shows that a new process continues the
// tree it finds.
func TestRefusedEntriesLeaveNoGap(t *testing.T) {
	dbtest.EachPlace(t, func(t *testing.T, o db.Options) {
		d := dbtest.Open(t, o)
		fill(t, d, 5)
		no := errors.New("no")
		err := d.Write(context.Background(), db.Command{Actor: "a", Name: "b"}, func(*db.Tx) error { return no })
		if !errors.Is(err, no) {
			t.Fatal(err)
		}
		write(t, d, "last", func(tx *db.Tx) error {
			if tx.Position() != 6 {
				t.Errorf("position %d, want 6", tx.Position())
			}
			return nil
		})
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		o.Ledger = journal.New()
		again := dbtest.Open(t, o)
		write(t, again, "more", func(*db.Tx) error { return nil })
		report, err := journal.Verify(context.Background(), again, tables, nil)
		if err != nil || report.Head.Size != 7 {
			t.Errorf("report %+v, %v", report, err)
		}
	})
}

func TestPositionAt(t *testing.T) {
	start := time.Date(2024, 10, 1, 8, 0, 0, 0, time.UTC)
	ticks := []int{0, 1, 1, 5, 3, 9} // minutes; the clock once goes back
	next := 0
	clock := func() time.Time { return start.Add(time.Duration(ticks[min(next, len(ticks)-1)]) * time.Minute) }
	dbtest.EachWith(t, func(o *db.Options) { o.Now = clock; next = 0 }, func(t *testing.T, d *db.DB) {
		for range ticks {
			write(t, d, "tick", func(*db.Tx) error { return nil })
			next++
		}
		for minute, want := range map[int]int64{-1: 0, 0: 1, 1: 3, 2: 3, 4: 3, 5: 5, 8: 5, 9: 6, 99: 6} {
			read(t, d, func(tx *db.Tx) error {
				got, err := journal.PositionAt(tx, start.Add(time.Duration(minute)*time.Minute))
				if got != want {
					t.Errorf("at minute %d: position %d, want %d", minute, got, want)
				}
				return err
			})
		}
		next = 0
	})
}

func TestKeyAndCheckpoint(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		path := filepath.Join(t.TempDir(), "keys", "journal.key")
		key, err := journal.OpenKey(path, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the key has mode %v (%v), want 0600", info.Mode(), err)
		}
		fill(t, d, 9)
		signed, err := key.Sign(context.Background(), d)
		if err != nil {
			t.Fatal(err)
		}
		again, err := journal.OpenKey(path, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		checkpoint, err := again.Open(signed)
		if err != nil || checkpoint.Size != 9 {
			t.Fatalf("checkpoint %+v, %v", checkpoint, err)
		}
		write(t, d, "later", func(*db.Tx) error { return nil })
		if _, err := journal.Verify(context.Background(), d, tables, checkpoint); err != nil {
			t.Errorf("a grown journal: %v", err)
		}
		if _, err := again.Open(bytes.Replace(signed, []byte("\n9\n"), []byte("\n8\n"), 1)); !fault.Is(err, fault.Invalid) {
			t.Errorf("a changed checkpoint: %v, want invalid", err)
		}
		other, err := journal.OpenKey(path+"2", rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := other.Open(signed); !fault.Is(err, fault.Invalid) {
			t.Errorf("a stranger's checkpoint: %v, want invalid", err)
		}
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := journal.OpenKey(path, rand.Reader); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a key everyone can read: %v, want forbidden", err)
		}
	})
}

func TestCommitHidesAndBinds(t *testing.T) {
	a := journal.Commit("salt", "Nguyễn Văn A")
	if strings.Contains(a, "Nguyễn") || a != journal.Commit("salt", "Nguyễn Văn A") {
		t.Errorf("commitment %s", a)
	}
	if a == journal.Commit("salt", "Nguyễn Văn B") || a == journal.Commit("other", "Nguyễn Văn A") {
		t.Error("another value or salt gives the same commitment")
	}
}
