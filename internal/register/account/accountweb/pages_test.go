package accountweb_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web/htmltest"
	"giuchuan/internal/register/account"

	"github.com/pquerna/otp/totp"
)

const (
	adminPassword = "con sông Lô mùa nước lên"
	clerkPassword = "mùa vải chín đỏ vườn"
)

// firstAdmin makes the administrator and leaves a finished login; it gives the
// key of the second factor and the recovery codes page.
func firstAdmin(t *testing.T, s *site) (key string, codes answer) {
	t.Helper()
	token, err := s.accounts.FirstToken(context.Background())
	if err != nil || token == "" {
		t.Fatal(token, err)
	}
	s.get("/dang-nhap").want(t, "first run", 303, "/lan-dau")
	fields := []string{"ten", "quantri", "chuc-danh", "Quản trị hệ thống", "co-quan", "vp-ubnd.1", "mat-khau", adminPassword, "mat-khau-lai", adminPassword}
	s.post("/lan-dau", append(fields, "ma-xac-thuc", "x"+token)...).want(t, "a wrong token", 422, "mã khởi tạo không đúng", `value="quantri"`)
	s.post("/lan-dau", append(fields, "ma-xac-thuc", token)...).want(t, "the token", 303, "/dang-nhap?ten=quantri")
	s.get("/lan-dau").want(t, "the page has closed", 404)
	s.post("/dang-nhap", "ten", "quantri", "mat-khau", adminPassword).want(t, "login", 303, "/dang-nhap/thiet-lap")
	s.get("/quan-tri").want(t, "no way in without the second factor", 303, "/dang-nhap")
	page := s.get("/dang-nhap/thiet-lap").want(t, "enrol", 200, "<svg", "Quét mã này")
	key = strings.ReplaceAll(page.find(t, `lg-key">([A-Z0-9 ]+)<`), " ", "")
	if again := s.get("/dang-nhap/thiet-lap").find(t, `lg-key">([A-Z0-9 ]+)<`); strings.ReplaceAll(again, " ", "") != key {
		t.Error("a reload changes the key that was scanned")
	}
	s.post("/dang-nhap/thiet-lap", "ma-xac-thuc", "000000").want(t, "a wrong code", 422, "Có nội dung cần sửa")
	codes = s.post("/dang-nhap/thiet-lap", "ma-xac-thuc", code(t, s, key)).want(t, "the code", 200, "mỗi mã dùng được một lần")
	s.get("/quan-tri").want(t, "in", 200, "Quản trị tài khoản")
	return key, codes
}

func code(t *testing.T, s *site, key string) string {
	t.Helper()
	c, err := totp.GenerateCode(key, s.clock.now())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// invited makes an account and gives its link.
func invited(t *testing.T, s *site, login, unit, role string) string {
	t.Helper()
	page := s.post("/quan-tri/moi", "ten", login, "chuc-danh", "Cán bộ "+login, "co-quan", unit, "vai-tro", role,
		"tu-ngay", "01/09/2024", "van-ban", "QĐ 1/QĐ-UBND").want(t, "invite "+login, 200, "/loi-moi/")
	return page.find(t, `(/loi-moi/[A-Za-z0-9_-]+)`)
}

func TestFromFirstRunToAClerk(t *testing.T) {
	each(t, false, func(t *testing.T, s *site) {
		key, codes := firstAdmin(t, s)
		link := invited(t, s, "phuluu.nhap", "ubnd-02392.1", "xa-nguoi-nhap")
		admin := s.cookies
		s.cookies = map[string]string{}
		s.get(link).want(t, "the link", 200, "phuluu.nhap")
		s.post(link, "mat-khau", "matkhau123", "mat-khau-lai", "matkhau123").want(t, "a common password", 422, "dễ đoán")
		s.post(link, "mat-khau", clerkPassword, "mat-khau-lai", "khác").want(t, "typed apart", 422, "không giống nhau")
		s.post(link, "mat-khau", clerkPassword, "mat-khau-lai", clerkPassword).want(t, "a password", 303, "/dang-nhap?ten=phuluu.nhap")
		s.get(link).want(t, "a used link", 404, "đường dẫn này không đúng")
		s.post("/dang-nhap", "ten", "phuluu.nhap", "mat-khau", clerkPassword, "tiep", "/xa/02392?ngay=1").want(t, "the clerk's login", 303, "/xa/02392?ngay=1")
		s.get("/tai-khoan").want(t, "own account", 200, "phuluu.nhap", "Xã – người nhập", "phiên này")
		s.get("/quan-tri").want(t, "a clerk administers nobody", 403)
		s.post("/dang-xuat").want(t, "out", 303, "/dang-nhap")
		s.get("/tai-khoan").want(t, "out is out", 303, "/dang-nhap")

		s.cookies = admin
		s.post("/dang-xuat").want(t, "out", 303)
		s.clock.move(time.Minute)
		s.post("/dang-nhap", "ten", "quantri", "mat-khau", adminPassword).want(t, "login asks for a code", 303, "/dang-nhap/ma")
		s.get("/tai-khoan").want(t, "half a login is none", 303, "/dang-nhap")
		now := code(t, s, key)
		s.post("/dang-nhap/ma", "ma-xac-thuc", now).want(t, "a code", 303, "/quan-tri")
		s.post("/dang-xuat")
		s.post("/dang-nhap", "ten", "quantri", "mat-khau", adminPassword)
		s.post("/dang-nhap/ma", "ma-xac-thuc", now).want(t, "the same code again", 422, "đã dùng")
		recovery := codes.find(t, `<li>([a-z2-7]{4}(?:-[a-z2-7]{4}){3})</li>`)
		s.post("/dang-nhap/ma", "ma-xac-thuc", recovery).want(t, "a recovery code", 303, "/quan-tri")
		s.post("/dang-xuat")
		s.post("/dang-nhap", "ten", "quantri", "mat-khau", adminPassword)
		s.post("/dang-nhap/ma", "ma-xac-thuc", recovery).want(t, "a recovery code again", 422)
		for _, word := range []string{adminPassword, clerkPassword, "phuluu.nhap", key, recovery, strings.TrimPrefix(link, "/loi-moi/")} {
			if strings.Contains(s.log.String(), word) {
				t.Errorf("the log shows %q", word)
			}
		}
	})
}

func TestRequestsWithoutRights(t *testing.T) {
	each(t, true, func(t *testing.T, s *site) {
		for _, x := range []struct {
			method, path string
			status       int
		}{
			{"GET", "/dang-nhap", 200},
			{"GET", "/dang-nhap?tiep=//evil.example", 200},
			{"GET", "/dang-nhap/ma", 303},
			{"GET", "/dang-nhap/thiet-lap", 303},
			{"GET", "/lan-dau", 404},
			{"GET", "/loi-moi/x", 404},
			{"GET", "/dang-nhap/nen.svg", 200},
			{"GET", "/tai-khoan", 303},
			{"GET", "/quan-tri", 303},
			{"GET", "/quan-tri/moi", 303},
			{"GET", "/quan-tri/x", 303},
			{"POST", "/tai-khoan/mat-khau", 401},
			{"POST", "/tai-khoan/phien", 401},
			{"POST", "/quan-tri/moi", 401},
			{"POST", "/quan-tri/x/vai-tro", 401},
			{"POST", "/quan-tri/x/ket-thuc", 401},
			{"POST", "/quan-tri/x/ban-giao", 401},
			{"POST", "/quan-tri/x/dat-lai", 401},
			{"POST", "/quan-tri/x/khoa", 401},
			{"POST", "/quan-tri/x/mo-khoa", 401},
			{"POST", "/loi-moi/x", 404},
			{"POST", "/dang-nhap/ma", 303},
			{"POST", "/dang-nhap/thiet-lap", 303},
			{"POST", "/dang-xuat", 303},
			{"POST", "/lan-dau", 404},
			{"POST", "/dang-nhap", 422},
			{"PUT", "/dang-nhap", 405},
		} {
			form := map[string][]string(nil)
			if x.method == "POST" {
				form = map[string][]string{"x": {"\x01"}}
			}
			s.send(x.method, x.path, form).want(t, x.method+" "+x.path, x.status)
		}
		if got := s.get("/dang-nhap?tiep=//evil.example"); strings.Contains(got.body, "evil.example") {
			t.Error("the login page carries another host along")
		}
	})
}

func TestTheSameAnswerForKnownAndUnknown(t *testing.T) {
	each(t, true, func(t *testing.T, s *site) {
		// the demonstration's list of accounts names the known one too
		form := func(a answer, name string) string {
			body, _, _ := strings.Cut(a.body, "lg-demo")
			return strings.ReplaceAll(body, name, "NAME")
		}
		known := s.post("/dang-nhap", "ten", "thaison.nhap", "mat-khau", "sai mật khẩu").want(t, "known", 422, "tên đăng nhập hoặc mật khẩu không đúng")
		unknown := s.post("/dang-nhap", "ten", "khong.co", "mat-khau", "sai mật khẩu").want(t, "unknown", 422)
		if form(known, "thaison.nhap") != form(unknown, "khong.co") {
			t.Errorf("the answers differ:\n%s\n%s", known.body, unknown.body)
		}
		for range 4 {
			s.post("/dang-nhap", "ten", "thaison.nhap", "mat-khau", "sai mật khẩu")
			s.post("/dang-nhap", "ten", "khong.co", "mat-khau", "sai mật khẩu")
		}
		for _, login := range []string{"thaison.nhap", "khong.co"} {
			a := s.post("/dang-nhap", "ten", login, "mat-khau", "sai mật khẩu").want(t, login+" must wait", 429, "đã thử sai nhiều lần")
			if a.header.Get("Retry-After") != "31" {
				t.Errorf("%s: Retry-After %q, want 31", login, a.header.Get("Retry-After"))
			}
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	each(t, false, func(t *testing.T, s *site) {
		firstAdmin(t, s)
		link := invited(t, s, "thaison.nhap", "ubnd-02407.1", "xa-nguoi-nhap")
		s.cookies = map[string]string{}
		const password = "đò ngang chở nắng qua sông"
		s.post(link, "mat-khau", password, "mat-khau-lai", password).want(t, "a password", 303)
		in := func() {
			t.Helper()
			s.post("/dang-nhap", "ten", "thaison.nhap", "mat-khau", password).want(t, "login", 303, "/viec-cua-toi")
		}
		in()
		first := s.cookies["giuchuan"]
		in()
		if s.cookies["giuchuan"] == first {
			t.Error("a login does not change the token")
		}
		stale := s.cookies["giuchuan"]
		s.cookies["giuchuan"] = first
		s.get("/tai-khoan").want(t, "the session before the login", 303)
		s.cookies["giuchuan"] = stale

		for range 3 {
			s.clock.move(29 * time.Minute)
			s.get("/tai-khoan").want(t, "a session in use", 200)
		}
		s.clock.move(31 * time.Minute)
		s.get("/tai-khoan").want(t, "an idle session", 303)
		in()
		for range 24 {
			s.clock.move(29 * time.Minute)
			s.get("/tai-khoan")
		}
		s.clock.move(29 * time.Minute)
		s.get("/tai-khoan").want(t, "a session of more than twelve hours", 303)

		in()
		other := s.cookies["giuchuan"]
		delete(s.cookies, "giuchuan")
		in()
		mine := s.cookies["giuchuan"]
		s.get("/tai-khoan").want(t, "two sessions", 200, "Kết thúc mọi phiên khác")
		s.post("/tai-khoan/mat-khau", "mat-khau-cu", "không phải", "mat-khau", clerkPassword, "mat-khau-lai", clerkPassword).want(t, "a wrong old password", 422, "mật khẩu hiện tại không đúng")
		s.post("/tai-khoan/mat-khau", "mat-khau-cu", password, "mat-khau", clerkPassword, "mat-khau-lai", clerkPassword).want(t, "a new password", 303, "/tai-khoan?xong=mat-khau")
		if s.cookies["giuchuan"] == mine {
			t.Error("a new password does not change the token")
		}
		s.get("/tai-khoan").want(t, "still in", 200)
		s.cookies["giuchuan"] = other
		s.get("/tai-khoan").want(t, "the other session", 303)
		s.cookies["giuchuan"] = strings.Repeat("A", 43)
		s.get("/tai-khoan").want(t, "a guessed token", 303)
	})
}

func TestVisitorsOfTheDemonstrationShareTheirAccounts(t *testing.T) {
	each(t, true, func(t *testing.T, s *site) {
		_, password, err := s.accounts.Demo(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		s.post("/dang-nhap", "ten", "quantri", "mat-khau", password).want(t, "login", 303)
		own := s.get("/tai-khoan").want(t, "own account", 200, "dùng chung cho mọi người xem")
		if strings.Contains(own.body, "/tai-khoan/mat-khau") {
			t.Error("the page offers to change the shared password")
		}
		s.post("/tai-khoan/mat-khau", "mat-khau-cu", password, "mat-khau", clerkPassword, "mat-khau-lai", clerkPassword).
			want(t, "the shared password", 403, "dùng chung cho mọi người xem")
		s.post("/tai-khoan/phien").want(t, "all other sessions", 403, "dùng chung")
		one := s.get("/quan-tri?q=soyte").find(t, `(/quan-tri/[0-9a-v]{26})`)
		s.get(one).want(t, "another account", 200, "theo bảng phân công", "không đặt lại và không khóa được")
		s.post(one+"/dat-lai").want(t, "a reset", 403, "dùng chung")
		s.post(one+"/khoa", "ly-do", "x").want(t, "a lock", 403, "dùng chung")
		s.get("/tai-khoan").want(t, "still in", 200)
	})
}

// The list of roles to hand over is whole, and a wrong form comes back.
func TestHandOverPage(t *testing.T) {
	each(t, false, func(t *testing.T, s *site) {
		firstAdmin(t, s)
		invited(t, s, "hamyen.phong", "ubnd-074.1", "huyen-phong")
		s.get("/quan-tri/ban-giao").want(t, "nothing yet", 200, "Không còn vai trò nào")
		s.today = day.Of(2025, time.July, 1)
		s.get("/quan-tri").want(t, "the list of accounts", 200, "1 vai trò cần bàn giao")
		page := s.get("/quan-tri/ban-giao").want(t, "the list", 200, "huyện Hàm Yên kết thúc ngày 30/06/2025", "Ủy ban nhân dân xã Phù Lưu", "Chọn vai trò")
		htmltest.Check(t, page.body)
		role := page.find(t, `name="vai" value="([^"]+)"`)
		again := s.post("/quan-tri/ban-giao", "vai", role, "co-quan", "", "vai-tro", "xa-nguoi-nhap", "van-ban", "QĐ 9/QĐ-UBND").
			want(t, "no agency", 422, "cơ quan kế thừa", `value="QĐ 9/QĐ-UBND"`)
		htmltest.Check(t, again.body)
		to := page.find(t, `<option value="(ubnd-[^"]+)"[^>]*>Ủy ban nhân dân xã Phù Lưu`)
		s.post("/quan-tri/ban-giao", "vai", role, "co-quan", to, "vai-tro", "xa-nguoi-nhap", "van-ban", "QĐ 9/QĐ-UBND").want(t, "in one act", 303)
		s.get("/quan-tri/ban-giao").want(t, "handed over", 200, "Không còn vai trò nào")
	})
}

func TestDemoAccountsAreDeadOutsideTheDemonstration(t *testing.T) {
	each(t, true, func(t *testing.T, s *site) {
		_, password, err := s.accounts.Demo(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		s.post("/dang-nhap", "ten", "vpdp", "mat-khau", password).want(t, "in the demonstration", 303)
		real := open(t, s.db, s.clock, false)
		real.cookies = s.cookies
		real.get("/tai-khoan").want(t, "its session elsewhere", 303)
		real.post("/dang-nhap", "ten", "vpdp", "mat-khau", password).want(t, "its login elsewhere", 422, "không đúng")
		if _, _, err := real.accounts.Demo(context.Background()); err == nil {
			t.Error("demonstration accounts are made outside the demonstration")
		}
	})
}

func TestCrossSiteFormsAreRefused(t *testing.T) {
	each(t, true, func(t *testing.T, s *site) {
		r, err := http.NewRequest(http.MethodPost, "/dang-xuat", strings.NewReader(""))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		if w.Code != http.StatusForbidden {
			t.Errorf("a form of another site gets %d, want 403", w.Code)
		}
	})
}

func TestEveryRoleLandsWhereItMayLook(t *testing.T) {
	each(t, true, func(t *testing.T, s *site) {
		list, password, err := s.accounts.Demo(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range authz.Roles() {
			if !slices.ContainsFunc(list, func(a account.DemoAccount) bool { return a.Role == r }) {
				t.Errorf("no demonstration account for %s", r.Vietnamese())
			}
		}
		for _, a := range list {
			s.cookies = map[string]string{}
			want := "/tong-quan"
			switch {
			case a.Role.Administers():
				want = "/quan-tri"
			case a.Role.Tier() != authz.OfProvince || a.Role.TakesFields():
				want = "/viec-cua-toi"
			}
			s.post("/dang-nhap", "ten", a.Login, "mat-khau", password).want(t, a.Login, 303, want)
			status := 403
			if a.Role.Administers() {
				status = 200
			}
			s.get("/quan-tri").want(t, a.Login+" asks for /quan-tri", status)
		}
		if _, err := s.accounts.Session(context.Background(), "x"); !errors.Is(err, account.ErrNoSession) {
			t.Error(err)
		}
	})
}
