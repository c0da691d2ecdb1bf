package app

import (
	"context"
	"net/http"
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
