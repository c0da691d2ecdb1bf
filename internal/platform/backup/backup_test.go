package backup_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/backup"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/journal"
	"giuchuan/migrations"
)

// The business tables of these tests.
var (
	noteTable = &db.Table{Name: "note", Columns: []string{"id", "amount", "text"}, Key: []string{"id", "entry"}}
	factTable = &db.Table{Name: "fact", Columns: []string{"place", "value"}, Key: []string{"place", "entry"}}
	tables    = []*db.Table{noteTable, factTable}
)

const createTables = `-- +goose Up
CREATE TABLE note (id TEXT NOT NULL, amount BIGINT, text TEXT, entry BIGINT NOT NULL, PRIMARY KEY (id, entry));
CREATE TABLE fact (place BIGINT NOT NULL, value BIGINT, entry BIGINT NOT NULL, PRIMARY KEY (place, entry));
`

// schema is the product's and the tables of these tests.
func schema(t testing.TB) fs.FS {
	t.Helper()
	all := fstest.MapFS{}
	err := fs.WalkDir(migrations.FS, ".", func(path string, f fs.DirEntry, err error) error {
		if err != nil || f.IsDir() {
			return err
		}
		text, err := fs.ReadFile(migrations.FS, path)
		all[path] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, engine := range []string{"sqlite", "postgres"} {
		all[engine+"/20250102000000_note.sql"] = &fstest.MapFile{Data: []byte(createTables)}
	}
	return all
}

// each runs body on an empty database of each engine.
func each(t *testing.T, body func(t *testing.T, d *db.DB)) {
	t.Helper()
	dbtest.EachWith(t, func(o *db.Options) { o.Migrations = schema(t) }, body)
}

// lite opens an empty SQLite database.
func lite(t testing.TB) *db.DB {
	t.Helper()
	return dbtest.Open(t, db.Options{Path: filepath.Join(t.TempDir(), "lite.sqlite"), Migrations: schema(t)})
}

// command writes two rows of different tables as one command.
func command(d *db.DB, i int) error {
	cmd := db.Command{Actor: "u1", Name: "note.add", Scope: "Tuyên Quang", Body: fmt.Appendf(nil, `{"n":%d}`, i)}
	return d.Write(context.Background(), cmd, func(tx *db.Tx) error {
		var amount *int64
		if n := int64(i) * 3_000_000_000; i%5 != 0 {
			amount = &n
		}
		if err := tx.Insert(noteTable, fmt.Sprintf("%c%04d", "AzĐ"[i%2], i), amount, fmt.Sprintf("dòng %d \"<Đ&ặ>\"\n\t", i)); err != nil {
			return err
		}
		return tx.Insert(factTable, i, -i)
	})
}

func fillWith(t testing.TB, d *db.DB, commands int) {
	t.Helper()
	for i := range commands {
		if err := command(d, i); err != nil {
			t.Fatal(err)
		}
	}
}

func archiveOf(t testing.TB, d *db.DB) ([]byte, *backup.Manifest) {
	t.Helper()
	var out bytes.Buffer
	m, err := backup.Write(context.Background(), backup.Source{DB: d, Product: "test"}, &out)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), m
}

func restore(d *db.DB, archive []byte) (*backup.Manifest, error) {
	return backup.Restore(context.Background(), backup.Target{DB: d, Tables: tables, Actor: "admin"}, bytes.NewReader(archive))
}

// dump gives the ordered rows of a table, a line each.
func dump(t testing.TB, d *db.DB, table string) []string {
	t.Helper()
	var out bytes.Buffer
	err := d.Read(context.Background(), func(tx *db.Tx) error { return db.DumpTable(tx, table, &out) })
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	return lines[1 : len(lines)-1]
}

// sameRows compares a restored database with its source: the same rows, and in
// the journal one entry more.
func sameRows(t *testing.T, from, to *db.DB) {
	t.Helper()
	for _, table := range []string{"note", "fact"} {
		if got, want := dump(t, to, table), dump(t, from, table); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: %d rows differ from the source's %d", table, len(got), len(want))
		}
	}
	got, want := dump(t, to, "journal_entry"), dump(t, from, "journal_entry")
	if len(got) != len(want)+1 || strings.Join(got[:len(want)], "\n") != strings.Join(want, "\n") {
		t.Fatalf("the journal has %d entries, want the source's %d and one more", len(got), len(want))
	}
	if last := got[len(want)]; !strings.Contains(last, "journal.restore") || !strings.Contains(last, "admin") {
		t.Errorf("the last entry is %s", last)
	}
}

// TestSQLiteToPostgresAndBack moves data over both engines; every station has
// the same ordered rows, a sound journal, and goes on.
func TestSQLiteToPostgresAndBack(t *testing.T) {
	first := lite(t)
	fillWith(t, first, 300)
	each(t, func(t *testing.T, second *db.DB) {
		archive, want := archiveOf(t, first)
		got, err := restore(second, archive)
		if err != nil {
			t.Fatal(err)
		}
		if got.Rows() != 900 || got.Entries != 300 || got.Root != want.Root || got.Engine != "sqlite" || got.Product != "test" {
			t.Errorf("restored %+v", got)
		}
		sameRows(t, first, second)
		if err := command(second, 300); err != nil {
			t.Fatalf("the restored database does not go on: %v", err)
		}
		archive, _ = archiveOf(t, second)
		third := lite(t)
		if _, err := restore(third, archive); err != nil {
			t.Fatal(err)
		}
		sameRows(t, second, third)
		if _, err := journal.Verify(context.Background(), third, tables, nil); err != nil {
			t.Error(err)
		}
	})
}

// TestSameRowsSameSums says that an archive names its tables' contents the
// same way whatever engine they come from.
func TestSameRowsSameSums(t *testing.T) {
	first := lite(t)
	fillWith(t, first, 20)
	archive, want := archiveOf(t, first)
	each(t, func(t *testing.T, d *db.DB) {
		if _, err := restore(d, archive); err != nil {
			t.Fatal(err)
		}
		_, got := archiveOf(t, d)
		for i, table := range got.Tables {
			if table.Name != "journal_entry" && table.SHA256 != want.Tables[i].SHA256 {
				t.Errorf("table %s: other sum than at its source", table.Name)
			}
		}
	})
}

// TestBackupBesideWriters backs up while commands are written: the archive is
// a prefix of the journal that has all commands acknowledged before it began,
// each whole.
func TestBackupBesideWriters(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		stop := make(chan struct{})
		var acknowledged, next atomic.Int64
		var writers sync.WaitGroup
		for range 8 {
			writers.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
					}
					if err := command(d, int(next.Add(1))); err != nil {
						t.Error(err)
						return
					}
					acknowledged.Add(1)
				}
			})
		}
		var archives [][]byte
		for range 3 {
			before := acknowledged.Load() + 50
			for acknowledged.Load() < before && !t.Failed() {
			}
			archive, m := archiveOf(t, d)
			if m.Entries < before {
				t.Errorf("%d entries, although %d were acknowledged before", m.Entries, before)
			}
			if want := 3 * m.Entries; m.Rows() != want {
				t.Errorf("%d rows for %d entries, want %d: a torn command", m.Rows(), m.Entries, want)
			}
			archives = append(archives, archive)
		}
		close(stop)
		writers.Wait()
		all := dump(t, d, "journal_entry")
		for _, archive := range archives {
			copied := lite(t)
			m, err := restore(copied, archive)
			if err != nil {
				t.Fatal(err)
			}
			got := dump(t, copied, "journal_entry")[:m.Entries]
			if strings.Join(got, "\n") != strings.Join(all[:m.Entries], "\n") {
				t.Error("the restored journal is no prefix of the source's")
			}
		}
	})
}

func TestRestoreIntoDataIsRefused(t *testing.T) {
	source := lite(t)
	fillWith(t, source, 3)
	archive, _ := archiveOf(t, source)
	each(t, func(t *testing.T, d *db.DB) {
		fillWith(t, d, 1)
		_, err := restore(d, archive)
		if !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Text(err), "đã có dữ liệu") {
			t.Errorf("got %v, want a conflict", err)
		}
		if got := len(dump(t, d, "note")); got != 1 {
			t.Errorf("%d rows afterwards, want the one that was there", got)
		}
	})
}

// TestUnsoundSourceIsTold restores a backup of a database in which a row was
// changed behind the journal's back.
func TestUnsoundSourceIsTold(t *testing.T) {
	source := lite(t)
	fillWith(t, source, 5)
	err := source.Write(context.Background(), db.Command{Actor: "u1", Name: "test.tamper"}, func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE fact SET value = 7 WHERE place = 3")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	archive, _ := archiveOf(t, source)
	_, err = restore(lite(t), archive)
	if !fault.Is(err, fault.Corrupt) || !strings.Contains(fault.Text(err), "mục 4") {
		t.Errorf("got %q, want the entry named", fault.Text(err))
	}
}

func TestFileAppearsWholeOrNotAtAll(t *testing.T) {
	d := lite(t)
	fillWith(t, d, 10)
	folder := t.TempDir()
	path := filepath.Join(folder, "backup.tar.gz")
	var watched bytes.Buffer
	m, err := backup.WriteFile(context.Background(), backup.Source{DB: d, Product: "test"}, path, &watched)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(whole, watched.Bytes()) || m.Rows() != 30 {
		t.Fatalf("%d bytes in the file, %d seen, %d rows, %v", len(whole), watched.Len(), m.Rows(), err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
	broken := fmt.Errorf("the disk is full")
	_, err = backup.WriteFile(context.Background(), backup.Source{DB: d, Product: "test"}, path, failing{broken})
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), broken.Error()) {
		t.Errorf("got %v, want unavailable", err)
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, whole) {
		t.Error("a failed backup touched the one that was there")
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// failing is a writer that does not.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestCommonToolsReadIt unpacks an archive with tar and gzip.
func TestCommonToolsReadIt(t *testing.T) {
	tool, err := exec.LookPath("tar")
	if err != nil {
		t.Skip("SKIPPED: tar is not installed, an archive not unpacked with it:", err)
	}
	d := lite(t)
	fillWith(t, d, 4)
	folder := t.TempDir()
	path := filepath.Join(folder, "b.tar.gz")
	if _, err := backup.WriteFile(context.Background(), backup.Source{DB: d, Product: "test"}, path, io.Discard); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(tool, "-xzf", path, "-C", folder).CombinedOutput(); err != nil || len(out) > 0 {
		t.Fatalf("tar: %v %s", err, out)
	}
	text, err := os.ReadFile(filepath.Join(folder, "tables", "fact", "000001"))
	if err != nil || !strings.Contains(string(text), "\n[2,-2,3]\n") {
		t.Errorf("%v in %s", err, text)
	}
}
