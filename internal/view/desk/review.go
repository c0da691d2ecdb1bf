package desk

import (
	"context"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/worksheet"
)

// Review is one commune's sheet as a reviewer takes it.
type Review struct {
	*worksheet.Sheet
	Pile             // what waits for the person
	Others    []Item // reported lines that do not wait for the person, in order of the sheet
	Unsent    int    // lines reported and not sent
	TwoTier   bool   // no thẩm tra stands between the commune and the agency
	Seen      int64  // journal position of what is shown
	MayCheck  bool   // some line may be checked in the field
	Questions []Item // questioned lines the person may answer
}

var msgNoSight = fault.Msg{Key: "desk.no_sight", Text: "{name} ngoài phạm vi tài khoản này được xem"}

// Review makes the page of a commune's sheet for a person.
func (d *Desk) Review(ctx context.Context, p Person, unit *place.Unit, period day.Period, files Files) (*Review, error) {
	e := d.eye(p)
	where := e.where(unit.ID)
	if !e.sees(where) {
		return nil, fault.New(fault.Forbidden, msgNoSight, "name", unit.FullName)
	}
	out := &Review{TwoTier: where.TwoTier}
	out.Seen, _ = d.Board.Position()
	sheet, err := d.reader(files).Sheet(ctx, unit, period)
	if err != nil {
		return nil, err
	}
	out.Sheet, out.Unsent = sheet, sheet.Counts.Unsent()
	d.each(e, sheet, nil, func(it Item) {
		if it.Row.Asked && it.Supply {
			out.Questions = append(out.Questions, it)
		}
		if !it.Has {
			return
		}
		out.MayCheck = out.MayCheck || it.Check
		if it.Act() == round.NoAct {
			out.Others = append(out.Others, it)
		}
		out.add(it)
	})
	return out, nil
}

func (d *Desk) reader(files Files) *worksheet.Reader {
	r := &worksheet.Reader{Board: d.Board, Law: d.Law, Places: d.Places}
	if files != nil {
		r.Evidence = files
	}
	return r
}

// each gives the lines of a sheet that keep names (nil = all) with what the
// person may do.
func (d *Desk) each(e *eye, s *worksheet.Sheet, keep func(*round.Line) bool, do func(Item)) {
	for i := range s.Criteria {
		c := &s.Criteria[i]
		for j := range c.Lines {
			if keep == nil || keep(&c.Lines[j].Line) {
				do(e.item(d, s, c, &c.Lines[j]))
			}
		}
	}
}

// Find gives a line of the review by its field, whether or not it waits.
func (r *Review) Find(field string) (Item, bool) {
	for _, list := range [][]Item{r.Plain, r.Exceptions, r.Others, r.Questions} {
		for i := range list {
			if list[i].Field() == field {
				return list[i], true
			}
		}
	}
	return Item{}, false
}
