package sheet

import (
	"iter"
	"strings"
	"unicode"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

// Column is a column an importer knows.
type Column struct {
	Name     string   // its header as printed; also its key in [Record.Cell]
	Also     []string // other headers accepted for it
	Optional bool
}

// Table is a sheet seen as records under a header row. Headers match folded
// (case and diacritics aside) with all spaces and line breaks ignored.
type Table struct {
	Sheet   *Sheet
	Row     int    // number of the header row
	Unknown []Cell // headers that are none of the columns

	heads  map[string]Cell // by Column.Name
	byCol  []string        // Column.Name, or the header's own text, by column number
	fields int             // .csv: fields of the header, trailing empty ones not counted
	must   []string        // names of the columns that are not optional
}

// Record is one row below the header, valid until the next one is read.
type Record struct {
	Number int          // its row, in a .csv file its line
	Fault  *fault.Error // the record cannot be relied on; its cells are those that could be read
	Lacks  []string     // .csv: columns, not optional, that the record ends before

	table *Table
	cells []Cell // by column number
}

// headerWithin is how many rows that hold something are searched for the
// header; titles and a warning banner may stand above it.
const headerWithin = 50

// Table finds the header row: the first row with all columns that are not
// optional. Without one the error names what is missing in the row that came
// nearest. A column that occurs twice and a header that is a number where a
// code is wanted (17.1 may have been 17.10) are errors with their cells.
func (s *Sheet) Table(columns ...Column) (*Table, error) {
	keys := map[string]string{}
	for _, c := range columns {
		for _, head := range append([]string{c.Name}, c.Also...) {
			keys[headKey(head)] = c.Name
		}
	}
	near := &Table{Sheet: s}
	nearMissing, seen := names(columns), 0
	for row, err := range s.Rows() {
		if err != nil {
			return nil, err
		}
		t, missing, err := s.header(row, columns, keys)
		if len(missing) == 0 {
			return t, err
		}
		if len(missing) < len(nearMissing) {
			near, nearMissing = t, missing
		}
		if seen++; seen == headerWithin {
			break
		}
	}
	list := strings.Join(nearMissing, ", ")
	if near.Row == 0 {
		return nil, fault.New(fault.Invalid, msgNoHeader, "columns", list).At(s.Name)
	}
	return nil, fault.New(fault.Invalid, msgMissing, "row", count(near.Row), "columns", list).At(s.Name)
}

// Table finds the first visible sheet with a header row, see [Sheet.Table].
func (b *Book) Table(columns ...Column) (*Table, error) {
	var first error
	for _, s := range b.Sheets {
		if s.Hidden {
			continue
		}
		t, err := s.Table(columns...)
		if err == nil {
			return t, nil
		}
		if first == nil || fault.CodeOf(first) == fault.Invalid && fault.CodeOf(err) != fault.Invalid {
			first = err
		}
	}
	if first == nil {
		first = fault.New(fault.Invalid, msgNoSheet, "name", b.Name)
	}
	return nil, first
}

// header reads a row as if it were the header.
func (s *Sheet) header(row Row, columns []Column, keys map[string]string) (t *Table, missing []string, err error) {
	t = &Table{Sheet: s, Row: row.Number, heads: map[string]Cell{}, fields: 0}
	var bad []*fault.Error
	for _, c := range row.Cells {
		if c.Blank() {
			continue
		}
		t.fields = c.Col
		for len(t.byCol) <= c.Col {
			t.byCol = append(t.byCol, "")
		}
		name, known := keys[headKey(c.Text)]
		if !known || c.Kind == Formula || c.Kind == Error {
			t.byCol[c.Col] = strings.Join(strings.Fields(c.Text), " ")
			t.Unknown = append(t.Unknown, c)
			continue
		}
		t.byCol[c.Col] = name
		c.Column = name
		if c.Kind != Text && strings.Contains(name, ".") {
			bad = append(bad, c.RefuseCode())
		}
		if first, twice := t.heads[name]; twice {
			bad = append(bad, c.Fault(msgDoubleColumn, "column", name, "first", first.Ref()))
			continue
		}
		t.heads[name] = c
	}
	for _, c := range columns {
		if c.Optional {
			continue
		}
		t.must = append(t.must, c.Name)
		if _, ok := t.heads[c.Name]; !ok {
			missing = append(missing, c.Name)
		}
	}
	if len(t.heads) == 0 && len(missing) == 0 {
		missing = names(columns) // only optional columns, none of them here
	}
	return t, missing, fault.Join(bad...)
}

func names(columns []Column) []string {
	var out []string
	for _, c := range columns {
		if !c.Optional {
			out = append(out, c.Name)
		}
	}
	if len(out) == 0 {
		for _, c := range columns {
			out = append(out, c.Name)
		}
	}
	return out
}

// headKey is what two headers must share to be the same.
func headKey(head string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, vntext.Fold(head))
}

// Head returns the header cell of a column; ok is false when the sheet does not
// have it.
func (t *Table) Head(name string) (head Cell, ok bool) {
	head, ok = t.heads[name]
	return head, ok
}

// Records streams the rows below the header that hold something. In a .csv file
// a record that ends before a column that is not optional, or has more fields
// than the header that are not empty, has a Fault; one that ends early elsewhere
// has empty cells there. An error ends the iteration.
func (t *Table) Records() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		dense := make([]Cell, len(t.byCol))
		for row, err := range t.Sheet.Rows() {
			if err != nil {
				yield(Record{}, err)
				return
			}
			if row.Number <= t.Row || row.Fault == nil && allBlank(row.Cells) {
				continue
			}
			rec := Record{Number: row.Number, Fault: row.Fault, table: t, cells: dense}
			for col := range dense {
				dense[col] = t.empty(row.Number, col)
			}
			if rec.Fault == nil {
				rec.Lacks, rec.Fault = t.ragged(row)
			}
			for _, c := range row.Cells {
				if c.Col < len(dense) {
					c.Column = t.byCol[c.Col]
					dense[c.Col] = c
				}
			}
			if !yield(rec, nil) {
				return
			}
		}
	}
}

func allBlank(cells []Cell) bool {
	for _, c := range cells {
		if !c.Blank() {
			return false
		}
	}
	return true
}

// ragged compares the number of fields of a .csv record with its header's.
func (t *Table) ragged(row Row) (lacks []string, bad *fault.Error) {
	found := row.Fields
	if found == 0 {
		return nil, nil
	}
	if found < t.fields {
		for _, name := range t.must {
			if t.heads[name].Col > found {
				lacks = append(lacks, name)
			}
		}
	}
	if len(lacks) > 0 {
		return lacks, lineFault(row.Number, msgFewFields, "found", count(found), "wanted", count(t.fields), "columns", strings.Join(lacks, ", "))
	}
	if last := row.Cells[len(row.Cells)-1]; last.Col > t.fields {
		return nil, lineFault(row.Number, msgManyFields, "found", count(last.Col), "wanted", count(t.fields))
	}
	return nil, nil
}

func (t *Table) empty(row, col int) Cell {
	c := Cell{Sheet: t.Sheet.Name, Row: row, Col: col, Day: day.None}
	if col < len(t.byCol) {
		c.Column = t.byCol[col]
	}
	return c
}

// Cell returns the record's cell in a column. Where there is nothing the cell is
// Empty and still knows its address; in a column the sheet does not have, its
// Col is 0.
func (r Record) Cell(name string) Cell {
	head, ok := r.table.heads[name]
	if !ok {
		c := r.table.empty(r.Number, 0)
		c.Column = name
		return c
	}
	return r.At(head.Col)
}

// Unread lists the record's cells that hold something in columns without a
// known header: a header that is none of the columns, or none at all between
// two that are.
func (r Record) Unread() []Cell {
	var out []Cell
	for _, head := range r.table.Unknown {
		if c := r.At(head.Col); !c.Blank() {
			out = append(out, c)
		}
	}
	for col := 1; col < len(r.table.byCol); col++ {
		if r.table.byCol[col] == "" && !r.cells[col].Blank() {
			out = append(out, r.cells[col])
		}
	}
	return out
}

// At returns the record's cell by column number, known or not.
func (r Record) At(col int) Cell {
	if col > 0 && col < len(r.cells) {
		return r.cells[col]
	}
	return r.table.empty(r.Number, col)
}
