package db

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/migrations"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"
)

// Engine names a database engine.
type Engine string

// The two engines, spelt as the folders of migrations.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Options say which database to open and where time and chance come from.
type Options struct {
	Path       string           // SQLite file, created with mode 0600 when missing
	URL        string           // PostgreSQL URL; wins over Path
	Direct     string           // PostgreSQL URL for Listen, when URL leads through a pool of transactions; "" = URL
	Ledger     Ledger           // records accepted commands: journal.New()
	Now        func() time.Time // nil = the real clock
	Today      func() day.Day   // nil = the civil day of Now in Việt Nam
	Rand       io.Reader        // nil = crypto/rand
	Readers    int              // connections that read; 0 = 2 per core, at least 4
	Migrations fs.FS            // nil = migrations.FS
}

// DB is an open database. Its methods may be called from many goroutines.
type DB struct {
	engine     Engine
	ledger     Ledger
	now        func() time.Time
	today      func() day.Day
	random     io.Reader
	migrations fs.FS
	writer     *sql.DB
	reader     *sql.DB
	direct     string        // URL of PostgreSQL for Listen
	news       chan struct{} // see Committed
	own        atomic.Int64  // last position committed here
	batcher
}

// Open opens the database and starts its batcher; it creates an empty SQLite
// file when there is none, but no tables: see Migrate.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.Ledger == nil {
		return nil, errors.New("db: Options.Ledger is nil: every write is journalled, pass journal.New()")
	}
	d := &DB{ledger: o.Ledger, now: o.Now, today: o.Today, random: o.Rand, migrations: o.Migrations, news: make(chan struct{}, 1)}
	if d.now == nil {
		d.now = time.Now
	}
	if d.random == nil {
		d.random = rand.Reader
	}
	if d.migrations == nil {
		d.migrations = migrations.FS
	}
	if o.Readers == 0 {
		o.Readers = max(4, 2*runtime.GOMAXPROCS(0))
	}
	var err error
	if o.URL != "" {
		err = d.openPostgres(o)
	} else {
		err = d.openSQLite(o)
	}
	if err != nil {
		return nil, err
	}
	for _, pool := range []*sql.DB{d.writer, d.reader} {
		if err := pool.PingContext(ctx); err != nil {
			return nil, errors.Join(explain("open", err), d.writer.Close(), d.reader.Close())
		}
	}
	d.start()
	return d, nil
}

// Close lets the batch under way end, refuses what is still queued, and
// closes all connections.
func (d *DB) Close() error {
	d.stop()
	return errors.Join(d.reader.Close(), d.writer.Close())
}

// Committed tells the one who follows the journal on this node that something
// was committed since the last time; other nodes' commits are told while
// [DB.Listen] runs.
func (d *DB) Committed() <-chan struct{} { return d.news }

// Engine says which engine d runs on.
func (d *DB) Engine() Engine { return d.engine }

func (d *DB) openPostgres(o Options) error {
	cfg, err := pgx.ParseConfig(o.URL)
	if err != nil {
		return fault.New(fault.Invalid, msgURL).Wrap(err)
	}
	d.engine, d.direct = Postgres, o.URL
	if o.Direct != "" {
		if _, err := pgx.ParseConfig(o.Direct); err != nil {
			return fault.New(fault.Invalid, msgURL).Wrap(err)
		}
		d.direct = o.Direct
	}
	d.writer = stdlib.OpenDB(*cfg)
	d.writer.SetMaxOpenConns(4)
	d.writer.SetMaxIdleConns(2)
	d.reader = stdlib.OpenDB(*cfg)
	d.reader.SetMaxOpenConns(o.Readers)
	d.reader.SetMaxIdleConns(o.Readers)
	return nil
}

func (d *DB) openSQLite(o Options) error {
	d.engine = SQLite
	path, err := filepath.Abs(o.Path)
	if err != nil || o.Path == "" {
		return errors.Join(fmt.Errorf("db: %q is no path for a database", o.Path), err)
	}
	if err := createFile(path); err != nil {
		return fmt.Errorf("db: create %s: %w", path, err)
	}
	if _, err := sqlite.Fdatasync(true); err != nil && !errors.Is(err, sqlite.ErrFdatasyncUnavailable) {
		return fmt.Errorf("db: choose fdatasync: %w", err)
	}
	if d.writer, err = openPool(path, "_txlock=immediate&_pragma=cache_size(-16000)", 1); err != nil {
		return err
	}
	if d.reader, err = openPool(path, "_txlock=deferred&_query_only=1&_pragma=cache_size(-4000)", o.Readers); err != nil {
		return err
	}
	d.reader.SetConnMaxIdleTime(time.Second) // each keeps 4 MB of pages: at rest the one that follows the journal is enough
	return nil
}

// createFile makes an empty private file that survives a power cut; SQLite
// gives its WAL the same mode.
func createFile(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// openPool makes a pool of up to size SQLite connections.
func openPool(path, options string, size int) (*sql.DB, error) {
	dsn := url.URL{Scheme: "file", Path: path, RawQuery: options +
		"&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(1)&_pragma=trusted_schema(0)&_dqs=0"}
	connector, err := sqlite.NewConnector(dsn.String())
	if err != nil {
		return nil, fmt.Errorf("db: open %s: %w", path, err)
	}
	pool := sql.OpenDB(cachingConnector{connector})
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	return pool, nil
}
