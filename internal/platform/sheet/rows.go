package sheet

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

// rows streams the rows of a worksheet part.
func (s *Sheet) rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		r := &rowReader{sheet: s, wb: s.book}
		if err := r.run(yield); err != nil && !errors.Is(err, errStop) {
			yield(Row{}, s.book.explain(err, s.part.Name))
		}
	}
}

// errStop ends a reading when the consumer has seen enough.
var errStop = errors.New("stop")

// rowReader turns the tokens of a worksheet part into rows. The part has the
// shape worksheet > sheetData > row > c > (f, v, is > t | is > r > t), so depth
// and name together say where a token belongs.
type rowReader struct {
	sheet *Sheet
	wb    *workbook
	sc    *scanner
	yield func(Row, error) bool

	inData   bool
	row, col int    // of the cell being read
	kind     byte   // first letter of its type attribute
	inline   bool   // its type is inlineStr
	style    int    // its style
	formula  bool   // it has, or lies in the range of, a formula
	value    []byte // text of v and t
	inValue  bool
	skip     int // depth of phonetic text, which a person does not see
	cells    []Cell
	held     int
	arrays   []Range // ranges filled by one array formula
}

func (r *rowReader) run(yield func(Row, error) bool) (err error) {
	r.yield = yield
	left, elements := r.wb.lim.Inflated, r.wb.lim.elements()
	m, closer, err := r.wb.open(r.sheet.part, &left)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := closer.Close(); err == nil {
			err = cerr
		}
	}()
	r.sc = newScanner(r.wb.lim.Depth, &elements)
	r.sc.reset(m)
	if err := r.sc.start(); err != nil {
		return err
	}
	for {
		t, err := r.sc.next()
		switch {
		case err != nil:
			return err
		case t == tokenStart:
			err = r.start()
		case t == tokenText && r.inValue:
			err = r.text()
		case t == tokenEnd:
			err = r.end()
		case t == tokenEOF:
			return nil
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (r *rowReader) start() error {
	name := r.sc.name
	switch r.sc.depth() {
	case 2:
		r.inData = string(name) == "sheetData"
	case 3:
		if r.inData && string(name) == "row" {
			return r.startRow()
		}
	case 4:
		if r.inData && string(name) == "c" {
			return r.startCell()
		}
	case 5:
		if r.inData {
			r.inValue = string(name) == "v"
			if string(name) == "f" {
				return r.startFormula()
			}
		}
	default:
		if string(name) == "rPh" && r.skip == 0 {
			r.skip = r.sc.depth()
		}
		r.inValue = r.inData && r.inline && r.skip == 0 && string(name) == "t"
	}
	return nil
}

// startRow takes the row's number: its own, or the one after the last row.
func (r *rowReader) startRow() error {
	next := r.row + 1
	for name, value, rest, ok := nextAttr(r.sc.attrs); ok; name, value, rest, ok = nextAttr(rest) {
		if string(name) == "r" {
			if next, ok = atoi(value, formatRows); !ok {
				return errXML
			}
		}
	}
	if next <= r.row {
		return r.at(0, 0).Fault(msgOrder)
	}
	r.row, r.col, r.cells = next, 0, r.cells[:0]
	return nil
}

// startCell takes the cell's place, type and style.
func (r *rowReader) startCell() error {
	row, col := r.row, r.col+1
	r.kind, r.inline, r.style, r.formula, r.value = 'n', false, 0, false, r.value[:0]
	for name, value, rest, ok := nextAttr(r.sc.attrs); ok; name, value, rest, ok = nextAttr(rest) {
		switch string(name) {
		case "r":
			if row, col, ok = parseRef(value); !ok {
				return errXML
			}
		case "t":
			if len(value) > 0 {
				r.kind, r.inline = value[0], string(value) == "inlineStr"
				if string(value) == "str" {
					r.kind = 't'
				}
			}
		case "s":
			if r.style, ok = atoi(value, 1<<20); !ok {
				return errXML
			}
		}
	}
	if row != r.row || col <= r.col {
		return r.at(row, col).Fault(msgOrder)
	}
	r.col = col
	for _, a := range r.arrays {
		r.formula = r.formula || a.Holds(row, col)
	}
	return nil
}

// startFormula marks the cell. An array formula and a data table also fill
// other cells, which carry only a value.
func (r *rowReader) startFormula() error {
	r.formula = true
	if r.sc.closing && len(r.sc.attrs) == 0 {
		return nil
	}
	var ref []byte
	filling := false
	for name, value, rest, ok := nextAttr(r.sc.attrs); ok; name, value, rest, ok = nextAttr(rest) {
		switch string(name) {
		case "ref":
			ref = value
		case "t":
			filling = string(value) == "array" || string(value) == "dataTable"
		}
	}
	area, ok := parseRange(ref)
	if !filling || !ok || area.Top == area.Bottom && area.Left == area.Right {
		return nil
	}
	const mostArrays = 64
	if r.arrays = dropAbove(r.arrays, r.row); len(r.arrays) == mostArrays {
		return r.at(r.row, r.col).Fault(msgFormula, "cell", r.at(r.row, r.col).Ref())
	}
	r.arrays = append(r.arrays, area)
	return nil
}

// dropAbove forgets ranges that end above row.
func dropAbove(ranges []Range, row int) []Range {
	kept := ranges[:0]
	for _, a := range ranges {
		if a.Bottom >= row {
			kept = append(kept, a)
		}
	}
	return kept
}

func (r *rowReader) text() (err error) {
	r.value, err = r.sc.appendDecoded(r.value)
	if len(r.value) > maxTextBytes(r.wb.lim) {
		return r.tooLong()
	}
	return err
}

func (r *rowReader) end() error {
	r.inValue = false
	depth := r.sc.depth() + 1 // of the element that ended
	if r.skip >= depth {
		r.skip = 0
	}
	if !r.inData {
		return nil
	}
	switch depth {
	case 4:
		return r.endCell()
	case 3:
		if len(r.cells) == 0 {
			return nil
		}
		if !r.yield(Row{Number: r.row, Cells: r.cells}, nil) {
			return errStop
		}
		r.cells = r.cells[:0]
	case 2:
		r.inData = false
		return io.EOF // what follows the rows was checked when the book was opened
	}
	return nil
}

// endCell keeps the cell when it holds something, within the limits.
func (r *rowReader) endCell() error {
	if len(r.value) == 0 && !r.formula {
		return nil
	}
	c := r.at(r.row, r.col)
	if err := r.fillCell(&c); err != nil {
		return err
	}
	if c.Kind == Empty {
		return nil
	}
	lim := r.wb.lim
	if r.held++; r.held > lim.Cells {
		return c.tooMany(msgCells, lim.Cells)
	}
	if c.Row > lim.Rows {
		return c.tooMany(msgRows, lim.Rows)
	}
	if c.Col > lim.Columns {
		return c.tooMany(msgColumns, lim.Columns)
	}
	r.cells = append(r.cells, c)
	return nil
}

func (c Cell) tooMany(msg fault.Msg, limit int) error {
	return fault.New(fault.TooLarge, msg, "limit", count(limit)).At(c.Address())
}

func (r *rowReader) at(row, col int) Cell {
	return Cell{Sheet: r.sheet.Name, Row: max(row, r.row), Col: max(col, 1), Day: day.None}
}

// fillCell decides what the cell holds.
func (r *rowReader) fillCell(c *Cell) error {
	switch {
	case r.kind == 's': // an index into the shared strings
		i, ok := atoi(bytes.TrimSpace(r.value), len(r.wb.strings)-1)
		if !ok && !r.formula {
			return errXML
		}
		if ok {
			c.Kind, c.Text = Text, r.wb.strings[i]
		}
	case r.kind == 'i' || r.kind == 't':
		text, ok := cleanText(r.value)
		if !ok {
			return errXML
		}
		if utf8.RuneCount(text) > r.wb.lim.Text {
			return r.tooLong()
		}
		c.Kind, c.Text = Text, string(text)
	case r.kind == 'b':
		c.Kind, c.Text = Bool, "FALSE"
		if string(r.value) == "1" || string(r.value) == "true" {
			c.Text = "TRUE"
		}
	case r.kind == 'e':
		c.Kind, c.Text = Error, fault.Clip(printable(string(r.value)))
	case r.kind == 'd':
		r.fillISO(c)
	default:
		r.fillNumber(c)
	}
	if c.Kind == Text && c.Text == "" {
		c.Kind = Empty
	}
	if r.formula {
		c.Kind = Formula
	}
	return nil
}

// fillNumber reads a stored number the way its format shows it.
func (r *rowReader) fillNumber(c *Cell) {
	raw := strings.TrimSpace(string(r.value))
	if raw == "" {
		return
	}
	d, ok := parseDecimal(raw)
	if !ok {
		c.Kind, c.Text = Error, fault.Clip(printable(raw))
		return
	}
	shown := formatPlain
	if r.style < len(r.wb.formats) {
		shown = r.wb.formats[r.style]
	}
	c.Kind = Number
	switch shown {
	case formatPercent:
		c.Percent, c.Text = true, d.percent()
	case formatDate:
		f, err := strconv.ParseFloat(raw, 64)
		on, clock, ok := dateOf(f, r.wb.date1904)
		if err != nil || !ok {
			c.Kind, c.Text = Error, fault.Clip(printable(raw))
			return
		}
		c.Kind, c.Day, c.Text = Date, on, dateText(on, clock)
	default:
		c.Text = d.String()
	}
}

// fillISO reads a date stored as text, 2024-10-01 or 2024-10-01T08:30:00.
func (r *rowReader) fillISO(c *Cell) {
	raw := string(bytes.TrimSpace(r.value))
	on, err := day.Parse(raw[:min(len(raw), len("2024-10-01"))])
	if err != nil {
		c.Kind, c.Text = Error, fault.Clip(printable(raw))
		return
	}
	c.Kind, c.Day, c.Text = Date, on, on.Vietnamese()
}

func (r *rowReader) tooLong() error {
	return fault.New(fault.TooLarge, msgLongText, "limit", count(r.wb.lim.Text)).At(r.at(r.row, r.col).Address())
}

// maxTextBytes bounds a text before its characters are counted.
func maxTextBytes(lim Limits) int { return lim.Text * utf8.UTFMax }

// cleanText resolves the _xHHHH_ form in which workbooks keep characters that
// XML cannot hold, in place. ok is false when the text is not UTF-8.
func cleanText(text []byte) (out []byte, ok bool) {
	if !utf8.Valid(text) {
		return nil, false
	}
	if !bytes.Contains(text, []byte("_x")) {
		return text, true
	}
	out = text[:0]
	for i := 0; i < len(text); {
		if r, ok := escaped(text[i:]); ok {
			out = utf8.AppendRune(out, r)
			i += 7
			continue
		}
		out = append(out, text[i])
		i++
	}
	return out, true
}

// escaped reads one _xHHHH_ at the head of b.
func escaped(b []byte) (rune, bool) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return rune(n), err == nil && utf8.ValidRune(rune(n))
}
