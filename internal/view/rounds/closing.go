package rounds

import (
	"context"
	"slices"
	"time"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

// Service knows the rounds; review/round has it.
type Service interface {
	Round(ctx context.Context, tx *db.Tx, id string) (round.Round, error)
	Sheets(ctx context.Context, tx *db.Tx, r *round.Round) ([]round.Sheet, error)
	Corrections(ctx context.Context, tx *db.Tx, r *round.Round) ([]round.Correction, error)
}

// Closed is a round after it was closed.
type Closed struct {
	Position int64 // where its figures are frozen
	At       time.Time
	Acts     []Act    // điều chỉnh sau chốt, the latest first
	More     int      // acts beyond those listed
	Changes  []Change // figures that are not what they were at the closing
	MoreDiff int
}

// Act is one act after the closing.
type Act struct {
	At            time.Time
	Unit          place.Unit
	Code, Name    string
	What          string
	Before, After string
	Reason        string
}

// Change is a figure that is not what it was.
type Change struct {
	Unit        place.Unit
	Code, Name  string
	Frozen, Now string
}

// The longest lists of a page.
const (
	mostActs    = 60
	mostChanges = 200
	everything  = 1<<63 - 1
)

// ReadClosed reads what became of a round after it was closed, for the communes
// that a person may see.
func ReadClosed(ctx context.Context, tx *db.Tx, s Service, view *View) (*Closed, error) {
	x := &view.Round
	out := &Closed{Position: x.Entry}
	var err error
	if out.At, err = journal.TimeOf(tx, x.Entry); err != nil {
		return nil, err
	}
	if view.dict, err = criteria.Keys(ctx, tx, view.Law); err != nil {
		return nil, err
	}
	if view.sheets, err = view.seen(ctx, tx, s); err != nil {
		return nil, err
	}
	list, err := s.Corrections(ctx, tx, x)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(c round.Correction) bool { _, ok := view.sheets[c.Place]; return !ok })
	slices.Reverse(list)
	out.More = max(len(list)-mostActs, 0)
	for i := range list[:min(len(list), mostActs)] {
		a, err := view.act(tx, &list[i])
		if err != nil {
			return nil, err
		}
		out.Acts = append(out.Acts, a)
	}
	return out, view.changes(tx, out)
}

// View is a round and whose eyes look at it.
type View struct {
	Round  round.Round
	Law    *law.Library
	Places *place.Register
	Sight  func(placeID string) bool // nil = every commune

	dict   *criteria.Dictionary
	sheets map[int32]round.Sheet
}

// seen lists the sheets that may be seen, by the key of their communes.
func (v *View) seen(ctx context.Context, tx *db.Tx, s Service) (map[int32]round.Sheet, error) {
	list, err := s.Sheets(ctx, tx, &v.Round)
	out := map[int32]round.Sheet{}
	for _, x := range list {
		id, err := place.IDOf(x.Place)
		if err != nil {
			return nil, err
		}
		if v.Sight == nil || v.Sight(id) {
			out[x.Place] = x
		}
	}
	return out, err
}

// names gives the commune and the indicator of a cell.
func (v *View) names(c review.Cell) (place.Unit, *law.Indicator) {
	id, err := place.IDOf(c.Place)
	if err != nil {
		return place.Unit{}, nil
	}
	u, _ := v.Places.Latest(id)
	for _, m := range v.dict.Members(c.Measure) {
		if slices.Contains(v.sheets[c.Place].Sets, m.Set.ID) {
			return u, m.Set.At(m.Slot)
		}
	}
	return u, nil
}

func shown(ind *law.Indicator, d *law.Datum) string {
	if ind == nil || !d.Known() {
		return "–"
	}
	return review.Shown(ind, d)
}

// act tells one act, with the figure before and after it.
func (v *View) act(tx *db.Tx, c *round.Correction) (Act, error) {
	u, ind := v.names(c.Cell)
	a := Act{Unit: u, What: c.Act.Vietnamese(), Reason: c.Reason}
	if ind != nil {
		a.Code, a.Name = ind.Code, ind.Name
	}
	var err error
	if a.At, err = journal.TimeOf(tx, c.Entry); err != nil {
		return a, err
	}
	before, err := v.at(tx, c.Cell, c.Entry-1)
	if err != nil {
		return a, err
	}
	after, err := v.at(tx, c.Cell, c.Entry)
	a.Before, a.After = shown(ind, &before), shown(ind, &after)
	return a, err
}

// at is what was known of a cell at a journal position.
func (v *View) at(tx *db.Tx, c review.Cell, known int64) (law.Datum, error) {
	list, err := review.StoredOf(tx, []int32{c.Place}, c.Period, known)
	for i := range list {
		if list[i].Cell == c {
			return list[i].Datum, err
		}
	}
	return law.Datum{}, err
}

// changes compares the frozen figures with today's.
func (v *View) changes(tx *db.Tx, out *Closed) error {
	var keys []int32
	for k := range v.sheets {
		keys = append(keys, k)
	}
	period := v.Round.Period.Code()
	frozen, err := review.StoredOf(tx, keys, period, v.Round.Entry)
	if err != nil {
		return err
	}
	now, err := review.StoredOf(tx, keys, period, everything)
	if err != nil {
		return err
	}
	was := make(map[review.Cell]law.Datum, len(frozen))
	for i := range frozen {
		was[frozen[i].Cell] = frozen[i].Datum
	}
	for i := range now {
		old := was[now[i].Cell]
		if old.Known() == now[i].Datum.Known() && review.SameReport(&old, &now[i].Datum) {
			continue
		}
		if len(out.Changes) == mostChanges {
			out.MoreDiff++
			continue
		}
		u, ind := v.names(now[i].Cell)
		c := Change{Unit: u, Frozen: shown(ind, &old), Now: shown(ind, &now[i].Datum)}
		if ind != nil {
			c.Code, c.Name = ind.Code, ind.Name
		}
		out.Changes = append(out.Changes, c)
	}
	return nil
}

// ahead is how many days before its end a period may be reviewed.
const ahead = 20

// Defaults proposes a round of the quarter or half-year that ended last.
func Defaults(today day.Day) round.Open {
	p := day.PeriodContaining(day.Quarter, today)
	if int(p.Last()-today) > ahead {
		p = p.Prev()
	}
	if half := day.PeriodContaining(day.Half, p.Last()); half.Last() == p.Last() {
		p = half
	}
	return Proposal(p, today)
}

// Proposal is a round of a period: its days are working days a week apart, from
// two weeks after today, or after the end of a period that is far from over.
func Proposal(p day.Period, today day.Day) round.Open {
	from := today
	if int(p.Last()-today) > ahead {
		from = p.Last()
	}
	return round.Open{
		Name: "Rà soát " + p.Vietnamese(), Period: p,
		SendBy: workday(from + 14), VerifyBy: workday(from + 21), ConfirmBy: workday(from + 28),
	}
}

// workday is the day itself or the Monday after it. Holidays are the person's to
// see: the proposal is shown before anything is opened.
func workday(d day.Day) day.Day {
	for d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
		d++
	}
	return d
}

// Periods lists the periods a round may be opened for: those around today.
func Periods(today day.Day) []day.Period {
	var out []day.Period
	for _, k := range []day.Kind{day.Quarter, day.Half, day.Year} {
		p := day.PeriodContaining(k, today)
		out = append(out, p.Prev(), p, p.Next())
	}
	return out
}
