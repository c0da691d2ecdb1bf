package reading

import (
	"strings"

	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/officialdoc"
)

var attended = vntext.Lazy(`(?i)^(?:tham dự|dự họp|cùng dự|tham gia|thành phần|dự hội nghị|dự cuộc họp|cùng tham dự|tham dự cuộc họp|tham dự họp|thành phần dự họp)`)

// people reads who attended.
func (r *reader) people(opening []officialdoc.Block) {
	r.out.Attendees = []Attendee{}
	on := false
	for _, b := range opening {
		switch {
		case attended.MatchString(b.Text):
			on = true
		case on && b.Level == officialdoc.LevelNone:
			return
		}
		if on && len(b.Text) < 20_000 {
			r.attendees(b.Text)
		}
	}
}

// attendees reads one list: names hold commas and "và", and ";" stands where a
// comma should, so only names of the directory are told apart.
func (r *reader) attendees(s string) {
	list := tokens(s)
	for i := 0; i < len(list); {
		if list[i].mark || !r.dir.starts(s, list, i, "") || i > 0 && phrase(list, i, "chủ tịch") > 0 && list[i-1].low == "phó" {
			i++
			continue
		}
		who, end := r.dir.mentions(s, list, i)
		for _, m := range who {
			b := r.dir.resolve(m.name)
			r.note(b.note)
			r.out.Attendees = append(r.out.Attendees, Attendee{Text: m.raw, Agencies: nonNil(b.ids)})
		}
		i = max(end, i+1)
	}
}

// rest reads the recipients.
func (r *reader) rest() {
	r.out.Recipients = []Recipient{}
	for _, row := range r.doc.NoiNhan[:min(len(r.doc.NoiNhan), maxRows)] {
		out := Recipient{Text: row.Text, Purpose: string(row.Purpose), Agencies: []string{}, Uncertain: row.Uncertain}
		switch row.Purpose {
		case officialdoc.PurposeKeep:
		case officialdoc.PurposeAsAbove:
			for _, a := range r.party.letter {
				out.Agencies = append(out.Agencies, a.Agencies...)
			}
		default:
			r.receive(&out)
		}
		r.out.Recipients = append(r.out.Recipients, out)
	}
	if r.out.Tasks == nil {
		r.out.Tasks = []Task{}
	}
}

// receive resolves the bodies or persons of one row.
func (r *reader) receive(out *Recipient) {
	t := strings.TrimSpace(trailing.ReplaceAllString(out.Text, ""))
	list := tokens(t)
	if len(list) == 0 {
		return
	}
	if list[0].low == "như" {
		return
	}
	b := r.dir.resolve(t)
	if len(b.ids) == 0 && !b.collective {
		if again := r.dir.resolve(strings.ReplaceAll(t, ", các ", ", ")); len(again.ids) > 0 {
			b = again
		}
	}
	if len(b.ids) == 0 && !b.collective {
		who, _ := r.dir.mentions(t, list, 0)
		for _, m := range who {
			one := r.dir.resolve(m.name)
			b.ids = append(b.ids, one.ids...)
			b.person = b.person || one.person
		}
		if len(b.ids) > 0 {
			b.note = ""
		}
	}
	out.Agencies = nonNil(b.ids)
	out.PersonLevel = b.person || personal(list)
	r.note(b.note)
}

// personal tells whether a row names persons: "Chủ tịch, PCT UBND tỉnh", "Đ/c …".
func personal(list []token) bool {
	return grammarOf().persons.has(list, 0) || list[0].low == "chuyên" || list[0].low == "chánh" || list[0].low == "cvp" || list[0].low == "phó" || list[0].low == "đ"
}
