// Package accountweb is the pages of register/account: logging in and out, the
// second factor, one's own account, and the administration of accounts.
package accountweb

import (
	"errors"
	"io"
	"net/http"
	"strings"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/account"
)

// Options are what the pages need. Accounts is required.
type Options struct {
	Accounts *account.Service
	TLS      bool                       // browsers reach us by TLS: cookies are __Host- and Secure
	Home     func(authz.Subject) string // where a login leads; nil = /tong-quan, or /quan-tri for those without figures
	Demo     []account.DemoAccount      // shown on the login page, with the password they share
	Password string
	Place    string     // "Tỉnh Tuyên Quang", for the login page
	Own      []web.Link // more of a person's own settings, elsewhere
	Province []web.Link // more that the province's administrator looks after, elsewhere
}

// Pages answers the addresses of accounts.
type Pages struct{ o Options }

// New makes the pages.
func New(o Options) *Pages {
	if o.Home == nil {
		o.Home = Home
	}
	return &Pages{o: o}
}

// Home is where a login leads: the page that the person's work begins with.
func Home(s authz.Subject) string {
	switch {
	case works(s):
		return "/viec-cua-toi"
	case authz.Reaches(s, authz.ViewStanding):
		return "/tong-quan"
	case authz.Reaches(s, authz.ManageAccounts):
		return "/quan-tri"
	case authz.Reaches(s, authz.ViewCriteria):
		return "/bo-tieu-chi"
	}
	return "/tai-khoan"
}

// works tells whether a person's day begins with what waits: those of communes,
// districts and agencies.
func works(s authz.Subject) bool {
	for _, a := range []authz.Action{authz.EnterFinding, authz.Submit, authz.Verify, authz.SupplyFinding} {
		if authz.Reaches(s, a) {
			return true
		}
	}
	return false
}

// Routes is the part of the table of routes that is about accounts.
func (h *Pages) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Method: get, Pattern: "/dang-nhap", Handler: h.showLogin, Public: true},
		{Method: post, Pattern: "/dang-nhap", Handler: h.login, Public: true, MaxBody: small},
		{Method: get, Pattern: "/dang-nhap/nen.svg", Handler: h.drawing, Public: true},
		{Method: get, Pattern: "/dang-nhap/ma", Handler: h.showCode, Public: true},
		{Method: post, Pattern: "/dang-nhap/ma", Handler: h.prove, Public: true, MaxBody: small},
		{Method: get, Pattern: "/dang-nhap/thiet-lap", Handler: h.showEnrol, Public: true},
		{Method: post, Pattern: "/dang-nhap/thiet-lap", Handler: h.enrol, Public: true, MaxBody: small},
		{Method: post, Pattern: "/dang-xuat", Handler: h.logout, Public: true, MaxBody: small},
		{Method: get, Pattern: "/lan-dau", Handler: h.showFirst, Public: true},
		{Method: post, Pattern: "/lan-dau", Handler: h.first, Public: true, MaxBody: small},
		{Method: get, Pattern: "/loi-moi/{token}", Handler: h.showAccept, Public: true},
		{Method: post, Pattern: "/loi-moi/{token}", Handler: h.accept, Public: true, MaxBody: small},

		{Method: get, Pattern: "/tai-khoan", Handler: h.own, Action: authz.OwnAccount},
		{Method: post, Pattern: "/tai-khoan/mat-khau", Handler: h.changePassword, Action: authz.OwnAccount, MaxBody: small},
		{Method: post, Pattern: "/tai-khoan/phien", Handler: h.endSession, Action: authz.OwnAccount, MaxBody: small},

		{Method: get, Pattern: "/quan-tri", Handler: h.list, Action: authz.ManageAccounts},
		{Method: get, Pattern: "/quan-tri/moi", Handler: h.showInvite, Action: authz.ManageAccounts},
		{Method: post, Pattern: "/quan-tri/moi", Handler: h.invite, Action: authz.ManageAccounts, MaxBody: small},
		{Method: get, Pattern: "/quan-tri/ban-giao", Handler: h.showStranded, Action: authz.ManageAccounts},
		{Method: post, Pattern: "/quan-tri/ban-giao", Handler: h.move, Action: authz.ManageAccounts, MaxBody: small},
		{Method: get, Pattern: "/quan-tri/{id}", Handler: h.show, Action: authz.ManageAccounts},
		{Method: post, Pattern: "/quan-tri/{id}/vai-tro", Handler: h.grant, Action: authz.ManageAccounts, MaxBody: small},
		{Method: post, Pattern: "/quan-tri/{id}/ket-thuc", Handler: h.endGrant, Action: authz.ManageAccounts, MaxBody: small},
		{Method: post, Pattern: "/quan-tri/{id}/ban-giao", Handler: h.handOver, Action: authz.ManageAccounts, MaxBody: small},
		{Method: post, Pattern: "/quan-tri/{id}/dat-lai", Handler: h.reset, Action: authz.ManageAccounts, MaxBody: small},
		{Method: post, Pattern: "/quan-tri/{id}/khoa", Handler: h.disable, Action: authz.ManageAccounts, MaxBody: small},
		{Method: post, Pattern: "/quan-tri/{id}/mo-khoa", Handler: h.enable, Action: authz.ManageAccounts, MaxBody: small},
	}
}

// small bounds the forms of this package, in bytes.
const small = 16 << 10

// The cookies: the session's, and the device's by which a machine is known.
const (
	sessionCookie = "giuchuan"
	deviceCookie  = "giuchuan-may"
)

// cookieName is a cookie's name: with TLS no other host and no plain page can
// set it.
func (h *Pages) cookieName(name string) string {
	if h.o.TLS {
		return "__Host-" + name
	}
	return name
}

func (h *Pages) cookie(r *http.Request, name string) string {
	c, err := r.Cookie(h.cookieName(name))
	if err != nil || len(c.Value) > 64 {
		return ""
	}
	return c.Value
}

// setCookie gives the browser a token; seconds 0 = until it is closed, -1 =
// forget it.
func (h *Pages) setCookie(w http.ResponseWriter, name, token string, seconds int) {
	http.SetCookie(w, &http.Cookie{
		Name: h.cookieName(name), Value: token, Path: "/", MaxAge: seconds,
		HttpOnly: true, Secure: h.o.TLS, SameSite: http.SameSiteLaxMode,
	})
}

// deviceSeconds is how long a browser keeps the device's token.
const deviceSeconds = 180 * 24 * 3600

// hand gives the browser what a step of the login gave.
func (h *Pages) hand(p *web.Page, t account.Ticket) {
	h.setCookie(p.W, sessionCookie, t.Token, 0)
	if t.Device != "" {
		h.setCookie(p.W, deviceCookie, t.Device, deviceSeconds)
	}
}

func (h *Pages) visit(p *web.Page) account.Visit {
	return account.Visit{Address: p.Address(), Agent: p.R.UserAgent(), Device: h.cookie(p.R, deviceCookie)}
}

// Identify tells who sends a request, nil for nobody: for web.Options.
func (h *Pages) Identify(r *http.Request) (*web.User, error) {
	s, err := h.o.Accounts.Session(r.Context(), h.cookie(r, sessionCookie))
	if errors.Is(err, account.ErrNoSession) || err == nil && s.Stage != account.Full {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	name := s.Name
	if name == "" {
		name = s.Account.Post
	}
	return &web.User{ID: s.Account.ID, Name: name, Role: roleWords(s.Subject), Subject: s.Subject}, nil
}

// roleWords says a person's roles in one line.
func roleWords(s authz.Subject) string {
	var words []string
	for _, g := range s.Grants {
		words = append(words, g.Role.Vietnamese())
	}
	if len(words) == 0 {
		return "Chưa được phân vai trò"
	}
	return strings.Join(words, ", ")
}

// drawing is the map beside the login form; only wide screens ask for it.
func (h *Pages) drawing(p *web.Page) error {
	p.W.Header().Set("Content-Type", "image/svg+xml")
	p.W.Header().Set("Cache-Control", "public, max-age=86400")
	_, err := io.WriteString(p.W, mapSVG)
	return err
}
