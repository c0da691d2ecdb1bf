package exchangeweb_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/matrix"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/platform/web/htmltest"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/view/exchange"
	"giuchuan/internal/view/exchange/exchangeweb"
	"giuchuan/internal/view/viewtest"
)

const (
	ntm     = "xa-ntm-2021-2025"
	thaiSon = "02407.1"
	hamYen  = "074.1"
)

// The people of the tests.
func person(id string, role authz.Role, at string, fields ...string) *web.User {
	return &web.User{ID: id, Name: id, Subject: authz.Subject{ID: id, Grants: []authz.Grant{{Role: role, Place: at, Fields: fields}}}}
}

func coordination() *web.User { return person("dieu-phoi", authz.Coordination, "08.1") }
func clerk() *web.User        { return person("xa-nhap", authz.CommuneEntry, thaiSon) }
func insurance() *web.User    { return person("bhxh", authz.Supplier, "08.1", ntm+"/15.1") }
func leader() *web.User       { return person("lanh-dao", authz.ProvinceLeader, "08.1") }

// site is the pages for one person at a time over one database.
type site struct {
	t      testing.TB
	w      *viewtest.World
	h      http.Handler
	user   *web.User
	period day.Period
}

func serve(t testing.TB, w *viewtest.World) *site {
	t.Helper()
	p, err := day.ParsePeriod("2024-Q3")
	viewtest.Must(t, err)
	s := &site{t: t, w: w, period: p, user: clerk()}
	pages := exchangeweb.New(exchangeweb.Options{
		DB: w.DB, Rounds: w.Rounds, Mappings: matrix.New(w.Law),
		Exchange: &exchange.Exchange{Review: w.Review, Rounds: w.Rounds, Law: w.Law, Places: w.Places, Province: viewtest.Province},
	})
	k, err := web.New(web.Options{
		Routes: pages.Routes(), Today: func() day.Day { return viewtest.Today() }, Now: w.Clock.Now,
		Identify: func(*http.Request) (*web.User, error) { return s.user, nil },
	})
	viewtest.Must(t, err)
	s.h = k.Handler()
	return s
}

// demo is the demonstration with a round of its third quarter.
func demo(t testing.TB) *site {
	t.Helper()
	s := serve(t, viewtest.Demo(t))
	s.open()
	return s
}

// open opens the round of the third quarter.
func (s *site) open() string {
	s.t.Helper()
	who := coordination().Subject
	cmd := &round.Open{
		Name: "Quý III", Period: s.period, Basis: "12/KH-UBND", BasisOn: day.Of(2024, 9, 1),
		SendBy: viewtest.Today() + 5, VerifyBy: viewtest.Today() + 10, ConfirmBy: viewtest.Today() + 20,
	}
	var id string
	s.w.Write(s.t, cmd.Command, func(ctx context.Context, tx *db.Tx) (err error) {
		id, err = s.w.Rounds.Open(ctx, tx, who, cmd)
		return err
	})
	return id
}

func (s *site) do(r *http.Request) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	s.h.ServeHTTP(rec, r)
	return rec
}

// page gets a page that must be there and sound.
func (s *site) page(path string) string {
	s.t.Helper()
	rec := s.do(httptest.NewRequest(http.MethodGet, path, nil))
	body := rec.Body.String()
	if rec.Code != http.StatusOK {
		s.t.Fatalf("%s answers %d: %s", path, rec.Code, body)
	}
	htmltest.Check(s.t, body)
	return body
}

func (s *site) post(path string, values url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.do(r)
}

// send chooses a file.
func (s *site) send(name string, data []byte, more ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i, v := range append([]string{"ky", s.period.String()}, more...) {
		if i%2 == 1 {
			continue
		}
		viewtest.Must(s.t, form.WriteField(v, append([]string{"ky", s.period.String()}, more...)[i+1]))
	}
	part, err := form.CreateFormFile("tep", name)
	viewtest.Must(s.t, err)
	_, err = part.Write(data)
	viewtest.Must(s.t, err)
	viewtest.Must(s.t, form.Close())
	r := httptest.NewRequest(http.MethodPost, "/bang-tinh", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return s.do(r)
}

// taken chooses a file that is taken in, and gives the address it leads to.
func (s *site) taken(name, text string, more ...string) string {
	s.t.Helper()
	rec := s.send(name, []byte(text), more...)
	if rec.Code != http.StatusSeeOther {
		s.t.Fatalf("the file is not taken: %d %s", rec.Code, rec.Body)
	}
	return rec.Header().Get("Location")
}

var digest = regexp.MustCompile(`name="ban-kiem-tra" value="([0-9a-f]+)"`)

// accept accepts the file of a page and gives where that leads.
func (s *site) accept(at string) string {
	s.t.Helper()
	m := digest.FindStringSubmatch(s.page(at))
	if m == nil {
		s.t.Fatalf("the file cannot be accepted:\n%s", s.page(at))
	}
	return s.post(at, url.Values{"ban-kiem-tra": {m[1]}}).Header().Get("Location")
}

// stands is what is recorded of an indicator of Thái Sơn in the period.
func (s *site) stands(code string) string {
	s.t.Helper()
	var out string
	viewtest.Must(s.t, s.w.DB.Read(context.Background(), func(tx *db.Tx) error {
		dict, err := criteria.Keys(context.Background(), tx, s.w.Law)
		viewtest.Must(s.t, err)
		set, err := s.w.Law.Set(ntm)
		viewtest.Must(s.t, err)
		slot, _ := set.Slot(code)
		u, _ := s.w.Places.Latest(thaiSon)
		f, _, err := review.StoredAt(tx, review.Cell{Place: u.Key, Period: s.period.Code(), Measure: dict.Slots(set)[slot]})
		out = review.Shown(set.At(slot), &f.Datum)
		return err
	}))
	return out
}

func has(t testing.TB, body string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(body, text) {
			t.Errorf("the page lacks %q", text)
		}
	}
}

// rows lists the indicators of a downloaded workbook.
func (s *site) rows(path string) (codes []string) {
	s.t.Helper()
	rec := s.do(httptest.NewRequest(http.MethodGet, path, nil))
	if rec.Code != http.StatusOK {
		s.t.Fatalf("%s answers %d: %s", path, rec.Code, rec.Body)
	}
	book, err := sheet.Open("a.xlsx", rec.Body.Bytes(), sheet.DefaultLimits())
	viewtest.Must(s.t, err)
	table, err := book.Table(sheet.Column{Name: "Mã chỉ tiêu"}, sheet.Column{Name: "Giá trị"})
	viewtest.Must(s.t, err)
	for r, err := range table.Records() {
		viewtest.Must(s.t, err)
		codes = append(codes, r.Cell("Mã chỉ tiêu").Text)
	}
	return codes
}

var (
	input    = regexp.MustCompile(`<input[^>]* name="([^"]+)"[^>]*>`)
	valueOf  = regexp.MustCompile(` value="([^"]*)"`)
	selectOf = regexp.MustCompile(`(?s)<select[^>]* name="([^"]+)".*?</select>`)
	selected = regexp.MustCompile(`<option value="([^"]*)" selected`)
)

// fields is what a browser would send of a page's form.
func fields(body string) url.Values {
	out := url.Values{}
	for _, m := range input.FindAllStringSubmatch(body, -1) {
		if v := valueOf.FindStringSubmatch(m[0]); v != nil {
			out.Set(m[1], v[1])
		}
	}
	for _, m := range selectOf.FindAllStringSubmatch(body, -1) {
		if v := selected.FindStringSubmatch(m[0]); v != nil {
			out.Set(m[1], v[1])
		}
	}
	return out
}
