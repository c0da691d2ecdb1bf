package app_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/platform/web/htmltest"
)

// The fuzz test drives every handler of the product as every role with requests
// that no page would send. Whatever comes, the answer is no defect (5xx other
// than 503), no panic, and a page that holds the rules of htmltest; a refusal
// says what to do and carries an id that stands in the log.

// nasty are values that have broken handlers before.
func nasty() []string {
	return []string{
		"", " ", "0", "-1", "1", "99999999999999999999", "1e309", "NaN", "02407", "02389", "074", "99999", "2024-H1", "2024-H3", "9999-H1",
		"01/10/2024", "31/02/2024", "01/01/0001", "31/12/9999", "2024-13-45", "xa-ntm-2021-2025", "xa-ntm-2021-2025/15", "15.1", "17.10",
		"đạt", "Đ", "ị\u0300\u0301", strings.Repeat("ữ", 300), strings.Repeat("a", 20_000), "'; DROP TABLE review_finding; --", `" onload="x`,
		"<script>alert(1)</script>", "{{.}}", "%s%n", "../../etc/passwd", "//host/path", "javascript:alert(1)", "\x00", "a\x00b", "\xff\xfe",
		"\r\nX: y", "=1+1", "null", "[]", "\u202e", "ubnd-02407.1", "xa-nguoi-nhap", "vpdp-ntm.1", "/tong-quan", "*", "1", "on",
	}
}

// drawer draws requests from a stream of choices: a seeded generator, or the
// bytes of the fuzzer.
type drawer struct {
	pick   func(n int) int
	routes []web.Route
	names  []string // of fields, as the pages' own forms name them
	ids    []string // that exist
}

func (d *drawer) one(from []string) string { return from[d.pick(len(from))] }

func (d *drawer) value() string {
	if d.pick(4) == 0 {
		return d.one(d.ids)
	}
	return d.one(nasty())
}

// request draws one: mostly the route's own method and shape, with values that
// are not.
func (d *drawer) request() *http.Request {
	route := d.routes[d.pick(len(d.routes))]
	target := d.address(route.Pattern)
	method := route.Method
	if d.pick(12) == 0 {
		method = d.one([]string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"})
	}
	body, kind := d.body()
	r := httptest.NewRequest(method, "/", body)
	r.URL = target
	r.RequestURI = target.RequestURI()
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for range d.pick(3) {
		head := d.one([]string{"Accept", "HX-Request", "If-None-Match", "Sec-Fetch-Site", "Origin", "Content-Type", "X-Forwarded-For", "Accept-Encoding", "Range", "Idempotency-Key"})
		r.Header.Set(head, d.one([]string{"true", "application/json", "cross-site", "same-origin", "gzip", "*", "http://khac.vn", "bytes=0-", "", "text/html;q=x"}))
	}
	return r
}

var part = regexp.MustCompile(`\{[^}]+\}`)

func (d *drawer) address(pattern string) *url.URL {
	path := part.ReplaceAllStringFunc(pattern, func(string) string { return strings.TrimLeft(d.value(), "/") })
	if d.pick(30) == 0 {
		path += d.one([]string{"/", "//", "/..", "/%00", "/x", ".xlsx"})
	}
	u := &url.URL{Path: path}
	query := url.Values{}
	for range d.pick(4) {
		query.Add(d.one(d.names), d.value())
	}
	u.RawQuery = query.Encode()
	if d.pick(40) == 0 {
		u.RawQuery = d.one([]string{"%", "a=%zz", "a=%00", ";", "&&&", "ngay=%ff"})
	}
	return u
}

// body draws a form, a form with a file, or something else.
func (d *drawer) body() (io.Reader, string) {
	var b bytes.Buffer
	switch d.pick(8) {
	case 0:
		return nil, ""
	case 1:
		return strings.NewReader(d.value()), d.one([]string{"application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", "a/b;;"})
	case 2, 3:
		w := multipart.NewWriter(&b)
		for range d.pick(5) {
			_ = w.WriteField(d.one(d.names), d.value())
		}
		f, err := w.CreateFormFile(d.one(d.names), d.one([]string{"anh.jpg", "so-lieu.xlsx", "../x.pdf", "", "a\x00.png", "a.docx"}))
		if err == nil {
			_, _ = f.Write([]byte(d.one([]string{"", "PK\x03\x04", "%PDF-1.7", "\xff\xd8\xff\xe0", "\x89PNG\r\n\x1a\n", "a,b\n1,2\n", "commune,set\n02407,x\n"})))
		}
		if d.pick(6) > 0 {
			_ = w.Close()
		}
		return &b, w.FormDataContentType()
	}
	form := url.Values{}
	for range d.pick(8) {
		form.Add(d.one(d.names), d.value())
	}
	return strings.NewReader(form.Encode()), "application/x-www-form-urlencoded"
}

var (
	fieldName = regexp.MustCompile(`<(?:input|select|textarea)[^>]*\sname="([^"]+)"`)
	fieldAsks = regexp.MustCompile(`<(?:input[^>]*value|option value)="([^"]{1,60})"`)
	linkTail  = regexp.MustCompile(`href="/[^"?]*/([^"/?]+)"`)
)

// learn gathers the names of fields, values and ids from all pages there are,
// so that what a new page asks for is fuzzed from its first day.
func (s *site) learn(t testing.TB) *drawer {
	t.Helper()
	d := &drawer{routes: s.server.Routes()}
	d.ids = append(d.ids, taskDocument)
	for _, agencyID := range taskBodies() {
		if e := s.taskOf(t, agencyID); e != nil {
			d.ids = append(d.ids, e.ID)
		}
	}
	paper, duty := s.paper(t, "ubnd-074.1", false)
	d.ids = append(d.ids, paper, duty)
	for _, role := range everyRole() {
		for _, r := range d.routes {
			if r.Method != http.MethodGet {
				continue
			}
			name := "02407"
			if strings.HasPrefix(r.Pattern, "/nhiem-vu/") {
				name = s.taskOf(t, taskBodies()[own]).ID
			}
			if strings.HasPrefix(r.Pattern, "/chi-dao/") {
				name = paper
			}
			address := part.ReplaceAllString(r.Pattern, name)
			if r.Pattern == "/chi-dao/{id}/doc" {
				address += "?sua=" + duty // its largest form is one that is asked for
			}
			page := s.do(t, role, ask(address)).body
			for _, m := range fieldName.FindAllStringSubmatch(page, -1) {
				d.names = append(d.names, m[1])
			}
			for _, find := range []*regexp.Regexp{fieldAsks, linkTail} {
				for _, m := range find.FindAllStringSubmatch(page, -1) {
					d.ids = append(d.ids, m[1])
				}
			}
		}
	}
	d.ids = append(d.ids, s.account(t, "ubnd-02407.1", authz.CommuneEntry))
	d.names = append(d.names, "ngay", "q", "tiep", "trang", "la", "")
	slices.Sort(d.names)
	slices.Sort(d.ids)
	d.names, d.ids = slices.Compact(d.names), slices.Compact(d.ids)
	if len(d.names) < 20 || len(d.ids) < 50 {
		t.Fatalf("learnt only %d names and %d values", len(d.names), len(d.ids))
	}
	return d
}

// try sends one drawn request and says what is wrong with the answer, "" for
// nothing.
func (s *site) try(r *http.Request, role authz.Role) string {
	if c := s.cookie[role]; c != "" && r.URL.Path != "/dang-xuat" {
		r.Header.Set("Cookie", "giuchuan="+c)
	}
	r.Host = s.host
	mark := s.log.Len()
	rec := httptest.NewRecorder()
	s.server.Handler().ServeHTTP(rec, r)
	said := s.log.From(mark)
	page, html := unpacked(rec), strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html")
	var wrong []string
	if rec.Code >= 500 && rec.Code != http.StatusServiceUnavailable {
		wrong = append(wrong, fmt.Sprintf("answers %d", rec.Code))
	}
	if strings.Contains(said, `"msg":"panic"`) {
		wrong = append(wrong, "panics")
	}
	if html && strings.HasPrefix(strings.ToLower(page), "<!doctype") {
		wrong = append(wrong, htmltest.Faults(page)...)
	}
	id := rec.Header().Get("X-Request-Id")
	if rec.Code >= 400 && (id == "" || !strings.Contains(said, `"id":"`+id+`"`)) {
		wrong = append(wrong, "its id is not in the log")
	}
	form := rec.Code == http.StatusUnprocessableEntity || rec.Code == http.StatusUnauthorized || rec.Code == http.StatusTooManyRequests
	if html && rec.Code >= 400 && !form && r.Method != http.MethodHead && !strings.Contains(page, id) {
		wrong = append(wrong, "the error page does not show its id")
	}
	if len(wrong) == 0 {
		return ""
	}
	return fmt.Sprintf("%s %s by %s (%d): %s\n%s", r.Method, r.URL, orVisitor(role), rec.Code, strings.Join(wrong, "; "), said)
}

// unpacked is the text of an answer.
func unpacked(rec *httptest.ResponseRecorder) string {
	if rec.Header().Get("Content-Encoding") != "gzip" || rec.Body.Len() == 0 {
		return rec.Body.String()
	}
	z, err := gzip.NewReader(rec.Body)
	if err != nil {
		return "not gzip"
	}
	text, err := io.ReadAll(z)
	if err != nil {
		return "broken gzip"
	}
	return string(text)
}

// TestHandlersBearAnything sends a few thousand requests of a fixed seed.
func TestHandlersBearAnything(t *testing.T) {
	s := newSite(t, "")
	d := s.learn(t)
	rng := rand.New(rand.NewPCG(2024, 10))
	d.pick = rng.IntN
	roles, wrong := everyRole(), 0
	for i := range 4000 {
		r, role := d.request(), roles[rng.IntN(len(roles))]
		if i%500 == 499 {
			s.renew(t)
		}
		if said := s.try(r, role); said != "" {
			wrong++
			t.Errorf("request %d: %.1500s", i, said)
		}
		if wrong > 15 {
			t.Fatal("and so on")
		}
	}
	t.Log("fields:", len(d.names), "values:", len(d.ids))
}

// renew logs every role in again whose session a drawn request ended.
func (s *site) renew(t testing.TB) {
	t.Helper()
	for _, role := range authz.Roles() {
		if s.do(t, role, ask("/tai-khoan")).status != http.StatusOK {
			s.enter(t, role)
		}
	}
}

// FuzzHandlers lets the fuzzer choose: each byte of its input is one choice.
func FuzzHandlers(f *testing.F) {
	s := newSite(f, "")
	d := s.learn(f)
	for i := range 40 {
		rng := rand.New(rand.NewPCG(uint64(i), 7))
		seed := make([]byte, 48)
		for j := range seed {
			seed[j] = byte(rng.IntN(256))
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, choices []byte) {
		at := 0
		draw := *d
		draw.pick = func(n int) int {
			v := 0
			for range 2 { // two bytes reach every value of the longest list
				v = v<<8 | int(choices[at%max(1, len(choices))])
				at++
			}
			return v % n
		}
		if len(choices) == 0 {
			return
		}
		roles := everyRole()
		if said := s.try(draw.request(), roles[draw.pick(len(roles))]); said != "" {
			t.Error(said)
		}
	})
}

// TestErrorPagesSayWhatToDo looks at each kind of error a person may meet.
func TestErrorPagesSayWhatToDo(t *testing.T) {
	s := newSite(t, "")
	for _, c := range []struct {
		role   authz.Role
		q      request
		status int
		next   string
	}{
		{authz.CommuneEntry, ask("/xa/02389"), 403, "đề nghị quản trị đơn vị giao quyền"},
		{authz.CommuneEntry, ask("/xa/99999"), 404, "kiểm tra lại địa chỉ"},
		{nobody, ask("/khong-co"), 404, "kiểm tra lại địa chỉ"},
		{authz.ProvinceLeader, ask("/tong-quan?ngay=31/02/2024"), 400, "sửa rồi gửi lại"},
		{authz.ProvinceLeader, request{method: "DELETE", path: "/tong-quan"}, 405, "bắt đầu lại từ trang đầu"},
		{authz.ProvinceAdmin, post("/quan-tri/moi", "ten", strings.Repeat("a", 40_000)), 413, "giảm dung lượng"},
		{authz.ProvinceLeader, ask("/tong-quan?ngay=%00"), 400, "sửa rồi gửi lại"},
	} {
		got := s.do(t, c.role, c.q)
		id := got.head.Get("X-Request-Id")
		text := htmltest.Visible(got.body)
		if got.status != c.status || !strings.Contains(text, c.next) || !strings.Contains(text, id) || !strings.Contains(s.log.String(), `"id":"`+id+`"`) {
			t.Errorf("%s %s: %d, want %d with %q and the id %s: %s", c.q.method, c.q.path, got.status, c.status, c.next, id, text)
		}
		htmltest.Check(t, got.body)
	}
}
