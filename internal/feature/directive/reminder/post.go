package reminder

import (
	"context"
	"strconv"
	"strings"

	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/mail"
)

// mostLines bounds the matters of one letter; the others are on the page.
const mostLines = 40

// post queues one letter for each person who wants mail, with all that the
// person is reminded of at once.
func (s *Service) post(ctx context.Context, tx *db.Tx, list []Reminder) error {
	if !s.o.Mail.Enabled() {
		return nil
	}
	boxes, err := mailboxes(tx, "")
	if err != nil || len(boxes) == 0 {
		return err
	}
	of, err := s.o.People.Of(ctx, tx)
	if err != nil {
		return err
	}
	bag := map[string][]*Reminder{}
	for i := range list {
		for _, id := range recipients(&list[i], of) {
			bag[id] = append(bag[id], &list[i])
		}
	}
	for _, box := range boxes {
		mine := bag[box.Account]
		if !box.Wanted || len(mine) == 0 || s.o.Mail.Takes(box.Address) != nil {
			continue // the domains may have been narrowed since
		}
		if err := s.o.Mail.Queue(tx, s.letter(&box, mine, tx)); err != nil {
			return err
		}
	}
	return nil
}

// letter writes what one person is reminded of.
func (s *Service) letter(box *Mailbox, list []*Reminder, tx *db.Tx) mail.Message {
	late, bodies := 0, map[string]bool{}
	for _, r := range list {
		if r.Urging() && r.Event != OnConfirm {
			late++
		}
		bodies[r.Agency] = true
	}
	subject := "Nhắc việc: " + strconv.Itoa(len(list)) + " việc"
	if late > 0 {
		subject = "Đôn đốc: " + strconv.Itoa(late) + " việc quá hạn"
		if rest := len(list) - late; rest > 0 {
			subject += ", " + strconv.Itoa(rest) + " việc khác"
		}
	}
	if len(bodies) == 1 {
		subject += " – " + s.o.Party(list[0].Agency, tx.Today()).Name
	}
	var b strings.Builder
	from := s.o.Party(s.o.Sender, tx.Today())
	last := ""
	for i, r := range list {
		if i == mostLines {
			b.WriteString("\n… và " + strconv.Itoa(len(list)-mostLines) + " việc khác.\n")
			break
		}
		if r.Agency != last {
			to := s.o.Party(r.Agency, tx.Today())
			if i > 0 {
				b.WriteString("\n")
			}
			b.WriteString(s.opening(from, to, r.Event))
			last = r.Agency
		}
		b.WriteString("\n" + strconv.Itoa(i+1) + ". " + r.Line() + "\n")
		if s.o.Site != "" && r.Path != "" {
			b.WriteString("   " + strings.TrimSuffix(s.o.Site, "/") + r.Path + "\n")
		}
	}
	b.WriteString("\nThư do Giữ Chuẩn gửi tự động, không trả lời thư này. Tắt thư tại trang Tài khoản, mục Nhắc việc.\n")
	return mail.Message{Account: box.Account, To: box.Address, Subject: subject, Text: b.String()}
}

// opening addresses a body; what waits for the sender's own confirmation is told
// by its unit's name alone.
func (s *Service) opening(from, to Party, e Event) string {
	if e == OnConfirm || from.ID == to.ID {
		return to.Name + ":\n"
	}
	return from.Name + " " + s.o.Rules.Between(from, to).Verb + " " + to.Name + " thực hiện, báo cáo kết quả các việc sau:\n"
}
