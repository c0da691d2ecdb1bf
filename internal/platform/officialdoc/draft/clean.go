package draft

import (
	"strings"
	"unicode"

	"giuchuan/internal/kernel/vntext"
)

// Clean is a text as it is printed: composed (NFC), without control characters, marks of direction and what XML cannot
// carry; tabs are spaces, line ends are "\n".
func Clean(s string) string {
	s = vntext.NFC(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ", "\u2028", "\n", "\u2029", "\n").Replace(s))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F, r == 0xFEFF:
			return -1
		case r >= 0xFDD0 && r <= 0xFDEF, r&0xFFFE == 0xFFFE:
			return -1
		}
		return r
	}, s)
}

// line is a clean text on one line, without spaces at its ends.
func line(s string) string { return strings.TrimSpace(strings.ReplaceAll(Clean(s), "\n", " ")) }

// bare is a line without the full stop, the semicolon or the "./." that the layout puts there itself.
func bare(s string) string { return strings.TrimRight(strings.TrimSuffix(line(s), "./."), ".; ") }

// lines cleans a list and leaves out what is empty.
func lines(list []string) []string {
	var out []string
	for _, s := range list {
		if s = bare(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}
