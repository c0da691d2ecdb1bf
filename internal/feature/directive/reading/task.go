package reading

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"giuchuan/internal/feature/directive/deadline"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/officialdoc"
)

// How sure a duty is, by how its addressees were found.
const (
	sureOwn      = 0.95 // named in the duty or in the heading right above
	sureAbove    = 0.9
	sureDefault  = 0.8
	sureLoose    = 0.7 // a paragraph without an item
	sureDigest   = 0.5
	lessSplit    = 0.1
	lessUnknown  = 0.1
	lessMarginal = 0.15
)

// tasks reads the body item by item, then the paragraphs between and after them.
func (r *reader) tasks() {
	if r.doc.Digest {
		r.digest()
		return
	}
	roots, loose := items(r.doc.Blocks)
	before := len(r.out.Tasks)
	for _, it := range roots {
		r.item(it)
	}
	r.annexes()
	if len(r.out.Tasks) == before {
		if r.bare() {
			r.digest()
		} else {
			r.paragraphs()
		}
		return
	}
	r.closing(loose)
}

// item reads one item and those in it.
func (r *reader) item(it *item) {
	s := it.block.Text
	if r.spent += len(s); r.spent > maxText || len(r.out.Tasks) >= maxTasks {
		r.note("văn bản quá dài: phần sau chưa được đọc để tìm nhiệm vụ")
		return
	}
	if it.tells() || it.closes() {
		return
	}
	list := tokens(s)
	from, only := r.heading(it, s, list)
	if !only {
		r.give(it, s, list, from)
	}
	for _, c := range it.children {
		r.item(c)
	}
}

// heading reads whom an item names before its duties; only tells that it says
// nothing else.
func (r *reader) heading(it *item, s string, list []token) (from int, only bool) {
	if len(list) == 0 {
		return 0, true
	}
	who, then, ok := r.dir.subject(s, list, 0, len(list))
	if !ok && it.block.Heading && len(list) <= 8 {
		return 0, true
	}
	if !ok {
		return 0, len(it.children) > 0 && (it.block.Heading || strings.HasSuffix(s, ":")) && !strings.Contains(s, ";")
	}
	given, remarks := r.dir.addressees(&r.party, who, Lead)
	colon := slices.IndexFunc(list[then:], func(t token) bool { return t.low == ":" && t.depth == 0 })
	switch {
	case then >= len(list) || list[then].mark && then+1 >= len(list):
		it.given, it.remarks = given, remarks
		return 0, true
	case colon >= 0 && then+colon+1 >= len(list) && len(it.children) > 0:
		it.given, it.remarks = given, remarks
		return 0, true
	case colon >= 0 && then+colon+1 < len(list) && r.opens(s, list, then+colon+1):
		it.given, it.remarks = given, remarks
		return then + colon + 1, false
	case len(it.children) > 0:
		it.given, it.remarks = given, remarks
	}
	return 0, false
}

// opens tells whether a duty begins at a token.
func (r *reader) opens(s string, list []token, at int) bool {
	g := grammarOf()
	at = enumerator(list, at)
	if g.verb(list, at, true) > 0 || g.fresh.has(list, at) {
		return true
	}
	_, _, ok := r.dir.subject(s, list, at, len(list))
	return ok
}

// give adds the duties of one item.
func (r *reader) give(it *item, s string, list []token, from int) {
	found := r.dir.duties(s, list, from)
	above, marginal := it.inherited(), false
	if len(found) == 0 {
		if above == nil || above == it || it.plain || !likely(list) {
			r.append(it, s)
			return
		}
		found, marginal = []duty{{first: from, last: len(list)}}, true
	}
	var made []Task
	for _, du := range found {
		if r.promise(s, list, du) {
			continue
		}
		t, ok := r.task(it.block, list, du)
		if !ok {
			continue
		}
		own := len(t.Addressees) > 0
		switch {
		case own:
			t.Confidence = sureOwn
		case above != nil:
			t.Addressees, t.Confidence = slices.Clone(above.given), sureAbove
			if above == it || above == it.parent {
				t.Confidence = sureOwn
			}
			t.Notes = append(t.Notes, above.remarks...)
		case it.ofArticle():
			continue // an article that names nobody decides something itself
		default:
			t.Addressees, t.Confidence = slices.Clone(r.party.set), sureDefault
		}
		r.support(&t, s, list, du)
		if marginal {
			t.Confidence -= lessMarginal
		}
		r.doubt(&t, du)
		t.Group = it.ref
		made = append(made, t)
	}
	r.inherit(it, made)
	r.number(made)
}

// likely tells whether an item under a heading that names agencies gives them a
// duty though it begins with no verb that is known: it tells nothing of the past
// and is not about a content or a number.
func likely(list []token) bool {
	if len(list) < 4 || list[0].mark || opinion(list, 0) || joints.has(list, 0) || grammarOf().nominal.has(list, 0) {
		return false
	}
	for i := 0; i < min(len(list), 12); i++ {
		if list[i].low == "đã" || list[i].low == "còn" || list[i].low == ":" {
			return false
		}
	}
	return list[0].low[0] < '0' || list[0].low[0] > '9'
}

// append joins an item that gives no duty of its own to the one before it when it
// only says more: "Thời gian hoàn thành: …", "Nội dung báo cáo: …".
func (r *reader) append(it *item, s string) {
	if len(r.out.Tasks) == 0 || len(it.children) > 0 {
		return
	}
	last := &r.out.Tasks[len(r.out.Tasks)-1]
	if last.Deadline != nil || !strings.HasPrefix(strings.ToLower(s), "thời ") && !strings.HasPrefix(strings.ToLower(s), "hạn ") {
		return
	}
	r.setDeadline(last, r.dates(s))
}

// promise tells whether a duty is only what the issuer says it will do itself.
func (r *reader) promise(s string, list []token, du duty) bool {
	if len(du.who) != 1 || r.out.Issuer == nil {
		return false
	}
	m := du.who[0]
	return m.last < len(list) && list[m.last].low == "sẽ" && r.issues(m)
}

// task is one duty with its text, place, addressees, objects, references and
// deadline.
func (r *reader) task(b officialdoc.Block, list []token, du duty) (Task, bool) {
	s := b.Text
	start, end := trim(s, list, du)
	if end <= start || len(strings.Fields(s[start:end])) < 3 {
		return Task{}, false
	}
	at := b.Start + utf8.RuneCountInString(s[:start])
	t := Task{
		Text: s[start:end], Span: [2]int{at, at + utf8.RuneCountInString(s[start:end])},
		Addressees: []Addressee{}, Objects: r.objects(s[start:end]), References: r.cited(s[start:end]), Notes: []string{},
	}
	who, notes := r.dir.addressees(&r.party, du.who, Lead)
	t.Addressees, t.Notes = append(t.Addressees, who...), append(t.Notes, notes...)
	t.Objects = slices.DeleteFunc(t.Objects, func(o Object) bool {
		return o.Place != nil && slices.ContainsFunc(who, func(a Addressee) bool { return slices.Contains(a.Agencies, "ubnd-"+*o.Place) })
	})
	t.found = r.dates(t.Text)
	r.setDeadline(&t, t.found)
	return t, true
}

// support adds those who help, and makes the one who leads the leader.
func (r *reader) support(t *Task, s string, list []token, du duty) {
	from := du.first
	then := from
	if len(du.who) > 0 && du.who[0].first >= du.first {
		then = du.who[len(du.who)-1].last
	}
	who := r.dir.helps(s, list, then, du.last)
	if who == nil {
		who = r.dir.supporters(s, list, then, min(du.last, then+20))
	}
	if len(who) == 0 {
		return
	}
	help, notes := r.dir.addressees(&r.party, who, Support)
	t.Notes = append(t.Notes, notes...)
	for _, a := range help {
		if !slices.ContainsFunc(t.Addressees, func(b Addressee) bool { return b.Text == a.Text }) {
			a.Role = text(Support)
			t.Addressees = append(t.Addressees, a)
		}
	}
}

// doubt lowers the confidence of what a person should look at more closely.
func (r *reader) doubt(t *Task, du duty) {
	if du.split {
		t.Confidence -= lessSplit
	}
	for _, a := range t.Addressees {
		if len(a.Agencies) == 0 && !r.dir.foreign && (a.Role == nil || *a.Role == Lead) {
			t.Confidence -= lessUnknown
			break
		}
	}
	for _, d := range t.found {
		if d.Ask != "" && d.Role == deadline.Duty {
			t.Notes = append(t.Notes, d.Ask)
		}
	}
	t.Confidence = math.Round(t.Confidence*100) / 100
}

// setDeadline fills in the deadline of a duty.
func (r *reader) setDeadline(t *Task, found []deadline.Deadline) {
	d := deadline.Settled(found)
	t.DeadlineKind = d.Kind
	t.Deadline, t.DeadlineTime = civil(d.Due), text(d.Time)
	t.DeadlinePhrase, t.Recurrence = text(d.Phrase), text(d.Recurrence)
	if d.Err != nil {
		t.Notes = append(t.Notes, faultText(d.Err))
	}
	if d.From != day.None && d.Kind == deadline.Date {
		t.Notes = append(t.Notes, "không sớm hơn ngày "+d.From.Vietnamese())
	}
	if d.Replaces != day.None {
		t.Notes = append(t.Notes, "gia hạn: thay cho hạn cũ "+d.Replaces.Vietnamese())
	}
	for _, x := range found {
		if x.Role != deadline.Duty && x.Phrase != "" {
			t.Notes = append(t.Notes, roleNote(x))
		}
	}
}

// roleNote says why a date of the sentence is not its deadline.
func roleNote(d deadline.Deadline) string {
	why := map[deadline.Role]string{
		deadline.Missed:    "hạn cũ đã qua, không phải hạn mới",
		deadline.Upstream:  "hạn của cơ quan ban hành với cấp trên",
		deadline.Cited:     "hạn đã giao ở văn bản trước",
		deadline.Happening: "thời gian của một sự kiện",
		deadline.Target:    "mốc phấn đấu",
		deadline.Attribute: "nói về đối tượng, không phải hạn",
		deadline.Replaced:  "hạn cũ được thay",
	}[d.Role]
	return "“" + d.Phrase + "”: " + why
}

// inherit gives the duties of an item the date of a heading above.
func (r *reader) inherit(it *item, made []Task) {
	for p := it.parent; p != nil; p = p.parent {
		if len(p.children) == 0 {
			continue
		}
		d := deadline.Settled(r.dates(p.block.Text))
		if d.Due == day.None {
			continue
		}
		for i := range made {
			inheritDate(&made[i], d)
		}
		return
	}
}

// inheritDate gives a duty without a day of its own one from elsewhere.
func inheritDate(t *Task, d deadline.Deadline) bool {
	if t.Deadline != nil || t.Recurrence != nil {
		return false
	}
	t.Deadline, t.DeadlineTime, t.DeadlinePhrase = civil(d.Due), text(d.Time), text(d.Phrase)
	t.DeadlineKind = deadline.Inherited
	return true
}

// number gives the duties of one item their references: "1.2" or 1.2a, 1.2b.
func (r *reader) number(made []Task) {
	for i := range made {
		made[i].Ref = made[i].Group
		if len(made) > 1 {
			made[i].Ref += suffix(made[i].Group, i)
		}
	}
	r.out.Tasks = append(r.out.Tasks, made...)
}

// suffix tells the duties of an item apart: a, b, c, … ("z" is followed by "za")
// behind a number, .1, .2 behind a letter.
func suffix(group string, i int) string {
	if last := group[len(group)-1]; last < '0' || last > '9' {
		return "." + strconv.Itoa(i+1)
	}
	s := ""
	for i > 25 {
		s += "z"
		i -= 26
	}
	return s + string(rune('a'+i))
}

// cited is the numbers of the documents that a text cites.
func (r *reader) cited(s string) []string {
	list := []string{}
	for _, ref := range r.doc.References[:min(len(r.doc.References), maxReferences)] {
		if strings.Contains(s, ref.Number) {
			list = append(list, ref.Number)
		}
	}
	return list
}
