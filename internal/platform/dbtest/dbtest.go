// Package dbtest runs a test body on every engine the product supports.
package dbtest

import (
	"context"
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

// EachPlace runs body with the options of a fresh database of each engine, for tests that open and close it themselves.
func EachPlace(t *testing.T, body func(t *testing.T, o db.Options)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		body(t, db.Options{Path: NewSQLite(t)})
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
