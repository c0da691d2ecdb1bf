package main

import (
	"context"
	"fmt"
	"runtime"
	"strings"

	"giuchuan/internal/law"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

// measureLaw times what every start of the program does first.
func measureLaw(ctx context.Context, b *bench) error {
	load := row{what: "load all sets of the law", unit: "ms", goal: atMost(50)}
	places := row{what: "load the places of the province", unit: "ms"}
	var loadCPU, placesCPU []float64
	err := b.repeat(ctx, func(int) error {
		t := start()
		if _, err := criteria.LoadLaw(); err != nil {
			return err
		}
		wall, cpu := t.stop()
		load.values, loadCPU = append(load.values, wall), append(loadCPU, cpu)
		t = start()
		if _, err := place.Load(reference.FS()); err != nil {
			return err
		}
		wall, cpu = t.stop()
		places.values, placesCPU = append(places.values, wall), append(placesCPU, cpu)
		return nil
	})
	if err != nil {
		return err
	}
	load.cpu, places.cpu = show(median(loadCPU), "ms"), show(median(placesCPU), "ms")
	b.table.add(load)
	b.table.add(places)
	return nil
}

// cost is the time of one call, in milliseconds, and what it allocated.
type cost struct{ wall, cpu, allocs, bytes float64 }

// price calls work until enough time has passed to be measured, and gives the
// cost of one call. What was allocated before is collected first.
func price(work func()) cost {
	const enough = 40 // ms
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	t, n := start(), 0.0
	for {
		work()
		n++
		if wall, cpu := t.stop(); wall >= enough {
			runtime.ReadMemStats(&after)
			return cost{
				wall: wall / n, cpu: cpu / n,
				allocs: float64(after.Mallocs-before.Mallocs) / n,
				bytes:  float64(after.TotalAlloc-before.TotalAlloc) / n,
			}
		}
	}
}

// measureEvaluation times the nation and a province, by the shipped law alone
// and with decisions of every province.
func measureEvaluation(ctx context.Context, b *bench) error {
	w, err := newWorld()
	if err != nil {
		return err
	}
	for _, c := range []struct {
		name     string
		communes int
		dec      *law.Decisions
		goal     *goal
	}{
		{"evaluate the nation, 10,595 x 57", 10595, nil, atMost(50)},
		{"  with decisions of 63 provinces", 10595, w.decisions(), atMost(50)},
		{"evaluate a province, 138 x 57", 138, nil, atMost(5)},
		{"  with decisions of 63 provinces", 138, w.decisions(), atMost(5)},
	} {
		communes, err := w.communes(c.communes)
		if err != nil {
			return err
		}
		facts, err := w.facts(communes)
		if err != nil {
			return err
		}
		r := row{what: c.name, unit: "ms", goal: c.goal}
		var cpu, allocs, bytes []float64
		err = b.repeat(ctx, func(int) error {
			p := price(func() { law.Evaluate(w.set, c.dec, facts) })
			r.values, cpu = append(r.values, p.wall), append(cpu, p.cpu)
			allocs, bytes = append(allocs, p.allocs), append(bytes, p.bytes)
			return nil
		})
		if err != nil {
			return err
		}
		r.cpu = show(median(cpu), "ms")
		r.note = fmt.Sprintf("%s allocations, %s for each evaluation", show(median(allocs), ""), show(median(bytes)/1e6, "MB"))
		b.table.add(r)
	}
	return nil
}

// measureCommunes fits the processor time of an evaluation over sizes.
func measureCommunes(ctx context.Context, b *bench) error {
	w, err := newWorld()
	if err != nil {
		return err
	}
	g := growth{what: "evaluation with communes: exponent", of: "communes"}
	var all []*law.Facts
	for _, n := range []int{138, 500, 1380, 4000, 10595} {
		communes, err := w.communes(n)
		if err != nil {
			return err
		}
		facts, err := w.facts(communes)
		if err != nil {
			return err
		}
		g.sizes, all = append(g.sizes, float64(n)), append(all, facts)
	}
	dec := w.decisions()
	return g.measure(ctx, b, func(at int) error {
		law.Evaluate(w.set, dec, all[at])
		return nil
	})
}

// growth is a measurement at several sizes.
type growth struct {
	what, of string
	sizes    []float64
}

// measure fits an exponent for each round and adds it to the table.
func (g *growth) measure(ctx context.Context, b *bench, work func(at int) error) error {
	r := row{what: g.what, goal: atMost(1.15)}
	costs := make([][]float64, len(g.sizes))
	err := b.repeat(ctx, func(int) error {
		var cpu []float64
		for at := range g.sizes {
			var failed error
			p := price(func() {
				if err := work(at); err != nil {
					failed = err
				}
			})
			if failed != nil {
				return failed
			}
			cpu = append(cpu, p.cpu)
			costs[at] = append(costs[at], p.cpu)
		}
		k, err := exponent(g.sizes, cpu)
		r.values = append(r.values, k)
		return err
	})
	if err != nil {
		return err
	}
	var at []string
	for i, n := range g.sizes {
		at = append(at, show(median(costs[i]), "ms")+" at "+show(n, ""))
	}
	last := len(g.sizes) - 2
	tail, err := exponent(g.sizes[last:], []float64{median(costs[last]), median(costs[last+1])})
	r.note = fmt.Sprintf("processor time: %s %s; exponent between the last two %s", strings.Join(at, ", "), g.of, show(tail, ""))
	b.table.add(r)
	return err
}
