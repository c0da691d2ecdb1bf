package exchange

import (
	"context"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/place"
)

// Review makes workbooks; feature/review has it.
type Review interface {
	Template(ctx context.Context, tx *db.Tx, t review.Template) ([]byte, error)
}

// Rounds knows the rounds and decides what may be recorded; review/round has it.
type Rounds interface {
	Rounds(ctx context.Context, tx *db.Tx) ([]round.Round, error)
	Sheets(ctx context.Context, tx *db.Tx, r *round.Round) ([]round.Sheet, error)
	Preview(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *round.Many) ([]round.Outcome, error)
	Commune(tx *db.Tx, placeID string) authz.Object
}

// Exchange makes workbooks and reads files.
type Exchange struct {
	Review   Review
	Rounds   Rounds
	Law      *law.Library
	Places   *place.Register
	Province string // two-digit code
}

// Part is what a person may see of one commune's sheet.
type Part struct {
	Unit   place.Unit
	Round  *round.Round
	Sets   []*law.Set
	whole  bool
	fields map[string]bool // where not whole: "xa-ntm-2021-2025/15.1"
}

// Sees tells whether the person may see a slot of the commune.
func (p *Part) Sees(set *law.Set, slot int) bool { return p.whole || p.fields[round.Field(set, slot)] }

// parts lists the sheets of a period that a person may export, in order of
// districts and codes.
func (x *Exchange) parts(ctx context.Context, tx *db.Tx, who authz.Subject, p day.Period) ([]*Part, error) {
	rounds, err := x.Rounds.Rounds(ctx, tx)
	if err != nil {
		return nil, err
	}
	var out []*Part
	for i := range rounds {
		if rounds[i].Period != p {
			continue
		}
		sheets, err := x.Rounds.Sheets(ctx, tx, &rounds[i])
		if err != nil {
			return nil, err
		}
		for j := range sheets {
			part, err := x.part(tx, who, &rounds[i], &sheets[j])
			if err != nil {
				return nil, err
			}
			if part != nil {
				out = append(out, part)
			}
		}
	}
	return out, nil
}

// part is what a person may see of a sheet, nil when that is nothing.
func (x *Exchange) part(tx *db.Tx, who authz.Subject, r *round.Round, s *round.Sheet) (*Part, error) {
	id, err := place.IDOf(s.Place)
	if err != nil {
		return nil, err
	}
	unit, ok := x.Places.Latest(id)
	if !ok {
		return nil, nil
	}
	part := &Part{Unit: unit, Round: r, Sets: round.Sets(x.Law, s.Sets), fields: map[string]bool{}}
	o := x.Rounds.Commune(tx, id)
	if part.whole = authz.May(who, authz.Export, o); part.whole {
		return part, nil
	}
	measures := map[string]bool{}
	for _, set := range part.Sets {
		for slot := range set.Slots() {
			if o.Field = round.Field(set, slot); authz.May(who, authz.Export, o) {
				part.fields[o.Field] = true
				measures[set.At(slot).Measure] = true
			}
		}
	}
	delete(measures, "")
	for _, set := range part.Sets { // a quantity that sets share is one figure
		for slot := range set.Slots() {
			if measures[set.At(slot).Measure] {
				part.fields[round.Field(set, slot)] = true
			}
		}
	}
	if len(part.fields) == 0 {
		return nil, nil
	}
	return part, nil
}
