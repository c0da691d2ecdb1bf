package officialdoc

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// marker is the sign before an item: as printed, bare, and how deep it lies.
type marker struct {
	text  string
	label string
	level int
	size  int // bytes of the line that the marker and its spaces take
}

// markerOf reads the marker at the beginning of a tidied line; level is
// LevelNone when it has none.
func markerOf(s string) marker {
	if s == "" {
		return marker{}
	}
	if m := dashOf(s); m.level != LevelNone {
		return m
	}
	if m := wordOf(s); m.level != LevelNone {
		return m
	}
	body, bracket := s, 0
	if s[0] == '(' { // (1), (a)
		body, bracket = s[1:], 1
	}
	n := 0
	for n < len(body) && n < 12 && (isDigit(body[n]) || body[n] == '.' && n > 0 && isDigit(body[n-1]) && n+1 < len(body) && isDigit(body[n+1])) {
		n++
	}
	if n > 0 {
		return numberedOf(s, body[:n], bracket)
	}
	return letteredOf(s, body, bracket)
}

// dashOf reads -, +, • and their kin.
func dashOf(s string) marker {
	r, size := utf8.DecodeRuneInString(s)
	m := marker{level: LevelBullet}
	switch r {
	case '-', '–', '—', '−':
		m.level, m.label = LevelDash, "-"
	case '+':
		m.level, m.label = LevelPlus, "+"
	case '•', '*', '·', '●', '○', '▪', '■', '♦', '➢', '✓', '∙', '◦', '‣', '►':
		m.label = "•"
	default:
		return marker{}
	}
	m.text, m.size = s[:size], skip(s, size)
	next := s[m.size:]
	switch {
	case next == "":
		return marker{}
	case m.size == size && !unicode.IsLetter(first(next)) && first(next) != '"' && first(next) != '“' && first(next) != '(': // -5, +84, --
		return marker{}
	case strings.HasPrefix(next, s[:size]):
		return marker{}
	}
	return m
}

// wordOf reads Điều 1., Chương II, Mục 3, Phần thứ nhất.
func wordOf(s string) marker {
	for _, w := range []struct {
		word  string
		level int
	}{
		{"điều", LevelArticle}, {"chương", LevelChapter}, {"mục", LevelSection}, {"tiểu mục", LevelSection}, {"phần thứ", LevelPart}, {"phần", LevelPart},
	} {
		end, ok := wordAt(s, 0, w.word)
		if !ok || end >= len(s) || s[end] != ' ' {
			continue
		}
		from := skip(s, end)
		to := from
		for to < len(s) && s[to] != ' ' && s[to] != '.' && s[to] != ':' {
			to++
		}
		value := s[from:to]
		if !counts(value, w.word == "phần thứ") {
			return marker{}
		}
		stop := to < len(s) && (s[to] == '.' || s[to] == ':')
		if w.level == LevelArticle && !stop || !stop && to < len(s) {
			return marker{} // "Điều 3 Nghị định …" continues a sentence
		}
		if stop {
			to++
		}
		return marker{text: s[:to], label: s[:from] + value, level: w.level, size: skip(s, to)}
	}
	return marker{}
}

// counts tells whether value is a number, digits or Roman; in words too after
// "phần thứ".
func counts(value string, words bool) bool {
	if value == "" || len(value) > 12 {
		return false
	}
	if words {
		return unicode.IsLetter(first(value))
	}
	digits, roman := true, true
	for i := 0; i < len(value); i++ {
		c := value[i]
		digits = digits && (isDigit(c) || i > 0 && c >= 'a' && c <= 'z')
		roman = roman && strings.IndexByte("IVXLC", c) >= 0
	}
	return digits || roman
}

// numberedOf reads 1., 1), 1/, 1-, 1.2., 1.2 and (1).
func numberedOf(s, digits string, bracket int) marker {
	dots := strings.Count(digits, ".")
	for part := range strings.SplitSeq(digits, ".") {
		if len(part) > 2 {
			return marker{}
		}
	}
	end := bracket + len(digits)
	m := marker{label: digits, level: LevelNumber + min(dots, 2)}
	rest := s[end:]
	switch {
	case bracket == 1 && !strings.HasPrefix(rest, ")"):
		return marker{}
	case rest != "" && strings.IndexByte(".):/", rest[0]) >= 0:
		end++
	case strings.HasPrefix(rest, "-") && strings.HasPrefix(rest, "- "):
		end++
	case dots > 0 && strings.HasPrefix(rest, " ") && startsItem(strings.TrimLeft(rest, " ")):
	default:
		return marker{}
	}
	return closed(m, s, end)
}

// letteredOf reads a), a., A., I., IV), I- and (a).
func letteredOf(s, body string, bracket int) marker {
	n := 0
	for n < len(body) && n < 8 && strings.IndexByte("IVXL", body[n]) >= 0 {
		n++
	}
	level := LevelRoman
	if n == 0 {
		r, size := utf8.DecodeRuneInString(body)
		switch {
		case r >= 'a' && r <= 'z' || r == 'đ':
			level = LevelLetter
		case r >= 'A' && r <= 'Z' || r == 'Đ':
			level = LevelCapital
		default:
			return marker{}
		}
		n = size
	}
	end := bracket + n
	rest := s[end:]
	m := marker{label: body[:n], level: level}
	switch {
	case rest == "", bracket == 1 && rest[0] != ')':
		return marker{}
	case rest[0] == ')' || rest[0] == '.':
		end++
	case rest[0] == '/' && (len(rest) > 1 && rest[1] == ' '):
		end++
	case level == LevelRoman && (strings.HasPrefix(rest, "- ") || strings.HasPrefix(rest, " - ") || strings.HasPrefix(rest, " – ")):
		end = skip(s, end) + 1
		if hyphen(s, end-1) > 1 {
			end += hyphen(s, end-1) - 1
		}
	default:
		return marker{}
	}
	if level != LevelLetter && rest[0] == '.' && !startsItem(strings.TrimLeft(s[end:], " ")) {
		return marker{}
	}
	return closed(m, s, end)
}

// closed completes a marker that ends before s[end], unless the text goes on
// without a space or ends there.
func closed(m marker, s string, end int) marker {
	if end >= len(s) || s[end] != ' ' && !(s[end-1] == ')' || s[end-1] == '.') {
		return marker{}
	}
	if s[end] != ' ' && !unicode.IsUpper(first(s[end:])) || s[end] != ' ' && m.level == LevelCapital {
		return marker{} // "1.000 đồng", "N.T. Sinh"
	}
	m.text, m.size = s[:end], skip(s, end)
	if m.size == len(s) {
		return marker{}
	}
	return m
}

// startsItem tells whether s begins as an item does: not with a small letter.
func startsItem(s string) bool { return s != "" && !unicode.IsLower(first(s)) }
