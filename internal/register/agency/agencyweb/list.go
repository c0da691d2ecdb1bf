package agencyweb

import (
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
)

// listModel is one criteria set with who is in charge of what.
type listModel struct {
	sets  []*law.Set
	set   *law.Set
	on    day.Day
	rows  []listRow
	gaps  agency.Gaps // of this set
	query string
	show  string // "" = criteria and what differs from them, "thieu" = gaps alone, "het" = every indicator
	may   bool
	done  bool
}

// listRow is a criterion or an indicator.
type listRow struct {
	Code, Name string
	Part       bool // an indicator below its criterion
	Lead       *agency.Held
	Own        bool // its own assignment, not its criterion's
	Split      bool // every indicator has its own agency
	Gap        *agency.Gap
	Suppliers  []agency.Held
	NoSupplier bool
}

func (h *Pages) list(p *web.Page) error {
	m, err := h.listModel(p)
	if err != nil {
		return err
	}
	return p.Render(listPage(p.Shell("Phân công phụ trách tiêu chí"), m))
}

func (h *Pages) listModel(p *web.Page) (m listModel, err error) {
	if m.on, err = h.day(p); err != nil {
		return m, err
	}
	m.query, m.show, m.may, m.done = p.Query("q"), p.Query("loc"), h.mayAssign(p), p.Query("xong") != ""
	m.sets = h.o.Assigned.SetsOf(m.on)
	if id := p.Query("bo"); id != "" {
		if m.set, err = h.o.Law.Set(id); err != nil {
			return m, err
		}
	} else if len(m.sets) > 0 {
		m.set = m.sets[0]
	}
	if m.set == nil {
		return m, nil
	}
	if !slices.Contains(m.sets, m.set) {
		m.sets = append(m.sets, m.set)
	}
	err = h.o.DB.Read(p.Context(), func(tx *db.Tx) error { return h.fill(tx, &m) })
	return m, err
}

// fill reads what stands for the set on the day.
func (h *Pages) fill(tx *db.Tx, m *listModel) error {
	gaps, err := h.o.Assigned.Gaps(tx.Context(), tx, m.on, nil)
	if err != nil {
		return err
	}
	other := func(g agency.Gap) bool { return g.Set != m.set.ID }
	m.gaps = agency.Gaps{Leads: slices.DeleteFunc(gaps.Leads, other), Supplies: slices.DeleteFunc(gaps.Supplies, other)}
	for i := range m.set.Criteria {
		k := &m.set.Criteria[i]
		whole, err := h.rowOf(tx, m, k.Code, k.Name)
		if err != nil {
			return err
		}
		var parts []listRow
		own := 0
		for slot := k.First; slot < k.End; slot++ {
			ind := &m.set.Indicators[slot]
			if ind.Code == k.Code {
				continue // a criterion of one indicator of the same number
			}
			r, err := h.rowOf(tx, m, ind.Code, ind.Name)
			if err != nil {
				return err
			}
			r.Part = true
			if r.Own {
				own++
			}
			if m.wants(&r) {
				parts = append(parts, r)
			}
		}
		whole.Split = whole.Lead == nil && own > 0 && whole.Gap == nil
		if len(parts) > 0 || m.wants(&whole) {
			m.rows = append(append(m.rows, whole), parts...)
		}
	}
	return nil
}

func (h *Pages) rowOf(tx *db.Tx, m *listModel, code, name string) (r listRow, err error) {
	r = listRow{Code: code, Name: name}
	field := agency.FieldOf{Set: m.set.ID, Code: code}
	lead, ok, err := h.o.Assigned.InCharge(tx.Context(), tx, field, m.on)
	if err != nil {
		return r, err
	}
	if ok {
		r.Lead, r.Own = &lead, lead.Code == code
	}
	if r.Suppliers, err = h.o.Assigned.Suppliers(tx.Context(), tx, field, m.on); err != nil {
		return r, err
	}
	r.Suppliers = slices.DeleteFunc(r.Suppliers, func(s agency.Held) bool { return s.Code != code })
	for i := range m.gaps.Leads {
		if m.gaps.Leads[i].Code == code {
			r.Gap = &m.gaps.Leads[i]
		}
	}
	r.NoSupplier = slices.ContainsFunc(m.gaps.Supplies, func(g agency.Gap) bool { return g.Code == code })
	return r, nil
}

// wants tells whether a row is to be shown.
func (m *listModel) wants(r *listRow) bool {
	if m.query != "" {
		text := r.Code + " " + r.Name
		if r.Lead != nil && r.Lead.Settled() {
			text += " " + r.Lead.Body.Name + " " + r.Lead.Body.Short
		}
		for i := range r.Suppliers {
			text += " " + r.Suppliers[i].Body.Name + " " + r.Suppliers[i].Body.Short
		}
		if !strings.Contains(vntext.Fold(text), vntext.Fold(m.query)) {
			return false
		}
	}
	switch m.show {
	case "thieu":
		return r.Gap != nil || r.NoSupplier
	case "het":
		return true
	}
	return !r.Part || r.Own || r.Gap != nil || r.NoSupplier || len(r.Suppliers) > 0 || m.query != ""
}

// led is how many criteria have an agency in charge.
func (m *listModel) led() int {
	open := map[string]bool{}
	for _, g := range m.gaps.Leads {
		if slot, ok := m.set.Slot(g.Code); ok {
			open[m.set.Criteria[m.set.At(slot).Criterion].Code] = true
		} else {
			open[g.Code] = true
		}
	}
	return len(m.set.Criteria) - len(open)
}
