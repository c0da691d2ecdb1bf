package searchweb_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/view/search"
	"giuchuan/internal/view/search/searchweb"
	"giuchuan/internal/view/viewtest"
	"giuchuan/reference"
)

func TestPage(t *testing.T) {
	w := viewtest.Demo(t)
	agencies, err := agency.Load(reference.FS(), w.Places, viewtest.Province)
	viewtest.Must(t, err)
	h := searchweb.New(searchweb.Options{
		Engine: search.New(search.Options{
			DB: w.DB, Law: w.Law, Places: w.Places, Agencies: agencies, Decisions: w.Criteria, Titles: w.Recognition,
			Position: func() int64 { return 1 },
		}),
		Sight: func(*web.Page) func(string) bool { return func(id string) bool { return id == "02407.1" } },
	})
	user := &web.User{ID: "u", Subject: authz.Subject{ID: "u", Grants: []authz.Grant{{Role: authz.CommuneEntry, Place: "02407.1"}}}}
	k, err := web.New(web.Options{
		Routes: h.Routes(), Today: viewtest.Today, Identify: func(*http.Request) (*web.User, error) { return user, nil },
	})
	viewtest.Must(t, err)
	for text, want := range map[string][]string{
		"":                       {"Nội dung cần tìm"},
		"thai son":               {`href="/xa/02407"`, "Địa bàn"},
		"minh dan":               {"Không thấy gì khớp", `value="minh dan"`},
		"thu nhap":               {"Tiêu chí 10. Thu nhập", "#tc-10"},
		"00/qđ-ubnd":             {"00/QĐ-UBND (minh họa)", "số liệu minh họa", "Văn bản, quyết định"},
		"<script>alert(1)":       {"&lt;script&gt;"},
		strings.Repeat("đ", 900): {"Không thấy gì khớp"},
	} {
		rec := httptest.NewRecorder()
		k.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/tim?q="+url.QueryEscape(text), nil))
		html := rec.Body.String()
		for _, part := range want {
			if rec.Code != http.StatusOK || !strings.Contains(html, part) {
				t.Errorf("%.40q answers %d and lacks %q", text, rec.Code, part)
			}
		}
		if strings.Contains(html, "<script>a") || strings.Contains(html, " style=") {
			t.Errorf("%.40q: inline code", text)
		}
	}
}
