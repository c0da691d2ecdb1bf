package sheet

import (
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

// Kind is what a cell holds.
type Kind uint8

// The kinds of cell. A .csv file has only Empty and Text cells.
const (
	Empty   Kind = iota
	Text         // text, or a number a person typed into a text cell
	Number       // a stored number; Text has its decimal form
	Bool         // TRUE or FALSE
	Date         // a number shown as a date or a time
	Formula      // a formula; Text has its last computed value and must not be trusted
	Error        // #N/A and the like, or a value that cannot be read
)

// Cell is one cell as a person sees it.
type Cell struct {
	Sheet   string // name of the worksheet; empty in a .csv file
	Row     int    // from 1; in a .csv file the line on which the record starts
	Col     int    // from 1
	Column  string // header of its column, when read through a [Table]
	Kind    Kind
	Percent bool    // a number shown with %; Text then ends in "%"
	Day     day.Day // the day of a Date cell; day.None for a time of day
	// Text is the text of the cell; for a number its decimal text with at most
	// 15 significant digits, a dot, no exponent, no trailing zeros (89.78; a
	// percent cell holding 0.9 gives "90%"); for a date dd/mm/yyyy, followed by
	// the time where there is one; TRUE or FALSE; for a formula its last
	// computed value.
	Text string
}

// Ref is the cell's reference inside its sheet, "D7".
func (c Cell) Ref() string { return columnName(c.Col) + strconv.Itoa(c.Row) }

// Address names the cell for a person: "Phiếu 1!D7" in a workbook, "dòng 7,
// cột value" in a .csv file.
func (c Cell) Address() string {
	if c.Sheet != "" {
		return c.Sheet + "!" + c.Ref()
	}
	column := c.Column
	if column == "" {
		column = strconv.Itoa(c.Col)
	}
	return "dòng " + strconv.Itoa(c.Row) + ", cột " + column
}

// Blank reports whether a person sees nothing in the cell. A formula is never
// blank.
func (c Cell) Blank() bool {
	return c.Kind == Empty || c.Kind == Text && strings.TrimSpace(c.Text) == ""
}

// Fault makes an error about this cell; Field is its address.
func (c Cell) Fault(msg fault.Msg, args ...string) *fault.Error {
	return fault.New(fault.Invalid, msg, args...).At(c.Address())
}

// Refuse returns the fault of a cell no importer may take (a formula or an
// error value), or nil.
func (c Cell) Refuse() *fault.Error {
	switch c.Kind {
	case Formula:
		return c.Fault(msgFormula, "cell", c.Ref())
	case Error:
		return c.Fault(msgErrorCell, "cell", c.Ref(), "text", fault.Clip(c.Text))
	default:
		return nil
	}
}

// RefuseCode returns the fault of a cell that should hold a code such as 17.10
// and holds a number instead, or nil: as numbers 17.1 and 17.10 are the same,
// so both candidates are named. Formulas and errors are refused too.
func (c Cell) RefuseCode() *fault.Error {
	switch c.Kind {
	case Number, Date, Bool:
		return c.Fault(msgNumericCode, "cell", c.Ref(), "text", c.Text, "candidates", codeCandidates(c.Text))
	default:
		return c.Refuse()
	}
}

// codeCandidates lists the codes a number may have been: 17.1 is 17.1 or 17.10.
func codeCandidates(text string) string {
	if i := strings.IndexByte(text, '.'); i > 0 && len(text)-i == 2 {
		return text + " hoặc " + text + "0"
	}
	return text
}

// columnName gives the letters of a column: 1 is A, 27 is AA.
func columnName(col int) string {
	if col < 1 {
		return "?"
	}
	var buf [8]byte
	i := len(buf)
	for ; col > 0; col = (col - 1) / 26 {
		i--
		buf[i] = byte('A' + (col-1)%26)
	}
	return string(buf[i:])
}

// The edges of the .xlsx format itself.
const (
	formatRows    = 1_048_576
	formatColumns = 16_384
)

// parseRef reads "D7", also "$D$7". ok is false outside the format's edges.
func parseRef(ref []byte) (row, col int, ok bool) {
	i := 0
	for ; i < len(ref); i++ {
		c := ref[i]
		switch {
		case c == '$':
			continue
		case c >= 'a' && c <= 'z':
			c -= 'a' - 'A'
		case c < 'A' || c > 'Z':
			row, ok = atoi(trimDollar(ref[i:]), formatRows)
			return row, col, ok && row > 0 && col > 0
		}
		if col = col*26 + int(c-'A') + 1; col > formatColumns {
			return 0, 0, false
		}
	}
	return 0, 0, false
}

func trimDollar(b []byte) []byte {
	if len(b) > 0 && b[0] == '$' {
		return b[1:]
	}
	return b
}

// atoi reads a non-negative decimal number no larger than limit.
func atoi(b []byte, limit int) (int, bool) {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		if n = n*10 + int(c-'0'); n > limit {
			return 0, false
		}
	}
	return n, len(b) > 0
}

// Range is a rectangle of cells, edges included.
type Range struct{ Top, Left, Bottom, Right int }

// String is the range's reference, "B2:D7".
func (r Range) String() string {
	return Cell{Row: r.Top, Col: r.Left}.Ref() + ":" + Cell{Row: r.Bottom, Col: r.Right}.Ref()
}

// Holds reports whether the cell at row and col lies in the range.
func (r Range) Holds(row, col int) bool {
	return row >= r.Top && row <= r.Bottom && col >= r.Left && col <= r.Right
}

// parseRange reads "B2:D7" or "B2".
func parseRange(ref []byte) (Range, bool) {
	first, last := ref, ref
	for i, c := range ref {
		if c == ':' {
			first, last = ref[:i], ref[i+1:]
			break
		}
	}
	top, left, ok1 := parseRef(first)
	bottom, right, ok2 := parseRef(last)
	r := Range{top, left, bottom, right}
	return r, ok1 && ok2 && r.Top <= r.Bottom && r.Left <= r.Right
}
