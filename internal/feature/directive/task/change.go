package task

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

var (
	msgNoObject  = fault.Msg{Key: "task.no_object", Text: "hãy chọn xã hoặc ghi tên đối tượng"}
	msgTwice     = fault.Msg{Key: "task.object_twice", Text: "{name} đã có trong danh sách"}
	msgOutside   = fault.Msg{Key: "task.object_outside", Text: "{name} không thuộc địa bàn của {agency}"}
	msgNoPlace   = fault.Msg{Key: "task.no_place", Text: "không có xã mang mã định danh {id} hôm nay"}
	msgNoChecker = fault.Msg{Key: "task.no_checker", Text: "không có cơ quan mang mã {id}; hãy chọn trong danh sách"}
)

// Objects adds an object to a task or strikes one out: the unit's own list, with
// the reason of each change.
func (s *Service) Objects(_ context.Context, tx *db.Tx, who authz.Subject, cmd *Objects) error {
	t, err := s.open(tx, cmd.Task, cmd.Seen, func(t *Task) error {
		if s.sees(who, t, tx.Today()) && s.Directs(who, tx.Today()) {
			return nil
		}
		return s.mayRecord(tx, who, t, Progress)
	})
	if err != nil {
		return err
	}
	cmd.Text, cmd.Reason = strings.TrimSpace(cmd.Text), strings.TrimSpace(cmd.Reason)
	switch {
	case complete(t) || pending(t):
		return fault.New(fault.Conflict, msgPending)
	case cmd.Reason == "":
		return fault.New(fault.Invalid, msgReason).At("ly-do")
	case utf8.RuneCountInString(cmd.Reason) > longText:
		return fault.New(fault.TooLarge, msgTooLong, "most", itoa(longText)).At("ly-do")
	case utf8.RuneCountInString(cmd.Text) > shortText:
		return fault.New(fault.TooLarge, msgTooLong, "most", itoa(shortText)).At("ten-doi-tuong")
	}
	p, what, err := s.object(tx, t, cmd)
	if err != nil {
		return err
	}
	if err := insertPart(tx, t.ID, &p); err != nil {
		return err
	}
	a := act(tx, Amended, what+" "+p.Text+": "+cmd.Reason)
	a.Unit, a.Part = t.Agency, p.Key
	return insertAct(tx, t.Document, t.ID, 0, a)
}

// object is the part that the command adds, strikes out or takes in again.
func (s *Service) object(tx *db.Tx, t *Task, cmd *Objects) (p Part, what string, err error) {
	if cmd.Strike != "" {
		i := slices.IndexFunc(t.Parts, func(p Part) bool { return p.Key == cmd.Strike && !p.Struck })
		if i < 0 {
			return p, "", fault.New(fault.Invalid, msgPart).At("doi-tuong")
		}
		p = t.Parts[i]
		p.Struck, p.Reason = true, cmd.Reason
		return p, "Bớt", nil
	}
	p = Part{Place: cmd.Place, Text: cmd.Text, Reason: cmd.Reason, Done: day.None}
	if cmd.Place != "" {
		u, ok := s.o.Places.Unit(cmd.Place, tx.Today())
		if !ok {
			return p, "", fault.New(fault.Invalid, msgNoPlace, "id", fault.Clip(cmd.Place)).At("xa")
		}
		p.Text, p.Key = u.FullName, u.ID
		if a, ok := s.o.Agencies.Agency(t.Agency, tx.Today()); ok && a.PlaceID != "" && !s.o.Places.At(tx.Today()).Within(u.ID, a.PlaceID) {
			return p, "", fault.New(fault.Invalid, msgOutside, "name", u.FullName, "agency", a.Short).At("xa")
		}
	}
	if p.Text == "" {
		return p, "", fault.New(fault.Invalid, msgNoObject).At("xa")
	}
	for n := len(t.Parts) + 1; p.Key == ""; n++ {
		if !slices.ContainsFunc(t.Parts, func(x Part) bool { return x.Key == itoa(n) }) {
			p.Key = itoa(n)
		}
	}
	if slices.ContainsFunc(t.Parts, func(x Part) bool { return !x.Struck && (x.Key == p.Key || x.Text == p.Text) }) {
		return p, "", fault.New(fault.Conflict, msgTwice, "name", p.Text).At("xa")
	}
	return p, "Thêm", nil
}

// Clarify fills in the product and the checker of a task, and whether it is
// followed one by one.
func (s *Service) Clarify(_ context.Context, tx *db.Tx, who authz.Subject, cmd *Clarify) error {
	t, err := s.open(tx, cmd.Task, cmd.Seen, func(t *Task) error { return s.mayRecord(tx, who, t, Retracted) })
	if err != nil {
		return err
	}
	cmd.Product = strings.TrimSpace(cmd.Product)
	if utf8.RuneCountInString(cmd.Product) > shortText {
		return fault.New(fault.TooLarge, msgTooLong, "most", itoa(shortText)).At("san-pham")
	}
	if cmd.Checker != "" {
		if _, ok := s.o.Agencies.Latest(cmd.Checker); !ok {
			return fault.New(fault.Invalid, msgNoChecker, "id", fault.Clip(cmd.Checker)).At("nguoi-kiem-tra")
		}
	}
	if t.Product == cmd.Product && t.Checker == cmd.Checker && t.Separate == cmd.Separate {
		return nil
	}
	var said []string
	if t.Separate != cmd.Separate {
		said = append(said, map[bool]string{true: "theo dõi riêng", false: "trả lời trong báo cáo kỳ"}[cmd.Separate])
	}
	if t.Product != cmd.Product {
		said = append(said, "sản phẩm: "+cmd.Product)
	}
	if t.Checker != cmd.Checker {
		said = append(said, "kiểm tra: "+s.Short(cmd.Checker, tx.Today()))
	}
	t.Product, t.Checker, t.Separate = cmd.Product, cmd.Checker, cmd.Separate
	if err := insertTask(tx, t); err != nil {
		return err
	}
	return insertAct(tx, t.Document, t.ID, 0, act(tx, Followed, strings.Join(said, "; ")))
}
