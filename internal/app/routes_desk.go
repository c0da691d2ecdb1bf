package app

import (
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/desk"
	"giuchuan/internal/view/desk/deskweb"
)

// deskPages makes the pages at which offices work a round off.
func (a *App) deskPages(s *Server) *deskweb.Pages {
	d := &desk.Desk{
		Board: s.board, Law: a.Law, Places: a.Places,
		Directives: &desk.Directives{Index: s.watch.index, Name: s.watch.name, Province: s.watch.province},
	}
	return deskweb.New(deskweb.Options{
		DB: a.DB, Desk: d, Counter: desk.NewCounter(d), Evidence: s.files, Assigned: s.assigned, Law: a.Law, Places: a.Places,
		Rounds: a.Rounds(s.cfg.Province), Tasks: s.watch.parts.Unit, Ask: s.askPath, Links: s.followLinks,
	})
}

// withWork puts what waits for a person before the other entries of the
// navigation.
func (s *Server) withWork(nav func(*web.Page) []web.Link) func(*web.Page) []web.Link {
	return func(p *web.Page) []web.Link {
		if p.User() == nil {
			return nav(p)
		}
		return append([]web.Link{{Text: "Việc của tôi", Path: "/viec-cua-toi", Count: s.desk.Waiting(p)}}, nav(p)...)
	}
}
