package officialdoc

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// unmark takes the marks of markdown off every line: headings, emphasis,
// escapes, rules, quotes and tables. Text without such marks stays as it is.
func unmark(lines []line) []line {
	out := make([]line, 0, len(lines))
	table, row := 0, 0
	for _, l := range lines {
		cells, isRow := pipes(l.text)
		switch {
		case rule(l.text):
			continue
		case isRow:
			if row == 0 {
				table++
			}
			row++
			out = append(out, tableRow(l, cells, Cell{Table: table, Row: row})...)
			continue
		}
		row = 0
		unheading(&l)
		if strings.ContainsAny(l.text, "*\\_") {
			emphasis(&l)
		}
		if l.text != "" {
			out = append(out, l)
		}
	}
	return out
}

// rule tells whether a line only draws: "-----", "* * *", "_____".
func rule(s string) bool {
	if s == "*" {
		return true // under the letterhead of the Party
	}
	n := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '-', '_', '*', '=', '~', '.', '|', ':', '+':
			n++
		case ' ':
		default:
			return strings.Trim(s, "─—–━-_ ") == "" && utf8.RuneCountInString(s) >= 3
		}
	}
	return n >= 3
}

// unheading takes the signs of a heading or quotation off the front of l.
func unheading(l *line) {
	for strings.HasPrefix(l.text, "> ") {
		l.text = strings.TrimLeft(l.text[2:], " ")
	}
	n := len(l.text) - len(strings.TrimLeft(l.text, "#"))
	if n > 0 && n <= 6 && strings.HasPrefix(l.text[n:], " ") {
		l.text, l.head, l.blank = strings.Trim(strings.TrimRight(l.text[n:], "# "), " "), true, true
	}
}

// emphasis takes stars, doubled underscores and escapes out of l and notes what
// was bold. A star that no second one answers stays.
func emphasis(l *line) {
	text := squeeze(l.text)
	l.tidy = true
	runs := starRuns(text)
	var b strings.Builder
	b.Grow(len(text))
	from, open := 0, -1
	for _, r := range runs {
		b.WriteString(text[from:r.from])
		from = r.to
		if r.bold && open < 0 {
			open = b.Len()
		} else if r.bold {
			l.bold = append(l.bold, cut{open, b.Len()})
			open = -1
		}
	}
	b.WriteString(text[from:])
	l.text = b.String()
	if t := strings.TrimLeft(l.text, " "); len(t) < len(l.text) {
		shift(l.bold, len(t)-len(l.text))
		l.text = t
	}
	l.text = strings.TrimRight(l.text, " ")
	l.bold = clip(l.bold, len(l.text))
}

// starRun is a run of marks that vanishes.
type starRun struct {
	from, to int
	bold     bool
}

// starRuns finds the marks that pair, and the escapes.
func starRuns(s string) []starRun {
	var out []starRun
	waiting := [4]int{-1, -1, -1, -1} // index in out of an open run, by length
	var keep []bool
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && s[i+1] < utf8.RuneSelf && unicode.IsPunct(rune(s[i+1])) {
			out, keep = append(out, starRun{i, i + 1, false}), append(keep, true)
			i++
			continue
		}
		if s[i] != '*' && s[i] != '_' {
			continue
		}
		j := i
		for j < len(s) && s[j] == s[i] {
			j++
		}
		n := j - i
		if n > 3 || s[i] == '_' && n != 2 || s[i] == '*' && n == 1 && between(s, i) {
			i = j - 1
			continue
		}
		out, keep = append(out, starRun{i, j, n >= 2}), append(keep, false)
		if w := waiting[n]; w >= 0 {
			keep[w], keep[len(out)-1] = true, true
			waiting[n] = -1
		} else {
			waiting[n] = len(out) - 1
		}
		i = j - 1
	}
	kept := out[:0]
	for i, r := range out {
		if keep[i] {
			kept = append(kept, r)
		}
	}
	return kept
}

// between tells whether the star at i stands between two digits, two spaces or
// two brackets, where it means itself.
func between(s string, i int) bool {
	if i == 0 {
		return len(s) > 1 && s[1] == ' '
	}
	if i+1 == len(s) {
		return s[i-1] == ' '
	}
	a, b := s[i-1], s[i+1]
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	return a == ' ' && b == ' ' || a == '(' && b == ')' || digit(a) && digit(b)
}

// pipes splits a row of a markdown table into its cells.
func pipes(s string) ([]string, bool) {
	if len(s) < 3 || s[0] != '|' || s[len(s)-1] != '|' {
		return nil, false
	}
	return strings.Split(s[1:len(s)-1], "|"), true
}

// tableRow makes lines of the cells of a row.
func tableRow(l line, cells []string, at Cell) []line {
	var out []line
	for i, text := range cells {
		at.Column = i + 1
		for part := range strings.SplitSeq(strings.ReplaceAll(text, "<br/>", "<br>"), "<br>") {
			c := line{text: squeeze(part), tidy: true, whole: true, cell: at, blank: l.blank, page: l.page}
			emphasis(&c)
			if c.text != "" {
				out = append(out, c)
			}
		}
	}
	return out
}

func shift(bold []cut, by int) {
	for i := range bold {
		bold[i].from += by
		bold[i].to += by
	}
}

// clip keeps what lies in the first n bytes.
func clip(bold []cut, n int) []cut {
	kept := bold[:0]
	for _, c := range bold {
		c.from, c.to = max(c.from, 0), min(c.to, n)
		if c.from < c.to {
			kept = append(kept, c)
		}
	}
	return kept
}
