package app

import (
	"context"
	"slices"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/directiveweb"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/evidence"
)

// directiveRoutes are the pages of directives, /chi-dao.
func (a *App) directiveRoutes(ctx context.Context, s *Server) ([]web.Route, error) {
	blobs, err := OpenBlobs(ctx, a.cfg)
	if err != nil {
		return nil, err
	}
	return directiveweb.New(directiveweb.Options{
		DB: a.DB, Directives: s.duties.Directives, Reader: s.duties.Reader, Places: a.Places, Blobs: blobs, Evidence: s.files, Track: s.tasks.Slot,
		Called: func(ctx context.Context, tx *db.Tx, asker authz.Subject, id string) (string, error) {
			post, _, _, err := s.accounts.Called(ctx, tx, asker, id)
			return post, err
		},
	}).Routes(), nil
}

// namedBlobs lists every stored file that a row of the product names.
func namedBlobs(tx *db.Tx) ([]string, error) {
	files, err := evidence.Blobs(tx)
	if err != nil {
		return nil, err
	}
	originals, err := directive.Blobs(tx)
	if err != nil {
		return nil, err
	}
	all := append(files, originals...)
	slices.Sort(all)
	return slices.Compact(all), nil
}
