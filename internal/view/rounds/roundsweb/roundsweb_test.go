package roundsweb_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/platform/web/htmltest"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/rounds"
	"giuchuan/internal/view/rounds/roundsweb"
	"giuchuan/internal/view/viewtest"
	"giuchuan/internal/view/worksheet"
)

const (
	ntm     = "xa-ntm-2021-2025"
	thaiSon = "02407.1"
)

func person(id string, role authz.Role, at string, fields ...string) *web.User {
	return &web.User{ID: id, Name: id, Subject: authz.Subject{ID: id, Grants: []authz.Grant{{Role: role, Place: at, Fields: fields}}}}
}

func coordination() *web.User { return person("dieu-phoi", authz.Coordination, "08.1") }
func clerk() *web.User        { return person("xa-nhap", authz.CommuneEntry, thaiSon) }
func chair() *web.User        { return person("xa-lanh-dao", authz.CommuneLeader, thaiSon) }

// site is the pages for one person at a time over one database.
type site struct {
	t     testing.TB
	w     *viewtest.World
	board *board.Board
	h     http.Handler
	user  *web.User
}

func serve(t testing.TB, w *viewtest.World) *site {
	t.Helper()
	s := &site{t: t, w: w, board: w.Board(t), user: coordination()}
	pages := roundsweb.New(roundsweb.Options{
		DB: w.DB, Rounds: w.Rounds, Law: w.Law, Places: w.Places, Province: viewtest.Province, Wait: s.board.WaitFor,
		Reader: &rounds.Reader{Board: s.board, Places: w.Places, Sheets: &worksheet.Reader{Board: s.board, Law: w.Law, Places: w.Places}},
		Sight: func(p *web.Page) func(string) bool {
			at := p.User().Subject.Grants[0].Place
			return func(id string) bool { return at == "08.1" || at == id }
		},
	})
	k, err := web.New(web.Options{
		Routes: pages.Routes(), Today: func() day.Day { return viewtest.Today() }, Now: w.Clock.Now,
		Identify: func(*http.Request) (*web.User, error) { return s.user, nil },
	})
	viewtest.Must(t, err)
	s.h = k.Handler()
	return s
}

func (s *site) do(method, path string, values url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	rec := httptest.NewRecorder()
	s.h.ServeHTTP(rec, r)
	return rec
}

func (s *site) page(path string) string {
	s.t.Helper()
	rec := s.do(http.MethodGet, path, nil)
	if rec.Code != http.StatusOK {
		s.t.Fatalf("%s answers %d: %s", path, rec.Code, rec.Body)
	}
	htmltest.Check(s.t, rec.Body.String())
	return rec.Body.String()
}

func has(t testing.TB, body string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(body, text) {
			t.Errorf("the page lacks %q", text)
		}
	}
}

// proposal is what the form of a new round proposes, completed.
func (s *site) proposal() url.Values {
	s.t.Helper()
	out := url.Values{"van-ban": {"12/KH-UBND"}, "ngay-van-ban": {"01/9/2024"}, "ky": {"2024-Q3"}, "pham-vi": {"den-ky"}}
	for _, m := range regexp.MustCompile(`<input id="([^"]+)" name="[^"]+" type="text" value="([^"]+)"`).FindAllStringSubmatch(s.page("/dot-ra-soat/moi"), -1) {
		out.Set(m[1], m[2])
	}
	return out
}

// open opens the proposed round and gives its address.
func (s *site) open() string {
	s.t.Helper()
	form := s.proposal()
	form.Set("viec", "mo")
	rec := s.do(http.MethodPost, "/dot-ra-soat/moi", form)
	if rec.Code != http.StatusSeeOther {
		s.t.Fatalf("opening answers %d: %s", rec.Code, rec.Body)
	}
	return rec.Header().Get("Location")
}

// save records one figure of Thái Sơn as a person.
func (s *site) save(u *web.User, code, value, reason string) {
	s.t.Helper()
	p, err := day.ParsePeriod("2024-Q3")
	viewtest.Must(s.t, err)
	cmd := &round.Save{
		Target: round.Target{Place: thaiSon, Period: p, Set: ntm, Code: code}, Entry: law.Entry{Value: value}, Base: round.AnyBase, Reason: reason,
	}
	at := s.w.Write(s.t, cmd.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := s.w.Rounds.Save(ctx, tx, u.Subject, cmd)
		return err
	})
	viewtest.Must(s.t, s.board.WaitFor(context.Background(), at))
}

func TestOpeningSaysWhoTakesPartFirst(t *testing.T) {
	s := serve(t, viewtest.Demo(t))
	has(t, s.page("/dot-ra-soat"), "Chưa có đợt rà soát nào", "Mở đợt rà soát")
	form := s.proposal()
	if form.Get("ten") == "" || form.Get("han-gui") != "15/10/2024" || form.Get("han-xac-nhan") != "29/10/2024" {
		t.Errorf("the proposal is %v", form)
	}
	rec := s.do(http.MethodPost, "/dot-ra-soat/moi", form)
	htmltest.Check(t, rec.Body.String())
	has(t, rec.Body.String(), "48 xã sẽ tham gia", "Mở đợt cho 48 xã", "Chưa mở đợt", "Bình Xa")
	has(t, s.page("/dot-ra-soat"), "Chưa có đợt rà soát nào")
	form.Set("viec", "sua")
	has(t, s.do(http.MethodPost, "/dot-ra-soat/moi", form).Body.String(), "Xem xã nào tham gia", `value="12/KH-UBND"`)
	form.Set("viec", "mo")
	form.Add("muc", string(law.TitleNangCao))
	form.Add("huyen", "074.1")
	rec = s.do(http.MethodPost, "/dot-ra-soat/moi", form)
	at := rec.Header().Get("Location")
	has(t, s.page(at), "0 trên 1 xã đã gửi", "hạn xã gửi 15/10/2024 (còn 14 ngày)", "Huyện Hàm Yên", "1 huyện")
	has(t, s.page("/dot-ra-soat"), "1 đợt đang mở", "0/1")
	form.Del("muc")
	form.Del("huyen")
	rec = s.do(http.MethodPost, "/dot-ra-soat/moi", form)
	if rec.Code != http.StatusUnprocessableEntity || !strings.Contains(rec.Body.String(), "Đã có đợt rà soát cùng kỳ") {
		t.Errorf("a second round of the commune answers %d", rec.Code)
	}
}

// Another period has other days: those that nobody typed follow it, without a
// script; those that somebody typed stay, until they are asked for anew.
func TestTheDaysFollowThePeriod(t *testing.T) {
	viewtest.Each(t, func(t *testing.T, w *viewtest.World) {
		w.Fill(t)
		theDaysFollowThePeriod(t, serve(t, w))
	})
}

func theDaysFollowThePeriod(t *testing.T, s *site) {
	t.Helper()
	send := func(form url.Values) string {
		rec := s.do(http.MethodPost, "/dot-ra-soat/moi", form)
		if rec.Code != http.StatusOK {
			t.Fatalf("answers %d", rec.Code)
		}
		htmltest.Check(t, rec.Body.String())
		return rec.Body.String()
	}
	form := s.proposal()
	has(t, s.page("/dot-ra-soat/moi"), `name="theo-ky" value="2024-Q3"`, "Tính lại hạn")
	form.Set("theo-ky", "2024-Q3")
	form.Set("ky", "2024")
	has(t, send(form), "sẽ tham gia", "Các hạn được tính lại theo kỳ năm 2024", "Rà soát năm 2024, năm 2024", "14/01/2025", "28/01/2025", `name="theo-ky" value="2024"`)
	form.Set("han-gui", "20/12/2024")
	form.Set("han-tham-tra", "25/12/2024")
	form.Set("han-xac-nhan", "30/12/2024")
	form.Set("ten", "Đợt cuối năm")
	body := send(form)
	has(t, body, "sẽ tham gia", "20/12/2024", "30/12/2024", "Đợt cuối năm")
	if strings.Contains(body, "tính lại") {
		t.Error("days that were typed were changed")
	}
	form.Set("viec", "tinh-lai")
	has(t, send(form), "Xem xã nào tham gia", `value="14/01/2025"`, `value="28/01/2025"`, `value="Đợt cuối năm"`, `value="12/KH-UBND"`, "Các hạn được tính lại")
	form.Set("viec", "mo")
	at := s.do(http.MethodPost, "/dot-ra-soat/moi", form).Header().Get("Location")
	has(t, s.page(at), "hạn xã gửi 20/12/2024")
}

func TestABadRoundKeepsWhatWasTyped(t *testing.T) {
	s := serve(t, viewtest.Demo(t))
	rec := s.do(http.MethodPost, "/dot-ra-soat/moi", url.Values{
		"ten": {"Đợt thử"}, "ky": {"x"}, "van-ban": {""}, "ngay-van-ban": {"31/02/2024"}, "han-gui": {"01/9/2024"}, "han-tham-tra": {"01/8/2024"},
	})
	body := rec.Body.String()
	htmltest.Check(t, body)
	if rec.Code != http.StatusUnprocessableEntity {
		t.Errorf("answers %d", rec.Code)
	}
	has(t, body, "Có nội dung cần sửa", "Chọn kỳ rà soát", "Ngày ghi như 15/10/2024", `value="Đợt thử"`)
}

func TestARoundFollowsItsCommunes(t *testing.T) {
	s := serve(t, viewtest.Demo(t))
	at := s.open()
	body := s.page(at)
	has(t, body, "0 trên 48 xã đã gửi", "Huyện Hàm Yên", "Sao chép tin nhắn", "- Xã Thái Sơn: còn ", "chỉ tiêu chưa có số liệu", "hằng năm", "kỳ trước chưa đạt", "còn 14 ngày")
	before := regexp.MustCompile(`(\d+) ô, còn (\d+) chưa có số liệu`).FindStringSubmatch(body)
	s.save(clerk(), "1.1", "đạt", "")
	after := regexp.MustCompile(`(\d+) ô, còn (\d+) chưa có số liệu`).FindStringSubmatch(s.page(at))
	if before == nil || after == nil || before[2] == after[2] {
		t.Errorf("entering a figure takes %v to %v", before, after)
	}
	csv := s.do(http.MethodGet, at+"/con-thieu.csv", nil).Body.String()
	if rows := strings.Count(csv, "\r\n") - 1; after != nil && itoa(rows) != after[2] {
		t.Errorf("the list has %d rows, the page says %s are missing", rows, after[2])
	}
	rec := s.do(http.MethodGet, at+"/con-thieu.xlsx", nil)
	book, err := sheet.Open("a.xlsx", rec.Body.Bytes(), sheet.DefaultLimits())
	viewtest.Must(t, err)
	if len(book.Sheets) != 1 {
		t.Errorf("%d sheets", len(book.Sheets))
	}
	if !strings.Contains(csv, "Thái Sơn") {
		t.Error("the list lacks Thái Sơn")
	}
	s.user = clerk()
	body = s.page(at)
	has(t, body, "0 trên 1 xã đã gửi", "Xã Thái Sơn")
	for _, hidden := range []string{"Minh Dân", "Đổi hạn", "/chot\""} {
		if strings.Contains(body, hidden) {
			t.Errorf("a commune's clerk sees %q", hidden)
		}
	}
	if csv := s.do(http.MethodGet, at+"/con-thieu.csv", nil).Body.String(); strings.Contains(csv, "Minh Dân") {
		t.Error("the list of a commune's clerk has another commune")
	}
	for _, path := range []string{"/dot-ra-soat/moi", at + "/han", at + "/chot"} {
		if rec := s.do(http.MethodGet, path, nil); rec.Code != http.StatusForbidden {
			t.Errorf("%s answers a clerk %d", path, rec.Code)
		}
	}
}

func TestDeadlines(t *testing.T) {
	s := serve(t, viewtest.Demo(t))
	at := s.open()
	form := url.Values{"han-gui": {"25/9/2024"}, "han-tham-tra": {"20/9/2024"}, "han-xac-nhan": {"30/10/2024"}}
	rec := s.do(http.MethodPost, at+"/han", form)
	has(t, rec.Body.String(), "Ghi vì sao đổi hạn")
	form.Set("ghi-chu", "Theo 15/CV-VPĐP")
	has(t, s.do(http.MethodPost, at+"/han", form).Body.String(), "Hạn thẩm tra phải từ hạn xã gửi trở đi")
	form.Set("han-tham-tra", "10/10/2024")
	if rec := s.do(http.MethodPost, at+"/han", form); rec.Header().Get("Location") != at {
		t.Fatalf("answers %d: %s", rec.Code, rec.Body)
	}
	has(t, s.page(at), "48 xã quá hạn", "quá hạn 6 ngày", "Theo 15/CV-VPĐP")
}

func TestClosingAndWhatCameAfter(t *testing.T) {
	viewtest.Each(t, func(t *testing.T, w *viewtest.World) {
		w.Fill(t)
		s := serve(t, w)
		at := s.open()
		s.save(clerk(), "10", "46", "")
		send := &round.Send{Place: thaiSon}
		send.Period, _ = day.ParsePeriod("2024-Q3")
		pos := w.Write(t, send.Command, func(ctx context.Context, tx *db.Tx) error {
			_, err := w.Rounds.Send(ctx, tx, chair().Subject, send)
			return err
		})
		viewtest.Must(t, s.board.WaitFor(context.Background(), pos))
		has(t, s.page(at+"/chot"), "xã chưa gửi xong", "ô chưa có số liệu", "Huyện Hàm Yên", "Thái Sơn")
		if rec := s.do(http.MethodPost, at+"/chot", nil); rec.Code != http.StatusUnprocessableEntity {
			t.Errorf("closing without a word answers %d", rec.Code)
		}
		rec := s.do(http.MethodPost, at+"/chot", url.Values{"dong-y": {"1"}})
		if rec.Header().Get("Location") != at+"/dieu-chinh" {
			t.Fatalf("closing answers %d: %s", rec.Code, rec.Body)
		}
		has(t, s.page(at+"/dieu-chinh"), "chốt số liệu lúc 08:00 ngày 01/10/2024", "Mọi số liệu của đợt vẫn đúng như lúc chốt", "Chưa có lần ghi nào sau chốt")
		s.save(coordination(), "10", "47,5", "Cục Thống kê công bố lại")
		s.save(coordination(), "10", "48", "sửa lần hai")
		body := s.page(at + "/dieu-chinh")
		has(t, body, "Cục Thống kê công bố lại", "sửa lần hai", "điều chỉnh sau chốt", `<td class="n">46</td><td class="n"><b>48</b></td>`,
			`<td class="n">47,5</td><td class="n"><b>48</b></td>`, `<td class="n">46</td><td class="n"><b>47,5</b></td>`)
		has(t, s.page(at), "đã chốt số liệu", "Điều chỉnh sau chốt")
		if rec := s.do(http.MethodPost, at+"/chot", url.Values{"dong-y": {"1"}}); rec.Code != http.StatusUnprocessableEntity {
			t.Errorf("closing twice answers %d", rec.Code)
		}
		s.user = person("xa-khac", authz.CommuneEntry, "02392.1")
		if body := s.page(at + "/dieu-chinh"); strings.Contains(body, "Cục Thống kê công bố lại") {
			t.Error("another commune sees the corrections of Thái Sơn")
		}
	})
}

func TestBadAddresses(t *testing.T) {
	s := serve(t, viewtest.Demo(t))
	for _, path := range []string{"/dot-ra-soat/khong-co", "/dot-ra-soat/khong-co/chot", "/dot-ra-soat/khong-co/han", "/dot-ra-soat/khong-co/dieu-chinh", "/dot-ra-soat/x/con-thieu.csv"} {
		if rec := s.do(http.MethodGet, path, nil); rec.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, rec.Code)
		}
	}
}

func TestEveryRouteNamesItsAction(t *testing.T) {
	for _, r := range roundsweb.New(roundsweb.Options{}).Routes() {
		if r.Public || !slices.Contains(authz.Actions(), r.Action) {
			t.Errorf("%s is checked for %q", r, r.Action)
		}
	}
}

// Any text in any field ends in a page, never in a defect.
func FuzzOpen(f *testing.F) {
	f.Add("Đợt", "2024-Q3", "12/KH", "01/9/2024", "ntm", "074.1", "mo")
	f.Add("", "2024-13", "\x00", "99/99/9999", "xa", "x", "")
	s := serve(f, viewtest.Demo(f))
	f.Fuzz(func(t *testing.T, name, period, basis, on, title, district, act string) {
		s.t = t
		if act == "mo" {
			act = ""
		}
		rec := s.do(http.MethodPost, "/dot-ra-soat/moi", url.Values{
			"ten": {name}, "ky": {period}, "van-ban": {basis}, "ngay-van-ban": {on}, "muc": {title}, "huyen": {district}, "viec": {act},
			"han-gui": {on}, "han-tham-tra": {"20/10/2024"}, "han-xac-nhan": {"30/10/2024"}, "ghi-chu": {name}, "pham-vi": {act},
		})
		if rec.Code >= 500 {
			t.Fatalf("answers %d", rec.Code)
		}
	})
}

func itoa(n int) string { return strconv.Itoa(n) }
