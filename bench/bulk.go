package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"time"

	"giuchuan/internal/app"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

// The record of about three provinces over five years: 1,000,560 findings.
const (
	bulkPlaces   = 379
	bulkMeasures = 132
	bulkQuarters = 20
	bulkRows     = bulkPlaces * bulkMeasures * bulkQuarters
)

// million is the data of the bulk measurements.
type million struct {
	places  []int32 // keys of real communes, ascending
	periods []day.Period
}

func newMillion() (*million, error) {
	reg, err := place.LoadNational(reference.FS())
	if err != nil {
		return nil, err
	}
	m := &million{periods: quarters(bulkQuarters)}
	for _, u := range reg.At(day.Of(2024, 6, 30)).Communes("") {
		if len(m.places) < bulkPlaces && (len(m.places) == 0 || u.Key > m.places[len(m.places)-1]) {
			m.places = append(m.places, u.Key)
		}
	}
	if len(m.places) < bulkPlaces {
		return nil, errors.New("too few communes in ascending order of keys")
	}
	return m, nil
}

// include exchanges communes so that every commune of a register is among the
// places, however many others there are.
func (m *million) include(places *place.Register) error {
	var all []int32
	for _, u := range places.At(day.Of(2024, 6, 30)).Communes("") {
		all = append(all, u.Key)
	}
	for _, key := range m.places {
		if len(all) < bulkPlaces && !slices.Contains(all, key) {
			all = append(all, key)
		}
	}
	slices.Sort(all)
	m.places = all
	if len(all) != bulkPlaces {
		return fmt.Errorf("%d places, not %d", len(all), bulkPlaces)
	}
	return nil
}

// rows yields findings of some periods in key order: a third are words, the
// others figures with one decimal.
func (m *million) rows(periods []day.Period) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		row := make([]any, 6)
		seed := uint32(1)
		for _, p := range m.places {
			for _, q := range periods {
				for measure := range int32(bulkMeasures) {
					seed = seed*1664525 + 1013904223
					row[0], row[1], row[2] = p, q.Code(), measure+1
					row[3], row[4], row[5] = int64(law.Given), int64(seed>>28&3), law.Number(seed>>8%1000)*law.One/10
					if measure%3 == 0 {
						row[3], row[5] = int64(law.SaidMet), nil
					}
					if !yield(row) {
						return
					}
				}
			}
		}
	}
}

// load records findings of some periods as one command.
func (m *million) load(ctx context.Context, a *app.App, periods []day.Period) error {
	table, err := findingTable()
	if err != nil {
		return err
	}
	cmd := db.Command{Actor: "0123456789abcdefghijklmnop", Name: "review.import", Scope: periods[0].String(), Body: []byte(`{"file":"a.xlsx"}`)}
	return a.DB.Write(ctx, cmd, func(tx *db.Tx) error {
		n, err := tx.InsertSorted(table, m.rows(periods))
		if want := int64(len(m.places) * len(periods) * bulkMeasures); err == nil && n != want {
			err = fmt.Errorf("%d rows went in, not %d", n, want)
		}
		return err
	})
}

// measureBulk loads a million findings, verifies their journal, backs them up and
// restores them.
func measureBulk(ctx context.Context, b *bench) error {
	m, err := newMillion()
	if err != nil {
		return err
	}
	for i := range b.stores {
		s := &b.stores[i]
		if s.absent != "" {
			b.table.missing("1,000,560 findings, "+s.name, s.absent)
			continue
		}
		if s.server != "" && !s.durable {
			continue // the durable server says more
		}
		if err := m.measureLoad(ctx, b, s); err != nil {
			return err
		}
		if s.server != "" {
			continue
		}
		if err := errors.Join(m.measureReviews(ctx, b, s), m.measureBackup(ctx, b, s)); err != nil {
			return err
		}
	}
	return nil
}

// measureLoad loads everything in one command, round after round, and verifies
// the journal of the first database.
func (m *million) measureLoad(ctx context.Context, b *bench, s *store) error {
	load := row{what: "load 1,000,560 findings, " + s.name, unit: "/s", note: "one command, made durable and journalled"}
	size := row{what: "  size on disk for each finding", unit: "B", note: "the table with its key"}
	if s.server == "" {
		load.goal, size.goal = atLeast(200_000), atMost(30)
		size.note = "the file after closing, journal and empty tables included"
	}
	var cpu []float64
	var verified row
	err := b.repeat(ctx, func(n int) error {
		bytes, err := m.with(ctx, s, func(a *app.App) error {
			t := start()
			if err := m.load(ctx, a, m.periods); err != nil {
				return err
			}
			wall, used := t.stop()
			load.values, cpu = append(load.values, bulkRows/wall*1000), append(cpu, used/bulkRows*1000)
			if n > 0 {
				return nil
			}
			var err error
			verified, err = measureVerify(ctx, b, a)
			return err
		})
		size.values = append(size.values, bytes)
		return err
	})
	if err != nil {
		return err
	}
	load.cpu = show(median(cpu), "µs each")
	b.table.add(load)
	b.table.add(size)
	b.table.add(verified)
	return nil
}

// with runs work on a fresh database and gives the size of the findings in
// bytes for each of a million.
func (m *million) with(ctx context.Context, s *store, work func(*app.App) error) (float64, error) {
	cfg, remove, err := s.make(ctx, "bulk")
	if err != nil {
		return 0, err
	}
	a, err := app.Init(ctx, cfg)
	if err != nil {
		return 0, errors.Join(err, remove())
	}
	err = work(a)
	var size int64
	if err == nil && s.server != "" {
		err = a.DB.Read(ctx, func(tx *db.Tx) error {
			return tx.QueryRow("SELECT pg_total_relation_size('review_finding')").Scan(&size)
		})
	}
	err = errors.Join(err, a.Close())
	if err == nil && s.server == "" {
		size, err = fileSize(filepath.Join(cfg.Data, app.DatabaseFile))
	}
	return float64(size) / bulkRows, errors.Join(err, remove())
}

// measureVerify re-hashes the journal and every row.
func measureVerify(ctx context.Context, b *bench, a *app.App) (row, error) {
	r := row{what: "  verify its journal", unit: "s"}
	var cpu, rate []float64
	err := b.repeat(ctx, func(int) error {
		t := start()
		report, err := journal.Verify(ctx, a.DB, app.Tables(), nil)
		if err != nil {
			return err
		}
		wall, used := t.stop()
		r.values, cpu = append(r.values, wall/1000), append(cpu, used/1000)
		rate = append(rate, float64(report.Rows)/wall*1000)
		if report.Rows < bulkRows {
			err = fmt.Errorf("only %d rows were verified", report.Rows)
		}
		return err
	})
	r.cpu, r.note = show(median(cpu), "s"), show(median(rate), "/s")+" rows re-hashed"
	return r, err
}

// measureReviews loads the same findings as they come in life: twenty reviews,
// one command each, a commune's next quarter always behind its last one.
func (m *million) measureReviews(ctx context.Context, b *bench, s *store) error {
	load := row{what: "  the same as 20 reviews", unit: "/s", note: "one command each, every commune's rows behind those it has"}
	size := row{what: "  size on disk for each finding then", unit: "B"}
	err := b.repeat(ctx, func(int) error {
		bytes, err := m.with(ctx, s, func(a *app.App) error {
			t := start()
			for i := range m.periods {
				if err := m.load(ctx, a, m.periods[i:i+1]); err != nil {
					return err
				}
			}
			wall, _ := t.stop()
			load.values = append(load.values, bulkRows/wall*1000)
			return nil
		})
		size.values = append(size.values, bytes)
		return err
	})
	if err != nil {
		return err
	}
	b.table.add(load)
	b.table.add(size)
	return nil
}

// fileSize is the size of an SQLite database with its log.
func fileSize(path string) (int64, error) {
	files, err := filepath.Glob(path + "*")
	if err != nil {
		return 0, err
	}
	var sum int64
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			return 0, err
		}
		sum += info.Size()
	}
	return sum, nil
}

// quarters are n quarters from the first of 2020 on.
func quarters(n int) []day.Period {
	out := []day.Period{day.PeriodContaining(day.Quarter, day.Of(2020, time.January, 1))}
	for len(out) < n {
		out = append(out, out[len(out)-1].Next())
	}
	return out
}
