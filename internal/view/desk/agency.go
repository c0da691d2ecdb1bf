package desk

import (
	"cmp"
	"context"
	"slices"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/board"
)

// Duties are the criteria and indicators of one agency.
type Duties struct {
	Leads    []string // "xa-ntm-2021-2025/15"
	Supplies []string
}

// fields are all of them.
func (x *Duties) fields() []string { return append(slices.Clone(x.Leads), x.Supplies...) }

// None tells whether nothing was assigned to the agency.
func (x *Duties) None() bool { return len(x.Leads)+len(x.Supplies) == 0 }

// Tally counts the communes of a column or criterion.
type Tally struct {
	Met, Unmet, Unknown int
	Missing             int    // nothing reported in the period
	ByState             [5]int // reported ones, by round.State
	Waiting             int    // for the agency in charge, whoever looks
	Asked               int
}

// Column is one quantity across all communes of a round.
type Column struct {
	Set     *law.Set // the agency's own set and slot; a commune of another title has the quantity in its set
	Slot    int
	Measure int32
	Leads   bool // the agency is in charge; otherwise it supplies the figures
	Rows    []Item
	Tally   Tally
}

// Indicator is the column's indicator.
func (c *Column) Indicator() *law.Indicator { return c.Set.At(c.Slot) }

// Criterion is the column's criterion.
func (c *Column) Criterion() *law.Criterion { return &c.Set.Criteria[c.Indicator().Criterion] }

// Field names the column.
func (c *Column) Field() string { return round.Field(c.Set, c.Slot) }

// Agency is an agency's criteria across all communes of a round.
type Agency struct {
	Round     board.Round
	Columns   []Column
	NotSent   []place.Unit // communes that sent nothing of the agency's lines
	Communes  int
	Questions []Item // questioned lines
	Seen      int64
	TwoTier   bool
	Pile
}

// MayReadAgency tells whether a person may open an agency's page: its own people,
// and those who oversee the province.
func (d *Desk) MayReadAgency(p Person, agencyID string) bool {
	for _, g := range p.Grants {
		switch g.Role {
		case authz.InCharge, authz.Supplier:
			if g.Unit == agencyID && agencyID != "" {
				return true
			}
		case authz.Coordination, authz.ProvinceOffice, authz.ProvinceLeader:
			return true
		}
	}
	return false
}

// Agency makes an agency's page for a person who may open it.
func (d *Desk) Agency(ctx context.Context, p Person, r board.Round, duties Duties, files Files) (*Agency, error) {
	e := d.eye(p)
	dict := d.Board.Dictionary()
	out := &Agency{Round: r}
	out.Seen, _ = d.Board.Position()
	reader := d.reader(files)
	at := map[int32]int{}
	for _, s := range d.sheetsOf(r.Period) {
		unit, ok := d.unit(s.Place)
		if !ok || !e.sees(e.where(unit.ID), duties.fields()...) {
			continue
		}
		sheet, err := reader.Sheet(ctx, &unit, r.Period)
		if err != nil {
			return nil, err
		}
		out.TwoTier = e.where(unit.ID).TwoTier
		lines, sent := 0, 0
		d.each(e, sheet, duties.keep, func(it Item) {
			lines++
			if it.Has && it.State >= round.Submitted {
				sent++
			}
			if it.Row.Asked {
				out.Questions = append(out.Questions, it)
			}
			out.Pile.add(it)
			out.put(dict, at, &duties, it)
		})
		if lines > 0 {
			out.Communes++
			if sent == 0 {
				out.NotSent = append(out.NotSent, unit)
			}
		}
	}
	for i := range out.Columns {
		slices.SortStableFunc(out.Columns[i].Rows, worse)
	}
	slices.SortStableFunc(out.Columns, func(a, b Column) int {
		return cmp.Or(cmp.Compare(a.Set.ID, b.Set.ID), cmp.Compare(a.Slot, b.Slot))
	})
	return out, nil
}

// keep chooses the lines of which the agency has something.
func (x *Duties) keep(l *round.Line) bool {
	ind, fields := l.Indicator(), x.fields()
	slots := append([]int{l.Slot}, ind.Parts...)
	if slices.ContainsFunc(slots, func(s int) bool { return authz.Covers(fields, round.Field(l.Set, s)) }) {
		return true
	}
	return slices.ContainsFunc(l.Also, func(f review.Finding) bool { return authz.Covers(fields, round.Field(f.Set, f.Slot)) })
}

// put adds a line to its column.
func (x *Agency) put(dict *criteria.Dictionary, at map[int32]int, duties *Duties, it Item) {
	key := it.Measures[0]
	n, ok := at[key]
	if !ok {
		n = len(x.Columns)
		at[key] = n
		x.Columns = append(x.Columns, newColumn(dict, duties, it))
	}
	c := &x.Columns[n]
	c.Rows = append(c.Rows, it)
	c.Tally.add(&it, x.TwoTier)
}

// newColumn names a column as the agency knows it: after the first slot that was
// assigned to it.
func newColumn(dict *criteria.Dictionary, duties *Duties, it Item) Column {
	c := Column{Set: it.Set, Slot: it.Slot, Measure: it.Measures[0]}
	all, found := duties.fields(), false
	for _, m := range dict.Members(c.Measure) {
		field := round.Field(m.Set, m.Slot)
		if !found && authz.Covers(all, field) {
			c.Set, c.Slot, found = m.Set, m.Slot, true
		}
		c.Leads = c.Leads || authz.Covers(duties.Leads, field)
	}
	return c
}

func (t *Tally) add(it *Item, twoTier bool) {
	switch it.Now.Verdict {
	case law.Met, law.NotApplicable:
		t.Met++
	case law.Unmet:
		t.Unmet++
	default:
		t.Unknown++
	}
	if it.Has {
		t.ByState[it.State]++
	} else {
		t.Missing++
	}
	if it.Has && (it.State == round.Verified || it.State == round.Submitted && twoTier) {
		t.Waiting++
	}
	if it.Row.Asked {
		t.Asked++
	}
}

// Sum adds the counts of another column.
func (t *Tally) Sum(o Tally) {
	t.Met, t.Unmet, t.Unknown, t.Missing = t.Met+o.Met, t.Unmet+o.Unmet, t.Unknown+o.Unknown, t.Missing+o.Missing
	for i := range t.ByState {
		t.ByState[i] += o.ByState[i]
	}
	t.Waiting, t.Asked = t.Waiting+o.Waiting, t.Asked+o.Asked
}

// worse puts the gravest verdict first, then the smallest margin, then by name.
func worse(a, b Item) int {
	rank := func(i *Item) int {
		switch i.Now.Verdict {
		case law.Unmet:
			return 0
		case law.Unknown:
			return 1
		}
		return 2
	}
	margin := func(i *Item) law.Number {
		if i.Now.HasMargin {
			return i.Now.Margin
		}
		return 1 << 50
	}
	return cmp.Or(
		cmp.Compare(rank(&a), rank(&b)), cmp.Compare(margin(&a), margin(&b)),
		cmp.Compare(vntext.SortKey(a.Sheet.Unit.Name), vntext.SortKey(b.Sheet.Unit.Name)),
	)
}

// Column finds a column by any field that reads its quantity.
func (x *Agency) Column(dict *criteria.Dictionary, lib *law.Library, setID, code string) *Column {
	set, err := lib.Set(setID)
	if err != nil {
		return nil
	}
	slot, ok := set.Slot(code)
	if !ok {
		return nil
	}
	keys := dict.Slots(set)
	for i := range x.Columns {
		if x.Columns[i].Measure == keys[slot] {
			return &x.Columns[i]
		}
	}
	return nil
}

// Worst puts the column with the most unmet communes first.
func (x *Agency) Worst() []*Column {
	out := make([]*Column, len(x.Columns))
	for i := range x.Columns {
		out[i] = &x.Columns[i]
	}
	slices.SortStableFunc(out, func(a, b *Column) int {
		return cmp.Or(cmp.Compare(b.Tally.Unmet, a.Tally.Unmet), cmp.Compare(b.Tally.Unknown, a.Tally.Unknown))
	})
	return out
}
