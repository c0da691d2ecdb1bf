package app

import (
	"context"

	"giuchuan/internal/feature/directive/task"
)

// Tasks is the service of tasks behind the pages.
func (s *Server) Tasks() *task.Service { return s.watch.tasks }

// Remind gives what has come and sends the mail, as the running server does by
// itself.
func (s *Server) Remind(ctx context.Context) error {
	if _, err := s.watch.reminders.Tick(ctx); err != nil {
		return err
	}
	_, err := s.watch.courier.Deliver(ctx)
	return err
}
