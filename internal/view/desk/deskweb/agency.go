package deskweb

import (
	"net/http"
	"slices"
	"strings"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/desk"

	"github.com/a-h/templ"
)

// agencyModel is an agency's page.
type agencyModel struct {
	*desk.Agency // nil without a round
	body         agency.Agency
	duties       desk.Duties
	rounds       []board.Round
	today        day.Day
	form         *web.Form
	done         string
	districts    []place.Unit
	district     string // code
	state        string
	criterion    string // field: "xa-ntm-2021-2025/15"
	column       *desk.Column
	rows         []desk.Item // of the column, as the filters leave them
	preview      *preview
	tasks        templ.Component // by directives, nil = nothing
	ask          string          // address of "Giao việc", "" for who may not
	h            *Pages
}

var (
	msgNoAgency = fault.Msg{Key: "desk.no_agency", Text: "không có cơ quan này vào ngày {day}"}
	msgAgency   = fault.Msg{Key: "desk.other_agency", Text: "trang này của cơ quan khác; tài khoản chỉ mở được bảng của cơ quan mình"}
)

// body finds the agency of the address, and refuses who may not open its page.
func (h *Pages) body(p *web.Page) (agency.Agency, error) {
	a, ok := h.o.Assigned.Agencies().Agency(p.Path("agency"), p.Today())
	if !ok {
		return a, fault.New(fault.NotFound, msgNoAgency, "day", p.Today().Vietnamese())
	}
	if !h.o.Desk.MayReadAgency(h.person(p), a.ID) {
		return a, fault.New(fault.Forbidden, msgAgency)
	}
	return a, nil
}

func (h *Pages) duties(p *web.Page, tx *db.Tx, id string) (out desk.Duties, err error) {
	if out.Leads, err = h.o.Assigned.Fields(p.Context(), tx, authz.InCharge, id, p.Today()); err != nil {
		return out, err
	}
	out.Supplies, err = h.o.Assigned.Fields(p.Context(), tx, authz.Supplier, id, p.Today())
	return out, err
}

func (h *Pages) agency(p *web.Page) error { return h.agencyAgain(p, http.StatusOK, nil) }

func (h *Pages) agencyAgain(p *web.Page, status int, pre *preview) error {
	m, err := h.agencyModel(p)
	if err != nil {
		return err
	}
	m.preview = pre
	if h.o.Tasks != nil {
		if m.tasks, err = h.o.Tasks(p, m.body.ID); err != nil {
			return err
		}
	}
	if h.o.Ask != nil {
		m.ask = h.o.Ask(p, "", m.criterion)
		if m.ask == "" && m.criterion == "" && len(m.duties.Leads) > 0 { // an agency asks about its own criteria
			m.ask = h.o.Ask(p, "", m.duties.Leads[0])
		}
	}
	return p.RenderStatus(status, agencyPage(p.Shell(m.body.Name).AsWide(), m))
}

func (h *Pages) agencyModel(p *web.Page) (*agencyModel, error) {
	body, err := h.body(p)
	if err != nil {
		return nil, err
	}
	m := &agencyModel{
		body: body, rounds: h.o.Desk.Rounds(), today: p.Today(), form: p.Form(), done: done(p), h: h,
		district: p.Query("huyen"), state: p.Query("trang-thai"), criterion: p.Query("tieu-chi"),
	}
	r, ok := h.o.Desk.Round(p.Query("ky"))
	err = h.o.DB.Read(p.Context(), func(tx *db.Tx) error {
		if m.duties, err = h.duties(p, tx, body.ID); err != nil || !ok {
			return err
		}
		files, err := desk.FilesOf(tx, r.Period)
		if err != nil {
			return err
		}
		m.Agency, err = h.o.Desk.Agency(p.Context(), h.person(p), r, m.duties, files)
		return err
	})
	if err == nil && m.Agency != nil {
		m.choose(p.Query("chi-tieu"))
	}
	return m, err
}

// choose narrows the page to what the address asks for.
func (m *agencyModel) choose(field string) {
	for i := range m.Columns {
		for j := range m.Columns[i].Rows {
			if d, ok := m.h.o.Desk.DistrictOf(m.Columns[i].Rows[j].Unit(), m.today); ok &&
				!slices.ContainsFunc(m.districts, func(x place.Unit) bool { return x.ID == d.ID }) {
				m.districts = append(m.districts, d)
			}
		}
	}
	slices.SortFunc(m.districts, func(a, b place.Unit) int { return strings.Compare(a.Code, b.Code) })
	set, code, _ := strings.Cut(field, "/")
	m.column = m.Column(m.h.o.Desk.Board.Dictionary(), m.h.o.Law, set, code)
	if m.column != nil {
		for _, it := range m.column.Rows {
			if m.within(&it) && (m.state == "" || m.state == stateWord(&it)) {
				m.rows = append(m.rows, it)
			}
		}
	}
	keep := func(list []desk.Item) []desk.Item {
		return slices.DeleteFunc(list, func(it desk.Item) bool {
			return !m.within(&it) || m.column != nil && it.Measures[0] != m.column.Measure || m.column == nil && m.criterion != "" && !m.inCriterion(&it)
		})
	}
	m.Plain, m.Exceptions = keep(m.Plain), keep(m.Exceptions)
}

// within tells whether a line's commune lies in the district that was chosen.
func (m *agencyModel) within(it *desk.Item) bool {
	if m.district == "" {
		return true
	}
	d, ok := m.h.o.Desk.DistrictOf(it.Unit(), m.today)
	return ok && d.Code == m.district
}

// inCriterion tells whether a line's quantity is read by the criterion that was
// chosen.
func (m *agencyModel) inCriterion(it *desk.Item) bool {
	for _, f := range round.FieldsOf(m.h.o.Desk.Board.Dictionary(), m.h.o.Law.Sets, it.Measures[0]) {
		if authz.Covers([]string{m.criterion}, f) {
			return true
		}
	}
	return false
}

// shown lists the columns of the table, the worst first.
func (m *agencyModel) shown() []*desk.Column {
	return slices.DeleteFunc(m.Worst(), func(c *desk.Column) bool {
		return m.column == nil && m.criterion != "" && !m.inCriterion(&c.Rows[0])
	})
}

// stateWord is a line's state in the address.
func stateWord(it *desk.Item) string {
	switch {
	case it.Act() != round.NoAct:
		return "cho"
	case !it.Has:
		return "trong"
	}
	return [...]string{"chua-gui", "tra-lai", "da-gui", "da-tham-tra", "da-xac-nhan"}[it.State]
}

func states() []web.Choice {
	return []web.Choice{
		{Value: "", Text: "tất cả"},
		{Value: "cho", Text: "chờ cơ quan xác nhận"},
		{Value: "trong", Text: "chưa có số liệu kỳ này"},
		{Value: "chua-gui", Text: "chưa gửi"},
		{Value: "tra-lai", Text: "bị trả lại"},
		{Value: "da-gui", Text: "đã gửi"},
		{Value: "da-tham-tra", Text: "đã thẩm tra"},
		{Value: "da-xac-nhan", Text: "đã xác nhận"},
	}
}

// link is the page's own address with the filters and one column.
func (m *agencyModel) link(column string) string {
	return desk.AgencyPath(m.body.ID, m.Round.Period, "chi-tieu", column, "huyen", m.district, "tieu-chi", m.criterion)
}

// post is the address of one of the page's forms.
func (m *agencyModel) post(what string) string {
	column := ""
	if m.column != nil {
		column = m.column.Field()
	}
	_, query, _ := strings.Cut(m.link(column), "?")
	return "/so-nganh/" + m.body.ID + "/" + what + "?" + query
}

// confirmAgency confirms the lines that the form carries, over all communes.
func (h *Pages) confirmAgency(p *web.Page) error {
	body, err := h.own(p)
	if err != nil {
		return err
	}
	r, ok := h.o.Desk.Round(p.Query("ky"))
	if !ok {
		p.Form().Fail("", "Chưa có đợt rà soát nào được mở.")
		return h.agencyAgain(p, http.StatusUnprocessableEntity, nil)
	}
	n, err := h.carry(p, round.ActConfirm, r.Period, func(string) bool { return true })
	if err == nil {
		return p.Redirect(h.back(p, body.ID, r.Period) + "&xong=xac-nhan&so=" + itoa(n))
	}
	if err := blame(p.Form(), err); err != nil {
		return err
	}
	return h.agencyAgain(p, http.StatusUnprocessableEntity, nil)
}

// own is body for its own people: those who act for the agency.
func (h *Pages) own(p *web.Page) (agency.Agency, error) {
	body, err := h.body(p)
	if err != nil {
		return body, err
	}
	for _, g := range p.User().Subject.Grants {
		if g.Role.TakesFields() && g.Unit == body.ID {
			return body, nil
		}
	}
	return body, fault.New(fault.Forbidden, msgAgency)
}

// back is the page that a form was on.
func (h *Pages) back(p *web.Page, id string, period day.Period) string {
	return desk.AgencyPath(id, period, "chi-tieu", p.Query("chi-tieu"), "huyen", p.Query("huyen"), "tieu-chi", p.Query("tieu-chi"))
}

// answer keeps a figure that a commune questioned, and says why.
func (h *Pages) answer(p *web.Page) error {
	body, err := h.own(p)
	if err != nil {
		return err
	}
	f := p.Form()
	period, err := day.ParsePeriod(p.Query("ky"))
	parts := strings.Fields(f.Value("dong"))
	if err != nil || len(parts) != 3 {
		f.Fail("", sentence(msgItem.Text))
		return h.agencyAgain(p, http.StatusUnprocessableEntity, nil)
	}
	cmd := &round.Answer{Target: round.Target{Place: parts[0], Period: period, Set: parts[1], Code: parts[2]}, Reason: f.Value("ly-do")}
	err = h.write(p, cmd.Command, func(tx *db.Tx) error { return h.o.Rounds.Answer(p.Context(), tx, p.User().Subject, cmd) })
	if err == nil {
		return p.Redirect(h.back(p, body.ID, period) + "&xong=tra-loi&so=1")
	}
	if err := blame(f, err); err != nil {
		return err
	}
	return h.agencyAgain(p, http.StatusUnprocessableEntity, nil)
}
