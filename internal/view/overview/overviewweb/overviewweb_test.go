package overviewweb_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/place/placeweb"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/overview"
	"giuchuan/internal/view/overview/overviewweb"
	"giuchuan/internal/view/viewtest"
	"giuchuan/reference"
)

// site is the pages over HTTP, for a leader of the province.
type site struct {
	handler http.Handler
	board   *board.Board
}

// everything is the sight of somebody who sees the whole province.
func everything(*web.Page) overview.Sight { return func(string) bool { return true } }

func serve(t testing.TB, sight func(*web.Page) overview.Sight) *site {
	t.Helper()
	w := viewtest.Demo(t)
	b := w.Board(t)
	atlas, err := placeweb.LoadAtlas(w.Places)
	viewtest.Must(t, err)
	totals, err := overview.LoadTotals(reference.FS())
	viewtest.Must(t, err)
	h := overviewweb.New(overviewweb.Options{Board: b, Law: w.Law, Places: w.Places, Atlas: atlas, Totals: totals, Sight: sight})
	leader := &web.User{ID: "u", Name: "Lãnh đạo", Subject: authz.Subject{ID: "u", Grants: []authz.Grant{{Role: authz.ProvinceLeader, Place: "08.1"}}}}
	k, err := web.New(web.Options{
		Routes: h.Routes(), Today: func() day.Day { return viewtest.Today() }, Now: w.Clock.Now,
		Identify: func(*http.Request) (*web.User, error) { return leader, nil },
	})
	viewtest.Must(t, err)
	return &site{k.Handler(), b}
}

func (s *site) get(t testing.TB, path string) (int, string) {
	t.Helper()
	rec := httptest.NewRecorder()
	s.handler.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
	body, err := io.ReadAll(rec.Body)
	viewtest.Must(t, err)
	return rec.Code, string(body)
}

var (
	ids   = regexp.MustCompile(`\sid="([^"]+)"`)
	inner = regexp.MustCompile(`<script[^>]*>[^<]`)
	event = regexp.MustCompile(`\son[a-z]+="`)
	word  = regexp.MustCompile(`(?i)ngưỡng|ma trận|tự khai|danh hiệu|đóng băng|thu hồi (A|B)\b|>\s*(A|B)\s*<`)
	tags  = regexp.MustCompile(`<[^>]*>`)
)

// checkHTML holds a page to the rules of the house: no inline style or script,
// every id once, no words that screens do not say, no host from outside.
func checkHTML(t *testing.T, path, html string) {
	t.Helper()
	seen := map[string]bool{}
	for _, m := range ids.FindAllStringSubmatch(html, -1) {
		if seen[m[1]] {
			t.Errorf("%s: the id %q stands twice", path, m[1])
		}
		seen[m[1]] = true
	}
	for name, found := range map[string]bool{
		"inline style": strings.Contains(html, " style="), "a style sheet": strings.Contains(html, "<style"),
		"an inline script": inner.MatchString(html), "an event attribute": event.MatchString(html),
		"%!":             strings.Contains(html, "%!"),
		"an outside src": strings.Contains(html, `src="http`) || strings.Contains(html, `href="http`),
	} {
		if found {
			t.Errorf("%s has %s", path, name)
		}
	}
	if w := word.FindString(tags.ReplaceAllString(html, "><")); w != "" {
		t.Errorf("%s says %q", path, w)
	}
	if strings.Count(html, "<h1") != 1 {
		t.Errorf("%s has %d h1", path, strings.Count(html, "<h1"))
	}
}

func TestPages(t *testing.T) {
	s := serve(t, everything)
	for path, want := range map[string][]string{
		"/tong-quan": {
			"15 trên 48 xã giữ vững", "SỐ LIỆU MINH HỌA", "Việc cần lãnh đạo quyết", `href="/xa/02389"`, `href="/xa/02251"`,
			"71 xã theo công bố", "Thái Hòa 45,6", "Chờ quyết định công nhận", "không có giá trị pháp lý về địa giới", "huyện đã thẩm tra",
		},
		"/tong-quan?ngay=2025-07-01": {"25 xã được lập từ các xã có mức công nhận đang chờ quyết định"},
		"/ban-do":                    {`<a href="/xa/02389"><title>Xã Minh Dân: thuộc diện xem xét thu hồi (NTM)</title>`, ">T</text>", "url(#h-risk)"},
		"/ma-tran": {
			`title="chưa đạt, cơ quan phụ trách đã xác nhận">C</td>`, `title="chưa đủ số liệu">?</td>`, "Huyện Hàm Yên", `href="/ma-tran?tieu-chi=15"`,
			`/ma-tran/bang.xlsx`,
		},
		"/ma-tran?tieu-chi=15": {"15.1", `<span class="val">90,42</span>`, "Tất cả tiêu chí"},
		"/ma-tran?bo=xa-ntm-nang-cao-2021-2025&muc=ntm-kieu-mau": {"Bình Xa", "NTM kiểu mẫu"},
		"/ma-tran?huyen=999":                         {"Không có huyện, thành phố mã “999”; đang hiện tất cả", "Minh Dân"},
		"/ma-tran?muc=x&tinh-trang=9&tieu-chi=99":    {"Không có mức công nhận “x”", "Không có tình trạng “9”", "Không có tiêu chí “99”"},
		"/ma-tran?kiem-tra=%3Cb%3E&xep=x":            {"Không có mức kiểm tra “&lt;b&gt;”", "Không có cách xếp “x”"},
		"/ma-tran?huyen=072&tinh-trang=4&muc=moi-xa": {"Không có xã nào khớp"},
		"/huyen/074": {"Huyện Hàm Yên", "2, 6, 10, 12, 15, 17", "Xã chưa công nhận", "Yên Thuận", "Thị trấn Tân Yên"},
	} {
		code, html := s.get(t, path)
		if code != http.StatusOK {
			t.Errorf("%s answers %d: %s", path, code, html)
			continue
		}
		checkHTML(t, path, html)
		for _, text := range want {
			if !strings.Contains(html, text) {
				t.Errorf("%s lacks %q", path, text)
			}
		}
	}
}

func TestBadAddresses(t *testing.T) {
	s := serve(t, everything)
	for path, want := range map[string]int{
		"/tong-quan?ngay=31-02-2024":         400,
		"/tong-quan?ngay=2019-01-01":         400,
		"/ma-tran?bo=khong-co":               404,
		"/ma-tran?bo=huyen-ntm-2021-2025":    400,
		"/huyen/999":                         404,
		"/huyen/074?ngay=2025-07-01":         404,
		"/ma-tran?tieu-chi=99&xep=%3Cscript": 200,
	} {
		code, html := s.get(t, path)
		if code != want {
			t.Errorf("%s answers %d, want %d", path, code, want)
		}
		if strings.Contains(html, "<script>") || strings.Contains(html, "xep=<script") {
			t.Errorf("%s echoes what was asked", path)
		}
	}
}

// A forgotten sight shows nothing rather than everything.
func TestWithoutASightNobodySeesAnything(t *testing.T) {
	s := serve(t, nil)
	for _, path := range []string{"/tong-quan", "/ban-do", "/ma-tran?muc=moi-xa", "/ma-tran/bang.csv?muc=moi-xa"} {
		if code, html := s.get(t, path); code != http.StatusOK || strings.Contains(html, `href="/xa/`) || strings.Contains(html, "13/19") {
			t.Errorf("%s answers %d and shows communes", path, code)
		}
	}
}

func TestPeopleSeeTheirOwnAreaOnly(t *testing.T) {
	s := serve(t, func(*web.Page) overview.Sight { return func(id string) bool { return id == "02389.1" } })
	for _, path := range []string{"/tong-quan", "/ban-do", "/ma-tran?muc=moi-xa", "/huyen/074", "/ma-tran/bang.csv?muc=moi-xa"} {
		code, html := s.get(t, path)
		if code != http.StatusOK || !strings.Contains(html, "Minh Dân") {
			t.Errorf("%s answers %d without Minh Dân", path, code)
		}
		for _, other := range []string{"/xa/02251", "/xa/02410", ",Nhân Mục,", ">Nhân Mục<", "Khuôn Hà: thuộc"} {
			if strings.Contains(html, other) {
				t.Errorf("%s shows %q", path, other)
			}
		}
	}
}

func TestExportsHoldWhatTheTableShows(t *testing.T) {
	s := serve(t, everything)
	_, csv := s.get(t, "/ma-tran/bang.csv?huyen=074")
	rows := strings.Count(csv, "\n")
	if want := 8*57 + 1; rows != want || !strings.Contains(csv, "SỐ LIỆU MINH HỌA") {
		t.Errorf("%d lines, want %d with the banner in each", rows, want)
	}
	rec := httptest.NewRecorder()
	s.handler.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/ma-tran/bang.xlsx?huyen=074", nil))
	book, err := sheet.Open("bang.xlsx", rec.Body.Bytes(), sheet.DefaultLimits())
	viewtest.Must(t, err)
	if len(book.Sheets) != 2 || !bytes.Contains([]byte(rec.Header().Get("Content-Disposition")), []byte("bang-tieu-chi-2024-10-01.xlsx")) {
		t.Errorf("%d sheets as %s", len(book.Sheets), rec.Header().Get("Content-Disposition"))
	}
}

// Every route is checked for an action before it answers.
func TestEveryRouteNamesItsAction(t *testing.T) {
	for _, r := range overviewweb.New(overviewweb.Options{}).Routes() {
		if r.Public || !slices.Contains(authz.Actions(), r.Action) {
			t.Errorf("%s is checked for %q", r, r.Action)
		}
	}
}

// The page of the province shows a change as soon as it is recorded.
func TestPageFollowsTheRecord(t *testing.T) {
	w := viewtest.Demo(t)
	b := w.Board(t)
	s, err := b.Standing(context.Background(), viewtest.Today())
	viewtest.Must(t, err)
	before := overview.Build(s, nil, everything(nil)).Rows[0].Count
	at := w.Findings(t, "a.csv", []byte("commune,set,indicator,period,value\n02365,xa-ntm-2021-2025,10,2024-H1,20\n"))
	viewtest.Must(t, b.WaitFor(context.Background(), at))
	s, err = b.Standing(context.Background(), viewtest.Today())
	viewtest.Must(t, err)
	if after := overview.Build(s, nil, everything(nil)).Rows[0].Count; after != before-1 {
		t.Errorf("%d communes hold before, %d after Yên Nguyên lost Thu nhập", before, after)
	}
}

func benchmark(b *testing.B, path string) {
	s := serve(b, everything)
	if code, _ := s.get(b, path); code != http.StatusOK {
		b.Fatal(code)
	}
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		s.handler.ServeHTTP(httptest.NewRecorder(), r)
	}
}

// The pages' CPU, with compression; the aim is 2 ms each.
func BenchmarkProvince(b *testing.B)  { benchmark(b, "/tong-quan") }
func BenchmarkMap(b *testing.B)       { benchmark(b, "/ban-do") }
func BenchmarkMatrix(b *testing.B)    { benchmark(b, "/ma-tran") }
func BenchmarkIndicator(b *testing.B) { benchmark(b, "/ma-tran?tieu-chi=15") }
func BenchmarkDistrict(b *testing.B)  { benchmark(b, "/huyen/074") }

// Who sees a district or a commune alone reads its name, not the province's.
func TestTitleNamesTheScope(t *testing.T) {
	w := viewtest.Demo(t)
	for want, grants := range map[string][]authz.Grant{
		"Toàn cảnh tỉnh":                    {{Role: authz.ProvinceLeader, Place: "08.1"}},
		"Toàn cảnh huyện Hàm Yên":           {{Role: authz.DistrictOffice, Place: "074.1"}},
		"Toàn cảnh xã Phù Lưu":              {{Role: authz.CommuneEntry, Place: "02392.1"}, {Role: authz.CommuneLeader, Place: "02392.1"}},
		"Toàn cảnh xã Phù Lưu, xã Minh Dân": {{Role: authz.CommuneEntry, Place: "02392.1"}, {Role: authz.CommuneEntry, Place: "02389.1"}},
	} {
		u := &web.User{Subject: authz.Subject{ID: "u", Grants: grants}}
		if got := overviewweb.Title(u, w.Places); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
