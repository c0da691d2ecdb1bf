package app

import (
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
