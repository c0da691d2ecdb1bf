package deskweb_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/blob"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/view/board"
	"giuchuan/internal/view/desk"
	"giuchuan/internal/view/desk/deskweb"
	"giuchuan/internal/view/viewtest"
	"giuchuan/reference"
)

const (
	ntm     = "xa-ntm-2021-2025"
	thaiSon = "02407.1"
	hamYen  = "074.1"
	health  = "so-y-te.1"
	page    = "/xa/02407/ra-soat/2024-Q3/xem-xet"
)

// site is the pages over HTTP with a round of the third quarter of 2024 open for
// Hàm Yên, for whoever is logged in.
type site struct {
	*viewtest.World
	t       *testing.T
	handler http.Handler
	board   *board.Board
	desk    *desk.Desk
	period  day.Period
	today   day.Day
	who     authz.Subject
}

func grant(role authz.Role, place, unit string, fields ...string) authz.Subject {
	return authz.Subject{ID: string(role) + place, Grants: []authz.Grant{{Role: role, Place: place, Unit: unit, Fields: fields}}}
}

// The people of the tests.
var (
	office  = grant(authz.Coordination, "08.1", "vpdp-ntm.1")
	clerk   = grant(authz.CommuneEntry, thaiSon, "ubnd-02407.1")
	chair   = grant(authz.CommuneLeader, thaiSon, "ubnd-02407.1")
	hamyen  = grant(authz.DistrictOffice, hamYen, "ubnd-074.1")
	sonyen  = grant(authz.DistrictOffice, "075.1", "ubnd-075.1")
	doctors = grant(authz.InCharge, "08.1", health, ntm+"/15", "xa-ntm-nang-cao-2021-2025/14")
	roads   = grant(authz.InCharge, "08.1", "so-gtvt.1", ntm+"/2")
	insurer = grant(authz.Supplier, "08.1", "bhxh.1", ntm+"/15.1")
)

func demo(t *testing.T) *site { return build(t, viewtest.Demo(t)) }

func build(t *testing.T, w *viewtest.World) *site {
	t.Helper()
	s := &site{World: w, t: t, today: viewtest.Today()}
	var err error
	s.period, err = day.ParsePeriod("2024-Q3")
	viewtest.Must(t, err)
	open := &round.Open{
		Name: "Rà soát quý III", Period: s.period, Basis: "1/KH", BasisOn: s.today, Districts: []string{hamYen}, Whole: true,
		SendBy: s.today + 4, VerifyBy: s.today + 11, ConfirmBy: s.today + 19,
	}
	s.do(open.Command, func(ctx context.Context, tx *db.Tx) error { _, err := w.Rounds.Open(ctx, tx, office, open); return err })
	s.board = w.Board(t)
	agencies, err := agency.Load(reference.FS(), w.Places, viewtest.Province)
	viewtest.Must(t, err)
	assigned := agency.NewAssignments(agencies, w.Law)
	s.assignFrom(assigned, health, "15", day.Of(2024, time.January, 1))
	s.desk = &desk.Desk{Board: s.board, Law: w.Law, Places: w.Places}
	files := evidence.New(evidence.Options{DB: w.DB, Blobs: blob.OpenDisk(t.TempDir()), Law: w.Law, Places: w.Places, Temp: t.TempDir()})
	pages := deskweb.New(deskweb.Options{
		DB: w.DB, Desk: s.desk, Counter: desk.NewCounter(s.desk), Rounds: w.Rounds, Assigned: assigned, Evidence: files, Law: w.Law, Places: w.Places,
	})
	k, err := web.New(web.Options{
		Routes: pages.Routes(), Today: func() day.Day { return s.today }, Now: w.Clock.Now,
		Identify: func(*http.Request) (*web.User, error) {
			return &web.User{ID: s.who.ID, Name: "Người thử", Subject: s.who}, nil
		},
	})
	viewtest.Must(t, err)
	s.handler = k.Handler()
	return s
}

func (s *site) assignFrom(a *agency.Assignments, to, code string, from day.Day) {
	s.t.Helper()
	c := agency.Assign{Replace: true, Assignments: []agency.Assignment{{
		Duty: agency.Leads, Set: ntm, Code: code, Agency: to, From: from, Until: day.Forever, Number: "1/QĐ", Issued: day.Of(2024, time.January, 1),
	}}}
	s.do(c.Command, func(ctx context.Context, tx *db.Tx) error { _, err := a.Assign(ctx, tx, c); return err })
}

func (s *site) do(command func(string) (db.Command, error), work func(ctx context.Context, tx *db.Tx) error) {
	s.t.Helper()
	s.Write(s.t, command, work)
	if s.board != nil {
		viewtest.Must(s.t, s.board.Catch(context.Background()))
	}
}

// as logs a person in and asks for a page, or sends a form of name, value pairs.
func (s *site) as(who authz.Subject, path string, form ...string) (int, string) {
	s.t.Helper()
	s.who = who
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if form != nil {
		v := url.Values{}
		for i := 0; i+1 < len(form); i += 2 {
			v.Add(form[i], form[i+1])
		}
		r = httptest.NewRequest(http.MethodPost, path, strings.NewReader(v.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	rec := httptest.NewRecorder()
	s.handler.ServeHTTP(rec, r)
	if rec.Code >= 500 {
		s.t.Errorf("%s: %d", path, rec.Code)
	}
	return rec.Code, rec.Body.String() + rec.Header().Get("Location")
}

// want asks for a page and looks for texts in it; a text after "!" must not be
// there.
func (s *site) want(status int, got int, body string, texts ...string) {
	s.t.Helper()
	if got != status {
		s.t.Fatalf("%d, want %d: %s", got, status, main(body))
	}
	flat := strings.Join(strings.Fields(tag.ReplaceAllString(body, " ")), " ")
	for _, x := range texts {
		text, not := strings.CutPrefix(x, "!")
		if has := strings.Contains(flat, text) || strings.Contains(body, text); has == not {
			s.t.Errorf("%q: there is %v in: %s", text, has, main(flat))
		}
	}
}

var tag = regexp.MustCompile(`<[^>]*>`)

func main(body string) string {
	if _, after, ok := strings.Cut(body, "Đến nội dung chính"); ok {
		body = after
	}
	return body[:min(len(body), 3000)]
}

// save records one value as a person.
func (s *site) save(who authz.Subject, code string, e law.Entry) {
	s.t.Helper()
	c := &round.Save{Target: round.Target{Place: thaiSon, Period: s.period, Set: ntm, Code: code}, Entry: e, Base: round.AnyBase}
	s.do(c.Command, func(ctx context.Context, tx *db.Tx) error { _, err := s.Rounds.Save(ctx, tx, who, c); return err })
}

// sent makes Thái Sơn's sheet: criteria 2 and 15 carried over, 9.2 changed, all
// sent.
func (s *site) sent() {
	s.t.Helper()
	for _, c := range []string{"2", "15"} {
		carry := &round.Carry{Place: thaiSon, Period: s.period, Set: ntm, Criterion: c}
		s.do(carry.Command, func(ctx context.Context, tx *db.Tx) error {
			_, err := s.Rounds.Carry(ctx, tx, clerk, carry)
			return err
		})
	}
	s.save(clerk, "9.2", law.Entry{Value: "88,5"})
	s.send()
}

func (s *site) send() {
	s.t.Helper()
	send := &round.Send{Place: thaiSon, Period: s.period}
	s.do(send.Command, func(ctx context.Context, tx *db.Tx) error { _, err := s.Rounds.Send(ctx, tx, chair, send); return err })
}

// state is how far an indicator of Thái Sơn is.
func (s *site) state(code string) round.State {
	s.t.Helper()
	unit, _ := s.Places.Latest(thaiSon)
	sheet, ok := s.board.Sheet(unit.Key, s.period)
	if !ok {
		s.t.Fatal("no sheet")
	}
	set, err := s.Law.Set(ntm)
	viewtest.Must(s.t, err)
	slot, _ := set.Slot(code)
	return sheet.Rows[s.board.Dictionary().Slots(set)[slot]].State
}

var hidden = regexp.MustCompile(`name="(thay|dong)" value="([^"]*)"`)

// bulk gives the fields of the first form of a page that carries lines.
func bulk(body string) []string {
	_, body, _ = strings.Cut(body, `class="bulk"`)
	body, _, _ = strings.Cut(body, "</form>")
	var out []string
	for _, m := range hidden.FindAllStringSubmatch(body, -1) {
		out = append(out, m[1], m[2])
	}
	return out
}
