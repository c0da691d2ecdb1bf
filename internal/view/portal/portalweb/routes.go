package portalweb

import (
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
)

// Pages answers the public addresses.
type Pages struct{ home func(authz.Subject) string }

// New makes the pages; home is where people who are logged in go on to.
func New(home func(authz.Subject) string) *Pages { return &Pages{home} }

// Routes is the public part of the table of routes.
func (h *Pages) Routes() []web.Route {
	return []web.Route{{Method: "GET", Pattern: "/", Handler: h.show, Public: true}}
}

func (h *Pages) show(p *web.Page) error {
	if u := p.User(); u != nil {
		return p.Redirect(h.home(u.Subject))
	}
	return p.Render(start(p.Shell("Giữ Chuẩn")))
}
