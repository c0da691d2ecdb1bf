package agencyweb

import (
	"net/http"
	"net/url"
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

// areasModel is the communes a person assigns offices to.
type areasModel struct {
	groups    []areaGroup
	districts []place.Unit // to choose from; none where there is one group
	chosen    string       // code of the district shown, "" = all
	offices   []string     // named before, as suggestions
	gaps, all int          // recognised communes without an office, and all of them
	on        day.Day
	form      *web.Form
	done      bool
}

// areaGroup is the communes whose offices belong to one UBND.
type areaGroup struct {
	Body agency.Agency
	Rows []areaRow
	Gaps int
}

// areaRow is one commune.
type areaRow struct {
	Unit       place.Unit
	Offices    []agency.Held
	Recognised bool
}

func (h *Pages) areas(p *web.Page) error { return h.areasAgain(p, http.StatusOK) }

func (h *Pages) areasAgain(p *web.Page, status int) error {
	m, err := h.areasModel(p)
	if err != nil {
		return err
	}
	return p.RenderStatus(status, areasPage(p.Shell("Phân công theo dõi địa bàn"), m))
}

func (h *Pages) areasModel(p *web.Page) (m areasModel, err error) {
	m.on, m.form, m.done, m.chosen = p.Today(), p.Form(), p.Query("xong") != "", p.Query("huyen")
	tree := h.o.Places.At(m.on)
	province, _ := tree.ByCode(h.o.Province)
	var mine []place.Unit
	for _, u := range tree.Communes(province.ID) {
		if u.IsXa() && h.mayArea(p, u.ID) {
			mine = append(mine, u)
		}
	}
	if len(mine) == 0 {
		return m, fault.New(fault.Forbidden, msgNotYours)
	}
	if p.R.Method == http.MethodGet {
		m.form.Set("tu-ngay", m.on.Vietnamese())
	}
	err = h.o.DB.Read(p.Context(), func(tx *db.Tx) error {
		held, err := h.o.Recognised(p.Context(), tx, m.on)
		if err != nil {
			return err
		}
		for _, u := range mine {
			row := areaRow{Unit: u, Recognised: slices.ContainsFunc(held, func(x place.Unit) bool { return x.ID == u.ID })}
			if row.Offices, err = h.o.Assigned.OfficesOf(p.Context(), tx, u.ID, m.on); err != nil {
				return err
			}
			h.add(&m, tree, row)
		}
		list, err := h.o.Assigned.List(p.Context(), tx)
		for i := range list {
			if o := list[i].Office; o != "" && !slices.Contains(m.offices, o) && h.mayArea(p, list[i].Place) {
				m.offices = append(m.offices, o)
			}
		}
		slices.Sort(m.offices)
		return err
	})
	return m, err
}

// add puts a commune into the group of its UBND.
func (h *Pages) add(m *areasModel, tree *place.Tree, row areaRow) {
	for _, u := range tree.Path(row.Unit.ID) {
		if u.Level == place.District {
			if !slices.ContainsFunc(m.districts, func(d place.Unit) bool { return d.ID == u.ID }) {
				m.districts = append(m.districts, u)
			}
			if m.chosen != "" && u.Code != m.chosen {
				return
			}
		}
	}
	body, _ := h.o.Assigned.Agencies().Above(row.Unit.ID, m.on)
	if body.Kind == agency.OfCommune {
		body = agency.Agency{Name: "Các xã (phòng, ban thuộc UBND xã)"}
	}
	i := slices.IndexFunc(m.groups, func(g areaGroup) bool { return g.Body.ID == body.ID })
	if i < 0 {
		i = len(m.groups)
		m.groups = append(m.groups, areaGroup{Body: body})
	}
	m.groups[i].Rows = append(m.groups[i].Rows, row)
	if row.Recognised {
		m.all++
		if len(row.Offices) == 0 {
			m.gaps++
			m.groups[i].Gaps++
		}
	}
}

// assignAreas gives the chosen communes one office.
func (h *Pages) assignAreas(p *web.Page) error {
	f := p.Form()
	c := agency.Assign{Replace: f.Has("thay", "1")}
	may := h.areasOf(p.Today(), f.All("xa")...)
	if err := may(p.User().Subject); err != nil {
		return err
	}
	for _, id := range f.All("xa") {
		a := terms(f, agency.Assignment{Duty: agency.Follows, Place: id, Office: f.Value("phong")})
		if body, ok := h.o.Assigned.Agencies().Above(id, a.From); ok {
			a.Agency = body.ID
		}
		c.Assignments = append(c.Assignments, a)
	}
	if len(c.Assignments) == 0 && f.OK() {
		f.Fail("phong", "Hãy chọn ít nhất một xã trong bảng")
	}
	if f.OK() {
		err := h.write(p, c.Command, may, func(tx *db.Tx) error {
			_, err := h.o.Assigned.Assign(p.Context(), tx, c)
			return err
		})
		if err == nil {
			return p.Redirect("/phan-cong/dia-ban?xong=1&huyen=" + url.QueryEscape(p.Query("huyen")))
		}
		if err = f.FailWith(first(known(err))); err != nil {
			return err
		}
	}
	return h.areasAgain(p, http.StatusUnprocessableEntity)
}

// first keeps one fault of each field: what lacks, lacks for every commune that
// was chosen.
func first(err error) error {
	rows := fault.Rows(err)
	var out []*fault.Error
	for _, r := range rows {
		if !slices.ContainsFunc(out, func(o *fault.Error) bool { return o.Field == r.Field && o.Vietnamese() == r.Vietnamese() }) {
			out = append(out, r)
		}
	}
	if len(out) == 0 {
		return err
	}
	return fault.Join(out...)
}

// areaModel is one commune with its offices, past ones too.
type areaModel struct {
	unit    place.Unit
	body    agency.Agency
	offices []agency.Held
	history []agency.Version
	live    []agency.Version
	names   map[string]string
	on      day.Day
	form    *web.Form
	done    bool
}

func (h *Pages) area(p *web.Page) error { return h.areaAgain(p, http.StatusOK) }

func (h *Pages) areaAgain(p *web.Page, status int) error {
	id := p.Path("xa")
	u, ok := h.o.Places.Unit(id, p.Today())
	if !ok || u.Level != place.Commune {
		return web.NotFound()
	}
	if !h.mayArea(p, id) {
		return fault.New(fault.Forbidden, msgNotYours)
	}
	m := areaModel{unit: u, on: p.Today(), form: p.Form(), done: p.Query("xong") != ""}
	m.body, _ = h.o.Assigned.Agencies().Above(id, m.on)
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		if m.offices, err = h.o.Assigned.OfficesOf(p.Context(), tx, id, m.on); err != nil {
			return err
		}
		m.history, err = h.o.Assigned.History(p.Context(), tx, agency.Assignment{Place: id})
		return err
	})
	if err != nil {
		return err
	}
	m.names, m.live = h.namesOf(m.history), h.live(m.history, m.on)
	return p.RenderStatus(status, areaPage(p.Shell("Theo dõi "+u.Title()), m))
}
