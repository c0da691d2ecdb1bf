package app

import (
	"context"
	"net/http"

	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/view/board"
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

// Follow keeps the board current, as the running server does, until ctx ends.
func (s *Server) Follow(ctx context.Context) { s.follow(ctx) }

// Board is what the pages of this node show.
func (s *Server) Board() *board.Board { return s.board }

// Files is the register of evidence behind the pages.
func (s *Server) Files() *evidence.Service { return s.files }

// Assigned is the table of assignments behind the pages.
func (s *Server) Assigned() *agency.Assignments { return s.assigned }
