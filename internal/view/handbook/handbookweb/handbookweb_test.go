package handbookweb_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/view/handbook/handbookweb"
	"giuchuan/internal/view/viewtest"
)

func serve(t testing.TB, w *viewtest.World) http.Handler {
	t.Helper()
	h := handbookweb.New(handbookweb.Options{DB: w.DB, Law: w.Law, Places: w.Places, Criteria: w.Criteria, Province: viewtest.Province})
	user := &web.User{ID: "u", Subject: authz.Subject{ID: "u", Grants: []authz.Grant{{Role: authz.CommuneEntry, Place: "02389.1"}}}}
	k, err := web.New(web.Options{
		Routes: h.Routes(), Today: func() day.Day { return viewtest.Today() },
		Identify: func(*http.Request) (*web.User, error) { return user, nil },
	})
	viewtest.Must(t, err)
	return k.Handler()
}

func get(t testing.TB, h http.Handler, path string) (int, string) {
	t.Helper()
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
	body, err := io.ReadAll(rec.Body)
	viewtest.Must(t, err)
	return rec.Code, string(body)
}

func TestPages(t *testing.T) {
	h := serve(t, viewtest.Demo(t))
	word := regexp.MustCompile(`(?i)ngưỡng|tự khai|danh hiệu|bản nháp`)
	for path, want := range map[string][]string{
		"/bo-tieu-chi": {
			"đã đối chiếu 0/57", "318/QĐ-TTg", "≥ 45 triệu đồng/người/năm", "số liệu minh họa", "chưa đối chiếu", "Trung du miền núi phía Bắc",
			"cốt lõi khi xét thu hồi", "tiêu chí mềm", "Chưa có nội dung sửa đổi của 211/QĐ-TTg",
		},
		"/bo-tieu-chi?ngay=2025-02-01":                               {"≥ 48 triệu đồng/người/năm"},
		"/bo-tieu-chi?bo=xa-ntm-nang-cao-2021-2025":                  {"đã đối chiếu 0/75"},
		"/bo-tieu-chi?so-voi=xa-ntm-nang-cao-2021-2025":              {"Cùng một đại lượng", "≥ 54 triệu đồng/người/năm", "Chỉ có trong bộ xã NTM nâng cao"},
		"/bo-tieu-chi?bo=huyen-ntm-2021-2025":                        {"Chưa dùng để đánh giá"},
		"/bo-tieu-chi?bo=xa-ntm-2026-2030&ngay=01/07/2026":           {"2026–2030"},
		"/bo-tieu-chi/so-sanh":                                       {"khác mức", "≥ 54 triệu đồng/người/năm", "việc ghép cặp chưa đối chiếu", "Phụ lục II, chỉ tiêu 10", "chưa đối chiếu", "bảo hiểm y tế"},
		"/bo-tieu-chi/so-sanh?a=xa-ntm-2021-2025&b=xa-ntm-2026-2030": {"2026–2030", "Chỉ có trong bộ xã NTM 2021–2025"},
		"/bo-tieu-chi/so-sanh?a=xa-ntm-2021-2025&b=xa-ntm-2021-2025": {"cùng một bộ", "như nhau"},
		"/bo-tieu-chi?vung=DBSH":                                     {"Đồng bằng sông Hồng"},
	} {
		code, html := get(t, h, path)
		if code != http.StatusOK {
			t.Errorf("%s answers %d", path, code)
			continue
		}
		for _, text := range want {
			if !strings.Contains(html, text) {
				t.Errorf("%s lacks %q", path, text)
			}
		}
		if strings.Contains(html, " style=") || strings.Contains(html, "%!") {
			t.Errorf("%s has inline code or a broken format", path)
		}
		if w := word.FindString(html); w != "" {
			t.Errorf("%s says %q", path, w)
		}
	}
	for path, want := range map[string]int{"/bo-tieu-chi/so-sanh?a=x": 404, "/bo-tieu-chi/so-sanh?vung=x": 400, "/bo-tieu-chi?bo=x": 404, "/bo-tieu-chi?so-voi=x": 404, "/bo-tieu-chi?vung=x": 400, "/bo-tieu-chi?ngay=x": 400} {
		if code, _ := get(t, h, path); code != want {
			t.Errorf("%s answers %d, want %d", path, code, want)
		}
	}
}

// A criterion that a person compared with the original text counts at once.
func TestVerifiedValuesAreCounted(t *testing.T) {
	w := viewtest.Demo(t)
	cmd := criteria.Verify{Set: "xa-ntm-2021-2025", Code: "19", Key: criteria.Whole, By: "Nguyễn Thị Minh", On: viewtest.Today()}
	w.Write(t, cmd.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := w.Criteria.Verify(ctx, tx, cmd)
		return err
	})
	_, html := get(t, serve(t, w), "/bo-tieu-chi")
	for _, want := range []string{"đã đối chiếu 2/57", "Nguyễn Thị Minh, 01/10/2024"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
