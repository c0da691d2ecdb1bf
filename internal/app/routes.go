package app

import (
	"context"

	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/account"
	"giuchuan/internal/register/account/accountweb"
	"giuchuan/internal/register/agency/agencyweb"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/criteria/criteriaweb"
	"giuchuan/internal/register/evidence/evidenceweb"
	"giuchuan/internal/register/place/placeweb"
	"giuchuan/internal/view/dossier/dossierweb"
	"giuchuan/internal/view/entries"
	"giuchuan/internal/view/entries/entriesweb"
	"giuchuan/internal/view/handbook/handbookweb"
	"giuchuan/internal/view/overview"
	"giuchuan/internal/view/overview/overviewweb"
	"giuchuan/internal/view/portal/portalweb"
	"giuchuan/internal/view/search"
	"giuchuan/internal/view/search/searchweb"
	"giuchuan/reference"
)

// routes is the table of every address of the product.
func (a *App) routes(ctx context.Context, s *Server, door *accountweb.Pages) ([]web.Route, error) {
	atlas, err := placeweb.LoadAtlas(a.Places)
	if err != nil {
		return nil, err
	}
	totals, err := overview.LoadTotals(reference.FS())
	if err != nil {
		return nil, err
	}
	province := overviewweb.New(overviewweb.Options{
		Board: s.board, Law: a.Law, Places: a.Places, Atlas: atlas, Totals: totals, Sight: a.sight, Work: s.watch.parts.District(s.desk.District),
		DB: a.DB, Record: a.Review, Province: s.cfg.Province, Decide: s.watch.parts.Decide, Ask: s.askPath,
	})
	commune := dossierweb.New(dossierweb.Options{
		DB: a.DB, Board: s.board, Review: a.Review, Titles: a.Recognition, Law: a.Law, Places: a.Places, Atlas: atlas,
		Province: s.cfg.Province, Sight: func(p *web.Page) func(string) bool { return a.sight(p) }, Ask: s.askPath, Tasks: s.watch.parts.Commune,
	})
	sets := handbookweb.New(handbookweb.Options{
		DB: a.DB, Law: a.Law, Places: a.Places, Criteria: a.Criteria, Province: s.cfg.Province,
	})
	files := evidenceweb.New(evidenceweb.Options{
		DB: a.DB, Evidence: s.files, Objects: subjectObjects{a, a.Rounds(s.cfg.Province)}, Law: a.Law, Posts: account.Posts,
	})
	duties := agencyweb.New(agencyweb.Options{
		DB: a.DB, Assigned: s.assigned, Law: a.Law, Places: a.Places, Province: s.cfg.Province, Recognised: a.Recognised, Who: s.who,
	})
	journal := entriesweb.New(entriesweb.Options{
		DB: a.DB, Places: a.Places, Province: s.cfg.Province, Key: s.cfg.JournalKey,
		Reader: &entries.Reader{Law: a.Law, Places: a.Places, Keys: criteria.NewReader(a.Law), Actors: s.accounts, Tables: Tables()},
		Check:  entries.NewCheck(ctx, a.DB, Tables()),
		Sight:  func(p *web.Page) func(string) bool { return a.sight(p) },
	})
	var all []web.Route
	for _, part := range [][]web.Route{
		portalweb.New(accountweb.Home).Routes(),
		door.Routes(),
		province.Routes(),
		commune.Routes(),
		sets.Routes(),
		files.Routes(),
		duties.Routes(),
		criteriaweb.New(criteriaweb.Options{DB: a.DB, Law: a.Law, Places: a.Places, Criteria: a.Criteria, Province: s.cfg.Province, Who: s.who}).Routes(),
		journal.Routes(),
		a.searchRoutes(s),
		a.demoRoutes(s.cfg.Demo),
		a.bookRoutes(s),
		append(a.roundRoutes(s), a.sheetRoutes(s)...),
		append(s.desk.Routes(), a.followRoutes(s)...),
	} {
		all = append(all, part...)
	}
	directives, err := a.directiveRoutes(ctx, s)
	return append(append(all, directives...), s.tasks.Routes()...), err
}

// searchRoutes are the pages of the search over everything, /tim.
func (a *App) searchRoutes(s *Server) []web.Route {
	return searchweb.New(searchweb.Options{
		Engine: search.New(search.Options{
			DB: a.DB, Law: a.Law, Places: a.Places, Agencies: s.assigned.Agencies(), Decisions: a.Criteria, Titles: a.Recognition,
			Position: func() int64 { position, _ := s.board.Position(); return position },
		}),
		Sight: func(p *web.Page) func(string) bool { return a.sight(p) },
	}).Routes()
}
