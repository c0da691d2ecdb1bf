package reading

import (
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/feature/directive/deadline"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/officialdoc"
)

var (
	// shared is a line that tells when the products of the items above are due.
	shared = vntext.Lazy(`^(?i)(?:báo cáo|kết quả|văn bản|ý kiến|danh sách|hồ sơ|kế hoạch|số liệu|nội dung|các báo cáo|thời gian|thời hạn|đề nghị gửi|yêu cầu gửi|gửi)[^.;]*(?:gửi|báo cáo|nộp|hoàn thành|về|hạn)`)
	// answers are closing duties worth a row of their own; "triển khai thực hiện"
	// only says that the items above are to be done.
	answers = vntext.Lazy(`chịu trách nhiệm|báo cáo|gửi|nộp|trả lời|phản hồi|theo dõi|đôn đốc|kiểm tra|tổng hợp|tham mưu|hướng dẫn|đăng ký|rà soát`)
	trouble = vntext.Lazy(`(?i)vướng mắc|phát sinh|trong quá trình`)
	sends   = vntext.Lazy(`báo cáo|gửi|tổng hợp|góp ý|ý kiến`)
)

// closing reads the paragraphs that belong to no item and those behind the last
// one: a date that all items share, and duties of everybody.
func (r *reader) closing(loose []officialdoc.Block) {
	for _, b := range r.doc.Blocks {
		if b.Part == officialdoc.PartClosing {
			loose = append(loose, b)
		}
	}
	slices.SortFunc(loose, func(a, b officialdoc.Block) int { return a.Start - b.Start })
	count := 0
	for _, b := range loose {
		if len(b.Text) > maxText || r.spent > maxText {
			return
		}
		r.spent += len(b.Text)
		if r.share(b) {
			continue
		}
		for _, t := range r.everybody(b) {
			count++
			t.Group = "C" + strconv.Itoa(count)
			t.Ref = t.Group
			r.out.Tasks = append(r.out.Tasks, t)
		}
	}
}

// share gives the items before a line the date it names; it tells whether the
// line was one that all share.
func (r *reader) share(b officialdoc.Block) bool {
	s := b.Text
	if !shared.MatchString(s) {
		return false
	}
	list := tokens(s)
	if _, _, ok := r.dir.subject(s, list, 0, len(list)); ok {
		return false
	}
	d := deadline.Settled(r.dates(s))
	if d.Due == day.None && d.Recurrence == "" {
		return false
	}
	var before []*Task
	for i := range r.out.Tasks {
		if t := &r.out.Tasks[i]; t.Span[0] < b.Start && !strings.HasPrefix(t.Group, "C") {
			before = append(before, t)
		}
	}
	fitting := slices.Clone(before)
	fitting = slices.DeleteFunc(fitting, func(t *Task) bool { return !sends.MatchString(strings.ToLower(t.Text)) })
	if len(fitting) == 0 {
		fitting = before
	}
	done := false
	for _, t := range fitting {
		if inheritDate(t, d) {
			t.Recurrence = text(d.Recurrence)
			t.Notes = append(t.Notes, "hạn chung ghi ở đoạn sau các mục")
			done = true
		}
	}
	return done
}

// everybody is the duties that a closing paragraph gives to all.
func (r *reader) everybody(b officialdoc.Block) []Task {
	s := b.Text
	list := tokens(s)
	starts := append(sentences(list), len(list))
	var out []Task
	for i := 0; i+1 < len(starts); i++ {
		a, z := starts[i], starts[i+1]
		if trouble.MatchString(s[list[a].start:list[z-1].end]) {
			continue
		}
		first, who, ok := r.closer(s, list, a, z)
		if !ok || r.promise(s, list, duty{who: who}) {
			continue
		}
		for _, du := range r.dir.cut(s, list, duty{first: first, last: z, who: who}) {
			t, ok := r.task(b, list, du)
			if !ok || !answers.MatchString(strings.ToLower(t.Text)) {
				continue
			}
			r.forAll(&t)
			r.doubt(&t, du)
			out = append(out, t)
		}
	}
	return out
}

// closer finds whom a closing sentence binds: "Trên đây là …, các cơ quan liên
// quan chịu trách nhiệm …", "Yêu cầu các đơn vị …".
func (r *reader) closer(s string, list []token, a, z int) (int, []mention, bool) {
	g := grammarOf()
	for i := a; i < z; i++ {
		if i != a && list[i-1].low != "," && list[i-1].low != ";" && list[i-1].low != ":" && g.assigns.longest(list, i) == 0 {
			continue
		}
		if list[i].low == "đối" || list[i].mark || r.dir.past(list, a, i) {
			continue
		}
		if who, _, ok := r.dir.subject(s, list, i, z); ok && (i == a || plural(who[0].raw) || g.assigns.has(list, i)) {
			return i, who, true
		}
	}
	return 0, nil, false
}

// forAll fills a collective that stands for whoever the document names with the
// agencies of all its duties.
func (r *reader) forAll(t *Task) {
	t.Confidence = sureDefault
	if len(t.Addressees) == 0 {
		t.Addressees = slices.Clone(r.party.set)
	}
	var all []string
	for i := range r.out.Tasks {
		for _, a := range r.out.Tasks[i].Addressees {
			for _, id := range a.Agencies {
				if !slices.Contains(all, id) {
					all = append(all, id)
				}
			}
		}
	}
	for i := range t.Addressees {
		if a := &t.Addressees[i]; len(a.Agencies) == 0 && a.Collective && !r.dir.foreign {
			a.Agencies = nonNil(all)
			t.Notes = append(t.Notes, "áp dụng cho mọi cơ quan được giao việc trong văn bản")
		}
	}
}
