package sheet

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// settle puts on the sheet what excelize keeps outside the rows. It runs before
// the stream is flushed.
func (s *SheetWriter) settle() error {
	return errors.Join(s.print(), s.protect(), s.calm(), s.putNotes(), s.putChecks())
}

// print sets A4 landscape, one page wide, the header repeated on every page,
// the banner above and page numbers below.
func (s *SheetWriter) print() error {
	const a4 = 9
	size, landscape, one, any := a4, "landscape", 1, 0
	edge, head := 0.5, 0.3
	err := errors.Join(
		s.book.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{
			Size: &size, Orientation: &landscape, FitToWidth: &one, FitToHeight: &any,
		}),
		s.book.file.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
			Left: &edge, Right: &edge, Top: &edge, Bottom: &edge, Header: &head, Footer: &head,
		}),
	)
	marks := &excelize.HeaderFooterOptions{OddFooter: "&CTrang &P/&N"}
	if s.layout.Banner != "" {
		marks.OddHeader = "&C" + short(strings.ReplaceAll(s.layout.Banner, "&", "&&"), 250)
	}
	err = errors.Join(err, s.book.file.SetHeaderFooter(s.name, marks))
	if s.head > 0 {
		err = errors.Join(err, s.book.file.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: s.name,
			RefersTo: fmt.Sprintf("%s!$%d:$%d", quoteSheet(s.name), s.head, s.head),
		}))
	}
	return err
}

// protect locks the sheet without a password: it guards against slips, not
// against intent. Columns can still be widened and locked cells copied.
func (s *SheetWriter) protect() error {
	if !s.layout.Protect {
		return nil
	}
	return s.book.file.ProtectSheet(s.name, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true, AutoFilter: true,
	})
}

// calm stops the program from marking every code as a number stored as text:
// that is what a code is.
func (s *SheetWriter) calm() error {
	if s.next == 1 || s.wide == 0 {
		return nil
	}
	all := Range{1, 1, s.next - 1, s.wide}
	return s.book.file.AddIgnoredErrors(s.name, all.String(), excelize.IgnoredErrorsNumberStoredAsText)
}

func (s *SheetWriter) putNotes() error {
	for _, n := range s.notes {
		err := s.book.file.AddComment(s.name, excelize.Comment{
			Cell: n.ref, Author: "Giữ Chuẩn", Text: xmlSafe(n.text), Width: 320, Height: 120,
		})
		if err != nil {
			return fmt.Errorf("note at %s: %w", n.ref, err)
		}
	}
	return nil
}

// checkPlaces remembers which cells each check guards, as runs down a column.
type checkPlaces struct {
	order []Check
	runs  map[Check][]Range
	last  map[checkColumn]int // index of the lowest run
}

type checkColumn struct {
	check Check
	col   int
}

func (p *checkPlaces) add(c Check, row, col int) {
	if p.runs == nil {
		p.runs, p.last = map[Check][]Range{}, map[checkColumn]int{}
	}
	runs, known := p.runs[c]
	if !known {
		p.order = append(p.order, c)
	}
	key := checkColumn{c, col}
	if i, ok := p.last[key]; ok && runs[i].Bottom == row-1 {
		runs[i].Bottom = row
		return
	}
	p.last[key] = len(runs)
	p.runs[c] = append(runs, Range{row, col, row, col})
}

// putChecks writes each check once with all its cells.
func (s *SheetWriter) putChecks() error {
	for _, c := range s.checks.order {
		runs := s.checks.runs[c]
		slices.SortFunc(runs, func(a, b Range) int { return cmp.Or(a.Top-b.Top, a.Left-b.Left) })
		v := excelize.NewDataValidation(true)
		for _, r := range runs {
			v.SetSqref(r.String())
		}
		if err := s.book.fillCheck(v, c); err != nil {
			return err
		}
		const mostError = 225 // a longer message makes Excel call the file damaged
		v.SetError(excelize.DataValidationErrorStyleStop, "Giá trị không được nhận", short(c.accepted(), mostError))
		if c.help != "" {
			v.SetInput("Hướng dẫn", short(xmlSafe(c.help), 250))
		}
		if err := s.book.file.AddDataValidation(s.name, v); err != nil {
			return fmt.Errorf("check: %w", err)
		}
	}
	return nil
}

// fillCheck sets what is accepted. A list that does not fit into the check
// itself (255 characters, no commas) goes to the hidden list sheet.
func (b *BookWriter) fillCheck(v *excelize.DataValidation, c Check) error {
	low, high := c.bounds()
	switch c.kind {
	case checkDecimal:
		return v.SetRange(low, high, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
	case checkWhole:
		return v.SetRange(low, high, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween)
	}
	items := strings.Split(xmlSafe(strings.ReplaceAll(c.items, "\r", "")), "\n")
	joined := strings.Join(items, ",")
	if len(utf16.Encode([]rune(joined))) <= 255 && strings.Count(joined, ",") == len(items)-1 && !strings.HasPrefix(joined, "=") {
		return v.SetDropList(items)
	}
	ref, err := b.listRange(items)
	if err == nil {
		v.SetSqrefDropList(ref)
	}
	return err
}

// listSheet holds drop-down lists, one a column, on a hidden sheet.
type listSheet struct {
	name   string
	stream *excelize.StreamWriter
	lists  [][]string
}

const listSheetName = "_danh_muc"

// listRange adds a list and returns the range that holds it.
func (b *BookWriter) listRange(items []string) (string, error) {
	if b.lists == nil {
		name, err := b.addSheet(listSheetName)
		if err != nil {
			return "", err
		}
		if err := b.file.SetSheetVisible(name, false); err != nil {
			return "", fmt.Errorf("hide %s: %w", name, err)
		}
		stream, err := b.file.NewStreamWriter(name)
		if err != nil {
			return "", fmt.Errorf("list sheet: %w", err)
		}
		b.lists = &listSheet{name: name, stream: stream}
	}
	b.lists.lists = append(b.lists.lists, items)
	col := columnName(len(b.lists.lists))
	return fmt.Sprintf("%s!$%s$1:$%s$%d", b.lists.name, col, col, len(items)), nil
}

// settle writes the lists.
func (l *listSheet) settle() error {
	for row := 0; ; row++ {
		cells := make([]any, len(l.lists))
		more := false
		for i, items := range l.lists {
			if row < len(items) {
				cells[i], more = items[row], true
			}
		}
		if !more {
			return nil
		}
		if err := l.stream.SetRow(Cell{Row: row + 1, Col: 1}.Ref(), cells); err != nil {
			return fmt.Errorf("list sheet: %w", err)
		}
	}
}

// quoteSheet writes a sheet's name as a reference needs it.
func quoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// short cuts a text to at most n UTF-16 units, the measure of the file format.
func short(text string, n int) string {
	units := 0
	for i, r := range text {
		if units += utf16.RuneLen(r); units > n {
			return text[:i]
		}
	}
	return text
}
