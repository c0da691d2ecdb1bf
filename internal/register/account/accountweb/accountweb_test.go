package accountweb_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/account"
	"giuchuan/internal/register/account/accountweb"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
	"giuchuan/ui"
)

// clock is a clock that tests move.
type clock struct {
	sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.Lock()
	defer c.Unlock()
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.Lock()
	defer c.Unlock()
	c.at = c.at.Add(d)
}

// site is the product with its account pages alone.
type site struct {
	t        *testing.T
	accounts *account.Service
	handler  http.Handler
	clock    *clock
	cookies  map[string]string
	log      *strings.Builder
	db       *db.DB
	address  string
	today    day.Day
}

// oneCriterion is a table of assignments in which everybody has criterion 15.
type oneCriterion struct{}

// Fields gives the criterion.
func (oneCriterion) Fields(context.Context, *db.Tx, authz.Role, string, day.Day) ([]string, error) {
	return []string{"xa-ntm-2021-2025/15"}, nil
}

// first is the legal day a site begins with.
var first = day.Of(2024, time.October, 1)

func open(t *testing.T, d *db.DB, c *clock, demo bool) *site {
	t.Helper()
	places, err := place.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	agencies, err := agency.Load(reference.FS(), places, "08")
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, db: d, clock: c, cookies: map[string]string{}, log: &strings.Builder{}, address: "192.0.2.1:4000", today: first}
	s.accounts = account.New(account.Options{
		DB: d, Places: places, Agencies: agencies, Province: "08", Key: []byte(strings.Repeat("k", 32)), Demo: demo, Assigned: oneCriterion{},
	})
	o := accountweb.Options{Accounts: s.accounts, Place: "Tỉnh Tuyên Quang"}
	if demo {
		o.Demo, o.Password, err = s.accounts.Demo(context.Background())
		if err != nil {
			t.Fatal(err)
		}
	}
	pages := accountweb.New(o)
	kit, err := web.New(web.Options{
		Routes: pages.Routes(), Identify: pages.Identify, Now: c.now, Today: func() day.Day { return s.today }, Assets: ui.Dist(),
		Log: slog.New(slog.NewTextHandler(s.log, nil)), Login: "/dang-nhap", Logout: "/dang-xuat", Account: "/tai-khoan", Place: "Tỉnh Tuyên Quang",
	})
	if err != nil {
		t.Fatal(err)
	}
	s.handler = kit.Handler()
	return s
}

// each runs a body on both engines with a clock of its own.
func each(t *testing.T, demo bool, body func(t *testing.T, s *site)) {
	c := &clock{}
	var s *site
	dbtest.EachWith(t, func(o *db.Options) {
		c.at = time.Date(2024, time.October, 1, 1, 0, 0, 0, time.UTC)
		s = nil
		o.Now, o.Today = c.now, func() day.Day {
			if s == nil {
				return first
			}
			return s.today
		}
	}, func(t *testing.T, d *db.DB) {
		s = open(t, d, c, demo)
		body(t, s)
	})
}

// answer is what came back.
type answer struct {
	status int
	to     string
	body   string
	header http.Header
}

// send sends a request as a browser of this site does, with its cookies.
func (s *site) send(method, path string, form url.Values) answer {
	s.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequest(method, path, body)
	r.RemoteAddr = s.address
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range s.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(s.cookies, c.Name)
		} else {
			s.cookies[c.Name] = c.Value
		}
		if !c.HttpOnly || c.Path != "/" || c.SameSite != http.SameSiteLaxMode {
			s.t.Errorf("cookie %s is open: %+v", c.Name, c)
		}
	}
	return answer{w.Code, w.Header().Get("Location"), w.Body.String(), w.Header()}
}

func (s *site) get(path string) answer { return s.send(http.MethodGet, path, nil) }

func (s *site) post(path string, pairs ...string) answer {
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return s.send(http.MethodPost, path, form)
}

// want fails unless the answer has the status and every text.
func (a answer) want(t *testing.T, what string, status int, texts ...string) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("%s: %d (to %q), want %d\n%.1500s", what, a.status, a.to, status, a.body)
	}
	for _, text := range texts {
		_, size := utf8.DecodeRuneInString(text)
		first, rest := text[:size], text[size:] // pages begin sentences with a capital
		if !strings.Contains(a.body, text) && !strings.Contains(a.to, text) && !strings.Contains(a.body, strings.ToUpper(first)+rest) {
			t.Fatalf("%s: no %q in the answer (to %q)\n%.2500s", what, text, a.to, a.body)
		}
	}
	return a
}

// find gives the first group of a pattern in the answer.
func (a answer) find(t *testing.T, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(a.body)
	if m == nil {
		t.Fatalf("no %s in\n%.2000s", pattern, a.body)
	}
	return m[1]
}
