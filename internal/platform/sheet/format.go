package sheet

import (
	"strconv"
	"strings"

	"giuchuan/internal/kernel/fault"
)

// format is what a number format makes of a stored number, as far as a reader
// must know.
type format uint8

const (
	formatPlain format = iota
	formatPercent
	formatDate
)

// styleReader reads from the styles part which cell styles show percentages
// and dates.
type styleReader struct {
	wb     *workbook
	custom map[int]format
	inXfs  bool
}

func (r *styleReader) see(sc *scanner, t token) error {
	if t == tokenEnd && sc.depth() == 1 {
		r.inXfs = false
	}
	if t != tokenStart {
		return nil
	}
	switch string(sc.name) {
	case "numFmt":
		if sc.depth() != 3 {
			return nil
		}
		id, err := strconv.Atoi(sc.attr("numFmtId"))
		if err != nil {
			return errXML
		}
		if r.custom == nil {
			r.custom = map[int]format{}
		}
		r.custom[id] = formatOf(sc.attr("formatCode"))
	case "cellXfs":
		r.inXfs = sc.depth() == 2
	case "xf":
		if !r.inXfs || sc.depth() != 3 {
			return nil
		}
		const mostStyles = 65_536 // a workbook's own limit is 65,490
		if len(r.wb.formats) == mostStyles {
			return r.wb.fault(fault.TooLarge, msgElements, "")
		}
		id, err := strconv.Atoi(sc.attr("numFmtId"))
		if err != nil {
			id = 0
		}
		r.wb.formats = append(r.wb.formats, r.format(id))
	}
	return nil
}

// format looks a format number up: a custom code of the file, or one of the
// numbers the standard reserves (ECMA-376 Part 1, 18.8.30).
func (r *styleReader) format(id int) format {
	if f, ok := r.custom[id]; ok {
		return f
	}
	switch {
	case id == 9 || id == 10:
		return formatPercent
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id >= 45 && id <= 47, id >= 50 && id <= 58:
		return formatDate
	default:
		return formatPlain
	}
}

// formatOf classifies a format code by its first section: quoted text, escaped
// characters and [conditions] aside, a date has one of y m d h s, a percentage
// has %.
func formatOf(code string) format {
	found := formatPlain
	lower := strings.ToLower(code)
	if strings.HasPrefix(lower, "general") {
		return formatPlain
	}
	for i := 0; i < len(lower); i++ {
		switch c := lower[i]; c {
		case ';':
			return found
		case '"':
			end := strings.IndexByte(lower[i+1:], '"')
			if end < 0 {
				return found
			}
			i += end + 1
		case '\\', '_', '*':
			i++
		case '[':
			end := strings.IndexByte(lower[i:], ']')
			if end < 0 {
				return found
			}
			if inner := lower[i+1 : i+end]; inner != "" && strings.Trim(inner, inner[:1]) == "" && strings.Contains("hms", inner[:1]) {
				return formatDate // elapsed time, [h]
			}
			i += end
		case '%':
			found = formatPercent
		case 'y', 'm', 'd', 'h', 's':
			return formatDate
		}
	}
	return found
}
