package criteriaweb_test

import (
	"bytes"
	"context"
	"html"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/criteria/criteriaweb"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

const page = "/bo-tieu-chi/xa-ntm-2021-2025/"

// site is the pages over HTTP; user is who asks.
type site struct {
	handler http.Handler
	user    *web.User
	ended   bool // the person's roles end between the request and the recording
}

func each(t *testing.T, body func(t *testing.T, s *site)) {
	lib, err := criteria.LoadLaw()
	must(t, err)
	places, err := place.Load(reference.FS())
	must(t, err)
	today := func() day.Day { return day.Of(2024, 10, 1) }
	dbtest.EachPlace(t, func(t *testing.T, o db.Options) {
		o.Today = today
		s := &site{user: coordination()}
		h := criteriaweb.New(criteriaweb.Options{DB: dbtest.Open(t, o), Law: lib, Places: places, Criteria: criteria.New(lib, places), Province: "08", Who: s.who})
		k, err := web.New(web.Options{
			Routes: h.Routes(), Today: today, Identify: func(*http.Request) (*web.User, error) { return s.user, nil },
		})
		must(t, err)
		s.handler = k.Handler()
		body(t, s)
	})
}

// who is the person as the record has it when something is written.
func (s *site) who(_ context.Context, _ *db.Tx, id string) (authz.Subject, error) {
	if s.ended {
		return authz.Subject{ID: id}, nil
	}
	return s.user.Subject, nil
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func coordination() *web.User { return person(authz.Grant{Role: authz.Coordination, Place: "08.1"}) }

func person(g authz.Grant) *web.User {
	return &web.User{ID: "u", Name: "Phòng Nghiệp vụ", Subject: authz.Subject{ID: "u", Grants: []authz.Grant{g}}}
}

func (s *site) get(t *testing.T, path string, want int, texts ...string) string {
	t.Helper()
	return s.answer(t, httptest.NewRequest(http.MethodGet, path, nil), want, texts)
}

func (s *site) post(t *testing.T, path string, form url.Values, want int, texts ...string) string {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.answer(t, r, want, texts)
}

func (s *site) answer(t *testing.T, r *http.Request, want int, texts []string) string {
	t.Helper()
	rec := httptest.NewRecorder()
	s.handler.ServeHTTP(rec, r)
	body := html.UnescapeString(rec.Body.String())
	if rec.Code != want {
		t.Errorf("%s %s answers %d, want %d: %.600s", r.Method, r.URL.Path, rec.Code, want, regexp.MustCompile(`(?s)<head>.*</head>|<[^>]*>|\s+`).ReplaceAllString(body, " "))
	}
	for _, text := range texts {
		if !strings.Contains(body, text) {
			t.Errorf("%s %s lacks %q", r.Method, r.URL, text)
		}
	}
	if strings.Contains(body, " style=") || strings.Contains(body, "%!") {
		t.Errorf("%s has inline code or a broken format", r.URL)
	}
	return body
}

func decision(pairs ...string) url.Values {
	v := url.Values{"ma": {"17.10"}, "muc": {"100"}, "so": {"05/2023/QĐ-UBND"}, "ngay": {"15/01/2023"}, "dieu": {"Điều 2"}}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func TestVerify(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.get(t, "/bo-tieu-chi/doi-chieu", 200, "0/57", "Nhập từ tệp")
		s.get(t, page+"15", 200, "15.1", "chưa đối chiếu", "Cả tiêu chí: đã đối chiếu văn bản gốc")
		s.post(t, page+"15/doi-chieu", url.Values{"ma": {"15.2"}, "muc": {"*"}}, 303)
		s.get(t, page+"15?xong=doi-chieu", 200, "Phòng Nghiệp vụ, 01/10/2024", "Đã ghi xác nhận đối chiếu", "đã đối chiếu 1/4")
		s.post(t, page+"15/doi-chieu", url.Values{"ma": {"15"}, "muc": {"*"}}, 303)
		s.get(t, "/bo-tieu-chi/doi-chieu?bo=xa-ntm-2021-2025", 200, "4/57", "4/4")
		s.post(t, page+"15/bo-doi-chieu", url.Values{"ma": {"15"}, "muc": {"*"}}, 303)
		s.get(t, "/bo-tieu-chi/doi-chieu", 200, "1/57")
		s.post(t, page+"15/bo-doi-chieu", url.Values{"ma": {"15"}, "muc": {"*"}}, 404, "chưa được ghi là đã đối chiếu")
		s.post(t, page+"15/doi-chieu", url.Values{"ma": {"15.1"}, "muc": {"<x>"}}, 400, "không có mức")
		s.post(t, page+"15/doi-chieu", url.Values{}, 404)
	})
}

func TestDecide(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		form := page + "17/quy-dinh"
		s.get(t, form+"?ma=17.10", 200, "Mức do tỉnh quy định: chỉ tiêu 17.10", "Số quyết định")
		s.post(t, form, decision(), 200, "Chưa ghi gì", "thêm mới", "05/2023/QĐ-UBND")
		if body := s.get(t, page+"17", 200); strings.Contains(body, "05/2023/QĐ-UBND") {
			t.Error("a preview was recorded")
		}
		s.post(t, form, decision("dong-y", "1"), 303)
		body := s.get(t, page+"17?xong=quy-dinh", 200, "05/2023/QĐ-UBND", "toàn tỉnh", "Điều 2", "Rút mức này")
		s.post(t, page+"17/doi-chieu", url.Values{"ma": {"17.10"}, "muc": {"05/2023/QĐ-UBND"}}, 303)
		id := regexp.MustCompile(`name="id" value="([^"]+)"`).FindStringSubmatch(body)
		if id == nil {
			t.Fatal("the value cannot be withdrawn")
		}
		s.post(t, page+"17/rut", url.Values{"id": {"none"}}, 404)
		s.post(t, page+"17/rut", url.Values{"id": {id[1]}}, 303)
		if body := s.get(t, page+"17", 200); strings.Contains(body, "05/2023/QĐ-UBND") {
			t.Error("the value still stands")
		}
	})
}

// A form that cannot be taken says where and why, and keeps what was typed.
func TestDecideRefuses(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		form := page + "17/quy-dinh"
		s.post(t, form, decision("muc", "năm mươi", "so", "<b>", "ngay", "32/13/2023"), 422, `href="#muc"`, `href="#ngay"`, `value="<b>"`)
		s.post(t, form, decision("so", "", "dia-ban", "Không Đâu", "nam", "20x4"), 422, `href="#so"`, `href="#dia-ban"`, `href="#nam"`)
		s.post(t, page+"10/quy-dinh", decision("ma", "10", "muc", "30", "nam", "2024"), 422, "của Trung ương", "chỉ được quy định bằng hoặc chặt hơn", `href="#muc"`)
		s.post(t, form, decision("ma", "15.1"), 404, "không có chỉ tiêu 15.1")
		s.get(t, form+"?ma=x", 404)
		s.get(t, "/bo-tieu-chi/x/17", 404)
		s.get(t, page+"99", 404)
	})
}

// A role that ended after the request was let in records nothing any more.
func TestARoleThatEndsMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.post(t, page+"17/quy-dinh", decision("dong-y", "1"), 303)
		s.post(t, page+"15/doi-chieu", url.Values{"ma": {"15.2"}, "muc": {"*"}}, 303)
		id := regexp.MustCompile(`name="id" value="([^"]+)"`).FindStringSubmatch(s.get(t, page+"17", 200))
		if id == nil {
			t.Fatal("the value cannot be withdrawn")
		}
		s.ended = true
		s.post(t, page+"15/doi-chieu", url.Values{"ma": {"15.1"}, "muc": {"*"}}, 403, "Văn phòng Điều phối")
		s.post(t, page+"15/bo-doi-chieu", url.Values{"ma": {"15.2"}, "muc": {"*"}}, 403)
		s.post(t, page+"17/rut", url.Values{"id": {id[1]}}, 403)
		s.post(t, page+"17/quy-dinh", decision("dong-y", "1", "so", "06/2023/QĐ-UBND"), 422, "ài khoản này không được")
		s.ended = false
		s.get(t, "/bo-tieu-chi/doi-chieu", 200, "1/57")
		if body := s.get(t, page+"17", 200, "05/2023/QĐ-UBND"); strings.Contains(body, "06/2023/QĐ-UBND") {
			t.Error("something was recorded")
		}
	})
}

// An agency decides and verifies its own criteria and no others.
func TestInChargeOfItsOwn(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.user = person(authz.Grant{Role: authz.InCharge, Place: "08.1", Fields: []string{"xa-ntm-2021-2025/15"}})
		s.get(t, page+"15", 200, "Cả chỉ tiêu: đã đối chiếu")
		if body := s.get(t, page+"17", 200); strings.Contains(body, "<button class=\"btn btn--2 btn--s\">") || strings.Contains(body, "quy-dinh") {
			t.Error("another agency's criterion can be changed")
		}
		s.post(t, page+"15/doi-chieu", url.Values{"ma": {"15.1"}, "muc": {"*"}}, 303)
		s.post(t, page+"15/doi-chieu", url.Values{"ma": {"17.10"}, "muc": {"*"}}, 403)
		s.post(t, page+"17/doi-chieu", url.Values{"ma": {"17"}, "muc": {"*"}}, 403)
		s.post(t, page+"17/quy-dinh", decision("dong-y", "1"), 403, "không được nhập mức đạt chuẩn")
		s.send(t, "bo_tieu_chi,chi_tieu,muc_dat_chuan\n", 422)
		file := "set,indicator,value,decision,decided_on\nxa-ntm-2021-2025,17.10,100,05/2023/QĐ-UBND,2023-01-15\n"
		s.send(t, file, 422, "không được nhập mức đạt chuẩn")
		s.user = person(authz.Grant{Role: authz.CommuneEntry, Place: "02392.1"})
		s.get(t, page+"15", 200)
		s.get(t, page+"17/quy-dinh?ma=17.10", 403)
		s.post(t, page+"15/doi-chieu", url.Values{"ma": {"15.1"}, "muc": {"*"}}, 403)
		s.user = person(authz.Grant{Role: authz.Coordination, Place: "02.1"})
		s.post(t, page+"15/doi-chieu", url.Values{"ma": {"15.1"}, "muc": {"*"}}, 403)
	})
}

// send uploads a .csv file of decisions.
func (s *site) send(t *testing.T, text string, want int, texts ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("tep", "quyet-dinh.csv")
	must(t, err)
	_, err = part.Write([]byte(text))
	must(t, err)
	must(t, w.Close())
	r := httptest.NewRequest(http.MethodPost, "/bo-tieu-chi/tep", &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return s.answer(t, r, want, texts)
}

func TestUpload(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.get(t, "/bo-tieu-chi/tep", 200, "số quyết định")
		s.send(t, "set,indicator,value,decision,decided_on\nxa-ntm-2021-2025,17.99,x,05,hôm qua\n", 422,
			"chưa ghi gì", "dòng 2, cột indicator", "dòng 2, cột decided_on")
		s.send(t, "", 422)
		file := "set,indicator,value,decision,decided_on\nxa-ntm-2021-2025,17.10,100,05/2023/QĐ-UBND,2023-01-15\n"
		body := s.send(t, file, 200, "Chưa ghi gì", "thêm mới")
		content := regexp.MustCompile(`name="noi-dung" value="([^"]+)"`).FindStringSubmatch(body)
		if content == nil {
			t.Fatal("the dry run cannot be agreed to")
		}
		agreed := url.Values{"dong-y": {"1"}, "ten-tep": {"quyet-dinh.csv"}, "noi-dung": content[1:]}
		s.post(t, "/bo-tieu-chi/tep", agreed, 200, "Đã ghi 1 mức")
		s.post(t, "/bo-tieu-chi/tep", agreed, 200, "Đã ghi 0 mức")
		s.get(t, page+"17", 200, "05/2023/QĐ-UBND")
		agreed.Set("noi-dung", "%%%")
		s.post(t, "/bo-tieu-chi/tep", agreed, 422, "không còn nguyên")
		s.post(t, "/bo-tieu-chi/tep", url.Values{}, 422, "Hãy chọn tệp")
	})
}
