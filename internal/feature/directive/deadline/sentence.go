package deadline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"giuchuan/internal/kernel/vntext"
)

// lower is s in lower case with every space of whatever kind as plain spaces,
// byte for byte in the same places.
func lower(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		_, size := utf8.DecodeRuneInString(s[i:])
		switch l := unicode.ToLower(r); {
		case unicode.IsSpace(r):
			for range size {
				b.WriteByte(' ')
			}
		case r == '–' || r == '—':
			b.WriteString("  -")
		case r != utf8.RuneError && utf8.RuneLen(l) == size:
			b.WriteRune(l)
		default:
			b.WriteString(s[i : i+size])
		}
	}
	return b.String()
}

// signals are the beginnings of everything the grammar knows without a digit.
var signals = [...]string{
	"thường xuyên", "liên tục", "ngay", "khẩn", "sớm", "kịp thời", "đẩy nhanh", "hằng", "hàng", "mỗi", "định kỳ",
	"quy định", "tiến độ", "thời hạn", "hạn", "năm nay", "này", "tháng", "quý", "quí", "tại",
}

// any tells whether the sentence has one of some words; it saves running patterns
// that need one of them.
func (s *scan) any(words ...string) bool {
	for _, w := range words {
		if strings.Contains(s.low, w) {
			return true
		}
	}
	return false
}

// worthwhile tells quickly whether a sentence can hold a deadline at all.
func (s *scan) worthwhile() bool {
	if strings.ContainsAny(s.low, "0123456789") {
		return true
	}
	return s.any(signals[:]...)
}

// clause is what stands before a place in its clause: after the last ";" or full
// stop, inside its own bracket.
func (s *scan) clause(at int) string {
	low := max(0, at-maxContext)
	from := s.letter(low)
	for i := at - 1; i >= low; i-- {
		c := s.low[i]
		if c == ';' || c == '(' || c == '.' && i+1 < len(s.low) && s.low[i+1] == ' ' {
			from = i + 1
			break
		}
		if c == ')' { // a closed bracket is no part of the clause's grammar
			if open := strings.LastIndexByte(s.low[low:i], '('); open >= 0 {
				i = low + open
			}
		}
	}
	return s.low[from:at]
}

// letter is the first place from i on where a letter begins.
func (s *scan) letter(i int) int {
	for i < len(s.low) && !utf8.RuneStart(s.low[i]) {
		i++
	}
	return i
}

// before is what stands before a place in the sentence.
func (s *scan) before(at int) string { return s.low[s.letter(max(0, at-maxContext)):at] }

// after is what stands behind a place up to the end of its sentence.
func (s *scan) after(at int) string {
	rest := s.low[at:s.letter(min(len(s.low), at+maxContext))]
	if i := strings.Index(rest, ". "); i >= 0 {
		rest = rest[:i]
	}
	return rest
}

// last is where the last match of a pattern begins and ends in a text, as a
// word of its own; -1 where there is none.
func last(re vntext.Pattern, text string) (start, end int) {
	start, end = -1, -1
	for _, m := range re.FindAllStringIndex(text, -1) {
		if bounded(text, m[0], m[1]) {
			start, end = m[0], m[1]
		}
	}
	return start, end
}

// holds tells whether a text holds a match as a word of its own.
func holds(re vntext.Pattern, text string) bool {
	for _, m := range re.FindAllStringIndex(text, -1) {
		if bounded(text, m[0], m[1]) {
			return true
		}
	}
	return false
}

// bounded tells whether no letter or digit touches an extent.
func bounded(text string, start, end int) bool {
	after, _ := utf8.DecodeRuneInString(text[end:])
	return begins(text, start) && !wordRune(after)
}

// begins tells whether no letter or digit stands right before a place.
func begins(text string, start int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	return !wordRune(before)
}

func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r))
}
