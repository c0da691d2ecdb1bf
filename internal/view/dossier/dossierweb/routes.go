package dossierweb

import (
	"context"
	"time"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	measures "giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/internal/register/place/placeweb"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/dossier"

	"github.com/a-h/templ"
)

// Board gives what stands now; view/board has it.
type Board interface {
	Assess(ctx context.Context, set *law.Set, on day.Day) (*review.Assessment, error)
	History(placeKey int32, set *law.Set, slot int) []law.Datum
	Position() (int64, time.Time)
	Stamp(placeKey int32) board.Stamp
	SheetsOf(placeKey int32) []board.Sheet
}

// Review judges by what was known at a journal position; feature/review has it.
type Review interface {
	Assess(ctx context.Context, tx *db.Tx, set *law.Set, communes []place.Unit, ask review.Ask) (*review.Assessment, error)
}

// Options are what the page is made of.
type Options struct {
	DB       *db.DB
	Board    Board
	Review   Review
	Titles   dossier.Titles
	Law      *law.Library
	Places   *place.Register
	Atlas    *placeweb.Atlas
	Province string // two-digit code
	// Sight tells which communes the person behind a request may see; nil is none.
	Sight func(*web.Page) func(placeID string) bool
	// Ask is the address of "Giao việc" about a place and a criterion, "" for who
	// may not ask; nil = nobody may.
	Ask func(p *web.Page, placeID, field string) string
	// Tasks shows what a commune's own body has to do by directives, nil where
	// there is nothing; nil = none are followed.
	Tasks func(p *web.Page, placeID string) (templ.Component, error)
}

// Pages answer the addresses of Routes.
type Pages struct {
	opt    Options
	keys   *measures.Reader
	memory dossier.Memory
}

// New makes the pages.
func New(o Options) *Pages { return &Pages{opt: o, keys: measures.NewReader(o.Law)} }

// Routes is the page's part of the table of routes.
func (h *Pages) Routes() []web.Route {
	return []web.Route{{Method: "GET", Pattern: "/xa/{code}", Handler: h.commune, Action: authz.ViewCommune}}
}
