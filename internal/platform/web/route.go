package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"giuchuan/internal/platform/authz"
)

// Handler answers one request. What it returns is answered in one place: a fault by its code, anything else as a defect.
// A handler writes its answer with one of Page's methods as its last act, or returns an error, never both.
type Handler func(p *Page) error

// Route is one line of the table of routes.
type Route struct {
	Method  string        // GET (answers HEAD too), POST, PUT, PATCH or DELETE
	Pattern string        // a path with {name} parts, as net/http.ServeMux reads it: "/xa/{code}"
	Handler Handler       // never nil
	Public  bool          // needs no login
	Action  authz.Action  // what is checked first: may the person do this anywhere at all; empty only where Public
	MaxBody int64         // bytes of the request's body; 0 = DefaultBody
	Stream  bool          // the handler reads the body itself: nothing is parsed, Page.Form stays empty
	Within  time.Duration // how long the handler may take; 0 = DefaultWithin
}

// Limits of a route that does not say otherwise.
const (
	DefaultBody   = 1 << 20          // bytes of a form
	DefaultWithin = 30 * time.Second // of one answer
)

// String is the route as a line of a log or a table: "GET /xa/{code}".
func (r Route) String() string { return r.Method + " " + r.Pattern }

// check says what is wrong with a route, or nothing.
func (r Route) check() error {
	switch {
	case !slices.Contains([]string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}, r.Method):
		return fmt.Errorf("route %q: unknown method", r)
	case !strings.HasPrefix(r.Pattern, "/") || strings.ContainsAny(r.Pattern, " \t"):
		return fmt.Errorf("route %q: the pattern must be a path", r)
	case r.Pattern != "/" && strings.HasSuffix(r.Pattern, "/"):
		return fmt.Errorf("route %q: addresses end without a slash", r)
	case r.Handler == nil:
		return fmt.Errorf("route %q: no handler", r)
	case r.Public == (r.Action != ""):
		return fmt.Errorf("route %q: name the action that is checked, or say that it is public, not both", r)
	}
	return nil
}

// pattern is the route for http.ServeMux; "/" alone would match every path.
func (r Route) pattern() string {
	if r.Pattern == "/" {
		return r.Method + " /{$}"
	}
	return r.Method + " " + r.Pattern
}
