package officialdoc

import (
	"strings"
	"unicode"

	"giuchuan/internal/kernel/day"
)

// header reads the letterhead and all that stands before the body.
type header struct {
	lines    []line
	doc      *Document
	strong   int // last line that only a letterhead has, -1 without one
	numbered bool
	dated    bool
	subject  bool
	to       bool
	issuers  []string
}

// readHeader gives the lines of the header their roles, fills the fields of doc
// and returns where the body begins.
func readHeader(lines []line, doc *Document) int {
	h := &header{lines: lines, doc: doc, strong: strongest(lines)}
	i := h.scan()
	h.doc.IssuerBlock = h.issuers
	if n := len(h.issuers); n > 0 {
		h.doc.Issuer = h.issuers[n-1]
	}
	h.settleKind()
	for j := range lines[:i] {
		lines[j].part = PartHeader
		if lines[j].role == rolePlain {
			lines[j].role = roleNoise
		}
	}
	return i
}

// strongest finds the last line that only a letterhead has.
func strongest(lines []line) int {
	found := -1
	for i, l := range lines[:min(len(lines), headLines)] {
		if _, to := addressedTo(l.text); to || !short(l.text, 250) && !subjectLine(l.text) {
			break
		}
		if _, _, ok := placeDate(l.text); ok || motto(l.text) {
			found = i
		} else if _, rest, ok := ownSign(l.text); ok && beside(rest) {
			found = i
		}
	}
	return found
}

// scan walks down the header.
func (h *header) scan() int {
	for i := 0; i < len(h.lines) && i < headLines; i++ {
		l := &h.lines[i]
		switch {
		case l.text == "":
		case motto(l.text):
			l.role = roleMotto
		case urgency(l.text) != "":
			l.role, h.doc.Urgency = roleMark, urgency(l.text)
		case h.number(l), h.date(l):
		case subjectLine(l.text) && !h.subject:
			h.subjectAt(i)
		case h.cited(i):
		case i > h.strong && h.kindAt(i):
			return h.afterKind(i)
		case h.issuer(i):
		case i < h.strong, h.ahead(i):
			l.role = roleNoise
		default:
			if _, ok := addressedTo(l.text); ok {
				return h.addressees(i)
			}
			return i
		}
	}
	return min(len(h.lines), headLines)
}

func (h *header) number(l *line) bool {
	n, rest, ok := ownSign(l.text)
	if !ok || h.numbered || !beside(rest) || h.strong < 0 {
		return false
	}
	l.role, h.numbered = roleNumber, true
	h.doc.Number, h.doc.Symbol = n.String(), n.symbol
	if place, w, ok := placeDate(squeeze(rest)); ok {
		h.setDate(place, w)
	}
	return true
}

// ahead tells whether a short line that says nothing ("DỰ THẢO") still stands
// above the kind, the subject or the addressees.
func (h *header) ahead(i int) bool {
	if !short(h.lines[i].text, 60) {
		return false
	}
	if _, to := addressedTo(h.lines[i].text); to {
		return false
	}
	for _, l := range h.lines[i+1 : min(len(h.lines), i+4)] {
		_, to := addressedTo(l.text)
		k, rest, kind := kindOfLine(l.text)
		if to || !h.subject && subjectLine(l.text) && h.strong >= 0 || kind && k.Name != "" && capitals(l.text) && short(rest, 100) {
			return true
		}
		if !short(l.text, 60) {
			return false
		}
	}
	return false
}

// beside tells whether what stands behind a number on its line belongs to a
// letterhead: nothing, the day, the motto, a mark.
func beside(s string) bool {
	s = strings.Trim(squeeze(s), " .,;")
	if s == "" || !short(s, 100) {
		return s == ""
	}
	_, _, dated := placeDate(s)
	return dated || motto(s) || capitals(s) || s[0] == '('
}

func (h *header) date(l *line) bool {
	place, w, ok := placeDate(l.text)
	if !ok || h.dated {
		return false
	}
	l.role = roleDate
	h.setDate(place, w)
	return true
}

func (h *header) setDate(place string, w when) {
	h.dated = true
	h.doc.Place = place
	if h.doc.Date = w.full(); h.doc.Date == day.None {
		h.doc.DatePartial = w.partial()
	}
}

// subjectLine tells "V/v …".
func subjectLine(s string) bool {
	return len(s) > 4 && (strings.EqualFold(s[:3], "V/v") || strings.HasPrefix(s, "Về việc "))
}

// subjectAt takes the lines of the trích yếu of a công văn.
func (h *header) subjectAt(i int) {
	h.subject = true
	j := i + 1
	for j < len(h.lines) && j-i < 14 && h.goesOn(i, j) {
		j++
	}
	collapse(h.lines[i:j])
	h.lines[i].role = roleSubject
	h.doc.Title = strings.TrimRight(h.lines[i].text, " .")
}

// goesOn tells whether line j is more of the subject that began at line i.
func (h *header) goesOn(i, j int) bool {
	a, b := h.lines[j-1], h.lines[j]
	if a.cell != b.cell || b.page || markerOf(b.text).level != LevelNone || !short(b.text, 120) || h.known(b.text) {
		return false
	}
	if unicode.IsLower(first(b.text)) && !stops(a.text) {
		return true
	}
	// Without a right edge nothing tells a cut line from the first of the body.
	return !b.blank && !stops(a.text) && (!b.whole || b.cell != Cell{}) && h.lines[i].end < 100 && j > 0 && (b.end < 70 || expects(a.text))
}

// known tells whether a line is one of the letterhead's others.
func (h *header) known(s string) bool {
	_, _, dated := placeDate(s)
	_, rest, numbered := ownSign(s)
	numbered = numbered && beside(rest)
	_, to := addressedTo(s)
	return dated || numbered || to || motto(s) || urgency(s) != "" || capitals(s) && (agencyWord(s) || letters(s, 4) == 4)
}

// cited reads a heading such as "Công văn số 5035/BNN-VPĐP: Lấy ý kiến …
// (04/07/2018)": a portal's copy of a document without its letterhead. The day in
// brackets is when it was posted, so it only tells the month.
func (h *header) cited(i int) bool {
	l := &h.lines[i]
	if h.strong >= 0 || i > 3 || h.numbered || !short(l.text, 400) || strings.HasSuffix(l.text, ".") {
		return false
	}
	k, rest, ok := kindOfLine(l.text)
	if !ok {
		return false
	}
	n, rest, ok := ownSign(rest)
	if !ok || n.String() == "" {
		return false
	}
	h.numbered, l.role = true, roleTitle
	h.doc.Kind, h.doc.Number, h.doc.Symbol = k, n.String(), n.symbol
	if w, end, ok := dateAfter(rest, 0); ok {
		h.setDate("", w)
		rest = rest[end:]
	}
	rest = strings.Trim(rest, " :-–.,")
	if by, ok := strings.CutPrefix(rest, "của "); ok {
		if at := strings.Index(by, " về "); at > 0 {
			h.issuers, rest = []string{by[:at]}, by[at+1:]
		}
	}
	if at := strings.LastIndexByte(rest, '('); at > 0 && strings.HasSuffix(rest, ")") {
		if w, end, ok := dateAt(rest, at+1); ok && end == len(rest)-1 {
			if h.doc.Date == day.None {
				h.doc.DatePartial = w.partial()
			}
			rest = strings.TrimRight(rest[:at], " ")
		}
	}
	h.doc.Title, h.subject = rest, true
	return true
}

// kindAt reads the line with the name of the kind.
func (h *header) kindAt(i int) bool {
	l := &h.lines[i]
	k, rest, ok := kindOfLine(l.text)
	if !ok || k.Name == "Công văn" && rest != "" {
		return false
	}
	name := l.text[:len(l.text)-len(rest)]
	if !capitals(name) && !(rest == "" && (l.head || bolded(*l) || short(l.text, 16))) || !capitals(rest) && rest != "" && !l.head {
		return false
	}
	l.role, h.doc.Kind = roleKind, k
	if u := urgency(rest); u != "" {
		h.doc.Urgency, rest = u, ""
	}
	if rest = strings.Trim(rest, " :"); rest != "" {
		h.doc.Title = rest
	}
	return true
}

// bolded tells whether all of a line is bold.
func bolded(l line) bool {
	n := 0
	for _, c := range l.bold {
		n += c.to - c.from
	}
	return n > 0 && n >= len(strings.TrimSpace(l.text))-2
}

// afterKind takes trích yếu, authority and addressees below the kind.
func (h *header) afterKind(i int) int {
	j := i + 1
	if j < len(h.lines) && capitals(h.lines[j].text) && strings.HasPrefix(h.lines[j].text, "CỦA ") && short(h.lines[j].text, 120) {
		h.lines[j].role = roleAuthority // of the Party: "KẾT LUẬN / CỦA BAN THƯỜNG VỤ TỈNH ỦY"
		h.doc.Authority = strings.TrimPrefix(h.lines[j].text, "CỦA ")
		j++
	}
	j = h.title(j)
	for j < len(h.lines) && capitals(h.lines[j].text) && short(h.lines[j].text, 160) && officeWord(h.lines[j].text) && !receives(h.lines[j].text) {
		h.lines[j].role = roleAuthority
		h.doc.Authority = squeeze(h.doc.Authority + " " + strings.Trim(h.lines[j].text, " :"))
		j++
		for j < len(h.lines) && j-i < 12 && h.doc.Authority != "" && capitals(h.lines[j].text) && short(h.lines[j].text, 80) && !h.lines[j].blank && !kinded(h.lines[j].text) {
			h.lines[j].role = roleAuthority
			h.doc.Authority += " " + strings.Trim(h.lines[j].text, " :")
			j++
		}
	}
	for k := j; k < len(h.lines) && k < j+4; k++ {
		if _, ok := addressedTo(h.lines[k].text); ok {
			return h.addressees(k)
		}
		if !short(h.lines[k].text, 200) {
			break
		}
	}
	return j
}

func kinded(s string) bool { _, _, ok := kindOfLine(s); return ok }

// title takes the lines of the trích yếu from line i on.
func (h *header) title(i int) int {
	j := i
	for j < len(h.lines) && j-i < 12 {
		l := h.lines[j]
		if endsTitle(l.text, j == i && h.doc.Title == "") || markerOf(l.text).level != LevelNone {
			break
		}
		if j > i && !h.moreTitle(h.lines[j-1], l) {
			break
		}
		j++
	}
	if j > i {
		collapse(h.lines[i:j])
		h.lines[i].role = roleTitle
		h.doc.Title = squeeze(h.doc.Title + " " + strings.TrimRight(h.lines[i].text, " ."))
	}
	return j
}

// moreTitle tells whether b goes on with the title line a.
func (h *header) moreTitle(a, b line) bool {
	if a.cell != b.cell || b.page || stops(a.text) {
		return false
	}
	if unicode.IsLower(first(b.text)) || expects(a.text) {
		return true
	}
	if !short(b.text, 140) || stops(b.text) {
		return false
	}
	return bolded(a) && bolded(b) || a.head && b.head || !b.blank && !b.whole && b.indent >= 8 && a.indent >= 8
}

// endsTitle tells whether a line begins what follows a title. The first line
// after the kind may begin with "Thực hiện", a later one that does is the body.
func endsTitle(s string, atFirst bool) bool {
	if !short(s, 600) || receives(s) || capitals(s) && officeWord(s) {
		return true
	}
	if _, to := addressedTo(s); to {
		return true
	}
	begins := []string{"Căn cứ", "Ngày 0", "Ngày 1", "Ngày 2", "Ngày 3", "Sáng ngày", "Chiều ngày", "Sau khi", "Hôm nay"}
	if !atFirst {
		begins = append(begins, "Thực hiện", "Thi hành", "Để ", "Nhằm ", "Triển khai", "Trong thời gian", "Theo ", "Trên cơ sở")
	}
	for _, b := range begins {
		if strings.HasPrefix(s, b) {
			return true
		}
	}
	return false
}

// settleKind names the kind where no line does.
func (h *header) settleKind() {
	if h.doc.Kind.Name != "" {
		return
	}
	if h.doc.Kind = kindByCode(h.doc.Symbol); h.doc.Kind.Name == "" && (h.subject || h.to || h.doc.Symbol != "") {
		h.doc.Kind = Kind{Name: "Công văn"}
	}
}

// collapse puts the texts of lines into the first; the others become empty.
func collapse(lines []line) {
	var b strings.Builder
	for i := range lines {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(lines[i].text)
		if i > 0 {
			lines[i].text = ""
		}
	}
	if len(lines) > 1 {
		lines[0].text, lines[0].bold = b.String(), nil
	}
}
