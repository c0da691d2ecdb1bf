package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"giuchuan/internal/app"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
)

// span is how long each round of writing lasts.
const span = time.Second

// sender makes, for an open database, the function that sends command n and
// returns when it is durable.
type sender func(context.Context, *app.App) (func(n int64) error, error)

// writing is one measurement of durable commands: on a store, by a number of
// writers, each waiting for its answer before it sends the next.
type writing struct {
	what    string
	store   *store
	writers int
	send    sender
	goal    *goal
	got     []written
}

// written is what one round achieved.
type written struct {
	rate, p50, p99, cpu float64 // per second, ms, ms, µs per command
}

// measureWrites times one durable finding on every store, at 64 writers and
// fewer; stores take turns and their order changes from round to round.
func measureWrites(ctx context.Context, b *bench) error {
	var all []*writing
	for i := range b.stores {
		s := &b.stores[i]
		if s.absent != "" {
			b.table.missing("one finding, "+s.name, s.absent)
			continue
		}
		for _, writers := range []int{64, 16, 1} {
			w := &writing{store: s, writers: writers, send: insertOne}
			w.what = fmt.Sprintf("one finding, %s, writers: %d", s.name, writers)
			switch {
			case writers == 64 && s.server == "":
				w.goal = atLeast(8000)
			case writers == 64 && s.durable:
				w.goal = atLeast(2000)
			}
			all = append(all, w)
		}
		if s.durable {
			all = append(all, &writing{what: "  as a whole import of one row, writers: 64", store: s, writers: 64, send: importOne})
		}
	}
	err := b.repeat(ctx, func(n int) error {
		for i := range all {
			if err := all[(i+n*len(all)/b.rounds)%len(all)].round(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, w := range all {
		b.table.add(w.row())
	}
	return nil
}

// row is the measurement as it stands in the table.
func (w *writing) row() row {
	r := row{what: w.what, unit: "/s", goal: w.goal}
	var p50, p99, cpu []float64
	for _, g := range w.got {
		r.values = append(r.values, g.rate)
		p50, p99, cpu = append(p50, g.p50), append(p99, g.p99), append(cpu, g.cpu)
	}
	r.cpu = show(median(cpu), "µs each")
	r.note = fmt.Sprintf("answered within %s (half), %s (99 %%)", show(median(p50), "ms"), show(median(p99), "ms"))
	switch {
	case !w.store.durable:
		r.note += "; NOT DURABLE: this server runs without fsync, so the figure is no promise"
	case w.store.server != "":
		r.note += "; the server's own processor time is not counted"
	}
	return r
}

// round writes for a span on a fresh database and counts what is stored: every
// acknowledged command and no other.
func (w *writing) round(ctx context.Context) error {
	return w.store.with(ctx, "write", func(a *app.App) error {
		send, err := w.send(ctx, a)
		if err != nil {
			return err
		}
		var next atomic.Int64
		took := make([][]float64, w.writers)
		failed := make([]error, w.writers)
		var writers sync.WaitGroup
		t := start()
		for i := range w.writers {
			writers.Go(func() {
				for failed[i] == nil && time.Since(t.wall) < span {
					from := time.Now()
					failed[i] = send(next.Add(1))
					took[i] = append(took[i], milliseconds(time.Since(from)))
				}
			})
		}
		writers.Wait()
		wall, cpu := t.stop()
		if err := errors.Join(failed...); err != nil {
			return err
		}
		all := slices.Sorted(slices.Values(slices.Concat(took...)))
		n := float64(len(all))
		w.got = append(w.got, written{
			rate: n / wall * 1000, p50: all[len(all)/2], p99: all[len(all)*99/100], cpu: cpu / n * 1000,
		})
		return countFindings(ctx, a, int64(len(all)))
	})
}

// countFindings holds the number of stored findings against what it should be.
func countFindings(ctx context.Context, a *app.App, want int64) error {
	var got int64
	err := a.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow("SELECT count(*) FROM review_finding").Scan(&got)
	})
	if err == nil && got != want {
		err = fmt.Errorf("%d findings are stored, %d were acknowledged", got, want)
	}
	return err
}

// findingTable is the table of narrow findings.
func findingTable() (*db.Table, error) {
	for _, t := range review.Tables() {
		if t.Name == "review_finding" {
			want := []string{"place", "period", "measure", "state", "provenance", "value"}
			if !slices.Equal(t.Columns, want) {
				return nil, fmt.Errorf("review_finding has the columns %v; the measurement writes %v", t.Columns, want)
			}
			return t, nil
		}
	}
	return nil, errors.New("package review owns no table review_finding")
}

// insertOne writes one row in one command.
func insertOne(ctx context.Context, a *app.App) (func(int64) error, error) {
	table, err := findingTable()
	if err != nil {
		return nil, err
	}
	return func(n int64) error {
		body := fmt.Appendf(nil, `{"commune":"%05d","indicator":"15.1","period":"2024-06","value":"89,%d"}`, n%10595, n%100)
		cmd := db.Command{Actor: "0123456789abcdefghijklmnop", Name: "review.report", Body: body}
		return a.DB.Write(ctx, cmd, func(tx *db.Tx) error {
			return tx.Insert(table, n%10595, int32(202406), n%132, int64(law.Given), int64(law.Declared), 890000+100*(n%100))
		})
	}, nil
}

// importOne carries one row through everything an import does: the dictionary
// and what is recorded are read and compared first.
func importOne(ctx context.Context, a *app.App) (func(int64) error, error) {
	set, err := a.Law.Set(setNTM)
	if err != nil {
		return nil, err
	}
	periods := months(40)
	communes := xaOf(a.Places, periods[39].Last())
	slot, ok := set.Slot("15.1")
	if !ok {
		return nil, errors.New("no indicator 15.1")
	}
	return func(n int64) error {
		// The value differs from every earlier one of its commune and period.
		f := review.Finding{Place: &communes[n%int64(len(communes))], Set: set, Slot: slot, Datum: law.Datum{
			State: law.Given, HasValue: true, Value: law.Number(n), Period: periods[n%40],
		}}
		cmd := &review.Import{File: "mot-dong.csv", SHA256: strings.Repeat("0", 64), Period: f.Datum.Period, Findings: []review.Finding{f}}
		_, err := importFindings(ctx, a, cmd)
		return err
	}, nil
}
