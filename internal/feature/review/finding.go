package review

import (
	"giuchuan/internal/law"
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

	sheet, col int    // index of its sheet and column of its indicator
	head       string // header of that column
}

// Indicator is the finding's indicator or part.
func (f *Finding) Indicator() *law.Indicator { return f.Set.At(f.Slot) }

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
	Errors   []RowError // in order of sheets and rows
	Rows     int        // rows with a figure or a word
	Blank    int        // rows with nothing reported
}
