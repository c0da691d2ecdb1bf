package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"giuchuan/internal/app"
	"giuchuan/internal/platform/db"
)

// serverVariable names the environment variable that holds the URL of a
// PostgreSQL server on which databases may be created.
const serverVariable = "GIUCHUAN_TEST_POSTGRES"

// store is a place where fresh databases can be made: SQLite in the scratch
// folder, or a PostgreSQL server.
type store struct {
	name    string // as the table shows it
	server  string // URL of the server; "" = SQLite
	dir     string
	durable bool   // what it acknowledges survives a power cut
	setting string // how durable it is, in its own words
	absent  string // why there is no such store
}

// openStores finds what durable writes are measured on, and returns what ends
// it. A store that is not there stays in the list, so that its rows say so.
func (b *bench) openStores(ctx context.Context) func() error {
	sqlite := store{name: "SQLite FULL", dir: b.dir, durable: true}
	b.stores = append(b.stores, sqlite)
	own, err := startCluster(ctx)
	safe := store{name: "PostgreSQL fsync=on", dir: b.dir, durable: true}
	if err != nil {
		safe.absent = "no server with fsync=on could be started: " + err.Error()
	} else {
		safe.server = own.url
	}
	given := store{name: "PostgreSQL of " + serverVariable, dir: b.dir, server: os.Getenv(serverVariable)}
	if given.server == "" {
		given.absent = serverVariable + " is not set; run make bench"
	}
	b.stores = append(b.stores, safe, given)
	for i := range b.stores {
		if err := b.stores[i].look(ctx); err != nil {
			b.stores[i].absent = err.Error()
		}
	}
	return func() error {
		if own == nil {
			return nil
		}
		return own.stop()
	}
}

// look asks the engine for its version and how durable it is.
func (s *store) look(ctx context.Context) error {
	if s.absent != "" {
		return nil
	}
	return s.with(ctx, "look", func(a *app.App) error {
		return a.DB.Read(ctx, func(tx *db.Tx) error {
			var version, journal, sync string
			if s.server == "" {
				err := errors.Join(tx.QueryRow("SELECT sqlite_version()").Scan(&version),
					tx.QueryRow("PRAGMA journal_mode").Scan(&journal), tx.QueryRow("PRAGMA synchronous").Scan(&sync))
				s.setting = fmt.Sprintf("SQLite %s, journal_mode=%s, synchronous=%s (2 = FULL)", version, journal, sync)
				return err
			}
			err := tx.QueryRow(`
				SELECT current_setting('server_version'), current_setting('fsync'),
				       'synchronous_commit=' || current_setting('synchronous_commit')
				       || ', full_page_writes=' || current_setting('full_page_writes')`).Scan(&version, &sync, &journal)
			s.setting = fmt.Sprintf("PostgreSQL %s, fsync=%s, %s (the store sets synchronous_commit=on for its commits)", version, sync, journal)
			s.durable = sync == "on"
			if !s.durable {
				s.name = "PostgreSQL fsync=" + sync
			}
			return err
		})
	})
}

// describe is the store's line in the head of the table.
func (s *store) describe(context.Context) string {
	if s.absent != "" {
		return s.name + ": NOT THERE: " + s.absent
	}
	if !s.durable {
		return s.setting + ": NOT DURABLE"
	}
	return s.setting
}

// make prepares a fresh database under a name and gives its configuration and
// what removes it.
func (s *store) make(ctx context.Context, name string) (app.Config, func() error, error) {
	if s.server == "" {
		dir := filepath.Join(s.dir, name)
		return app.Config{Data: dir}, func() error { return os.RemoveAll(dir) }, os.RemoveAll(dir)
	}
	database := fmt.Sprintf("giuchuan_bench_%d_%s", os.Getpid(), strings.ReplaceAll(name, "-", "_"))
	url, err := db.CreatePostgres(ctx, s.server, database, "")
	drop := func() error { return db.DropPostgres(context.WithoutCancel(ctx), s.server, database) }
	return app.Config{Database: url}, drop, err
}

// with runs work on a fresh database that is removed afterwards.
func (s *store) with(ctx context.Context, name string, work func(*app.App) error) error {
	cfg, remove, err := s.make(ctx, name)
	if err != nil {
		return err
	}
	a, err := app.Init(ctx, cfg)
	if err != nil {
		return errors.Join(err, remove())
	}
	return errors.Join(work(a), a.Close(), remove())
}
