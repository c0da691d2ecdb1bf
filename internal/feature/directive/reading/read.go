package reading

import (
	"strings"
	"time"

	"giuchuan/internal/feature/directive/deadline"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/officialdoc"
)

// Options are what a document is read against.
type Options struct {
	Agencies Directory
	Places   Places
	Province string // two digits: the province whose agencies are known
	// NamesOnly says that Agencies is of another province: its names tell where a
	// name ends, but no agency is found in it.
	NamesOnly bool
	Today     day.Day       // stands in for the day of a document that has none at all
	Calendar  *day.Calendar // of working days
	Strict    bool          // "trước ngày D" ends on the day before D
	Keep      bool          // the last day of "trong N ngày" is not moved from a day off
}

// What is read of one document. What lies behind is told in a note, not guessed.
const (
	maxText       = 100_000 // bytes of text read for duties
	maxTasks      = 400
	maxHead       = 40_000 // bytes of the opening read for meeting, attendees and short names
	maxRows       = 400    // under "Kính gửi", under "Nơi nhận"
	maxReferences = 1000   // looked for in a duty
)

// reader is one document being read.
type reader struct {
	doc   officialdoc.Document
	dir   *directory
	out   *Reading
	ref   deadline.Reference
	party party
	spent int
	notes map[string]bool
	// dated is the deadlines of the texts searched, searched how many bytes they are.
	dated    map[string][]deadline.Deadline
	searched int
}

// Read says what a document asks of whom. It never fails: what cannot be told is
// left out and noted.
func Read(doc officialdoc.Document, o Options) Reading {
	r := &reader{doc: doc, out: &Reading{Text: doc.Text, Digest: doc.Digest}, notes: map[string]bool{}, dated: map[string][]deadline.Deadline{}}
	opening := r.opening()
	r.out.Meeting = meeting(opening)
	on, exact := r.when(o.Today)
	r.out.Day, r.ref = on, deadline.Reference{Day: on, Exact: exact, Strict: o.Strict, Keep: o.Keep, Calendar: o.Calendar}
	if doc.Date == day.None && doc.DatePartial == "" && r.out.Meeting == nil {
		r.ref.Day = day.None
	}
	r.dir = newDirectory(o, on)
	r.header(opening)
	r.dir.foreign = o.NamesOnly || r.elsewhere()
	if r.dir.foreign {
		r.note("văn bản của nơi khác, hoặc danh bạ chưa có cơ quan của tỉnh này: giữ nguyên tên cơ quan như văn bản ghi")
	}
	r.people(opening)
	r.defaults(opening)
	r.tasks()
	r.rest()
	r.envelope()
	r.unlike()
	return *r.out
}

// unlike notes a text that has nothing of an official document.
func (r *reader) unlike() {
	d := r.doc
	if d.Number == "" && d.Symbol == "" && d.Date == day.None && d.DatePartial == "" && d.Kind.Code == "" && r.out.Issuer == nil {
		r.note("không thấy số, ký hiệu, ngày, loại văn bản và cơ quan ban hành: cần xem đây có phải là văn bản chỉ đạo")
	}
}

// envelope notes what the electronic envelope says and the text does not.
func (r *reader) envelope() {
	if r.doc.Edxml == nil {
		return
	}
	if r.doc.Edxml.Due != day.None {
		r.note("hạn chung của văn bản ghi trên phong bì điện tử: " + r.doc.Edxml.Due.Vietnamese() + "; không phải hạn của từng nhiệm vụ")
	}
	r.note(r.doc.Edxml.Signature)
}

// when is the day the directory and deadlines are read at: of the document, else
// of the meeting, else the first of its month; exact tells the first case.
func (r *reader) when(today day.Day) (on day.Day, exact bool) {
	switch {
	case r.doc.Date != day.None:
		return r.doc.Date, true
	case r.out.Meeting != nil && r.out.Meeting.Date != nil:
		d, _ := day.Parse(*r.out.Meeting.Date)
		return d, false
	}
	if p, err := day.ParsePeriod(r.doc.DatePartial); err == nil {
		return p.First(), false
	}
	if today == 0 || today == day.None {
		today = day.Of(2024, time.June, 1)
	}
	return today, false
}

// opening is the blocks before the first item that are not letterhead.
func (r *reader) opening() []officialdoc.Block {
	var list []officialdoc.Block
	size := 0
	for _, b := range r.doc.Blocks {
		if b.Part == officialdoc.PartOpening {
			if size += len(b.Text); size > maxHead {
				break
			}
			list = append(list, b)
		}
	}
	return list
}

// note keeps a remark about the whole document once.
func (r *reader) note(s string) {
	if s != "" && !r.notes[s] {
		r.notes[s] = true
		r.out.Notes = append(r.out.Notes, s)
	}
}

// elsewhere tells whether the document comes from another province: its issuer
// or, without one, its place is not of the province of the directory.
func (r *reader) elsewhere() bool {
	if r.dir.name == "" {
		return false
	}
	own := vntext.Fold(r.dir.name)
	issuer := ""
	if r.out.Issuer != nil {
		issuer = vntext.Fold(*r.out.Issuer)
	}
	if strings.Contains(issuer, own) {
		return false
	}
	for _, mark := range []string{"tinh ", "thanh pho ", "bo ", "chinh phu", "thu tuong", "quoc hoi", "trung uong"} {
		if i := strings.Index(" "+issuer, " "+mark); i >= 0 {
			return true
		}
	}
	place := vntext.Fold(r.doc.Place)
	if place == "" || place == own {
		return false
	}
	if r.dir.places == nil {
		return true
	}
	_, err := r.dir.places.Resolve(r.doc.Place, r.dir.province, r.dir.on)
	return err != nil
}

// defaults finds whom the document addresses as a whole: those the opening
// sentence names, else those under "Kính gửi".
func (r *reader) defaults(opening []officialdoc.Block) {
	letter, notes := r.dir.letter(r.doc.KinhGui[:min(len(r.doc.KinhGui), maxRows)])
	r.party.letter, r.party.set = letter, letter
	for _, n := range notes {
		r.note(n)
	}
	if len(opening) > 0 {
		t := strings.TrimSpace(opening[len(opening)-1].Text)
		list := tokens(t)
		who, then, ok := r.dir.subject(t, list, 0, len(list))
		if ok && strings.HasSuffix(t, ":") && then+1 >= len(list) {
			r.address(who)
			return
		}
	}
	for i := len(opening) - 1; i >= 0; i-- {
		t := strings.TrimSpace(opening[i].Text)
		if !strings.HasSuffix(t, ":") && !strings.Contains(t, "sau:") && !strings.Contains(t, "như sau") {
			continue
		}
		list := tokens(t)
		for at := len(list) - 1; at >= 0; at-- {
			n := grammarOf().assigns.longest(list, at)
			if n == 0 || list[at].low == "đối" || !r.dir.starts(t, list, at+n, "") {
				continue
			}
			who, _ := r.dir.mentions(t, list, at+n)
			if r.address(who) {
				return
			}
		}
	}
}

// address makes bodies the default addressees; it tells whether there are any.
func (r *reader) address(who []mention) bool {
	set, notes := r.dir.addressees(&r.party, who, Lead)
	if len(set) == 0 {
		return false
	}
	for k := range set {
		set[k].Role = text(Lead)
	}
	r.party.set = set
	for _, n := range notes {
		if n != noteLead {
			r.note(n)
		}
	}
	return true
}
