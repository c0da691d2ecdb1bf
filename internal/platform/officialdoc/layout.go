package officialdoc

import (
	"strings"
	"unicode/utf8"
)

const (
	headLines = 60 // how far the letterhead may reach
	tailLines = 80 // how far recipients and signature may reach
	wideGap   = 3  // spaces between two columns
)

// columns untangles the two columns of the letterhead and of the end of a page
// that was printed as text: the motto's column first, then the agency's; the
// recipients first, then the signature.
func columns(lines []line) []line {
	lines = headColumns(lines)
	for i := range lines {
		if text := lines[i].text; (text[0] == 'N' || text[0] == 'n') && receives(squeeze(text)) {
			return tailColumns(lines, i)
		}
	}
	return lines
}

// headColumns separates the letterhead where a line holds both columns.
func headColumns(lines []line) []line {
	n := min(len(lines), headLines)
	end, column := 0, 1<<30
	cuts := make([]int, n)
	for i, l := range lines[:n] {
		if l.tidy || l.cell != (Cell{}) {
			continue
		}
		if at := headCut(l.text); at > 0 {
			cuts[i] = at
			end = i + 1
			column = min(column, l.indent+utf8.RuneCountInString(l.text[:at]))
		}
	}
	if end == 0 {
		return lines
	}
	var left, right []line
	for i, l := range lines[:end] {
		at := cuts[i]
		if at == 0 && l.indent < column-4 {
			at = gapAt(l, column-4)
		}
		switch {
		case at > 0:
			a, b := halve(l, at)
			left, right = append(left, a), append(right, b)
		case l.indent >= column-4 || motto(squeeze(l.text)):
			right = append(right, l)
		default:
			left = append(left, l)
		}
	}
	return append(append(right, left...), lines[end:]...)
}

// headCut is the byte at which the right column of a letterhead's line begins, 0
// when the line has one column.
func headCut(s string) int {
	for _, anchor := range []string{"CỘNG H", "Cộng h", "ĐẢNG CỘNG SẢN VIỆT NAM", "Độc lập", "ĐỘC LẬP"} {
		if at := strings.Index(s, anchor); at > 0 && motto(squeeze(s[at:])) {
			return at
		}
	}
	at := strings.Index(s, "ngày")
	for _, word := range []string{"Ngày", "NGÀY"} {
		if at < 0 {
			at = strings.Index(s, word)
		}
	}
	if at <= 0 {
		return 0
	}
	comma := strings.LastIndexByte(s[:at], ',')
	if comma < 0 {
		return 0
	}
	if gap := strings.LastIndex(s[:comma], "  "); gap > 0 {
		if _, _, ok := placeDate(squeeze(s[gap:])); ok {
			return gap + 2
		}
	}
	if _, rest, ok := ownSign(s); ok { // pasted: a single space between the columns
		if _, _, ok := placeDate(squeeze(rest)); ok {
			return len(s) - len(strings.TrimLeft(rest, " "))
		}
	}
	return 0
}

// gapAt is the byte after the last wide gap of a line whose right side begins at
// or after column, 0 when there is none.
func gapAt(l line, column int) int {
	gap := strings.LastIndex(l.text, strings.Repeat(" ", wideGap))
	if gap <= 0 {
		return 0
	}
	at := gap + wideGap
	if l.indent+utf8.RuneCountInString(l.text[:at]) < column {
		return 0
	}
	return at
}

// halve cuts a line in two.
func halve(l line, at int) (a, b line) {
	a, b = l, l
	a.text = strings.TrimRight(l.text[:at], " ")
	a.end = a.indent + utf8.RuneCountInString(a.text)
	b.indent = l.indent + utf8.RuneCountInString(l.text[:at])
	b.text = strings.TrimLeft(l.text[at:], " ")
	return a, b
}

// receives tells the line "Nơi nhận:".
func receives(s string) bool {
	if s == "" || s[0] != 'N' && s[0] != 'n' || !short(s, 2000) {
		return false
	}
	rest, ok := afterWords(s, "Nơi nhận")
	return ok && (rest == "" || strings.Contains(s[:len(s)-len(rest)], ":") || strings.HasPrefix(rest, ":"))
}

// tailColumns separates recipients and signature where they stand beside each
// other from line at on.
func tailColumns(lines []line, at int) []line {
	end := at
	for end < len(lines) && end-at < tailLines && !(lines[end].tidy && lines[at].tidy) && lines[end].cell == (Cell{}) && !annexed(squeeze(lines[end].text)) && (end == at || !lines[end].page) {
		end++
	}
	column := 1 << 30
	for _, l := range lines[at:end] {
		if cut := gapAt(l, 20); cut > 0 {
			column = min(column, l.indent+utf8.RuneCountInString(l.text[:cut]))
		}
	}
	if column == 1<<30 {
		column = 36
	}
	var left, right []line
	pasted := false
	for _, l := range lines[at:end] {
		cut := gapAt(l, 20)
		if cut == 0 {
			cut = capacityCut(l.text)
			pasted = pasted || cut > 0
		}
		switch {
		case pasted && cut == 0 && nameLike(squeeze(l.text)):
			right = append(right, l)
		case l.indent >= max(20, column-15) && !strings.HasPrefix(l.text, "-"):
			right = append(right, l)
		case cut > 0:
			a, b := halve(l, cut)
			b.blank = false
			left, right = append(left, a), append(right, b)
		default:
			left = append(left, l)
		}
	}
	if len(right) == 0 {
		return lines
	}
	out := make([]line, 0, len(lines)+len(right))
	out = append(append(append(out, lines[:at]...), left...), right...)
	return append(out, lines[end:]...)
}

// capacityCut is the byte at which a capacity begins behind a recipient on a line
// whose columns the clipboard has lost: "- Như trên; KT. CHÁNH VĂN PHÒNG".
func capacityCut(s string) int {
	if !short(s, 200) || capitals(s) {
		return 0
	}
	for i := 0; i+2 < len(s); i++ {
		if s[i+1] == ' ' && strings.IndexByte(";.:)", s[i]) >= 0 && capacity(squeeze(s[i+2:])) {
			return i + 2
		}
	}
	return 0
}

// clean drops what stands on a page without being part of the document: its
// number, and the printed trace of a digital signature.
func clean(lines []line) []line {
	out := lines[:0]
	blank, page := false, false
	for i, l := range lines {
		l.blank, l.page = l.blank || blank, l.page || page
		if l.cell == (Cell{}) && (pageNumber(l.text) || i < headLines && stamp(l.text)) {
			blank, page = true, l.page
			continue
		}
		blank, page = false, false
		out = append(out, l)
	}
	return out
}

// pageNumber tells "2", "- 2 -", "2/5" and "Trang 2".
func pageNumber(s string) bool {
	if len(s) > 24 {
		return false
	}
	s = strings.Trim(s, " -–[]")
	for _, word := range []string{"Trang", "trang", "Page"} {
		s = strings.TrimLeft(strings.TrimPrefix(s, word), " ")
	}
	a, b, two := strings.Cut(s, "/")
	number := func(s string) bool { n, end, ok := digitsAt(s, 0, 4); return ok && end == len(s) && n > 0 }
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	return number(a) && (!two || number(b) && len(a) <= 2 && len(b) <= 2)
}

// stamp tells the lines that signing programs print on the first page.
func stamp(s string) bool {
	if !short(s, 160) {
		return false
	}
	for _, begin := range []string{"Ký bởi:", "Người ký:", "Email:", "Thời gian ký:", "Ngày ký:", "Cơ quan:", "Chữ ký số", "Signature Not Verified", "Signed by:"} {
		if strings.HasPrefix(s, begin) {
			return true
		}
	}
	return false
}
