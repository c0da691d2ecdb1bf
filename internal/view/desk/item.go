package desk

import (
	"slices"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/worksheet"
)

// Item is one line of a commune's sheet and what the person may do with it now.
type Item struct {
	*worksheet.Line
	Sheet     *worksheet.Sheet
	Criterion *law.Criterion

	Verify, Confirm, Return, Check, Supply bool
}

// Act is how the person moves the line on; NoAct when it does not wait for them.
func (i *Item) Act() round.Act {
	switch {
	case i.Verify:
		return round.ActVerify
	case i.Confirm:
		return round.ActConfirm
	}
	return round.NoAct
}

// Plain tells whether the line may be taken with others.
func (i *Item) Plain() bool { return len(i.Why) == 0 }

// Ref names the line in forms: "02407.1 xa-ntm-2021-2025/15.1".
func (i *Item) Ref() string { return i.Sheet.Unit.ID + " " + i.Field() }

// Field names the line's indicator: "xa-ntm-2021-2025/15.1".
func (i *Item) Field() string { return round.Field(i.Set, i.Slot) }

// Unit is the commune of the line.
func (i *Item) Unit() *place.Unit { return &i.Sheet.Unit }

// Trace explains the line's verdict.
func (i *Item) Trace() law.Trace { return i.Sheet.Explain(i.Set, i.Slot) }

// item asks what the person may do with a line.
func (e *eye) item(d *Desk, s *worksheet.Sheet, c *worksheet.Criterion, l *worksheet.Line) Item {
	it := Item{Line: l, Sheet: s, Criterion: c.Law()}
	where, closed := e.where(s.Unit.ID), s.Round.Closed
	dict := d.Board.Dictionary()
	for k := range l.Parts {
		p := &l.Parts[k]
		fields := round.FieldsOf(dict, s.Sets, p.Measure)
		it.Supply = it.Supply || e.may(authz.SupplyFinding, where, quantity{fields, p.Row.State, closed})
		it.Check = it.Check || e.may(authz.FieldCheck, where, quantity{fields, p.Row.State, closed})
		if p.Now == nil {
			continue
		}
		it.Verify = it.Verify || e.may(authz.Verify, where, quantity{fields, p.Row.State, closed})
		it.Confirm = it.Confirm || e.may(authz.Confirm, where, quantity{fields, p.Row.State, closed})
		it.Return = it.Return || e.may(authz.Return, where, quantity{fields, p.Row.State, closed})
	}
	return it
}

// Pile is lines that wait for a person, as they are taken: the plain ones in one
// act, the others one by one.
type Pile struct {
	Plain      []Item
	Exceptions []Item
}

// Act is what the plain lines wait for.
func (p *Pile) Act() round.Act {
	if len(p.Plain) == 0 {
		return round.NoAct
	}
	return p.Plain[0].Act()
}

// Len is how many lines wait.
func (p *Pile) Len() int { return len(p.Plain) + len(p.Exceptions) }

// Places is how many communes the plain lines are of.
func (p *Pile) Places() int {
	ids := map[string]bool{}
	for i := range p.Plain {
		ids[p.Plain[i].Sheet.Unit.ID] = true
	}
	return len(ids)
}

// add puts a line that waits where it belongs. Lines that wait for another act
// than the first one's are looked at one by one.
func (p *Pile) add(i Item) {
	switch {
	case i.Act() == round.NoAct:
	case i.Plain() && (len(p.Plain) == 0 || p.Act() == i.Act()):
		p.Plain = append(p.Plain, i)
	default:
		p.Exceptions = append(p.Exceptions, i)
	}
}

// Changed tells whether the line is there because its value differs.
func (i *Item) Changed() bool { return slices.Contains(i.Why, worksheet.Changed) }
