// Package dbtest runs a test body on every engine the product supports.
package dbtest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
)

// URLVariable names the environment variable that holds the URL of a
// PostgreSQL server on which tests may create databases.
const URLVariable = "GIUCHUAN_TEST_POSTGRES"

// Each runs body on a fresh migrated database of each engine: SQLite in a
// temporary file, and PostgreSQL when URLVariable is set; when it is not, that
// subtest is skipped and says so.
func Each(t *testing.T, body func(t *testing.T, d *db.DB)) {
	t.Helper()
	EachWith(t, func(*db.Options) {}, body)
}

// EachWith is Each with options changed by prepare: a frozen clock, a legal
// day, fixed randomness.
func EachWith(t *testing.T, prepare func(*db.Options), body func(t *testing.T, d *db.DB)) {
	t.Helper()
	EachPlace(t, func(t *testing.T, o db.Options) {
		prepare(&o)
		body(t, Open(t, o))
	})
}

// EachPlace runs body with the options of a fresh empty database of each
// engine, for tests that open and close it themselves.
func EachPlace(t *testing.T, body func(t *testing.T, o db.Options)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		body(t, db.Options{Path: filepath.Join(t.TempDir(), "test.sqlite")})
	})
	t.Run("postgres", func(t *testing.T) {
		body(t, db.Options{URL: NewPostgres(t)})
	})
}

// Open opens and migrates a database and closes it when the test ends. A
// missing ledger is filled in.
func Open(t testing.TB, o db.Options) *db.DB {
	t.Helper()
	if o.Ledger == nil {
		o.Ledger = journal.New()
	}
	d, err := db.Open(context.Background(), o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	if err := d.Migrate(context.Background()); err != nil {
		t.Fatalf("migrate: %v", err)
	}
	return d
}

// NewPostgres creates a database on the test server, drops it when the test
// ends, and returns its URL; without a server it skips the test.
func NewPostgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv(URLVariable)
	if server == "" {
		t.Skip("KHÔNG CHẠY: postgres (" + URLVariable + " chưa đặt)")
	}
	var suffix [6]byte
	if _, err := rand.Read(suffix[:]); err != nil {
		t.Fatal(err)
	}
	name := "giuchuan_test_" + hex.EncodeToString(suffix[:])
	at, err := db.CreatePostgres(context.Background(), server, name)
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
