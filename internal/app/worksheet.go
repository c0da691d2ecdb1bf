package app

import (
	"context"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/account"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/worksheet"
	"giuchuan/internal/view/worksheet/worksheetweb"
)

// sheetRoutes are the pages of phiếu rà soát.
func (a *App) sheetRoutes(s *Server) []web.Route {
	return worksheetweb.New(worksheetweb.Options{
		DB: a.DB, Board: s.board, Sheets: &worksheet.Reader{Board: s.board, Law: a.Law, Places: a.Places}, Rounds: a.Rounds(s.cfg.Province),
		Evidence: s.files, Contacts: s.assigned, Law: a.Law, Places: a.Places, Posts: account.Posts,
		Sight: func(p *web.Page) func(string) bool { return a.sight(p) },
	}).Routes()
}

// subjectObjects tells what permissions about evidence are decided by: where the
// commune's sheet of the period stands, or in a period without a round, a sheet
// that is still being made.
type subjectObjects struct {
	app    *App
	rounds *round.Service
}

// Objects gives one object for each indicator that reads a finding's quantity.
func (o subjectObjects) Objects(ctx context.Context, tx *db.Tx, s evidence.Subject) ([]authz.Object, error) {
	id, err := place.IDOf(s.Place)
	if err != nil || !s.IsCell() {
		return nil, nil //nolint:nilerr // a subject of no place is nobody's
	}
	period, err := day.PeriodOf(s.Period)
	path := o.app.pathAt(id, tx.Today())
	if err != nil || len(path) == 0 {
		return nil, nil //nolint:nilerr // as above
	}
	keys, err := criteria.Keys(ctx, tx, o.app.Law)
	if err != nil {
		return nil, err
	}
	now := authz.Object{PlacePath: path, State: authz.Draft, TwoTier: twoTier(period)}
	for _, m := range keys.Members(s.Measure) {
		found, err := o.rounds.Object(ctx, tx, round.Target{Place: id, Period: period, Set: m.Set.ID, Code: m.Set.At(m.Slot).Code})
		if fault.CodeOf(err) == fault.NotFound {
			continue // no round, or one without this set
		}
		if err != nil {
			return nil, err
		}
		now = found
		break
	}
	var out []authz.Object
	for _, m := range keys.Members(s.Measure) {
		now.Field = fieldOf(m.Set, m.Slot)
		out = append(out, now)
	}
	return out, nil
}
