package web_test

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/platform/web/htmltest"
)

// english fails for words of machines in what a person reads.
func english(t *testing.T, page string) {
	t.Helper()
	words := regexp.MustCompile(`(?i)\b(error|not found|forbidden|bad request|request|internal|server|method|allowed|conflict|too (large|many)|timeout|denied|invalid|panic|unauthorized|moved)\b`)
	if found := words.FindString(htmltest.Visible(page)); found != "" {
		t.Errorf("the page says %q: %s", found, htmltest.Visible(page))
	}
}

func TestEveryRouteIsGuarded(t *testing.T) {
	s := newSite(t)
	seen := map[string]bool{}
	for _, r := range s.kit.Routes() {
		if seen[r.String()] {
			t.Errorf("%s is there twice", r)
		}
		seen[r.String()] = true
		target := regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(r.Pattern, "1")
		w := s.do(request{method: r.Method, target: target})
		checkAnswer(t, w, r.Pattern == "/kieu")
		if !r.Public && w.Code != http.StatusSeeOther && w.Code != http.StatusUnauthorized {
			t.Errorf("%s answers a stranger with %d", r, w.Code)
		}
		for _, foreign := range []map[string]string{{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://example.org"}} {
			w := s.do(request{method: r.Method, target: target, header: foreign})
			if unsafe := r.Method != http.MethodGet; unsafe && w.Code != http.StatusForbidden {
				t.Errorf("%s answers another site (%v) with %d", r, foreign, w.Code)
			}
		}
	}
	for _, want := range []string{"GET /healthz", "GET /readyz", "GET /metrics"} {
		if !seen[want] {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestWrongTablesAreRefused(t *testing.T) {
	page := func(p *web.Page) error { return p.Nothing() }
	for name, routes := range map[string][]web.Route{
		"no action":      {{Method: "GET", Pattern: "/a", Handler: page}},
		"both":           {{Method: "GET", Pattern: "/a", Handler: page, Public: true, Action: "x"}},
		"no handler":     {{Method: "GET", Pattern: "/a", Public: true}},
		"no path":        {{Method: "GET", Pattern: "a", Handler: page, Public: true}},
		"trailing slash": {{Method: "GET", Pattern: "/a/", Handler: page, Public: true}},
		"method":         {{Method: "HEAD", Pattern: "/a", Handler: page, Public: true}},
		"twice":          {{Method: "GET", Pattern: "/a", Handler: page, Public: true}, {Method: "GET", Pattern: "/a", Handler: page, Public: true}},
		"clash":          {{Method: "GET", Pattern: "/a/{b}/c", Handler: page, Public: true}, {Method: "GET", Pattern: "/a/b/{c}", Handler: page, Public: true}},
	} {
		if _, err := web.New(web.Options{Routes: routes}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestTheLogCarriesTheIDAndNothingPersonal(t *testing.T) {
	s := newSite(t)
	for _, q := range []request{
		{target: "/rieng/02392?q=Tran+Thi+Bi-mat", header: as("an")},
		{target: "/loi/sai?q=Bi-mat"},
		{method: "POST", target: "/kieu", body: "ten=Bi-mat"},
		{method: "BI-MAT", target: "/Bi-mat"},
	} {
		s.log.Reset()
		w := s.do(q)
		if !strings.Contains(s.log.String(), w.Header().Get("X-Request-Id")) {
			t.Errorf("%v: the log lacks the id: %s", q, s.log)
		}
		for _, personal := range []string{"Bi-mat", "BI-MAT", "Nguyễn", "02392", "Phù Lưu", "203.0.113.7"} {
			if strings.Contains(s.log.String(), personal) {
				t.Errorf("%v: the log tells %q: %s", q, personal, s.log)
			}
		}
		for _, line := range strings.Split(strings.TrimSpace(s.log.String()), "\n") {
			if !json.Valid([]byte(line)) {
				t.Errorf("not JSON: %s", line)
			}
		}
	}
	s.log.Reset()
	w := s.do(request{target: "/hoang"})
	for _, want := range []string{`"level":"ERROR"`, w.Header().Get("X-Request-Id"), "ô trống", "kit_test.go"} {
		if !strings.Contains(s.log.String(), want) {
			t.Errorf("the log of a panic lacks %q: %s", want, s.log)
		}
	}
	s.log.Reset()
	w = s.do(request{target: "/loi/la"})
	if !strings.Contains(s.log.String(), "disk on fire") || strings.Contains(w.Body.String(), "disk") {
		t.Error("the cause of a failure belongs into the log, and not onto the page")
	}
}

func TestFiguresAreForThisMachineAndTheToken(t *testing.T) {
	s := newSite(t, func(o *web.Options) {
		o.Token = "mot-hai-ba"
		o.Figures = func(w io.Writer) { _, _ = io.WriteString(w, "giuchuan_board_rows 7\n") }
	})
	ask := func(remote string, header map[string]string) (int, string) {
		r := httptest.NewRequest("GET", "/metrics", nil)
		r.RemoteAddr = remote
		for k, v := range header {
			r.Header.Set(k, v)
		}
		w := httptest.NewRecorder()
		s.kit.Handler().ServeHTTP(w, r)
		return w.Code, w.Body.String()
	}
	s.do(request{target: "/"})
	if code, body := ask("127.0.0.1:9", nil); code != 200 || !strings.Contains(body, `giuchuan_requests_total{route="GET /",status="200"} 1`) || !strings.Contains(body, "giuchuan_board_rows 7") || !strings.Contains(body, "go_goroutines") {
		t.Errorf("%d %s", code, body)
	}
	for name, c := range map[string]struct {
		remote string
		header map[string]string
		status int
	}{
		"a proxy on this machine": {"127.0.0.1:9", map[string]string{"X-Forwarded-For": "203.0.113.7"}, 404},
		"afar":                    {"203.0.113.7:9", nil, 404},
		"wrong token":             {"203.0.113.7:9", map[string]string{"Authorization": "Bearer mot-hai"}, 404},
		"no token":                {"203.0.113.7:9", map[string]string{"Authorization": "Bearer "}, 404},
		"token":                   {"203.0.113.7:9", map[string]string{"Authorization": "Bearer mot-hai-ba"}, 200},
	} {
		if code, _ := ask(c.remote, c.header); code != c.status {
			t.Errorf("%s: %d, want %d", name, code, c.status)
		}
	}
}

func TestPackedAnswers(t *testing.T) {
	s := newSite(t)
	gz := map[string]string{"Accept-Encoding": "gzip, br"}
	if w := s.do(request{target: "/", header: gz}); w.Header().Get("Content-Encoding") != "gzip" || w.Body.Len() > 2000 {
		t.Errorf("a page is not packed: %v", w.Header())
	}
	if w := s.do(request{target: "/", header: map[string]string{"Accept-Encoding": "gzip;q=0"}}); w.Header().Get("Content-Encoding") != "" {
		t.Error("packed for a browser that refuses it")
	}
	if w := s.do(request{target: "/so", header: gz}); w.Header().Get("Content-Encoding") != "" {
		t.Error("a short answer is packed")
	}
	for accept, want := range map[string]string{"gzip, br": "br", "gzip": "gzip", "": "", "br;q=0": ""} {
		w := s.do(request{target: "/giao-dien/app-1A.css", header: map[string]string{"Accept-Encoding": accept}})
		if w.Code != 200 || w.Header().Get("Content-Encoding") != want || w.Header().Get("Content-Type") != "text/css; charset=utf-8" ||
			w.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: %d %v", accept, w.Code, w.Header())
		}
	}
	if w := s.do(request{target: "/giao-dien/manifest.json"}); w.Code != 404 {
		t.Errorf("a file outside the manifest is served: %d", w.Code)
	}
	first := s.do(request{target: "/"})
	if w := s.do(request{target: "/", header: map[string]string{"If-None-Match": first.Header().Get("Etag")}}); w.Code != 304 || w.Body.Len() != 0 {
		t.Errorf("an unchanged public page is sent again: %d", w.Code)
	}
}

func TestThePageNamesItsAssets(t *testing.T) {
	body := newSite(t).do(request{target: "/"}).Body.String()
	for _, want := range []string{
		`<link rel="stylesheet" href="/giao-dien/app-1A.css">`, `<script type="module" src="/giao-dien/map-5E.js">`,
		`<link rel="preload" href="/giao-dien/f-4D.woff2" as="font"`, `href="/giao-dien/icon-3C.svg"`, "SỐ LIỆU MINH HỌA", "01/10/2024",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestPlainPagesWithoutAssets(t *testing.T) {
	placeholder := fstest.MapFS{"placeholder.txt": {Data: []byte("x")}}
	s := newSite(t, func(o *web.Options) { o.Assets = placeholder })
	w := s.do(request{target: "/"})
	htmltest.Check(t, w.Body.String())
	if !strings.Contains(w.Body.String(), "make ui") || strings.Contains(w.Body.String(), "stylesheet") || strings.Contains(w.Body.String(), "<script") {
		t.Errorf("the plain page does not say how to build the rest: %s", w.Body)
	}
	broken := fstest.MapFS{"manifest.json": {Data: []byte(`{"app.css":"gone.css"}`)}}
	if _, err := web.New(web.Options{Assets: broken}); err == nil {
		t.Error("a manifest that names a missing file is accepted")
	}
}

func TestTransportIsKnownFromTrustedProxiesOnly(t *testing.T) {
	var address string
	s := newSite(t, func(o *web.Options) {
		o.Proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
		o.Routes = []web.Route{{Method: "GET", Pattern: "/", Public: true, Handler: func(p *web.Page) error { address = p.Address(); return p.Nothing() }}}
	})
	for name, c := range map[string]struct {
		remote, forwarded, proto, address string
		tls, hsts                         bool
	}{
		"plain":             {"203.0.113.7:1", "", "", "203.0.113.7", false, false},
		"tls":               {"203.0.113.7:1", "", "", "203.0.113.7", true, true},
		"stranger pretends": {"203.0.113.7:1", "198.51.100.1", "https", "203.0.113.7", false, false},
		"proxy":             {"10.0.0.2:1", "198.51.100.1", "https", "198.51.100.1", false, true},
		"forged first hop":  {"10.0.0.2:1", "1.2.3.4, 198.51.100.1, 10.0.0.3", "http", "198.51.100.1", false, false},
		"nonsense":          {"10.0.0.2:1", "abc", "", "10.0.0.2", false, false},
		"six":               {"[2001:db8::1]:1", "", "", "2001:db8::1", false, false},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr, r.TLS = c.remote, nil
		if c.tls {
			r.TLS = &tls.ConnectionState{}
		}
		r.Header.Set("X-Forwarded-For", c.forwarded)
		r.Header.Set("X-Forwarded-Proto", c.proto)
		w := httptest.NewRecorder()
		s.kit.Handler().ServeHTTP(w, r)
		if address != c.address || (w.Header().Get("Strict-Transport-Security") != "") != c.hsts {
			t.Errorf("%s: address %s, HSTS %q", name, address, w.Header().Get("Strict-Transport-Security"))
		}
	}
}

func TestSameSite(t *testing.T) {
	for path, want := range map[string]bool{
		"/": true, "/xa/02392?ngay=2024-10-01#a": true, "": false, "xa": false, "//example.org": false, "/\\example.org": false, "https://example.org": false,
		"/a\nb": false, "/\t/example.org": false, "javascript:alert(1)": false, "/a b": false, "///example.org": false,
	} {
		if web.SameSite(path) != want {
			t.Errorf("SameSite(%q) = %v", path, !want)
		}
	}
}

func TestFormErrors(t *testing.T) {
	f := web.NewForm("ten", " An ")
	if f.Value("ten") != "An" || !f.Has("ten") || f.Has("khac") || !f.OK() {
		t.Errorf("a fresh form: %+v", f)
	}
	msg := fault.Msg{Key: "test.name", Text: "hãy nhập tên"}
	if err := f.FailWith(fault.Join(fault.New(fault.Invalid, msg).At("ten"), fault.New(fault.Conflict, msg))); err != nil || f.OK() || f.Error("ten") != "Hãy nhập tên" || len(f.Errors()) != 2 {
		t.Errorf("errors %v, %+v", err, f.Errors())
	}
	for _, code := range []fault.Code{fault.Forbidden, fault.NotFound, fault.Unavailable, fault.Internal} {
		if err := web.NewForm().FailWith(fault.New(code, msg)); err == nil {
			t.Errorf("%s became an error of the form", code)
		}
	}
	if err := web.NewForm().FailWith(nil); err != nil {
		t.Error(err)
	}
	body := newSite(t).do(request{target: "/kieu"}).Body.String()
	for _, want := range []string{
		`<a href="#nam">Hãy nhập năm bằng bốn chữ số</a>`, `value="Xã &#34;Phù &lt;Lưu&gt;&#34;"`, `<option value="chua" selected>`, `id="ket-qua" name="ket-qua" type="radio" value="dat" checked`,
		`aria-describedby="nam-loi"`, `aria-invalid="true"`, "một\nhai</textarea>",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the form lacks %s", want)
		}
	}
	if strings.Count(body, "autofocus") != 1 || !regexp.MustCompile(`id="nam"[^>]*autofocus`).MatchString(body) || strings.Contains(body, "bi-mat-lam") {
		t.Error("the cursor goes to the first wrong field alone, and a password is never written")
	}
}

func TestStopFinishesWhatIsUnderWay(t *testing.T) {
	began, finish := make(chan bool), make(chan bool)
	s := newSite(t, func(o *web.Options) {
		o.Drain = 50 * time.Millisecond
		o.Routes = []web.Route{{Method: "GET", Pattern: "/", Public: true, Handler: func(p *web.Page) error {
			began <- true
			<-finish
			return p.JSON("xong")
		}}}
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- s.kit.ServeOn(ctx, l) }()
	answer := make(chan string, 1)
	go func() {
		r, err := http.Get("http://" + l.Addr().String() + "/")
		if err != nil {
			answer <- err.Error()
			return
		}
		defer r.Body.Close() //nolint:errcheck // a test
		body, _ := io.ReadAll(r.Body)
		answer <- string(body)
	}()
	<-began
	cancel()
	for i := 0; s.do(request{target: "/readyz"}).Code != http.StatusServiceUnavailable; i++ {
		if i > 1000 {
			t.Fatal("a stopping node says it is ready")
		}
		time.Sleep(time.Millisecond)
	}
	close(finish)
	if got := <-answer; got != `"xong"` {
		t.Errorf("the request under way got %q", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := s.kit.Serve(context.Background(), "256.0.0.1:x"); err == nil {
		t.Error("served on an address that is none")
	}
}

// No request, however odd, is answered with a defect.
func FuzzRequest(f *testing.F) {
	s := newSite(f)
	f.Add("GET", "/rieng/1", "q=1", "", "an")
	f.Add("POST", "/kieu", "", "ten=a&nguon=b&nguon=c", "")
	f.Add("PUT", "/giao-dien/app-1A.css", "%", "=%%", "")
	f.Fuzz(func(t *testing.T, method, path, query, body, user string) {
		r := httptest.NewRequest("GET", "/", strings.NewReader(body))
		if !regexp.MustCompile(`^[A-Z]{1,10}$`).MatchString(method) || user == "broken" {
			return
		}
		r.Method, r.URL.Path, r.URL.RawQuery = method, "/"+strings.TrimPrefix(path, "/"), query
		switch r.URL.Path {
		case "/hoang", "/muon", "/dua", "/nua", "/loi/hong", "/loi/la", "/loi/ban":
			return
		}
		r.Header.Set("X-Test-User", user)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		s.kit.Handler().ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Errorf("%s %q: %d", method, r.URL, w.Code)
		}
	})
}
