package app

import (
	"giuchuan/internal/feature/review/matrix"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/exchange"
	"giuchuan/internal/view/exchange/exchangeweb"
)

// bookRoutes are the workbooks, /bang-tinh.
func (a *App) bookRoutes(s *Server) []web.Route {
	turns := a.Rounds(s.cfg.Province)
	return exchangeweb.New(exchangeweb.Options{
		DB: a.DB, Rounds: turns, Mappings: matrix.New(a.Law), Wait: s.board.WaitFor,
		Exchange: &exchange.Exchange{Review: a.Review, Rounds: turns, Law: a.Law, Places: a.Places, Province: s.cfg.Province},
	}).Routes()
}
