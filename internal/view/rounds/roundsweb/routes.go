package roundsweb

import (
	"context"
	"time"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/rounds"
)

// Service opens, changes and closes rounds; review/round has it.
type Service interface {
	rounds.Service
	Rounds(ctx context.Context, tx *db.Tx) ([]round.Round, error)
	Opening(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *round.Open) ([]review.Titled, error)
	Open(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *round.Open) (string, error)
	Change(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *round.Deadlines) error
	Close(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *round.Close) error
}

// Options are what the pages are made of.
type Options struct {
	DB       *db.DB
	Rounds   Service
	Reader   *rounds.Reader
	Law      *law.Library
	Places   *place.Register
	Province string // two-digit code
	// Sight tells which communes the person behind a request may see; nil is all.
	Sight func(*web.Page) func(placeID string) bool
	// Wait returns when the reading pages know a journal position; nil = at once.
	Wait func(ctx context.Context, position int64) error
}

// Pages answer the addresses of Routes.
type Pages struct{ opt Options }

// New makes the pages.
func New(o Options) *Pages { return &Pages{o} }

// Routes is the pages' part of the table of routes.
func (h *Pages) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/dot-ra-soat", Handler: h.list, Action: authz.ViewStanding},
		{Method: "GET", Pattern: "/dot-ra-soat/moi", Handler: h.ask, Action: authz.ManageRounds},
		{Method: "POST", Pattern: "/dot-ra-soat/moi", Handler: h.open, Action: authz.ManageRounds},
		{Method: "GET", Pattern: "/dot-ra-soat/{id}", Handler: h.show, Action: authz.ViewStanding},
		{Method: "GET", Pattern: "/dot-ra-soat/{id}/con-thieu.xlsx", Handler: h.workbook, Action: authz.Export},
		{Method: "GET", Pattern: "/dot-ra-soat/{id}/con-thieu.csv", Handler: h.text, Action: authz.Export},
		{Method: "GET", Pattern: "/dot-ra-soat/{id}/dieu-chinh", Handler: h.corrections, Action: authz.ViewStanding},
		{Method: "GET", Pattern: "/dot-ra-soat/{id}/han", Handler: h.askDeadlines, Action: authz.ManageRounds},
		{Method: "POST", Pattern: "/dot-ra-soat/{id}/han", Handler: h.deadlines, Action: authz.ManageRounds},
		{Method: "GET", Pattern: "/dot-ra-soat/{id}/chot", Handler: h.askClose, Action: authz.ManageRounds},
		{Method: "POST", Pattern: "/dot-ra-soat/{id}/chot", Handler: h.close, Action: authz.ManageRounds},
	}
}

// manages tells whether the person opens and closes the province's rounds.
func (h *Pages) manages(p *web.Page) bool {
	u, err := h.opt.Places.Province(h.opt.Province, p.Today())
	return err == nil && authz.May(p.User().Subject, authz.ManageRounds, authz.Object{PlacePath: []string{u.ID}})
}

func (h *Pages) sight(p *web.Page) func(string) bool {
	if h.opt.Sight == nil {
		return nil
	}
	return h.opt.Sight(p)
}

// read finds the round of the address.
func (h *Pages) read(p *web.Page) (x round.Round, err error) {
	err = h.opt.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		x, err = h.opt.Rounds.Round(p.Context(), tx, p.Path("id"))
		return err
	})
	return x, err
}

// commander is a command of the rounds.
type commander interface {
	Command(actor string) (db.Command, error)
}

// write carries a command out and waits until the pages know of it.
func (h *Pages) write(p *web.Page, c commander, work func(ctx context.Context, tx *db.Tx, who authz.Subject) error) error {
	cmd, err := c.Command(p.User().ID)
	if err != nil {
		return err
	}
	var position int64
	err = h.opt.DB.Write(p.Context(), cmd, func(tx *db.Tx) error {
		position = tx.Position()
		return work(p.Context(), tx, p.User().Subject)
	})
	if err != nil || h.opt.Wait == nil {
		return err
	}
	if err := h.opt.Wait(p.Context(), position); err != nil && !fault.Is(err, fault.Unavailable) {
		return err
	}
	return nil
}

// clock writes an instant as people read it, in Việt Nam.
func clock(t time.Time) string {
	return day.Local(t).Format("15:04 ngày 02/01/2006")
}

// dayText is a day for a form, "" for none.
func dayText(d day.Day) string {
	if d == day.None {
		return ""
	}
	return d.Vietnamese()
}
