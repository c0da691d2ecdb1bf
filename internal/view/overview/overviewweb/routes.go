package overviewweb

import (
	"context"
	"time"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/place"
	"giuchuan/internal/register/place/placeweb"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/overview"

	"github.com/a-h/templ"
)

// Board gives what the pages show; view/board has it.
type Board interface {
	Standing(ctx context.Context, on day.Day) (*board.Standing, error)
	Assess(ctx context.Context, set *law.Set, on day.Day) (*review.Assessment, error)
	Position() (int64, time.Time)
	Rounds() []board.Round
	Sheets(roundID string) []board.Sheet
}

// Record judges by what was known at a journal position; feature/review has it.
type Record interface {
	Standing(ctx context.Context, tx *db.Tx, ask review.Ask) ([]*review.Assessment, error)
}

// Options are what the pages are made of.
type Options struct {
	Board  Board
	Law    *law.Library
	Places *place.Register
	Atlas  *placeweb.Atlas
	Totals []overview.Total
	DB     *db.DB
	Record Record // what the last closed round froze is read from it
	// Province is the two-digit code of the province.
	Province string
	// Sight tells which communes the person behind a request may see; nil is none.
	Sight func(*web.Page) overview.Sight
	// Work is the working side of a district's page, nil where there is none;
	// nil = no district has one.
	Work func(*web.Page, place.Unit) (templ.Component, error)
	// Decide is what else waits for the province's leaders today: items of their
	// list and how many; nil = nothing else is followed.
	Decide func(*web.Page) (templ.Component, int, error)
	// Ask is the address of "Giao việc" about a place and a criterion, "" for who
	// may not ask; nil = nobody may.
	Ask func(p *web.Page, placeID, field string) string
}

// Pages answer the addresses of Routes.
type Pages struct {
	opt  Options
	past frozen
}

// New makes the pages.
func New(o Options) *Pages { return &Pages{opt: o} }

// Routes is the pages' part of the table of routes.
func (h *Pages) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/tong-quan", Handler: h.province, Action: authz.ViewStanding},
		{Method: "GET", Pattern: "/ban-do", Handler: h.atlas, Action: authz.ViewStanding},
		{Method: "GET", Pattern: "/ma-tran", Handler: h.matrix, Action: authz.ViewStanding},
		{Method: "GET", Pattern: "/ma-tran/bang.xlsx", Handler: h.workbook, Action: authz.Export},
		{Method: "GET", Pattern: "/ma-tran/bang.csv", Handler: h.text, Action: authz.Export},
		{Method: "GET", Pattern: "/huyen/{code}", Handler: h.district, Action: authz.ViewStanding},
	}
}

// day is the day a page is made for: ?ngay=, or today.
func (h *Pages) day(p *web.Page) (day.Day, error) {
	text := p.Query("ngay")
	if text == "" {
		return p.Today(), nil
	}
	return day.Parse(text)
}

func (h *Pages) assign(p *web.Page, placeID, field string) string {
	if h.opt.Ask == nil {
		return ""
	}
	return h.opt.Ask(p, placeID, field)
}

// decide is what else waits for the leaders; a page about another day says
// nothing of it.
func (h *Pages) decide(p *web.Page, on day.Day) (templ.Component, int, error) {
	if h.opt.Decide == nil || on != p.Today() {
		return nil, 0, nil
	}
	return h.opt.Decide(p)
}

func (h *Pages) sight(p *web.Page) overview.Sight {
	if h.opt.Sight == nil {
		return nil
	}
	return h.opt.Sight(p)
}
