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
	var b strings.Builder
	b.Grow(len(s))
	if isASCII(s) {
		foldASCII(&b, s)
		return b.String()
	}
	for _, r := range lower(s) {
		switch l, known := letterOf(r); {
		case known:
			b.WriteByte(l.base)
		case unicode.Is(unicode.Mn, r):
		case r < utf8.RuneSelf:
			b.WriteRune(r)
		default:
			writeBare(&b, r)
		}
	}
	return strings.TrimSuffix(NFC(b.String()), " ")
}

// foldASCII is Fold for text without diacritics, in one pass.
func foldASCII(b *strings.Builder, s string) {
	gap := false
	for i := range len(s) {
		c := s[i]
		switch {
		case c == ' ' || c >= '\t' && c <= '\r':
			gap = true
			continue
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteByte(c)
	}
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// writeBare writes a letter from outside Vietnamese without its marks.
func writeBare(b *strings.Builder, r rune) {
	for _, part := range norm.NFD.String(string(r)) {
		if !unicode.Is(unicode.Mn, part) {
			b.WriteRune(part)
		}
	}
}

// SearchKey is Fold with everything but letters and digits taken for a space,
// except the apostrophe, which vanishes ("Ea H'leo" is found as "ea hleo").
// SearchKey(SearchKey(s)) is SearchKey(s).
func SearchKey(s string) string {
	folded := Fold(s)
	var b strings.Builder
	b.Grow(len(folded))
	gap := false
	for _, r := range folded {
		switch {
		case apostrophe(r):
			continue
		case !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r):
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	return Fold(b.String())
}

func apostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`'
}

// EqualFold tells whether a and b are the same text but for case, diacritics
// and spaces.
func EqualFold(a, b string) bool { return Fold(a) == Fold(b) }

// lower is s composed, in lower case, with runs of white space as one space and
// none around, without invisible characters, and with the look-alikes of đ that
// old fonts and keyboards left behind (Ð of Icelandic, Ɖ of Ewe) as đ.
func lower(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range norm.NFC.String(strings.Map(visible, s)) {
		if unicode.IsSpace(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		switch r = unicode.ToLower(r); r {
		case 'ð', 'ɖ':
			r = 'đ'
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

// visible drops the characters that show nothing: zero-width spaces and
// joiners, soft hyphens, byte order marks. A broken byte comes in as U+FFFD.
func visible(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}
