package app

import (
	"giuchuan/internal/feature/review/matrix"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/exchange"
	"giuchuan/internal/view/exchange/exchangeweb"
	"giuchuan/internal/view/rounds"
	"giuchuan/internal/view/rounds/roundsweb"
	"giuchuan/internal/view/worksheet"
)

// bookRoutes are the workbooks, /bang-tinh.
func (a *App) bookRoutes(s *Server) []web.Route {
	turns := a.Rounds(s.cfg.Province)
	return exchangeweb.New(exchangeweb.Options{
		DB: a.DB, Rounds: turns, Mappings: matrix.New(a.Law), Wait: s.board.WaitFor,
		Exchange: &exchange.Exchange{Review: a.Review, Rounds: turns, Law: a.Law, Places: a.Places, Province: s.cfg.Province},
	}).Routes()
}

// roundRoutes are the review rounds, /dot-ra-soat.
func (a *App) roundRoutes(s *Server) []web.Route {
	return roundsweb.New(roundsweb.Options{
		DB: a.DB, Rounds: a.Rounds(s.cfg.Province), Law: a.Law, Places: a.Places, Province: s.cfg.Province, Wait: s.board.WaitFor,
		Reader: &rounds.Reader{
			Board: s.board, Places: a.Places, Sheets: &worksheet.Reader{Board: s.board, Law: a.Law, Places: a.Places},
		},
		Sight: func(p *web.Page) func(string) bool { return a.sight(p) },
	}).Routes()
}
