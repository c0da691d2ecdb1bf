package worksheetweb_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"unicode/utf8"

	"giuchuan/internal/law"
	"giuchuan/internal/platform/web/htmltest"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/viewtest"
)

var baseField = regexp.MustCompile(`name="base" value="(\d+)"`)

func baseOf(r reply) string {
	m := baseField.FindStringSubmatch(r.body)
	if m == nil {
		return ""
	}
	return m[1]
}

// From entry to what is sent, over HTTP, without scripts and with them.
func TestFillIn(t *testing.T) {
	each(t, func(s *site) {
		s.expect("without a period", s.get("nhap", "/xa/02407/ra-soat"), 303)
		if to := s.get("nhap", "/xa/02407/ra-soat").goes; to != thaiSon {
			t.Errorf("leads to %s", to)
		}
		s.expect("whole", s.get("nhap", thaiSon), 200, "Phiếu rà soát quý III năm 2024", "cần nhập", "05/10/2024", "còn 4 ngày", "89,78 %")
		s.expect("criterion", s.get("nhap", thaiSon+"/15"), 200, "Y tế", "Nam và nữ đều phải", "từ 90 % trở lên", "chưa đối chiếu", "Kỳ trước (6 tháng đầu năm 2024)",
			`name="male_numerator"`, "Giữ nguyên kỳ trước", "Thêm minh chứng", "Tiếp: 16", "còn thiếu 8 người")
		// 8 men more: met.
		r := s.save("nhap", "15.1", true, "male_numerator", "3.136", "male_denominator", "3.484", "female_numerator", "3205", "female_denominator", "3520", "ghi-chu", "theo BHXH")
		s.expect("by sex", r, 200, "Đã lưu", "<b>90,01</b> %", "<b>91,05</b> %", ">Đạt<", "data-same")
		base := baseOf(r)
		if base == "" || base == "0" {
			t.Errorf("no new base in %s", r.body)
		}
		s.expect("shown again", s.get("nhap", thaiSon+"/15"), 200, `value="3.136"`, `value="3.484"`, "theo BHXH", `name="base" value="`+base+`"`)
		// The same attempt once more is the same success and writes nothing.
		s.expect("again", s.save("nhap", "15.1", true, "male_numerator", "3.136", "male_denominator", "3.484", "female_numerator", "3205", "female_denominator", "3520", "ghi-chu", "theo BHXH"), 200, `value="`+base+`"`, "data-same")
		// Another value under the same name is not taken for a repetition.
		s.expect("same key, other value", s.save("nhap", "15.1", true, "male_numerator", "3100", "male_denominator", "3484"), 409, "Giữ giá trị của tôi")
		// Without scripts: the page again.
		r = s.save("nhap", "15.2", false, "value", "đạt")
		if r.code != 303 || r.goes != thaiSon+"/15?bo="+ntm+"#ct-15-2" {
			t.Errorf("without scripts: %d %s", r.code, r.goes)
		}
		s.expect("kept from before", s.do("nhap", "POST", thaiSon+"/giu-nguyen", false, "set", ntm, "criterion", "2"), 303)
		s.expect("whole after", s.get("nhap", thaiSon), 200, "4 giữ nguyên kỳ trước", "đã nhập", "Chưa gửi")
		// The one who enters does not send.
		s.expect("sent by who entered", s.do("nhap", "POST", thaiSon+"/gui", false), 403)
		s.expect("before sending", s.get("lanhdao", thaiSon+"/gui"), 200, "6 chỉ tiêu", "Còn cần nhập", "Còn thiếu minh chứng", "15.1")
		s.expect("sent", s.do("lanhdao", "POST", thaiSon+"/gui", false), 303)
		s.expect("sent twice", s.do("lanhdao", "POST", thaiSon+"/gui", false), 409, "Không có số liệu nào chưa gửi")
		s.expect("after sending", s.get("nhap", thaiSon+"/2"), 200, "đã gửi")
		if page := s.get("nhap", thaiSon+"/2"); strings.Contains(page.body, "data-save ") {
			t.Error("what was sent can be typed over")
		}
		s.expect("saved after sending", s.save("nhap", "15.1", true, "male_numerator", "1", "male_denominator", "2", "base", base), 403)
	})
}

func TestTwoPeopleOneFigure(t *testing.T) {
	each(t, func(s *site) {
		s.expect("first", s.save("nhap", "10", true, "value", "46,5"), 200, "Đã lưu")
		for _, fragment := range []bool{true, false} {
			r := s.save("nhap2", "10", fragment, "value", "47,1", "ghi-chu", "của tôi")
			s.expect("second", r, 409, "46,5 triệu đồng/người/năm", "47,1 triệu đồng/người/năm", "Công chức nhap", "ngày 01/10/2024", "Giữ giá trị của tôi", "Lấy giá trị đang có", `value="47,1"`, "của tôi")
			if whole := strings.Contains(r.body, "<html"); whole == fragment {
				t.Errorf("a fragment is %v, a page came: %v", fragment, whole)
			}
		}
		s.expect("still the first", s.get("nhap2", thaiSon+"/10"), 200, `value="46,5"`)
		r := s.save("nhap2", "10", false, "value", "47,1")
		s.expect("mine", s.save("nhap2", "10", false, "value", "47,1", "base", baseOf(r), "key", "k2"), 303)
		s.expect("mine stands", s.get("nhap", thaiSon+"/10"), 200, `value="47,1"`)
		s.expect("the same by both", s.save("nhap", "10", true, "value", "47,1", "key", "k3"), 200, "Đã lưu")
	})
}

// An old page taken from memory sends again what was recorded and replaced since:
// without scripts, too, the person is told that it does not stand.
func TestAnOldPageIsNotSilentlyIgnored(t *testing.T) {
	each(t, func(s *site) {
		s.expect("first", s.save("nhap", "10", false, "value", "46,5"), 303)
		s.expect("the same again", s.save("nhap", "10", false, "value", "46,5"), 303)
		page := s.save("nhap2", "10", false, "value", "47,1", "key", "k2")
		s.expect("replaced", s.save("nhap2", "10", false, "value", "47,1", "key", "k3", "base", baseOf(page)), 303)
		s.expect("from memory", s.save("nhap", "10", false, "value", "46,5"), 409, "46,5 triệu", "47,1 triệu", "Lấy giá trị đang có")
		s.expect("what stands", s.get("nhap", thaiSon+"/10"), 200, `value="47,1"`)
	})
}

func TestWrongInput(t *testing.T) {
	w := viewtest.Demo(t)
	s := serve(t, w)
	s.open()
	for _, c := range []struct {
		code, want string
		pairs      []string
	}{
		{"10", "không phải là số", []string{"value", "nhiều"}},
		{"15.1", "Phải có cả tử số và mẫu số", []string{"male_numerator", "5"}},
		{"15.1", "từ 0 đến mẫu số", []string{"male_numerator", "9", "male_denominator", "5"}},
		{"15.2", "nếu có", []string{"value", "không áp dụng"}},
		{"15.4", "ngoài khoảng", []string{"value", "140"}},
		{"10", "không quá 1.000 chữ", []string{"value", "46", "ghi-chu", strings.Repeat("a", 1001)}},
	} {
		s.expect(c.code+" fragment", s.save("nhap", c.code, true, c.pairs...), 422, c.want)
		s.expect(c.code, s.save("nhap", c.code, false, c.pairs...), 422, c.want, "Có nội dung cần sửa", `href="#`+field(c.pairs)+"-"+strings.ReplaceAll(c.code, ".", "-"))
	}
	r := s.save("nhap", "15.1", false, "male_numerator", "9", "male_denominator", "5", "female_numerator", "77", "female_denominator", "88")
	s.expect("kept", r, 422, `value="9"`, `value="77"`, "autofocus")
	for path, pairs := range map[string][]string{
		"/luu":          {"set", "khong-co", "code", "1"},
		"/giu-nguyen":   {"set", ntm, "criterion", "99"},
		"/kiem-tra-lai": {"set", ntm, "code", "99"},
	} {
		if got := s.do("nhap", "POST", thaiSon+path, false, pairs...).code; got != 404 {
			t.Errorf("%s answers %d", path, got)
		}
	}
	s.expect("no base", s.do("nhap", "POST", thaiSon+"/luu", false, "set", ntm, "code", "10", "value", "1"), 400, "tải lại trang")
	for path, want := range map[string]int{
		thaiSon + "/99": 404, thaiSon + "/15?bo=khong-co": 404, "/xa/02407/ra-soat/2023-Q1": 404, "/xa/02407/ra-soat/abc": 404,
		"/xa/99999/ra-soat": 404, "/xa/074/ra-soat/2024-Q3": 404,
	} {
		if got := s.get("nhap", path).code; got != want && path != "/xa/074/ra-soat/2024-Q3" || got < 400 {
			t.Errorf("%s answers %d, want %d", path, got, want)
		}
	}
}

// field is where the error of some pairs stands.
func field(pairs []string) string {
	switch {
	case pairs[0] == "male_numerator" && len(pairs) == 2:
		return "male_denominator"
	case len(pairs) == 4 && pairs[0] == "value":
		return pairs[2]
	}
	return pairs[0]
}

// Every figure of both sets can be filled in as its page asks for it.
func TestEveryKindOfFigure(t *testing.T) {
	w := viewtest.Demo(t)
	s := serve(t, w)
	s.open()
	pages := 0
	for _, id := range []string{nangCao, ntm} {
		set, err := w.Law.Set(id)
		viewtest.Must(t, err)
		for _, c := range set.Criteria {
			path := binhXa + "/" + c.Code + "?bo=" + id
			r := s.get("binhxa", path)
			s.expect(path, r, 200, c.Name)
			for _, f := range htmltest.Faults(r.body) {
				t.Errorf("%s: %s", path, f)
			}
			if !utf8.ValidString(r.body) || strings.ContainsRune(r.body, utf8.RuneError) {
				t.Errorf("%s is not UTF-8", path)
			}
			pages++
		}
		for slot := range set.Slots() {
			ind := set.At(slot)
			pairs := []string{"set", id, "code", ind.Code, "base", "0", "key", fmt.Sprint("k", slot)}
			switch {
			case ind.Kind == law.YesNo, len(ind.Parts) > 0, ind.Kind == law.Depends && ind.Unit == "":
				pairs = append(pairs, "value", "đạt")
			case ind.Kind == law.BySex:
				pairs = append(pairs, "male_numerator", "91", "male_denominator", "100", "female_numerator", "92", "female_denominator", "100")
			case ind.Kind == law.ShareOf:
				pairs = append(pairs, "numerator", "98", "denominator", "100", "share", "70")
			case ind.Kind == law.Share && ind.Unit == "%":
				pairs = append(pairs, "numerator", "97", "denominator", "100")
			case len(ind.Levels) > 0:
				pairs = append(pairs, "value", ind.Levels[len(ind.Levels)-1])
			default:
				pairs = append(pairs, "value", "2")
			}
			r := s.do("binhxa", "POST", binhXa+"/luu", true, pairs...)
			if r.code != 200 && r.code != 409 { // 409: the other set's threshold made this test type another value of the same quantity
				t.Errorf("%s %s: %d %.400s", id, ind.Code, r.code, r.body)
			}
		}
	}
	s.expect("all", s.get("binhxa", binhXa), 200, "Còn <b>0/")
	t.Logf("%d pages", pages)
}

func TestSuppliedAndQuestioned(t *testing.T) {
	each(t, func(s *site) {
		s.supply("15.1", "88,5")
		page := s.get("nhap", thaiSon+"/15")
		s.expect("supplied", page, 200, "88,5 %", "Công chức bhxh cung cấp", "Đề nghị kiểm tra lại")
		if strings.Contains(page.body, `name="male_numerator"`) {
			t.Error("a supplied figure can be typed over")
		}
		s.expect("typed over", s.save("nhap", "15.1", true, "value", "95"), 403, "đề nghị kiểm tra lại")
		s.expect("no reason", s.do("nhap", "POST", thaiSon+"/kiem-tra-lai", false, "set", ntm, "code", "15.1"), 422, "Nhập lý do", `id="ly-do-15-1"`)
		s.expect("asked", s.do("nhap", "POST", thaiSon+"/kiem-tra-lai", false, "set", ntm, "code", "15.1", "ly-do", "thiếu một thôn"), 303)
		s.expect("shown", s.get("nhap", thaiSon+"/15"), 200, "Đang đề nghị kiểm tra lại", "Thiếu một thôn.")
		s.expect("on the whole sheet", s.get("lanhdao", thaiSon), 200, "đang đề nghị kiểm tra lại", "1 đã có từ ngành")
		s.expect("to answer", s.get("soyte", thaiSon+"/15"), 200, "Trả lời, giữ nguyên số liệu")
		s.expect("answered", s.do("soyte", "POST", thaiSon+"/tra-loi", false, "set", ntm, "code", "15.1", "ly-do", "đã đối chiếu"), 303)
	})
}

func TestWhoMaySeeAndFillIn(t *testing.T) {
	w := viewtest.Demo(t)
	s := serve(t, w)
	s.expect("before a round", s.get("nhap", thaiSon), 404, "chưa mở đợt rà soát")
	s.expect("before any round", s.get("nhap", "/xa/02407/ra-soat"), 404)
	s.open()
	for _, who := range []string{"lanhdao", "huyen", "soyte", "dieuphoi"} {
		r := s.get(who, thaiSon+"/15")
		s.expect(who, r, 200, "Y tế", "Chưa có số liệu kỳ này")
		if strings.Contains(r.body, "data-save ") || strings.Contains(r.body, "giu-nguyen") {
			t.Errorf("%s is offered to fill in", who)
		}
		s.expect(who, s.get(who, thaiSon), 200)
		if got := s.save(who, "10", true, "value", "50").code; got != 403 {
			t.Errorf("%s saves: %d", who, got)
		}
	}
	for _, who := range []string{"khac", "bhxh"} {
		for _, path := range []string{thaiSon, thaiSon + "/15", "/xa/02407/ra-soat"} {
			if r := s.get(who, path); r.code != 403 || strings.Contains(r.body, "89,78") {
				t.Errorf("%s sees %s: %d", who, path, r.code)
			}
		}
		if got := s.save(who, "10", true, "value", "50").code; got != 403 {
			t.Errorf("%s saves: %d", who, got)
		}
	}
	if r := s.get("", thaiSon); r.code != 303 {
		t.Errorf("a visitor gets %d", r.code)
	}
}

// BenchmarkWhole is the CPU of the sheet of both sets, rendered and packed.
func BenchmarkWhole(b *testing.B) {
	w := viewtest.Demo(b)
	s := serve(b, w)
	s.open()
	n := 0
	for b.Loop() {
		r := httptest.NewRequest(http.MethodGet, binhXa, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		r.Header.Set("X-Who", "binhxa")
		rec := httptest.NewRecorder()
		s.handler.ServeHTTP(rec, r)
		n = rec.Body.Len()
	}
	b.ReportMetric(float64(n), "bytes")
}

// BenchmarkSave is saves a second at 64 connections, each filling in part of one
// commune's sheet, figure by figure.
func BenchmarkSave(b *testing.B) {
	w := viewtest.Demo(b)
	s := serve(b, w)
	s.open()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go s.board.Follow(ctx, nil, func(error) {})
	sheets := s.board.Sheets(s.board.Rounds()[0].ID)
	set, err := w.Law.Set(ntm)
	viewtest.Must(b, err)
	var codes []string
	for i := range set.Indicators {
		if ind := &set.Indicators[i]; ind.Kind == law.Share {
			codes = append(codes, ind.Code)
		}
	}
	b.SetParallelism(32)
	var n atomic.Int64
	b.RunParallel(func(pb *testing.PB) {
		me := int(n.Add(1))
		id, err := place.IDOf(sheets[me%len(sheets)].Place)
		viewtest.Must(b, err)
		mine := codes[me/len(sheets)%2*len(codes)/2:][:len(codes)/2]
		base := map[string]string{}
		for i := 0; pb.Next(); i++ {
			code := mine[i%len(mine)]
			form := url.Values{
				"set": {ntm}, "code": {code}, "base": {"0" + base[code]}, "key": {fmt.Sprint("k", me, ".", i)},
				"numerator": {fmt.Sprint(50 + i%50)}, "denominator": {fmt.Sprint(100 + me)},
			}
			r := httptest.NewRequest(http.MethodPost, "/xa/"+id[:5]+"/ra-soat/2024-Q3/luu", strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("X-Who", "tatca")
			r.Header.Set("HX-Request", "true")
			rec := httptest.NewRecorder()
			s.handler.ServeHTTP(rec, r)
			m := baseField.FindStringSubmatch(rec.Body.String())
			if rec.Code != 200 || m == nil {
				b.Errorf("%d %s", rec.Code, rec.Body)
				return
			}
			base[code] = m[1]
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "saves/s")
}
