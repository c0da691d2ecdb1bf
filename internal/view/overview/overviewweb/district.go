package overviewweb

import (
	"slices"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/overview"

	"github.com/a-h/templ"
)

var msgNoDistrict = fault.Msg{Key: "overview.no_district", Text: "ngày {day} không có huyện, thành phố nào mang mã {code}; từ ngày 01/7/2025 không còn cấp huyện"}

var msgOutOfSight = fault.Msg{Key: "overview.out_of_sight", Text: "{name} ngoài phạm vi tài khoản này được xem"}

// district shows the communes of a district, the gravest first.
func (h *Pages) district(p *web.Page) error {
	on, err := h.day(p)
	if err != nil {
		return err
	}
	tree := h.opt.Places.At(on)
	d, ok := tree.ByCode(p.Path("code"))
	if !ok || d.Level != place.District {
		if story, err := h.opt.Places.Lineage(p.Path("code"), on); err == nil && p.Query("ngay") == "" {
			if last, ok := story.Past(on, func(id string) bool { u, ok := h.opt.Places.Latest(id); return ok && u.Level == place.District }); ok {
				return p.Redirect("/huyen/" + last.Code + "?ngay=" + last.Ended.String())
			}
		}
		return fault.New(fault.NotFound, msgNoDistrict, "day", on.Vietnamese(), "code", fault.Clip(p.Path("code")))
	}
	s, err := h.opt.Board.Standing(p.Context(), on)
	if err != nil {
		return err
	}
	v := &districtView{On: on.String(), Day: on.Vietnamese(), Unit: d}
	if last, ok := h.opt.Places.Latest(d.ID); ok && last.Ended < p.Today() {
		v.Ended = last.Ended.Vietnamese()
	}
	sight := h.sight(p)
	if sight != nil && !slices.ContainsFunc(tree.Communes(d.ID), func(u place.Unit) bool { return sight(u.ID) }) {
		return fault.New(fault.Forbidden, msgOutOfSight, "name", d.FullName)
	}
	held := slices.DeleteFunc(slices.Clone(s.Held), func(x recognition.Held) bool { return x.Unit.ParentID != d.ID })
	for _, set := range h.sets() {
		a, err := h.opt.Board.Assess(p.Context(), set, on)
		if err != nil {
			return err
		}
		t := &overview.Table{
			Assessment: a, Held: held, Tree: tree, Sight: sight,
			Tested: func(t law.Title) *law.Set { return h.opt.Law.TestedOn(t, on.Year()) },
		}
		m := t.Matrix(overview.Filter{District: d.Code})
		for _, g := range m.Groups {
			v.Sets = append(v.Sets, districtSet{set, g.Rows})
			v.Titled += len(g.Rows)
			v.Banner = v.Banner || m.Banner
		}
	}
	for i := range held {
		if x := &held[i]; x.State == recognition.Waiting && sight.Sees(x.Unit.ID) {
			v.Waiting = append(v.Waiting, x.Unit)
		}
	}
	v.untitled(tree, held, sight)
	if h.opt.Work != nil {
		if v.Work, err = h.opt.Work(p, d); err != nil {
			return err
		}
	}
	v.Ask = h.assign(p, d.ID, "")
	return p.Render(districtPage(p.Shell(d.FullName), v))
}

// districtView is the communes of a district.
type districtView struct {
	On, Day  string
	Ended    string // its last day, "" while there is such a district
	Unit     place.Unit
	Banner   bool
	Titled   int
	Sets     []districtSet
	Waiting  []place.Unit
	Untitled []place.Unit
	Outside  []place.Unit
	Work     templ.Component // nil = no round is open for the communes
	Ask      string          // address of "Giao việc", "" for who may not
}

// districtSet is the communes whose title is tested on a set.
type districtSet struct {
	Set  *law.Set
	Rows []overview.Line
}

func (v *districtView) untitled(tree *place.Tree, held []recognition.Held, sight overview.Sight) {
	for _, u := range tree.Communes(v.Unit.ID) {
		known := slices.ContainsFunc(held, func(x recognition.Held) bool { return x.Unit.ID == u.ID })
		switch {
		case !sight.Sees(u.ID):
		case !u.IsXa():
			v.Outside = append(v.Outside, u)
		case !known:
			v.Untitled = append(v.Untitled, u)
		}
	}
}
