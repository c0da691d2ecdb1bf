package taskweb_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/feature/directive/task/tasktest"
	"giuchuan/internal/feature/directive/task/taskweb"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/platform/web/htmltest"
)

// site is the pages for one person at a time.
type site struct {
	t    testing.TB
	w    *tasktest.World
	h    http.Handler
	user authz.Subject
}

func serve(t *testing.T, body func(s *site)) {
	tasktest.Each(t, func(t *testing.T, w *tasktest.World) {
		w.GiveAll(t, tasktest.Notice)
		s := &site{t: t, w: w, user: tasktest.Office()}
		pages := taskweb.New(taskweb.Options{
			DB: w.DB, Tasks: w.Tasks, Agencies: w.Agencies, Places: w.Places,
			Waiting: func(context.Context, *db.Tx, string) ([]directive.Duty, error) {
				_, duties := tasktest.Notice()
				return slices.DeleteFunc(duties, func(d directive.Duty) bool { return d.Ref != "2a" }), nil
			},
			Called: func(_ context.Context, _ *db.Tx, _ authz.Subject, id string) (string, error) {
				return "chức danh của " + id, nil
			},
		})
		k, err := web.New(web.Options{
			Routes: pages.Routes(), Today: func() day.Day { return w.Today },
			Identify: func(*http.Request) (*web.User, error) {
				return &web.User{ID: s.user.ID, Name: s.user.ID, Subject: s.user}, nil
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		s.h = k.Handler()
		body(s)
	})
}

func (s *site) do(r *http.Request) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	s.h.ServeHTTP(rec, r)
	if strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html") {
		htmltest.Check(s.t, rec.Body.String())
	}
	return rec
}

func (s *site) page(path string) string {
	s.t.Helper()
	rec := s.do(httptest.NewRequest(http.MethodGet, path, nil))
	if rec.Code != http.StatusOK {
		s.t.Fatalf("%s answers %d: %s", path, rec.Code, short(rec))
	}
	return rec.Body.String()
}

// short is the errors of a page, else its beginning.
func short(rec *httptest.ResponseRecorder) string {
	page := rec.Body.String()
	if _, rest, ok := strings.Cut(page, "error-summary__list"); ok {
		page = rest
	}
	return page[:min(400, len(page))]
}

func (s *site) post(path string, pairs ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.do(r)
}

// sent expects a form to be taken.
func (s *site) sent(path string, pairs ...string) {
	s.t.Helper()
	if rec := s.post(path, pairs...); rec.Code != http.StatusSeeOther {
		s.t.Fatalf("%s answers %d: %s", path, rec.Code, short(rec))
	}
}

func (s *site) has(page string, texts ...string) {
	s.t.Helper()
	plain := strings.Join(strings.Fields(regexp.MustCompile(`<[^>]+>`).ReplaceAllString(page, " ")), " ")
	for _, text := range texts {
		if !strings.Contains(plain, text) {
			s.t.Errorf("the page lacks %q", text)
		}
	}
}

// ban is the version of a task, as its forms carry it.
func (s *site) ban(id string) string { return strconv.FormatInt(s.w.Find(s.t, id).Task.Entry, 10) }

func october() day.Day { return day.Of(2024, time.October, 1) }

func TestWhoIsLateWithWhat(t *testing.T) {
	serve(t, func(s *site) {
		e := s.w.Of(s.t, "1.7", tasktest.HamYen)
		s.user = tasktest.District()
		s.w.Today = october()
		for i, commune := range []string{"02389.1", "02404.1", "02407.1", "02419.1"} {
			s.sent("/nhiem-vu/"+e.ID, "viec", "tien-do", "ban", s.ban(e.ID), "tien-do-doi-tuong", commune, "tien-do-buoc", "trinh", "tien-do-ngay", strconv.Itoa(10+i)+"/9/2024")
		}
		s.user = tasktest.Office()
		list := s.page("/nhiem-vu")
		s.has(list, "Theo dõi nhiệm vụ", "7 quá hạn, chưa hoàn thành", "quá hạn 1 ngày", "đã xong 4/5", "= 31.", "UBND huyện Hàm Yên", "Thông báo số …/TB-UBND ngày … tháng 6 năm 2024")
		one := s.page("/nhiem-vu/" + e.ID)
		s.has(one, "quá hạn 1 ngày", "đã xong 4/5", "Xã Nhân Mục", "Lập xong", "chức danh của hamyen", "văn bản ghi: “trong Quý III năm 2024”", "Sao chép tin nhắn")
		s.has(s.page("/nhiem-vu?tinh-trang=overdue&don-vi="+tasktest.HamYen+"&q=quy+hoach"), "1 nhiệm vụ, việc chậm nhất xếp trước")
		s.has(s.page("/chi-dao/tb-6-2024/theo-doi"), "Mục 1.2", "Q 4/5", "UBND huyện Hàm Yên", "Quá hạn chưa tiếp nhận",
			"2a Hướng dẫn, kiểm tra việc nâng cao chất lượng tiêu chí được giao phụ trách chưa xác định danh sách: ")
		for _, file := range []string{"so-theo-doi", "tong-hop", "danh-sach"} {
			if rec := s.do(httptest.NewRequest(http.MethodGet, "/nhiem-vu/"+file+".xlsx", nil)); rec.Code != http.StatusOK || !strings.HasPrefix(rec.Body.String(), "PK") {
				s.t.Errorf("%s.xlsx answers %d", file, rec.Code)
			}
		}
	})
}

func TestFromReceiptToConfirmation(t *testing.T) {
	serve(t, func(s *site) {
		s.user = tasktest.District()
		e := s.w.Of(s.t, "1.2a", tasktest.HamYen)
		at := "/nhiem-vu/" + e.ID
		s.has(s.page("/nhiem-vu/tiep-nhan"), "21/06/2024", "Tiếp nhận")
		s.sent("/nhiem-vu/tiep-nhan", "van-ban", "tb-6-2024", "don-vi", tasktest.HamYen)
		s.has(s.page("/nhiem-vu/tiep-nhan"), "đã tiếp nhận 10/06/2024")
		s.sent(at, "viec", "phan-cong", "ban", s.ban(e.ID), "phan-cong-nguoi", "Phòng Nông nghiệp")
		rec := s.post(at, "viec", "bao-cao", "ban", s.ban(e.ID), "bao-cao-ngay", "31/12/2024", "bao-cao-noi-dung", "Đã rà soát xong")
		if rec.Code != http.StatusUnprocessableEntity {
			s.t.Fatalf("a day that has not come answers %d", rec.Code)
		}
		s.has(rec.Body.String(), "Ngày 31/12/2024 chưa tới")
		if !strings.Contains(rec.Body.String(), "Đã rà soát xong") || !strings.Contains(rec.Body.String(), `value="31/12/2024"`) {
			s.t.Error("what was typed is lost")
		}
		s.sent(at, "viec", "bao-cao", "ban", s.ban(e.ID), "bao-cao-ngay", "10/6/2024", "bao-cao-loai-1", "document", "bao-cao-so-1", "12/BC-UBND", "bao-cao-ten-1", "Báo cáo rà soát")
		s.has(s.page(at), "chờ xác nhận hoàn thành", "Phòng Nông nghiệp", "12/BC-UBND")
		s.user = tasktest.Office()
		s.has(s.page("/nhiem-vu/xac-nhan"), "1 báo cáo chờ xác nhận", "Có minh chứng")
		if rec := s.post("/nhiem-vu/xac-nhan", "viec", "tra-lai", "nhiem-vu", e.ID+"@"+s.ban(e.ID)); rec.Code != http.StatusUnprocessableEntity {
			s.t.Errorf("a return without a reason answers %d", rec.Code)
		}
		s.sent("/nhiem-vu/xac-nhan", "viec", "tra-lai", "y-kien", "Thiếu danh sách xã", "nhiem-vu", e.ID+"@"+s.ban(e.ID))
		s.has(s.page(at), "Trả lại báo cáo", "Thiếu danh sách xã")
		s.user = tasktest.District()
		s.sent(at, "viec", "bao-cao", "ban", s.ban(e.ID), "bao-cao-ngay", "10/6/2024", "bao-cao-noi-dung", "Đã bổ sung")
		s.has(s.page(at), "báo cáo, chưa có minh chứng")
		s.user = tasktest.Office()
		s.sent(at+"/dieu-hanh", "viec", "xac-nhan", "ban", s.ban(e.ID))
		s.has(s.page(at), "hoàn thành, không có thời hạn")
	})
}

func TestTwoPeopleSeeBoth(t *testing.T) {
	serve(t, func(s *site) {
		s.user = tasktest.District()
		e := s.w.Of(s.t, "1.2a", tasktest.HamYen)
		old := s.ban(e.ID)
		s.sent("/nhiem-vu/"+e.ID, "viec", "phan-cong", "ban", old, "phan-cong-nguoi", "Phòng Một")
		rec := s.post("/nhiem-vu/"+e.ID, "viec", "phan-cong", "ban", old, "phan-cong-nguoi", "Phòng Hai")
		if rec.Code != http.StatusUnprocessableEntity {
			s.t.Fatalf("the second answers %d", rec.Code)
		}
		s.has(rec.Body.String(), "vừa có cập nhật khác: phân công", "Phòng Một")
		if !strings.Contains(rec.Body.String(), `value="Phòng Hai"`) || !strings.Contains(rec.Body.String(), `name="ban" value="`+s.ban(e.ID)+`"`) {
			s.t.Error("what the second typed, or the version to send it on, is missing")
		}
	})
}

func TestOthersMayNot(t *testing.T) {
	serve(t, func(s *site) {
		e := s.w.Of(s.t, "3a", tasktest.XayDung)
		s.user = tasktest.District()
		if rec := s.do(httptest.NewRequest(http.MethodGet, "/nhiem-vu/"+e.ID, nil)); rec.Code != http.StatusNotFound {
			s.t.Errorf("a task of another body answers %d", rec.Code)
		}
		if page := s.page("/nhiem-vu"); strings.Contains(page, "Sở Xây dựng") {
			s.t.Error("the list names another body")
		}
		for _, path := range []string{"/nhiem-vu/" + e.ID, "/nhiem-vu/" + e.ID + "/dieu-hanh", "/nhiem-vu/xac-nhan"} {
			if rec := s.post(path, "viec", "ghi-chu", "ghi-chu-noi-dung", "x", "ban", s.ban(e.ID)); rec.Code != http.StatusForbidden && rec.Code != http.StatusNotFound {
				s.t.Errorf("%s answers %d", path, rec.Code)
			}
		}
		s.user = tasktest.Leader()
		if rec := s.do(httptest.NewRequest(http.MethodGet, "/nhiem-vu/nhap", nil)); rec.Code != http.StatusForbidden {
			s.t.Errorf("a leader's import answers %d", rec.Code)
		}
	})
}

func TestHandOverOnThePage(t *testing.T) {
	serve(t, func(s *site) {
		e := s.w.Of(s.t, "1.7", tasktest.HamYen)
		s.w.Today = day.Of(2025, time.July, 2)
		s.has(s.page("/nhiem-vu/ban-giao"), "nhiệm vụ chưa xong của đơn vị đã kết thúc", "UBND xã Phù Lưu")
		page := s.page("/nhiem-vu/" + e.ID)
		s.has(page, "đã kết thúc hoạt động", "Xã Minh Dân giao cho")
		form := []string{"viec", "ban-giao", "ban", s.ban(e.ID), "ban-giao-can-cu", "Biên bản 01/7/2025"}
		for _, m := range regexp.MustCompile(`<select id="(ban-giao-p-[^"]+)"(?s:.*?)<option value="([^"]+)" selected`).FindAllStringSubmatch(page, -1) {
			form = append(form, m[1], m[2])
		}
		s.sent("/nhiem-vu/"+e.ID+"/dieu-hanh", form...)
		s.has(s.page("/nhiem-vu/"+e.ID), "Đã bàn giao cho các đơn vị", "Bàn giao")
		s.has(s.page("/nhiem-vu?ban-dau=1"), "UBND huyện Hàm Yên")
		build := s.w.Of(s.t, "3b", tasktest.XayDung)
		if !s.w.Tasks.Ended(tasktest.XayDung, s.w.Today) {
			s.t.Fatal("Sở Xây dựng of 2024 still works in the tests")
		}
		chosen := build.ID + "@" + s.ban(build.ID)
		if rec := s.post("/nhiem-vu/ban-giao", "nhiem-vu", chosen); rec.Code != http.StatusUnprocessableEntity {
			s.t.Errorf("without a basis: %d", rec.Code)
		}
		s.sent("/nhiem-vu/ban-giao", "nhiem-vu", chosen, "can-cu", "Biên bản 01/3/2025")
		if e := s.w.Find(s.t, build.ID); e.Agency == tasktest.XayDung || e.First != tasktest.XayDung {
			s.t.Errorf("after the hand-over %s has it, first %s", e.Agency, e.First)
		}
	})
}

// TestEveryFormBearsNonsense sends every act, with values no page would send, to
// tasks of every kind: the answer is a page without faults or a refusal.
func TestEveryFormBearsNonsense(t *testing.T) {
	serve(t, func(s *site) {
		values := []string{"", "x", "31/02/2024", "01/01/0001", "31/12/9999", strings.Repeat("ữ", 2100), "02407.1", "//x", "ubnd-074.1"}
		fields := []string{"noi-dung", "nguoi", "ngay", "han-moi", "doi-tuong", "buoc", "xa", "ly-do", "ten-doi-tuong", "san-pham", "nguoi-kiem-tra", "can-cu", "loai-1", "so-1", "don-vi-nhan"}
		for _, today := range []day.Day{october(), day.Of(2025, time.July, 2)} {
			s.w.Today = today
			for _, e := range []*task.Entry{s.w.Of(s.t, "1.1", tasktest.HamYen), s.w.Of(s.t, "1.2d", tasktest.HamYen), s.w.Of(s.t, "1.7", tasktest.HamYen), s.w.Of(s.t, "1.2a", tasktest.HamYen)} {
				for _, viec := range []string{
					"phan-cong", "tien-do", "bao-cao", "xin-gia-han", "ghi-chu", "doi-tuong", "tra-lai", "gia-han", "khong-gia-han", "don-doc", "bo-sung", "ban-giao", "xac-nhan", "la",
				} {
					for i := range values {
						pairs := []string{"viec", viec, "ban", s.ban(e.ID)}
						for j, f := range fields {
							pairs = append(pairs, viec+"-"+f, values[(i+j*i)%len(values)])
						}
						for _, who := range []authz.Subject{tasktest.District(), tasktest.Office()} {
							s.user = who
							for _, tail := range []string{"", "/dieu-hanh"} {
								if rec := s.post("/nhiem-vu/"+e.ID+tail, pairs...); rec.Code >= 500 {
									s.t.Fatalf("%s with %q answers %d", viec, values[i], rec.Code)
								}
							}
						}
					}
				}
			}
		}
	})
}

// upload sends a file of tasks.
func (s *site) upload(data []byte) *httptest.ResponseRecorder {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	f, err := w.CreateFormFile("tep", "nhiem-vu.csv")
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := f.Write(data); err != nil {
		s.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		s.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/nhiem-vu/nhap", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return s.do(r)
}

func TestAFileIsShownBeforeItIsTaken(t *testing.T) {
	serve(t, func(s *site) {
		e := s.w.Of(s.t, "4", tasktest.TaiChin)
		rec := s.upload([]byte("Mã nhiệm vụ,Tình trạng,Ngày hoàn thành,Phiên bản\n" + e.ID + ",hoàn thành,09/06/2024," + s.ban(e.ID) + "\nkhac,hoàn thành,,1\n"))
		s.has(rec.Body.String(), "1 nhiệm vụ thay đổi", "1 dòng không ghi được", "không có nhiệm vụ mang mã", "báo cáo hoàn thành ngày 09/06/2024; xác nhận hoàn thành")
		if s.w.Find(s.t, e.ID).Status != task.Undated {
			s.t.Fatal("looking at a file wrote something")
		}
		var form []string
		for _, m := range regexp.MustCompile(`name="dong" value="([^"]+)"`).FindAllStringSubmatch(rec.Body.String(), -1) {
			form = append(form, "dong", strings.ReplaceAll(m[1], "&#34;", `"`))
		}
		s.sent("/nhiem-vu/nhap/ghi", form...)
		if s.w.Find(s.t, e.ID).Status != task.Done {
			s.t.Error("the file was not taken")
		}
		if rec := s.post("/nhiem-vu/nhap/ghi", form...); rec.Code != http.StatusUnprocessableEntity {
			s.t.Errorf("the same file again answers %d", rec.Code)
		}
		if rec := s.upload([]byte("a,b\n1,2\n")); rec.Code != http.StatusUnprocessableEntity {
			s.t.Errorf("another file answers %d", rec.Code)
		}
	})
}
