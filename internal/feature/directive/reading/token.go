package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word or a mark of a text.
type token struct {
	start, end int    // bytes
	low        string // in lower case
	capital    bool   // begins with a capital letter
	mark       bool   // punctuation
	depth      int    // of brackets around it
}

// tokens cuts a text into words and marks.
func tokens(s string) []token {
	var list []token
	depth := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r):
			i += size
		case inWord(r):
			end := i + size
			for end < len(s) {
				next, n := utf8.DecodeRuneInString(s[end:])
				if !inWord(next) && !joins(s, end, next, n) {
					break
				}
				end += n
			}
			list = append(list, token{start: i, end: end, low: strings.ToLower(s[i:end]), capital: unicode.IsUpper(r), depth: depth})
			i = end
		default:
			if r == ')' || r == ']' {
				depth = max(0, depth-1)
			}
			list = append(list, token{start: i, end: i + size, low: s[i : i+size], mark: true, depth: depth})
			if r == '(' || r == '[' {
				depth++
			}
			i += size
		}
	}
	return list
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '&'
}

// joins tells whether a mark stands inside a word: "94/TB-UBND", "20.5", "TL.".
func joins(s string, at int, r rune, size int) bool {
	if r != '/' && r != '-' && r != '.' || at+size >= len(s) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[at+size:])
	return inWord(next)
}

// sentences of a list of tokens: the places where one begins. A full stop inside
// brackets, or before a small letter, ends nothing.
func sentences(list []token) []int {
	starts := []int{0}
	for i, t := range list {
		if t.mark && (t.low == "." || t.low == "!" || t.low == "?") && t.depth == 0 && i+1 < len(list) && !list[i+1].mark && list[i+1].capital {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// phrase tells whether the words of a phrase stand at a place, and how many
// tokens they are; 0 when they do not.
func phrase(list []token, at int, words string) int {
	n := 0
	for words != "" {
		word, rest, _ := strings.Cut(words, " ")
		if at+n >= len(list) || list[at+n].low != word {
			return 0
		}
		words = rest
		n++
	}
	return n
}

// longest is the number of tokens of the longest phrase of a table that stands
// at a place, 0 for none.
func (l wordTable) longest(list []token, at int) int {
	if at < 0 || at >= len(list) {
		return 0
	}
	best := 0
	for _, p := range l[list[at].low] {
		if n := phrase(list, at, p); n > best {
			best = n
		}
	}
	return best
}

// wordTable is phrases by their first word.
type wordTable map[string][]string

// words makes a wordTable of phrases separated by "|".
func words(text string) wordTable {
	l := wordTable{}
	for _, p := range strings.Split(text, "|") {
		first, _, _ := strings.Cut(p, " ")
		l[first] = append(l[first], p)
	}
	return l
}
