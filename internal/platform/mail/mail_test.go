package mail_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/blob"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/mail"
	"giuchuan/internal/platform/mail/mailtest"
)

// clock is a clock that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2024, 10, 1, 1, 0, 0, 0, time.UTC)} }

func (c *clock) get() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func serverOf(c *mailtest.Catcher) mail.Server {
	return mail.Server{
		URL: c.URL(), User: c.User, Password: blob.Secret(c.Password), From: "Giữ Chuẩn <giuchuan@tinh.example>", Roots: c.Roots, Timeout: 5 * time.Second,
	}
}

// bench is a database, a server that catches, and a courier between them.
type bench struct {
	*testing.T
	db      *db.DB
	clock   *clock
	catcher *mailtest.Catcher
	courier *mail.Courier
	log     *bytes.Buffer
}

func each(t *testing.T, catcher func() *mailtest.Catcher, body func(b *bench)) {
	var c *clock
	dbtest.EachWith(t, func(o *db.Options) { c = newClock(); o.Now = c.get }, func(t *testing.T, d *db.DB) {
		b := &bench{T: t, db: d, clock: c, catcher: catcher().Start(t), log: &bytes.Buffer{}}
		b.courier = &mail.Courier{DB: d, Server: serverOf(b.catcher), Now: c.get, Log: slog.New(slog.NewJSONHandler(b.log, nil))}
		body(b)
	})
}

func (b *bench) queue(messages ...mail.Message) {
	b.Helper()
	err := b.db.Write(context.Background(), db.Command{Actor: "a", Name: "test.mail"}, func(tx *db.Tx) error {
		for _, m := range messages {
			if err := b.courier.Server.Queue(tx, m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func (b *bench) deliver() int {
	b.Helper()
	n, err := b.courier.Deliver(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	return n
}

func (b *bench) status() mail.Status {
	b.Helper()
	var s mail.Status
	if err := b.db.Read(context.Background(), func(tx *db.Tx) (err error) {
		s, err = mail.Look(tx)
		return err
	}); err != nil {
		b.Fatal(err)
	}
	return s
}

func message(n int) mail.Message {
	return mail.Message{
		To: fmt.Sprintf("nguoi%d@tinh.example", n), Subject: "Đôn đốc: 2 nhiệm vụ đã quá hạn của UBND huyện Hàm Yên – Thông báo số 58/TB-UBND ngày 07/6/2024",
		Text: "Kính gửi UBND huyện Hàm Yên,\n\n1. Nhiệm vụ 1.7: “lập Kế hoạch duy trì” – đã quá hạn 1 ngày.\n.\nXem: https://giuchuan.example/nhiem-vu\n",
	}
}

// TestVietnameseArrivesWhole: over every way of reaching a server, subject and
// text arrive as written, in lines that any mail server passes on.
func TestVietnameseArrivesWhole(t *testing.T) {
	for name, c := range map[string]func() *mailtest.Catcher{
		"STARTTLS and a login": func() *mailtest.Catcher { return &mailtest.Catcher{User: "may", Password: "mật khẩu"} },
		"TLS from the start":   func() *mailtest.Catcher { return &mailtest.Catcher{Implicit: true, User: "may", Password: "x y"} },
		"LOGIN only":           func() *mailtest.Catcher { return &mailtest.Catcher{Login: true, User: "may", Password: "x"} },
		"on this machine":      func() *mailtest.Catcher { return &mailtest.Catcher{NoTLS: true} },
	} {
		t.Run(name, func(t *testing.T) {
			each(t, c, func(b *bench) {
				b.queue(message(1), message(2))
				if n := b.deliver(); n != 2 {
					b.Fatalf("%d letters went, want 2\n%s", n, b.log)
				}
				got := b.catcher.Letters()
				if len(got) != 2 || b.catcher.Talks() != 1 {
					b.Fatalf("%d letters in %d conversations, want 2 in 1", len(got), b.catcher.Talks())
				}
				l := got[0]
				if l.To != message(1).To {
					l = got[1] // put into the box in the same moment
				}
				if l.Subject != message(1).Subject || l.Text != message(1).Text {
					b.Errorf("arrived:\n%s\n%s", l.Subject, l.Text)
				}
				if l.From != "giuchuan@tinh.example" || l.To != "nguoi1@tinh.example" || l.Header.Get("Auto-Submitted") != "auto-generated" {
					b.Errorf("envelope %s -> %s, %v", l.From, l.To, l.Header)
				}
				for _, line := range strings.Split(strings.TrimSuffix(l.Raw, "\r\n"), "\r\n") {
					if len(line) > 78 || strings.ContainsFunc(line, func(r rune) bool { return r > 126 }) {
						b.Errorf("a line no old server passes on: %q", line)
					}
				}
				if s := b.status(); s.Sent != 2 || s.Queued != 0 || len(s.Troubles) != 0 {
					b.Errorf("outbox: %+v", s)
				}
				if b.deliver() != 0 || len(b.catcher.Letters()) != 2 {
					b.Error("a letter was sent twice")
				}
			})
		})
	}
}

// TestOnlyWhatWasRecordedIsSaid: a command that is refused sends nothing.
func TestOnlyWhatWasRecordedIsSaid(t *testing.T) {
	each(t, func() *mailtest.Catcher { return &mailtest.Catcher{} }, func(b *bench) {
		err := b.db.Write(context.Background(), db.Command{Actor: "a", Name: "test.mail"}, func(tx *db.Tx) error {
			if err := b.courier.Server.Queue(tx, message(1)); err != nil {
				return err
			}
			return errors.New("refused")
		})
		if err == nil || b.deliver() != 0 || b.catcher.Talks() != 0 {
			b.Error("a mail about something that did not happen")
		}
		off := mail.Server{}
		if err := b.db.Write(context.Background(), db.Command{Actor: "a", Name: "test.mail"}, func(tx *db.Tx) error {
			return off.Queue(tx, message(1))
		}); err != nil {
			b.Fatal(err)
		}
		if s := b.status(); s.Queued != 0 {
			b.Error("without a server something was queued")
		}
	})
}

// TestTwoCouriersSendOnce: on several nodes every letter still goes once.
func TestTwoCouriersSendOnce(t *testing.T) {
	each(t, func() *mailtest.Catcher { return &mailtest.Catcher{} }, func(b *bench) {
		for i := range 30 {
			b.queue(message(i))
		}
		var wg sync.WaitGroup
		for range 4 {
			c := &mail.Courier{DB: b.db, Server: b.courier.Server, Now: b.clock.get, Log: slog.New(slog.DiscardHandler)}
			wg.Go(func() {
				if _, err := c.Deliver(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		to := map[string]int{}
		for _, l := range b.catcher.Letters() {
			to[l.To]++
		}
		if len(to) != 30 || len(b.catcher.Letters()) != 30 {
			b.Errorf("%d letters to %d people, want 30 to 30", len(b.catcher.Letters()), len(to))
		}
	})
}

// TestRefusals: what a server refuses for good is given up at once, what it
// refuses for now is tried again and in the end given up; both are seen, and
// others get their letters meanwhile.
func TestRefusals(t *testing.T) {
	var mu sync.Mutex
	busy := true
	each(t, func() *mailtest.Catcher {
		return &mailtest.Catcher{Answer: func(to string) string {
			mu.Lock()
			defer mu.Unlock()
			switch {
			case strings.HasPrefix(to, "nguoi1@"):
				return "550 no such user here"
			case strings.HasPrefix(to, "nguoi2@") && busy:
				return "451 come back later"
			}
			return ""
		}}
	}, func(b *bench) {
		b.queue(message(1), message(2), message(3))
		if n := b.deliver(); n != 1 {
			b.Fatalf("%d went, want 1", n)
		}
		s := b.status()
		if s.Failed != 1 || s.Queued != 1 || s.Sent != 1 || len(s.Troubles) != 2 {
			b.Fatalf("outbox: %+v", s)
		}
		if b.deliver() != 0 {
			b.Error("tried again at once")
		}
		for range 10 {
			b.clock.pass(13 * time.Hour)
			b.deliver()
		}
		if s = b.status(); s.Failed != 2 || s.Queued != 0 {
			b.Fatalf("after days: %+v", s)
		}
		mu.Lock()
		busy = false
		mu.Unlock()
		if n, err := mail.Again(context.Background(), b.db); err != nil || n != 2 {
			b.Fatal(n, err)
		}
		if n := b.deliver(); n != 1 {
			b.Errorf("%d went after somebody asked again, want 1", n)
		}
		for _, l := range b.catcher.Letters() {
			if l.To == "nguoi1@tinh.example" {
				b.Error("a refused letter was kept")
			}
		}
		mu.Lock()
		busy = true
		mu.Unlock()
	})
}

// TestAnAnswerThatGotLost: when the server hangs up after it took the letter, the
// letter comes again later under the same id, so it is shown once.
func TestAnAnswerThatGotLost(t *testing.T) {
	each(t, func() *mailtest.Catcher { return &mailtest.Catcher{Drop: func(n int) bool { return n == 1 }} }, func(b *bench) {
		b.queue(message(1))
		b.deliver()
		b.clock.pass(2 * time.Minute)
		b.deliver()
		got := b.catcher.Letters()
		if len(got) != 2 || got[0].Header.Get("Message-ID") == "" || got[0].Header.Get("Message-ID") != got[1].Header.Get("Message-ID") {
			b.Errorf("%d letters, not one id", len(got))
		}
		if s := b.status(); s.Sent != 1 || s.Queued != 0 {
			b.Errorf("outbox: %+v", s)
		}
	})
}

// TestTheServerIsAway: nothing is lost while it cannot be reached, it is left
// alone between tries, and after three days the letters are given up visibly.
func TestTheServerIsAway(t *testing.T) {
	each(t, func() *mailtest.Catcher { return &mailtest.Catcher{} }, func(b *bench) {
		good := b.courier.Server
		b.courier.Server.URL = "smtp://127.0.0.1:1"
		b.queue(message(1))
		if _, err := b.courier.Deliver(context.Background()); err == nil {
			b.Fatal("no error without a server")
		}
		s := b.status()
		if s.Queued != 1 || len(s.Troubles) != 1 || s.Troubles[0].Why == "" {
			b.Fatalf("outbox: %+v", s)
		}
		if _, err := b.courier.Deliver(context.Background()); err != nil {
			b.Error("asked again at once")
		}
		b.courier.Server = good
		b.clock.pass(2 * time.Minute)
		if b.deliver() != 1 {
			b.Error("the letter did not go when the server was back")
		}
		b.courier.Server.URL = "smtp://127.0.0.1:1"
		b.queue(message(2))
		b.clock.pass(73 * time.Hour)
		_, _ = b.courier.Deliver(context.Background()) // fails, as above
		if s = b.status(); s.Failed != 1 {
			b.Errorf("after three days: %+v", s)
		}
		b.clock.pass(31 * 24 * time.Hour)
		if err := mail.Purge(context.Background(), b.db, b.clock.get()); err != nil {
			b.Fatal(err)
		}
		if s = b.status(); s.Failed+s.Sent+s.Queued != 0 {
			b.Errorf("after a month: %+v", s)
		}
	})
}

// TestNoPasswordAnywhere: a server that repeats what it was told puts no password
// into log, database or printed configuration.
func TestNoPasswordAnywhere(t *testing.T) {
	each(t, func() *mailtest.Catcher { return &mailtest.Catcher{User: "may", Password: "right"} }, func(b *bench) {
		b.courier.Server.Password = "s3cr3t-mat-khau"
		b.queue(message(1))
		_, err := b.courier.Deliver(context.Background())
		ctx, cancel := context.WithCancel(context.Background())
		b.clock.pass(time.Hour)
		ticks := make(chan time.Time)
		done := make(chan struct{})
		go func() { defer close(done); b.courier.Run(ctx, ticks) }()
		ticks <- b.clock.get()
		cancel()
		<-done
		all := b.log.String() + fmt.Sprintf("%+v %v", b.status(), b.courier.Server)
		if err == nil || !strings.Contains(all, "535") {
			b.Fatalf("the wrong login is not told: %v\n%s", err, all)
		}
		for _, secret := range []string{"s3cr3t", "AG1heQBzM2NyM3QtbWF0LWtoYXU", "czNjcjN0"} {
			if strings.Contains(all, secret) {
				b.Errorf("%q stands in\n%s", secret, all)
			}
		}
		if strings.Contains(b.log.String(), "nguoi1@") {
			b.Errorf("an address stands in the log:\n%s", b.log)
		}
	})
}

// TestWrongConfiguration: what cannot be a server or a sender is said at the start.
func TestWrongConfiguration(t *testing.T) {
	for _, x := range []struct {
		server mail.Server
		want   string
	}{
		{mail.Server{URL: "http://x", From: "a@b.vn"}, "smtps://"},
		{mail.Server{URL: "smtp://", From: "a@b.vn"}, "smtps://"},
		{mail.Server{URL: "smtp://u:p@x", From: "a@b.vn"}, "không ghi mật khẩu"},
		{mail.Server{URL: "smtp://x", From: ""}, "địa chỉ gửi thư"},
		{mail.Server{URL: "smtp://x", From: "Tên <khong-co-mien>"}, "địa chỉ gửi thư"},
		{mail.Server{URL: "smtp://x/?a=1", From: "a@b.vn"}, "smtps://"},
	} {
		if err := x.server.Check(); fault.CodeOf(err) != fault.Invalid || !strings.Contains(fault.Text(err), x.want) {
			t.Errorf("%+v: %v", x.server, err)
		}
	}
	for _, s := range []mail.Server{{}, {URL: "smtp://x", From: "a@b.vn"}, {URL: "smtps://[::1]:465", From: "Ủy ban <a@b.vn>"}} {
		if err := s.Check(); err != nil {
			t.Errorf("%+v: %v", s, err)
		}
	}
}
