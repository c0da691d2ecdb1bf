package app

import (
	"context"
	"strings"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/feature/directive/task/taskweb"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/evidence"
)

var msgNoSuchFile = fault.Msg{Key: "app.task_file", Text: "không có tệp minh chứng ở địa chỉ “{ref}”; chép địa chỉ của trang tệp, dạng /minh-chung/…"}

// provenBy refuses a proof that names a file which is not there.
func provenBy(files *evidence.Service) proven {
	return func(ctx context.Context, tx *db.Tx, p task.Proof) error {
		if p.Kind != "file" {
			return nil
		}
		id, ok := strings.CutPrefix(p.Ref, "/minh-chung/")
		id, _, _ = strings.Cut(id, "/")
		missing := fault.New(fault.Invalid, msgNoSuchFile, "ref", fault.Clip(p.Ref)).At("minh-chung")
		if !ok {
			return missing
		}
		_, err := files.Get(ctx, tx, id)
		if fault.Is(err, fault.NotFound) {
			return missing
		}
		return err
	}
}

// taskPages makes the pages of tasks, /nhiem-vu.
func (a *App) taskPages(s *Server) *taskweb.Pages {
	register := s.duties.Directives
	return taskweb.New(taskweb.Options{
		DB: a.DB, Tasks: s.duties.Tasks, Agencies: s.assigned.Agencies(), Places: a.Places,
		Waiting: func(ctx context.Context, tx *db.Tx, document string) ([]directive.Duty, error) {
			doc, err := register.Document(ctx, tx, document)
			if err != nil {
				return nil, err
			}
			duties, err := register.Duties(ctx, tx, document)
			return register.Waiting(&doc, duties), err
		},
		Called: func(ctx context.Context, tx *db.Tx, asker authz.Subject, id string) (string, error) {
			post, _, _, err := s.accounts.Called(ctx, tx, asker, id)
			return post, err
		},
	})
}
