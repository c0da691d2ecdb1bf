package app

import (
	"context"
	"net/http"

	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/evidence"
)

// Handler is the server's pages, for tests that need no network.
func (s *Server) Handler() http.Handler { return s.kit.Handler() }

// CatchUp loads what the board lacks, as the running server does by itself.
func (s *Server) CatchUp(ctx context.Context) error {
	if err := s.board.LoadHistory(ctx); err != nil {
		return err
	}
	return s.board.Catch(ctx)
}

// Files is the register of evidence behind the pages.
func (s *Server) Files() *evidence.Service { return s.files }

// Assigned is the table of assignments behind the pages.
func (s *Server) Assigned() *agency.Assignments { return s.assigned }
