package requestweb

import (
	"context"
	"net/http"
	"net/url"

	"giuchuan/internal/feature/directive/request"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

// Options are what the pages need; all are required.
type Options struct {
	DB       *db.DB
	Requests *request.Service
	Agencies *agency.Register
	Places   *place.Register
	Posts    func(tx *db.Tx, ids []string) (map[string]string, error) // posts of accounts
	Wait     func(ctx context.Context) error                          // until pages show what was written
}

// Pages answer the addresses of Routes.
type Pages struct{ o Options }

// New makes the pages.
func New(o Options) *Pages { return &Pages{o} }

// Routes is the pages' part of the table of routes.
func (h *Pages) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Method: get, Pattern: "/giao-viec", Handler: h.list, Action: authz.RequestTask},
		{Method: get, Pattern: "/giao-viec/moi", Handler: h.showAsk, Action: authz.RequestTask},
		{Method: post, Pattern: "/giao-viec/moi", Handler: h.ask, Action: authz.RequestTask},
		{Method: get, Pattern: "/giao-viec/{id}", Handler: h.show, Action: authz.RequestTask},
		{Method: post, Pattern: "/giao-viec/{id}/giao", Handler: h.give, Action: authz.Direct},
		{Method: post, Pattern: "/giao-viec/{id}/khong-giao", Handler: h.decline, Action: authz.Direct},
	}
}

// AskPath is the address of the form about a place, a criterion or indicator and
// the page one comes from; each may be empty.
func AskPath(placeID, field, page string) string {
	q := url.Values{}
	for name, v := range map[string]string{"noi": placeID, "tieu-chi": field, "trang": page} {
		if v != "" {
			q.Set(name, v)
		}
	}
	if len(q) == 0 {
		return "/giao-viec/moi"
	}
	return "/giao-viec/moi?" + q.Encode()
}

// write runs a command and waits until pages show it.
func (h *Pages) write(p *web.Page, command func(string) (db.Command, error), work func(tx *db.Tx) error) error {
	cmd, err := command(p.User().ID)
	if err != nil {
		return err
	}
	if err := h.o.DB.Write(p.Context(), cmd, work); err != nil {
		return err
	}
	return h.o.Wait(p.Context())
}
