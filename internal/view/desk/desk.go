package desk

import (
	"context"
	"slices"
	"time"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/worksheet"
)

// Board is what desks are made of; view/board has it.
type Board interface {
	worksheet.Board
	History(placeKey int32, set *law.Set, slot int) []law.Datum
	Rounds() []board.Round
	Sheets(roundID string) []board.Sheet
	Reported(placeKey int32, p day.Period, measure int32) (law.Datum, bool)
	Position() (int64, time.Time)
	Catch(ctx context.Context) error
}

// Desk makes the models of the pages.
type Desk struct {
	Board      Board
	Law        *law.Library
	Places     *place.Register
	Directives *Directives // nil = none are followed
}

// Person is who works, and on which day.
type Person struct {
	authz.Subject
	Today day.Day
}

// eye tells what a person may do with quantities of sheets. It serves one
// request.
type eye struct {
	places *place.Register
	person Person
	at     map[string]round.Reach
}

func (d *Desk) eye(p Person) *eye {
	return &eye{places: d.Places, person: p, at: map[string]round.Reach{}}
}

func (e *eye) where(id string) round.Reach {
	w, ok := e.at[id]
	if !ok {
		w = round.ReachOf(e.places, id, e.person.Today)
		e.at[id] = w
	}
	return w
}

// quantity is what permission asks of a quantity besides its place.
type quantity struct {
	fields []string // that read it
	state  round.State
	closed bool // its round is
}

// may asks permission for any of the fields that read a quantity.
func (e *eye) may(a authz.Action, where round.Reach, q quantity) bool {
	for _, f := range q.fields {
		if authz.May(e.person.Subject, a, where.Object(f, q.state, q.closed)) {
			return true
		}
	}
	return false
}

// sees tells whether the person may look into a commune: whole, or at a field.
func (e *eye) sees(where round.Reach, fields ...string) bool {
	return e.may(authz.ViewCommune, where, quantity{append(fields, ""), round.Draft, false})
}

// Sees tells whether a person may look into a commune whole.
func (d *Desk) Sees(p Person, id string) bool {
	e := d.eye(p)
	return e.sees(e.where(id))
}

// Round finds the round a page is about: of the period, or without one the open
// round that is due first, else the latest.
func (d *Desk) Round(period string) (board.Round, bool) {
	list := d.Board.Rounds()
	i := round.First(list)
	if period != "" {
		i = slices.IndexFunc(list, func(r board.Round) bool { return r.Period.String() == period })
	}
	if i < 0 {
		return board.Round{}, false
	}
	return list[i], true
}

// Rounds lists one round of every period, the latest first.
func (d *Desk) Rounds() []board.Round {
	return slices.CompactFunc(slices.Clone(d.Board.Rounds()), func(a, b board.Round) bool { return a.Period == b.Period })
}

// sheetsOf lists the sheets of every round of a period: a period may have several
// rounds, each of other communes.
func (d *Desk) sheetsOf(p day.Period) []board.Sheet {
	var out []board.Sheet
	for _, r := range d.Board.Rounds() {
		if r.Period == p {
			out = append(out, d.Board.Sheets(r.ID)...)
		}
	}
	return out
}

// Unit is a commune by its key.
func (d *Desk) unit(key int32) (place.Unit, bool) {
	id, err := place.IDOf(key)
	if err != nil {
		return place.Unit{}, false
	}
	return d.Places.Latest(id)
}

// DistrictOf is the district of a commune: of today, or of its last day.
func (d *Desk) DistrictOf(u *place.Unit, today day.Day) (place.Unit, bool) {
	tree := d.Places.At(min(max(today, u.Began), u.Ended))
	for _, x := range tree.Path(u.ID) {
		if x.Level == place.District {
			return x, true
		}
	}
	return place.Unit{}, false
}

// Works tells whether a person verifies or confirms anything in a commune, in
// whatever state it may be.
func (d *Desk) Works(p Person, id string) bool {
	e := d.eye(p)
	where := e.where(id)
	fields := []string{""}
	for _, g := range p.Grants {
		fields = append(fields, g.Fields...)
	}
	for i, f := range fields {
		if f == "*" {
			fields[i] = "*/1"
		}
	}
	for _, s := range []round.State{round.Submitted, round.Verified} {
		if e.may(authz.Verify, where, quantity{fields, s, false}) || e.may(authz.Confirm, where, quantity{fields, s, false}) {
			return true
		}
	}
	return false
}
