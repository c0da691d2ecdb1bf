package directive

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// Edit names a duty that is to be changed.
type Edit struct {
	Document string
	Duty     string
	Seen     int64  // entry of the row the person saw; 0 = whatever stands
	Reason   string // asked for once the document is active
}

// command is the journal's entry of an edit.
func (c *Edit) command(actor, name string) (db.Command, error) {
	return command(actor, name, c.Document, struct {
		Document string `json:"document"`
		Task     string `json:"task,omitempty"`
		Reason   string `json:"reason,omitempty"`
	}{c.Document, c.Duty, c.Reason})
}

// Correct is the command that changes what a duty says.
type Correct struct {
	Edit
	Now Duty // its text, addressees, objects, time, product, checker, steps and mark count
}

// Command is the journal's entry for the command.
func (c *Correct) Command(actor string) (db.Command, error) {
	return c.command(actor, "directive.correct")
}

// Add is the command that enters a duty by hand.
type Add struct {
	Edit         // without a duty
	Group string // the item it stands under: "1.2"
	After string // id of the duty it follows, "" = at the end
	Now   Duty
}

// Command is the journal's entry for the command.
func (c *Add) Command(actor string) (db.Command, error) { return c.command(actor, "directive.add") }

// Strike is the command that strikes a duty out, or puts it back.
type Strike struct {
	Edit
	Restore bool
}

// Command is the journal's entry for the command.
func (c *Strike) Command(actor string) (db.Command, error) {
	if c.Restore {
		return c.command(actor, "directive.restore")
	}
	return c.command(actor, "directive.strike")
}

// Choose is the command that says who leads a duty for which the document names
// several bodies and no lead (clause S4).
type Choose struct {
	Edit
	Lead string // the addressee's words; "" = all of them lead
}

// Command is the journal's entry for the command.
func (c *Choose) Command(actor string) (db.Command, error) { return c.command(actor, "directive.lead") }

var (
	msgDutyText  = fault.Msg{Key: "directive.duty_text", Text: "hãy ghi nội dung nhiệm vụ"}
	msgKind      = fault.Msg{Key: "directive.deadline_kind", Text: "hãy chọn loại thời hạn"}
	msgNoDay     = fault.Msg{Key: "directive.no_day", Text: "loại thời hạn này cần ngày; hãy ghi ngày dạng 30/09/2024 hoặc chọn loại khác"}
	msgGroup     = fault.Msg{Key: "directive.group", Text: "hãy ghi mục của văn bản mà nhiệm vụ thuộc về, như 1.2"}
	msgRole      = fault.Msg{Key: "directive.role", Text: "không có vai trò “{text}”; chọn chủ trì hoặc phối hợp"}
	msgNotLeader = fault.Msg{Key: "directive.not_addressee", Text: "“{text}” không phải đơn vị được giao nhiệm vụ này"}
	msgStruck    = fault.Msg{Key: "directive.struck", Text: "nhiệm vụ {ref} đã bị bỏ; hãy khôi phục trước"}
)

// DeadlineKinds lists the kinds of deadlines in the order of a menu.
func DeadlineKinds() []DeadlineKind {
	return []DeadlineKind{NoDeadline, OnDate, InPeriod, Relative, Inherited, Recurring, ByReference, Urgent, Continuous}
}

// Vietnamese is the kind as screens say it.
func (k DeadlineKind) Vietnamese() string {
	switch k {
	case OnDate:
		return "đến ngày"
	case InPeriod:
		return "trong kỳ (tháng, quý, năm)"
	case Relative:
		return "tính từ một mốc"
	case Inherited:
		return "theo thời hạn của mục cha"
	case Recurring:
		return "định kỳ"
	case ByReference:
		return "theo quy định hoặc văn bản khác"
	case Urgent:
		return "khẩn trương, kịp thời (không nêu ngày)"
	case Continuous:
		return "thường xuyên"
	case NoDeadline:
		return "không nêu thời hạn"
	}
	return ""
}

// Vietnamese is the role as screens say it.
func (r Role) Vietnamese() string {
	switch r {
	case Lead:
		return "chủ trì"
	case Support:
		return "phối hợp"
	}
	return "chưa chọn"
}

// checkDuty mends what can be mended of a duty and refuses the rest.
func checkDuty(d *Duty) error {
	var faults []*fault.Error
	d.Text, d.Phrase, d.Product, d.DueTime, d.Recurrence = tidy(d.Text), tidy(d.Phrase), tidy(d.Product), tidy(d.DueTime), tidy(d.Recurrence)
	if d.Text == "" {
		faults = append(faults, fault.New(fault.Invalid, msgDutyText).At("noi-dung-nv"))
	}
	if d.Kind == "" || d.Kind == NoDeadline && d.Due != day.None {
		d.Kind = NoDeadline
		if d.Due != day.None {
			d.Kind = OnDate
		}
	}
	switch {
	case !slices.Contains(DeadlineKinds(), d.Kind):
		faults = append(faults, fault.New(fault.Invalid, msgKind).At("loai-han"))
	case (d.Kind == OnDate || d.Kind == InPeriod) && d.Due == day.None:
		faults = append(faults, fault.New(fault.Invalid, msgNoDay).At("han"))
	}
	for _, a := range d.Addressees {
		if a.Role != Lead && a.Role != Support && a.Role != Undecided {
			faults = append(faults, fault.New(fault.Invalid, msgRole, "text", fault.Clip(string(a.Role))).At("vai-tro"))
		}
	}
	faults = append(faults, tooLong("noi-dung-nv", d.Text, maxDuty), tooLong("cum-tu-han", d.Phrase, 400), tooLong("san-pham", d.Product, 400),
		tooLong("gio-han", d.DueTime, 20), tooLong("chu-ky", d.Recurrence, 100))
	return fault.Join(faults...)
}

func tooLong(field, text string, limit int) *fault.Error {
	if utf8.RuneCountInString(text) <= limit {
		return nil
	}
	return fault.New(fault.TooLarge, msgTooLong, "limit", strconv.Itoa(limit)).At(field)
}

// open gives a document whose duties may be changed, and the duty named, for a
// person who may change them.
func (s *Service) open(tx *db.Tx, who authz.Subject, c *Edit) (Document, []Duty, int, error) {
	d, err := s.find(tx, who, c.Document)
	if err != nil {
		return d, nil, -1, err
	}
	c.Reason = tidy(c.Reason)
	switch {
	case d.State != Proposed && d.State != Active:
		return d, nil, -1, notNow(&d)
	case d.State == Active && c.Reason == "":
		return d, nil, -1, fault.New(fault.Invalid, msgReason).At("ly-do")
	}
	if f := tooLong("ly-do", c.Reason, 400); f != nil {
		return d, nil, -1, f
	}
	duties, err := dutyRows(tx, d.ID)
	if err != nil || c.Duty == "" {
		return d, duties, -1, err
	}
	at := slices.IndexFunc(duties, func(x Duty) bool { return x.ID == c.Duty })
	switch {
	case at < 0:
		return d, nil, -1, fault.New(fault.NotFound, msgNoDuty)
	case c.Seen != 0 && duties[at].Entry != c.Seen:
		return d, nil, -1, fault.New(fault.Conflict, msgMoved)
	}
	return d, duties, at, nil
}

// Correct changes what a duty says; where it stands in the document stays.
func (s *Service) Correct(ctx context.Context, tx *db.Tx, who authz.Subject, cmd Correct) error {
	d, duties, at, err := s.open(tx, who, &cmd.Edit)
	if err != nil {
		return err
	}
	was, now := duties[at], cmd.Now
	if was.Removed {
		return fault.New(fault.Conflict, msgStruck, "ref", was.Ref)
	}
	if err := checkDuty(&now); err != nil {
		return err
	}
	now.ID, now.Document, now.Ref, now.Group, now.Seq = was.ID, was.Document, was.Ref, was.Group, was.Seq
	now.Start, now.End, now.Removed, now.Confidence, now.Note = was.Start, was.End, false, 100, cmd.Reason
	now.Remarks = nil
	if d.State == Active {
		if err := settled(&now); err != nil {
			return err
		}
	}
	return s.write(ctx, tx, &d, []Duty{now})
}

// settled refuses a duty of an active document that lacks what confirmation asks
// for: what it says of unknown addressees was accepted by writing it.
func settled(x *Duty) error {
	var faults []*fault.Error
	for _, l := range Missing([]Duty{*x}, nil) {
		if l.What != LackList {
			faults = append(faults, fault.New(fault.Invalid, l.What.msg(), "ref", x.Ref, "text", l.Text).At("vai-tro"))
		}
	}
	return fault.Join(faults...)
}

// Add enters a duty by hand and gives its id.
func (s *Service) Add(ctx context.Context, tx *db.Tx, who authz.Subject, cmd Add) (string, error) {
	cmd.Duty = ""
	d, duties, _, err := s.open(tx, who, &cmd.Edit)
	if err != nil {
		return "", err
	}
	now, group := cmd.Now, strings.TrimSpace(cmd.Group)
	if err := checkDuty(&now); err != nil {
		return "", err
	}
	if group == "" || utf8.RuneCountInString(group) > 20 {
		return "", fault.New(fault.Invalid, msgGroup).At("muc")
	}
	now.ID, now.Document, now.Group, now.Ref = tx.NewID(), d.ID, group, nextRef(duties, group)
	now.Start, now.End, now.Removed, now.Confidence, now.Note = 0, 0, false, 100, cmd.Reason
	now.Seq = placeAfter(duties, cmd.After)
	if d.State == Active {
		if err := settled(&now); err != nil {
			return "", err
		}
	}
	return now.ID, s.write(ctx, tx, &d, []Duty{now})
}

// placeAfter is a place between a duty and the next one.
func placeAfter(duties []Duty, after string) int {
	at := slices.IndexFunc(duties, func(x Duty) bool { return x.ID == after })
	switch {
	case len(duties) == 0:
		return seqStep
	case at < 0 || at == len(duties)-1:
		return duties[len(duties)-1].Seq + seqStep
	}
	return (duties[at].Seq + duties[at+1].Seq) / 2
}

// nextRef is the first mark that no duty of a group bears yet: "1.2", then
// "1.2b".
func nextRef(duties []Duty, group string) string {
	taken := map[string]bool{}
	for i := range duties {
		taken[duties[i].Ref] = true
		if duties[i].Group == group && duties[i].Ref == group {
			taken[group+"a"] = true
		}
		if duties[i].Group == group {
			taken[group] = true
		}
	}
	ref := group
	for i := 0; taken[ref]; i++ {
		ref = group + letters(i)
	}
	return ref
}

// letters is a, b, …, z, aa, ab …
func letters(i int) string {
	if i < 26 {
		return string(rune('a' + i))
	}
	return letters(i/26-1) + letters(i%26)
}

// Strike strikes a duty out, or puts it back; its row stays.
func (s *Service) Strike(ctx context.Context, tx *db.Tx, who authz.Subject, cmd Strike) error {
	d, duties, at, err := s.open(tx, who, &cmd.Edit)
	if err != nil {
		return err
	}
	x := duties[at]
	if x.Removed == !cmd.Restore {
		return nil
	}
	x.Removed, x.Note = !cmd.Restore, cmd.Reason
	return s.write(ctx, tx, &d, []Duty{x})
}

// Choose says who leads.
func (s *Service) Choose(ctx context.Context, tx *db.Tx, who authz.Subject, cmd Choose) error {
	d, duties, at, err := s.open(tx, who, &cmd.Edit)
	if err != nil {
		return err
	}
	x := duties[at]
	x.Addressees = slices.Clone(x.Addressees)
	if cmd.Lead != "" && !slices.ContainsFunc(x.Addressees, func(a Addressee) bool { return a.Text == cmd.Lead }) {
		return fault.New(fault.Invalid, msgNotLeader, "text", fault.Clip(cmd.Lead)).At("chu-tri")
	}
	for i := range x.Addressees {
		a := &x.Addressees[i]
		switch {
		case cmd.Lead == "" || a.Text == cmd.Lead:
			a.Role = Lead
		case a.Role == Undecided || a.Role == Lead:
			a.Role = Support
		}
	}
	x.Note = cmd.Reason
	return s.write(ctx, tx, &d, []Duty{x})
}
