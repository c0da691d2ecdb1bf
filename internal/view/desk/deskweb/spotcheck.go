package deskweb

import (
	"net/http"
	"strconv"
	"strings"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/desk"
)

// checked is the line whose form of phúc tra is open.
func (m *reviewModel) checked() (desk.Item, bool) {
	it, ok := m.Find(m.check)
	return it, ok && it.Check
}

// spotSlot is the quantity of a line that is checked: its own, or where only
// parts are reported the first of them.
func spotSlot(it *desk.Item) (slot int, measure int32) {
	for i := range it.Parts {
		if it.Parts[i].Now != nil {
			return it.Parts[i].Slot, it.Parts[i].Measure
		}
	}
	return it.Slot, it.Measures[0]
}

// spotBase reads the entry of the finding that the form shows.
func (h *Pages) spotBase(tx *db.Tx, m *reviewModel) error {
	it, ok := m.checked()
	if !ok || m.form.Has("ban") {
		return nil
	}
	_, measure := spotSlot(&it)
	old, _, err := review.StoredAt(tx, review.Cell{Place: m.Unit.Key, Period: m.Round.Period.Code(), Measure: measure})
	m.form.Set("ban", strconv.FormatInt(old.Entry, 10))
	if !m.form.Has("ngay") {
		m.form.Set("ngay", m.today.Vietnamese())
	}
	return err
}

// spotcheck records what was found in the field.
func (h *Pages) spotcheck(p *web.Page) error {
	unit, period, err := h.commune(p)
	if err != nil {
		return err
	}
	f := p.Form()
	set, code, _ := strings.Cut(f.Value("chi-tieu"), "/")
	law, err := h.o.Law.Set(set)
	if err != nil {
		return fault.New(fault.Invalid, msgItem)
	}
	slot, ok := law.Slot(code)
	if !ok {
		return fault.New(fault.Invalid, msgItem)
	}
	ind := law.At(slot)
	entry, _ := entryOf(f, ind, "")
	base, err := strconv.ParseInt(f.Value("ban"), 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, msgItem)
	}
	on := spotDay(f, p.Today())
	cmd := &round.Spotcheck{
		Target: round.Target{Place: unit.ID, Period: period, Set: set, Code: code}, Entry: entry, Note: f.Value("ghi-chu"), Base: base,
		Reason: "phúc tra ngày " + on.Vietnamese(),
	}
	if f.OK() {
		err = h.write(p, cmd.Command, func(tx *db.Tx) error {
			_, err := h.o.Rounds.Spotcheck(p.Context(), tx, p.User().Subject, cmd)
			return err
		})
		if err == nil {
			return p.Redirect(desk.ReviewPath(&unit, period) + "?xong=phuc-tra&so=1#" + anchor(f.Value("dong")))
		}
		if err := f.FailWith(atInput(err, ind)); err != nil {
			return err
		}
	}
	return h.spotAgain(p)
}

// spotAgain shows the page with the form open and what was typed.
func (h *Pages) spotAgain(p *web.Page) error {
	m, err := h.reviewModel(p)
	if err != nil {
		return err
	}
	m.check = p.Form().Value("dong")
	return p.RenderStatus(http.StatusUnprocessableEntity, reviewPage(p.Shell("Phúc tra – "+m.Unit.FullName), m))
}

// spotDay reads when the place was seen: not later than today.
func spotDay(f *web.Form, today day.Day) day.Day {
	on, err := day.Parse(f.Value("ngay"))
	switch {
	case err != nil:
		f.Fail("ngay", "Nhập ngày phúc tra, ví dụ "+today.Vietnamese())
	case on > today:
		f.Fail("ngay", "Ngày phúc tra không sau hôm nay ("+today.Vietnamese()+")")
	}
	return on
}

// opens tells whether a folded list holds the line that the person is at.
func (m *reviewModel) opens(list []desk.Item) bool {
	for i := range list {
		if f := list[i].Field(); f == m.check || f == m.failed && !m.form.OK() {
			return true
		}
	}
	return false
}
