package agencyweb_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/platform/web/htmltest"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/agency/agencyweb"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

const (
	ntm     = "xa-ntm-2021-2025"
	thaiSon = "02407.1"
)

// site is the pages for one person at a time.
type site struct {
	t      *testing.T
	kit    *web.Kit
	places *place.Register
	today  day.Day
	who    authz.Subject
	ended  bool // the person's roles end between the request and the recording
}

func each(t *testing.T, body func(t *testing.T, s *site)) {
	var s *site
	dbtest.EachWith(t, func(o *db.Options) {
		s = &site{today: day.Of(2024, time.October, 1)}
		mine := s
		o.Now = func() time.Time { return time.Date(2024, 10, 1, 1, 0, 0, 0, time.UTC) }
		o.Today = func() day.Day { return mine.today }
	}, func(t *testing.T, d *db.DB) {
		s.t = t
		s.open(d)
		body(t, s)
	})
}

func (s *site) open(d *db.DB) {
	s.t.Helper()
	places, err := place.Load(reference.FS())
	must(s.t, err)
	agencies, err := agency.Load(reference.FS(), places, "08")
	must(s.t, err)
	lib, err := criteria.LoadLaw()
	must(s.t, err)
	s.places = places
	pages := agencyweb.New(agencyweb.Options{
		DB: d, Assigned: agency.NewAssignments(agencies, lib), Law: lib, Places: places, Province: "08",
		Who: func(_ context.Context, _ *db.Tx, id string) (authz.Subject, error) {
			if s.ended {
				return authz.Subject{ID: id}, nil
			}
			return s.who, nil
		},
		Recognised: func(_ context.Context, _ *db.Tx, on day.Day) ([]place.Unit, error) {
			var out []place.Unit
			for _, id := range []string{thaiSon, "02389.1", "02251.1"} {
				if u, ok := places.Unit(id, on); ok {
					out = append(out, u)
				}
			}
			return out, nil
		},
	})
	s.kit, err = web.New(web.Options{
		Routes: pages.Routes(), Today: func() day.Day { return s.today },
		Identify: func(*http.Request) (*web.User, error) {
			if s.who.ID == "" {
				return nil, nil
			}
			return &web.User{ID: s.who.ID, Name: "An", Subject: s.who}, nil
		},
	})
	must(s.t, err)
	s.as(authz.Coordination, "08.1")
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// as makes the next requests somebody's.
func (s *site) as(r authz.Role, at string) {
	s.who = authz.Subject{ID: "an", Grants: []authz.Grant{{Role: r, Place: at, Unit: "x"}}}
}

func (s *site) send(r *http.Request) (int, string, string) {
	s.t.Helper()
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	s.kit.Handler().ServeHTTP(w, r)
	body := w.Body.String()
	if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		htmltest.Check(s.t, body)
	}
	return w.Code, body, w.Header().Get("Location")
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
		s.t.Fatalf("%s: %d, want %d: %s", path, code, status, body)
	}
	for _, text := range want {
		if !strings.Contains(body, text) {
			s.t.Errorf("%s lacks %q", path, text)
		}
	}
	return body
}

func (s *site) post(path string, status int, form url.Values, want ...string) string {
	s.t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	code, body, to := s.send(r)
	return s.check("POST "+path, code, status, body+to, want)
}

func values(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// decision is the fields of a decision that assigns.
func decision(pairs ...string) url.Values {
	return values(append([]string{"tu-ngay", "01/01/2024", "so-van-ban", "12/QĐ-UBND", "ngay-van-ban", "29/12/2023"}, pairs...)...)
}

func TestAssignACriterion(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.get("/phan-cong", 200, "0/19 tiêu chí có cơ quan phụ trách", "chưa phân công", "Đề xuất theo bộ tiêu chí")
		one := "/phan-cong/" + ntm + "/15"
		s.get(one, 200, "Sở Y tế (BHXH tỉnh cung cấp số BHYT)", `<option value="so-y-te.1" selected`)
		s.post(one, 422, values("loai", "phu-trach", "co-quan", "so-y-te.1", "tu-ngay", "32/13/2024", "ghi-chu", "giữ lại"), "Hãy nhập ngày dạng", `value="giữ lại"`, `value="32/13/2024"`)
		s.post(one, 422, values("loai", "phu-trach", "co-quan", "so-y-te.1", "tu-ngay", "01/01/2024"), "Hãy ghi số văn bản", "Hãy ghi ngày của văn bản")
		s.post(one, 422, decision("loai", "phu-trach", "co-quan", "so-la"), "Không có cơ quan")
		s.post(one, 422, decision("loai", "dia-ban", "co-quan", "so-y-te.1"), "loại phân công")
		s.post(one, 303, decision("loai", "phu-trach", "co-quan", "so-y-te.1"), one+"?xong=1")
		s.post("/phan-cong/"+ntm+"/15.1", 303, decision("loai", "cung-cap", "co-quan", "bhxh-tinh.1"))
		s.get("/phan-cong", 200, "1/19 tiêu chí có cơ quan phụ trách", "Sở Y tế", "Bảo hiểm xã hội tỉnh Tuyên Quang")
		s.get("/phan-cong?q=BHXH", 200, "15.1")
		if body := s.get("/phan-cong?loc=thieu", 200); strings.Contains(body, ">15.1<") || !strings.Contains(body, ">15.4<") {
			t.Error("what is assigned stands among the gaps, or a missing supplier does not")
		}
		s.get("/phan-cong/"+ntm+"/15.2", 200, "theo phân công của", "tiêu chí 15")
		s.post(one, 422, decision("loai", "phu-trach", "co-quan", "bhxh-tinh.1"), "Sở Y tế đang phụ trách 15", "hãy kết thúc phân công đó trước")
		s.post(one, 303, values("tu-ngay", "01/10/2024", "so-van-ban", "9/QĐ-UBND", "ngay-van-ban", "30/09/2024", "loai", "phu-trach", "co-quan", "bhxh-tinh.1", "thay", "1"))
		s.get(one, 200, "Lịch sử phân công", "từ 01/01/2024 đến 30/09/2024", "9/QĐ-UBND ngày 30/09/2024")
	})
}

var assigned = regexp.MustCompile(`name="ma-phan-cong" value="([0-9a-v]+)"`)

func TestEndAnAssignment(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		one := "/phan-cong/" + ntm + "/15"
		s.post(one, 303, decision("loai", "phu-trach", "co-quan", "so-y-te.1"))
		found := assigned.FindStringSubmatch(s.get(one, 200))
		if found == nil {
			t.Fatal("no form to end it")
		}
		id := found[1]
		s.post("/phan-cong/ket-thuc", 422, values("ma-phan-cong", id), "Hãy nhập ngày cuối")
		s.post("/phan-cong/ket-thuc", 422, values("ma-phan-cong", id, "ngay-cuoi", "01/01/2020", "ly-do", "vì thế"), "trước ngày bắt đầu", `value="vì thế"`)
		s.post("/phan-cong/ket-thuc", 404, values("ma-phan-cong", "x"))
		s.as(authz.DistrictLeader, "074.1")
		s.post("/phan-cong/ket-thuc", 403, values("ma-phan-cong", id, "ngay-cuoi", "30/09/2024"), "Văn phòng Điều phối")
		s.as(authz.Coordination, "08.1")
		s.post("/phan-cong/ket-thuc", 303, values("ma-phan-cong", id, "ngay-cuoi", "30/09/2024", "ly-do", "13/QĐ-UBND"), one)
		s.get(one, 200, "chưa phân công", "từ 01/01/2024 đến 30/09/2024")
	})
}

// A role that ended after the request was let in assigns nothing any more.
func TestARoleThatEndsMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		one := "/phan-cong/" + ntm + "/15"
		s.post(one, 303, decision("loai", "phu-trach", "co-quan", "so-y-te.1"))
		id := assigned.FindStringSubmatch(s.get(one, 200))[1]
		text := s.get("/phan-cong/bang.csv", 200) + ",phụ trách tiêu chí," + ntm + ",1,,,Sở Xây dựng,,,01/01/2024,,12/QĐ-UBND,29/12/2023,,\r\n"
		data := regexp.MustCompile(`name="noi-dung" value="([^"]+)"`).FindStringSubmatch(s.file(text, 200))
		s.ended = true
		const refusal = "việc của Văn phòng Điều phối"
		s.post(one, 403, decision("loai", "cung-cap", "co-quan", "bhxh-tinh.1"), refusal)
		s.post("/phan-cong/ket-thuc", 403, values("ma-phan-cong", id, "ngay-cuoi", "30/09/2024", "ly-do", "13/QĐ-UBND"), refusal)
		s.post("/phan-cong/nhap", 422, values("nhan", "1", "ten-tep", "a.csv", "noi-dung", strings.ReplaceAll(data[1], "&#43;", "+")), refusal)
		s.post("/phan-cong/dia-ban", 403, decision("xa", thaiSon, "phong", "Phòng Kinh tế"), "không thuộc quyền phân công")
		s.ended = false
		s.get(one, 200, "từ 01/01/2024")
		s.get("/phan-cong", 200, "1/19 tiêu chí có cơ quan phụ trách")
		s.get("/phan-cong/dia-ban/"+thaiSon, 200, "chưa")
	})
}

func TestProposalsAreConfirmedWithADecision(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		path := "/phan-cong/de-xuat?bo=" + ntm
		s.get(path, 200, "cần chọn", "Sở Nội vụ; Sở Tư pháp (18.4)", "Sở Tư pháp (18.4)")
		s.post(path, 422, decision(), "Chưa chọn cơ quan")
		s.post(path, 422, values("phu-trach-15", "so-y-te.1", "tu-ngay", "01/01/2024"), "Hãy ghi số văn bản", `<option value="so-y-te.1" selected`)
		s.post(path, 303, decision("phu-trach-15", "so-y-te.1", "cung-cap-15.1", "bhxh-tinh.1", "phu-trach-1", ""), "/phan-cong?bo="+ntm)
		s.get("/phan-cong", 200, "1/19 tiêu chí")
	})
}

// What a department that was divided had is proposed anew, and confirming it
// ends the old assignment.
func TestDividedWorkIsGivenAnew(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		one := "/phan-cong/" + ntm + "/11"
		s.post(one, 303, decision("loai", "phu-trach", "co-quan", "so-ldtbxh.1"))
		s.post(one, 303, decision("loai", "cung-cap", "co-quan", "so-ldtbxh.1"))
		s.today = day.Of(2025, time.March, 1)
		s.get("/phan-cong", 200, "Cơ quan cũ đã kết thúc; chọn trong: Sở Nội vụ")
		s.get(one, 200, "cần chọn cơ quan kế thừa")
		path := "/phan-cong/de-xuat?bo=" + ntm
		s.get(path, 200, `name="cung-cap-11"`, `<option value="so-nnmt.1" selected`)
		late := func(from string) url.Values {
			return values("tu-ngay", from, "so-van-ban", "9/QĐ-UBND", "ngay-van-ban", "28/02/2025", "phu-trach-11", "so-nnmt.1", "cung-cap-11", "so-nnmt.1")
		}
		s.post(path, 422, late("01/02/2025"), "Sở Nông nghiệp và Môi trường không hoạt động vào ngày 01/02/2025")
		s.post(path, 303, late("01/03/2025"))
		s.get(one, 200, "từ 01/01/2024 đến 28/02/2025", "Sở Nông nghiệp và Môi trường")
	})
}

func TestDistrictsAssignTheirCommunes(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.as(authz.DistrictOffice, "074.1")
		body := s.get("/phan-cong/dia-ban", 200, "2 xã chưa phân công", "Thái Sơn", "Minh Dân")
		if strings.Contains(body, "Khuôn Hà") {
			t.Error("the district sees communes of another one")
		}
		office := decision("xa", thaiSon, "phong", "Phòng Nông nghiệp và Phát triển nông thôn")
		s.post("/phan-cong/dia-ban", 422, decision("phong", "Phòng Nông nghiệp"), "ít nhất một xã", `value="Phòng Nông nghiệp"`)
		s.post("/phan-cong/dia-ban", 422, decision("xa", thaiSon, "xa", "02389.1"), "tên phòng, ban", `value="02389.1" checked`)
		s.post("/phan-cong/dia-ban", 403, decision("xa", "02251.1", "phong", "Phòng Kinh tế"), "không thuộc quyền")
		s.post("/phan-cong/dia-ban", 403, decision("xa", "'; --", "phong", "Phòng Kinh tế"))
		s.post("/phan-cong/dia-ban", 303, office)
		s.get("/phan-cong/dia-ban", 200, "1 xã chưa phân công", "Phòng Nông nghiệp và Phát triển nông thôn")
		page := s.get("/phan-cong/dia-ban/"+thaiSon, 200, "12/QĐ-UBND")
		s.get("/phan-cong/dia-ban/02251.1", 403)
		s.get("/phan-cong/dia-ban/x", 404)
		id := assigned.FindStringSubmatch(page)[1]
		s.as(authz.DistrictOffice, "072.1")
		s.post("/phan-cong/ket-thuc", 403, values("ma-phan-cong", id, "rut", "1"))
		s.as(authz.CommuneLeader, thaiSon)
		s.get("/phan-cong/dia-ban", 403, "trước 01/7/2025 do huyện phân công")
		s.as(authz.DistrictLeader, "074.1")
		s.post("/phan-cong/ket-thuc", 303, values("ma-phan-cong", id, "rut", "1"), "/phan-cong/dia-ban/"+thaiSon)
		s.get("/phan-cong/dia-ban", 200, "2 xã chưa phân công")
	})
}

func TestCommunesAssignTheirOwnOfficesOnceDistrictsAreGone(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.today = day.Of(2025, time.July, 1)
		heirs := s.places.Successors("02389.1", s.today)
		commune := heirs[0].Unit
		s.as(authz.CommuneLeader, commune.ID)
		s.get("/phan-cong/dia-ban", 200, commune.Name)
		form := values("xa", commune.ID, "phong", "Phòng Kinh tế", "tu-ngay", "01/07/2025", "so-van-ban", "1/QĐ-UBND", "ngay-van-ban", "01/07/2025")
		s.post("/phan-cong/dia-ban", 303, form)
		s.get("/phan-cong/dia-ban/"+commune.ID, 200, "Phòng Kinh tế, Ủy ban nhân dân xã "+commune.Name)
		s.as(authz.CommuneEntry, commune.ID)
		s.post("/phan-cong/dia-ban", 403, form)
	})
}

func TestTheTableComesBackFromAFile(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.post("/phan-cong/"+ntm+"/15", 303, decision("loai", "phu-trach", "co-quan", "so-y-te.1"))
		text := s.get("/phan-cong/bang.csv", 200, "Sở Y tế")
		s.get("/phan-cong/bang.xlsx", 200)
		s.file(text, 200, "Tệp không có gì khác")
		changed := strings.Replace(text, "12/QĐ-UBND", "12a/QĐ-UBND", 1) + ",phụ trách tiêu chí," + ntm + ",1,,,Sở Xây dựng,,,01/01/2024,,12/QĐ-UBND,29/12/2023,,\r\n"
		body := s.file(changed, 200, "thay đổi: 15 Y tế", "thêm mới: 1 Quy hoạch: Sở Xây dựng", "Ghi các thay đổi này")
		s.get("/phan-cong", 200, "1/19 tiêu chí")
		data := regexp.MustCompile(`name="noi-dung" value="([^"]+)"`).FindStringSubmatch(body)
		if raw, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(data[1], "&#43;", "+")); err != nil || string(raw) != changed {
			t.Fatalf("the page does not keep the file: %v", err)
		}
		s.post("/phan-cong/nhap", 303, values("nhan", "1", "ten-tep", "a.csv", "noi-dung", strings.ReplaceAll(data[1], "&#43;", "+")))
		s.get("/phan-cong", 200, "2/19 tiêu chí")
		s.file("a,b\n1,2\n", 422, "không nhập dòng nào")
		s.file(strings.Replace(text, ",15,", ",99,", 1), 422, "không có tiêu chí hoặc chỉ tiêu “99”")
		s.post("/phan-cong/nhap", 422, values("nhan", "1", "noi-dung", "!!"), "hãy chọn tệp")
	})
}

func (s *site) file(text string, status int, want ...string) string {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("tep", "a.csv")
	must(s.t, err)
	_, err = io.WriteString(part, text)
	must(s.t, err)
	must(s.t, w.Close())
	r := httptest.NewRequest("POST", "/phan-cong/nhap", &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	code, body, _ := s.send(r)
	return s.check("upload", code, status, body, want)
}

func TestWhoMayOpenAndAssign(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		one := "/phan-cong/" + ntm + "/15"
		for _, r := range authz.Roles() {
			at := "08.1"
			switch r.Tier() {
			case authz.OfCommune, authz.OfUnit:
				at = thaiSon
			case authz.OfDistrict:
				at = "074.1"
			}
			s.as(r, at)
			if body := s.get("/phan-cong", 200); strings.Contains(body, "/phan-cong/de-xuat") != (r == authz.Coordination) {
				t.Errorf("%s: offered to assign: %v", r.Vietnamese(), r != authz.Coordination)
			}
			status := 403
			if r == authz.Coordination {
				status = 422
			}
			s.post(one, status, values("loai", "phu-trach"))
			s.post("/phan-cong/de-xuat?bo="+ntm, status, values())
			s.post("/phan-cong/nhap", status, values())
			area := map[bool]int{true: 422, false: 403}[r == authz.Coordination || r.Tier() == authz.OfDistrict]
			s.post("/phan-cong/dia-ban", area, values("xa", thaiSon))
		}
		s.as(authz.Coordination, "01.1") // of another province
		s.post(one, 403, values("loai", "phu-trach"))
		s.get("/phan-cong/bang.csv", 403)
		s.get("/phan-cong/nhap", 403)
		s.as(authz.Coordination, "08.1")
		for path, want := range map[string]int{
			"/phan-cong?bo=khong-co": 404, "/phan-cong?ngay=x": 400, "/phan-cong?ngay=1999-01-01": 404, "/phan-cong/" + ntm + "/99": 404, "/phan-cong/x/1": 404,
			"/phan-cong?ngay=01/03/2025": 200, "/phan-cong?ngay=2026-06-01": 200, "/phan-cong/de-xuat?bo=x": 404, "/phan-cong/de-xuat": 404, "/phan-cong?loc=het&q=%3Cb%3E": 200,
		} {
			if code, _, _ := s.send(httptest.NewRequest("GET", path, nil)); code != want {
				t.Errorf("%s: %d, want %d", path, code, want)
			}
		}
		s.who = authz.Subject{}
		s.get("/phan-cong", 303)
	})
}
