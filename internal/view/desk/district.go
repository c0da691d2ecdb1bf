package desk

import (
	"cmp"
	"context"
	"slices"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/worksheet"
)

// Progress is how far a commune's sheet is, in one word.
type Progress uint8

// How far a sheet is; what needs somebody first comes first.
const (
	Back      Progress = iota // bị trả lại
	NotSent                   // chưa gửi
	PartSent                  // gửi một phần
	ToVerify                  // đã gửi, chờ thẩm tra
	ToConfirm                 // chờ xác nhận
	Done                      // đã xác nhận
)

// Vietnamese is the progress as people read it.
func (p Progress) Vietnamese() string {
	return [...]string{"bị trả lại", "chưa gửi", "đã gửi một phần", "đã gửi, chờ thẩm tra", "chờ cơ quan phụ trách xác nhận", "đã xác nhận"}[p]
}

// progressOf reads it from a sheet's counts.
func progressOf(c *worksheet.Counts, twoTier bool) Progress {
	sent := c.ByState[round.Submitted] + c.ByState[round.Verified] + c.ByState[round.Confirmed]
	switch {
	case c.Back > 0:
		return Back
	case sent == 0:
		return NotSent
	case c.Missing > 0 || c.Unsent() > 0:
		return PartSent
	case c.ByState[round.Submitted] > 0 && !twoTier:
		return ToVerify
	case c.ByState[round.Submitted]+c.ByState[round.Verified] > 0:
		return ToConfirm
	}
	return Done
}

// due is the day by which a sheet is to be moved on.
func due(r *board.Round, p Progress) day.Day {
	switch p {
	case Back, NotSent, PartSent:
		return r.SendBy
	case ToVerify:
		return r.VerifyBy
	case ToConfirm:
		return r.ConfirmBy
	}
	return day.Forever
}

// Commune is one commune's sheet in a list.
type Commune struct {
	Unit     place.Unit
	Counts   worksheet.Counts
	Progress Progress
	Due      day.Day // day.Forever when nothing is due
	Plain    int     // lines that wait for the person and may be taken with others
	Single   int     // lines that wait and are looked at one by one
}

// District is the communes of one district in a round.
type District struct {
	Round   board.Round
	Rows    []Commune
	TwoTier bool
	Seen    int64
	Pile
}

// District makes the working side of a district's page: the communes that the
// person sees, those that need somebody first. ok is false where no commune of
// the district takes part in the round.
func (d *Desk) District(ctx context.Context, p Person, in place.Unit, r board.Round, files Files) (*District, bool, error) {
	e := d.eye(p)
	out := &District{Round: r}
	out.Seen, _ = d.Board.Position()
	reader := d.reader(files)
	for _, s := range d.sheetsOf(r.Period) {
		unit, ok := d.unit(s.Place)
		if !ok || unit.ID == "" {
			continue
		}
		where := e.where(unit.ID)
		if at, found := d.DistrictOf(&unit, p.Today); !found || at.ID != in.ID || !e.sees(where) {
			continue
		}
		sheet, err := reader.Sheet(ctx, &unit, r.Period)
		if err != nil {
			return nil, false, err
		}
		out.TwoTier = where.TwoTier
		out.commune(d, e, sheet)
	}
	slices.SortStableFunc(out.Rows, func(a, b Commune) int { return cmp.Compare(a.Progress, b.Progress) })
	return out, len(out.Rows) > 0, nil
}

func (x *District) commune(d *Desk, e *eye, s *worksheet.Sheet) {
	row := Commune{Unit: s.Unit, Counts: s.Counts, Progress: progressOf(&s.Counts, e.where(s.Unit.ID).TwoTier)}
	row.Due = due(s.Round, row.Progress)
	plain, single := len(x.Plain), len(x.Exceptions)
	d.each(e, s, nil, x.add)
	row.Plain, row.Single = len(x.Plain)-plain, len(x.Exceptions)-single
	x.Rows = append(x.Rows, row)
}

// Sum counts the communes of a progress.
func (x *District) Sum(p Progress) int {
	n := 0
	for i := range x.Rows {
		if x.Rows[i].Progress == p {
			n++
		}
	}
	return n
}
