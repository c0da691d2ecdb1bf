package app

import (
	"context"
	"os/exec"
	"slices"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/directiveweb"
	"giuchuan/internal/feature/directive/intake"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/calendar"
	"giuchuan/internal/register/evidence"
	"giuchuan/reference"
)

// Directives is the register of directives of a province (two-digit code): what
// is confirmed there becomes tasks in the same transaction.
func (a *App) Directives(province string, assigned *agency.Assignments) (*directive.Service, error) {
	tasks, err := a.Tasks(province, assigned.Agencies())
	if err != nil {
		return nil, err
	}
	return directive.New(directive.Options{
		Places: a.Places, Agencies: assigned.Agencies(), Province: province, Fanout: tasks, Assigned: assigned,
	}), nil
}

// DirectiveReader reads documents for the register of a province.
func (a *App) DirectiveReader(province string) (*intake.Reader, error) {
	days, err := calendar.Load(reference.FS())
	if err != nil {
		return nil, err
	}
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		pdftotext = "" // the reader says what is missing when a .pdf comes
	}
	return &intake.Reader{Places: a.Places, Province: province, Calendar: days, PDFText: pdftotext}, nil
}

// directiveRoutes are the pages of directives, /chi-dao.
func (a *App) directiveRoutes(ctx context.Context, s *Server) ([]web.Route, error) {
	register, err := a.Directives(s.cfg.Province, s.assigned)
	if err != nil {
		return nil, err
	}
	reader, err := a.DirectiveReader(s.cfg.Province)
	if err != nil {
		return nil, err
	}
	blobs, err := OpenBlobs(ctx, a.cfg)
	if err != nil {
		return nil, err
	}
	return directiveweb.New(directiveweb.Options{
		DB: a.DB, Directives: register, Reader: reader, Places: a.Places, Blobs: blobs, Evidence: s.files, Track: s.tasks.Slot,
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
