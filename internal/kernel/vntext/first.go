package vntext

import (
	"unicode"
	"unicode/utf8"
)

// Capital is s with its first letter in upper case and the rest as it is.
func Capital(s string) string { return first(s, unicode.ToUpper) }

// Uncapital is s with its first letter in lower case and the rest as it is.
func Uncapital(s string) string { return first(s, unicode.ToLower) }

func first(s string, change func(rune) rune) string {
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError {
		return s
	}
	return string(change(r)) + s[n:]
}
