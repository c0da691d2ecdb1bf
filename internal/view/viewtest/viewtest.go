// Package viewtest builds, for tests, the demonstration province that pages are
// checked against: the files in testdata are the ones `giuchuan demo` writes
// with its usual seed.
package viewtest

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/board"
	"giuchuan/reference"
)

// Province is the code of the demonstration's province.
const Province = "08"

// Now asks for what is known at the moment.
const Now = 1<<63 - 1

// Today is the day on which the demonstration's clock stands.
func Today() day.Day { return day.Of(2024, time.October, 1) }

// World is the product's services on one database.
type World struct {
	DB          *db.DB
	Law         *law.Library
	Places      *place.Register
	Criteria    *criteria.Service
	Recognition *recognition.Service
	Review      *review.Service
	Rounds      *round.Service
	Clock       *Clock
}

// Clock is the world's clock; tests set it.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now is the instant the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock to an hour of a day in Việt Nam.
func (c *Clock) Set(y int, m time.Month, d, hour int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = time.Date(y, m, d, hour, 0, 0, 0, time.FixedZone("+07", 7*3600))
}

// Must ends the test when err is not nil.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(fault.Text(err))
	}
}

// Each runs a body on an empty prepared world of each engine.
func Each(t *testing.T, body func(t *testing.T, w *World)) {
	t.Helper()
	dbtest.EachPlace(t, func(t *testing.T, o db.Options) { body(t, open(t, o)) })
}

// Demo is the demonstration on the embedded database, at its day.
func Demo(t testing.TB) *World {
	t.Helper()
	w := open(t, db.Options{Path: dbtest.NewSQLite(t)})
	w.Fill(t)
	return w
}

func open(t testing.TB, o db.Options) *World {
	t.Helper()
	w := &World{Clock: &Clock{}}
	w.Clock.Set(2024, time.May, 31, 9)
	o.Now, o.Today = w.Clock.Now, Today
	w.DB = dbtest.Open(t, o)
	var err error
	w.Law, err = criteria.LoadLaw()
	Must(t, err)
	w.Places, err = place.Load(reference.FS())
	Must(t, err)
	w.Criteria, w.Recognition = criteria.New(w.Law, w.Places), recognition.New(w.Places)
	w.Review = review.New(w.Law, w.Places, held{w.Recognition}, w.Criteria)
	w.Rounds = round.New(w.Law, w.Places, held{w.Recognition}, Province)
	w.Write(t, func(string) (db.Command, error) { return db.Command{Actor: "test", Name: "criteria.prepare"}, nil },
		func(ctx context.Context, tx *db.Tx) error {
			_, err := criteria.Prepare(ctx, tx, w.Law)
			return err
		})
	return w
}

// Write runs a command of the actor "test" and gives its journal position.
func (w *World) Write(t testing.TB, command func(string) (db.Command, error), work func(ctx context.Context, tx *db.Tx) error) int64 {
	t.Helper()
	cmd, err := command("test")
	Must(t, err)
	var at int64
	ctx := context.Background()
	Must(t, w.DB.Write(ctx, cmd, func(tx *db.Tx) error {
		at = tx.Position()
		return work(ctx, tx)
	}))
	return at
}

// Fill records the demonstration at the hours of its story.
func (w *World) Fill(t testing.TB) {
	t.Helper()
	w.titles(t, "muc-cong-nhan.csv")
	w.Clock.Set(2024, time.June, 3, 9)
	w.decisions(t, "quyet-dinh-cua-tinh.csv")
	w.Clock.Set(2024, time.June, 28, 16)
	w.Findings(t, "ra-soat-2024-H1.csv", read(t, "ra-soat-2024-H1.csv.gz"))
	w.Clock.Set(2024, time.August, 15, 9)
	w.titles(t, "muc-cong-nhan-14-8-2024.csv")
	w.Clock.Set(2024, time.September, 20, 15)
	w.Findings(t, "phuc-tra-thang-9.csv", read(t, "phuc-tra-thang-9.csv"))
	w.Clock.Set(2024, time.October, 1, 8)
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	data, err := os.ReadFile(filepath.Join(filepath.Dir(here), "testdata", name))
	Must(t, err)
	if strings.HasSuffix(name, ".gz") {
		unpack, err := gzip.NewReader(bytes.NewReader(data))
		Must(t, err)
		data, err = io.ReadAll(unpack)
		Must(t, err)
	}
	return data
}

func book(t testing.TB, name string, data []byte) *sheet.Book {
	t.Helper()
	b, err := sheet.Open(name, data, sheet.DefaultLimits())
	Must(t, err)
	return b
}

func (w *World) titles(t testing.TB, name string) {
	t.Helper()
	titles, faults := recognition.ReadTitles(book(t, name, read(t, name)), w.Places, Province)
	Must(t, fault.Join(faults...))
	cmd := recognition.Import{File: name, Titles: titles}
	w.Write(t, cmd.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Recognition.Import(ctx, tx, cmd)
		return err
	})
}

func (w *World) decisions(t testing.TB, name string) {
	t.Helper()
	records, faults := criteria.ReadRecords(book(t, name, read(t, name)), w.Law, w.Places, Province)
	Must(t, fault.Join(faults...))
	cmd := criteria.Decide{File: name, Records: records}
	w.Write(t, cmd.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Criteria.Decide(ctx, tx, cmd)
		return err
	})
}

// Findings records a .csv file of findings of the first half of 2024 and gives
// the journal position.
func (w *World) Findings(t testing.TB, name string, data []byte) int64 {
	t.Helper()
	period, err := day.ParsePeriod("2024-H1")
	Must(t, err)
	batch, err := review.Read(book(t, name, data), review.ReadOptions{
		Sets: w.Law.Sets, Places: w.Places, Province: Province, Until: day.Forever, Period: period, Strict: true,
	})
	Must(t, err)
	if len(batch.Errors) > 0 {
		t.Fatalf("%s: %+v", name, batch.Errors)
	}
	return w.Record(t, &review.Import{File: name, SHA256: strings.Repeat("0", 64), Period: period, Findings: batch.Findings})
}

// Record carries out an import and gives its journal position.
func (w *World) Record(t testing.TB, cmd *review.Import) int64 {
	t.Helper()
	return w.Write(t, cmd.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Review.Import(ctx, tx, cmd)
		return err
	})
}

// Board is a board of the world, loaded whole.
func (w *World) Board(t testing.TB) *board.Board {
	t.Helper()
	b := board.New(w.BoardOptions())
	Must(t, b.Load(context.Background()))
	Must(t, b.LoadHistory(context.Background()))
	return b
}

// BoardOptions are what a board of the world is made of.
func (w *World) BoardOptions() board.Options {
	return board.Options{DB: w.DB, Law: w.Law, Places: w.Places, Titles: w.Recognition, Decisions: w.Criteria, Province: Province}
}

// held gives the review the titles that hold.
type held struct{ titles *recognition.Service }

// Held lists the communes that hold a title as xã at the day.
func (h held) Held(ctx context.Context, tx *db.Tx, on day.Day, known int64) ([]review.Titled, error) {
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
