package criteria_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

const ntm = "xa-ntm-2021-2025"

// now is the position that knows everything.
const now = math.MaxInt64

// world is the law and the places that tests share.
type world struct {
	lib    *law.Library
	places *place.Register
	*criteria.Service
}

func load(t testing.TB) world {
	t.Helper()
	lib, err := criteria.LoadLaw()
	if err != nil {
		t.Fatal(fault.Text(err))
	}
	places, err := place.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	return world{lib, places, criteria.New(lib, places)}
}

func open(t *testing.T, name string, data []byte) *sheet.Book {
	t.Helper()
	book, err := sheet.Open(name, data, sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// head is the header with the columns of the tests in their order.
const head = "set,indicator,value,share,area,year,from,until,decision,decided_on,article,file,note\n"

func (w world) read(t *testing.T, rows ...string) []criteria.Record {
	t.Helper()
	file := head + strings.Join(rows, "\n") + "\n"
	records, faults := criteria.ReadRecords(open(t, "decisions.csv", []byte(file)), w.lib, w.places, "08")
	if err := fault.Join(faults...); err != nil {
		t.Fatal(fault.Text(err))
	}
	return records
}

func on(t *testing.T, text string) day.Day {
	t.Helper()
	d, err := day.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// write runs one command and returns its position.
func write(t *testing.T, d *db.DB, fn func(ctx context.Context, tx *db.Tx) error) (int64, error) {
	t.Helper()
	var position int64
	err := d.Write(t.Context(), db.Command{Actor: "cán bộ thử", Name: "criteria.decide", Body: []byte(`{}`)}, func(tx *db.Tx) error {
		position = tx.Position()
		return fn(tx.Context(), tx)
	})
	return position, err
}

// decide records values and says what changed: "added 17.1 20".
func (w world) decide(t *testing.T, d *db.DB, records []criteria.Record) (position int64, effects []string) {
	t.Helper()
	cmd := criteria.Decide{File: "decisions.csv", Records: records}
	position, err := write(t, d, func(ctx context.Context, tx *db.Tx) error {
		effects = nil
		changes, err := w.Decide(ctx, tx, cmd)
		for _, c := range changes {
			effects = append(effects, strings.Join([]string{string(c.Effect), c.Record.Indicator, c.Record.Value.String()}, " "))
		}
		return err
	})
	if err != nil {
		t.Fatal(fault.Text(err))
	}
	return position, effects
}

func (w world) decisions(t *testing.T, d *db.DB, known int64) *law.Decisions {
	t.Helper()
	var dec *law.Decisions
	err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		dec, err = w.Decisions(tx.Context(), tx, ntm, known)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return dec
}

// mark is the threshold of an indicator for a commune at a day.
func (w world) mark(t *testing.T, dec *law.Decisions, code, commune, when string) law.Mark {
	t.Helper()
	set, err := w.lib.Set(ntm)
	if err != nil {
		t.Fatal(err)
	}
	facts := law.CommuneFacts{ID: commune, Class: law.Class{Region: law.TDMNPB}}
	for _, u := range w.places.At(on(t, when)).Path(commune) {
		facts.Areas = append([]string{u.ID}, facts.Areas...)
	}
	slot, ok := set.Slot(code)
	if !ok {
		t.Fatalf("no indicator %s", code)
	}
	return law.NewYardstick(set, dec, on(t, when), &facts).Marks[slot]
}

func TestDecideTwiceAndChange(t *testing.T) {
	w := load(t)
	first := w.read(t,
		ntm+",2.1,90,,,,01/01/2023,,12/2023/QĐ-UBND,15/03/2023,Điều 2,qd12.pdf,",
		ntm+",17.1,\"35,5\",20,,,,,12/2023/QĐ-UBND,15/03/2023,,,số liệu minh họa",
		ntm+",2.1,80,,Lâm Bình,,01/01/2023,,12/2023/QĐ-UBND,15/03/2023,Điều 3,qd12.pdf,",
	)
	changed := w.read(t, ntm+",2.1,95,,,,01/01/2023,,12/2023/QĐ-UBND,15/03/2023,Điều 2,qd12.pdf,")
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p1, effects := w.decide(t, d, first)
		if got := strings.Join(effects, "; "); got != "added 2.1 90; added 17.1 35.5; added 17.1 20; added 2.1 80" {
			t.Errorf("first: %s", got)
		}
		_, effects = w.decide(t, d, first)
		if got := strings.Join(effects, "; "); got != "unchanged 2.1 90; unchanged 17.1 35.5; unchanged 17.1 20; unchanged 2.1 80" {
			t.Errorf("second: %s", got)
		}
		if _, effects = w.decide(t, d, changed); strings.Join(effects, "; ") != "changed 2.1 95" {
			t.Errorf("changed: %s", effects)
		}
		now, then := w.decisions(t, d, now), w.decisions(t, d, p1)
		if len(now.Values) != 4 || len(then.Values) != 4 {
			t.Fatalf("%d values now, %d then", len(now.Values), len(then.Values))
		}
		const phuLuu, khuonHa = "02392.1", "02251.1"
		for _, c := range []struct {
			dec               *law.Decisions
			code, place, when string
			basis             law.Basis
			value             string
		}{
			{now, "2.1", phuLuu, "01/10/2024", law.ProvinceDecision, "95"},
			{then, "2.1", phuLuu, "01/10/2024", law.ProvinceDecision, "90"},
			{now, "2.1", khuonHa, "01/10/2024", law.ProvinceDecision, "80"}, // the nearer area wins
			{now, "2.1", phuLuu, "31/12/2022", law.NoBasis, "0"},
			{now, "17.1", phuLuu, "01/10/2024", law.ProvinceDecision, "35.5"},
			{now, "17.1", phuLuu, "14/03/2023", law.RegionOrGroup, "35"}, // no first day: from the decision's own
		} {
			m := w.mark(t, c.dec, c.code, c.place, c.when)
			if m.Basis != c.basis || m.Value.String() != c.value {
				t.Errorf("%s of %s on %s: basis %d value %s, want %d %s", c.code, c.place, c.when, m.Basis, m.Value, c.basis, c.value)
			}
		}
		m := w.mark(t, now, "17.1", phuLuu, "01/10/2024")
		if m.Sub == nil || m.Sub.Value != 20*law.One || !m.Decision.Illustrative {
			t.Errorf("17.1: sub-share %+v, decision %+v", m.Sub, m.Decision)
		}
	})
}

func TestDryRunWritesNothing(t *testing.T) {
	w := load(t)
	records := w.read(t, ntm+",2.1,90,,,2024,,,12/2023/QĐ-UBND,15/03/2023,,,")
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			changes, err := w.Preview(tx.Context(), tx, records)
			if len(changes) != 1 || changes[0].Effect != criteria.Added || changes[0].Before != nil {
				t.Errorf("dry run: %+v", changes)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if dec := w.decisions(t, d, now); len(dec.Values) != 0 {
			t.Errorf("the dry run wrote %d values", len(dec.Values))
		}
	})
}

func TestWithdrawnValue(t *testing.T) {
	w := load(t)
	given := w.read(t, ntm+",2.1,90,,,2024,,,12/2023/QĐ-UBND,15/03/2023,,,")
	taken := w.read(t, ntm+",2.1,rút,,,2024,,,12/2023/QĐ-UBND,15/03/2023,,,")
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		_, err := write(t, d, func(ctx context.Context, tx *db.Tx) error {
			_, err := w.Decide(ctx, tx, criteria.Decide{Records: taken})
			return err
		})
		if !fault.Is(err, fault.NotFound) || !strings.Contains(fault.Text(err), "dòng 2, cột value: không có mức nào của chỉ tiêu 2.1") {
			t.Errorf("withdrawing what is not there: %v", err)
		}
		p, _ := w.decide(t, d, given)
		for i, want := range []string{"withdrawn 2.1 90", "unchanged 2.1 90"} {
			if _, effects := w.decide(t, d, taken); strings.Join(effects, "") != want {
				t.Errorf("withdrawal %d: %s", i+1, effects)
			}
		}
		if now, then := w.decisions(t, d, now), w.decisions(t, d, p); len(now.Values) != 0 || len(then.Values) != 1 {
			t.Errorf("%d values now, %d before", len(now.Values), len(then.Values))
		}
		if _, effects := w.decide(t, d, given); strings.Join(effects, "") != "changed 2.1 90" {
			t.Errorf("given again: %s", effects)
		}
	})
}

// Two values of one decision for one day leave to chance which of them counts.
func TestOverlapOfOneDecision(t *testing.T) {
	w := load(t)
	one := w.read(t, ntm+",2.1,90,,,,01/01/2023,31/12/2024,12/2023/QĐ-UBND,15/03/2023,,,")
	other := w.read(t,
		ntm+",2.1,91,,,,01/01/2025,,12/2023/QĐ-UBND,15/03/2023,,,",
		ntm+",2.1,92,,,,01/07/2024,31/08/2024,12/2023/QĐ-UBND,15/03/2023,,,",
	)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w.decide(t, d, one)
		_, err := write(t, d, func(ctx context.Context, tx *db.Tx) error {
			_, err := w.Decide(ctx, tx, criteria.Decide{Records: other})
			return err
		})
		text := fault.Text(err)
		if len(fault.Rows(err)) != 1 || !strings.Contains(text, "dòng 3, cột value") || !strings.Contains(text, "từ 01/01/2023 đến 31/12/2024") {
			t.Errorf("overlap: %s", text)
		}
		if dec := w.decisions(t, d, now); len(dec.Values) != 1 {
			t.Errorf("a refused file left %d values, want the one before", len(dec.Values))
		}
	})
}
