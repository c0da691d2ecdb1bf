package taskweb

import (
	"context"
	"strings"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

// Options are what the pages are made of.
type Options struct {
	DB       *db.DB
	Tasks    *task.Service
	Agencies *agency.Register
	Places   *place.Register
	// Waiting lists the duties of a document that wait for a list of bodies; nil =
	// none does.
	Waiting func(ctx context.Context, tx *db.Tx, document string) ([]directive.Duty, error)
	// Called names who did something: the post of an account. nil = nobody is named.
	Called func(ctx context.Context, tx *db.Tx, asker authz.Subject, id string) (string, error)
}

// Pages answer the addresses of Routes.
type Pages struct{ o Options }

// New makes the pages.
func New(o Options) *Pages { return &Pages{o} }

// maxFile bounds an uploaded list, in bytes.
const maxFile = 4 << 20

// Routes is the pages' part of the table of routes.
func (h *Pages) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/nhiem-vu", Handler: h.list, Action: authz.ViewTask},
		{Method: "GET", Pattern: "/nhiem-vu/so-theo-doi.xlsx", Handler: h.tracking, Action: authz.ViewTask},
		{Method: "GET", Pattern: "/nhiem-vu/tong-hop.xlsx", Handler: h.totals, Action: authz.ViewTask},
		{Method: "GET", Pattern: "/nhiem-vu/danh-sach.xlsx", Handler: h.sheet, Action: authz.ViewTask},
		{Method: "GET", Pattern: "/nhiem-vu/nhap", Handler: h.askFile, Action: authz.ViewTask},
		{Method: "POST", Pattern: "/nhiem-vu/nhap", Handler: h.check, Action: authz.ViewTask, MaxBody: maxFile},
		{Method: "POST", Pattern: "/nhiem-vu/nhap/ghi", Handler: h.accept, Action: authz.ViewTask, MaxBody: maxFile},
		{Method: "GET", Pattern: "/nhiem-vu/tiep-nhan", Handler: h.receiving, Action: authz.ViewTask},
		{Method: "POST", Pattern: "/nhiem-vu/tiep-nhan", Handler: h.receive, Action: authz.CarryTask},
		{Method: "GET", Pattern: "/nhiem-vu/xac-nhan", Handler: h.waiting, Action: authz.Direct},
		{Method: "POST", Pattern: "/nhiem-vu/xac-nhan", Handler: h.decide, Action: authz.Direct},
		{Method: "GET", Pattern: "/nhiem-vu/ban-giao", Handler: h.orphans, Action: authz.Direct},
		{Method: "POST", Pattern: "/nhiem-vu/ban-giao", Handler: h.handMany, Action: authz.Direct},
		{Method: "GET", Pattern: "/nhiem-vu/{id}", Handler: h.one, Action: authz.ViewTask},
		{Method: "POST", Pattern: "/nhiem-vu/{id}", Handler: h.carry, Action: authz.CarryTask},
		{Method: "POST", Pattern: "/nhiem-vu/{id}/dieu-hanh", Handler: h.direct, Action: authz.Direct},
		{Method: "GET", Pattern: "/chi-dao/{id}/theo-doi", Handler: h.follow, Action: authz.ViewTask},
	}
}

// book reads what the person behind a request may look at.
func (h *Pages) book(p *web.Page) (b *task.Book, err error) {
	err = h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		b, err = h.o.Tasks.Book(p.Context(), tx, p.User().Subject)
		return err
	})
	return b, err
}

// commander is a command of the tasks.
type commander interface {
	Command(actor string) (db.Command, error)
}

// write carries a command out.
func (h *Pages) write(p *web.Page, c commander, work func(ctx context.Context, tx *db.Tx, who authz.Subject) error) error {
	cmd, err := c.Command(p.User().ID)
	if err != nil {
		return err
	}
	return h.o.DB.Write(p.Context(), cmd, func(tx *db.Tx) error { return work(p.Context(), tx, p.User().Subject) })
}

// directs tells whether the person gives and confirms tasks.
func (h *Pages) directs(p *web.Page) bool { return h.o.Tasks.Directs(p.User().Subject, p.Today()) }

// short names a body in a list: a People's Committee by its short form, any other
// by its name.
func (h *Pages) short(id string, on day.Day) string {
	if a, ok := h.o.Agencies.Latest(id); ok && a.PlaceID != "" {
		return h.o.Tasks.Short(id, on)
	}
	return h.o.Tasks.Name(id, on)
}

// dayText is a day for a page, "" for none.
func dayText(d day.Day) string {
	if d == day.None || d == day.Forever {
		return ""
	}
	return d.Vietnamese()
}

// dayOf reads a day of a form; what is no day is day.None, and ok false when
// something was typed.
func dayOf(text string) (d day.Day, ok bool) {
	if text == "" {
		return day.None, true
	}
	d, err := day.Parse(text)
	if err != nil {
		return day.None, false
	}
	return d, true
}

// tone is the mark of a task.
func tone(e *task.Entry) web.Tone {
	switch {
	case e.Status == task.Overdue:
		return web.ToneRisk
	case e.Status == task.Waiting:
		return web.ToneWait
	case e.Status == task.OnTime || e.Status == task.Done:
		return web.ToneOK
	case e.Status == task.Late || e.Near:
		return web.ToneLack
	}
	return web.ToneNone
}

// joined puts texts one after another.
func joined(list []string, with string) string { return strings.Join(list, with) }

func lower(s string) string { return vntext.Uncapital(s) }
