package board

import (
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
)

// Reports is what was reported of one quantity of a commune in a period, and
// the latest before it. A datum that is not Known was not reported.
type Reports struct{ Now, Last law.Datum }

// ReportsOf gives the reports of a commune by key of a quantity, in one pass
// over its pages; a key beyond the end was never reported. Where keys are named,
// it gives theirs alone.
func (b *Board) ReportsOf(placeKey int32, p day.Period, measures ...int32) []Reports {
	b.mu.RLock()
	defer b.mu.RUnlock()
	n := b.reach()
	out := reporting{period: p, all: make([]Reports, n), ends: make([]day.Day, n)}
	end := p.Last()
	for i := len(b.pages) - 1; i >= 0; i-- { // the latest first: earlier ones are mostly passed over
		page := b.pages[i]
		row, ok := page.rows[placeKey]
		if !ok || page.period != p && page.last >= end {
			continue
		}
		if len(measures) == 0 {
			for col, m := range page.keys {
				if out.open(page, m) {
					out.add(page, row, int32(col))
				}
			}
		}
		for _, m := range measures {
			if col, ok := page.cols[m]; ok && out.open(page, m) {
				out.add(page, row, col)
			}
		}
	}
	return out.all
}

// reporting is the reports of a period while they are gathered.
type reporting struct {
	period day.Period
	all    []Reports
	ends   []day.Day // the last day of each Last
}

// open tells whether a page can say anything new of a quantity; where the latest
// report lies in a later page, its facts are not even looked at.
func (out *reporting) open(p *page, m int32) bool {
	return p.period == out.period || out.ends[m] <= p.last || !out.all[m].Last.Known()
}

// add puts a fact of a page among the reports, unless a later one is there.
func (out *reporting) add(p *page, row, col int32) {
	f, ok := p.at(row, col)
	if !ok || !f.datum.Known() {
		return
	}
	m := p.keys[col]
	r, d := &out.all[m], &f.datum
	switch {
	case p.period == out.period:
		r.Now = *d
	case !r.Last.Known() || law.ComparePrecedence(d, &r.Last) >= 0:
		r.Last, out.ends[m] = *d, p.last
	}
}

// reach is one more than the highest key of a quantity that was reported.
func (b *Board) reach() int {
	most := int32(-1)
	for _, p := range b.pages {
		for _, m := range p.keys {
			most = max(most, m)
		}
	}
	return int(most) + 1
}
