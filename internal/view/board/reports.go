package board

import (
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
)

// Reports is what was reported of one quantity of a commune in a period, and
// the latest before it. A datum that is not Known was not reported.
type Reports struct{ Now, Last law.Datum }

// ReportsOf gives the reports of a commune by key of a quantity, in one pass
// over its pages; a key beyond the end was never reported.
func (b *Board) ReportsOf(placeKey int32, p day.Period) []Reports {
	b.mu.RLock()
	defer b.mu.RUnlock()
	out := make([]Reports, b.reach())
	end := p.Last()
	for i := len(b.pages) - 1; i >= 0; i-- { // the latest first: earlier ones are mostly passed over
		page := b.pages[i]
		row, ok := page.rows[placeKey]
		last := page.period.Last()
		if !ok || page.period != p && last >= end {
			continue
		}
		for col := range page.column {
			c := &page.column[col]
			r := &out[c.measure]
			if int(row) >= len(c.tags) || c.tags[row]&tagState == 0 || page.period != p && r.Last.Known() && r.Last.Period.Last() > last {
				continue
			}
			f, _ := page.at(row, int32(col))
			switch d := &f.datum; {
			case !d.Known():
			case page.period == p:
				r.Now = *d
			case !r.Last.Known() || law.ComparePrecedence(d, &r.Last) >= 0:
				r.Last = *d
			}
		}
	}
	return out
}

// reach is one more than the highest key of a quantity that was reported.
func (b *Board) reach() int {
	most := int32(-1)
	for _, p := range b.pages {
		for i := range p.column {
			most = max(most, p.column[i].measure)
		}
	}
	return int(most) + 1
}
