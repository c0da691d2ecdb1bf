package review

import (
	"context"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

const (
	ntm     = "xa-ntm-2021-2025"
	nangCao = "xa-ntm-nang-cao-2021-2025"
	kieuMau = "xa-ntm-kieu-mau-2021-2025"
	header  = "commune,indicator,period,value,male,female,share,provenance,note\n"
)

var (
	loadLaw    = sync.OnceValues(criteria.LoadLaw)
	loadPlaces = sync.OnceValues(func() (*place.Register, error) { return place.Load(reference.FS()) })
)

// world is the shipped law and the two provinces.
type world struct {
	lib    *law.Library
	places *place.Register
}

func newWorld(t testing.TB) world {
	t.Helper()
	lib, err := loadLaw()
	must(t, err)
	places, err := loadPlaces()
	must(t, err)
	return world{lib, places}
}

func (w world) set(t testing.TB, id string) *law.Set {
	t.Helper()
	s, err := w.lib.Set(id)
	must(t, err)
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(fault.Text(err))
	}
}

func on(t testing.TB, s string) day.Day {
	t.Helper()
	d, err := day.Parse(s)
	must(t, err)
	return d
}

func period(t testing.TB, s string) day.Period {
	t.Helper()
	p, err := day.ParsePeriod(s)
	must(t, err)
	return p
}

// openCSV opens the text of a .csv file.
func openCSV(t testing.TB, text string) *sheet.Book {
	t.Helper()
	book, err := sheet.Open("ket-qua.csv", []byte(text), sheet.DefaultLimits())
	must(t, err)
	return book
}

// question is the one that `evaluate --set SET --date D --province 08` asks.
func (w world) question(t testing.TB, set, date string) *Question {
	t.Helper()
	return &Question{Library: w.lib, Set: w.set(t, set), On: on(t, date), Province: "08", Places: w.places}
}

func readFor(q *Question, book *sheet.Book) (*Batch, error) {
	return Read(book, ReadOptions{
		Sets: append([]*law.Set{q.Set}, q.Library.Base(q.Set)...), Places: q.Places, Province: q.Province, Until: q.On,
	})
}

// evaluate reads a file and judges what it names.
func (w world) evaluate(t testing.TB, set, date, text string) *Report {
	t.Helper()
	q := w.question(t, set, date)
	batch, err := readFor(q, openCSV(t, text))
	must(t, err)
	return Assess(q, batch.Communes, batch.Findings).Report(batch.Errors)
}

// of finds an indicator of a commune in a report.
func (r *Report) of(t testing.TB, commune, code string) IndicatorReport {
	t.Helper()
	for _, c := range r.Communes {
		if c.Code != commune && c.Name != commune {
			continue
		}
		for _, ind := range c.Indicators {
			if ind.Code == code {
				return ind
			}
		}
	}
	t.Fatalf("không có chỉ tiêu %s của %s", code, commune)
	return IndicatorReport{}
}

// noTitles is a province without titles.
type noTitles struct{}

func (noTitles) Held(context.Context, *db.Tx, day.Day, int64) ([]Titled, error) { return nil, nil }

// titles is a fixed list of titled communes.
type titles []Titled

func (l titles) Held(context.Context, *db.Tx, day.Day, int64) ([]Titled, error) { return l, nil }

// service is a review service on a prepared database.
func (w world) service(t testing.TB, d *db.DB, held Titles) *Service {
	t.Helper()
	ctx := context.Background()
	must(t, d.Write(ctx, db.Command{Actor: "test", Name: "criteria.prepare"}, func(tx *db.Tx) error {
		_, err := criteria.Prepare(ctx, tx, w.lib)
		return err
	}))
	return New(w.lib, w.places, held, criteria.New(w.lib, w.places))
}

// batch reads a file as an import of a period does.
func (w world) batch(t testing.TB, p string, book *sheet.Book) *Batch {
	t.Helper()
	sets := []*law.Set{w.set(t, ntm), w.set(t, nangCao), w.set(t, kieuMau)}
	b, err := Read(book, ReadOptions{Sets: sets, Places: w.places, Province: "08", Until: day.Forever, Period: period(t, p), Strict: true})
	must(t, err)
	if len(b.Errors) > 0 {
		t.Fatalf("dòng lỗi: %+v", b.Errors)
	}
	return b
}

// imported records a file and gives what it changed and the journal position.
func (s *Service) imported(t testing.TB, d *db.DB, p string, findings []Finding) (*Plan, int64) {
	t.Helper()
	cmd := &Import{File: "ket-qua.csv", SHA256: strings.Repeat("0", 64), Period: period(t, p), Findings: findings}
	command, err := cmd.Command("xa-minh-dan")
	must(t, err)
	var plan *Plan
	var at int64
	must(t, d.Write(context.Background(), command, func(tx *db.Tx) error {
		at = tx.Position()
		plan, err = s.Import(context.Background(), tx, cmd)
		return err
	}))
	return plan, at
}

// planned compares a file with the record.
func (s *Service) planned(t testing.TB, d *db.DB, p string, findings []Finding) *Plan {
	t.Helper()
	var plan *Plan
	must(t, d.Read(context.Background(), func(tx *db.Tx) (err error) {
		plan, err = s.Plan(context.Background(), tx, &Import{Period: period(t, p), Findings: findings})
		return err
	}))
	return plan
}

// standing judges communes by the record.
func (s *Service) standing(t testing.TB, d *db.DB, set *law.Set, communes []place.Unit, ask Ask) *Report {
	t.Helper()
	if ask.Known == 0 {
		ask.Known = math.MaxInt64
	}
	var a *Assessment
	must(t, d.Read(context.Background(), func(tx *db.Tx) (err error) {
		a, err = s.Assess(context.Background(), tx, set, communes, ask)
		return err
	}))
	return a.Report(nil)
}

// workbook makes a template.
func (s *Service) workbook(t testing.TB, d *db.DB, tpl Template) []byte {
	t.Helper()
	var out []byte
	must(t, d.Read(context.Background(), func(tx *db.Tx) (err error) {
		out, err = s.Template(context.Background(), tx, tpl)
		return err
	}))
	return out
}

func openXLSX(t testing.TB, data []byte) *sheet.Book {
	t.Helper()
	book, err := sheet.Open("phieu.xlsx", data, sheet.DefaultLimits())
	must(t, err)
	return book
}

func (w world) commune(t testing.TB, name, date string) place.Unit {
	t.Helper()
	u, err := w.places.Resolve(name, "08", on(t, date), place.Commune)
	must(t, err)
	return u
}

func codesOf(changes []Change) []string {
	var out []string
	for _, c := range changes {
		out = append(out, c.Finding.Indicator().Code)
	}
	slices.Sort(out)
	return out
}
