package desk

import (
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/view/board"
)

// Load is what waits at an agency in a round, in lines of sheets.
type Load struct {
	Waiting   int // to be confirmed
	Asked     int // questioned
	Confirmed int
	Sent      int // sent and not with the agency yet: a district verifies
}

// Loads counts what waits at agencies, in one pass over the sheets of a round's
// period.
func (d *Desk) Loads(r board.Round, duties []Duties, today day.Day) []Load {
	out := make([]Load, len(duties))
	c := collector{desk: d, eye: d.eye(Person{Today: today}), forms: map[string]*form{}}
	mine := map[*formLine][]int{}
	for _, s := range d.sheetsOf(r.Period) {
		unit, ok := d.unit(s.Place)
		if !ok {
			continue
		}
		two := c.eye.where(unit.ID).TwoTier
		form := c.form(s.Sets)
		for i := range form.lines {
			l := &form.lines[i]
			of, known := mine[l]
			if !known {
				for k := range duties {
					if duties[k].keep(&l.Line) {
						of = append(of, k)
					}
				}
				mine[l] = of
			}
			if state, asked, ok := stateOf(l, s.Rows); ok {
				for _, k := range of {
					out[k].count(state, asked, two)
				}
			}
		}
	}
	return out
}

// stateOf is how far a line is: the least of its quantities.
func stateOf(l *formLine, rows map[int32]round.Row) (state round.State, asked, ok bool) {
	state = round.Confirmed
	for _, m := range l.Measures {
		if r, has := rows[m]; has {
			state, asked, ok = min(state, r.State), asked || r.Asked, true
		}
	}
	return state, asked, ok
}

func (l *Load) count(s round.State, asked, two bool) {
	switch {
	case s == round.Confirmed:
		l.Confirmed++
	case s == round.Verified, s == round.Submitted && two:
		l.Waiting++
	case s == round.Submitted:
		l.Sent++
	}
	if asked {
		l.Asked++
	}
}
