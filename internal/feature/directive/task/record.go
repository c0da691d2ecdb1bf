package task

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// Limits of what is typed, in characters.
const (
	longText  = 2000
	shortText = 300
	mostProof = 20
)

var (
	msgTooLong    = fault.Msg{Key: "task.too_long", Text: "nội dung dài quá {most} chữ; hãy viết gọn lại"}
	msgKind       = fault.Msg{Key: "task.kind", Text: "không có việc này trên nhiệm vụ; hãy mở lại trang nhiệm vụ và chọn lại"}
	msgRetired    = fault.Msg{Key: "task.retired", Text: "nhiệm vụ này đã rút, không ghi thêm được"}
	msgShared     = fault.Msg{Key: "task.shared", Text: "nhiệm vụ này đã bàn giao cho nhiều đơn vị; hãy ghi ở nhiệm vụ của từng đơn vị nhận"}
	msgComplete   = fault.Msg{Key: "task.complete", Text: "nhiệm vụ này đã được xác nhận hoàn thành"}
	msgWho        = fault.Msg{Key: "task.who", Text: "hãy ghi phòng, ban hoặc người được phân công"}
	msgReason     = fault.Msg{Key: "task.reason", Text: "hãy ghi lý do"}
	msgSay        = fault.Msg{Key: "task.say", Text: "hãy ghi nội dung"}
	msgFuture     = fault.Msg{Key: "task.future", Text: "ngày {day} chưa tới; ghi ngày đã thực hiện, không sau hôm nay {today}"}
	msgWhichDay   = fault.Msg{Key: "task.which_day", Text: "hãy ghi ngày thực hiện, ví dụ 27/9/2024"}
	msgPart       = fault.Msg{Key: "task.part", Text: "không có đối tượng hoặc bước này trong nhiệm vụ; hãy mở lại trang nhiệm vụ và chọn lại"}
	msgOpenParts  = fault.Msg{Key: "task.open_parts", Text: "chưa báo cáo hoàn thành được: còn {count} đối tượng chưa xong ({list}); cập nhật tiến độ của từng đối tượng trước"}
	msgStub       = fault.Msg{Key: "task.stub", Text: "nhiệm vụ phụ thuộc văn bản {number} chưa có toàn văn trong hệ thống nên chưa báo cáo hoàn thành được; đề nghị Văn phòng UBND tỉnh nhập văn bản đó"}
	msgRolled     = fault.Msg{Key: "task.rolled", Text: "nhiệm vụ này hoàn thành khi mọi nhiệm vụ của văn bản {number} giao đơn vị hoàn thành; hãy báo cáo ở từng nhiệm vụ đó"}
	msgContinuous = fault.Msg{Key: "task.continuous", Text: "nhiệm vụ thường xuyên được trả lời trong báo cáo kỳ của đơn vị; cần báo cáo riêng thì đề nghị Văn phòng UBND tỉnh đánh dấu theo dõi riêng"}
	msgPending    = fault.Msg{Key: "task.pending", Text: "nhiệm vụ đã được báo cáo hoàn thành, đang chờ Văn phòng UBND tỉnh xác nhận"}
	msgNotPending = fault.Msg{Key: "task.not_pending", Text: "đơn vị chưa báo cáo hoàn thành nhiệm vụ {ref} nên không có gì để xác nhận hoặc trả lại"}
	msgNoDue      = fault.Msg{Key: "task.no_due", Text: "nhiệm vụ không có thời hạn nên không xin gia hạn"}
	msgLater      = fault.Msg{Key: "task.later", Text: "thời hạn mới phải sau thời hạn đang có, {due}"}
	msgNotAsked   = fault.Msg{Key: "task.not_asked", Text: "đơn vị chưa xin gia hạn nhiệm vụ này"}
	msgProof      = fault.Msg{Key: "task.proof", Text: "minh chứng số {n} chưa đủ: chọn loại, rồi ghi số, ký hiệu văn bản hoặc địa chỉ trang trong hệ thống (bắt đầu bằng /)"}
	msgMuchProof  = fault.Msg{Key: "task.much_proof", Text: "tối đa {most} minh chứng trong một lần báo cáo"}
)

// officeActs are the acts of who gives tasks; all others are the unit's.
func officeActs() []ActKind {
	return []ActKind{Confirmed, Returned, Granted, Refused, Urged, Retracted}
}

// Record does one act to one task: the unit's own, or one of the office that
// gives tasks. An act on a task that changed since the person looked at it is
// refused with what changed.
func (s *Service) Record(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *Record) error {
	t, err := s.open(tx, cmd.Task, cmd.Seen, func(t *Task) error { return s.mayRecord(tx, who, t, cmd.Act.Kind) })
	if err != nil {
		return err
	}
	return s.record(ctx, tx, t, &cmd.Act, 0)
}

// open finds a task that a person may change and that may still be changed.
func (s *Service) open(tx *db.Tx, id string, seen int64, may func(*Task) error) (*Task, error) {
	document, err := readDocumentOf(tx, id)
	if err != nil {
		return nil, err
	}
	if document == "" {
		return nil, fault.New(fault.NotFound, msgNoTask)
	}
	list, _, err := readAll(tx, document)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(t *Task) bool { return t.ID == id })
	if i < 0 {
		return nil, fault.New(fault.NotFound, msgNoTask)
	}
	t := list[i]
	if err := may(t); err != nil {
		return nil, err
	}
	switch {
	case t.Entry != seen:
		return nil, fault.New(fault.Conflict, msgChanged, "ref", t.Ref, "agency", s.Short(t.Agency, tx.Today()), "what", since(t, seen))
	case t.Last(Retracted) != nil:
		return nil, fault.New(fault.Conflict, msgRetired)
	case slices.ContainsFunc(list, func(x *Task) bool { return x.Parent == t.ID }):
		return nil, fault.New(fault.Conflict, msgShared)
	}
	return t, nil
}

// mayRecord refuses an act that is not the person's to do. A person who may not
// even see the task learns nothing of it.
func (s *Service) mayRecord(tx *db.Tx, who authz.Subject, t *Task, kind ActKind) error {
	on := tx.Today()
	if !s.sees(who, t, on) {
		return fault.New(fault.NotFound, msgNoTask)
	}
	office, unit := s.Directs(who, on), s.Carries(who, t.Agency, on)
	switch {
	case kind == Noted && (office || unit):
		return nil
	case slices.Contains(officeActs(), kind):
		if !office {
			return fault.New(fault.Forbidden, msgNotOffice)
		}
	case !unit:
		return fault.New(fault.Forbidden, msgNotYours)
	}
	return nil
}

// record checks an act against the task and writes it; seq tells apart the acts
// of one command on one task.
func (s *Service) record(ctx context.Context, tx *db.Tx, t *Task, a *Act, seq int) error {
	a.Text, a.To = strings.TrimSpace(a.Text), strings.TrimSpace(a.To)
	a.Unit = t.Agency
	switch {
	case utf8.RuneCountInString(a.Text) > longText:
		return fault.New(fault.TooLarge, msgTooLong, "most", itoa(longText)).At("noi-dung")
	case utf8.RuneCountInString(a.To) > shortText:
		return fault.New(fault.TooLarge, msgTooLong, "most", itoa(shortText)).At("nguoi")
	}
	var err error
	switch a.Kind {
	case Assigned:
		err = s.checkAssigned(tx, a)
	case Progress:
		err = s.checkProgress(tx, t, a)
	case Reported:
		err = s.checkReported(ctx, tx, t, a)
	case Confirmed, Returned:
		err = s.checkDecided(tx, t, a)
	case Asked, Granted, Refused:
		err = s.checkExtension(tx, t, a)
	case Retracted, Urged, Noted:
		a.On, a.Due = tx.Today(), day.None
		if a.Text == "" {
			err = fault.New(fault.Invalid, msgSay).At("noi-dung")
		}
	default:
		err = fault.New(fault.Invalid, msgKind)
	}
	if err != nil {
		return err
	}
	if a.Kind == Granted {
		t.Due = a.Due
		if err := insertTask(tx, t); err != nil {
			return err
		}
	}
	t.Acts = append(t.Acts, *a)
	return insertAct(tx, t.Document, t.ID, seq, a)
}

func (s *Service) checkAssigned(tx *db.Tx, a *Act) error {
	a.On, a.Due = tx.Today(), day.None
	if a.To == "" {
		return fault.New(fault.Invalid, msgWho).At("nguoi")
	}
	return nil
}

// past refuses a day that has not come; field is where it was typed.
func past(tx *db.Tx, on day.Day, field string) error {
	switch {
	case on == day.None || on == day.Forever || on < day.Of(2000, time.January, 1):
		return fault.New(fault.Invalid, msgWhichDay).At(field)
	case on > tx.Today():
		return fault.New(fault.Invalid, msgFuture, "day", on.Vietnamese(), "today", tx.Today().Vietnamese()).At(field)
	}
	return nil
}

// checkProgress takes the day a step was reached; without a day the step is
// taken back, with the reason. Progress of the task as a whole is a text.
func (s *Service) checkProgress(tx *db.Tx, t *Task, a *Act) error {
	a.Due = day.None
	if a.Part == "" && a.Step == "" {
		a.On = tx.Today()
		if a.Text == "" {
			return fault.New(fault.Invalid, msgSay).At("noi-dung")
		}
		return nil
	}
	known := slices.ContainsFunc(t.Parts, func(p Part) bool { return p.Key == a.Part && !p.Struck })
	step := slices.ContainsFunc(t.StepsOf(), func(x directive.Step) bool { return x.Key == a.Step })
	switch {
	case !known || !step:
		return fault.New(fault.Invalid, msgPart).At("doi-tuong")
	case complete(t):
		return fault.New(fault.Conflict, msgComplete)
	case a.On == day.None && a.Text == "":
		return fault.New(fault.Invalid, msgReason).At("noi-dung")
	case a.On == day.None:
		return nil
	}
	return past(tx, a.On, "ngay")
}

// complete tells whether the last report of a task was confirmed.
func complete(t *Task) bool {
	a := t.Last(Reported, Returned, Confirmed)
	return a != nil && a.Kind == Confirmed
}

// pending tells whether the last report of a task is not answered.
func pending(t *Task) bool {
	a := t.Last(Reported, Returned, Confirmed)
	return a != nil && a.Kind == Reported
}

func (s *Service) checkReported(ctx context.Context, tx *db.Tx, t *Task, a *Act) error {
	a.Due = day.None
	switch {
	case complete(t):
		return fault.New(fault.Conflict, msgComplete)
	case pending(t):
		return fault.New(fault.Conflict, msgPending)
	case t.Continuous() && !t.Separate:
		return fault.New(fault.Conflict, msgContinuous)
	}
	if err := s.checkUpstream(tx, t); err != nil {
		return err
	}
	if open := t.Open(); len(open) > 0 {
		names := make([]string, len(open))
		for i, p := range open {
			names[i] = p.Text
		}
		return fault.New(fault.Conflict, msgOpenParts, "count", itoa(len(open)), "list", strings.Join(names, ", "))
	}
	if err := past(tx, a.On, "ngay"); err != nil {
		return err
	}
	if a.Text == "" && len(a.Proof) == 0 {
		return fault.New(fault.Invalid, msgSay).At("noi-dung")
	}
	return s.checkProof(ctx, tx, a.Proof)
}

// checkUpstream refuses the report of a task that is rolled up from another
// document.
func (s *Service) checkUpstream(tx *db.Tx, t *Task) error {
	if len(t.Upstream) == 0 {
		return nil
	}
	b, err := s.whole(tx)
	if err != nil {
		return err
	}
	e := b.Find(t.ID)
	switch {
	case e.Stub:
		return fault.New(fault.Conflict, msgStub, "number", numbers(t))
	case e.Of > 0:
		return fault.New(fault.Conflict, msgRolled, "number", numbers(t))
	}
	return nil
}

func numbers(t *Task) string {
	list := make([]string, len(t.Upstream))
	for i, u := range t.Upstream {
		list[i] = u.Number
	}
	return strings.Join(list, ", ")
}

func (s *Service) checkProof(ctx context.Context, tx *db.Tx, list []Proof) error {
	if len(list) > mostProof {
		return fault.New(fault.TooLarge, msgMuchProof, "most", itoa(mostProof)).At("minh-chung")
	}
	for i := range list {
		p := &list[i]
		p.Ref, p.Text = strings.TrimSpace(p.Ref), strings.TrimSpace(p.Text)
		if proofName(p.Kind) == "" || p.Ref == "" && p.Text == "" || strings.HasPrefix(p.Ref, "//") ||
			utf8.RuneCountInString(p.Ref) > shortText || utf8.RuneCountInString(p.Text) > shortText || strings.ContainsAny(p.Ref, "\\\r\n\t") {
			return fault.New(fault.Invalid, msgProof, "n", itoa(i+1)).At("minh-chung")
		}
		if s.o.Known != nil {
			if err := s.o.Known(ctx, tx, *p); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkDecided lets a pending report be confirmed, and a pending or confirmed
// one be returned with a reason.
func (s *Service) checkDecided(tx *db.Tx, t *Task, a *Act) error {
	a.On, a.Due = tx.Today(), day.None
	switch {
	case a.Kind == Confirmed && !pending(t), a.Kind == Returned && !pending(t) && !complete(t):
		return fault.New(fault.Conflict, msgNotPending, "ref", t.Ref)
	case a.Kind == Returned && a.Text == "":
		return fault.New(fault.Invalid, msgReason).At("noi-dung")
	}
	return nil
}

func (s *Service) checkExtension(tx *db.Tx, t *Task, a *Act) error {
	a.On = tx.Today()
	asked := t.Last(Asked, Granted, Refused)
	switch {
	case complete(t):
		return fault.New(fault.Conflict, msgComplete)
	case t.Due == day.None || t.Continuous():
		return fault.New(fault.Conflict, msgNoDue)
	case a.Kind == Refused && (asked == nil || asked.Kind != Asked):
		return fault.New(fault.Conflict, msgNotAsked)
	case a.Text == "":
		return fault.New(fault.Invalid, msgReason).At("noi-dung")
	case a.Kind == Refused:
		a.Due = day.None
		return nil
	case a.Due == day.None || a.Due == day.Forever || a.Due <= t.Due || a.Due > t.Due+3660:
		return fault.New(fault.Invalid, msgLater, "due", t.Due.Vietnamese()).At("han-moi")
	}
	return nil
}

// Decide confirms or returns several reports at once: all of them or none.
func (s *Service) Decide(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *Decide) error {
	kind := Returned
	if cmd.Confirm {
		kind = Confirmed
	}
	ids := make([]string, 0, len(cmd.Seen))
	for id := range cmd.Seen {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		one := Record{Task: id, Seen: cmd.Seen[id], Act: Act{Kind: kind, Text: cmd.Text}}
		if err := s.Record(ctx, tx, who, &one); err != nil {
			return err
		}
	}
	return nil
}
