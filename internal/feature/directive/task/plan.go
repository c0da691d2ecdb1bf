package task

import (
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/authz"
)

// Line says what one row of a file would do.
type Line struct {
	Row    Row
	Entry  *Entry   // nil = no such task
	Does   []string // in words; none = nothing changes
	Reason string   // why it cannot be done, "" = it can
	Remedy string
	acts   []Act
}

// Plan says what the rows of a file would do, and writes nothing.
func (s *Service) Plan(b *Book, who authz.Subject, rows []Row) []Line {
	out := make([]Line, 0, len(rows))
	seen := map[string]bool{}
	for _, r := range rows {
		l := Line{Row: r, Entry: b.Find(r.ID)}
		switch {
		case r.Fault != "":
			l.refuse(r.Fault, "Sửa ô đó trong tệp rồi nhập lại.")
		case l.Entry == nil:
			l.refuse("không có nhiệm vụ mang mã “"+r.ID+"”", "Giữ nguyên cột "+colID+" như tệp đã tải về.")
		case seen[r.ID]:
			l.refuse("mã này đứng ở hai dòng", "Giữ một dòng cho mỗi nhiệm vụ.")
		default:
			l.plan(s, b, who)
		}
		seen[r.ID] = true
		out = append(out, l)
	}
	return out
}

func (l *Line) refuse(reason, remedy string) {
	l.Reason, l.Remedy, l.acts, l.Does = reason, remedy, nil, nil
}

// wanted is what a file may ask of a task.
type wanted int

const (
	asIs wanted = iota
	wantDone
	wantReported
	wantReturned
	wantRetired
	wantComputed // a status that is computed, not given
)

// wants reads the status of a row against the task's own.
func (l *Line) wants() wanted {
	e, text := l.Entry, vntext.Fold(l.Row.Status)
	if text == "" || text == vntext.Fold(e.Status.Vietnamese()) {
		return asIs
	}
	for _, x := range []struct {
		begin string
		means wanted
	}{{"hoan thanh", wantDone}, {"cho xac nhan", wantReported}, {"tra lai", wantReturned}, {"da rut", wantRetired}} {
		if strings.HasPrefix(text, x.begin) {
			if x.means == wantDone && e.Status.Complete() {
				return asIs
			}
			return x.means
		}
	}
	for _, s := range []Status{Overdue, InTime, Undated, Continuing} {
		if text == vntext.Fold(s.Vietnamese()) && !e.Status.Complete() && e.Status != Waiting && e.Status != Retired {
			return asIs // the day has moved on since the file was made
		}
	}
	return wantComputed
}

// plan finds the acts of a row.
func (l *Line) plan(s *Service, b *Book, who authz.Subject) {
	r, e := &l.Row, l.Entry
	what := l.wants()
	extended := r.Due != day.None && r.Due != e.Task.Due
	assigned := r.Who != "" && r.Who != e.AssignedTo()
	if what == asIs && !extended && !assigned {
		return
	}
	office, unit := s.Directs(who, b.Today), s.Carries(who, e.Agency, b.Today)
	switch {
	case r.Seen != e.Task.Entry:
		l.refuse("nhiệm vụ đã thay đổi sau khi tải tệp: "+since(&e.Task, r.Seen), "Tải lại danh sách rồi sửa trên tệp mới.")
	case e.Status == Retired || b.shared[e.ID]:
		l.refuse("nhiệm vụ đã rút hoặc đã bàn giao cho nhiều đơn vị", "Bỏ dòng này khỏi tệp.")
	case what == wantComputed:
		l.refuse("tình trạng “"+r.Status+"” do hệ thống tính, không ghi được", "Chỉ ghi: hoàn thành, chờ xác nhận, trả lại, đã rút; hoặc để nguyên.")
	case !office && !unit:
		l.refuse("nhiệm vụ không phải của đơn vị bạn", "Bỏ dòng này khỏi tệp.")
	case !office && (extended || what == wantReturned || what == wantRetired):
		l.refuse("chỉ Văn phòng UBND tỉnh gia hạn, trả lại hoặc rút nhiệm vụ", "Để nguyên thời hạn và tình trạng; xin gia hạn ở trang nhiệm vụ.")
	case (extended || what == wantReturned || what == wantRetired) && r.Note == "":
		l.refuse("chưa ghi lý do", "Ghi lý do vào cột "+colNote+".")
	case extended && (r.Due <= e.Task.Due || e.Task.Due == day.None):
		l.refuse("thời hạn mới không sau thời hạn đang có", "Ghi ngày sau "+dueText(&e.Task)+", hoặc để nguyên.")
	default:
		l.gather(b, what, extended, assigned)
		l.complete(what, office)
		l.tryReport(b.Today, what)
	}
}

// gather lists the acts besides completing.
func (l *Line) gather(b *Book, what wanted, extended, assigned bool) {
	r := &l.Row
	if assigned {
		l.does(Act{Kind: Assigned, On: b.Today, Due: day.None, To: r.Who}, "phân công: "+r.Who)
	}
	if extended {
		l.does(Act{Kind: Granted, On: b.Today, Due: r.Due, Text: r.Note}, "gia hạn đến "+r.Due.Vietnamese())
	}
	if what == wantReturned {
		l.does(Act{Kind: Returned, On: b.Today, Due: day.None, Text: r.Note}, "trả lại: "+r.Note)
	}
	if what == wantRetired {
		l.does(Act{Kind: Retracted, On: b.Today, Due: day.None, Text: r.Note}, "rút nhiệm vụ: "+r.Note)
	}
}

func (l *Line) does(a Act, words string) {
	l.acts, l.Does = append(l.acts, a), append(l.Does, words)
}

// complete lists the two acts of a completion: the report, and the confirmation
// where the office sends the file.
func (l *Line) complete(what wanted, office bool) {
	if what != wantDone && what != wantReported {
		return
	}
	r, e := &l.Row, l.Entry
	if e.Status != Waiting {
		text := r.Note
		if text == "" {
			text = "Báo cáo theo tệp danh sách nhiệm vụ"
		}
		l.does(Act{Kind: Reported, On: r.Done, Due: day.None, Text: text}, "báo cáo hoàn thành ngày "+r.Done.Vietnamese())
	}
	if what == wantDone && office {
		l.does(Act{Kind: Confirmed, Due: day.None, Text: r.Note}, "xác nhận hoàn thành")
	}
}

// tryReport refuses a completion that the task does not bear.
func (l *Line) tryReport(today day.Day, what wanted) {
	e := l.Entry
	switch {
	case what == wantReturned && e.Status != Waiting && !e.Status.Complete():
		l.refuse("đơn vị chưa báo cáo nên không có gì để trả lại", "Để nguyên tình trạng.")
	case what != wantDone && what != wantReported:
	case e.Status == Waiting && what == wantDone && len(l.acts) == 0:
		l.refuse("nhiệm vụ đang chờ Văn phòng UBND tỉnh xác nhận", "Để nguyên tình trạng.")
	case e.Status == Waiting:
	case e.Status.Complete():
		l.refuse("nhiệm vụ đã được xác nhận hoàn thành", "Để nguyên tình trạng, hoặc ghi trả lại kèm lý do.")
	case l.Row.Done == day.None || l.Row.Done > today:
		l.refuse("chưa ghi ngày hoàn thành, hoặc ngày đó chưa tới", "Ghi ngày đã hoàn thành vào cột "+colDone+".")
	case e.Stub || e.Rolled && e.Of > 0:
		l.refuse("nhiệm vụ phụ thuộc văn bản "+numbers(&e.Task), "Để nguyên tình trạng.")
	case len(e.Open()) > 0:
		l.refuse("còn "+itoa(len(e.Open()))+" đối tượng chưa xong", "Cập nhật từng đối tượng ở trang nhiệm vụ trước.")
	case e.Continuous() && !e.Separate:
		l.refuse("nhiệm vụ thường xuyên được trả lời trong báo cáo kỳ", "Để nguyên tình trạng.")
	}
}
