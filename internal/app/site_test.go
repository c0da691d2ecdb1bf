package app_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"giuchuan/internal/app"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/view/viewtest"
)

// site is the whole product on the demonstration's data, behind a real server,
// with one session for each role.
type site struct {
	app    *app.App
	config app.Config
	server *app.Server
	world  *viewtest.World
	base   string // "http://" and host
	host   string
	client *http.Client
	log    *logged
	login  map[authz.Role]string // account of the demonstration
	cookie map[authz.Role]string // its session
	serial int                   // makes names that are new
}

// logged collects the server's log.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write appends to the log.
func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

// String is the log so far.
func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// Len is the length of the log so far.
func (l *logged) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Len()
}

// From is the log from a length on.
func (l *logged) From(at int) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text.Bytes()[at:])
}

// nobody stands for a visitor who is not logged in.
const nobody authz.Role = ""

// everyRole is all roles and nobody.
func everyRole() []authz.Role { return append(authz.Roles(), nobody) }

// eachSite runs a body on a fresh site of each engine.
func eachSite(t *testing.T, body func(t *testing.T, s *site)) {
	t.Helper()
	dbtest.EachPlace(t, func(t *testing.T, o db.Options) { body(t, newSite(t, o.URL)) })
}

// newSite fills the demonstration, serves it and logs every role in; url is a
// PostgreSQL database, "" for SQLite in a file.
func newSite(t testing.TB, url string) *site {
	t.Helper()
	return newSiteWith(t, url, func(*app.ServerConfig) {})
}

// newSiteWith is newSite with another configuration of the server.
func newSiteWith(t testing.TB, url string, change func(*app.ServerConfig)) *site {
	t.Helper()
	ctx := context.Background()
	clock := &viewtest.Clock{}
	clock.Set(2024, 5, 31, 9)
	config := app.Config{Data: t.TempDir(), Database: url, Clock: clock.Now, Today: viewtest.Today()}
	a, err := app.Init(ctx, config)
	viewtest.Must(t, err)
	t.Cleanup(func() { viewtest.Must(t, a.Close()) })
	s := &site{
		app: a, config: config, log: &logged{}, login: map[authz.Role]string{}, cookie: map[authz.Role]string{},
		world: &viewtest.World{
			DB: a.DB, Law: a.Law, Places: a.Places, Criteria: a.Criteria, Recognition: a.Recognition, Review: a.Review, Clock: clock,
		},
	}
	s.world.Fill(t)
	s.assign(t)
	web := httptest.NewUnstartedServer(nil)
	s.host = web.Listener.Addr().String()
	key, err := journal.OpenKey(filepath.Join(t.TempDir(), "key"), strings.NewReader(strings.Repeat("giu chuan ", 10)))
	viewtest.Must(t, err)
	cfg := app.ServerConfig{Province: viewtest.Province, Listen: s.host, Demo: true, JournalKey: key, Log: s.log}
	change(&cfg)
	s.server, err = a.NewServer(ctx, cfg)
	viewtest.Must(t, err)
	viewtest.Must(t, s.server.CatchUp(ctx))
	web.Config.Handler = s.server.Handler()
	web.Start()
	t.Cleanup(web.Close)
	s.base = web.URL
	s.client = &http.Client{
		Transport:     &http.Transport{MaxIdleConnsPerHost: 8, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	for _, d := range s.server.Accounts {
		if s.login[d.Role] == "" { // a role's first account: of the suppliers, who supplies part of criterion 15
			s.login[d.Role] = d.Login
			s.enter(t, d.Role)
		}
	}
	if len(s.cookie) != len(authz.Roles()) {
		t.Fatalf("the demonstration has accounts for %d roles of %d", len(s.cookie), len(authz.Roles()))
	}
	return s
}

// assign gives the seats of the demonstration their criteria.
func (s *site) assign(t testing.TB) {
	t.Helper()
	table, err := s.app.Assignments(viewtest.Province)
	viewtest.Must(t, err)
	var list []agency.Assignment
	for _, a := range []agency.Assignment{
		{Set: "xa-ntm-2021-2025", Code: "15", Agency: "so-y-te.1", Duty: agency.Leads},
		{Set: "xa-ntm-2021-2025", Code: "15.1", Agency: "bhxh-tinh.1", Duty: agency.Supplies},
		{Set: "xa-ntm-2021-2025", Code: "10", Agency: "thong-ke.1", Duty: agency.Supplies},
	} {
		a.From, a.Until, a.Number, a.Issued = s.app.Places.First(), day.Forever, "1/QĐ", s.app.Places.First()
		list = append(list, a)
	}
	s.world.Write(t, agency.Import{File: "bang-phan-cong.csv", Assignments: list}.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := table.Assign(ctx, tx, agency.Assign{Assignments: list})
		return err
	})
}

// enter logs a role in.
func (s *site) enter(t testing.TB, r authz.Role) {
	t.Helper()
	reply := s.do(t, nobody, post("/dang-nhap", "ten", s.login[r], "mat-khau", s.server.Password))
	for _, c := range reply.head.Values("Set-Cookie") {
		if value, ok := strings.CutPrefix(c, "giuchuan="); ok {
			s.cookie[r], _, _ = strings.Cut(value, ";")
		}
	}
	if reply.status != http.StatusSeeOther || s.cookie[r] == "" {
		t.Fatalf("%s cannot log in: %d", s.login[r], reply.status)
	}
}

// request is what a cell of the matrix sends.
type request struct {
	method, path string
	kind, body   string // Content-Type and body
}

// ask is a request for a page.
func ask(path string) request { return request{method: http.MethodGet, path: path} }

// post sends a form of name, value pairs.
func post(path string, pairs ...string) request {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return request{http.MethodPost, path, "application/x-www-form-urlencoded", form.Encode()}
}

// reply is an answer, read whole.
type reply struct {
	status int
	head   http.Header
	body   string
}

// location is where a redirect leads, without its query.
func (r reply) location() string {
	path, _, _ := strings.Cut(r.head.Get("Location"), "?")
	return path
}

// do sends a request as a role.
func (s *site) do(t testing.TB, as authz.Role, r request) reply {
	t.Helper()
	q, err := http.NewRequest(r.method, s.base+r.path, strings.NewReader(r.body))
	viewtest.Must(t, err)
	if r.kind != "" {
		q.Header.Set("Content-Type", r.kind)
	}
	if c := s.cookie[as]; c != "" {
		q.Header.Set("Cookie", "giuchuan="+c)
	}
	res, err := s.client.Do(q)
	viewtest.Must(t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	viewtest.Must(t, err)
	return reply{res.StatusCode, res.Header, string(body)}
}

// fresh is a word that was not used before on this site.
func (s *site) fresh(prefix string) string {
	s.serial++
	return fmt.Sprintf("%s%d", prefix, s.serial)
}

var (
	accountLink = regexp.MustCompile(`/quan-tri/([a-z0-9-]{6,})"`)
	grantField  = regexp.MustCompile(`name="vai" value="([^"]+)"`)
)

// account makes an account of a unit, with a role, and gives its id.
func (s *site) account(t testing.TB, unit string, role authz.Role) string {
	t.Helper()
	reply := s.do(t, authz.ProvinceAdmin, invitation(s.fresh("nguoi"), unit, role))
	m := accountLink.FindStringSubmatch(reply.body)
	if reply.status != http.StatusOK || m == nil {
		t.Fatalf("no account of %s as %s: %d %.2000s", unit, role, reply.status, reply.body)
	}
	return m[1]
}

func invitation(login, unit string, role authz.Role) request {
	return post("/quan-tri/moi", "ten", login, "chuc-danh", "Cán bộ", "co-quan", unit, "vai-tro", string(role), "tu-ngay", "01/10/2024", "van-ban", "1/QĐ")
}

// record is the state of everything that is stored: how many entries the
// journal has and how many rows each table, hashed. Sessions are left out: any
// request may touch its own.
func (s *site) record(t testing.TB) (entries int64, state string) {
	t.Helper()
	viewtest.Must(t, s.app.DB.Read(context.Background(), func(tx *db.Tx) error {
		entries = tx.Position()
		tables, err := tx.Schema()
		if err != nil {
			return err
		}
		var counts []string
		for _, table := range tables {
			if !table.View && !volatile(table.Name) {
				counts = append(counts, "SELECT '"+table.Name+"' AS name, COUNT(*) AS n FROM "+table.Name)
			}
		}
		rows, err := db.Collect(tx, func(r *db.Rows) (string, error) {
			var name string
			var n int64
			err := r.Scan(&name, &n)
			return fmt.Sprint(name, n), err
		}, strings.Join(counts, " UNION ALL ")+" ORDER BY name")
		state = fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(rows, " "))))
		return err
	}))
	return entries, state
}

// volatile are tables that a refused request may write: what it takes to know
// who asks and how often. Findings are only ever added under an entry of the
// journal, and counting them takes long.
func volatile(table string) bool {
	return table == "account_session" || table == "account_throttle" || table == "account_device" || table == "review_finding" ||
		strings.HasPrefix(table, "journal_") || strings.HasPrefix(table, "goose")
}

// grantOf is the role that an account was invited with, as the administrator's
// page names it.
func (s *site) grantOf(t testing.TB, id string) string {
	t.Helper()
	m := grantField.FindStringSubmatch(s.do(t, authz.ProvinceAdmin, ask("/quan-tri/"+id)).body)
	if m == nil {
		return "khong-co"
	}
	return m[1]
}
