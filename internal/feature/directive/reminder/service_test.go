package reminder_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"giuchuan/internal/feature/directive/reminder"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/platform/mail"
	"giuchuan/internal/platform/mail/mailtest"
)

// world is what is open, and who there is.
type world struct {
	*testing.T
	db      *db.DB
	today   day.Day
	matters []reminder.Matter
	service *reminder.Service
	catcher *mailtest.Catcher
	courier *mail.Courier
}

func (w *world) Matters(context.Context, *db.Tx) ([]reminder.Matter, error) { return w.matters, nil }

func (w *world) Of(context.Context, *db.Tx) (func(string, reminder.Audience) []string, error) {
	return func(agency string, to reminder.Audience) []string {
		switch to {
		case reminder.ToUnit:
			return []string{"phong " + agency, "lanhdao " + agency}
		case reminder.ToLeader:
			return []string{"lanhdao " + agency}
		case reminder.ToOffice:
			return []string{"vpubnd"}
		}
		return []string{"tinh"}
	}, nil
}

func each(t *testing.T, body func(w *world)) {
	var w *world
	dbtest.EachWith(t, func(o *db.Options) {
		w = &world{}
		now := time.Date(2024, 9, 1, 1, 0, 0, 0, time.UTC)
		o.Now, o.Today = func() time.Time { return now }, func() day.Day { return w.today }
	}, func(t *testing.T, d *db.DB) {
		w.T, w.db, w.today, w.catcher = t, d, on(t, "2024-09-20"), (&mailtest.Catcher{}).Start(t)
		server := mail.Server{URL: w.catcher.URL(), From: "a@b.vn", Roots: w.catcher.Roots, Domains: []string{"tinh.example"}}
		w.service = reminder.New(reminder.Options{
			DB: d, Rules: rules(t), Calendar: workdays(t), Source: w, People: w, Sender: "vp-ubnd.1", Mail: server, Site: "https://x.example",
			Party: func(id string, _ day.Day) reminder.Party {
				return reminder.Party{ID: id, Kind: "ubnd-huyen", Name: "[" + id + "]"}
			},
		})
		w.courier = &mail.Courier{DB: d, Server: server, Now: func() time.Time { return time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC) }, Log: slog.New(slog.DiscardHandler)}
		body(w)
	})
}

func (w *world) tick(day string, want int) {
	w.Helper()
	w.today = on(w, day)
	n, err := w.service.Tick(context.Background())
	if err != nil || n != want {
		w.Fatalf("%s: %d reminders (%v), want %d", day, n, err, want)
	}
}

func (w *world) mail() []mailtest.Letter {
	w.Helper()
	before := len(w.catcher.Letters())
	if _, err := w.courier.Deliver(context.Background()); err != nil {
		w.Fatal(err)
	}
	return w.catcher.Letters()[before:]
}

func (w *world) entries() (n int64) {
	w.Helper()
	if err := w.db.Read(context.Background(), func(tx *db.Tx) error {
		head, err := journal.ReadHead(tx)
		n = head.Size
		return err
	}); err != nil {
		w.Fatal(err)
	}
	return n
}

func dueOn(t testing.TB, id, agency, on_ string) reminder.Matter {
	return reminder.Matter{
		Event: reminder.OnDue, ID: id, Agency: agency, On: on(t, on_), Ref: "1.7", Cited: "Thông báo số 58/TB-UBND", Text: "lập Kế hoạch", Path: "/nhiem-vu/" + id,
	}
}

// TestEveryStepOnce: the ladder of one task day by day, with ticks repeated, a
// stretch without any, and a deadline that is moved.
func TestEveryStepOnce(t *testing.T) {
	each(t, func(w *world) {
		w.matters = []reminder.Matter{dueOn(w, "t1", "ubnd-074.1", "2024-09-30")}
		w.tick("2024-09-20", 0)
		quiet := w.entries()
		w.tick("2024-09-23", 1)
		w.tick("2024-09-23", 0)
		w.tick("2024-09-24", 0)
		if w.entries() != quiet+1 {
			w.Error("a tick without reminders wrote to the journal")
		}
		w.tick("2024-10-08", 1) // down from 25/9 to 7/10: the strongest only
		w.tick("2024-10-09", 0)
		w.tick("2024-10-14", 1)
		w.tick("2025-03-01", 0)
		w.matters[0].On = on(w, "2024-12-31") // extended
		w.tick("2024-10-15", 0)
		w.tick("2024-12-24", 1)
		w.matters = nil // done
		w.tick("2025-01-10", 0)
		var got []string
		if err := w.db.Read(context.Background(), func(tx *db.Tx) error {
			list, err := w.service.Given(tx, "t1")
			for _, g := range list {
				got = append(got, g.Day.String()+" "+g.Step)
			}
			return err
		}); err != nil {
			w.Fatal(err)
		}
		want := "2024-12-24 truoc-han, 2024-10-14 qua-han-10, 2024-10-08 qua-han-5, 2024-09-23 truoc-han"
		if text := strings.Join(got, ", "); text != want {
			w.Errorf("given: %s\nwant:  %s", text, want)
		}
	})
}

// TestNodesTogether: ticks at the same moment give each reminder once.
func TestNodesTogether(t *testing.T) {
	each(t, func(w *world) {
		for _, a := range []string{"a.1", "b.1", "c.1"} {
			w.matters = append(w.matters, dueOn(w, "t-"+a, a, "2024-09-30"))
		}
		w.today = on(w, "2024-10-01")
		var mu sync.Mutex
		total := 0
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				n, err := w.service.Tick(context.Background())
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				total += n
			})
		}
		wg.Wait()
		if total != 3 {
			w.Errorf("%d reminders, want 3", total)
		}
	})
}

// TestOneLetterForEachPerson: who wants mail gets one letter with everything,
// who does not gets none, and nothing personal or secret stands in it.
func TestOneLetterForEachPerson(t *testing.T) {
	each(t, func(w *world) {
		ctx := context.Background()
		for account, address := range map[string]string{
			"phong ubnd-074.1": "hamyen@tinh.example", "lanhdao ubnd-074.1": "lanhdao@so.tinh.example", "vpubnd": "vp@tinh.example",
		} {
			if err := w.service.SetMailbox(ctx, account, address, account != "lanhdao ubnd-074.1"); err != nil {
				w.Fatal(err)
			}
		}
		if got := w.mail(); len(got) != 2 {
			w.Fatalf("%d letters to new addresses, want 2", len(got))
		}
		w.matters = []reminder.Matter{
			dueOn(w, "t1", "ubnd-074.1", "2024-09-30"), dueOn(w, "t2", "ubnd-074.1", "2024-10-04"), dueOn(w, "t3", "ubnd-072.1", "2024-09-30"),
			{Event: reminder.OnConfirm, ID: "t4", Agency: "ubnd-074.1", On: on(w, "2024-09-20"), Ref: "2.1", Cited: "Thông báo số 58/TB-UBND"},
		}
		w.tick("2024-10-01", 4)
		got := w.mail()
		if len(got) != 2 {
			w.Fatalf("%d letters, want one to the district and one to the office", len(got))
		}
		if got[0].To != "hamyen@tinh.example" {
			got[0], got[1] = got[1], got[0]
		}
		if got[0].Subject != "Đôn đốc: 1 việc quá hạn, 1 việc khác – [ubnd-074.1]" {
			w.Errorf("subject: %s", got[0].Subject)
		}
		for _, want := range []string{
			"[vp-ubnd.1] đề nghị [ubnd-074.1] thực hiện", "1. Nhiệm vụ 1.7, Thông báo số 58/TB-UBND: “lập Kế hoạch”. Thời hạn 30/09/2024, đã quá hạn 1 ngày.",
			"https://x.example/nhiem-vu/t1", "2. Nhiệm vụ 1.7", "còn 3 ngày",
		} {
			if !strings.Contains(got[0].Text, want) {
				w.Errorf("the district's letter lacks %q:\n%s", want, got[0].Text)
			}
		}
		if strings.Contains(got[0].Text, "ubnd-072") || strings.Contains(got[0].Text, "2.1") {
			w.Errorf("the district reads what is not its own:\n%s", got[0].Text)
		}
		if got[1].To != "vp@tinh.example" || !strings.Contains(got[1].Text, "đã chờ 11 ngày") || !strings.HasPrefix(got[1].Subject, "Nhắc việc: 1 việc") {
			w.Errorf("the office's letter:\n%s\n%s", got[1].Subject, got[1].Text)
		}
		w.tick("2024-10-01", 0)
		if got := w.mail(); len(got) != 0 {
			w.Errorf("%d letters more", len(got))
		}
	})
}

// TestMailbox: an address is checked, kept within the domains, and forgotten.
func TestMailbox(t *testing.T) {
	each(t, func(w *world) {
		ctx := context.Background()
		for _, bad := range []string{"x", "a@tinh.example\r\nBcc: b@c.vn", "a@gmail.com"} {
			if err := w.service.SetMailbox(ctx, "p", bad, true); fault.CodeOf(err) != fault.Invalid {
				w.Errorf("%q: %v", bad, err)
			}
		}
		look := func() (m reminder.Mailbox) {
			if err := w.db.Read(ctx, func(tx *db.Tx) (err error) { m, err = w.service.Mailbox(tx, "p"); return err }); err != nil {
				w.Fatal(err)
			}
			return m
		}
		if m := look(); m.Address != "" || m.Wanted {
			w.Errorf("before: %+v", m)
		}
		for _, wanted := range []bool{true, false, true} {
			if err := w.service.SetMailbox(ctx, "p", " A@tinh.Example", wanted); err != nil {
				w.Fatal(err)
			}
			if m := look(); m.Address != "A@tinh.example" || m.Wanted != wanted {
				w.Errorf("%+v", m)
			}
		}
		if err := w.service.SetMailbox(ctx, "p", "", true); err != nil || look().Address != "" {
			w.Errorf("not forgotten: %v %+v", err, look())
		}
	})
}
