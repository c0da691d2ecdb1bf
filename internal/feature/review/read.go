package review

import (
	"cmp"
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

var (
	msgDuplicateRow = fault.Msg{Key: "review.duplicate_row", Text: "xã {name}, chỉ tiêu {code}, kỳ {period} có ở hai dòng: {first} và {second}"}
	msgSharedRow    = fault.Msg{Key: "review.shared_row", Text: "chỉ tiêu {code} của bộ {set} dùng chung số liệu với chỉ tiêu {other} của bộ {otherset}, nhưng {first} và {second} ghi khác nhau"}
	msgNoTable      = fault.Msg{Key: "review.no_table", Text: "không có trang tính nào có đủ các cột cần thiết"}
)

// ReadOptions say how a file is read.
type ReadOptions struct {
	Sets     []*law.Set                    // the set asked for first, then those its indicators depend on
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
		opt: opt, batch: &Batch{}, seen: map[cell]int{}, measures: map[*law.Set][]int32{}, names: map[string]int32{},
		doubled: map[int]bool{}, places: map[placeKey]resolved{}, communes: map[string]bool{},
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
	slices.SortStableFunc(r.batch.Errors, func(a, b RowError) int {
		return cmp.Or(cmp.Compare(a.sheet, b.sheet), cmp.Compare(a.Line, b.Line))
	})
	return r.batch, nil
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
	seen     map[cell]int         // index of the first finding of a quantity
	measures map[*law.Set][]int32 // numbers of the quantities of a set by slot, given in this file
	names    map[string]int32     // the same by name
	doubled  map[int]bool         // findings that another row contradicts
	places   map[placeKey]resolved
	communes map[string]bool
	at       int // index of the sheet
	sheet    *sheet.Table
	rec      sheet.Record
	failed   bool
}

func (r *reader) table(at int, t *sheet.Table) error {
	r.at, r.sheet = at, t
	for rec, err := range t.Records() {
		if err != nil {
			return err
		}
		r.rec, r.failed = rec, false
		if rec.Fault != nil {
			r.refuse(colCommune, rec.Fault)
			continue
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
	c := r.rec.Cell(column)
	e := RowError{Line: r.rec.Number, Column: r.head(column), Message: f.At("").Vietnamese(), sheet: r.at}
	if c.Sheet != "" && c.Col > 0 {
		e.Cell = c.Address()
	}
	r.batch.Errors = append(r.batch.Errors, e)
}

// add keeps a finding. A second one of the same indicator and period makes both
// faulty; of a quantity that two sets share, only where they differ.
func (r *reader) add(f *Finding) {
	k := r.cell(f)
	first, twice := r.seen[k]
	r.batch.Findings = append(r.batch.Findings, *f)
	if !twice {
		r.seen[k] = len(r.batch.Findings) - 1
		return
	}
	mine, other := &r.batch.Findings[len(r.batch.Findings)-1], &r.batch.Findings[first]
	msg := msgDuplicateRow
	if other.Set != f.Set {
		if !r.doubled[first] && sameFinding(f, other) {
			return
		}
		msg = msgSharedRow
	}
	dup := fault.New(fault.Conflict, msg, "name", f.Place.Name, "code", f.Indicator().Code, "set", f.Set.ID,
		"other", other.Indicator().Code, "otherset", other.Set.ID,
		"period", f.Datum.Period.String(), "first", other.where(), "second", f.where())
	if !r.doubled[first] {
		r.doubled[first] = true
		r.contradict(other, dup)
	}
	r.contradict(mine, dup)
}

// contradict makes a finding of an earlier or the current row faulty.
func (r *reader) contradict(f *Finding, dup *fault.Error) {
	f.Datum = law.Datum{State: law.Faulty, Period: f.Datum.Period}
	e := RowError{Line: f.Line, Column: f.head, Message: dup.Vietnamese(), sheet: f.sheet}
	if f.Sheet != "" {
		e.Cell = sheet.Cell{Sheet: f.Sheet, Row: f.Line, Col: f.col}.Address()
	}
	r.batch.Errors = append(r.batch.Errors, e)
}

// cell numbers what a finding is about: commune, period and quantity.
func (r *reader) cell(f *Finding) cell {
	numbers, ok := r.measures[f.Set]
	if !ok {
		numbers = make([]int32, f.Set.Slots())
		for slot := range numbers {
			name := criteria.MeasureOf(f.Set, slot)
			if r.names[name] == 0 {
				r.names[name] = int32(len(r.names) + 1)
			}
			numbers[slot] = r.names[name]
		}
		r.measures[f.Set] = numbers
	}
	return cell{f.Place.Key, f.Datum.Period.Code(), numbers[f.Slot]}
}

// sameFinding tells whether two rows report the same of a quantity.
func sameFinding(a, b *Finding) bool {
	return sameDatum(&a.Datum, &b.Datum) && a.Note == b.Note
}

// where names the finding's row for a person.
func (f *Finding) where() string {
	if f.Sheet == "" {
		return "dòng " + itoa(f.Line)
	}
	return f.Sheet + " dòng " + itoa(f.Line)
}
