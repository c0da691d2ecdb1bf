package directiveweb_test

import (
	"bytes"
	"context"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/directiveweb"
	"giuchuan/internal/feature/directive/intake"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/blob"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/platform/web/htmltest"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/calendar"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/register/place"
	"giuchuan/reference"

	"github.com/a-h/templ"
)

const letter = `UBND TỈNH TUYÊN QUANG

Số:      /TB-UBND

Tuyên Quang, ngày    tháng 6 năm 2024

THÔNG BÁO
Kết luận cuộc họp về việc rà soát đường thôn

Ngày 05/6/2024, Phó Chủ tịch Ủy ban nhân dân tỉnh Trần Văn A chủ trì họp.

Dự họp có lãnh đạo các Sở: Y tế, Tư pháp.

Phó Chủ tịch Ủy ban nhân dân tỉnh kết luận:

1. Sở Y tế rà soát nhà vệ sinh, giếng nước của các hộ, xây dựng kế hoạch hỗ trợ. Báo cáo kết quả trước ngày 30/9/2024.

2. Sở Xây dựng, Sở Tài chính tham mưu bố trí vốn theo Thông báo số 94/TB-UBND ngày 20/5/2024.

3. Các thành viên Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh tăng cường đôn đốc các xã.

Nơi nhận:
- Sở Y tế;
- Sở Xây dựng;
- Lưu: VT.

TL. CHỦ TỊCH
KT. CHÁNH VĂN PHÒNG
PHÓ CHÁNH VĂN PHÒNG

Lê Thị B
`

// site is the pages for one person at a time.
type site struct {
	t      *testing.T
	kit    *web.Kit
	db     *db.DB
	today  day.Day
	who    authz.Subject
	folder string // of stored files
	log    bytes.Buffer
}

func each(t *testing.T, body func(s *site)) {
	var s *site
	dbtest.EachWith(t, func(o *db.Options) {
		s = &site{today: day.Of(2024, time.June, 12)}
		mine := s
		o.Now = func() time.Time { return time.Date(2024, 6, 12, 2, 0, 0, 0, time.UTC) }
		o.Today = func() day.Day { return mine.today }
	}, func(t *testing.T, d *db.DB) {
		s.t, s.db, s.folder = t, d, t.TempDir()
		s.open(d)
		body(s)
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (s *site) open(d *db.DB) {
	s.t.Helper()
	places, err := place.Load(reference.FS())
	must(s.t, err)
	agencies, err := agency.Load(reference.FS(), places, "08")
	must(s.t, err)
	lib, err := criteria.LoadLaw()
	must(s.t, err)
	days, err := calendar.Load(reference.FS())
	must(s.t, err)
	store := blob.OpenDisk(s.folder)
	pages := directiveweb.New(directiveweb.Options{
		DB: d, Places: places, Blobs: store,
		Directives: directive.New(directive.Options{Places: places, Agencies: agencies, Province: "08", Assigned: agency.NewAssignments(agencies, lib)}),
		Reader:     &intake.Reader{Places: places, Province: "08", Calendar: days},
		Evidence:   evidence.New(evidence.Options{DB: d, Blobs: store, Law: lib, Places: places, Temp: s.t.TempDir(), Named: directive.Keeps}),
		Track: func(*web.Page, string) (templ.Component, error) {
			return templ.Raw("<p>bảng theo dõi</p>"), nil
		},
		Called: func(_ context.Context, _ *db.Tx, _ authz.Subject, id string) (string, error) {
			return "chức danh của " + id, nil
		},
	})
	s.kit, err = web.New(web.Options{
		Routes: pages.Routes(), Today: func() day.Day { return s.today }, Log: slog.New(slog.NewTextHandler(&s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Identify: func(*http.Request) (*web.User, error) {
			return &web.User{ID: s.who.ID, Name: "An", Subject: s.who}, nil
		},
	})
	must(s.t, err)
	s.as(authz.ProvinceOffice, "08.1", "vp-ubnd.1")
}

func (s *site) as(r authz.Role, at, unit string) {
	s.who = authz.Subject{ID: "an", Grants: []authz.Grant{{Role: r, Place: at, Unit: unit}}}
}

func (s *site) send(r *http.Request) (int, string, http.Header) {
	s.t.Helper()
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	s.kit.Handler().ServeHTTP(w, r)
	body := w.Body.String()
	if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		htmltest.Check(s.t, body)
	}
	return w.Code, body, w.Header()
}

// get wants a status and words in the answer.
func (s *site) get(path string, status int, want ...string) string {
	s.t.Helper()
	code, body, _ := s.send(httptest.NewRequest("GET", path, nil))
	return s.check(path, code, status, body, want)
}

func (s *site) check(path string, code, status int, body string, want []string) string {
	s.t.Helper()
	if code != status {
		s.t.Fatalf("%s: %d, want %d: %.3000s", path, code, status, body)
	}
	for _, text := range want {
		if !strings.Contains(body, text) {
			s.t.Errorf("%s lacks %q", path, text)
		}
	}
	return body
}

// post sends a form and wants a status and words in the page or the address it
// leads to.
func (s *site) post(path string, status int, form url.Values, want ...string) string {
	s.t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	code, body, head := s.send(r)
	return s.check("POST "+path, code, status, body+head.Get("Location"), want)
}

// upload sends a form with a file.
func (s *site) upload(path, name, content string, status int, pairs ...string) string {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		must(s.t, w.WriteField(pairs[i], pairs[i+1]))
	}
	if name != "" {
		part, err := w.CreateFormFile("tep", name)
		must(s.t, err)
		_, err = part.Write([]byte(content))
		must(s.t, err)
	}
	must(s.t, w.Close())
	r := httptest.NewRequest("POST", path, &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	code, body, head := s.send(r)
	return s.check("POST "+path, code, status, body+head.Get("Location"), nil)
}

func values(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

var (
	address = regexp.MustCompile(`/chi-dao/([0-9a-v]{26})/doc`)
	card    = regexp.MustCompile(`(?s)id="nv-([0-9a-v]{26})">.*?class="cd-ref"[^>]*>([^<]+)<`)
	field   = regexp.MustCompile(`<(?:input|textarea|select)[^>]*\sname="([^"]+)"[^>]*>`)
)

// take takes the letter in and gives its address.
func (s *site) take() string {
	s.t.Helper()
	m := address.FindStringSubmatch(s.upload("/chi-dao/nhap", "thong-bao.txt", letter, 303))
	if m == nil {
		s.t.Fatal("no address after taking a document in")
	}
	return "/chi-dao/" + m[1]
}

// cards gives the ids of the duties of a reading page by their marks.
func (s *site) cards(at string) map[string]string {
	s.t.Helper()
	out := map[string]string{}
	for _, m := range card.FindAllStringSubmatch(s.get(at+"/doc", 200), -1) {
		out[strings.TrimSpace(m[2])] = m[1]
	}
	return out
}
