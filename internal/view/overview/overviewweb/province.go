package overviewweb

import (
	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/place/placeweb"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/overview"

	"github.com/a-h/templ"
)

// provinceView is Toàn cảnh tỉnh with how far the round is and what changed since
// the last one was closed.
type provinceView struct {
	*overview.Overview
	Title    string
	Progress *overview.Progress // nil where there was no round yet
	Since    string             // name of the last closed round, "" = none
	Changes  []overview.Change
	More     templ.Component // what else waits for the leaders, nil = nothing
	Mores    int             // how many that is
	Ask      string          // address of "Giao việc", "" for who may not
}

// province shows Toàn cảnh tỉnh.
func (h *Pages) province(p *web.Page) error {
	on, err := h.day(p)
	if err != nil {
		return err
	}
	s, err := h.opt.Board.Standing(p.Context(), on)
	if err != nil {
		return err
	}
	shell, sight := p.Shell(Title(p.User(), h.opt.Places)), h.sight(p)
	o := overview.Build(s, h.opt.Totals, sight)
	progress, past, err := h.rounds(p, sight)
	if err != nil {
		return err
	}
	v := &provinceView{Overview: o, Title: heading(shell.Title), Progress: progress, Changes: past.Changes(s, sight)}
	if past != nil {
		v.Since = past.Round
	}
	if v.More, v.Mores, err = h.decide(p, on); err != nil {
		return err
	}
	v.Ask = h.assign(p, "", "")
	return p.Render(provincePage(shell.With("atlas"), v, h.mapOf(shell, s, sight, o)))
}

// atlas shows the map alone, with the same figures as a table.
func (h *Pages) atlas(p *web.Page) error {
	on, err := h.day(p)
	if err != nil {
		return err
	}
	s, err := h.opt.Board.Standing(p.Context(), on)
	if err != nil {
		return err
	}
	shell, sight := p.Shell("Bản đồ"), h.sight(p)
	o := overview.Build(s, h.opt.Totals, sight)
	return p.Render(atlasPage(shell.With("atlas"), o, h.mapOf(shell, s, sight, o)))
}

// mapOf says of every commune of the day how it stands.
func (h *Pages) mapOf(shell web.Shell, s *board.Standing, sight overview.Sight, o *overview.Overview) placeweb.View {
	v := placeweb.View{
		Chart: h.opt.Atlas.At(s.On), Marks: map[string]placeweb.Mark{},
		Label: "Bản đồ các xã theo tình trạng giữ chuẩn; bảng trên trang này nêu cùng số liệu",
	}
	tree := h.opt.Places.At(s.On)
	for i := range v.Chart.Shapes {
		id := v.Chart.Shapes[i].Place
		if u, ok := tree.Unit(id); ok {
			m := placeweb.Mark{Fill: placeweb.FillUntitled, Title: u.FullName}
			if !u.IsXa() {
				m.Fill = placeweb.FillOutside
				m.Title += ": ngoài phạm vi bộ tiêu chí xã"
			} else if !sight.Sees(id) {
				m.Title += ": ngoài phạm vi được xem"
			} else {
				m.Title += ": chưa có mức công nhận trong dữ liệu"
			}
			v.Marks[id] = m
		}
	}
	for _, a := range s.Sets {
		for i := range a.Units {
			u := &a.Units[i]
			if !sight.Sees(u.ID) {
				continue
			}
			g := sign(review.SituationOf(&a.Standing.Communes[i]))
			v.Marks[u.ID] = placeweb.Mark{
				Fill: g.Fill, Letter: g.Letter, Href: at(shell, s.On, "/xa/"+u.Code),
				Title: u.FullName + ": " + g.Text + " (" + a.Set.Title.Vietnamese() + ")",
			}
		}
	}
	for i := range s.Held {
		if w := &s.Held[i]; w.State == recognition.Waiting && sight.Sees(w.Unit.ID) {
			v.Marks[w.Unit.ID] = placeweb.Mark{
				Fill: placeweb.FillWait, Letter: "Q", Title: w.Unit.FullName + ": chờ quyết định công nhận", Href: at(shell, s.On, "/xa/"+w.Unit.Code),
			}
		}
	}
	v.Signs = legend(o)
	return v
}

// legend explains the fills that the map uses.
func legend(o *overview.Overview) []placeweb.Sign {
	var out []placeweb.Sign
	for i := range o.Rows {
		if o.Rows[i].Count > 0 {
			out = append(out, sign(o.Rows[i].Situation))
		}
	}
	if len(o.Waiting) > 0 {
		out = append(out, placeweb.Sign{Fill: placeweb.FillWait, Letter: "Q", Text: "chờ quyết định"})
	}
	return append(out,
		placeweb.Sign{Fill: placeweb.FillUntitled, Text: "chưa công nhận"},
		placeweb.Sign{Fill: placeweb.FillOutside, Text: "phường, thị trấn"})
}

// heading is the h1: of the province in full, of a smaller scope by its name.
func heading(title string) string {
	if title == "Toàn cảnh tỉnh" {
		return "Toàn cảnh giữ chuẩn nông thôn mới"
	}
	return title
}
