package deskweb

import (
	"net/http"
	"strings"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/desk"
)

// reviewModel is a commune's sheet as a reviewer takes it.
type reviewModel struct {
	*desk.Review
	today  day.Day
	form   *web.Form
	done   string
	agency bool                      // the person speaks for an agency
	files  map[int32][]evidence.Item // by quantity
	found  map[int32]review.Stored   // what the commune had reported, of quantities checked in the field
	check  string                    // field of the line whose form of phúc tra is open
	failed string                    // field of the line whose own form was refused
}

var msgNoXa = fault.Msg{Key: "desk.no_commune", Text: "không có xã nào mang mã {code}"}

// commune finds the commune and period of the address, and refuses who may not
// look into the commune.
func (h *Pages) commune(p *web.Page) (place.Unit, day.Period, error) {
	period, err := day.ParsePeriod(p.Path("period"))
	if err != nil {
		return place.Unit{}, period, web.NotFound()
	}
	code := p.Path("code")
	on := min(p.Today(), period.Last())
	for _, at := range []day.Day{on, p.Today()} {
		if u, ok := h.o.Places.At(at).ByCode(code); ok && u.Level == place.Commune {
			if _, has := h.o.Desk.Board.Sheet(u.Key, period); has || at == p.Today() {
				if !h.o.Desk.Sees(h.person(p), u.ID) {
					return u, period, fault.New(fault.Forbidden, msgNoSight, "name", u.FullName)
				}
				return u, period, nil
			}
		}
	}
	return place.Unit{}, period, fault.New(fault.NotFound, msgNoXa, "code", fault.Clip(code))
}

var msgNoSight = fault.Msg{Key: "desk.out_of_sight", Text: "{name} ngoài phạm vi tài khoản này được xem"}

func (h *Pages) review(p *web.Page) error { return h.reviewAgain(p, http.StatusOK) }

func (h *Pages) reviewAgain(p *web.Page, status int) error {
	m, err := h.reviewModel(p)
	if err != nil {
		return err
	}
	title := m.title() + " – " + m.Unit.FullName
	return p.RenderStatus(status, reviewPage(p.Shell(title), m))
}

func (h *Pages) reviewModel(p *web.Page) (*reviewModel, error) {
	unit, period, err := h.commune(p)
	if err != nil {
		return nil, err
	}
	m := &reviewModel{today: p.Today(), form: p.Form(), done: done(p), check: p.Query("phuc-tra"), failed: p.Form().Value("rieng")}
	for _, g := range p.User().Subject.Grants {
		m.agency = m.agency || g.Role.TakesFields()
	}
	err = h.o.DB.Read(p.Context(), func(tx *db.Tx) error {
		files, err := desk.FilesOf(tx, period)
		if err != nil {
			return err
		}
		if m.Review, err = h.o.Desk.Review(p.Context(), h.person(p), &unit, period, files); err != nil {
			return err
		}
		if err := h.spotBase(tx, m); err != nil {
			return err
		}
		return h.behind(p, tx, m)
	})
	return m, err
}

// behind reads the files of the sheet, and what was reported of quantities that
// were checked in the field.
func (h *Pages) behind(p *web.Page, tx *db.Tx, m *reviewModel) error {
	period := m.Round.Period.Code()
	list, err := h.o.Evidence.ListMany(p.Context(), tx, m.Unit.Key, period)
	if err != nil {
		return err
	}
	m.files, m.found = map[int32][]evidence.Item{}, map[int32]review.Stored{}
	for s, files := range list {
		if s.IsCell() {
			m.files[s.Measure] = files
		}
	}
	for _, items := range [][]desk.Item{m.Exceptions, m.Plain, m.Others} {
		for i := range items {
			for k := range items[i].Parts {
				part := &items[i].Parts[k]
				if part.Now == nil || part.Now.Provenance != law.FieldChecked {
					continue
				}
				old, ok, err := review.ReportedAt(tx, review.Cell{Place: m.Unit.Key, Period: period, Measure: part.Measure})
				if err != nil {
					return err
				}
				if ok {
					m.found[part.Measure] = old
				}
			}
		}
	}
	return nil
}

// title says what the person does here.
func (m *reviewModel) title() string {
	switch {
	case m.agency || m.Act() == round.ActConfirm:
		return "Xác nhận kết quả rà soát"
	case !m.TwoTier:
		return "Thẩm tra phiếu rà soát"
	}
	return "Xem phiếu rà soát"
}

// dueWords says by when the sheet is to be moved on by those who look at it.
func (m *reviewModel) dueWords() string {
	words, on := "hạn thẩm tra", m.Round.VerifyBy
	if m.agency || m.TwoTier {
		words, on = "hạn xác nhận", m.Round.ConfirmBy
	}
	if m.Round.Closed {
		return m.Round.Name + ", đã chốt số liệu"
	}
	return m.Round.Name + ", " + words + " " + on.Vietnamese() + " (" + on.Left(m.today) + ")"
}

// states says how many lines are how far.
func (m *reviewModel) states() []string {
	var out []string
	for s, n := range m.Counts.ByState {
		if n > 0 {
			out = append(out, round.State(s).Vietnamese()+" "+itoa(n))
		}
	}
	if m.Counts.Missing > 0 {
		out = append(out, "chưa nhập "+itoa(m.Counts.Missing))
	}
	return out
}

// spot says what was reported and what was found in the field, "" where nobody
// was there.
func (m *reviewModel) spot(it *desk.Item) string {
	var out []string
	for i := range it.Parts {
		part := &it.Parts[i]
		old, ok := m.found[part.Measure]
		if !ok {
			continue
		}
		ind := it.Set.At(part.Slot)
		text := "xã báo " + figure(ind, &old.Datum) + ", kiểm tra thực địa " + figure(ind, part.Now)
		if i > 0 {
			text = ind.Code + ": " + text
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

// evidence lists the files behind a line.
func (m *reviewModel) evidence(it *desk.Item) (out []evidence.Item) {
	for i := range it.Parts {
		out = append(out, m.files[it.Parts[i].Measure]...)
	}
	return out
}

// path is the page's own address.
func (m *reviewModel) path() string { return desk.ReviewPath(&m.Unit, m.Round.Period) }

// move verifies, confirms or returns lines of the sheet.
func (h *Pages) move(p *web.Page) error {
	unit, period, err := h.commune(p)
	if err != nil {
		return err
	}
	if !h.o.Desk.Works(h.person(p), unit.ID) {
		return fault.New(fault.Forbidden, msgNot, "act", "thẩm tra, xác nhận hay trả lại")
	}
	f := p.Form()
	act, err := actOf(f)
	if err == nil {
		if act != round.ActReturn {
			f.Set("ly-do", "")
		}
		var n int
		if n, err = h.carry(p, act, period, func(id string) bool { return id == unit.ID }); err == nil {
			return p.Redirect(desk.ReviewPath(&unit, period) + "?xong=" + word(act) + "&so=" + itoa(n))
		}
	}
	if err := blame(f, err); err != nil {
		return err
	}
	return h.reviewAgain(p, http.StatusUnprocessableEntity)
}

// reasonID is the id of the field for a reason: the summary's own for the form
// that was refused.
func (m *reviewModel) reasonID(own string) string {
	switch {
	case own == m.failed:
		return "ly-do"
	case own == "":
		return "ly-do-chung"
	}
	return "ly-do-" + anchor(own)
}

// fileName is what a file is called in a list.
func fileName(f *evidence.Item) string {
	switch {
	case f.Caption != "":
		return f.Caption
	case f.Serves != "":
		return f.Serves
	}
	return f.Name
}

// reasonText is what was typed as a reason in the form that was refused.
func (m *reviewModel) reasonText(own string) string {
	if own != m.failed {
		return ""
	}
	return m.form.Value("ly-do")
}
