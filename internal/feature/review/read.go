package review

import (
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/place"
)

var (
	msgNoCommune    = fault.Msg{Key: "review.no_commune", Text: "thiếu mã hoặc tên xã"}
	msgNotXa        = fault.Msg{Key: "review.not_xa", Text: "{name} không phải là xã; bộ tiêu chí này chỉ áp dụng cho xã"}
	msgNoIndicator  = fault.Msg{Key: "review.unknown_indicator", Text: "bộ tiêu chí {set} không có chỉ tiêu “{code}”{hint}"}
	msgNoPeriod     = fault.Msg{Key: "review.no_period", Text: "thiếu kỳ; ghi như 2024, 2024-H1, 2024-Q2 hoặc 2024-06"}
	msgOtherPeriod  = fault.Msg{Key: "review.other_period", Text: "kỳ {period} khác kỳ đang nhập {wanted}"}
	msgDuplicateRow = fault.Msg{Key: "review.duplicate_row", Text: "xã {name}, chỉ tiêu {code}, kỳ {period} có ở hai dòng: {first} và {second}"}
	msgOtherSet     = fault.Msg{Key: "review.other_set", Text: "bộ tiêu chí “{set}” không nằm trong đợt nhập này; nhận: {accepted}"}
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
	r := &reader{opt: opt, batch: &Batch{}, seen: map[key]int{}, doubled: map[int]bool{}, places: map[placeKey]resolved{}, communes: map[string]bool{}}
	found := false
	var missing error
	for _, s := range book.Sheets {
		if s.Hidden {
			continue
		}
		t, err := s.Table(columns...)
		if err != nil {
			missing = err
			continue
		}
		found = true
		if err := r.table(t); err != nil {
			return nil, err
		}
	}
	if !found {
		if missing == nil {
			missing = fault.New(fault.Invalid, msgNoTable)
		}
		return nil, missing
	}
	return r.batch, nil
}

type placeKey struct {
	text string
	on   day.Day
}

type resolved struct {
	unit place.Unit
	err  error
}

type reader struct {
	opt      ReadOptions
	batch    *Batch
	seen     map[key]int  // index of the first finding with the key
	doubled  map[int]bool // findings that a later row repeats
	places   map[placeKey]resolved
	communes map[string]bool
	rec      sheet.Record
	failed   bool
}

func (r *reader) table(t *sheet.Table) error {
	for rec, err := range t.Records() {
		if err != nil {
			return err
		}
		r.rec, r.failed = rec, false
		if rec.Fault != nil {
			r.batch.Errors = append(r.batch.Errors, RowError{Line: rec.Number, Column: colCommune, Message: rec.Fault.Vietnamese()})
			continue
		}
		r.row()
	}
	return nil
}

// refuse notes an error of the current row.
func (r *reader) refuse(column string, f *fault.Error) {
	r.failed = true
	c := r.rec.Cell(column)
	e := RowError{Line: r.rec.Number, Column: column, Message: f.At("").Vietnamese()}
	if c.Sheet != "" {
		e.Cell = c.Address()
	}
	r.batch.Errors = append(r.batch.Errors, e)
}

// text gives a cell's text; formulas and error values are refused.
func (r *reader) text(column string) string {
	c := r.rec.Cell(column)
	if f := c.Refuse(); f != nil {
		r.refuse(column, f)
		return ""
	}
	return strings.TrimSpace(c.Text)
}

func (r *reader) row() {
	period, periodOK := r.period()
	unit, unitOK := r.commune(period)
	set, slot, slotOK := r.indicator(unit.ID)
	if unitOK && !r.communes[unit.ID] {
		r.communes[unit.ID] = true
		r.batch.Communes = append(r.batch.Communes, unit)
	}
	if !unitOK || !slotOK {
		return
	}
	f := Finding{Place: unit, Set: set, Slot: slot, Note: r.text(colNote), Line: r.rec.Number, Sheet: r.rec.Cell(colCommune).Sheet}
	f.Datum = r.datum(f.Indicator(), period)
	if !periodOK || r.failed {
		f.Datum = law.Datum{State: law.Faulty, Period: period}
	}
	if f.Datum.State == law.Absent {
		r.batch.Blank++
		return
	}
	r.batch.Rows++
	r.add(f)
}

// add keeps a finding; a second one with the same key makes both faulty.
func (r *reader) add(f Finding) {
	first, twice := r.seen[f.key()]
	if !twice {
		r.seen[f.key()] = len(r.batch.Findings)
		r.batch.Findings = append(r.batch.Findings, f)
		return
	}
	other := &r.batch.Findings[first]
	dup := fault.New(fault.Conflict, msgDuplicateRow, "name", f.Place.Name, "code", f.Indicator().Code,
		"period", f.Datum.Period.String(), "first", other.where(), "second", f.where())
	if !r.doubled[first] {
		r.doubled[first] = true
		other.Datum = law.Datum{State: law.Faulty, Period: f.Datum.Period}
		r.batch.Errors = append(r.batch.Errors, RowError{Line: other.Line, Column: colIndicator, Message: dup.Vietnamese()})
	}
	r.batch.Errors = append(r.batch.Errors, RowError{Line: f.Line, Column: colIndicator, Message: dup.Vietnamese()})
}

// where names the finding's row for a person.
func (f *Finding) where() string {
	if f.Sheet == "" {
		return "dòng " + itoa(f.Line)
	}
	return f.Sheet + " dòng " + itoa(f.Line)
}

// period reads the row's period. A row without a usable one gets the year of
// Until, so that its fault still hides what the indicator would otherwise have.
func (r *reader) period() (day.Period, bool) {
	text := r.text(colPeriod)
	if text == "" && r.opt.Period.Valid() {
		return r.opt.Period, true
	}
	fallback := r.opt.Period
	if !fallback.Valid() {
		fallback = day.PeriodContaining(day.Year, r.opt.Until)
	}
	if text == "" {
		r.refuse(colPeriod, fault.New(fault.Invalid, msgNoPeriod))
		return fallback, false
	}
	p, err := day.ParsePeriod(text)
	if err != nil {
		for _, f := range fault.Rows(err) {
			r.refuse(colPeriod, f)
		}
		return fallback, false
	}
	if r.opt.Strict && p != r.opt.Period {
		r.refuse(colPeriod, fault.New(fault.Invalid, msgOtherPeriod, "period", p.String(), "wanted", r.opt.Period.String()))
		return fallback, false
	}
	return p, true
}

// commune resolves the row's commune at the end of its period, or at Until.
func (r *reader) commune(p day.Period) (place.Unit, bool) {
	text := r.text(colCommune)
	if text == "" {
		r.refuse(colCommune, fault.New(fault.Invalid, msgNoCommune))
		return place.Unit{}, false
	}
	on := min(p.Last(), r.opt.Until)
	k := placeKey{text, on}
	got, ok := r.places[k]
	if !ok {
		got.unit, got.err = r.opt.Places.Resolve(text, r.opt.Province, on, place.Commune)
		r.places[k] = got
	}
	if got.err != nil {
		for _, f := range fault.Rows(got.err) {
			r.refuse(colCommune, f)
		}
		return place.Unit{}, false
	}
	if !got.unit.IsXa() {
		r.refuse(colCommune, fault.New(fault.Invalid, msgNotXa, "name", got.unit.Title()))
		return place.Unit{}, false
	}
	return got.unit, true
}

// indicator finds the row's indicator in the set it names, in the one its
// commune calls for, or in the sets asked for.
func (r *reader) indicator(placeID string) (*law.Set, int, bool) {
	c := r.rec.Cell(colIndicator)
	if f := c.RefuseCode(); f != nil {
		r.refuse(colIndicator, f)
		return nil, 0, false
	}
	sets := r.opt.Sets
	if name := r.text(colSet); name != "" {
		sets = nil
		for _, s := range r.opt.Sets {
			if s.ID == name {
				sets = []*law.Set{s}
			}
		}
		if sets == nil {
			r.refuse(colSet, fault.New(fault.Invalid, msgOtherSet, "set", name, "accepted", setIDs(r.opt.Sets)))
			return nil, 0, false
		}
	}
	code := strings.TrimSpace(c.Text)
	if r.opt.SetFor != nil && len(sets) == len(r.opt.Sets) {
		if s := r.opt.SetFor(placeID); s != nil {
			sets = append([]*law.Set{s}, sets...)
		}
	}
	for _, s := range sets {
		if slot, ok := s.Slot(code); ok {
			return s, slot, true
		}
	}
	r.refuse(colIndicator, fault.New(fault.NotFound, msgNoIndicator, "set", r.opt.Sets[0].ID, "code", code, "hint", hint(r.opt.Sets[0], code)))
	return nil, 0, false
}

// hint names the indicators of a criterion when its code was given instead.
func hint(s *law.Set, code string) string {
	c, ok := s.Criterion(code)
	if !ok {
		return ""
	}
	var codes []string
	for slot := c.First; slot < c.End; slot++ {
		codes = append(codes, s.Indicators[slot].Code)
	}
	return "; các chỉ tiêu của tiêu chí " + code + " là " + strings.Join(codes, ", ")
}

func setIDs(sets []*law.Set) string {
	var ids []string
	for _, s := range sets {
		ids = append(ids, s.ID)
	}
	return strings.Join(ids, ", ")
}

// datum reads the figures of the row.
func (r *reader) datum(ind *law.Indicator, p day.Period) law.Datum {
	e := law.Entry{
		Value: r.text(colValue), Male: r.text(colMale), Female: r.text(colFemale), Share: r.text(colShare),
		Numerator: r.text(colNumerator), Denominator: r.text(colDenominator),
		MaleNumerator: r.text(colMaleNumerator), MaleDenominator: r.text(colMaleDenominator),
		FemaleNumerator: r.text(colFemaleNumerator), FemaleDenominator: r.text(colFemaleDenominator),
		Provenance: r.text(colProvenance), Period: p,
	}
	if r.failed {
		return law.Datum{State: law.Faulty, Period: p}
	}
	d, faults := ind.Read(&e)
	for _, f := range faults {
		r.refuse(f.Field, f)
	}
	return d
}
