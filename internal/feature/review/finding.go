package review

import (
	"maps"
	"slices"

	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/place"
)

// Finding is one reported datum and where in its file it stands.
type Finding struct {
	Place *place.Unit // the commune, as it was on the day it was resolved at
	Set   *law.Set
	Slot  int
	Datum law.Datum
	Note  string
	Entry int64 // journal position that recorded it; 0 for one read from a file
	Line  int   // row of the sheet or line of the file
	Sheet string

	said       member // set and slot as the row names them: of another set where the quantity is shared
	sheet, col int    // index of its sheet and column of its indicator
	value      int    // column of its value
	head       string // header of that column
}

// Indicator is the finding's indicator or part.
func (f *Finding) Indicator() *law.Indicator { return f.Set.At(f.Slot) }

// Address names the cell of the finding's value in its file: "Phiếu 1!D7".
func (f *Finding) Address() string {
	return sheet.Cell{Sheet: f.Sheet, Row: f.Line, Col: f.value, Column: "Giá trị"}.Address()
}

// RowError says what is wrong with one row, for people and for programs.
type RowError struct {
	Line    int    `json:"line"`
	Column  string `json:"column"` // as the file heads it
	Message string `json:"message"`
	Cell    string `json:"cell,omitempty"` // "Phiếu 1!D7" in a workbook
	sheet   int    // index of its sheet, to order by
}

// Batch is what one file reports.
type Batch struct {
	Findings []Finding // faulty ones included, as law.Faulty
	Communes []place.Unit
	Errors   []RowError // in order of sheets and rows, at most [MaxErrors]
	Rows     int        // rows with a figure or a word
	Blank    int        // rows with nothing reported

	MoreErrors int            // errors beyond those kept
	OtherSets  map[string]int // rows with a figure that were left out because they are of another set, by its id
}

// MaxErrors bounds the row errors that a batch keeps.
const MaxErrors = 10_000

// fail keeps an error while there is room; message is asked for only then.
func (b *Batch) fail(e RowError, message func() string) {
	if len(b.Errors) == MaxErrors {
		b.MoreErrors++
		return
	}
	e.Message = message()
	b.Errors = append(b.Errors, e)
}

// Warnings says what a reader of the answer must know of the file: rows of
// other sets that were left out, and errors that are not listed.
func (b *Batch) Warnings() []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(b.OtherSets)) {
		out = append(out, "bỏ qua "+itoa(b.OtherSets[id])+" dòng của bộ tiêu chí "+id+" vì không phải bộ đang đánh giá")
	}
	if b.MoreErrors > 0 {
		out = append(out, "tệp có "+itoa(len(b.Errors)+b.MoreErrors)+" lỗi; chỉ liệt kê "+itoa(len(b.Errors))+" lỗi, còn "+itoa(b.MoreErrors)+" lỗi khác")
	}
	return out
}
