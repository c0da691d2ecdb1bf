package request_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"giuchuan/internal/feature/directive/request"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

// giver makes no tasks; it remembers what it was asked for.
type giver struct {
	got  []request.Request
	fail error
}

func (g *giver) Give(_ context.Context, _ *db.Tx, _ authz.Subject, r *request.Request) (string, error) {
	g.got = append(g.got, *r)
	return "d1", g.fail
}

type world struct {
	*testing.T
	db      *db.DB
	service *request.Service
	giver   *giver
}

var today = day.Of(2024, 10, 1)

func each(t *testing.T, body func(w *world)) {
	lib, err := criteria.LoadLaw()
	must(t, err)
	places, err := place.Load(reference.FS())
	must(t, err)
	agencies, err := agency.Load(reference.FS(), places, "08")
	must(t, err)
	dbtest.EachWith(t, func(o *db.Options) { o.Today = func() day.Day { return today } }, func(t *testing.T, d *db.DB) {
		g := &giver{}
		body(&world{t, d, request.New(request.Options{Law: lib, Places: places, Agencies: agencies, Province: "08", Giver: g}), g})
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func person(role authz.Role, unit string, fields ...string) authz.Subject {
	g := authz.Grant{Role: role, Place: "08.1", Unit: unit, Fields: fields}
	switch role {
	case authz.CommuneLeader:
		g.Place = "02407.1"
	case authz.DistrictLeader:
		g.Place = "074.1"
	}
	return authz.Subject{ID: string(role), Grants: []authz.Grant{g}}
}

var (
	office  = person(authz.ProvinceOffice, "vp-ubnd.1")
	leader  = person(authz.ProvinceLeader, "ubnd-tinh.1")
	health  = person(authz.InCharge, "so-y-te.1", "xa-ntm-2021-2025/15")
	commune = person(authz.CommuneLeader, "ubnd-02407.1")
)

func (w *world) write(work func(ctx context.Context, tx *db.Tx) error) error {
	ctx := context.Background()
	return w.db.Write(ctx, db.Command{Actor: "a", Name: "test"}, func(tx *db.Tx) error { return work(ctx, tx) })
}

func (w *world) ask(who authz.Subject, c *request.Ask) (id string, err error) {
	err = w.write(func(ctx context.Context, tx *db.Tx) error {
		id, err = w.service.Ask(ctx, tx, who, c)
		return err
	})
	return id, err
}

func (w *world) list(who authz.Subject) (out []request.Request) {
	w.Helper()
	must(w.T, w.db.Read(context.Background(), func(tx *db.Tx) (err error) { out, err = w.service.List(tx, who); return err }))
	return out
}

// TestADraftBecomesATask: a leader asks from a commune's page, the office gives
// it with a body and a day, once; both read what became of it.
func TestADraftBecomesATask(t *testing.T) {
	each(t, func(w *world) {
		id, err := w.ask(leader, &request.Ask{
			Place: "02407.1", Field: "xa-ntm-2021-2025/15", Page: "/xa/02407?ngay=2024-10-01", Words: " rà soát thẻ BHYT của nam giới ", Due: day.None,
		})
		must(t, err)
		mine := w.list(leader)
		if len(mine) != 1 || mine[0].State != request.Asked || mine[0].Words != "rà soát thẻ BHYT của nam giới" || mine[0].Unit != "ubnd-tinh.1" {
			w.Fatalf("the leader reads %+v", mine)
		}
		if got := w.service.About(mine[0].Place, mine[0].Field); got != "xã Thái Sơn – Tiêu chí 15 Y tế" {
			w.Errorf("it is about %q", got)
		}
		give := &request.Give{ID: id, Seen: mine[0].Entry, Words: "Rà soát thẻ BHYT", Agency: "ubnd-074.1", Due: day.Of(2024, 10, 20)}
		for _, who := range []authz.Subject{leader, health, commune} {
			err := w.write(func(ctx context.Context, tx *db.Tx) error { _, err := w.service.Give(ctx, tx, who, give); return err })
			if fault.CodeOf(err) != fault.Forbidden {
				w.Errorf("%s gives a task: %v", who.ID, err)
			}
		}
		w.giver.fail = errors.New("no task could be made")
		if err := w.write(func(ctx context.Context, tx *db.Tx) error {
			_, err := w.service.Give(ctx, tx, office, give)
			return err
		}); err == nil {
			w.Error("given without a task")
		}
		w.giver.fail, w.giver.got = nil, nil
		must(t, w.write(func(ctx context.Context, tx *db.Tx) error {
			_, err := w.service.Give(ctx, tx, office, give)
			return err
		}))
		if len(w.giver.got) != 1 || w.giver.got[0].Agency != "ubnd-074.1" || w.giver.got[0].Due != day.Of(2024, 10, 20) {
			w.Fatalf("the task: %+v", w.giver.got)
		}
		err = w.write(func(ctx context.Context, tx *db.Tx) error {
			_, err := w.service.Give(ctx, tx, office, give)
			return err
		})
		if fault.CodeOf(err) != fault.Conflict || !strings.Contains(fault.Text(err), "đã giao") {
			w.Errorf("given twice: %v", err)
		}
		if mine = w.list(leader); mine[0].State != request.Given || mine[0].Document != "d1" {
			w.Errorf("the leader reads %+v", mine)
		}
	})
}

// TestDeclined: the reason is needed, and its author reads it.
func TestDeclined(t *testing.T) {
	each(t, func(w *world) {
		id, err := w.ask(health, &request.Ask{Field: "xa-ntm-2021-2025/15.1", Words: "cấp thẻ", Due: day.None})
		must(t, err)
		seen := w.list(office)[0].Entry
		decline := func(reason string, seen int64) error {
			return w.write(func(ctx context.Context, tx *db.Tx) error {
				return w.service.Decline(ctx, tx, office, &request.Decline{ID: id, Seen: seen, Reason: reason})
			})
		}
		if err := decline("  ", seen); fault.CodeOf(err) != fault.Invalid {
			w.Error(err)
		}
		if err := decline("x", seen+1); fault.CodeOf(err) != fault.Conflict {
			w.Error(err)
		}
		must(t, decline("đã có Thông báo số 58", seen))
		if got := w.list(health); len(got) != 1 || got[0].Reason != "đã có Thông báo số 58" {
			w.Errorf("the author reads %+v", got)
		}
		if got := w.list(commune); len(got) != 0 {
			w.Errorf("a commune reads %+v", got)
		}
	})
}

// TestWhatMayBeAsked: by whom, about what, and with which words.
func TestWhatMayBeAsked(t *testing.T) {
	each(t, func(w *world) {
		good := request.Ask{Words: "x", Due: day.None}
		for name, x := range map[string]struct {
			who    authz.Subject
			change func(*request.Ask)
			want   fault.Code
		}{
			"the office":               {office, func(*request.Ask) {}, ""},
			"a leader":                 {leader, func(*request.Ask) {}, ""},
			"a commune":                {commune, func(c *request.Ask) { c.Place = "02407.1" }, fault.Forbidden},
			"an agency, its criterion": {health, func(c *request.Ask) { c.Place, c.Field = "02407.1", "xa-ntm-2021-2025/15" }, ""},
			"an agency, another":       {health, func(c *request.Ask) { c.Field = "xa-ntm-2021-2025/1" }, fault.Forbidden},
			"an agency, no criterion":  {health, func(c *request.Ask) { c.Place = "02407.1" }, fault.Forbidden},
			"an ended place":           {leader, func(c *request.Ask) { c.Place = "02608.1" }, ""},
			"no such place":            {leader, func(c *request.Ask) { c.Place = "99999.9" }, fault.NotFound},
			"no such criterion":        {leader, func(c *request.Ask) { c.Field = "xa-ntm-2021-2025/99" }, fault.NotFound},
			"no such set":              {leader, func(c *request.Ask) { c.Field = "15" }, fault.NotFound},
			"no words":                 {leader, func(c *request.Ask) { c.Words = " " }, fault.Invalid},
			"too many":                 {leader, func(c *request.Ask) { c.Words = strings.Repeat("ă", 2001) }, fault.Invalid},
			"no such agency":           {leader, func(c *request.Ask) { c.Agency = "so-x.1" }, fault.Invalid},
			"an agency of later days":  {leader, func(c *request.Ask) { c.Agency = "so-nnmt.1" }, fault.Invalid},
			"yesterday":                {leader, func(c *request.Ask) { c.Due = today - 1 }, fault.Invalid},
			"today":                    {leader, func(c *request.Ask) { c.Due = today }, ""},
			"a page of another site":   {leader, func(c *request.Ask) { c.Page = "//x.y/z" }, ""},
			"nobody":                   {authz.Subject{}, func(*request.Ask) {}, fault.Forbidden},
		} {
			c := good
			x.change(&c)
			if _, err := w.ask(x.who, &c); x.want == "" && err != nil || x.want != "" && fault.CodeOf(err) != x.want {
				w.Errorf("%s: %v, want %q", name, err, x.want)
			}
		}
		for _, r := range w.list(office) {
			if strings.HasPrefix(r.Page, "//") {
				w.Errorf("a draft leads to %s", r.Page)
			}
		}
	})
}
