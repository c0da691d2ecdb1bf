package worksheetweb_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/blob"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/viewtest"
	"giuchuan/internal/view/worksheet"
	"giuchuan/internal/view/worksheet/worksheetweb"
	"giuchuan/reference"
)

const (
	ntm     = "xa-ntm-2021-2025"
	nangCao = "xa-ntm-nang-cao-2021-2025"
	thaiSon = "/xa/02407/ra-soat/2024-Q3"
	binhXa  = "/xa/02404/ra-soat/2024-Q3"
)

// site is the pages over the demonstration with a round of the third quarter.
type site struct {
	*viewtest.World
	t       testing.TB
	board   *board.Board
	handler http.Handler
}

// people of the tests, by the name they log in with.
func people() map[string]authz.Subject {
	one := func(id string, role authz.Role, at string, fields ...string) authz.Subject {
		return authz.Subject{ID: id, Grants: []authz.Grant{{Role: role, Place: at, Fields: fields}}}
	}
	return map[string]authz.Subject{
		"nhap":     one("nhap", authz.CommuneEntry, "02407.1"),
		"nhap2":    one("nhap2", authz.CommuneEntry, "02407.1"),
		"lanhdao":  one("lanhdao", authz.CommuneLeader, "02407.1"),
		"binhxa":   one("binhxa", authz.CommuneEntry, "02404.1"),
		"tatca":    one("tatca", authz.CommuneEntry, "08.1"),
		"khac":     one("khac", authz.CommuneEntry, "02389.1"),
		"huyen":    one("huyen", authz.DistrictOffice, "074.1"),
		"soyte":    one("soyte", authz.InCharge, "08.1", ntm+"/15", nangCao+"/14"),
		"bhxh":     one("bhxh", authz.Supplier, "08.1", ntm+"/15.1", nangCao+"/14.1"),
		"dieuphoi": one("dieuphoi", authz.Coordination, "08.1"),
	}
}

func serve(t testing.TB, w *viewtest.World) *site {
	t.Helper()
	s := &site{World: w, t: t, board: w.Board(t)}
	agencies, err := agency.Load(reference.FS(), w.Places, viewtest.Province)
	viewtest.Must(t, err)
	files := evidence.New(evidence.Options{DB: w.DB, Blobs: blob.OpenDisk(t.TempDir()), Law: w.Law, Places: w.Places, Temp: t.TempDir()})
	pages := worksheetweb.New(worksheetweb.Options{
		DB: w.DB, Board: s.board, Sheets: &worksheet.Reader{Board: s.board, Law: w.Law, Places: w.Places}, Rounds: w.Rounds,
		Evidence: files, Contacts: agency.NewAssignments(agencies, w.Law), Law: w.Law, Places: w.Places,
		Posts: func(_ *db.Tx, ids []string) (map[string]string, error) {
			out := map[string]string{}
			for _, id := range ids {
				out[id] = "Công chức " + id
			}
			return out, nil
		},
		Sight: func(p *web.Page) func(string) bool {
			return func(id string) bool {
				u, _ := w.Places.Latest(id)
				var path []string
				for _, above := range w.Places.At(min(viewtest.Today(), u.Ended)).Path(id) {
					path = append(path, above.ID)
				}
				return p.User().ID != "bhxh" && authz.May(p.User().Subject, authz.ViewCommune, authz.Object{PlacePath: path})
			}
		},
	})
	kit, err := web.New(web.Options{
		Routes: pages.Routes(), Today: viewtest.Today, Now: w.Clock.Now,
		Identify: func(r *http.Request) (*web.User, error) {
			who, ok := people()[r.Header.Get("X-Who")]
			if !ok {
				return nil, nil
			}
			return &web.User{ID: who.ID, Name: who.ID, Subject: who}, nil
		},
	})
	viewtest.Must(t, err)
	s.handler = kit.Handler()
	return s
}

// open opens the round of the third quarter.
func (s *site) open() {
	s.t.Helper()
	period, err := day.ParsePeriod("2024-Q3")
	viewtest.Must(s.t, err)
	cmd := &round.Open{
		Name: "Rà soát quý III năm 2024", Period: period, Basis: "1/KH", BasisOn: viewtest.Today(),
		SendBy: viewtest.Today() + 4, VerifyBy: viewtest.Today() + 11, ConfirmBy: viewtest.Today() + 19,
	}
	s.Write(s.t, cmd.Command, func(ctx context.Context, tx *db.Tx) error {
		_, err := s.Rounds.Open(ctx, tx, people()["dieuphoi"], cmd)
		return err
	})
	viewtest.Must(s.t, s.board.Catch(context.Background()))
}

// supply records a value as the office that supplies it.
func (s *site) supply(code, value string) {
	s.t.Helper()
	period, err := day.ParsePeriod("2024-Q3")
	viewtest.Must(s.t, err)
	cmd := &round.Save{Target: round.Target{Place: "02407.1", Period: period, Set: ntm, Code: code}, Base: round.AnyBase}
	cmd.Entry.Value = value
	c, err := cmd.Command("bhxh")
	viewtest.Must(s.t, err)
	ctx := context.Background()
	viewtest.Must(s.t, s.DB.Write(ctx, c, func(tx *db.Tx) error {
		_, err := s.Rounds.Save(ctx, tx, people()["bhxh"], cmd)
		return err
	}))
	viewtest.Must(s.t, s.board.Catch(ctx))
}

// each runs a body on the pages over each engine.
func each(t *testing.T, body func(s *site)) {
	t.Helper()
	viewtest.Each(t, func(t *testing.T, w *viewtest.World) {
		w.Fill(t)
		s := serve(t, w)
		s.open()
		body(s)
	})
}

type reply struct {
	code       int
	body, goes string
}

func (s *site) do(who, method, path string, fragment bool, pairs ...string) reply {
	s.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("X-Who", who)
	if fragment {
		r.Header.Set("HX-Request", "true")
	}
	rec := httptest.NewRecorder()
	s.handler.ServeHTTP(rec, r)
	return reply{rec.Code, rec.Body.String(), rec.Header().Get("Location")}
}

func (s *site) get(who, path string) reply { s.t.Helper(); return s.do(who, "GET", path, false) }

// save sends one figure of Thái Sơn.
func (s *site) save(who, code string, fragment bool, pairs ...string) reply {
	s.t.Helper()
	return s.do(who, "POST", thaiSon+"/luu", fragment, append([]string{"set", ntm, "code", code, "base", "0", "key", "k-" + code}, pairs...)...)
}

// expect wants a status and words in an answer.
func (s *site) expect(what string, r reply, code int, words ...string) {
	s.t.Helper()
	if r.code != code {
		s.t.Errorf("%s: %d, want %d: %.600s", what, r.code, code, r.body[strings.Index(r.body, "<main")+1:])
		return
	}
	for _, w := range words {
		if !strings.Contains(r.body, w) {
			s.t.Errorf("%s lacks %q: %.1500s", what, w, r.body[strings.Index(r.body, "<main")+1:])
		}
	}
}
