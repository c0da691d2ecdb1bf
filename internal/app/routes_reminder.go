package app

import (
	"context"
	"io/fs"
	"log/slog"
	"runtime/debug"
	"time"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/reminder"
	"giuchuan/internal/feature/directive/reminder/reminderweb"
	"giuchuan/internal/feature/directive/request"
	"giuchuan/internal/feature/directive/request/requestweb"
	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/mail"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/account"
	"giuchuan/internal/view/tracking"
	"giuchuan/internal/view/tracking/trackingweb"
	"giuchuan/reference"
)

// sender is the body in whose name the server reminds: Văn phòng UBND tỉnh.
const sender = "vp-ubnd.1"

// following is what watches over duties: reminders, requests, and what pages
// show of them.
type following struct {
	tasks     *task.Service
	reminders *reminder.Service
	requests  *request.Service
	courier   *mail.Courier
	index     *tracking.Index
	parts     *trackingweb.Parts
	name      func(agency string, on day.Day) string
	province  func(on day.Day) []string
}

// follow makes reminders and requests over the tasks.
func (a *App) follow(s *Server) (*following, error) {
	rules, err := reminderRules(s.cfg.Reminders)
	if err != nil {
		return nil, err
	}
	agencies, tasks := s.assigned.Agencies(), s.duties.Tasks
	f := &following{tasks: tasks, name: tasks.Short, province: func(on day.Day) []string { return a.provincePath(s.cfg.Province, on) }}
	f.requests = request.New(request.Options{
		Law: a.Law, Places: a.Places, Agencies: agencies, Province: s.cfg.Province, Giver: giver{s.duties.Directives},
	})
	open := openDuties{tasks, f.requests, f.name}
	f.reminders = reminder.New(reminder.Options{
		DB: a.DB, Rules: rules, Calendar: s.duties.Calendar, Source: open, People: told{s.accounts}, Party: party(agencies),
		Sender: sender, Mail: s.cfg.Mail, Site: s.cfg.Site,
	})
	f.courier = &mail.Courier{DB: a.DB, Server: s.cfg.Mail, Now: s.now, Log: s.log}
	f.index = tracking.New(a.DB, open)
	f.parts = trackingweb.New(trackingweb.Options{Index: f.index, Position: s.boardPosition, Name: f.name, Province: f.province})
	return f, nil
}

// reminderRules are the configured rules, or those of reference/.
func reminderRules(given *reminder.Rules) (*reminder.Rules, error) {
	if given != nil {
		return given, nil
	}
	text, err := fs.ReadFile(reference.FS(), reminder.RulesFile)
	if err != nil {
		return nil, err
	}
	return reminder.ParseRules(text, reminder.RulesFile)
}

func (s *Server) boardPosition() int64 {
	position, _ := s.board.Position()
	return position
}

// provincePath is the path of the province on a day, for permissions.
func (a *App) provincePath(province string, on day.Day) []string {
	u, err := a.Places.Province(province, on)
	if err != nil {
		return nil
	}
	return []string{u.ID}
}

// followRoutes are the pages of reminders and of Giao việc.
func (a *App) followRoutes(s *Server) []web.Route {
	f := s.watch
	asks := requestweb.New(requestweb.Options{
		DB: a.DB, Requests: f.requests, Agencies: s.assigned.Agencies(), Places: a.Places, Posts: account.Posts, Wait: s.board.Catch,
	})
	reminds := reminderweb.New(reminderweb.Options{
		DB: a.DB, Reminders: f.reminders, Posts: account.Posts,
		Province: func(on day.Day) authz.Object { return authz.Object{PlacePath: f.province(on)} },
	})
	return append(asks.Routes(), reminds.Routes()...)
}

// askPath is the address of "Giao việc" about what a page shows, "" for who may
// not ask.
func (s *Server) askPath(p *web.Page, placeID, field string) string {
	if u := p.User(); u == nil || !s.watch.requests.May(u.Subject, placeID, field, p.Today()) {
		return ""
	}
	return requestweb.AskPath(placeID, field, p.R.URL.RequestURI())
}

// giver makes a task of a request: a document of its own in the register.
type giver struct{ register *directive.Service }

// Give makes the task, in the transaction of the request.
func (g giver) Give(ctx context.Context, tx *db.Tx, who authz.Subject, r *request.Request) (string, error) {
	duty := directive.Duty{
		Ref: "1", Group: "1", Text: r.Words, Due: r.Due, Kind: directive.NoDeadline, Separate: true, Confidence: 100,
		Addressees: []directive.Addressee{{Text: r.Agency, Role: directive.Lead, Agencies: []string{r.Agency}}},
	}
	if r.Due != day.None {
		duty.Kind = directive.OnDate
	}
	if r.Place != "" {
		duty.Objects = []directive.Object{{Place: r.Place}}
	}
	return g.register.GiveDirectly(ctx, tx, who, directive.Proposal{
		Document: directive.Document{
			Title: direct + ": " + reminder.Shorten(r.Words, 120), Issued: tx.Today(), Meeting: directive.Meeting{On: day.None}, Common: day.None,
			Issuer: "Văn phòng Ủy ban nhân dân tỉnh", IssuerID: sender,
		},
		Text: r.Words, Duties: []directive.Duty{duty},
	})
}

// remindEvery is how often the server looks whether a reminder has come.
const remindEvery = 10 * time.Minute

// keepReminding gives reminders and sends mail until ctx ends.
func (f *following) keepReminding(ctx context.Context, log *slog.Logger) {
	letters := time.NewTicker(5 * time.Second)
	defer letters.Stop()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f.courier.Run(ctx, letters.C)
	}()
	defer func() { <-done }()
	looks := time.NewTicker(remindEvery)
	defer looks.Stop()
	var purged time.Time
	for first := true; ; first = false {
		n, err := f.reminders.Tick(ctx)
		if first {
			debug.FreeOSMemory() // reading every task once leaves as much behind, and a server at rest collects none
		}
		if now := f.courier.Now(); err == nil && now.Sub(purged) > 24*time.Hour {
			purged, err = now, mail.Purge(ctx, f.courier.DB, now)
		}
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			log.Error("remind", "error", err)
		case n > 0:
			log.Info("reminders given", "count", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-looks.C:
		}
	}
}

// followLinks lead to the pages of who oversees the province's duties.
func (s *Server) followLinks(p *web.Page) []web.Link {
	u := p.User()
	if u == nil || !authz.Reaches(u.Subject, authz.RequestTask) {
		return nil
	}
	out := []web.Link{{Text: "Đề nghị giao việc", Path: "/giao-viec"}}
	if authz.May(u.Subject, authz.RequestTask, authz.Object{PlacePath: s.watch.province(p.Today())}) {
		out = append(out, web.Link{Text: "Đôn đốc", Path: "/don-doc"})
	}
	return out
}
