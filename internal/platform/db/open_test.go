package db_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/journal"

	"github.com/jackc/pgx/v5"
)

// TestSQLiteSettings reads back what durability rests on, from both pools.
func TestSQLiteSettings(t *testing.T) {
	d := dbtest.Open(t, db.Options{Path: filepath.Join(t.TempDir(), "tên có dấu & ?.sqlite")})
	want := map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000"}
	settings := func(tx *db.Tx) error {
		for name, value := range want {
			var got string
			if err := tx.QueryRow("PRAGMA " + name).Scan(&got); err != nil {
				return err
			}
			if got != value {
				t.Errorf("%s = %s, want %s", name, got, value)
			}
		}
		return nil
	}
	inRead(t, d, settings)
	if err := d.Write(context.Background(), cmd("test.settings"), settings); err != nil {
		t.Error(err)
	}
}

func TestSQLiteFilesArePrivate(t *testing.T) {
	folder := t.TempDir()
	d := dbtest.Open(t, db.Options{Path: filepath.Join(folder, "data.sqlite")})
	makeNotes(t, d)
	files, err := os.ReadDir(folder)
	if err != nil || len(files) < 2 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", f.Name(), info.Mode())
		}
	}
}

// TestBusySQLite lets another program hold the write lock past the time-out;
// it takes the ten seconds of the time-out, nearly all of them asleep.
func TestBusySQLite(t *testing.T) {
	path := dbtest.NewSQLite(t)
	one, two := dbtest.Open(t, db.Options{Path: path}), dbtest.Open(t, db.Options{Path: path})
	makeNotes(t, one)
	release := hold(t, one)
	start := time.Now()
	err := addNote(two, "a")
	release()
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(fault.Text(err), "đang bận") {
		t.Errorf("after %v: %v, want busy", time.Since(start), err)
	}
	if err := addNote(two, "b"); err != nil {
		t.Errorf("once the lock is free: %v", err)
	}
	verifies(t, one)
}

// TestPostgresMustSortBytewise refuses a database whose text sorts otherwise.
func TestPostgresMustSortBytewise(t *testing.T) {
	at := dbtest.NewPostgres(t) // skips when there is no server
	ctx := context.Background()
	server := os.Getenv(dbtest.URLVariable)
	name := "giuchuan_test_icu"
	admin, err := pgx.Connect(ctx, server)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(ctx)
	_, err = admin.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'vi'")
	if err != nil {
		t.Skipf("KHÔNG CHẠY: máy chủ không có ICU (%v)", err)
	}
	defer func() {
		if err := db.DropPostgres(ctx, server, name); err != nil {
			t.Error(err)
		}
	}()
	place, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	place.Path = "/" + name
	d, err := db.Open(ctx, db.Options{URL: place.String(), Ledger: journal.New()})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(ctx); !fault.Is(err, fault.Unsupported) {
		t.Errorf("got %v, want unsupported", err)
	}
}

func TestDamagedFile(t *testing.T) {
	path := dbtest.NewSQLite(t)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range content[:100] { // the header
		content[i] ^= 0xff
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = db.Open(context.Background(), db.Options{Path: path, Ledger: journal.New()})
	if !fault.Is(err, fault.Corrupt) {
		t.Errorf("got %v, want corrupt", err)
	}
}

func TestOpenNeedsALedgerAndAPlace(t *testing.T) {
	if _, err := db.Open(context.Background(), db.Options{Path: filepath.Join(t.TempDir(), "x.sqlite")}); err == nil {
		t.Error("opened without a ledger")
	}
	for _, path := range []string{"", filepath.Join(t.TempDir(), "missing", "x.sqlite")} {
		if _, err := db.Open(context.Background(), db.Options{Path: path, Ledger: journal.New()}); err == nil {
			t.Errorf("opened %q", path)
		}
	}
}
