package agencyweb

import (
	"net/http"
	"strconv"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
)

// proposeModel is what a criteria set says of everything that nobody has.
type proposeModel struct {
	set    *law.Set
	rows   []agency.Proposal
	bodies []web.Choice
	form   *web.Form
}

// settled counts the rows that name one agency.
func (m *proposeModel) settled() (n int) {
	for i := range m.rows {
		if m.rows[i].Settled() {
			n++
		}
	}
	return n
}

// field is the select box of a row.
func field(x *agency.Proposal) string { return string(x.Duty) + "-" + x.Code }

func (h *Pages) proposals(p *web.Page) error {
	if err := h.needAssign(p); err != nil {
		return err
	}
	return h.proposalsAgain(p, http.StatusOK)
}

func (h *Pages) proposeModel(p *web.Page) (m proposeModel, err error) {
	id := p.Query("bo")
	if id == "" {
		id = p.Form().Value("bo")
	}
	if m.set, err = h.o.Law.Set(id); err != nil {
		return m, err
	}
	m.form, m.bodies = p.Form(), h.bodies(p.Today())
	m.bodies[0].Text = "Không ghi dòng này"
	err = h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		m.rows, err = h.o.Assigned.Propose(p.Context(), tx, m.set.ID, p.Today())
		return err
	})
	return m, err
}

func (h *Pages) proposalsAgain(p *web.Page, status int) error {
	m, err := h.proposeModel(p)
	if err != nil {
		return err
	}
	if p.R.Method == http.MethodGet {
		m.form.Set("tu-ngay", p.Today().Vietnamese())
		for i := range m.rows {
			m.form.Set(field(&m.rows[i]), m.rows[i].Agency.ID)
		}
	}
	return p.RenderStatus(status, proposePage(p.Shell("Đề xuất theo bộ tiêu chí"), m))
}

// accept records the rows for which an agency was chosen, as one command. What
// stands for them is an agency's that has ended, or the criterion's.
func (h *Pages) accept(p *web.Page) error {
	if err := h.needAssign(p); err != nil {
		return err
	}
	m, err := h.proposeModel(p)
	if err != nil {
		return err
	}
	f := p.Form()
	base := terms(f, agency.Assignment{Set: m.set.ID})
	c := agency.Assign{Replace: true}
	for i := range m.rows {
		if body := f.Value(field(&m.rows[i])); body != "" {
			a := base
			a.Duty, a.Code, a.Agency = m.rows[i].Duty, m.rows[i].Code, body
			c.Assignments = append(c.Assignments, a)
		}
	}
	if len(c.Assignments) == 0 && f.OK() {
		f.Fail("tu-ngay", "Chưa chọn cơ quan cho dòng nào")
	}
	if f.OK() {
		err := h.write(p, c.Command, h.assigns(p.Today()), func(tx *db.Tx) error {
			_, err := h.o.Assigned.Assign(p.Context(), tx, c)
			return err
		})
		if err == nil {
			return p.Redirect("/phan-cong?bo=" + m.set.ID + "&xong=1")
		}
		if err = f.FailWith(whole(known(err))); err != nil {
			return err
		}
	}
	return h.proposalsAgain(p, http.StatusUnprocessableEntity)
}

// whole tells the faults of agencies at the top: the message names the row.
func whole(err error) error {
	var out []*fault.Error
	for _, r := range fault.Rows(err) {
		if r.Field == "co-quan" {
			r = r.At("")
		}
		out = append(out, r)
	}
	if len(out) == 0 {
		return err
	}
	return fault.Join(out...)
}

func itoa(n int) string { return strconv.Itoa(n) }
