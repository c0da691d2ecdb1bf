package officialdoc

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sign is a document's số, ký hiệu: "94/TB-UBND", "66.18/2026/NQ-CP",
// "34-NQ/TU"; number may be blank where it is read from a letterhead.
type sign struct {
	number string // digits and what belongs to them; empty when blank
	year   string
	symbol string
	party  bool // hyphen first, slash second
}

// String is the sign without stray spaces; empty when the number is blank.
func (n sign) String() string {
	switch {
	case n.number == "":
		return ""
	case n.party:
		return n.number + "-" + n.symbol
	case n.year != "":
		return n.number + "/" + n.year + "/" + n.symbol
	}
	return n.number + "/" + n.symbol
}

// certain tells whether the sign needs no word "số" before it to be one.
func (n sign) certain() bool {
	return n.party || n.year != "" || strings.Contains(n.symbol, "-")
}

// signAt reads a sign whose digits begin at s[i].
func signAt(s string, i int) (n sign, end int, ok bool) {
	from := i
	for dots := 0; i < len(s) && i-from < 12; i++ {
		if s[i] == '.' && dots == 0 && i+1 < len(s) && isDigit(s[i+1]) {
			dots++
		} else if !isDigit(s[i]) {
			break
		}
	}
	if i == from || i-from > 10 {
		return sign{}, 0, false
	}
	if i+1 < len(s) && s[i] >= 'A' && s[i] <= 'Z' && (s[i+1] == '/' || s[i+1] == ' ' || s[i+1] == '-') {
		i++ // 13A/BB-DTT72
	} else if strings.HasPrefix(s[i:], ":") && i+5 <= len(s) && year(s[i+1:i+5]) {
		i += 5 // QCVN 01:2019/BCT
	}
	n.number = s[from:i]
	return tailAt(n, s, i)
}

// tailAt reads what follows the number at s[i]: separator and symbol.
func tailAt(n sign, s string, i int) (sign, int, bool) {
	i = skip(s, i)
	switch size := hyphen(s, i); {
	case size > 0:
		n.party = true
		symbol, end, ok := partySymbol(s, skip(s, i+size))
		n.symbol = symbol
		return n, end, ok
	case i < len(s) && s[i] == '/':
	default:
		return sign{}, 0, false
	}
	i = skip(s, i+1)
	if i+4 < len(s) && year(s[i:i+4]) {
		if j := skip(s, i+4); j < len(s) && s[j] == '/' {
			n.year = s[i : i+4]
			i = skip(s, j+1)
		}
	}
	symbol, end, ok := symbolAt(s, i)
	n.symbol = symbol
	return n, end, ok
}

// symbolAt reads groups joined by hyphens: TB-UBND, QH15, BNN-VPĐP. One hyphen
// may have spaces around it when capitals follow: "TTr - SCT".
func symbolAt(s string, i int) (symbol string, end int, ok bool) {
	var groups []string
	upper := 0
	for len(groups) < 6 {
		g, j, big := groupAt(s, i)
		if g == "" || len(groups) == 0 && !unicode.IsUpper(first(g)) {
			break
		}
		groups, end = append(groups, g), j
		upper += big
		at := skip(s, j)
		size := hyphen(s, at)
		if size == 0 {
			break
		}
		i = skip(s, at+size)
		if at > j || i > at+size { // spaces around it
			next, _, big := groupAt(s, i)
			if len(groups) > 1 || big < 2 || big != utf8.RuneCountInString(next) {
				break
			}
		}
	}
	return strings.Join(groups, "-"), end, upper >= 2 && end > 0
}

// partySymbol reads NQ/TU, CTr/TW, TB/VPTU.
func partySymbol(s string, i int) (symbol string, end int, ok bool) {
	kind, i, ok := symbolAt(s, i)
	if !ok {
		return "", 0, false
	}
	if i = skip(s, i); i >= len(s) || s[i] != '/' {
		return "", 0, false
	}
	owner, end, big := groupAt(s, skip(s, i+1))
	if big == 0 || !unicode.IsUpper(first(owner)) {
		return "", 0, false
	}
	return kind + "/" + owner, end, true
}

// groupAt reads letters, digits and & that form one group of a symbol, and
// counts its capitals. It is empty where a common word stands: one with small
// letters that carry marks, or with more small letters than a code has.
func groupAt(s string, i int) (group string, end, upper int) {
	end = i
	small := 0
	for end < len(s) && end-i < 40 {
		r, size := utf8.DecodeRuneInString(s[end:])
		switch {
		case unicode.IsUpper(r):
			upper++
		case r >= 'a' && r <= 'z', r == 'đ':
			small++
		case r >= '0' && r <= '9', r == '&':
		case unicode.IsLetter(r), unicode.IsMark(r):
			return "", i, 0
		default:
			return finished(s[i:end], i, small, upper)
		}
		end += size
	}
	return finished(s[i:end], i, small, upper)
}

// finished is a group that begins at from, unless it looks like a word.
func finished(group string, from, small, upper int) (string, int, int) {
	if small > 2 || upper == 0 || len(group) >= 40 {
		return "", from, 0
	}
	return group, from + len(group), upper
}

// hyphen is the size of a hyphen or dash at s[i], 0 when there is none.
func hyphen(s string, i int) int {
	for _, h := range []string{"-", "–", "‑", "—"} {
		if strings.HasPrefix(s[min(i, len(s)):], h) {
			return len(h)
		}
	}
	return 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func year(s string) bool {
	return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") && isDigit(s[2]) && isDigit(s[3])
}

// numberLine is the beginning of "Số: 05/TB-UBND", "Luật số: 31/2024/QH15".
var numberLine = regexp.MustCompile(`(?i)^(?:luật |lệnh |pháp lệnh |nghị quyết |văn bản )?số(?: hiệu| ký hiệu|, ký hiệu)?\s*[:.]?[\s._…]*`)

// ownSign reads the number line of a letterhead: a blank number is normal. rest
// is what stands behind the sign on the same line.
func ownSign(s string) (n sign, rest string, ok bool) {
	at := numberLine.FindStringIndex(s[:min(len(s), 400)])
	if at == nil {
		return sign{}, "", false
	}
	body := s[at[1]:]
	if n, end, ok := signAt(body, 0); ok {
		return n, body[end:], true
	}
	// Blank: the dots of a form may stand before the separator.
	body = strings.TrimLeft(body, " ._…")
	if n, end, ok := tailAt(sign{}, body, 0); ok {
		return n, body[end:], true
	}
	// A number alone, as letters of some offices have: "Số: 30/".
	return sign{}, "", false
}
