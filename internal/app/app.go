// Package app builds the product from its parts: it opens the database, gives
// every feature what it needs of its siblings, and lists what they own.
package app

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"time"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/reminder"
	"giuchuan/internal/feature/directive/request"
	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/matrix"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/register/account"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

// Now asks for what is known at the moment, whatever was known before.
const Now = math.MaxInt64

// DatabaseFile is the embedded database inside a data directory.
const DatabaseFile = "giuchuan.db"

// Config says where the data are and which clock holds.
type Config struct {
	Data     string           // data directory
	Database string           // PostgreSQL URL; wins over the embedded database
	Direct   string           // PostgreSQL URL past a pool of transactions, for listening; "" = Database
	Clock    func() time.Time // nil = the real clock
	Today    day.Day          // the legal day; day.None = the real one
	National bool             // places of the whole country
	Files    Files            // where the files behind findings are
}

// App is the product, ready for commands.
type App struct {
	DB          *db.DB
	Law         *law.Library
	Places      *place.Register
	Criteria    *criteria.Service
	Recognition *recognition.Service
	Review      *review.Service

	cfg   Config
	today func() day.Day // the legal day
	legal *legalDay      // where it stands, when the configuration says
}

var (
	msgNoData      = fault.Msg{Key: "app.no_data", Text: "chưa có dữ liệu ở {data}; hãy chạy: giuchuan init --data {data}"}
	msgNotPrepared = fault.Msg{Key: "app.not_prepared", Text: "kho dữ liệu chưa được tạo hoặc là của phiên bản cũ; hãy chạy: giuchuan init {option}"}
	msgDataDir     = fault.Msg{Key: "app.data_dir", Text: "không tạo được thư mục dữ liệu {data}"}
)

// Tables lists every business table of the product, for the journal and backup.
func Tables() []*db.Table {
	var all []*db.Table
	all = append(all, criteria.Tables()...)
	all = append(all, account.Tables()...)
	all = append(all, agency.Tables()...)
	all = append(all, recognition.Tables()...)
	all = append(all, evidence.Tables()...)
	all = append(all, review.Tables()...)
	all = append(all, reminder.Tables()...)
	all = append(all, request.Tables()...)
	all = append(all, round.Tables()...)
	all = append(all, matrix.Tables()...)
	all = append(all, directive.Tables()...)
	return append(all, task.Tables()...)
}

// Open opens existing data.
func Open(ctx context.Context, cfg Config) (*App, error) {
	if cfg.Database == "" {
		_, err := os.Stat(filepath.Join(cfg.Data, DatabaseFile))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fault.New(fault.NotFound, msgNoData, "data", cfg.Data)
		}
	}
	a, err := open(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if err := a.checkTables(ctx, cfg); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// checkTables refuses data that init has not prepared for this version.
func (a *App) checkTables(ctx context.Context, cfg Config) error {
	return a.DB.Read(ctx, func(tx *db.Tx) error {
		schema, err := tx.Schema()
		if err != nil {
			return err
		}
		for _, t := range Tables() {
			if !slices.ContainsFunc(schema, func(s db.SchemaTable) bool { return s.Name == t.Name }) {
				option := "--data " + cfg.Data
				if cfg.Database != "" {
					option = "--database URL"
				}
				return fault.New(fault.NotFound, msgNotPrepared, "option", option)
			}
		}
		return nil
	})
}

// Init creates the data directory and the tables where they are missing, and
// prepares the dictionary of quantities. It changes nothing that exists.
func Init(ctx context.Context, cfg Config) (*App, error) {
	if cfg.Database == "" {
		if err := os.MkdirAll(cfg.Data, 0o750); err != nil {
			return nil, fault.New(fault.Unavailable, msgDataDir, "data", cfg.Data).Wrap(err)
		}
	}
	a, err := open(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if err := a.prepare(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func open(ctx context.Context, cfg Config) (*App, error) {
	lib, err := criteria.LoadLaw()
	if err != nil {
		return nil, err
	}
	load := place.Load
	if cfg.National {
		load = place.LoadNational
	}
	places, err := load(reference.FS())
	if err != nil {
		return nil, err
	}
	options := db.Options{URL: cfg.Database, Direct: cfg.Direct, Ledger: journal.New(), Now: cfg.Clock}
	if cfg.Database == "" {
		options.Path = filepath.Join(cfg.Data, DatabaseFile)
	}
	legal := &legalDay{}
	today := func() day.Day { return day.FromTime(clock(cfg)()) }
	if cfg.Today != day.None {
		legal.set(cfg.Today)
		today = legal.get
	}
	options.Today = today
	d, err := db.Open(ctx, options)
	if err != nil {
		return nil, err
	}
	a := build(d, lib, places)
	a.cfg, a.today, a.legal = cfg, today, legal
	return a, nil
}

// clock is the configured clock, or the real one.
func clock(cfg Config) func() time.Time {
	if cfg.Clock != nil {
		return cfg.Clock
	}
	return time.Now
}

// build plugs the features together.
func build(d *db.DB, lib *law.Library, places *place.Register) *App {
	a := &App{DB: d, Law: lib, Places: places, Criteria: criteria.New(lib, places), Recognition: recognition.New(places)}
	a.Review = review.New(lib, places, heldTitles{a.Recognition}, a.Criteria)
	return a
}

// Rounds are the review rounds of a province (two-digit code).
func (a *App) Rounds(province string) *round.Service {
	return round.New(a.Law, a.Places, heldTitles{a.Recognition}, province)
}

// prepare brings the schema and the dictionary of quantities up to date.
func (a *App) prepare(ctx context.Context) error {
	if err := a.DB.Migrate(ctx); err != nil {
		return err
	}
	missing := false
	err := a.DB.Read(ctx, func(tx *db.Tx) error {
		_, err := criteria.Keys(ctx, tx, a.Law)
		missing = fault.Is(err, fault.Unavailable)
		if missing {
			return nil
		}
		return err
	})
	if err != nil || !missing {
		return err
	}
	cmd := db.Command{Actor: "giuchuan", Name: "criteria.prepare", Body: []byte(`{}`)}
	return a.DB.Write(ctx, cmd, func(tx *db.Tx) error {
		_, err := criteria.Prepare(ctx, tx, a.Law)
		return err
	})
}

// Untouched reports whether nothing was recorded yet besides what [Init] writes.
func (a *App) Untouched(ctx context.Context) (bool, error) {
	var head journal.Head
	err := a.DB.Read(ctx, func(tx *db.Tx) (err error) {
		head, err = journal.ReadHead(tx)
		return err
	})
	return head.Size <= 1, err
}

// Close closes the database.
func (a *App) Close() error { return a.DB.Close() }

// SetFor gives, for every commune with a title at a day, the set on which the
// title is tested.
func (a *App) SetFor(ctx context.Context, on day.Day) (func(placeID string) *law.Set, error) {
	sets := map[string]*law.Set{}
	err := a.DB.Read(ctx, func(tx *db.Tx) error {
		held, err := heldTitles{a.Recognition}.Held(ctx, tx, on, Now)
		for _, h := range held {
			sets[h.Place.ID] = a.Law.TestedOn(h.Title, on.Year())
		}
		return err
	})
	return func(id string) *law.Set { return sets[id] }, err
}

// Assignments is the table of assignments of a province (two-digit code).
func (a *App) Assignments(province string) (*agency.Assignments, error) {
	agencies, err := agency.Load(reference.FS(), a.Places, province)
	if err != nil {
		return nil, err
	}
	return agency.NewAssignments(agencies, a.Law), nil
}

// Recognised lists the communes that hold a title as xã at a day.
func (a *App) Recognised(ctx context.Context, tx *db.Tx, on day.Day) ([]place.Unit, error) {
	held, err := heldTitles{a.Recognition}.Held(ctx, tx, on, Now)
	var out []place.Unit
	for _, h := range held {
		out = append(out, h.Place)
	}
	return out, err
}

// heldTitles gives the review the titles that hold.
type heldTitles struct{ titles *recognition.Service }

// Held lists the communes that hold a title as xã at the day.
func (h heldTitles) Held(ctx context.Context, tx *db.Tx, on day.Day, known int64) ([]review.Titled, error) {
	list, err := h.titles.Current(ctx, tx, on, known)
	if err != nil {
		return nil, err
	}
	var out []review.Titled
	for i := range list {
		if t := list[i].Title; list[i].State == recognition.Holding && t != nil {
			out = append(out, review.Titled{Place: list[i].Unit, Title: t.Level})
		}
	}
	return out, nil
}
