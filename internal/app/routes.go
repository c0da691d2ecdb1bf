package app

import (
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/account"
	"giuchuan/internal/register/account/accountweb"
	"giuchuan/internal/register/agency/agencyweb"
	"giuchuan/internal/register/evidence/evidenceweb"
	"giuchuan/internal/register/place/placeweb"
	"giuchuan/internal/view/dossier/dossierweb"
	"giuchuan/internal/view/handbook/handbookweb"
	"giuchuan/internal/view/overview"
	"giuchuan/internal/view/overview/overviewweb"
	"giuchuan/internal/view/portal/portalweb"
	"giuchuan/reference"
)

// routes is the table of every address of the product.
func (a *App) routes(s *Server, door *accountweb.Pages) ([]web.Route, error) {
	atlas, err := placeweb.LoadAtlas(a.Places)
	if err != nil {
		return nil, err
	}
	totals, err := overview.LoadTotals(reference.FS())
	if err != nil {
		return nil, err
	}
	province := overviewweb.New(overviewweb.Options{
		Board: s.board, Law: a.Law, Places: a.Places, Atlas: atlas, Totals: totals, Sight: a.sight,
	})
	commune := dossierweb.New(dossierweb.Options{
		DB: a.DB, Board: s.board, Review: a.Review, Titles: a.Recognition, Law: a.Law, Places: a.Places, Atlas: atlas,
		Province: s.cfg.Province, Sight: func(p *web.Page) func(string) bool { return a.sight(p) },
	})
	sets := handbookweb.New(handbookweb.Options{
		DB: a.DB, Law: a.Law, Places: a.Places, Criteria: a.Criteria, Province: s.cfg.Province,
	})
	files := evidenceweb.New(evidenceweb.Options{
		DB: a.DB, Evidence: s.files, Objects: subjectObjects{a}, Law: a.Law, Posts: account.Posts,
	})
	duties := agencyweb.New(agencyweb.Options{
		DB: a.DB, Assigned: s.assigned, Law: a.Law, Places: a.Places, Province: s.cfg.Province, Recognised: a.Recognised,
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
	} {
		all = append(all, part...)
	}
	return all, nil
}
