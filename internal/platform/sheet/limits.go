package sheet

// Limits bound what a reader accepts, so that a hostile file ends in a clear
// error before it costs much time or memory. A zero field takes its value from
// [DefaultLimits].
type Limits struct {
	File     int64 // size of the file, bytes
	Inflated int64 // all parts of an .xlsx together once inflated, bytes, counted while inflating
	Ratio    int64 // inflated bytes for each packed byte of one part above 1 MiB
	Entries  int   // files inside an .xlsx
	Depth    int   // nesting of XML elements
	Sheets   int   // worksheets in a workbook
	Rows     int   // highest row number that may hold something
	Columns  int   // highest column number that may hold something
	Cells    int   // cells of one sheet that hold something
	Strings  int64 // bytes of all shared strings together
	Text     int   // characters in one cell
}

// DefaultLimits are wide enough for a province's review (122 communes x 132
// indicators is 16,104 cells) and narrow enough that the worst file stays
// below 2 s and 256 MB.
func DefaultLimits() Limits {
	return Limits{
		File:     20 << 20,
		Inflated: 100 << 20,
		Ratio:    100,
		Entries:  2000,
		Depth:    64,
		Sheets:   200,
		Rows:     250_000,
		Columns:  1024,
		Cells:    2_000_000,
		Strings:  32 << 20,
		Text:     32_767,
	}
}

// filled returns l with every zero field taken from the defaults.
func (l Limits) filled() Limits {
	d := DefaultLimits()
	return Limits{
		File:     either(l.File, d.File),
		Inflated: either(l.Inflated, d.Inflated),
		Ratio:    either(l.Ratio, d.Ratio),
		Entries:  either(l.Entries, d.Entries),
		Depth:    either(l.Depth, d.Depth),
		Sheets:   either(l.Sheets, d.Sheets),
		Rows:     either(l.Rows, d.Rows),
		Columns:  either(l.Columns, d.Columns),
		Cells:    either(l.Cells, d.Cells),
		Strings:  either(l.Strings, d.Strings),
		Text:     either(l.Text, d.Text),
	}
}

func either[T int | int64](v, otherwise T) T {
	if v > 0 {
		return v
	}
	return otherwise
}

// elements is how many XML elements a workbook within the limits can need: a
// cell takes at most c, is, t (or c, f, v), and rows and styles come on top.
func (l Limits) elements() int { return 4*l.Cells + 100_000 }
