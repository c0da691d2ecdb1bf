package exchangeweb_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web/htmltest"
	"giuchuan/internal/view/exchange/exchangeweb"
	"giuchuan/internal/view/viewtest"
)

const file = "commune,set,indicator,value,numerator,denominator\n"

func TestAFileIsLookedThroughThenRecorded(t *testing.T) {
	s := demo(t)
	at := s.taken("phiếu.csv", file+"02407,"+ntm+",10,\"46,5\",,\n02407,"+ntm+",15.2,đạt,,\n")
	body := s.page(at)
	has(t, body, "Tệp ghi được: 2 mới, 0 thay đổi", "dòng 2", "46,5", "Ghi 2 số liệu vào phiếu")
	if s.stands("10") != "" {
		t.Error("a dry run recorded something")
	}
	if to := s.accept(at); to != "/bang-tinh?ky=2024-Q3&da-ghi=2" {
		t.Errorf("accepting leads to %q", to)
	}
	if got := s.stands("10"); got != "46,5" {
		t.Errorf("10 is %q", got)
	}
	has(t, s.page("/bang-tinh?ky=2024-Q3&da-ghi=2"), "Đã ghi 2 số liệu từ tệp")
	has(t, s.page(s.taken("phiếu.csv", file+"02407,"+ntm+",10,\"46,5\",,\n")), "Tệp không có gì mới", "Không đổi")
	has(t, s.page(s.taken("phiếu.csv", file+"02407,"+ntm+",10,47,,\n")), "0 mới, 1 thay đổi", "46,5", "<b>47</b>")
}

func TestRefusalsNameTheCellAndTheRemedy(t *testing.T) {
	s := demo(t)
	at := s.taken("a.csv", file+"02407,"+ntm+",10,46,,\n02392,"+ntm+",10,50,,\n02407,"+ntm+",15.1,đạt,,\n02614,"+ntm+",10,1,,\n")
	body := s.page(at)
	has(t, body, "ô không nhận được, chưa ghi được tệp", "Xã Phù Lưu", "đơn vị được giao chỉ tiêu, xã này mới nhập được", "dòng 4", "Sửa ô này trong tệp")
	if strings.Contains(body, "ban-kiem-tra") {
		t.Error("a file with refused cells can be accepted")
	}
	if to := s.post(at, url.Values{"ban-kiem-tra": {"x"}}).Header().Get("Location"); !strings.HasSuffix(to, "?doi=1") || s.stands("10") != "" {
		t.Errorf("a refused file leads to %q and leaves %q", to, s.stands("10"))
	}
	rec := s.do(httptest.NewRequest(http.MethodGet, at+"/danh-sach.csv", nil))
	if csv := rec.Body.String(); !strings.Contains(csv, "Kết quả,Ô") || strings.Count(csv, "\r\n") < 5 {
		t.Errorf("the list is\n%s", csv)
	}
}

func TestWithoutARoundNothingIsTaken(t *testing.T) {
	s := serve(t, viewtest.Demo(t))
	has(t, s.page("/bang-tinh"), "Chưa có đợt rà soát nào")
	text := file + "02407," + ntm + ",10,46,,\n"
	if rec := s.send("a.csv", []byte(text)); rec.Code != http.StatusConflict || !strings.Contains(rec.Body.String(), "mở đợt rà soát") {
		t.Errorf("without any round a file is answered %d", rec.Code)
	}
	s.open()
	s.period, _ = day.ParsePeriod("2023")
	has(t, s.page(s.taken("a.csv", text)), "không có phiếu rà soát kỳ", "đề nghị Văn phòng Điều phối nông thôn mới mở đợt rà soát")
}

func TestASupplierHasItsOwnColumnOnly(t *testing.T) {
	s := demo(t)
	s.user = insurance()
	body := s.page("/bang-tinh")
	has(t, body, ntm+"/15.1", "Lấy biểu một chỉ tiêu")
	if strings.Contains(body, ntm+"/10\"") {
		t.Error("a supplier is offered another column")
	}
	rows := s.rows("/bang-tinh/phieu.xlsx?ky=2024-Q3&dien=1&xa=" + thaiSon)
	if len(rows) != 1 || rows[0] != "15.1" {
		t.Errorf("a supplier's workbook of a commune has %v", rows)
	}
	if rec := s.do(httptest.NewRequest(http.MethodGet, "/bang-tinh/phieu.xlsx?ky=2024-Q3&chi-tieu="+ntm+"/10", nil)); rec.Code != http.StatusNotFound {
		t.Errorf("another column answers %d", rec.Code)
	}
	// Guessing what stands tells nothing: a column of others is refused whatever it says.
	s.user = clerk()
	s.accept(s.taken("a.csv", file+"02407,"+ntm+",10,46,,\n"))
	s.user = insurance()
	right, wrong := s.page(s.taken("b.csv", file+"02407,"+ntm+",10,46,,\n")), s.page(s.taken("b.csv", file+"02407,"+ntm+",10,47,,\n"))
	for _, body := range []string{right, wrong} {
		has(t, body, "1 ô không nhận được")
	}
	s.accept(s.taken("c.csv", file+"02407,"+ntm+",15.1,\"90,5\",,\n"))
	if got := s.stands("15.1"); got != "90,5" {
		t.Errorf("15.1 is %q", got)
	}
}

// A workbook that was taken out comes back as it is: nothing new.
func TestWhatGoesOutComesBack(t *testing.T) {
	s := demo(t)
	s.accept(s.taken("a.csv", file+"02407,"+ntm+",10,46,,\n02407,"+ntm+",15.1,,3128,3484\n"))
	for _, path := range []string{"xa=" + thaiSon, "chi-tieu=" + ntm + "/10"} {
		rec := s.do(httptest.NewRequest(http.MethodGet, "/bang-tinh/phieu.xlsx?ky=2024-Q3&dien=1&"+path, nil))
		body := s.page(s.taken("b.xlsx", rec.Body.String()))
		has(t, body, "Tệp không có gì mới", "không đổi")
	}
	s.user = coordination()
	if n := len(s.rows("/bang-tinh/phieu.xlsx?ky=2024-Q3&huyen=" + hamYen)); n < 50 {
		t.Errorf("the workbook of a district begins with a sheet of %d rows", n)
	}
	if rec := s.do(httptest.NewRequest(http.MethodGet, "/bang-tinh/phieu.xlsx?ky=2024-Q3&xa=02608.9", nil)); rec.Code != http.StatusNotFound {
		t.Errorf("a place that is none answers %d", rec.Code)
	}
}

func TestWhoOnlyReadsBringsNothingIn(t *testing.T) {
	s := demo(t)
	s.user = leader()
	if body := s.page("/bang-tinh"); strings.Contains(body, `type="file"`) {
		t.Error("a leader is offered to bring figures in")
	}
	if rec := s.send("a.csv", []byte(file)); rec.Code != http.StatusForbidden {
		t.Errorf("answers %d", rec.Code)
	}
}

func TestAFileIsItsOwnersAndGoes(t *testing.T) {
	s := demo(t)
	text := file + "02407," + ntm + ",10,46,,\n"
	at := s.taken("a.csv", text)
	sum := sha256.Sum256([]byte(text))
	if at != "/bang-tinh/tep/"+hex.EncodeToString(sum[:]) {
		t.Fatalf("the file is at %s", at)
	}
	s.user = person("xa-khac", authz.CommuneEntry, thaiSon)
	if rec := s.do(httptest.NewRequest(http.MethodGet, at, nil)); rec.Code != http.StatusNotFound {
		t.Errorf("somebody else's file answers %d", rec.Code)
	}
	s.user = clerk()
	s.w.Clock.Set(2024, time.October, 1, 9)
	rec := s.do(httptest.NewRequest(http.MethodGet, at, nil))
	if rec.Code != http.StatusNotFound || !strings.Contains(rec.Body.String(), "30 phút") {
		t.Errorf("after an hour the file answers %d: %s", rec.Code, rec.Body)
	}
}

// What changed after the person looked is not written over unseen.
func TestAcceptingLooksAgain(t *testing.T) {
	s := demo(t)
	at := s.taken("a.csv", file+"02407,"+ntm+",10,46,,\n")
	seen := digest.FindStringSubmatch(s.page(at))[1]
	s.accept(s.taken("b.csv", file+"02407,"+ntm+",10,50,,\n"))
	if to := s.post(at, url.Values{"ban-kiem-tra": {seen}}).Header().Get("Location"); to != at+"?doi=1" {
		t.Errorf("leads to %q", to)
	}
	if got := s.stands("10"); got != "50" {
		t.Errorf("10 is %q", got)
	}
	has(t, s.page(at+"?doi=1"), "đã thay đổi sau khi bạn mở danh sách", "0 mới, 1 thay đổi")
}

func TestHostileFiles(t *testing.T) {
	s := demo(t)
	for name, data := range map[string]string{
		"empty.xlsx": "", "text.xlsx": "PK\x03\x04 not a zip", "bom.csv": "\xff\xfe\x00", "html.csv": "<html><script>alert(1)</script>",
		"../../etc/passwd": "a,b\n1,2\n", "=cmd.csv": "=1+1,2\n", "notable.csv": "xin chào\n",
	} {
		rec := s.send(name, []byte(data))
		if rec.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s answers %d", name, rec.Code)
		}
		htmltest.Check(t, rec.Body.String())
		if strings.Contains(rec.Body.String(), "<script>alert") {
			t.Errorf("%s is echoed", name)
		}
	}
	if rec := s.post("/bang-tinh", url.Values{"ky": {"hôm qua"}}); rec.Code != http.StatusUnprocessableEntity {
		t.Errorf("no file answers %d", rec.Code)
	}
	for path, want := range map[string]int{
		"/bang-tinh?ky=x": 400, "/bang-tinh/tep/zzz": 404, "/bang-tinh/phieu.xlsx": 400, "/bang-tinh/phieu.xlsx?ky=2024-Q3": 400, "/bang-tinh/phieu.xlsx?ky=2030&xa=1": 404,
		"/bang-tinh/phieu.xlsx?ky=2024-Q3&chi-tieu=x%2Fy": 404,
	} {
		if rec := s.do(httptest.NewRequest(http.MethodGet, path, nil)); rec.Code != want {
			t.Errorf("%s answers %d, want %d", path, rec.Code, want)
		}
	}
}

const foreign = "BIỂU TỔNG HỢP QUÝ III,,,,\n" +
	"TT,Tên xã,Tiêu chí 10 Thu nhập,Y tế,Ghi chú\n" +
	",,(triệu đồng),15.2,\n" +
	"I,Huyện Hàm Yên,,,\n" +
	"1,Thái Sơn,\"46,5\",x,\n" +
	"2,Tổng,46,,\n"

func TestAForeignMatrixThroughAMapping(t *testing.T) {
	s := demo(t)
	at := s.taken("biểu.csv", foreign)
	if !strings.HasSuffix(at, "/cach-doc") {
		t.Fatalf("a table nobody knows leads to %s", at)
	}
	body := s.page(at)
	has(t, body, `value="10"`, `value="15.2"`, "“x” (1 ô)", "Thái Sơn")
	form := fields(body)
	form.Set("viec", "luu")
	if rec := s.post(at, form); rec.Code != http.StatusUnprocessableEntity || !strings.Contains(rec.Body.String(), "Đặt tên cho cách đọc bảng") {
		t.Errorf("without a name it answers %d", rec.Code)
	}
	form.Set("ten", "Biểu tổng hợp của huyện")
	bad := url.Values{}
	for k, v := range form {
		bad[k] = slices.Clone(v)
	}
	bad.Set("cot-3", "99.9")
	if rec := s.post(at, bad); rec.Code != http.StatusUnprocessableEntity || !strings.Contains(rec.Body.String(), "không có chỉ tiêu hay tiêu chí “99.9”") {
		t.Errorf("a wrong code answers %d", rec.Code)
	}
	rec := s.post(at, form)
	to := rec.Header().Get("Location")
	if rec.Code != http.StatusSeeOther || to != strings.TrimSuffix(at, "/cach-doc") {
		t.Fatalf("saving answers %d and leads to %q: %s", rec.Code, to, rec.Body)
	}
	has(t, s.page(to), "Đọc theo cách đọc bảng “Biểu tổng hợp của huyện”", "2 mới", "Bỏ qua 2 dòng huyện, dòng tổng")
	s.accept(to)
	if s.stands("10") != "46,5" || s.stands("15.2") != "đạt" {
		t.Errorf("10 is %q, 15.2 %q", s.stands("10"), s.stands("15.2"))
	}
	// The next quarter's file is known by its header, whoever brings it.
	next := s.taken("biểu 2.csv", "Kỳ sau\n,\n"+strings.Replace(foreign, "46,5", "48", 1))
	has(t, s.page(next), "Đọc theo cách đọc bảng “Biểu tổng hợp của huyện”", "0 mới, 1 thay đổi")
	has(t, s.page(next+"/cach-doc"), "Biểu tổng hợp của huyện")
	// Another header is another table.
	form = fields(s.page(next + "/cach-doc"))
	form.Set("viec", "xem")
	form.Set("so-dong", "1")
	if rec := s.post(next+"/cach-doc", form); rec.Code != http.StatusOK || fields(rec.Body.String()).Get("cot-4") != "TC 15" {
		t.Errorf("reading the header anew answers %d", rec.Code)
	}
}

func TestEveryRouteNamesItsAction(t *testing.T) {
	for _, r := range exchangeweb.New(exchangeweb.Options{}).Routes() {
		if r.Public || !slices.Contains(authz.Actions(), r.Action) {
			t.Errorf("%s is checked for %q", r, r.Action)
		}
	}
}

// Both engines record a file the same.
func TestOnBothEngines(t *testing.T) {
	viewtest.Each(t, func(t *testing.T, w *viewtest.World) {
		w.Fill(t)
		s := serve(t, w)
		s.open()
		s.accept(s.taken("a.csv", file+"02407,"+ntm+",10,46,,\n02407,"+ntm+",15.1,,3128,3484\n"))
		if s.stands("10") != "46" || s.stands("15.1") == "" {
			t.Errorf("10 is %q, 15.1 %q", s.stands("10"), s.stands("15.1"))
		}
		at := s.taken("biểu.csv", foreign)
		form := fields(s.page(at))
		form.Set("ten", "Biểu")
		to := s.post(at, form).Header().Get("Location")
		has(t, s.page(to), "1 mới, 1 thay đổi")
	})
}

// Any bytes end in a page, never in a defect.
func FuzzTake(f *testing.F) {
	f.Add([]byte(foreign))
	f.Add([]byte(file + "02407," + ntm + ",10,46,,\n"))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("Xã,Chỉ tiêu,Giá trị,Nam\n\"Thái Sơn\",15.1,90%,\n"))
	s := demo(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		s.t = t
		rec := s.send("a.csv", data)
		if rec.Code >= 500 {
			t.Fatalf("answers %d", rec.Code)
		}
		if rec.Code == http.StatusSeeOther {
			if next := s.do(httptest.NewRequest(http.MethodGet, rec.Header().Get("Location"), nil)); next.Code >= 500 {
				t.Fatalf("%s answers %d", rec.Header().Get("Location"), next.Code)
			}
		}
		_, err := io.Copy(io.Discard, rec.Body)
		viewtest.Must(t, err)
	})
}
