package searchweb

import (
	"net/http"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/search"
)

// Options are what the page is made of.
type Options struct {
	Engine *search.Engine
	// Sight tells which communes the person behind a request may see; nil is all.
	Sight func(*web.Page) func(placeID string) bool
}

// Pages answer the addresses of Routes.
type Pages struct{ opt Options }

// New makes the page.
func New(o Options) *Pages { return &Pages{o} }

// Routes is the page's part of the table of routes.
func (h *Pages) Routes() []web.Route {
	return []web.Route{{Method: http.MethodGet, Pattern: "/tim", Handler: h.show, Action: authz.ViewCriteria}}
}

// view is what the page shows.
type view struct {
	text   string
	groups []search.Group
}

func (h *Pages) show(p *web.Page) error {
	v := &view{text: p.Query("q")}
	ask := search.Ask{Text: v.text, Today: p.Today()}
	if h.opt.Sight != nil {
		ask.Sees = h.opt.Sight(p)
	}
	var err error
	if v.groups, err = h.opt.Engine.Search(p.Context(), ask); err != nil {
		return err
	}
	title := "Tìm kiếm"
	if v.text != "" {
		title = "Tìm “" + v.text + "”"
	}
	return p.Render(page(p.Shell(title), v))
}
