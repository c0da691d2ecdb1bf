package deskweb

import (
	"slices"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/desk"
)

// agenciesModel is the agencies that have something to do, and what waits there.
type agenciesModel struct {
	round board.Round
	open  bool // there is a round
	rows  []agencyRow
}

type agencyRow struct {
	Body   agency.Agency
	Duties desk.Duties
	desk.Load
}

// agencies lists the agencies whose pages the person may open; who may open none
// is refused.
func (h *Pages) agencies(p *web.Page) error {
	m := &agenciesModel{}
	m.round, m.open = h.o.Desk.Round(p.Query("ky"))
	who, some := h.person(p), false
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) error {
		for _, a := range h.o.Assigned.Agencies().At(p.Today()) {
			if a.PlaceID != "" || !h.o.Desk.MayReadAgency(who, a.ID) {
				continue
			}
			some = true
			d, err := h.duties(p, tx, a.ID)
			if err != nil {
				return err
			}
			if !d.None() {
				m.rows = append(m.rows, agencyRow{Body: a, Duties: d})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if !some {
		return fault.New(fault.Forbidden, msgAgency)
	}
	if m.open {
		var all []desk.Duties
		for i := range m.rows {
			all = append(all, m.rows[i].Duties)
		}
		for i, l := range h.o.Desk.Loads(m.round, all, p.Today()) {
			m.rows[i].Load = l
		}
	}
	slices.SortStableFunc(m.rows, func(a, b agencyRow) int { return b.Waiting - a.Waiting })
	return p.Render(agenciesPage(p.Shell("Bảng của các cơ quan phụ trách"), m))
}
