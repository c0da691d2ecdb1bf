package db

import (
	"context"
	"fmt"
	"io/fs"

	"giuchuan/internal/kernel/fault"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Migrate brings the schema up to date with the embedded migrations; nodes
// that start together wait for one another. On PostgreSQL it refuses a
// database whose text does not sort bytewise, because keys and journal hashes
// rest on that order.
func (d *DB) Migrate(ctx context.Context) error {
	if err := d.checkCollation(ctx); err != nil {
		return err
	}
	folder, err := fs.Sub(d.migrations, string(d.engine))
	if err != nil {
		return fmt.Errorf("db: migrations for %s: %w", d.engine, err)
	}
	options := []goose.ProviderOption{goose.WithAllowOutofOrder(true), goose.WithDisableGlobalRegistry(true)}
	dialect := goose.DialectSQLite3
	if d.engine == Postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return fmt.Errorf("db: migration lock: %w", err)
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	provider, err := goose.NewProvider(dialect, d.writer, folder, options...)
	if err != nil {
		return fmt.Errorf("db: read migrations: %w", err)
	}
	if _, err = provider.Up(ctx); err != nil {
		return explain("migrate", err)
	}
	return nil
}

func (d *DB) checkCollation(ctx context.Context) error {
	if d.engine != Postgres {
		return nil
	}
	var collation string
	err := d.reader.QueryRowContext(ctx, `
		SELECT CASE datlocprovider WHEN 'i' THEN 'ICU' ELSE datcollate END
		FROM pg_catalog.pg_database
		WHERE datname = current_database()`).Scan(&collation)
	if err != nil {
		return explain("read the collation", err)
	}
	switch collation {
	case "C", "POSIX", "C.UTF-8", "C.utf8":
		return nil
	}
	return fault.New(fault.Unsupported, msgCollation, "collation", collation)
}
