package officialdoc

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// para is a paragraph: one line, or the lines that a page or its width cut.
type para struct {
	text   string // without the marker
	marker marker
	bold   []cut
	role   role
	part   Part
	cell   Cell
	head   bool
	blank  bool
}

// page is how the lines of a source fill its width: most is the usual right edge
// of a full line, 0 where a line is a paragraph.
type page struct{ most int }

// pageOf finds out whether the lines were cut at the width of a page: most long
// ones end near the same column, and many go on with a small letter.
func pageOf(lines []line) page {
	const sample = 4000
	var ends []int
	for _, l := range lines[:min(len(lines), sample)] {
		if !l.whole && l.role == rolePlain && l.end-l.indent >= 30 {
			ends = append(ends, l.end)
		}
	}
	if len(ends) < 4 {
		return page{}
	}
	slices.Sort(ends)
	edge := ends[len(ends)*9/10]
	if edge > 140 {
		return page{}
	}
	full, goesOn := 0, 0
	for i, l := range lines[:min(len(lines), sample)] {
		if l.whole || l.role != rolePlain || l.end*100 < edge*80 {
			continue
		}
		full++
		if i+1 < len(lines) && !lines[i+1].blank && !stops(l.text) && unicode.IsLower(first(lines[i+1].text)) && markerOf(lines[i+1].text).level == LevelNone {
			goesOn++
		}
	}
	if full*2 < len(ends) || goesOn*5 < full {
		return page{}
	}
	return page{most: edge}
}

// stops tells whether a line ends with a mark that ends a sentence or a clause.
func stops(s string) bool {
	s = strings.TrimRight(s, " \"”’'»")
	switch last(s) {
	case '.', ';', ':', '!', '?', '…':
		return true
	}
	return false
}

// joined puts lines that belong together into paragraphs. Only plain lines join;
// what has a role stays as it was found.
func joined(lines []line) []para {
	p := pageOf(lines)
	out := make([]para, 0, len(lines))
	for i := 0; i < len(lines); {
		n := i + 1
		first := i // where the paragraph began
		for n < len(lines) && p.follows(lines, first, n) {
			n++
		}
		out = append(out, merge(lines[i:n]))
		i = n
	}
	return out
}

// follows tells whether lines[n] goes on with the paragraph that began at
// lines[from].
func (p page) follows(lines []line, from, n int) bool {
	a, b := &lines[n-1], &lines[n]
	if a.role != rolePlain || b.role != rolePlain || a.cell != b.cell || a.part != b.part || b.marker != "" || b.head {
		return false
	}
	full := p.most > 0 && !a.whole && (a.end*100 >= p.most*85 || a.end+1+firstWord(b.text) > p.most)
	if m := markerOf(b.text); m.level != LevelNone && !p.cutNumber(a, m, full) {
		return false
	}
	return p.goesOn(lines, from, n, full)
}

// cutNumber tells whether what looks like a marker is a number that the width
// of the page cut from its sentence: "trước năm / 26. …", "2018 / - 2020".
func (p page) cutNumber(a *line, m marker, full bool) bool {
	if !full || stops(a.text) {
		return false
	}
	switch m.level {
	case LevelNumber, LevelDotted, LevelDeeper:
		return expects(a.text)
	case LevelDash:
		return isDigit(a.text[len(a.text)-1])
	}
	return false
}

// goesOn decides by how a line ends and how the next one begins.
func (p page) goesOn(lines []line, from, n int, full bool) bool {
	a, b := &lines[n-1], &lines[n]
	start := first(b.text)
	if capitals(a.text) && letters(a.text, 2) == 2 && !full {
		return false
	}
	if !stops(a.text) {
		open := start == '(' || start == '"' || start == '“'
		switch {
		case unicode.IsLower(start), start == ',' || start == ';' || start == ')':
			return true
		case open && unicode.IsLower(first(strings.TrimLeft(b.text, "(\"“"))):
			return true
		case expects(a.text):
			return true
		}
	}
	if !full || b.blank && !b.page {
		return false
	}
	if unicode.IsLower(start) {
		return true
	}
	deeper := b.indent >= a.indent+3
	if !stops(a.text) {
		return !deeper && !a.head && !(capitals(a.text) != capitals(b.text) && letters(b.text, 2) == 2)
	}
	// A sentence ends where the line ends: only the indentation of first lines
	// tells whether the paragraph goes on.
	indented := lines[from].indent >= a.indent+3
	return from == n-1 && b.indent+3 <= a.indent || from < n-1 && indented && !deeper && b.indent < lines[from].indent-1
}

// expects tells whether a line ends with a comma or with a word that nothing can
// end with.
func expects(s string) bool {
	if strings.HasSuffix(s, ",") || strings.HasSuffix(s, "/") {
		return true
	}
	if strings.HasSuffix(s, "-") && len(s) > 1 && s[len(s)-2] != ' ' {
		return true
	}
	at := strings.LastIndexByte(s, ' ')
	switch s[at+1:] {
	case "và", "của", "các", "với", "về", "tại", "cho", "theo", "từ", "đến", "là", "do", "để", "trong", "ngày", "tháng", "năm", "số", "Điều", "khoản", "điểm", "quý", "Quý", "hoặc":
		return at >= 0
	}
	return false
}

// firstWord is the number of code points up to the first space.
func firstWord(s string) int {
	if at := strings.IndexByte(s, ' '); at >= 0 {
		s = s[:at]
	}
	if len(s) > 400 {
		return 400
	}
	return utf8.RuneCountInString(s)
}

// merge makes a paragraph of lines.
func merge(lines []line) para {
	l := lines[0]
	text, bold := l.text, l.bold
	if len(lines) > 1 {
		size := len(lines)
		for _, m := range lines {
			size += len(m.text)
		}
		var b strings.Builder
		b.Grow(size)
		bold = nil
		for i, m := range lines {
			if i > 0 && !glued(lines[i-1].text, m.text) {
				b.WriteByte(' ')
			}
			for _, c := range m.bold {
				bold = append(bold, cut{c.from + b.Len(), c.to + b.Len()})
			}
			b.WriteString(m.text)
		}
		text = b.String()
	}
	p := para{text: text, bold: bold, role: l.role, part: l.part, cell: l.cell, head: l.head, blank: l.blank}
	switch {
	case l.marker != "":
		p.marker = markerOf(l.marker + " X")
		if p.marker.level == LevelNone {
			p.marker = marker{text: l.marker, label: l.marker, level: LevelBullet}
		}
	case l.role == rolePlain || l.role == roleRow || l.role == roleAddressee:
		p.marker = markerOf(text)
		p.text = text[p.marker.size:]
		p.bold = append([]cut(nil), bold...)
		shift(p.bold, -p.marker.size)
		p.bold = clip(p.bold, len(p.text))
	}
	return p
}

// glued tells whether b goes on with a word or number that ends a: "10-" and
// "NQ/TW", "2021-" and "2025".
func glued(a, b string) bool {
	if len(a) < 2 || a[len(a)-1] != '-' && a[len(a)-1] != '/' || a[len(a)-2] == ' ' {
		return false
	}
	r := first(b)
	before := last(a[:len(a)-1])
	return (unicode.IsUpper(r) || unicode.IsDigit(r)) && (unicode.IsUpper(before) || unicode.IsDigit(before))
}
