package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"giuchuan/internal/app"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/place"
)

// months are the periods of the growth in time: May 2021 to August 2024.
func months(n int) []day.Period {
	first := day.PeriodContaining(day.Month, day.Of(2021, time.May, 1))
	out := []day.Period{first}
	for len(out) < n {
		out = append(out, out[len(out)-1].Next())
	}
	return out
}

// measurePeriods fits the processor time of an assessment over the number of
// findings per indicator: of values, and of what is stored.
func measurePeriods(ctx context.Context, b *bench) error {
	w, err := newWorld()
	if err != nil {
		return err
	}
	communes, err := w.communes(138)
	if err != nil {
		return err
	}
	sizes := []float64{1, 4, 10, 20, 40}
	periods := months(40)
	data, err := pool(newChance(), w.set, w.period)
	if err != nil {
		return err
	}
	var findings []review.Finding
	from := make([]int, len(sizes)) // the first finding of the newest periods
	for n, p := range periods {
		for at, size := range sizes {
			if int(size) == len(periods)-n {
				from[at] = len(findings)
			}
		}
		findings = append(findings, fullReview(w.set, communes, data, p)...)
	}
	q := &review.Question{Library: w.lib, Set: w.set, On: w.on, Province: province, Places: w.places}
	g := growth{what: "assessment with periods: exponent", of: "findings per indicator of 138 communes", sizes: sizes}
	err = g.measure(ctx, b, func(at int) error {
		review.Assess(q, communes, findings[from[at]:])
		return nil
	})
	if err != nil {
		return err
	}
	return measureStoredPeriods(ctx, b, sizes, periods)
}

// measureStoredPeriods is the same from databases: reading, choosing and
// judging.
func measureStoredPeriods(ctx context.Context, b *bench, sizes []float64, periods []day.Period) (err error) {
	on, err := day.Parse(assessedOn)
	if err != nil {
		return err
	}
	g := growth{what: "  the same from the database", of: "findings per indicator of 122 communes", sizes: sizes}
	ask := review.Ask{On: on, Known: app.Now, Province: province}
	var work []func() error
	for _, size := range sizes {
		a, err := app.Init(ctx, app.Config{Data: filepath.Join(b.dir, fmt.Sprintf("periods-%v", size))})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, a.Close()) }()
		set, err := a.Law.Set(setNTM)
		if err != nil {
			return err
		}
		communes := xaOf(a.Places, periods[len(periods)-1].Last())
		if err := storeFindings(ctx, a, set, communes, periods[len(periods)-int(size):]); err != nil {
			return err
		}
		work = append(work, func() error {
			return a.DB.Read(ctx, func(tx *db.Tx) error {
				got, err := a.Review.Assess(ctx, tx, set, communes, ask)
				if want := len(communes) * len(set.Indicators); err == nil && got.Summarize().Data != want {
					err = fmt.Errorf("%d indicators rest on data, not %d", got.Summarize().Data, want)
				}
				return err
			})
		})
	}
	return g.measure(ctx, b, func(at int) error { return work[at]() })
}

// xaOf lists the xã of the province at a day.
func xaOf(places *place.Register, on day.Day) []place.Unit {
	var out []place.Unit
	for _, u := range places.At(on).Communes("") {
		if u.IsXa() && u.Province == province {
			out = append(out, u)
		}
	}
	return out
}

// storeFindings records a full review of communes for each period, one command
// after another.
func storeFindings(ctx context.Context, a *app.App, set *law.Set, communes []place.Unit, periods []day.Period) error {
	data, err := pool(newChance(), set, periods[0])
	if err != nil {
		return err
	}
	for _, p := range periods {
		cmd := &review.Import{File: "bench", Period: p, Findings: fullReview(set, communes, data, p)}
		if _, err := importFindings(ctx, a, cmd); err != nil {
			return err
		}
	}
	return nil
}

// fullReview is a finding of every indicator of communes for one period.
func fullReview(set *law.Set, communes []place.Unit, data [][]law.Datum, p day.Period) []review.Finding {
	var out []review.Finding
	for i := range communes {
		for slot := range data {
			if len(data[slot]) == 0 {
				continue
			}
			d := data[slot][(int(p.Code())*31+i*7+slot)%variants]
			d.Period = p
			out = append(out, review.Finding{Place: &communes[i], Set: set, Slot: slot, Datum: d})
		}
	}
	return out
}

// importFindings records findings as one command, the way the command line
// does: it plans first, so that what changes nothing leaves no entry.
func importFindings(ctx context.Context, a *app.App, cmd *review.Import) (*review.Plan, error) {
	var plan *review.Plan
	err := a.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		plan, err = a.Review.Plan(ctx, tx, cmd)
		return err
	})
	if err != nil || !plan.Writes() {
		return plan, err
	}
	command, err := cmd.Command("bench")
	if err != nil {
		return nil, err
	}
	err = a.DB.Write(ctx, command, func(tx *db.Tx) error {
		plan, err = a.Review.Import(ctx, tx, cmd)
		return err
	})
	return plan, err
}
