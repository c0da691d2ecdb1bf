package deskweb

import (
	"net/http"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/desk"

	"github.com/a-h/templ"
)

// districtModel is the working side of a district's page.
type districtModel struct {
	*desk.District
	unit   place.Unit
	rounds []board.Round
	today  day.Day
	done   string
}

// District is the working side of a district's page, for the page of its
// communes to show; nil where no round asks anything of them.
func (h *Pages) District(p *web.Page, unit place.Unit) (templ.Component, error) {
	m, err := h.districtModel(p, unit)
	if err != nil || m == nil {
		return nil, err
	}
	return districtPart(m), nil
}

func (h *Pages) districtModel(p *web.Page, unit place.Unit) (*districtModel, error) {
	r, ok := h.o.Desk.Round(p.Query("ky"))
	if !ok {
		return nil, nil
	}
	m := &districtModel{unit: unit, rounds: h.o.Desk.Rounds(), today: p.Today(), done: done(p)}
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) error {
		files, err := desk.FilesOf(tx, r.Period)
		if err != nil {
			return err
		}
		var some bool
		m.District, some, err = h.o.Desk.District(p.Context(), h.person(p), unit, r, files)
		if !some {
			m = nil
		}
		return err
	})
	return m, err
}

var (
	msgNoDistrict = fault.Msg{Key: "desk.no_district", Text: "không có huyện, thành phố nào mang mã {code}"}
	msgNoRound    = fault.Msg{Key: "desk.no_round", Text: "chưa có đợt rà soát nào mở cho các xã của {name}"}
)

// verifyDistrict verifies the unchanged lines of a whole district in one act.
func (h *Pages) verifyDistrict(p *web.Page) error {
	unit, ok := h.o.Places.At(p.Today()).ByCode(p.Path("code"))
	if !ok || unit.Level != place.District {
		return fault.New(fault.NotFound, msgNoDistrict, "code", fault.Clip(p.Path("code")))
	}
	if !h.o.Desk.Works(h.person(p), unit.ID) {
		return fault.New(fault.Forbidden, msgNot, "act", "thẩm tra")
	}
	r, ok := h.o.Desk.Round(p.Query("ky"))
	if !ok {
		p.Form().Fail("", sentence(fault.New(fault.NotFound, msgNoRound, "name", unit.FullName).Vietnamese()))
		return p.Invalid(districtAgain(p.Shell(unit.FullName), p.Form(), nil))
	}
	tree := h.o.Places.At(p.Today())
	n, err := h.carry(p, round.ActVerify, r.Period, func(id string) bool { return tree.Within(id, unit.ID) })
	if err == nil {
		return p.Redirect("/huyen/" + unit.Code + "?ky=" + r.Period.String() + "&xong=tham-tra&so=" + itoa(n) + "#ra-soat")
	}
	if err := blame(p.Form(), err); err != nil {
		return err
	}
	m, err := h.districtModel(p, unit)
	if err != nil {
		return err
	}
	return p.RenderStatus(http.StatusUnprocessableEntity, districtAgain(p.Shell(unit.FullName), p.Form(), m))
}
