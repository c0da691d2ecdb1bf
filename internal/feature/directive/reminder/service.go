package reminder

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/mail"
)

// Source gives everything that is open on the day of the transaction.
type Source interface {
	Matters(ctx context.Context, tx *db.Tx) ([]Matter, error)
}

// People gives the accounts of the people who are told: those who work for a
// body, its leader, Văn phòng UBND tỉnh, lãnh đạo tỉnh.
type People interface {
	Of(ctx context.Context, tx *db.Tx) (func(agency string, to Audience) []string, error)
}

// Options are what the service needs; Mail may be the zero value.
type Options struct {
	DB       *db.DB
	Rules    *Rules
	Calendar *day.Calendar
	Source   Source
	People   People
	Party    func(agency string, on day.Day) Party // a body as it is called on a day
	Sender   string                                // agency in whose name reminders go out
	Mail     mail.Server
	Site     string // "https://giuchuan.tinh.gov.vn", for links in mail
}

// Service gives reminders.
type Service struct{ o Options }

// New makes the service.
func New(o Options) *Service { return &Service{o} }

// Rules are the steps and relations in force.
func (s *Service) Rules() *Rules { return s.o.Rules }

// Actor is in whose name the journal has reminders.
const Actor = "giuchuan"

// Tick gives every reminder that has come and was not given, and tells how many.
// It may be called as often as one likes and on several nodes: each step of a
// matter is given once. The error names what could not be counted; the others
// are given all the same.
func (s *Service) Tick(ctx context.Context) (int, error) {
	var fresh []Reminder
	var uncounted error
	err := s.o.DB.Read(ctx, func(tx *db.Tx) (err error) {
		fresh, uncounted, err = s.fresh(ctx, tx)
		return err
	})
	if err != nil || len(fresh) == 0 {
		return 0, first(err, uncounted)
	}
	body, err := json.Marshal(map[string]int{"reminders": len(fresh)})
	if err != nil {
		return 0, fmt.Errorf("reminder: body of the command: %w", err)
	}
	n := 0
	err = s.o.DB.Write(ctx, db.Command{Actor: Actor, Name: "reminder.give", Body: body}, func(tx *db.Tx) error {
		list, _, err := s.fresh(ctx, tx) // as of this turn: another node may have given some
		if err != nil {
			return err
		}
		n = len(list)
		for i := range list {
			if err := insertReminder(tx, &list[i], tx.Today()); err != nil {
				return err
			}
		}
		return s.post(ctx, tx, list)
	})
	if err != nil {
		return 0, err
	}
	return n, uncounted
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// fresh lists what has come and was not given. A matter to which a stronger step
// was given already is left alone, whatever the rules have become since.
func (s *Service) fresh(ctx context.Context, tx *db.Tx) (list []Reminder, uncounted, err error) {
	matters, err := s.o.Source.Matters(ctx, tx)
	if err != nil {
		return nil, nil, err
	}
	before, err := given(tx, "")
	if err != nil {
		return nil, nil, err
	}
	offsets := map[string]Workdays{}
	for _, st := range s.o.Rules.Steps {
		offsets[st.ID] = st.Offset
	}
	type key struct {
		event  Event
		matter string
		on     day.Day
	}
	reached := map[key]Workdays{}
	for _, g := range before {
		k := key{g.Event, g.Matter, g.On}
		offset, known := offsets[g.Step]
		if !known {
			offset = -mostOffset - 1 // of rules that held before
		}
		if old, ok := reached[k]; !ok || offset > old {
			reached[k] = offset
		}
	}
	due, uncounted := Due(s.o.Rules, matters, s.o.Calendar, tx.Today())
	for _, r := range due {
		if offset, ok := reached[key{r.Event, r.ID, r.On}]; !ok || r.Step.Offset > offset {
			list = append(list, r)
		}
	}
	return list, uncounted, nil
}

// Given lists the reminders that were given of a matter, the latest first.
func (s *Service) Given(tx *db.Tx, matter string) ([]Given, error) { return given(tx, matter) }

// Mailbox is where a person wants reminders; the zero value when nothing was
// said.
func (s *Service) Mailbox(tx *db.Tx, account string) (Mailbox, error) {
	list, err := mailboxes(tx, account)
	if err != nil || len(list) == 0 {
		return Mailbox{Account: account}, err
	}
	return list[0], nil
}

// Mails tells whether the server sends mail at all.
func (s *Service) Mails() bool { return s.o.Mail.Enabled() }

var msgNoMail = fault.Msg{Key: "reminder.no_mail", Text: "máy chủ này chưa được cấu hình để gửi thư điện tử; đề nghị quản trị hệ thống đặt --smtp"}

// SetMailbox keeps where a person wants reminders. An empty address is
// forgotten. To a new address a short text goes out, so a wrong one is noticed.
func (s *Service) SetMailbox(ctx context.Context, account, address string, wanted bool) error {
	if address == "" {
		return s.o.DB.Keep(ctx, func(tx *db.Tx) error { return dropMailbox(tx, account) })
	}
	if !s.o.Mail.Enabled() {
		return fault.New(fault.Unavailable, msgNoMail)
	}
	address, err := mail.Address(address)
	if err != nil {
		return asField(err)
	}
	if err := s.o.Mail.Takes(address); err != nil {
		return asField(err)
	}
	return s.o.DB.Keep(ctx, func(tx *db.Tx) error {
		old, err := s.Mailbox(tx, account)
		if err != nil {
			return err
		}
		box := Mailbox{Account: account, Address: address, Wanted: wanted}
		if err := putMailbox(tx, &box); err != nil || old.Address == address || !wanted {
			return err
		}
		return s.o.Mail.Queue(tx, mail.Message{Account: account, To: address, Subject: "Giữ Chuẩn: nhận nhắc việc qua thư", Text: welcome})
	})
}

const welcome = `Địa chỉ này vừa được đặt để nhận nhắc việc, đôn đốc của Giữ Chuẩn.

Nếu không phải là bạn, hãy báo quản trị hệ thống. Đổi hoặc tắt tại trang Tài khoản, mục Nhắc việc.
`

// asField puts a refusal beside the field of the form.
func asField(err error) error {
	rows := fault.Rows(err)
	if len(rows) == 1 {
		return rows[0].At("thu")
	}
	return err
}

// recipients lists the accounts of a reminder, each once.
func recipients(r *Reminder, of func(agency string, to Audience) []string) (out []string) {
	for _, to := range r.Step.To {
		for _, id := range of(r.Agency, to) {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}
