package matrix

import (
	"cmp"
	"slices"
	"strings"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/sheet"
)

// The largest table that is read as a matrix: more than the whole country.
const (
	maxRows    = 12_000
	maxColumns = 400
	maxCells   = 1_000_000
	headRows   = 80 // a header begins within these
)

var (
	msgTooLarge = fault.Msg{Key: "matrix.too_large", Text: "trang tính “{name}” quá lớn để đọc như một bảng tổng hợp: chỉ nhận đến {rows} dòng, {columns} cột"}
	msgBlank    = fault.Msg{Key: "matrix.blank", Text: "tệp không có trang tính nào có số liệu"}
)

// Grid is one sheet of a file, held whole.
type Grid struct {
	Name string
	rows []row
	wide int           // number of the last column that holds something
	over map[spot]spot // cells of the upper rows that a merged range covers, and its first cell
	tall map[spot]bool // cells that are merged over several rows
}

type row struct {
	number int
	cells  []sheet.Cell // in order of columns, without empty ones
}

type spot struct{ row, col int }

// Grids reads the visible sheets of a book that hold something.
func Grids(book *sheet.Book) ([]*Grid, error) {
	var out []*Grid
	for _, s := range book.Sheets {
		if s.Hidden {
			continue
		}
		g, err := readGrid(s)
		if err != nil {
			return nil, err
		}
		if len(g.rows) > 0 {
			out = append(out, g)
		}
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Invalid, msgBlank)
	}
	return out, nil
}

func readGrid(s *sheet.Sheet) (*Grid, error) {
	g := &Grid{Name: s.Name, over: map[spot]spot{}, tall: map[spot]bool{}}
	cells := 0
	for r, err := range s.Rows() {
		if err != nil {
			return nil, err
		}
		kept := row{number: r.Number}
		for _, c := range r.Cells {
			if c.Blank() {
				continue
			}
			kept.cells = append(kept.cells, c)
			g.wide = max(g.wide, c.Col)
		}
		if len(kept.cells) == 0 {
			continue
		}
		cells += len(kept.cells)
		g.rows = append(g.rows, kept)
		if len(g.rows) > maxRows || g.wide > maxColumns || cells > maxCells {
			return nil, tooLarge(s.Name)
		}
	}
	for _, m := range s.Merges {
		for r := m.Top; r <= m.Bottom; r++ {
			for c := m.Left; c <= min(m.Right, maxColumns); c++ {
				if r <= headRows+maxHeight {
					g.over[spot{r, c}] = spot{m.Top, m.Left}
				}
				if m.Bottom > m.Top {
					g.tall[spot{r, c}] = true
				}
				if cells++; cells > maxCells {
					return nil, tooLarge(s.Name)
				}
			}
		}
	}
	return g, nil
}

func tooLarge(name string) error {
	return fault.New(fault.TooLarge, msgTooLarge, "name", fault.Clip(name), "rows", "12.000", "columns", "400")
}

// Cell is the cell at a row and column, Empty where there is nothing.
func (g *Grid) Cell(rowNumber, col int) sheet.Cell {
	i, ok := slices.BinarySearchFunc(g.rows, rowNumber, func(r row, n int) int { return cmp.Compare(r.number, n) })
	if ok {
		return g.rows[i].at(g.Name, col)
	}
	return sheet.Cell{Sheet: g.Name, Row: rowNumber, Col: col}
}

func (r *row) at(name string, col int) sheet.Cell {
	i, ok := slices.BinarySearchFunc(r.cells, col, func(c sheet.Cell, n int) int { return cmp.Compare(c.Col, n) })
	if ok {
		return r.cells[i]
	}
	return sheet.Cell{Sheet: name, Row: r.number, Col: col}
}

// head is the cell that a person sees at a place of the header: of merged cells
// the first.
func (g *Grid) head(rowNumber, col int) sheet.Cell {
	if at, ok := g.over[spot{rowNumber, col}]; ok {
		return g.Cell(at.row, at.col)
	}
	return g.Cell(rowNumber, col)
}

// heads lists what stands above a column in the rows of the header, from the top
// down, each text once.
func (g *Grid) heads(top, height, col int) []sheet.Cell {
	var out []sheet.Cell
	for r := top; r < top+height; r++ {
		c := g.head(r, col)
		if c.Blank() || len(out) > 0 && out[len(out)-1].Row == c.Row && out[len(out)-1].Col == c.Col {
			continue
		}
		out = append(out, c)
	}
	return out
}

// headText is the heads of a column as one line.
func (g *Grid) headText(top, height, col int) string {
	var parts []string
	for _, c := range g.heads(top, height, col) {
		text := strings.Join(strings.Fields(vntext.NFC(c.Text)), " ")
		if len(parts) == 0 || parts[len(parts)-1] != text {
			parts = append(parts, text)
		}
	}
	return fault.Clip(strings.Join(parts, " / "))
}

// merged tells whether a cell below the header is part of a range over several
// rows: its value then belongs to the first of them only.
func (g *Grid) merged(rowNumber, col int) bool { return g.tall[spot{rowNumber, col}] }
