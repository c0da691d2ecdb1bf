package desk

import (
	"context"
	"fmt"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/worksheet"
)

// commune gathers the work of a commune's own people with their sheet.
func (c *collector) commune(ctx context.Context, r *board.Round, unit *place.Unit, where round.Reach) error {
	enters := c.eye.may(authz.EnterFinding, where, quantity{[]string{""}, round.Draft, false})
	sends := c.eye.may(authz.Submit, where, quantity{[]string{""}, round.Draft, false})
	if !enters && !sends {
		return nil
	}
	sheet, err := c.desk.reader(nil).Sheet(ctx, unit, r.Period)
	if err != nil {
		return err
	}
	n := &sheet.Counts
	base := Task{Where: unit.FullName, Due: r.SendBy, Path: SheetPath(unit, r.Period)}
	if enters {
		c.mend(r, sheet, base)
		if n.Missing > 0 {
			t := base
			t.Work, t.What, t.Button = Enter, fmt.Sprintf("Nhập phiếu rà soát: còn %d/%d chỉ tiêu", n.Missing, n.Lines), "Mở phiếu"
			c.put(r, t)
		}
	}
	if ready := n.Unsent() - n.Back; sends && ready > 0 {
		t := base
		t.Work, t.What, t.Button = Send, fmt.Sprintf("Duyệt gửi %d chỉ tiêu đã nhập", ready), "Xem và gửi"
		if n.Missing > 0 {
			t.Why = fmt.Sprintf("còn %d chỉ tiêu chưa nhập", n.Missing)
		}
		c.put(r, t)
	}
	return nil
}

// mend makes a task of every line that was returned and not mended.
func (c *collector) mend(r *board.Round, sheet *worksheet.Sheet, base Task) {
	for i := range sheet.Criteria {
		for j := range sheet.Criteria[i].Lines {
			l := &sheet.Criteria[i].Lines[j]
			if l.State != round.Returned || l.Row.Mended {
				continue
			}
			t, ind := base, l.Indicator()
			t.Work, t.What, t.Why, t.Button = Mend, "Sửa chỉ tiêu "+ind.Code+" "+ind.Name, l.Row.Back, "Sửa"
			t.Path = LinePath(base.Path, l)
			c.put(r, t)
		}
	}
}
