package health_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/health"
	"giuchuan/internal/platform/journal"
)

var ctx = context.Background()

func change(t *testing.T, d *db.DB, statement string) {
	t.Helper()
	err := d.Write(ctx, db.Command{Actor: "u1", Name: "test.change"}, func(tx *db.Tx) error {
		_, err := tx.Exec(statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSchema(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := health.Schema(ctx, d); err != nil {
			t.Fatalf("a new database: %v", err)
		}
		change(t, d, "CREATE TABLE later (id BIGINT PRIMARY KEY)")
		if err := health.Schema(ctx, d); !fault.Is(err, fault.Unsupported) || !strings.Contains(fault.Text(err), "later") {
			t.Errorf("a table too many: %v", err)
		}
		change(t, d, "ALTER TABLE journal_entry ADD COLUMN extra TEXT")
		if err := health.Schema(ctx, d); !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Text(err), "journal_entry") {
			t.Errorf("a column too many: %v", err)
		}
	})
}

func TestSchemaOfAnEmptyDatabase(t *testing.T) {
	d, err := db.Open(ctx, db.Options{Path: filepath.Join(t.TempDir(), "empty.db"), Ledger: journal.New()})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := health.Schema(ctx, d); !fault.Is(err, fault.Conflict) {
		t.Errorf("got %v, want a conflict", err)
	}
}

// TestEngine accepts that a test server trades durability for speed: then the
// answer must say so.
func TestEngine(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		text, err := health.Engine(ctx, d)
		switch {
		case d.Engine() == db.Postgres && err != nil:
			if !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Text(err), "fsync = off") {
				t.Errorf("got %v", err)
			}
		case d.Engine() == db.Postgres:
			if !strings.HasPrefix(text, "PostgreSQL ") {
				t.Errorf("got %q", text)
			}
		case err != nil || !strings.HasPrefix(text, "SQLite 3."):
			t.Errorf("got %q, %v", text, err)
		}
	})
}

// TestDamagedFileIsFound writes over pages of a database file.
func TestDamagedFileIsFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bad.db")
	d, err := db.Open(ctx, db.Options{Path: path, Ledger: journal.New()})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	change(t, d, "CREATE TABLE bulk (id INTEGER PRIMARY KEY, text TEXT)")
	change(t, d, `INSERT INTO bulk
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
		SELECT i, hex(randomblob(500)) FROM n`)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteAt(make([]byte, 3*4096), info.Size()-3*4096); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	d, err = db.Open(ctx, db.Options{Path: path, Ledger: journal.New()})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if text, err := health.Engine(ctx, d); err == nil {
		t.Errorf("a damaged file is called %q", text)
	}
}

func TestFree(t *testing.T) {
	free, err := health.Free(t.TempDir())
	if err != nil || free <= 0 {
		t.Errorf("%d bytes free, %v", free, err)
	}
	if _, err := health.Free(filepath.Join(t.TempDir(), "nowhere")); err == nil {
		t.Error("a folder that is not there has room")
	}
}
