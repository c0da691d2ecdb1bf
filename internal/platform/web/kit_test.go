package web_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/platform/web/htmltest"
)

var msgTest = fault.Msg{Key: "test.refused", Text: "xã {name} đã được chốt số liệu"}

// site is a kit with one route of every kind, and its log.
type site struct {
	kit *web.Kit
	log *bytes.Buffer
}

// built is a small ui/dist.
func built() fstest.MapFS {
	long := []byte(strings.Repeat("a{color:red}", 200))
	return fstest.MapFS{
		"manifest.json":   {Data: []byte(`{"app.css":"app-1A.css","app.js":"app-2B.js","icon.svg":"icon-3C.svg","be-vietnam-pro-latin-400.woff2":"f-4D.woff2","map.js":"map-5E.js"}`)},
		"app-1A.css":      {Data: long},
		"app-1A.css.br":   {Data: []byte("br")},
		"app-1A.css.gz":   {Data: []byte("gz")},
		"app-2B.js":       {Data: []byte("1")},
		"icon-3C.svg":     {Data: []byte("<svg/>")},
		"f-4D.woff2":      {Data: []byte("font")},
		"map-5E.js":       {Data: []byte("2")},
		"placeholder.txt": {Data: []byte("x")},
	}
}

func newSite(t testing.TB, change ...func(*web.Options)) site {
	t.Helper()
	s := site{log: &bytes.Buffer{}}
	o := web.Options{
		Routes: sampleRoutes(), Identify: identify, Assets: built(),
		Log:   slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Today: func() day.Day { return day.Of(2024, 10, 1) }, Place: "Tỉnh Tuyên Quang", Logout: "/dang-xuat", Account: "/tai-khoan", Search: "/tim",
		Nav: func(p *web.Page) []web.Link {
			if p.User() == nil {
				return nil
			}
			return []web.Link{{Text: "Toàn cảnh tỉnh", Path: "/tong-quan"}, {Text: "Việc của tôi", Path: "/viec-cua-toi", Count: 3, End: true}}
		},
		Demo: func(*web.Page) *web.DemoBar {
			return &web.DemoBar{Note: "không phản ánh tình hình thực tế của xã.", Move: "/ngay", Days: []web.DemoDay{{Day: day.Of(2024, 10, 1), Text: "hôm nay"}}}
		},
	}
	for _, c := range change {
		c(&o)
	}
	kit, err := web.New(o)
	if err != nil {
		t.Fatal(err)
	}
	s.kit = kit
	return s
}

// identify knows two people by a header.
func identify(r *http.Request) (*web.User, error) {
	switch r.Header.Get("X-Test-User") {
	case "an":
		return &web.User{ID: "u1", Name: "Nguyễn Văn An", Role: "Quản trị tỉnh", Subject: authz.Subject{ID: "u1"}}, nil
	case "broken":
		return nil, errors.New("the sessions cannot be read")
	}
	return nil, nil
}

func sampleRoutes() []web.Route {
	page := func(p *web.Page) error {
		return p.Render(holding(web.Layout(p.Shell("Trang mẫu").With("map")), markup("<h1>Trang mẫu</h1>"), markup(strings.Repeat("<p>Nội dung.</p>", 100))))
	}
	fails := func(err error) web.Handler { return func(*web.Page) error { return err } }
	form := func(p *web.Page) error {
		f := p.Form()
		f.Fail("ten", "Hãy nhập tên đơn vị")
		return p.Invalid(gallery(p.Shell("Bảng kiểu"), f))
	}
	return []web.Route{
		{Method: "GET", Pattern: "/", Handler: page, Public: true},
		{Method: "GET", Pattern: "/rieng/{code}", Handler: page, Action: authz.OwnAccount},
		{Method: "POST", Pattern: "/rieng/{code}", Handler: func(p *web.Page) error { return p.Redirect("/rieng/" + p.Path("code")) }, Action: authz.OwnAccount},
		{Method: "GET", Pattern: "/quan-tri", Handler: page, Action: authz.ManageAccounts},
		{Method: "GET", Pattern: "/kieu", Handler: func(p *web.Page) error { return p.Render(gallery(p.Shell("Bảng kiểu"), wrongForm())) }, Public: true},
		{Method: "POST", Pattern: "/kieu", Handler: form, Public: true},
		{Method: "POST", Pattern: "/nho", Handler: form, Public: true, MaxBody: 10},
		{Method: "POST", Pattern: "/dong", Public: true, Stream: true, MaxBody: 10, Handler: func(p *web.Page) error {
			if _, err := io.ReadAll(p.R.Body); err != nil {
				return err
			}
			return p.Nothing()
		}},
		{Method: "GET", Pattern: "/hoang", Public: true, Handler: func(*web.Page) error { panic("ô trống của Nguyễn Văn An") }},
		{Method: "GET", Pattern: "/muon", Public: true, Within: time.Millisecond, Handler: func(p *web.Page) error { <-p.Context().Done(); return p.Context().Err() }},
		{Method: "GET", Pattern: "/dua", Public: true, Handler: func(p *web.Page) error { return p.Redirect("//example.org") }},
		{Method: "GET", Pattern: "/nua", Public: true, Handler: func(p *web.Page) error {
			return p.Render(together(markup("<p>một nửa</p>"), failing{}))
		}},
		{Method: "GET", Pattern: "/tep", Public: true, Handler: func(p *web.Page) error {
			return p.Download("rà soát.csv", "text/csv; charset=utf-8", func(w io.Writer) error { _, err := io.WriteString(w, "a"); return err })
		}},
		{Method: "GET", Pattern: "/so", Public: true, Handler: func(p *web.Page) error { return p.JSON(map[string]int{"a": 1}) }},
		{Method: "GET", Pattern: "/loi/sai", Public: true, Handler: fails(fault.New(fault.Invalid, msgTest, "name", "Phù Lưu"))},
		{Method: "GET", Pattern: "/loi/khong-co", Public: true, Handler: fails(fault.New(fault.NotFound, msgTest, "name", "Phù Lưu"))},
		{Method: "GET", Pattern: "/loi/trung", Public: true, Handler: fails(fault.New(fault.Conflict, msgTest, "name", "Phù Lưu"))},
		{Method: "GET", Pattern: "/loi/cam", Public: true, Handler: fails(fault.New(fault.Forbidden, msgTest, "name", "Phù Lưu"))},
		{Method: "GET", Pattern: "/loi/lon", Public: true, Handler: fails(fault.New(fault.TooLarge, msgTest, "name", "Phù Lưu"))},
		{Method: "GET", Pattern: "/loi/ban", Public: true, Handler: fails(fault.New(fault.Unavailable, msgTest, "name", "Phù Lưu"))},
		{Method: "GET", Pattern: "/loi/hong", Public: true, Handler: fails(fault.New(fault.Corrupt, msgTest, "name", "Phù Lưu"))},
		{Method: "GET", Pattern: "/loi/la", Public: true, Handler: fails(errors.New("disk on fire"))},
		{Method: "GET", Pattern: "/loi/nhieu", Public: true, Handler: fails(web.TooMany(90 * time.Second))},
		{Method: "GET", Pattern: "/loi/dong", Public: true, Handler: fails(fault.Join(fault.New(fault.Invalid, msgTest, "name", "A").At("dong-1"), fault.New(fault.Invalid, msgTest, "name", "B").At("dong-2")))},
	}
}

type failing struct{}

// Render fails, as a component does whose data is broken.
func (failing) Render(context.Context, io.Writer) error { return errors.New("no such column") }

// request is one line of a table of requests.
type request struct {
	method, target string
	header         map[string]string
	body           string
}

func (s site) do(q request) *httptest.ResponseRecorder {
	if q.method == "" {
		q.method = http.MethodGet
	}
	r := httptest.NewRequest(q.method, q.target, strings.NewReader(q.body))
	r.RemoteAddr = "203.0.113.7:40000"
	if q.body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for k, v := range q.header {
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	s.kit.Handler().ServeHTTP(w, r)
	return w
}

func as(user string) map[string]string { return map[string]string{"X-Test-User": user} }

// A page of another site whose name leads to this machine (DNS rebinding) sends
// its own name; where names are listed it gets nothing, not even a picture.
func TestOnlyListedHostsAreAnswered(t *testing.T) {
	k, err := web.New(web.Options{
		Hosts:  []string{"127.0.0.1:8080", "localhost:8080", "[::1]:8080"},
		Routes: []web.Route{{Method: "GET", Pattern: "/mo", Public: true, Handler: func(p *web.Page) error { return p.Nothing() }}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for host, want := range map[string]int{
		"127.0.0.1:8080": 204, "LOCALHOST:8080": 204, "[::1]:8080": 204,
		"localhost": 421, "localhost:9090": 421, "example.org:8080": 421, "127.0.0.1.example.org:8080": 421, "": 421, "0.0.0.0:8080": 421,
	} {
		r := httptest.NewRequest("GET", "/mo", nil)
		r.Host = host
		w := httptest.NewRecorder()
		k.Handler().ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("Host %q: %d, want %d", host, w.Code, want)
		}
		if want == 421 && !strings.Contains(w.Body.String(), "http://127.0.0.1:8080") {
			t.Errorf("Host %q: the answer names no remedy: %.300s", host, w.Body)
		}
	}
}

func TestRequests(t *testing.T) {
	s := newSite(t)
	for name, c := range map[string]struct {
		request

		status int
		header map[string]string // expected; "-" = absent
		body   string            // contained
	}{
		"public page":          {request{target: "/"}, 200, map[string]string{"Cache-Control": "private, no-cache"}, "<h1>Trang mẫu</h1>"},
		"head":                 {request{method: "HEAD", target: "/"}, 200, map[string]string{"Content-Type": "text/html; charset=utf-8"}, ""},
		"logged in":            {request{target: "/rieng/02392", header: as("an")}, 200, map[string]string{"Cache-Control": "private, no-store", "Etag": "-"}, "Nguyễn Văn An"},
		"login":                {request{target: "/rieng/02392?ngay=2024-10-01&q=a+b"}, 303, map[string]string{"Location": "/dang-nhap?tiep=%2Frieng%2F02392%3Fngay%3D2024-10-01%26q%3Da%2Bb"}, ""},
		"form after the end":   {request{method: "POST", target: "/rieng/1", body: "ghi-chu=d%C3%A0i+%3Cb%3E&mat-khau=x9y8"}, 401, nil, `name="ghi-chu" value="dài &lt;b&gt;"`},
		"htmx after the end":   {request{target: "/rieng/1", header: map[string]string{"HX-Request": "true"}}, 401, nil, "Đăng nhập lại"},
		"script after the end": {request{method: "POST", target: "/rieng/1", header: map[string]string{"Accept": "application/json"}}, 401, map[string]string{"Content-Type": "application/json"}, `"error"`},
		"not reached":          {request{target: "/quan-tri", header: as("an")}, 403, nil, "không được giao việc đó"},
		"redirect":             {request{method: "POST", target: "/rieng/1", header: as("an")}, 303, map[string]string{"Location": "/rieng/1", "Content-Type": "-", "Cache-Control": "no-store"}, ""},
		"nowhere":              {request{target: "/khong-co"}, 404, map[string]string{"Cache-Control": "private, no-store"}, "Không tìm thấy trang"},
		"wrong method":         {request{method: "POST", target: "/quan-tri", header: as("an")}, 405, map[string]string{"Allow": "HEAD, GET"}, "Thao tác không dùng được"},
		"options":              {request{method: "OPTIONS", target: "/kieu"}, 405, map[string]string{"Allow": "HEAD, GET, POST"}, ""},
		"unclean":              {request{target: "/rieng//02392/?a=1"}, 308, map[string]string{"Location": "/rieng/02392?a=1", "Cache-Control": "no-store"}, ""},
		"host in the path":     {request{target: "/%2Fexample.org/"}, 308, map[string]string{"Location": "/example.org"}, ""},
		"not text":             {request{target: "/rieng/%ff"}, 400, nil, "ký tự không hợp lệ"},
		"nul in the query":     {request{target: "/?q=a%00"}, 400, nil, "ký tự không hợp lệ"},
		"nul in the form":      {request{method: "POST", target: "/kieu", body: "ten=a%00"}, 400, nil, "ký tự không hợp lệ"},
		"broken form":          {request{method: "POST", target: "/kieu", body: "ten=%zz"}, 400, nil, "Không đọc được"},
		"form with errors":     {request{method: "POST", target: "/kieu", body: "ten=+Ph%C3%B9+L%C6%B0u&ghi-chu=hai"}, 422, nil, `value=" Phù Lưu"`},
		"body too large":       {request{method: "POST", target: "/nho", body: "ten=" + strings.Repeat("a", 100)}, 413, nil, "quá lớn"},
		"stream too large":     {request{method: "POST", target: "/dong", body: strings.Repeat("a", 100)}, 413, nil, "quá lớn"},
		"stream":               {request{method: "POST", target: "/dong", body: "a"}, 204, map[string]string{"Cache-Control": "no-store"}, ""},
		"default limit":        {request{method: "POST", target: "/kieu", body: "ten=" + strings.Repeat("a", web.DefaultBody)}, 413, nil, "1 MB"},
		"panic":                {request{target: "/hoang"}, 500, map[string]string{"Cache-Control": "private, no-store"}, "Hệ thống gặp lỗi"},
		"too slow":             {request{target: "/muon"}, 503, nil, "chưa trả lời kịp"},
		"foreign redirect":     {request{target: "/dua"}, 500, map[string]string{"Location": "-"}, "Hệ thống gặp lỗi"},
		"half a page":          {request{target: "/nua"}, 500, nil, "Hệ thống gặp lỗi"},
		"sessions broken":      {request{target: "/", header: as("broken")}, 500, nil, "Hệ thống gặp lỗi"},
		"file":                 {request{target: "/tep"}, 200, map[string]string{"Content-Disposition": "attachment; filename*=utf-8''r%C3%A0%20so%C3%A1t.csv"}, "a"},
		"json":                 {request{target: "/so"}, 200, map[string]string{"Content-Type": "application/json"}, `{"a":1}`},
		"invalid":              {request{target: "/loi/sai"}, 400, nil, "Xã Phù Lưu đã được chốt số liệu."},
		"not found":            {request{target: "/loi/khong-co"}, 404, nil, "Xã Phù Lưu đã được chốt số liệu."},
		"conflict":             {request{target: "/loi/trung"}, 409, nil, "Xã Phù Lưu đã được chốt số liệu."},
		"forbidden":            {request{target: "/loi/cam"}, 403, nil, "Xã Phù Lưu đã được chốt số liệu."},
		"too large":            {request{target: "/loi/lon"}, 413, nil, "Xã Phù Lưu đã được chốt số liệu."},
		"unavailable":          {request{target: "/loi/ban"}, 503, nil, "Xã Phù Lưu đã được chốt số liệu."},
		"corrupt":              {request{target: "/loi/hong"}, 500, nil, "Hệ thống gặp lỗi"},
		"too many":             {request{target: "/loi/nhieu"}, 429, map[string]string{"Retry-After": "90"}, "90 giây"},
		"rows":                 {request{target: "/loi/dong"}, 400, nil, "<li>dong-2: xã B đã được chốt số liệu</li>"},
		"htmx error":           {request{target: "/loi/trung", header: map[string]string{"HX-Request": "true"}}, 409, nil, `<div class="note note--risk" role="alert">`},
		"script error":         {request{target: "/loi/la", header: map[string]string{"Accept": "application/json"}}, 500, map[string]string{"Content-Type": "application/json"}, `"error":"Hệ thống gặp lỗi."`},
		"alive":                {request{target: "/healthz"}, 200, map[string]string{"Cache-Control": "no-store"}, "ok"},
		"ready":                {request{target: "/readyz"}, 200, nil, "ok"},
		"figures from afar":    {request{target: "/metrics"}, 404, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := s.do(c.request)
			if w.Code != c.status {
				t.Fatalf("status %d, want %d: %s", w.Code, c.status, w.Body)
			}
			for k, want := range c.header {
				if got := w.Header().Get(k); got != want && !(want == "-" && got == "") {
					t.Errorf("%s: %q, want %q", k, got, want)
				}
			}
			if !strings.Contains(w.Body.String(), c.body) {
				t.Errorf("the body lacks %q: %s", c.body, w.Body)
			}
			checkAnswer(t, w, c.target == "/kieu" || c.request.header["HX-Request"] != "")
			if strings.Contains(w.Body.String(), "x9y8") {
				t.Error("a password is written into the page")
			}
		})
	}
}

// checkAnswer looks at what holds for every answer.
func checkAnswer(t *testing.T, w *httptest.ResponseRecorder, fragment bool) {
	t.Helper()
	h := w.Header()
	csp := h.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'self'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'"} {
		if !strings.Contains(csp, want) {
			t.Errorf("the policy lacks %s: %s", want, csp)
		}
	}
	if strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") || strings.Contains(csp, "*") {
		t.Errorf("the policy is loose: %s", csp)
	}
	for k, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"} {
		if h.Get(k) != want {
			t.Errorf("%s: %q, want %q", k, h.Get(k), want)
		}
	}
	if h.Get("Permissions-Policy") == "" || len(h.Get("X-Request-Id")) != 9 {
		t.Error("no permissions policy or no id")
	}
	if strings.HasPrefix(h.Get("Content-Type"), "text/html") && w.Body.Len() > 0 && !fragment {
		htmltest.Check(t, w.Body.String())
		if w.Code >= 400 && w.Code != 401 && w.Code != 422 && !strings.Contains(w.Body.String(), h.Get("X-Request-Id")) {
			t.Error("the error page does not show its id")
		}
		if w.Code >= 400 {
			english(t, w.Body.String())
		}
	}
}
