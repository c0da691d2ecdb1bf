package app

import (
	"context"
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/account/accountweb"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/criteria/criteriaweb"
	"giuchuan/internal/register/place"
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
		Board: s.board, Law: a.Law, Places: a.Places, Atlas: atlas, Totals: totals, Sight: a.sight,
	})
	commune := dossierweb.New(dossierweb.Options{
		DB: a.DB, Board: s.board, Review: a.Review, Titles: a.Recognition, Law: a.Law, Places: a.Places, Atlas: atlas,
		Province: s.cfg.Province, Sight: func(p *web.Page) func(string) bool { return a.sight(p) },
	})
	sets := handbookweb.New(handbookweb.Options{
		DB: a.DB, Law: a.Law, Places: a.Places, Criteria: a.Criteria, Province: s.cfg.Province,
	})
	journal := entriesweb.New(entriesweb.Options{
		DB: a.DB, Places: a.Places, Province: s.cfg.Province, Key: s.cfg.JournalKey,
		Reader: &entries.Reader{Law: a.Law, Places: a.Places, Keys: criteria.NewReader(a.Law), Actors: s.accounts, Tables: Tables()},
		Check:  entries.NewCheck(ctx, a.DB, Tables()),
		Sight:  func(p *web.Page) func(string) bool { return a.sight(p) },
	})
	finder := searchweb.New(searchweb.Options{
		Engine: search.New(search.Options{
			DB: a.DB, Law: a.Law, Places: a.Places, Agencies: s.agencies, Decisions: a.Criteria, Titles: a.Recognition,
			Position: func() int64 { position, _ := s.board.Position(); return position },
		}),
		Sight: func(p *web.Page) func(string) bool { return a.sight(p) },
	})
	rules := criteriaweb.New(criteriaweb.Options{DB: a.DB, Law: a.Law, Places: a.Places, Criteria: a.Criteria, Province: s.cfg.Province})
	var all []web.Route
	for _, part := range [][]web.Route{
		portalweb.New(accountweb.Home).Routes(),
		door.Routes(),
		province.Routes(),
		commune.Routes(),
		sets.Routes(),
		rules.Routes(),
		journal.Routes(),
		finder.Routes(),
	} {
		all = append(all, part...)
	}
	return all, nil
}

// sight tells which communes the person behind a request may see whole: those
// below a place of their grants, on the day the commune existed that is nearest
// to today. A grant for single criteria opens no commune. A province reaches the
// provinces it was made of and became; any other place only those it was made of.
func (a *App) sight(p *web.Page) overview.Sight {
	u := p.User()
	if u == nil {
		return func(string) bool { return false }
	}
	var roots []string
	for _, area := range authz.Areas(u.Subject) {
		if area.Fields == nil {
			roots = append(roots, area.Place)
		}
	}
	today, near := p.Today(), map[day.Day][]string{}
	return func(placeID string) bool {
		unit, ok := a.Places.Latest(placeID)
		if !ok {
			return false
		}
		on := min(max(today, unit.Began), unit.Ended)
		if near[on] == nil {
			near[on] = a.kin(roots, on)
		}
		tree := a.Places.At(on)
		return slices.ContainsFunc(near[on], func(root string) bool { return tree.Within(placeID, root) })
	}
}

// kin is the places of a day that grants at other days' places reach.
func (a *App) kin(roots []string, on day.Day) []string {
	out := slices.Clone(roots)
	for _, root := range roots {
		heirs := a.Places.Predecessors(root, on)
		if u, ok := a.Places.Latest(root); ok && u.Level == place.Province {
			heirs = append(heirs, a.Places.Successors(root, on)...)
		}
		for _, h := range heirs {
			out = append(out, h.Unit.ID)
		}
	}
	return out
}
