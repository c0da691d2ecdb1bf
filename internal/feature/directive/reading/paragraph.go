package reading

import (
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/feature/directive/deadline"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/officialdoc"
)

// running is the blocks of running text.
func (r *reader) running() []officialdoc.Block {
	var list []officialdoc.Block
	for _, b := range r.doc.Blocks {
		switch b.Part {
		case officialdoc.PartOpening, officialdoc.PartBody, officialdoc.PartClosing:
			if b.Cell == (officialdoc.Cell{}) {
				list = append(list, b)
			}
		}
	}
	return list
}

// paragraphs reads a document without items: "…, đề nghị <bodies> <verb>" is a
// duty, and the date of the line behind it belongs to it.
func (r *reader) paragraphs() {
	for _, b := range r.running() {
		if r.spent += len(b.Text); r.spent > maxText || len(r.out.Tasks) >= maxTasks {
			return
		}
		if len(r.out.Tasks) > 0 && r.share(b) {
			continue
		}
		for _, t := range r.asked(b) {
			t.Group = strconv.Itoa(len(r.out.Tasks) + 1)
			t.Ref = t.Group
			r.out.Tasks = append(r.out.Tasks, t)
		}
	}
	r.following()
}

// asked is what a paragraph asks somebody to do.
func (r *reader) asked(b officialdoc.Block) []Task {
	s := b.Text
	list := tokens(s)
	starts := append(sentences(list), len(list))
	var out []Task
	for i := 0; i+1 < len(starts); i++ {
		a, z := starts[i], starts[i+1]
		first, who, ok := r.dir.assigned(s, list, a, z)
		if !ok {
			if who, _, ok = r.dir.subject(s, list, a, z); !ok {
				continue
			}
			first = a
		}
		if len(who) > 0 && r.issues(who[0]) {
			continue
		}
		t, ok := r.task(b, list, duty{first: first, last: z, who: who})
		if !ok || opinion(list, first) {
			continue
		}
		t.Confidence = sureLoose
		r.support(&t, s, list, duty{first: first, last: z, who: who})
		r.doubt(&t, duty{})
		out = append(out, t)
	}
	return out
}

// issues tells whether a body is the issuer, who speaks of itself.
func (r *reader) issues(m mention) bool {
	if r.out.Issuer == nil {
		return false
	}
	own, k := r.dir.key(*r.out.Issuer), r.dir.key(m.raw)
	if k != "" && strings.HasPrefix(own, k) {
		return true
	}
	if r.dir.foreign {
		return false
	}
	a, b := r.dir.resolve(*r.out.Issuer), r.dir.resolve(m.name)
	return len(a.ids) == 1 && len(b.ids) == 1 && a.ids[0] == b.ids[0]
}

// nearby is how many paragraphs behind a request may name its date.
const nearby = 3

// following gives the last request a date from the paragraph behind it.
func (r *reader) following() {
	blocks := r.running()
	for i := range r.out.Tasks {
		t := &r.out.Tasks[i]
		first, _ := slices.BinarySearchFunc(blocks, t.Span[1], func(b officialdoc.Block, end int) int { return b.Start - end })
		for _, b := range blocks[first:min(len(blocks), first+nearby)] {
			if t.Deadline != nil {
				break
			}
			if i+1 < len(r.out.Tasks) && b.End > r.out.Tasks[i+1].Span[0] || len(r.asked(b)) > 0 {
				break
			}
			if d := deadline.Settled(r.dates(b.Text)); d.Due != day.None {
				inheritDate(t, d)
			}
		}
	}
}

// bare tells whether a text has nothing of an official document's form: it is
// read as a report about one.
func (r *reader) bare() bool {
	d := &r.doc
	return d.Symbol == "" && d.Issuer == "" && len(d.KinhGui) == 0 && len(d.NoiNhan) == 0
}

// digest reads a newsroom's report sentence by sentence; every duty is a group of
// its own and less sure.
func (r *reader) digest() {
	var last []Addressee
	r.out.Digest = true
	for i, b := range r.running() {
		s := b.Text
		if i == 0 && r.doc.Headline == "" && !strings.HasSuffix(s, ".") {
			continue // what the newsroom wrote above it
		}
		if r.spent += len(s); r.spent > maxText {
			return
		}
		list := tokens(s)
		starts := append(sentences(list), len(list))
		for k := 0; k+1 < len(starts); k++ {
			for _, du := range r.reported(s, list, starts[k], starts[k+1]) {
				t, ok := r.task(b, list, du)
				if !ok || len(r.out.Tasks) >= maxTasks {
					continue
				}
				if len(t.Addressees) == 0 {
					t.Addressees = slices.Clone(last)
				}
				if len(t.Addressees) == 0 {
					continue
				}
				last = slices.Clone(t.Addressees)
				t.Confidence = sureDigest
				r.support(&t, s, list, du)
				r.doubt(&t, du)
				t.Group = strconv.Itoa(len(r.out.Tasks) + 1)
				t.Ref = t.Group
				r.out.Tasks = append(r.out.Tasks, t)
			}
		}
	}
}

// reported finds the duties of a sentence in reported speech: "Theo đó, các sở
// …", "Chủ tịch yêu cầu các huyện …".
func (r *reader) reported(s string, list []token, a, z int) []duty {
	first, who, ok := r.dir.assigned(s, list, a, z)
	if !ok {
		for i := a; i < z && i < a+30 && !ok; i++ {
			if i == a || list[i-1].low == "," {
				if who, _, ok = r.dir.subject(s, list, i, z); ok {
					first = a
				}
			}
		}
	}
	if !ok || len(who) == 0 || r.issues(who[0]) {
		return nil
	}
	var out []duty
	cur := duty{first: first, last: first, who: who}
	for i := first + 1; i < z; i++ {
		if list[i].low != ";" || list[i].depth > 0 {
			continue
		}
		at, next, ok := r.dir.afterSemicolon(s, list, i+1, z)
		if !ok {
			continue
		}
		cur.last = i
		out = append(out, cur)
		if len(next) == 0 {
			next = cur.who
		}
		cur = duty{first: at, last: at, who: next}
	}
	cur.last = z
	return append(out, cur)
}
