package officialdoc

import (
	"strings"
	"unicode"

	"giuchuan/internal/kernel/vntext"
)

// frontLines is how far from the top a mark in small letters still counts.
const frontLines = 40

// refused tells whether the lines carry a mark of secrecy: MẬT, TỐI MẬT or TUYỆT
// MẬT on a line, in a column or in a cell of its own, or beside the letterhead.
// The word in running text ("bảo mật", "bí mật nhà nước") is none.
func refused(lines []line) bool {
	previous := ""
	for i, l := range lines {
		if strings.Contains(l.text, "Ậ") || strings.Contains(l.text, "ậ") || strings.Contains(l.text, "MAT") {
			if !splits(previous) && marksLine(l.text, i < frontLines) {
				return true
			}
		}
		previous = l.text
	}
	return false
}

// splits tells whether a line ends in the first half of "bảo mật" or "bí mật".
func splits(s string) bool {
	tail := vntext.Canon(s[tailStart(s, 12):])
	return strings.HasSuffix(tail, "bí") || strings.HasSuffix(tail, "bảo")
}

// tailStart is where about the last n bytes of s begin, at a character.
func tailStart(s string, n int) int {
	at := max(0, len(s)-n)
	for at > 0 && at < len(s) && s[at]&0xC0 == 0x80 {
		at--
	}
	return at
}

// marksLine looks at every column of a line, and at both ends of a line of the
// letterhead.
func marksLine(s string, front bool) bool {
	for column := range strings.SplitSeq(s, "  ") {
		if marksSecret(column, front) {
			return true
		}
	}
	s = squeeze(s)
	if !front || !short(s, 160) {
		return false
	}
	head, rest, found := strings.Cut(s, "MẬT ")
	if found && secretWord(head+"MẬT") && ofLetterhead(rest) {
		return true
	}
	body := strings.TrimRight(s, " )].")
	at := strings.LastIndex(body, "MẬT")
	if at <= 0 || at+len("MẬT") != len(body) {
		return false
	}
	body = strings.TrimRight(body[:at], " ([")
	body = strings.TrimSuffix(strings.TrimSuffix(body, "TỐI"), "TUYỆT")
	return ofLetterhead(strings.TrimRight(body, " (["))
}

// ofLetterhead tells whether a text is a line that every document begins with.
func ofLetterhead(s string) bool {
	if _, _, ok := placeDate(s); ok || motto(s) {
		return true
	}
	_, rest, ok := ownSign(s)
	return ok && squeeze(rest) == ""
}

// marksSecret tells whether s is nothing but a mark of secrecy, alone, with a
// mark of urgency, or after "Độ mật:". In small letters it counts only where
// small is set.
func marksSecret(s string, small bool) bool {
	if !short(s, 60) {
		return false
	}
	found := false
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != ' ' }) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		big := strings.ToUpper(strings.ReplaceAll(part, " ", ""))
		switch {
		case secretWord(part):
			found = true
		case small && secretWord(strings.ToUpper(part)):
			found = true
		case urgencies[big] != "" || big == "ĐỘMẬT" || big == "DẤU" || big == "ĐÓNGDẤU" || big == "MỨCĐỘMẬT":
		default:
			return false
		}
	}
	return found
}

// secretWord tells the marks, letters spaced or not.
func secretWord(s string) bool {
	switch strings.ReplaceAll(s, " ", "") {
	case "MẬT", "TỐIMẬT", "TUYỆTMẬT", "TOIMAT", "TUYETMAT", "TÀILIỆUMẬT", "VĂNBẢNMẬT":
		return true
	}
	return false
}

// urgencies are the marks of urgency without their spaces.
var urgencies = map[string]string{
	"KHẨN": "khẩn", "THƯỢNGKHẨN": "thượng khẩn", "HỎATỐC": "hỏa tốc", "HOẢTỐC": "hỏa tốc", "HỎATỐCHẸNGIỜ": "hỏa tốc", "HOẢTỐCHẸNGIỜ": "hỏa tốc",
}

// urgency is the mark of urgency that is all of a line, or empty.
func urgency(s string) string {
	if !short(s, 40) || !capitals(s) {
		return ""
	}
	return urgencies[strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }), "")]
}

// motto tells the lines that the State's and the Party's documents bear.
func motto(s string) bool {
	if !short(s, 80) {
		return false
	}
	key := vntext.SearchKey(s)
	return strings.HasPrefix(key, "cong hoa xa hoi chu nghia viet nam") || strings.HasPrefix(key, "doc lap tu do hanh phuc") || key == "dang cong san viet nam"
}
