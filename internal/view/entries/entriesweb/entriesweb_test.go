package entriesweb_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/view/entries"
	"giuchuan/internal/view/entries/entriesweb"
	"giuchuan/internal/view/viewtest"
)

// people names the actors of the tests.
type people struct{}

// Called gives the post of one account, and its person to itself.
func (people) Called(_ context.Context, _ *db.Tx, asker authz.Subject, id string) (post, name string, ok bool, err error) {
	if id != "test" {
		return "", "", false, nil
	}
	if asker.ID == "test" {
		name = "Nguyễn Thị Minh"
	}
	return "Văn phòng Điều phối – chuyên viên", name, true, nil
}

// Find knows one login.
func (people) Find(_ *db.Tx, login string) (string, error) {
	if login == "vpdp.minh" {
		return "test", nil
	}
	return "", nil
}

type site struct {
	handler http.Handler
	key     *journal.Key
	world   *viewtest.World
}

func serve(t *testing.T, w *viewtest.World, user *web.User, key *journal.Key) *site {
	t.Helper()
	tables := append(append(criteria.Tables(), recognition.Tables()...), review.Tables()...)
	h := entriesweb.New(entriesweb.Options{
		DB: w.DB, Places: w.Places, Province: viewtest.Province, Key: key,
		Reader: &entries.Reader{Law: w.Law, Places: w.Places, Keys: criteria.NewReader(w.Law), Actors: people{}, Tables: tables},
		Check:  entries.NewCheck(t.Context(), w.DB, tables),
		Sight:  func(*web.Page) func(string) bool { return func(id string) bool { return id != "02407.1" } },
	})
	k, err := web.New(web.Options{
		Routes: h.Routes(), Today: viewtest.Today, Identify: func(*http.Request) (*web.User, error) { return user, nil },
	})
	viewtest.Must(t, err)
	return &site{k.Handler(), key, w}
}

func person(role authz.Role, id string) *web.User {
	return &web.User{ID: id, Name: "Người đọc", Subject: authz.Subject{ID: id, Grants: []authz.Grant{{Role: role, Place: "08.1"}}}}
}

func (s *site) send(t *testing.T, method, path string) (int, string) {
	t.Helper()
	rec := httptest.NewRecorder()
	s.handler.ServeHTTP(rec, httptest.NewRequest(method, path, nil))
	return rec.Code, rec.Body.String()
}

func (s *site) wants(t *testing.T, path string, texts ...string) string {
	t.Helper()
	code, html := s.send(t, http.MethodGet, path)
	if code != http.StatusOK {
		t.Errorf("%s answers %d: %.400s", path, code, html)
	}
	for _, text := range texts {
		if !strings.Contains(html, text) {
			t.Errorf("%s lacks %q", path, text)
		}
	}
	if w := regexp.MustCompile(`(?i)merkle|checkpoint [^<]|ngưỡng|danh hiệu| style=|%!`).FindString(regexp.MustCompile(`(?s)<code>.*?</code>`).ReplaceAllString(html, "")); w != "" {
		t.Errorf("%s says %q", path, w)
	}
	return html
}

func TestListAndEntry(t *testing.T) {
	s := serve(t, viewtest.Demo(t), person(authz.Coordination, "test"), nil)
	s.wants(t, "/nhat-ky", "Nhập kết quả rà soát từ tệp", "Nhập mức công nhận từ tệp", "Ghi mức đạt chuẩn do tỉnh quy định",
		"Nguyễn Thị Minh – Văn phòng Điều phối", "6 tháng đầu năm 2024", "nhật ký có 6 mục", "20/09/2024")
	for path, want := range map[string][2]string{
		"/nhat-ky?viec=ra-soat":                    {"phuc-tra|Nhập kết quả rà soát", "Nhập mức công nhận"},
		"/nhat-ky?viec=muc-dat-chuan":              {"Ghi mức đạt chuẩn", "Nhập kết quả"},
		"/nhat-ky?viec=he-thong":                   {"Chuẩn bị danh mục", "Nhập kết quả"},
		"/nhat-ky?nguoi=vpdp.minh&viec=cong-nhan":  {"Nhập mức công nhận", "Nhập kết quả"},
		"/nhat-ky?tu=01/09/2024":                   {"20/09/2024", "28/06/2024"},
		"/nhat-ky?den=30/06/2024&viec=ra-soat":     {"28/06/2024", "20/09/2024"},
		"/nhat-ky?ky=2024-H1":                      {"Nhập kết quả", "Nhập mức công nhận"},
		"/nhat-ky?xa=02407":                        {"Nhập mức công nhận", "Ghi mức đạt chuẩn"},
		"/nhat-ky?xa=Minh+Dan&ky=2024-H1":          {"Nhập kết quả", "Nhập mức công nhận"},
		"/nhat-ky?truoc=3":                         {"Về mới nhất", "Nhập kết quả"},
		"/nhat-ky?nguoi=ai-do":                     {"Không có mục nào khớp", "Nhập kết quả"},
		"/nhat-ky?viec=x&ky=x&tu=x&xa=x&truoc=abc": {"Không có nhóm việc “x”", "Không có mục nào khớp"},
	} {
		html := s.wants(t, path)
		table := html[strings.Index(html, "<table")+1:]
		if !regexp.MustCompile(want[0]).MatchString(html) || strings.Contains(table, want[1]) {
			t.Errorf("%s: want %q and no %q", path, want[0], want[1])
		}
	}
	html := s.wants(t, "/nhat-ky/6", "phuc-tra-thang-9.csv", "Kết quả rà soát đã ghi", "1 dòng kết quả rà soát; 1 dòng chi tiết kết quả rà soát", "71", "92", "đã kiểm tra thực địa", "Số kết quả rà soát", "chưa có khóa ký")
	if strings.Contains(html, "<pre") {
		t.Error("a known command is shown as JSON")
	}
	for path, want := range map[string]int{"/nhat-ky/0": 404, "/nhat-ky/99": 404, "/nhat-ky/x": 404, "/nhat-ky/99/bang-chung.json": 404, "/nhat-ky/moc-doi-chieu.txt": 404} {
		if code, html := s.send(t, http.MethodGet, path); code != want {
			t.Errorf("%s answers %d, want %d: %s", path, code, want, html)
		}
	}
}

// An entry of a command that has no words is shown as it was recorded.
func TestUnknownCommand(t *testing.T) {
	viewtest.Each(t, func(t *testing.T, w *viewtest.World) {
		w.Write(t, func(actor string) (db.Command, error) {
			return db.Command{Actor: actor, Name: "future.thing", Scope: "<b>", Body: []byte(`{"a":"<script>"}`)}, nil
		}, func(context.Context, *db.Tx) error { return nil })
		s := serve(t, w, person(authz.ProvinceLeader, "leader"), nil)
		s.wants(t, "/nhat-ky?viec=khac", "Lệnh future.thing", "Văn phòng Điều phối – chuyên viên")
		s.wants(t, "/nhat-ky/2", "&lt;script&gt;", "Nội dung lệnh")
	})
}

// Paging goes by position: nothing is left out and nothing comes twice.
func TestPaging(t *testing.T) {
	viewtest.Each(t, func(t *testing.T, w *viewtest.World) {
		for i := range 120 {
			name := "account.enable"
			if i%3 == 0 {
				name = "account.disable"
			}
			w.Write(t, func(string) (db.Command, error) {
				return db.Command{Actor: fmt.Sprint("a", i%7), Name: name, Body: []byte(`{}`)}, nil
			}, func(context.Context, *db.Tx) error { return nil })
		}
		for _, f := range []entries.Filter{{}, {Group: "tai-khoan"}, {Actor: "a3"}, {Group: "tai-khoan", Actor: "a3"}} {
			f.From, f.Until = day.None, day.None
			want := 0
			seen := map[int64]bool{}
			for pages := 0; ; pages++ {
				var page *entries.Page
				viewtest.Must(t, w.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
					page, err = entries.List(t.Context(), tx, f)
					return err
				}))
				for _, e := range page.Entries {
					if seen[e.Position] {
						t.Fatalf("%+v: entry %d comes twice", f, e.Position)
					}
					seen[e.Position] = true
				}
				if f.Before = page.Next; f.Before == 0 || pages > 10 {
					break
				}
			}
			switch {
			case f.Actor != "":
				want = 17
			case f.Group != "":
				want = 120
			default:
				want = 121
			}
			if len(seen) != want {
				t.Errorf("%+v: %d entries, want %d", f, len(seen), want)
			}
		}
	})
}

// Whoever keeps accounts reads the journal without seeing figures.
func TestAdministratorSeesNoFigures(t *testing.T) {
	s := serve(t, viewtest.Demo(t), person(authz.ProvinceAdmin, "admin"), nil)
	html := s.wants(t, "/nhat-ky/6", "ngoài phạm vi")
	if strings.Contains(html, "Kết quả rà soát đã ghi") || strings.Contains(html, "Nguyễn Thị Minh") {
		t.Error("figures or a name are shown")
	}
	if code, _ := s.send(t, http.MethodGet, "/nhat-ky/6/bang-chung.json"); code != http.StatusForbidden {
		t.Errorf("the proof with figures answers %d", code)
	}
	stranger := serve(t, s.world, &web.User{ID: "x", Subject: authz.Subject{ID: "x", Grants: []authz.Grant{{Role: authz.ProvinceLeader, Place: "02.1"}}}}, nil)
	for _, path := range []string{"/nhat-ky", "/nhat-ky/6", "/nhat-ky/6/bang-chung.json", "/nhat-ky/kiem-tra", "/nhat-ky/moc-doi-chieu.txt"} {
		if code, _ := stranger.send(t, http.MethodGet, path); code != http.StatusForbidden {
			t.Errorf("%s answers %d to a leader of another province", path, code)
		}
	}
}

func TestProofAndCheckpoint(t *testing.T) {
	key, err := journal.OpenKey(filepath.Join(t.TempDir(), "key"), rand.Reader)
	viewtest.Must(t, err)
	s := serve(t, viewtest.Demo(t), person(authz.Coordination, "test"), key)
	_, text := s.send(t, http.MethodGet, "/nhat-ky/3/bang-chung.json")
	e, c, err := journal.CheckProof([]byte(text), key, nil)
	viewtest.Must(t, err)
	if e.Position != 3 || c.Size != 6 {
		t.Errorf("entry %d of %d", e.Position, c.Size)
	}
	var form map[string]any
	viewtest.Must(t, json.Unmarshal([]byte(text), &form))
	_, signed := s.send(t, http.MethodGet, "/nhat-ky/moc-doi-chieu.txt")
	if c, err = key.Open([]byte(signed)); err != nil || c.Size != 6 {
		t.Errorf("the signed mark: %v", err)
	}
}

// The check runs beside everything else and says what it found.
func TestIntegrityCheck(t *testing.T) {
	s := serve(t, viewtest.Demo(t), person(authz.Coordination, "test"), nil)
	s.wants(t, "/nhat-ky/kiem-tra", "Chưa kiểm tra lần nào")
	run := func() string {
		if code, _ := s.send(t, http.MethodPost, "/nhat-ky/kiem-tra"); code != http.StatusSeeOther {
			t.Fatalf("starting answers %d", code)
		}
		for range 200 {
			if _, html := s.send(t, http.MethodGet, "/nhat-ky/kiem-tra"); !strings.Contains(html, "Đang kiểm tra") {
				return html
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Fatal("the check does not end")
		return ""
	}
	if html := run(); !strings.Contains(html, "Dữ liệu toàn vẹn") || !strings.Contains(html, "6 mục nhật ký") {
		t.Errorf("a sound journal: %s", html)
	}
	viewtest.Must(t, s.world.DB.Keep(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE recognition_title SET note = $1 WHERE entry = 2", "sửa lén")
		return err
	}))
	if html := run(); !strings.Contains(html, "Dữ liệu không toàn vẹn") || !strings.Contains(html, "mục 2") {
		t.Errorf("a changed row: %s", html)
	}
}
