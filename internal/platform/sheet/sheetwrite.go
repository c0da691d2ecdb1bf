package sheet

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"

	"github.com/xuri/excelize/v2"
)

// Layout is what a worksheet is made of besides its rows.
type Layout struct {
	Name    string    // see [SheetName]
	Banner  string    // warning on the first row and at the head of every printed page
	Titles  []string  // lines above the header, the first one larger
	Columns []Heading // the header row; none leaves it out
	Freeze  int       // columns at the left that stay when scrolling; the header always stays
	Protect bool      // only cells written with Input can be changed (no password)
	Hidden  bool      // not shown; the first sheet always is
}

// Heading is one column of the header row.
type Heading struct {
	Text  string
	Width float64 // in characters; zero is 12
	Note  string  // shown when the pointer rests on the header
	Code  bool    // the header is a code: 17.10 stays text
	// Hidden columns are in the file for the program that reads it back, not
	// on the screen or the page.
	Hidden bool
}

// shownWidth is the width a column has on the page.
func (h Heading) shownWidth() float64 {
	switch {
	case h.Hidden:
		return 0
	case h.Width <= 0:
		return 12
	}
	return min(h.Width, 255)
}

// SheetWriter writes the rows of one worksheet from top to bottom.
type SheetWriter struct {
	book   *BookWriter
	layout Layout
	name   string
	stream *excelize.StreamWriter
	next   int // number of the next row
	head   int // number of the header row; 0 without one
	wide   int // highest column written
	notes  []placedNote
	checks checkPlaces
}

type placedNote struct{ ref, text string }

// Name is the worksheet's name as written.
func (s *SheetWriter) Name() string { return s.name }

// Next is the number of the row that Row writes next.
func (s *SheetWriter) Next() int { return s.next }

// Skip leaves rows empty.
func (s *SheetWriter) Skip(rows int) { s.next += max(rows, 0) }

// begin writes everything above the rows. What excelize puts before the rows in
// the file must be set before the first one.
func (s *SheetWriter) begin() error {
	f, yes := s.book.file, true
	err := errors.Join(
		f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes}),
		f.SetDefaultFont(fontName),
	)
	if s.layout.Hidden {
		err = errors.Join(err, f.SetSheetVisible(s.name, false))
	}
	if err != nil {
		return err
	}
	if s.stream, err = f.NewStreamWriter(s.name); err != nil {
		return err
	}
	for i, c := range s.layout.Columns {
		if c.Hidden {
			if err := s.stream.SetColVisible(i+1, i+1, false); err != nil {
				return err
			}
			continue
		}
		if err := s.stream.SetColWidth(i+1, i+1, c.shownWidth()); err != nil {
			return err
		}
	}
	above := len(s.layout.Titles)
	if s.layout.Banner != "" {
		above++
	}
	if len(s.layout.Columns) > 0 {
		s.head = above + 1
	}
	if err := s.freeze(); err != nil {
		return err
	}
	return s.top()
}

// freeze keeps the header row and the first columns in view.
func (s *SheetWriter) freeze() error {
	if s.head == 0 && s.layout.Freeze == 0 {
		return nil
	}
	pane := "bottomRight"
	if s.layout.Freeze == 0 {
		pane = "bottomLeft"
	} else if s.head == 0 {
		pane = "topRight"
	}
	corner := Cell{Row: s.head + 1, Col: s.layout.Freeze + 1}.Ref()
	return s.stream.SetPanes(&excelize.Panes{
		Freeze: true, XSplit: s.layout.Freeze, YSplit: s.head, TopLeftCell: corner, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: pane}},
	})
}

// top writes the banner, the titles and the header.
func (s *SheetWriter) top() error {
	wide, room := s.titleSpan()
	line := func(text string, look look) error {
		if wide > 1 {
			if err := s.stream.MergeCell("A"+strconv.Itoa(s.next), Cell{Row: s.next, Col: wide}.Ref()); err != nil {
				return err
			}
		}
		v := Value{kind: Text, text: text, look: look}
		return s.row(v.height(room), []Value{v})
	}
	if s.layout.Banner != "" {
		if err := line(s.layout.Banner, lookBanner); err != nil {
			return err
		}
	}
	for i, title := range s.layout.Titles {
		look := lookTitle
		if i > 0 {
			look = lookPlain
		}
		if err := line(title, look); err != nil {
			return err
		}
	}
	if s.head == 0 {
		return nil
	}
	header := make([]Value, len(s.layout.Columns))
	for i, c := range s.layout.Columns {
		header[i] = PutText(c.Text).Head().Noted(c.Note)
		if c.Code {
			header[i].format = formatText
		}
	}
	return s.Row(header...)
}

// titleSpan is how many columns the lines above the header run across, and how
// wide these are together.
func (s *SheetWriter) titleSpan() (columns int, width float64) {
	const enough = 110
	for columns < len(s.layout.Columns) && width < enough {
		width += s.layout.Columns[columns].shownWidth()
		columns++
	}
	return max(columns, 1), max(width, 12)
}

// Row writes the next row, as high as its longest text needs.
func (s *SheetWriter) Row(values ...Value) error {
	high := 0.0
	for i := range min(len(values), len(s.layout.Columns)) {
		if c := s.layout.Columns[i]; !c.Hidden {
			high = max(high, values[i].height(c.shownWidth()))
		}
	}
	return s.row(high, values)
}

// row writes the next row; a height of 0 is the program's own.
func (s *SheetWriter) row(high float64, values []Value) error {
	if s.book.done {
		return fault.New(fault.Internal, msgFinished)
	}
	cells := make([]any, len(values))
	for i, v := range values {
		var err error
		if cells[i], err = s.cell(v); err != nil {
			return err
		}
		if v.note != "" {
			s.notes = append(s.notes, placedNote{Cell{Row: s.next, Col: i + 1}.Ref(), v.note})
		}
		if v.check.kind != checkNone {
			v.check.percent = v.check.kind == checkDecimal && strings.Contains(v.format, "%")
			s.checks.add(v.check, s.next, i+1)
		}
	}
	if err := s.stream.SetRow("A"+strconv.Itoa(s.next), cells, excelize.RowOpts{Height: high}); err != nil {
		return fault.New(fault.Internal, msgWrite).Wrap(err)
	}
	s.next++
	s.wide = max(s.wide, len(values))
	return nil
}

// cell turns a value into what excelize writes; nil leaves the cell out.
func (s *SheetWriter) cell(v Value) (any, error) {
	if v.look == lookPlain && s.head > 0 && s.next > s.head {
		v.look = lookCell
	}
	style, err := s.book.style(v)
	if err != nil {
		return nil, fault.New(fault.Internal, msgWrite).Wrap(err)
	}
	c := excelize.Cell{StyleID: style}
	switch v.kind {
	case Text:
		if v.text != "" {
			c.Value = xmlSafe(v.text)
		}
	case Number:
		text := v.text
		if v.percent() {
			if text, err = hundredth(text); err != nil {
				return nil, err
			}
		}
		if c.Value, err = exact(text); err != nil {
			return nil, err
		}
	case Date:
		if v.day != day.None && v.day != day.Forever {
			y, m, d := v.day.Civil()
			c.Value = serialOf(y, m, d)
		}
	}
	if c.Value == nil && style == 0 {
		return nil, nil
	}
	return c, nil
}

// serialOf is the number by which a workbook keeps a day after 29/02/1900.
func serialOf(y int, m time.Month, d int) int {
	return int(day.Of(y, m, d) - day.Of(1899, 12, 30))
}

// hundredth moves the point of a decimal text two places to the left.
func hundredth(text string) (string, error) {
	if _, err := exact(text); err != nil {
		return "", err
	}
	digits, minus := strings.CutPrefix(text, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	whole = strings.Repeat("0", max(3-len(whole), 0)) + whole
	out := whole[:len(whole)-2] + "." + whole[len(whole)-2:] + fraction
	if minus {
		out = "-" + out
	}
	return out, nil
}

// xmlSafe drops what a text cell cannot hold.
func xmlSafe(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, text)
}
