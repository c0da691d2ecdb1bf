package directiveweb

import (
	"net/http"
	"slices"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
)

// readModel is a document beside what it asks: the page "Đọc văn bản chỉ đạo".
type readModel struct {
	*paper
	lines  []line
	open   string    // id of the duty whose form is open, "moi" = a new one
	edited *web.Form // of the open duty
	bodies []string  // names offered where a body is typed
	struck []directive.Duty
}

// newDuty opens the form of a duty that is to be added.
const newDuty = "moi"

func (h *Pages) read(p *web.Page) error {
	m, err := h.readModel(p)
	if err != nil {
		return err
	}
	if open := p.Query("sua"); m.may && open != "" {
		m.openForm(open)
	}
	return h.showRead(p, m, http.StatusOK)
}

func (h *Pages) showRead(p *web.Page, m *readModel, status int) error {
	return p.RenderStatus(status, readPage(p.Shell("Đọc "+m.title()).AsWide().With("directive"), m))
}

func (h *Pages) readModel(p *web.Page) (*readModel, error) {
	base, err := h.paper(p)
	m := &readModel{paper: base}
	if err != nil {
		return m, err
	}
	var text string
	err = h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		text, err = h.o.Directives.Text(p.Context(), tx, m.doc.ID)
		return err
	})
	m.lines = lines(text, m.live)
	m.struck = slices.DeleteFunc(slices.Clone(m.all), func(d directive.Duty) bool { return !d.Removed })
	return m, err
}

// openForm fills the form of the duty to be edited.
func (m *readModel) openForm(id string) {
	for _, a := range m.names.register.At(m.names.on) {
		m.bodies = append(m.bodies, a.Name)
	}
	for _, c := range m.names.register.Collectives(m.names.on) {
		m.bodies = append(m.bodies, c.Name)
	}
	if id == newDuty {
		m.open, m.edited = newDuty, web.NewForm("loai-han", string(directive.NoDeadline), "so-dong", itoa(blankRows))
		return
	}
	for i := range m.live {
		if m.live[i].ID == id {
			m.open, m.edited = id, formOf(&m.live[i], m.names)
		}
	}
}

// reopen shows a form again with what was typed and what is wrong.
func (h *Pages) reopen(p *web.Page, id string, err error) error {
	f := p.Form()
	if err != nil {
		if err = f.FailWith(err); err != nil {
			return err
		}
	}
	m, err := h.readModel(p)
	if err != nil {
		return err
	}
	m.openForm(id)
	if m.open != "" {
		m.edited, m.form = whole(f, m.edited), web.NewForm()
		return h.showRead(p, m, http.StatusUnprocessableEntity)
	}
	m.form = web.NewForm() // the duty has no form on the page: say it above
	for _, e := range f.Errors() {
		m.form.Fail("", e.Text)
	}
	return h.showRead(p, m, http.StatusUnprocessableEntity)
}

// whole is what was typed. Where that was a small form, with a reason or a
// choice alone, it is the whole form with that in it.
func whole(typed, full *web.Form) *web.Form {
	if typed.Has("noi-dung-nv") {
		return typed
	}
	for _, name := range []string{"ly-do", "cho-tach", "gop-voi"} {
		full.Set(name, typed.Value(name))
	}
	for _, e := range typed.Errors() {
		full.Fail(e.Field, e.Text)
	}
	return full
}
