package officialdoc

import (
	"strings"
	"unicode"

	"giuchuan/internal/kernel/vntext"
)

// addressedTo tells "Kính gửi: …" and "… điện:" and gives what follows.
func addressedTo(s string) (rest string, ok bool) {
	if rest, ok = afterWords(s, "Kính gửi"); ok {
		return strings.TrimLeft(rest, ": "), true
	}
	if short(s, 120) && strings.HasSuffix(vntext.Canon(s), " điện:") {
		return "", true
	}
	return "", false
}

// addressees gives the rows under "Kính gửi:" their roles and returns the line
// after the last.
func (h *header) addressees(i int) int {
	h.to = true
	h.lines[i].role = roleTo
	inline, _ := addressedTo(h.lines[i].text)
	row, dashes := i, false
	j := i + 1
	for ; j < len(h.lines) && j-i < 400; j++ {
		a, b := &h.lines[row], &h.lines[j]
		open := row > i || inline != ""
		ended := open && strings.HasSuffix(a.text, ".") || strings.HasSuffix(a.text, "./.")
		level := markerOf(b.text).level
		switch {
		case b.marker != "" || level >= LevelDash:
			if ended {
				return j
			}
			b.role, row, dashes = roleAddressee, j, true
		case level != LevelNone || ended || !short(b.text, 300):
			return j
		case open && !stops(a.text) && (unicode.IsLower(first(b.text)) || expects(a.text)) && a.cell == b.cell:
			a.text += " " + b.text
			b.text = ""
		case !dashes && !b.blank && strings.HasSuffix(b.text, ";") || open && !b.blank && strings.HasSuffix(a.text, ";"):
			b.role, row = roleAddressee, j
		case !open && !b.blank && short(b.text, 120):
			b.role, row = roleAddressee, j
		default:
			return j
		}
	}
	return j
}
