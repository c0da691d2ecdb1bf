package sheet

import (
	"bytes"
	"iter"
	"strings"
	"unicode/utf8"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

var (
	bomUTF8   = []byte("\xEF\xBB\xBF")
	bomUTF16L = []byte("\xFF\xFE")
	bomUTF16B = []byte("\xFE\xFF")
)

// csvText is a .csv file known to be UTF-8 text.
type csvText struct {
	data  string
	line  int // number of the first line of data: 2 after a "sep=;" line
	comma byte
	lim   Limits
}

// openCSV checks the encoding and finds the delimiter.
func openCSV(name string, data []byte, lim Limits) (*csvText, error) {
	if bytes.HasPrefix(data, bomUTF16L) || bytes.HasPrefix(data, bomUTF16B) {
		return nil, fault.New(fault.Unsupported, msgUTF16, "name", name)
	}
	data = bytes.TrimPrefix(data, bomUTF8)
	if binary(data[:min(len(data), 4096)]) || bytes.IndexByte(data, 0) >= 0 {
		return nil, fault.New(fault.Unsupported, msgNotSheet, "name", name)
	}
	if line, ok := invalidLine(data); !ok {
		return nil, fault.New(fault.Unsupported, msgNotUTF8, "name", name, "line", count(line))
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, fault.New(fault.Invalid, msgNothing, "name", name)
	}
	t := &csvText{data: string(data), line: 1, lim: lim}
	if !strings.Contains(t.data, "\n") {
		t.data = strings.ReplaceAll(t.data, "\r", "\n") // line ends of old Macintosh programs
	}
	t.comma = t.delimiter()
	return t, nil
}

// binary reports control characters no text file has.
func binary(head []byte) bool {
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' {
			return true
		}
	}
	return false
}

// invalidLine returns the line of the first byte that is not UTF-8.
func invalidLine(data []byte) (line int, ok bool) {
	if utf8.Valid(data) {
		return 0, true
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return 1 + bytes.Count(data[:i], []byte("\n")), false
		}
		i += size
	}
	return 0, true
}

// delimiter takes the "sep=;" line some programs write, else the candidate that
// occurs most often, outside quotes, in the first line that has any: the header,
// unless title lines stand above it.
func (t *csvText) delimiter() byte {
	const candidates = ",;\t"
	if first, rest, ok := strings.Cut(t.data, "\n"); ok {
		first = strings.TrimRight(first, "\r")
		if len(first) == 5 && strings.EqualFold(first[:4], "sep=") && strings.Contains(candidates, first[4:]) {
			t.data, t.line = rest, 2
			return first[4]
		}
	}
	var counts [len(candidates)]int
	quoted := false
	for i := range len(t.data) {
		switch c := t.data[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n' && counts != [len(candidates)]int{}:
			return most(candidates, counts[:])
		default:
			if k := strings.IndexByte(candidates, c); k >= 0 {
				counts[k]++
			}
		}
	}
	return most(candidates, counts[:])
}

// most returns the candidate with the highest count, the first of equals.
func most(candidates string, counts []int) byte {
	best := 0
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	return candidates[best]
}

// rows streams the records that hold something.
func (t *csvText) rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		r := &csvReader{text: t, rest: t.data, line: t.line}
		held := 0
		for len(r.rest) > 0 {
			row, err := r.record()
			if err == nil {
				held += len(row.Cells)
				if held > t.lim.Cells {
					err = Cell{Row: row.Number, Col: 1}.tooMany(msgCells, t.lim.Cells)
				} else if row.Number > t.lim.Rows && len(row.Cells) > 0 {
					err = Cell{Row: row.Number, Col: 1}.tooMany(msgRows, t.lim.Rows)
				}
			}
			if err != nil {
				yield(Row{}, err)
				return
			}
			if (len(row.Cells) > 0 || row.Fault != nil) && !yield(row, nil) {
				return
			}
		}
	}
}

// csvReader reads records as RFC 4180 has them: fields in quotes may hold the
// delimiter, line ends and doubled quotes; a quote inside an unquoted field is
// an ordinary character. The fields of a record are counted while they are read,
// so that a line of ten million delimiters costs nothing.
type csvReader struct {
	text  *csvText
	rest  string
	line  int
	cells []Cell
}

// record reads one record. An error ends the reading; a record that breaks the
// quoting rules carries its fault and the cells before it, and the next line is
// tried.
func (r *csvReader) record() (Row, error) {
	row := Row{Number: r.line}
	r.cells = r.cells[:0]
	for more := true; more; {
		var text string
		var bad *fault.Error
		text, more, bad = r.field(row.Number)
		row.Fields++
		if bad != nil && row.Fault == nil {
			row.Fault = bad
		}
		if text == "" {
			continue
		}
		c := Cell{Row: row.Number, Col: row.Fields, Kind: Text, Day: day.None, Text: oneLineEnd(plain(text))}
		if c.Col > r.text.lim.Columns {
			return Row{}, c.tooMany(msgColumns, r.text.lim.Columns)
		}
		if len(c.Text) > r.text.lim.Text && utf8.RuneCountInString(c.Text) > r.text.lim.Text {
			return Row{}, fault.New(fault.TooLarge, msgLongText, "limit", count(r.text.lim.Text)).At(c.Address())
		}
		if row.Fault == nil {
			r.cells = append(r.cells, c)
		}
	}
	row.Cells = r.cells
	return row, nil
}

// oneLineEnd writes line ends the way .xlsx cells have them.
func oneLineEnd(text string) string {
	if strings.Contains(text, "\r\n") {
		return strings.ReplaceAll(text, "\r\n", "\n")
	}
	return text
}

// field reads one field; more tells whether another follows in the record.
func (r *csvReader) field(first int) (text string, more bool, bad *fault.Error) {
	if !strings.HasPrefix(r.rest, `"`) {
		n := strings.IndexAny(r.rest, r.text.stops())
		if n < 0 {
			n = len(r.rest)
		}
		text = strings.TrimSuffix(r.rest[:n], "\r")
		more = r.separator(n)
		return text, more, nil
	}
	at := r.line
	text, ok := r.quoted()
	if !ok {
		return "", false, lineFault(first, msgQuoteOpen, "line", count(at), "last", count(r.line))
	}
	n := strings.IndexAny(r.rest, r.text.stops())
	if n < 0 {
		n = len(r.rest)
	}
	if strings.TrimRight(r.rest[:n], " \r") != "" {
		bad = lineFault(first, msgQuoteAfter, "line", count(at), "last", count(r.line))
	}
	return text, r.separator(n), bad
}

// stops are the characters that end an unquoted field.
func (t *csvText) stops() string {
	switch t.comma {
	case ';':
		return ";\n"
	case '\t':
		return "\t\n"
	default:
		return ",\n"
	}
}

// separator drops n bytes and the delimiter or line end behind them.
func (r *csvReader) separator(n int) (more bool) {
	if n == len(r.rest) {
		r.rest = ""
		return false
	}
	if more = r.rest[n] == r.text.comma; !more {
		r.line++
	}
	r.rest = r.rest[n+1:]
	return more
}

// quoted reads a field in quotes up to and with the closing quote.
func (r *csvReader) quoted() (text string, ok bool) {
	body := r.rest[1:]
	doubled := false
	for i := 0; ; {
		n := strings.IndexByte(body[i:], '"')
		if n < 0 {
			r.line += strings.Count(strings.TrimRight(body, "\r\n"), "\n")
			r.rest = ""
			return "", false
		}
		i += n
		if strings.HasPrefix(body[i+1:], `"`) {
			doubled = true
			i += 2
			continue
		}
		text, r.rest = body[:i], body[i+1:]
		break
	}
	r.line += strings.Count(text, "\n")
	if doubled {
		text = strings.ReplaceAll(text, `""`, `"`)
	}
	return text, true
}

func lineFault(line int, msg fault.Msg, args ...string) *fault.Error {
	return fault.New(fault.Invalid, msg, args...).At("dòng " + count(line))
}
