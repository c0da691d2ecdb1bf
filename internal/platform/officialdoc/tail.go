package officialdoc

import (
	"strings"
	"unicode"

	"giuchuan/internal/kernel/vntext"
)

// footer reads recipients and signature.
type footer struct {
	lines []line
	row   int // the row that is open, -1 for none
	kept  bool
	seen  bool // a capacity was seen
	named bool
}

// readTail gives the lines of the end of the document, looked for from line from
// on, their roles, and returns where it begins and where the annex begins.
func readTail(lines []line, from int) (begin, end int) {
	f := &footer{lines: lines, row: -1}
	at := -1
	for i := from; i < len(lines); i++ {
		if receives(lines[i].text) {
			at = i
			break
		}
	}
	begin = at
	if at < 0 {
		if at = f.signature(from); at < 0 {
			return len(lines), len(lines)
		}
		begin = at
	}
	for begin > from && at-begin < 8 && capacity(lines[begin-1].text) {
		begin--
	}
	for i := begin; i < at; i++ {
		lines[i].role, f.seen = roleCapacity, true
	}
	end = f.scan(at)
	for i := begin; i < end; i++ {
		lines[i].part = PartSignature
		switch lines[i].role {
		case roleReceive, roleRow, roleFloat:
			lines[i].part = PartRecipients
		}
	}
	for i := end; i < len(lines); i++ {
		lines[i].part = PartAnnex
	}
	return begin, end
}

// signature finds the block of signature of a document without "Nơi nhận": a
// capacity, and a name within the next lines.
func (f *footer) signature(from int) int {
	for i := from; i < len(f.lines); i++ {
		if !capacity(f.lines[i].text) {
			continue
		}
		for j := i + 1; j < len(f.lines) && j <= i+6; j++ {
			if s := f.lines[j].text; nameLike(s) && !capacity(s) {
				return i
			} else if !capitals(s) && !signedMark(s) {
				break
			}
		}
	}
	return -1
}

// scan walks from the first line of the end to the annex.
func (f *footer) scan(at int) int {
	for i := at; i < len(f.lines); i++ {
		l := &f.lines[i]
		s := l.text
		switch {
		case s == "":
		case i == at && receives(s):
			l.role = roleReceive
		case i > at+2*tailLines || annexed(s):
			return i
		case capacity(s) && l.marker == "":
			l.role, f.seen, f.named, f.row = roleCapacity, true, false, -1
		case signedMark(s):
			l.role = roleSigned
		case f.receive(i):
		case f.seen && !f.named && nameLike(s):
			l.role, f.named = roleName, true
		case f.seen && !f.named && capitals(s) && short(s, 100):
			l.role = roleCapacity
		case f.seen && !f.named && short(s, 60) && i+1 < len(f.lines) && nameLike(f.lines[i+1].text):
			l.role = roleSigned // "Chữ ký số", a rank
		default:
			return i
		}
	}
	return len(f.lines)
}

// receive reads a row under "Nơi nhận", what goes on with one, or the bracket
// beside several.
func (f *footer) receive(i int) bool {
	l := &f.lines[i]
	level := markerOf(l.text).level
	dash := l.marker != "" || level >= LevelDash
	switch {
	case f.lines[i].part != "", !short(l.text, 400):
		return false
	case dash && (!f.named || !f.kept):
		f.open(i)
		return true
	case level != LevelNone && !f.continues(i):
		return false
	case strings.HasPrefix(l.text, "("):
		return f.bracket(i)
	case f.continues(i):
		a := &f.lines[f.row]
		a.text += " " + l.text
		l.text = ""
		f.kept = f.kept || keeps(a.text)
		return true
	case f.kept || f.seen || l.blank && f.row >= 0 || capitals(l.text) && !strings.HasSuffix(l.text, ";"):
		return false
	}
	f.open(i)
	return true
}

func (f *footer) open(i int) {
	f.lines[i].role, f.row = roleRow, i
	f.kept = f.kept || keeps(f.lines[i].text)
}

// continues tells whether line i goes on with the open row.
func (f *footer) continues(i int) bool {
	if f.row < 0 || f.lines[i].blank && !unicode.IsLower(first(f.lines[i].text)) || f.lines[i].cell != f.lines[f.row].cell {
		return false
	}
	a := f.lines[f.row].text
	if stops(a) {
		return false
	}
	return unicode.IsLower(first(f.lines[i].text)) || expects(a) || strings.Count(a, "(") > strings.Count(a, ")")
}

// bracket reads "(Báo cáo)", which may take several lines, or the end of a row.
func (f *footer) bracket(i int) bool {
	j := i + 1
	for j < len(f.lines) && j < i+4 && !strings.Contains(f.lines[j-1].text, ")") {
		j++
	}
	text := ""
	for _, l := range f.lines[i:j] {
		text += " " + l.text
	}
	if purpose := purposeOf(text); purpose == "" || !short(text, 40) {
		if signedMark(f.lines[i].text) || f.row < 0 || f.lines[i].blank {
			return false
		}
		f.lines[f.row].text += " " + f.lines[i].text
		f.lines[i].text = ""
		return true
	}
	collapse(f.lines[i:j])
	f.lines[i].role = roleFloat
	return true
}

// keeps tells the archive row: "Lưu: VT, NLN (Thành)".
func keeps(s string) bool {
	_, ok := afterWords(strings.Replace(s[markerOf(s).size:], ":", ": ", 1), "Lưu")
	return ok
}

// capacity tells a line of the chain of capacities: "TL. CHỦ TỊCH", "PHÓ CHÁNH
// VĂN PHÒNG".
func capacity(s string) bool {
	if s == "" || !short(s, 100) || !capitals(s) || strings.HasSuffix(s, ";") {
		return false
	}
	for _, begin := range []string{"TM.", "T/M", "KT.", "K/T", "TL.", "T/L", "TUQ.", "Q.", "TM ", "KT ", "TL ", "TUQ "} {
		if strings.HasPrefix(s, begin) {
			return true
		}
	}
	return beginsWith(s, officeWords)
}

// signedMark tells "(Đã ký)" and its kin.
func signedMark(s string) bool {
	switch vntext.SearchKey(s[:clamp(s, 60)]) {
	case "da ky", "ky ten", "ky ten dong dau", "da ky dong dau", "ky boi", "chu ky", "ky ghi ro ho ten", "ky ghi ro ho ten va dong dau":
		return true
	}
	return false
}

// ranks are the words before a name that begin with a small letter.
var ranks = []string{"tướng", "tá", "úy", "uý", "cấp", "sĩ", "sư"}

// nameLike tells whether a line may be the name of a person: two to eight words
// that begin with a capital.
func nameLike(s string) bool {
	if !short(s, 60) || strings.ContainsAny(s, ";:0123456789/()") || strings.HasSuffix(s, ".") {
		return false
	}
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 8 || capacity(s) || receives(s) || motto(s) {
		return false
	}
	for _, w := range words {
		if unicode.IsUpper(first(w)) {
			continue
		}
		known := false
		for _, r := range ranks {
			known = known || w == r
		}
		if !known {
			return false
		}
	}
	return true
}

// annexed tells the heading of an annex.
func annexed(s string) bool {
	if s == "" || s[0] != 'P' && s[0] != 'D' && s[0] != 'B' || !short(s, 160) {
		return false
	}
	if capitals(s) {
		for _, begin := range []string{"PHỤ LỤC", "DANH MỤC", "DANH SÁCH", "BIỂU SỐ", "BIỂU MẪU"} {
			if strings.HasPrefix(s, begin) {
				return true
			}
		}
	}
	rest, ok := afterWords(s, "Phụ lục")
	return ok && short(rest, 8)
}
