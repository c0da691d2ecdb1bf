package vntext

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A sort key is the letters of the text, then, if any syllable has a tone, a
// levelMark and one digit per syllable. The marks sort in this order: levelMark
// < wordMark < digits < letters < foreignMark, so a shorter word comes first.
const (
	levelMark   = '!'
	wordMark    = '-'
	firstLetter = 'A' // 'A' + rank
	foreignMark = '~'
)

// SortKey is text whose bytes sort as a Vietnamese list does: by the letters
// a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y (f j w z where Latin
// script has them), words before longer words, and where all letters agree by
// the tones ngang huyền hỏi ngã sắc nặng, syllable by syllable. Case,
// punctuation and the placement of tone marks make no difference; numbers sort
// by their value ("Thôn 2" before "Thôn 10"). The key is valid UTF-8 without
// control characters, for a column that is ordered bytewise.
func SortKey(s string) string {
	w := sortWriter{}
	w.key.Grow(len(s) + 8)
	text := []rune(lower(s))
	for i := 0; i < len(text); i++ {
		r := text[i]
		switch l, known := letterOf(r); {
		case known:
			w.letter(l)
		case r >= '0' && r <= '9':
			end := i
			for end < len(text) && text[end] >= '0' && text[end] <= '9' {
				end++
			}
			w.number(text[i:end])
			i = end - 1
		case apostrophe(r) || unicode.IsMark(r):
		case !unicode.IsLetter(r) && !unicode.IsNumber(r):
			w.gap = true
		default:
			w.foreign(r)
		}
	}
	return w.finish()
}

// sortWriter builds a sort key from left to right.
type sortWriter struct {
	key   strings.Builder
	tones []byte // one digit per syllable
	gap   bool   // a word has ended
}

// begin ends the word before, if there is one, and starts a new syllable.
func (w *sortWriter) begin() {
	if w.gap && w.key.Len() > 0 {
		w.key.WriteByte(wordMark)
	}
	if w.gap || len(w.tones) == 0 {
		w.tones = append(w.tones, '0')
	}
	w.gap = false
}

func (w *sortWriter) letter(l letter) {
	w.begin()
	w.key.WriteByte(firstLetter + l.rank)
	if last := len(w.tones) - 1; l.tone != level && w.tones[last] == '0' {
		w.tones[last] = '0' + l.tone
	}
}

// number writes how many digits follow, then the digits: nine and more digits
// count in steps of nine, so that longer numbers stay behind shorter ones.
func (w *sortWriter) number(digits []rune) {
	w.begin()
	for len(digits) > 0 && digits[0] == '0' {
		digits = digits[1:]
	}
	n := len(digits)
	for ; n >= 9; n -= 9 {
		w.key.WriteByte('9')
	}
	w.key.WriteByte(byte('0' + n))
	w.key.WriteString(string(digits))
}

// foreign writes a letter of another alphabet, or the Latin letter under it.
func (w *sortWriter) foreign(r rune) {
	w.begin()
	for _, part := range norm.NFD.String(string(r)) {
		if unicode.IsMark(part) {
			continue
		}
		if l, known := letterOf(part); known {
			w.key.WriteByte(firstLetter + l.rank)
			continue
		}
		w.key.WriteByte(foreignMark)
		w.key.WriteRune(part)
	}
}

func (w *sortWriter) finish() string {
	if marked := strings.TrimRight(string(w.tones), "0"); marked != "" {
		w.key.WriteByte(levelMark)
		w.key.WriteString(marked)
	}
	return w.key.String()
}
