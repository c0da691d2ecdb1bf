package dbtest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/migrations"
)

// Running all migrations for every test would cost more than the tests do, so
// both engines copy a template that was migrated once.

// migratedFile is the SQLite template of this process, as bytes.
var migratedFile = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "giuchuan-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "template.sqlite")
	if err := migrate(db.Options{Path: path}); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// migrate makes and closes a database with the product's schema.
func migrate(o db.Options) error {
	o.Ledger = journal.New()
	d, err := db.Open(context.Background(), o)
	if err != nil {
		return err
	}
	return errors.Join(d.Migrate(context.Background()), d.Close())
}

// NewSQLite makes a migrated SQLite file that goes away with the test.
func NewSQLite(t testing.TB) string {
	t.Helper()
	content, err := migratedFile()
	if err != nil {
		t.Fatalf("make the SQLite template: %v", err)
	}
	path := filepath.Join(t.TempDir(), "test.sqlite")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// NewPostgres makes a migrated database on the test server, drops it when the
// test ends, and returns its URL; without a server it skips the test.
func NewPostgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv(URLVariable)
	if server == "" {
		t.Skip("KHÔNG CHẠY: postgres (" + URLVariable + " chưa đặt)")
	}
	template, err := postgresTemplate(server)
	if err != nil {
		t.Fatalf("make the PostgreSQL template: %v", err)
	}
	name := randomName("giuchuan_test_")
	at, err := db.CreatePostgres(context.Background(), server, name, template)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.DropPostgres(context.Background(), server, name); err != nil {
			t.Error(err)
		}
	})
	return at
}

// templates remembers which servers this process has looked at.
var templates sync.Map // server URL -> func() (string, error)

// postgresTemplate names the template database of these migrations on the
// server, making it if it is not there. It stays for later runs; its name
// holds the hash of the migrations, and it appears under that name only once
// it is whole.
func postgresTemplate(server string) (string, error) {
	made, _ := templates.LoadOrStore(server, sync.OnceValues(func() (string, error) {
		ctx := context.Background()
		hash, err := migrationsHash()
		if err != nil {
			return "", err
		}
		template := "giuchuan_template_" + hash
		probe := randomName("giuchuan_probe_")
		if _, err := db.CreatePostgres(ctx, server, probe, template); err == nil {
			return template, db.DropPostgres(ctx, server, probe)
		}
		at, err := db.CreatePostgres(ctx, server, probe, "")
		if err != nil {
			return "", err
		}
		if err := migrate(db.Options{URL: at}); err != nil {
			return "", errors.Join(err, db.DropPostgres(ctx, server, probe))
		}
		if db.RenamePostgres(ctx, server, probe, template) != nil {
			return template, db.DropPostgres(ctx, server, probe) // another process was faster
		}
		return template, nil
	}))
	return made.(func() (string, error))()
}

func migrationsHash() (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(migrations.FS, "postgres", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(migrations.FS, path)
		sum.Write([]byte(path))
		sum.Write(content)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil))[:24], err
}

func randomName(prefix string) string {
	var b [6]byte
	_, _ = rand.Read(b[:]) // never fails
	return prefix + hex.EncodeToString(b[:])
}
