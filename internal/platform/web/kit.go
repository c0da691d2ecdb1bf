package web

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"

	"github.com/VictoriaMetrics/metrics"
)

// Options are what a Kit is made of. Routes is required; the zero value of everything else works.
type Options struct {
	Routes   []Route
	Identify func(*http.Request) (*User, error) // who is logged in, nil for nobody; nil = nobody ever is
	Assets   fs.FS                              // ui/dist; nil = unstyled pages
	Log      *slog.Logger                       // nil = nothing is logged
	Now      func() time.Time                   // nil = the machine's clock
	Today    func() day.Day                     // the legal day; nil = the day of Now
	Demo     func(*Page) *DemoBar               // nil, or returning nil = no demonstration
	Nav      func(*Page) []Link                 // entries of the navigation for this person
	Place    string                             // the province, beside the name of the product
	Login    string                             // path of the login page; "" = /dang-nhap
	Logout   string                             // path that ends the session (POST); "" = no button
	Account  string                             // path of the person's own account (sessions, password); "" = no link
	Search   string                             // path of the search page (GET ?q=); "" = no box
	Ready    func(context.Context) error        // may this node get traffic? nil = yes
	Figures  func(io.Writer)                    // more lines for /metrics, in the format of Prometheus
	Token    string                             // lets others than this machine read /metrics (Authorization: Bearer …)
	Hosts    []string                           // the only Host headers that are answered, as browsers send them; nil = any
	Proxies  []netip.Prefix                     // whose X-Forwarded-For and -Proto are believed
	Drain    time.Duration                      // how long a stopping node says so at /readyz before it closes its door
	Cert     string                             // PEM files: Serve speaks TLS when both are set
	Key      string
}

// Kit answers requests by a table of routes.
type Kit struct {
	opts    Options
	routes  []Route
	mux     *http.ServeMux
	cross   *http.CrossOriginProtection
	assets  *Assets
	log     *slog.Logger
	set     *metrics.Set
	packers packers
	bodies  bodies
	stop    atomic.Bool // the node is about to stop
}

type pageKey struct{}

// New makes a kit. A route that is wrong in itself or clashes with another is an error.
func New(o Options) (*Kit, error) {
	fillOptions(&o)
	assets, err := LoadAssets(o.Assets)
	if err != nil {
		return nil, err
	}
	k := &Kit{
		opts: o, mux: http.NewServeMux(), cross: http.NewCrossOriginProtection(), assets: assets, log: o.Log,
		set: metrics.NewSet(), packers: newPackers(),
	}
	k.routes = append(k.ownRoutes(), o.Routes...)
	for _, r := range k.routes {
		if err := r.check(); err != nil {
			return nil, err
		}
		if err := k.mount(r.pattern(), entry{k, r}); err != nil {
			return nil, err
		}
	}
	return k, k.mount("/", entry{k, Route{Pattern: "/", Handler: k.unmatched, Public: true}})
}

func fillOptions(o *Options) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Today == nil {
		o.Today = func() day.Day { return day.FromTime(o.Now()) }
	}
	if o.Identify == nil {
		o.Identify = func(*http.Request) (*User, error) { return nil, nil }
	}
	if o.Login == "" {
		o.Login = "/dang-nhap"
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
}

// mount turns the panic of a clash between patterns into an error.
func (k *Kit) mount(pattern string, h http.Handler) (err error) {
	defer func() {
		if clash := recover(); clash != nil {
			err = fmt.Errorf("route %q: %v", pattern, clash)
		}
	}()
	k.mux.Handle(pattern, h)
	return nil
}

// Routes is the whole table, the kit's own routes first.
func (k *Kit) Routes() []Route { return append([]Route(nil), k.routes...) }

// Handler is the kit as net/http wants it.
func (k *Kit) Handler() http.Handler { return http.HandlerFunc(k.serve) }

// serve is what happens to every request before a route is known.
func (k *Kit) serve(w http.ResponseWriter, r *http.Request) {
	rec := &recorder{ResponseWriter: w}
	p := &Page{W: rec, R: r, kit: k, id: newID(), form: &Form{}}
	start := k.opts.Now()
	defer func() {
		if cause := recover(); cause != nil {
			k.recovered(p, rec, cause)
		}
		k.record(p, rec, k.opts.Now().Sub(start))
	}()
	k.setHeaders(rec.Header(), p)
	switch clean := path.Clean("/" + r.URL.Path); {
	case len(k.opts.Hosts) > 0 && !slices.Contains(k.opts.Hosts, strings.ToLower(r.Host)):
		p.fail(problem{said: fault.New(fault.Forbidden, msgHost), status: http.StatusMisdirectedRequest})
	case !utf8.ValidString(r.URL.Path) || !goodText(r.URL.Path) || !goodQuery(r):
		p.fail(fault.New(fault.Invalid, msgBadText))
	case clean != r.URL.Path:
		rec.Header().Set("Location", k.canonical(clean, r))
		rec.WriteHeader(http.StatusPermanentRedirect)
	default:
		if err := k.cross.Check(r); err != nil {
			p.fail(fault.New(fault.Forbidden, msgCross))
			return
		}
		k.mux.ServeHTTP(rec, r.WithContext(context.WithValue(r.Context(), pageKey{}, p)))
	}
}

func (k *Kit) canonical(clean string, r *http.Request) string {
	u := *r.URL
	u.Scheme, u.Host, u.User, u.Path, u.RawPath = "", "", nil, clean, ""
	return u.String()
}

// entry is one route inside the mux.
type entry struct {
	kit   *Kit
	route Route
}

// ServeHTTP runs a route: who is it, may they, what did they send, and the handler.
func (e entry) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	p, _ := r.Context().Value(pageKey{}).(*Page)
	within := e.route.Within
	if within == 0 {
		within = DefaultWithin
	}
	ctx, cancel := context.WithTimeout(r.Context(), within)
	defer cancel()
	p.R, p.route = r.WithContext(ctx), e.route
	defer p.forget()
	if err := e.run(p); err != nil {
		p.fail(err)
	}
}

func (e entry) run(p *Page) error {
	limit := e.route.MaxBody
	if limit == 0 {
		limit = DefaultBody
	}
	p.R.Body = http.MaxBytesReader(p.beneath(), p.R.Body, limit)
	if !strings.HasPrefix(e.route.Pattern, assetRoot) {
		user, err := e.kit.opts.Identify(p.R)
		if err != nil {
			return fmt.Errorf("identify the person: %w", err)
		}
		p.user = user
	}
	if !e.route.Stream {
		if err := p.parse(limit); err != nil {
			return err
		}
	}
	switch {
	case e.route.Public:
	case p.user == nil:
		return p.askLogin()
	case !authz.Reaches(p.user.Subject, e.route.Action):
		return fault.New(fault.Forbidden, msgDenied)
	}
	return e.route.Handler(p)
}

// unmatched answers an address no route has: 405 when another method would have found one, else 404.
func (k *Kit) unmatched(p *Page) error {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		other := p.R.Clone(p.Context())
		other.Method = method
		if _, pattern := k.mux.Handler(other); pattern != "/" && pattern != "" {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 {
		return NotFound()
	}
	if allowed[0] == http.MethodGet {
		allowed = append([]string{http.MethodHead}, allowed...)
	}
	p.W.Header().Set("Allow", strings.Join(allowed, ", "))
	return problem{said: fault.New(fault.Invalid, msgMethod), status: http.StatusMethodNotAllowed}
}
