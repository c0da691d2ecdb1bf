package round_test

import (
	"context"
	"math"
	"sync"
	"testing"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

const (
	ntm     = "xa-ntm-2021-2025"
	nangCao = "xa-ntm-nang-cao-2021-2025"
	thaiSon = "02407.1"
	hamYen  = "074.1"
	q3      = "2024-Q3"
)

var (
	loadLaw    = sync.OnceValues(criteria.LoadLaw)
	loadPlaces = sync.OnceValues(func() (*place.Register, error) { return place.Load(reference.FS()) })
)

// world is the service on one database with a round of the third quarter of 2024
// open for two communes: Thái Sơn (NTM) and Bình Xa (NTM nâng cao).
type world struct {
	t       *testing.T
	db      *db.DB
	lib     *law.Library
	places  *place.Register
	service *round.Service
	review  *review.Service
	today   *day.Day
	roundID string
}

type titles []review.Titled

func (l titles) Held(context.Context, *db.Tx, day.Day, int64) ([]review.Titled, error) { return l, nil }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(fault.Text(err))
	}
}

// each runs a body on a fresh world of every engine.
func each(t *testing.T, body func(w *world)) {
	t.Helper()
	lib, err := loadLaw()
	must(t, err)
	places, err := loadPlaces()
	must(t, err)
	today := day.Of(2024, 10, 1)
	prepare := func(o *db.Options) {
		today = day.Of(2024, 10, 1)
		o.Today = func() day.Day { return today }
	}
	dbtest.EachWith(t, prepare, func(t *testing.T, d *db.DB) {
		w := &world{t: t, db: d, lib: lib, places: places, today: &today}
		held := titles{{Place: w.unit(thaiSon), Title: law.TitleNTM}, {Place: w.unit("02404.1"), Title: law.TitleNangCao}}
		w.service = round.New(lib, places, held, "08")
		w.review = review.New(lib, places, held, criteria.New(lib, places))
		w.write(db.Command{Actor: "test", Name: "criteria.prepare"}, func(ctx context.Context, tx *db.Tx) error {
			_, err := criteria.Prepare(ctx, tx, lib)
			return err
		})
		w.roundID = w.mustOpen(q3)
		body(w)
	})
}

func (w *world) unit(id string) place.Unit {
	u, ok := w.places.Latest(id)
	if !ok {
		w.t.Fatalf("no place %s", id)
	}
	return u
}

func (w *world) period(s string) day.Period {
	p, err := day.ParsePeriod(s)
	must(w.t, err)
	return p
}

// write runs a command.
func (w *world) write(cmd db.Command, fn func(ctx context.Context, tx *db.Tx) error) {
	w.t.Helper()
	must(w.t, w.try(cmd, fn))
}

func (w *world) try(cmd db.Command, fn func(ctx context.Context, tx *db.Tx) error) error {
	ctx := context.Background()
	return w.db.Write(ctx, cmd, func(tx *db.Tx) error { return fn(ctx, tx) })
}

// commander is a command of the service.
type commander interface {
	Command(actor string) (db.Command, error)
}

// do carries a command out as a person.
func (w *world) do(who authz.Subject, c commander, fn func(ctx context.Context, tx *db.Tx) error) error {
	w.t.Helper()
	cmd, err := c.Command(who.ID)
	must(w.t, err)
	return w.try(cmd, fn)
}

func (w *world) openCmd(p string) *round.Open {
	return &round.Open{
		Name: "Rà soát " + p, Period: w.period(p), Basis: "12/KH-UBND", BasisOn: day.Of(2024, 9, 1),
		SendBy: *w.today + 4, VerifyBy: *w.today + 11, ConfirmBy: *w.today + 19,
	}
}

func (w *world) tryOpen(who authz.Subject, cmd *round.Open) (id string, err error) {
	err = w.do(who, cmd, func(ctx context.Context, tx *db.Tx) (err error) {
		id, err = w.service.Open(ctx, tx, who, cmd)
		return err
	})
	return id, err
}

func (w *world) mustOpen(p string) string {
	w.t.Helper()
	id, err := w.tryOpen(coordination, w.openCmd(p))
	must(w.t, err)
	return id
}

// The people of the tests.
var (
	coordination = person("dieu-phoi", authz.Coordination, "08.1")
	clerk        = person("xa-nhap", authz.CommuneEntry, thaiSon)
	chair        = person("xa-lanh-dao", authz.CommuneLeader, thaiSon)
	stranger     = person("xa-khac", authz.CommuneEntry, "02392.1")
	district     = person("huyen", authz.DistrictOffice, hamYen)
	health       = person("so-y-te", authz.InCharge, "08.1", ntm+"/15", nangCao+"/14")
	roads        = person("so-gtvt", authz.InCharge, "08.1", ntm+"/2")
	insurance    = person("bhxh", authz.Supplier, "08.1", ntm+"/15.1", nangCao+"/14.1")
)

func person(id string, role authz.Role, at string, fields ...string) authz.Subject {
	return authz.Subject{ID: id, Grants: []authz.Grant{{Role: role, Place: at, Fields: fields}}}
}

func (w *world) target(code string) round.Target {
	return round.Target{Place: thaiSon, Period: w.period(q3), Set: ntm, Code: code}
}

// save records one value of Thái Sơn.
func (w *world) save(who authz.Subject, c round.Save) (saved *round.Saved, err error) {
	err = w.do(who, &c, func(ctx context.Context, tx *db.Tx) (err error) {
		saved, err = w.service.Save(ctx, tx, who, &c)
		return err
	})
	return saved, err
}

// enter records a plain value and gives the finding's entry.
func (w *world) enter(who authz.Subject, code, value string) int64 {
	w.t.Helper()
	s, err := w.save(who, round.Save{Target: w.target(code), Entry: law.Entry{Value: value}, Base: round.AnyBase})
	must(w.t, err)
	return s.Finding.Entry
}

func (w *world) send(who authz.Subject) (n int, err error) {
	cmd := &round.Send{Place: thaiSon, Period: w.period(q3)}
	err = w.do(who, cmd, func(ctx context.Context, tx *db.Tx) (err error) {
		n, err = w.service.Send(ctx, tx, who, cmd)
		return err
	})
	return n, err
}

func (w *world) move(who authz.Subject, act round.Act, reason string, codes ...string) error {
	cmd := &round.Move{Act: act, Period: w.period(q3), Reason: reason}
	for _, c := range codes {
		cmd.Items = append(cmd.Items, round.Item{Place: thaiSon, Set: ntm, Code: c})
	}
	return w.moveAll(who, cmd)
}

func (w *world) moveAll(who authz.Subject, cmd *round.Move) error {
	return w.do(who, cmd, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.service.Move(ctx, tx, who, cmd)
		return err
	})
}

// read runs a question.
func (w *world) read(fn func(ctx context.Context, tx *db.Tx) error) {
	w.t.Helper()
	ctx := context.Background()
	must(w.t, w.db.Read(ctx, func(tx *db.Tx) error { return fn(ctx, tx) }))
}

// row gives where an indicator of Thái Sơn stands and what is recorded.
func (w *world) row(code string) (r round.Row, f review.Stored) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *db.Tx) error {
		unit := w.unit(thaiSon)
		sheet, err := w.service.SheetOf(ctx, tx, &unit, w.period(q3))
		must(w.t, err)
		rows, err := w.service.Rows(ctx, tx, sheet)
		must(w.t, err)
		dict, err := criteria.Keys(ctx, tx, w.lib)
		must(w.t, err)
		set, err := w.lib.Set(ntm)
		must(w.t, err)
		slot, ok := set.Slot(code)
		if !ok {
			w.t.Fatalf("no %s", code)
		}
		key := dict.Slots(set)[slot]
		r = rows[key]
		f, _, err = review.StoredAt(tx, review.Cell{Place: unit.Key, Period: w.period(q3).Code(), Measure: key})
		return err
	})
	return r, f
}

// standing judges Thái Sơn on the third quarter's last day.
func (w *world) standing(code string, known int64) review.IndicatorReport {
	w.t.Helper()
	var out review.IndicatorReport
	w.read(func(ctx context.Context, tx *db.Tx) error {
		set, err := w.lib.Set(ntm)
		must(w.t, err)
		if known == 0 {
			known = math.MaxInt64
		}
		a, err := w.review.Assess(ctx, tx, set, []place.Unit{w.unit(thaiSon)}, review.Ask{On: w.period(q3).Last(), Known: known, Province: "08"})
		must(w.t, err)
		for _, ind := range a.Report(nil).Communes[0].Indicators {
			if ind.Code == code {
				out = ind
			}
		}
		return nil
	})
	return out
}
