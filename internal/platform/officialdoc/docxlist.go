package officialdoc

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// lists counts the numbered lists of a .docx the way Word shows them.
type lists struct {
	abstract map[string]*[9]listLevel // by id of the abstract list
	of       map[string]string        // list id to abstract id
	restart  map[string]map[int]int   // list id and level to a first number of its own
	counts   map[string]*[9]int       // by abstract id: the last number of each level
	used     map[string]bool          // lists that have begun
}

// listLevel is one level of a list.
type listLevel struct {
	known  bool
	start  int
	format string
	text   string // "%1.%2."
}

// readLists reads word/numbering.xml.
func readLists(a *archive, part string) (*lists, error) {
	l := &lists{abstract: map[string]*[9]listLevel{}, of: map[string]string{}, restart: map[string]map[int]int{}, counts: map[string]*[9]int{}, used: map[string]bool{}}
	r := listReader{l: l, level: -1}
	return l, a.read(part, r.token)
}

// listReader follows the tokens of numbering.xml.
type listReader struct {
	l             *lists
	abstract, num string
	level         int
	override      int
}

func (r *listReader) token(t xml.Token) error {
	e, ok := t.(xml.StartElement)
	if !ok {
		return nil
	}
	v := attribute(e, "val")
	switch e.Name.Local {
	case "abstractNum":
		if r.abstract, r.num = attribute(e, "abstractNumId"), ""; len(r.l.abstract) < 5000 {
			r.l.abstract[r.abstract] = &[9]listLevel{}
		}
		r.level = -1
	case "num":
		r.num, r.abstract, r.level = attribute(e, "numId"), "", -1
	case "abstractNumId":
		if r.num != "" && len(r.l.of) < 20_000 {
			r.l.of[r.num] = v
		}
	case "lvlOverride":
		r.override = number(attribute(e, "ilvl"))
	case "startOverride":
		if r.num != "" && len(r.l.restart) < 20_000 {
			if r.l.restart[r.num] == nil {
				r.l.restart[r.num] = map[int]int{}
			}
			r.l.restart[r.num][r.override] = number(v)
		}
	case "lvl":
		if r.level = number(attribute(e, "ilvl")); r.at() != nil {
			*r.at() = listLevel{known: true, start: 1, format: "decimal"}
		}
	case "start":
		if k := r.at(); k != nil {
			k.start = number(v)
		}
	case "numFmt":
		if k := r.at(); k != nil {
			k.format = v
		}
	case "lvlText":
		if k := r.at(); k != nil && small(v, 60) {
			k.text = v
		}
	}
	return nil
}

// at is the level being read, nil outside one of an abstract list.
func (r *listReader) at() *listLevel {
	levels := r.l.abstract[r.abstract]
	if levels == nil || r.num != "" || r.level < 0 || r.level > 8 {
		return nil
	}
	return &levels[r.level]
}

// next is the marker of the next paragraph of a list, empty for none.
func (l *lists) next(list string, level int) string {
	id := l.of[list]
	levels := l.abstract[id]
	if list == "0" || levels == nil || level > 8 || !levels[level].known {
		return ""
	}
	n := l.counts[id]
	if n == nil {
		n = &[9]int{}
		for i := range n {
			n[i] = levels[i].start - 1
		}
		l.counts[id] = n
	}
	if !l.used[list] {
		l.used[list] = true
		for at, start := range l.restart[list] {
			if at >= 0 && at < 9 {
				n[at] = start - 1
			}
		}
	}
	n[level]++
	for i := level + 1; i < 9; i++ {
		n[i] = levels[i].start - 1
	}
	k := levels[level]
	if k.format == "bullet" {
		return glyph(k.text)
	}
	text := k.text
	for i := range 9 {
		if mark := "%" + strconv.Itoa(i+1); strings.Contains(text, mark) {
			text = strings.ReplaceAll(text, mark, counted(max(n[i], levels[i].start), levels[i].format))
		}
	}
	return squeeze(strings.TrimSpace(text))
}

// glyph is the bullet of a list as a character of text.
func glyph(s string) string {
	switch s = strings.TrimSpace(s); s {
	case "-", "–", "—", "−", "\uf02d":
		return "-"
	case "+":
		return "+"
	case "":
		return ""
	}
	return "•"
}

// counted is n in the format of a list.
func counted(n int, format string) string {
	switch format {
	case "none":
		return ""
	case "lowerLetter", "upperLetter":
		n = max(n, 1)
		s := strings.Repeat(string(rune('a'+(n-1)%26)), min(1+(n-1)/26, 5))
		if format == "upperLetter" {
			return strings.ToUpper(s)
		}
		return s
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

// roman is n as a Roman number; digits beyond 399.
func roman(n int) string {
	if n < 1 || n > 399 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, step := range []struct {
		value int
		text  string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= step.value {
			b.WriteString(step.text)
			n -= step.value
		}
	}
	return b.String()
}
