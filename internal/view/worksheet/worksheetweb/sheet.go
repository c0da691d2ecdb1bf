package worksheetweb

import (
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/worksheet"
)

// whole is the page of a whole sheet.
type whole struct {
	*at
	Sheet  *worksheet.Sheet
	Today  day.Day
	Groups []group
	Others []board.Sheet // of the commune, of other periods
	Send   bool          // the person may send what is there
	Enter  bool
	fixed  map[string]*fixed // by id of a set
}

// mended is one figure that was changed after the round was closed.
type mended struct {
	Ind  *law.Indicator
	Part *worksheet.Part
	Path string
}

// Corrected lists the figures that were changed after the round was closed.
func (v *whole) Corrected() (out []mended) {
	if !v.Sheet.Round.Closed {
		return nil
	}
	for i := range v.Sheet.Criteria {
		c := &v.Sheet.Criteria[i]
		for j := range c.Lines {
			l := &c.Lines[j]
			for k := range l.Parts {
				if p := &l.Parts[k]; p.Row.Origin == round.ActCorrect {
					path := criterionPath(v.base, l.Set, c.Law().Code) + "#ct-" + slug(l.Indicator().Code)
					out = append(out, mended{l.Set.At(p.Slot), p, path})
				}
			}
		}
	}
	return out
}

// group is the criteria of one set.
type group struct {
	Set  *law.Set
	List []*worksheet.Criterion
}

// whole shows the sheet, criterion by criterion.
func (h *Pages) whole(p *web.Page) error {
	a, err := h.resolve(p)
	if err != nil {
		return err
	}
	s, err := h.opt.Sheets.Sheet(p.Context(), &a.unit, a.period)
	if err != nil {
		return err
	}
	v := &whole{at: a, Sheet: s, Today: p.Today(), Groups: groups(s), fixed: h.fixed}
	o := a.where.Object("", round.Draft, s.Round.Closed)
	v.Send, v.Enter = authz.May(a.who, authz.Submit, o), authz.May(a.who, authz.EnterFinding, o)
	for _, other := range h.opt.Board.SheetsOf(a.unit.Key) {
		if other.Round.Period != a.period {
			v.Others = append(v.Others, other)
		}
	}
	return p.Render(wholePage(p.Shell(title(a.period)+", "+a.unit.FullName).With("unsent"), v))
}

func groups(s *worksheet.Sheet) []group {
	var out []group
	for i := range s.Criteria {
		c := &s.Criteria[i]
		if n := len(out); n == 0 || out[n-1].Set != c.Set {
			out = append(out, group{Set: c.Set})
		}
		g := &out[len(out)-1]
		g.List = append(g.List, c)
	}
	return out
}

// deadline is one of a round's days.
type deadline struct {
	Text string
	On   day.Day
	Late bool
}

// deadlines are the days of a round that still matter.
func deadlines(r *board.Round, twoTier bool, today day.Day) []deadline {
	list := []deadline{{"Hạn xã gửi", r.SendBy, today > r.SendBy}}
	if !twoTier {
		list = append(list, deadline{"thẩm tra", r.VerifyBy, false})
	}
	return append(list, deadline{"xác nhận", r.ConfirmBy, false})
}

// account is whose unsent values a page's script may show.
func account(who authz.Subject) string { return who.ID }
