package review

import (
	"cmp"
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/place"
)

var msgNoTable = fault.Msg{Key: "review.no_table", Text: "không có trang tính nào có đủ các cột cần thiết"}

// ReadOptions say how a file is read.
type ReadOptions struct {
	Sets     []*law.Set                    // the set asked for first, then those its indicators depend on
	Known    []*law.Set                    // other sets that rows may name: these are left out, but for shared quantities
	SetFor   func(placeID string) *law.Set // the set of a row that names none, before Sets; nil or a nil set = Sets alone
	Places   *place.Register
	Province string     // two-digit code: names are resolved inside it
	Until    day.Day    // communes are resolved at the period's end, or here if that is earlier
	Period   day.Period // the period of rows that name none; rows that name another are refused when Strict
	Strict   bool
}

// Read reads findings from every visible sheet that has the columns. Bad rows
// are in the batch's Errors and leave a law.Faulty finding where commune and
// indicator are known; the error is for a file that cannot be read at all.
func Read(book *sheet.Book, opt ReadOptions) (*Batch, error) {
	r := &reader{
		opt: opt, batch: &Batch{}, seen: map[cell]int32{}, measures: map[*law.Set][]int32{}, names: map[string]int32{},
		clash: map[cell]bool{}, places: map[placeKey]resolved{}, communes: map[string]bool{}, stray: map[column]sheet.Cell{},
	}
	found := false
	var missing error
	for i, s := range book.Sheets {
		if s.Hidden {
			continue
		}
		t, err := s.Table(columns...)
		if err != nil {
			if halfTable(s) {
				return nil, err
			}
			missing = cmp.Or(missing, err)
			continue
		}
		found = true
		if err := r.table(i, t); err != nil {
			return nil, err
		}
	}
	if !found {
		return nil, cmp.Or(missing, error(fault.New(fault.Invalid, msgNoTable)))
	}
	if err := r.strayColumns(); err != nil {
		return nil, err
	}
	r.contradictAll()
	slices.SortStableFunc(r.batch.Errors, func(a, b RowError) int {
		return cmp.Or(cmp.Compare(a.sheet, b.sheet), cmp.Compare(a.Line, b.Line))
	})
	return r.batch, nil
}

// Recognizes tells whether a file is one that [Read] reads, or was meant to be.
func Recognizes(book *sheet.Book) bool {
	return slices.ContainsFunc(book.Sheets, func(s *sheet.Sheet) bool {
		if s.Hidden {
			return false
		}
		_, err := s.Table(columns...)
		return err == nil || halfTable(s)
	})
}

// halfTable tells whether a sheet that is no findings table was meant to be
// one: it has two of the columns that every such table has. Leaving it out
// would lose figures silently; a sheet with fewer is a guide or notes.
func halfTable(s *sheet.Sheet) bool {
	var must []sheet.Column
	for _, c := range columns {
		if !c.Optional {
			must = append(must, c)
		}
	}
	for i := range must {
		two := slices.Delete(slices.Clone(must), i, i+1)
		if _, err := s.Table(two...); err == nil {
			return true
		}
	}
	return false
}

type placeKey struct {
	text string
	on   day.Day
}

type resolved struct {
	unit *place.Unit
	err  error
}

type reader struct {
	opt      ReadOptions
	batch    *Batch
	seen     map[cell]int32       // index of the last finding of a quantity
	prev     []int32              // for each finding, the one before it of the same quantity, or -1
	clash    map[cell]bool        // quantities that rows contradict each other on
	clashes  []cell               // the same, in order of the rows
	measures map[*law.Set][]int32 // numbers of the quantities of a set by slot, given in this file
	names    map[string]int32     // the same by name
	places   map[placeKey]resolved
	lost     int // distinct texts that are no commune
	communes map[string]bool
	stray    map[column]sheet.Cell // first cell with something in a column that is not known
	at       int                   // index of the sheet
	sheet    *sheet.Table
	rec      sheet.Record
	failed   bool
	broken   bool // the record cannot be relied on
	quiet    bool // what is wrong with the record has been said
}

func (r *reader) table(at int, t *sheet.Table) error {
	r.at, r.sheet = at, t
	for rec, err := range t.Records() {
		if err != nil {
			return err
		}
		r.rec, r.failed, r.quiet, r.broken = rec, false, false, rec.Fault != nil
		if r.broken {
			r.refuse(append(rec.Lacks, colCommune)[0], rec.Fault)
			r.failed, r.quiet = false, true
		} else {
			r.noteStray()
		}
		r.row()
	}
	return nil
}

// head is a column as the sheet heads it.
func (r *reader) head(column string) string {
	if c, ok := r.sheet.Head(column); ok {
		return c.Text
	}
	return column
}

// refuse notes an error of the current row.
func (r *reader) refuse(column string, f *fault.Error) {
	r.failed = true
	if r.quiet {
		return
	}
	c := r.rec.Cell(column)
	e := RowError{Line: r.rec.Number, Column: r.head(column), sheet: r.at}
	if c.Sheet != "" && c.Col > 0 {
		e.Cell = c.Address()
	}
	r.batch.fail(e, f.At("").Vietnamese)
}
