// Package vntext compares, searches, sorts and spells Vietnamese text. SQL
// engines know neither đ nor the placement of tone marks, so every key by which
// text is matched or ordered is made here and stored.
package vntext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NFC is s in composed form, as it is stored and shown. Bytes that are not
// UTF-8 become U+FFFD.
func NFC(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, string(utf8.RuneError))
	}
	return norm.NFC.String(s)
}

// Fold is s as a careless hand types it: lower case, without any diacritics, đ
// as d, single spaces, no spaces around. The placement of tone marks makes no
// difference to it. Punctuation stays. Fold(Fold(s)) is Fold(s).
func Fold(s string) string {
	text := lower(s)
	if isASCII(text) {
		return text
	}
	var t tidy
	t.b.Grow(len(text))
	for _, r := range text {
		l, known := letterOf(r)
		switch {
		case known:
			t.add(rune(l.base))
		case r < utf8.RuneSelf:
			t.add(r)
		default:
			t.addBare(r)
		}
	}
	return NFC(t.b.String())
}

// SearchKey is Fold with everything but letters and digits taken for a space,
// except the apostrophe, which vanishes ("Ea H'leo" is found as "ea hleo").
// SearchKey(SearchKey(s)) is SearchKey(s).
func SearchKey(s string) string {
	folded := Fold(s)
	var t tidy
	t.b.Grow(len(folded))
	for _, r := range folded {
		switch {
		case apostrophe(r):
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
			t.add(r)
		default:
			t.add(' ')
		}
	}
	return NFC(t.b.String())
}

// EqualFold tells whether a and b are the same text but for case, diacritics
// and spaces.
func EqualFold(a, b string) bool { return Fold(a) == Fold(b) }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func apostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`'
}

// tidy writes text with single spaces and none around.
type tidy struct {
	b   strings.Builder
	gap bool
}

// add writes r; white space and control characters only part words.
func (t *tidy) add(r rune) {
	if unicode.IsSpace(r) || unicode.IsControl(r) {
		t.gap = true
		return
	}
	if t.gap && t.b.Len() > 0 {
		t.b.WriteByte(' ')
	}
	t.gap = false
	t.b.WriteRune(r)
}

// addBare writes a letter from outside Vietnamese without its marks.
func (t *tidy) addBare(r rune) {
	if unicode.Is(unicode.Mn, r) {
		return
	}
	for _, part := range norm.NFD.String(string(r)) {
		if !unicode.Is(unicode.Mn, part) {
			t.add(part)
		}
	}
}

// lower is s composed, in lower case, tidy, without invisible characters, and
// with the look-alikes of đ that old fonts and keyboards left behind (Ð of
// Icelandic, Ɖ of Ewe) as đ.
func lower(s string) string {
	var t tidy
	t.b.Grow(len(s))
	if isASCII(s) {
		for _, r := range s {
			t.add(unicode.ToLower(r))
		}
		return t.b.String()
	}
	for _, r := range norm.NFC.String(strings.Map(visible, s)) {
		switch r = unicode.ToLower(r); r {
		case 'ð', 'ɖ':
			r = 'đ'
		}
		t.add(r)
	}
	return norm.NFC.String(t.b.String())
}

// visible drops the characters that show nothing: zero-width spaces and
// joiners, soft hyphens, byte order marks. A broken byte comes in as U+FFFD.
func visible(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}
