package app

import (
	"context"

	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/feature/directive/task/taskweb"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/calendar"
	"giuchuan/reference"
)

// Tasks is the service of tasks for a province (two-digit code) and its bodies.
func (a *App) Tasks(province string, agencies *agency.Register) (*task.Service, error) {
	days, err := calendar.Load(reference.FS())
	if err != nil {
		return nil, err
	}
	rules, err := task.LoadRules(reference.FS())
	if err != nil {
		return nil, err
	}
	return task.New(task.Options{
		Agencies: agencies, Places: a.Places, Calendar: days, Rules: rules, Province: province, Recognised: a.Recognised,
	}), nil
}

// taskPages makes the pages of tasks, /nhiem-vu.
func (a *App) taskPages(s *Server) (*taskweb.Pages, error) {
	tasks, err := a.Tasks(s.cfg.Province, s.assigned.Agencies())
	if err != nil {
		return nil, err
	}
	return taskweb.New(taskweb.Options{
		DB: a.DB, Tasks: tasks, Agencies: s.assigned.Agencies(), Places: a.Places,
		Called: func(ctx context.Context, tx *db.Tx, asker authz.Subject, id string) (string, error) {
			post, _, _, err := s.accounts.Called(ctx, tx, asker, id)
			return post, err
		},
	}), nil
}
