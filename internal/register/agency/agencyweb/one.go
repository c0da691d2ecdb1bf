package agencyweb

import (
	"net/http"
	"net/url"
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
)

// oneModel is one criterion or indicator: who has it, who had it, and the form.
type oneModel struct {
	set        *law.Set
	code, name string
	above      string // its criterion's code, of an indicator
	on         day.Day
	lead       *agency.Held
	suppliers  []agency.Held
	proposals  []agency.Proposal
	history    []agency.Version
	live       []agency.Version
	bodies     []web.Choice
	names      map[string]string
	form       *web.Form
	may, done  bool
}

func (h *Pages) one(p *web.Page) error { return h.oneAgain(p, http.StatusOK) }

func (h *Pages) oneAgain(p *web.Page, status int) error {
	m, err := h.oneModel(p)
	if err != nil {
		return err
	}
	return p.RenderStatus(status, onePage(p.Shell("Phân công "+m.code), m))
}

// named finds the criterion or indicator of the address.
func (h *Pages) named(m *oneModel, setID, code string) error {
	set, err := h.o.Law.Set(setID)
	if err != nil {
		return err
	}
	m.set, m.code = set, code
	if k, ok := set.Criterion(code); ok {
		m.name = k.Name
		return nil
	}
	slot, ok := set.Slot(code)
	if !ok || set.At(slot).Parent >= 0 {
		return web.NotFound()
	}
	m.name, m.above = set.At(slot).Name, set.Criteria[set.At(slot).Criterion].Code
	return nil
}

func (h *Pages) oneModel(p *web.Page) (m oneModel, err error) {
	if err = h.named(&m, p.Path("bo"), p.Path("ma")); err != nil {
		return m, err
	}
	m.on, m.form, m.may, m.done = p.Today(), p.Form(), h.mayAssign(p), p.Query("xong") != ""
	field := agency.FieldOf{Set: m.set.ID, Code: m.code}
	err = h.o.DB.Read(p.Context(), func(tx *db.Tx) error {
		lead, ok, err := h.o.Assigned.InCharge(p.Context(), tx, field, m.on)
		if err != nil {
			return err
		}
		if ok {
			m.lead = &lead
		}
		if m.suppliers, err = h.o.Assigned.Suppliers(p.Context(), tx, field, m.on); err != nil {
			return err
		}
		all, err := h.o.Assigned.Propose(p.Context(), tx, m.set.ID, m.on)
		if err != nil {
			return err
		}
		m.proposals = slices.DeleteFunc(all, func(x agency.Proposal) bool { return x.Code != m.code })
		m.history, err = h.o.Assigned.History(p.Context(), tx, agency.Assignment{Set: m.set.ID, Code: m.code})
		return err
	})
	m.names, m.live = h.namesOf(m.history), h.live(m.history, m.on)
	h.prepare(p, &m)
	return m, err
}

// namesOf are the names of the agencies in a history.
func (h *Pages) namesOf(list []agency.Version) map[string]string {
	out := map[string]string{}
	for _, v := range list {
		if a, ok := h.o.Assigned.Agencies().Agency(v.Agency, v.From); ok {
			out[v.Agency] = a.Name
		}
	}
	return out
}

// prepare fills the form that assigns: the agencies of today, and on the first
// show what the criteria set names.
func (h *Pages) prepare(p *web.Page, m *oneModel) {
	m.bodies = h.bodies(p.Today())
	if p.R.Method != http.MethodGet {
		return
	}
	m.form.Set("loai", string(agency.Leads))
	m.form.Set("tu-ngay", p.Today().Vietnamese())
	for _, x := range m.proposals {
		if x.Settled() {
			m.form.Set("loai", string(x.Duty))
			m.form.Set("co-quan", x.Agency.ID)
			break
		}
	}
}

// bodies are the agencies of the province on a day, to choose from.
func (h *Pages) bodies(on day.Day) []web.Choice {
	out := []web.Choice{{Text: "Chọn cơ quan"}}
	for _, a := range h.o.Assigned.Agencies().At(on) {
		if a.PlaceID == "" {
			out = append(out, web.Choice{Value: a.ID, Text: a.Name})
		}
	}
	return out
}

func (h *Pages) assign(p *web.Page) error {
	if err := h.needAssign(p); err != nil {
		return err
	}
	var m oneModel
	if err := h.named(&m, p.Path("bo"), p.Path("ma")); err != nil {
		return err
	}
	f := p.Form()
	a := terms(f, agency.Assignment{Duty: agency.Duty(f.Value("loai")), Set: m.set.ID, Code: m.code, Agency: f.Value("co-quan")})
	if a.Duty == agency.Follows {
		a.Duty = "" // not on this page
	}
	if f.OK() {
		c := agency.Assign{Assignments: []agency.Assignment{a}, Replace: f.Has("thay", "1")}
		err := h.write(p, c.Command, h.assigns(p.Today()), func(tx *db.Tx) error {
			_, err := h.o.Assigned.Assign(p.Context(), tx, c)
			return err
		})
		if err == nil {
			return p.Redirect(pathOf(m.set.ID, m.code) + "?xong=1")
		}
		if err = f.FailWith(known(err)); err != nil {
			return err
		}
	}
	return h.oneAgain(p, http.StatusUnprocessableEntity)
}

// known shows what does not exist at its field of the form, where it was
// chosen, and not as a missing page.
func known(err error) error {
	rows := fault.Rows(err)
	if len(rows) == 0 || fault.CodeOf(err) != fault.NotFound {
		return err
	}
	var out []*fault.Error
	for _, r := range rows {
		bad := *r
		bad.Code = fault.Invalid
		out = append(out, &bad)
	}
	return fault.Join(out...)
}

func pathOf(set, code string) string {
	return "/phan-cong/" + url.PathEscape(set) + "/" + url.PathEscape(code)
}

// end ends or takes back an assignment of either kind.
func (h *Pages) end(p *web.Page) error {
	f := p.Form()
	var a agency.Assignment
	var found bool
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		a, found, err = h.o.Assigned.Find(p.Context(), tx, f.Value("ma-phan-cong"))
		return err
	})
	if err != nil {
		return err
	}
	if !found {
		return web.NotFound()
	}
	back, again, may := pathOf(a.Set, a.Code), h.oneAgain, h.assigns(p.Today())
	if a.Duty == agency.Follows {
		back, again, may = "/phan-cong/dia-ban/"+url.PathEscape(a.Place), h.areaAgain, h.areasOf(p.Today(), a.Place)
	}
	if err := may(p.User().Subject); err != nil {
		return err
	}
	p.R.SetPathValue("xa", a.Place)
	p.R.SetPathValue("bo", a.Set)
	p.R.SetPathValue("ma", a.Code)
	c := agency.End{ID: a.ID, Until: readDay(f, "ngay-cuoi", day.None), Withdraw: f.Has("rut", "1"), Note: f.Value("ly-do")}
	if c.Until == day.None && !c.Withdraw && f.OK() {
		f.Fail("ngay-cuoi", "Hãy nhập ngày cuối có hiệu lực")
	}
	if f.OK() {
		err = h.write(p, c.Command, may, func(tx *db.Tx) error { return h.o.Assigned.End(p.Context(), tx, c) })
		if err == nil {
			return p.Redirect(back + "?xong=1")
		}
		if err = f.FailWith(err); err != nil {
			return err
		}
	}
	return again(p, http.StatusUnprocessableEntity)
}
