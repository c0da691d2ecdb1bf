package review

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/place"
)

var (
	msgNoCommune   = fault.Msg{Key: "review.no_commune", Text: "thiếu mã hoặc tên xã"}
	msgNoSuchXa    = fault.Msg{Key: "review.no_such_commune", Text: "không tìm thấy xã “{text}” tại ngày {day}"}
	msgNotXa       = fault.Msg{Key: "review.not_xa", Text: "{name} không phải là xã; bộ tiêu chí này chỉ áp dụng cho xã"}
	msgOtherName   = fault.Msg{Key: "review.other_name", Text: "“{text}” vào ngày {day} là {name}, không phải “{typed}”"}
	msgNoIndicator = fault.Msg{Key: "review.unknown_indicator", Text: "bộ tiêu chí {set} không có chỉ tiêu “{code}”{hint}"}
	msgNoPeriod    = fault.Msg{Key: "review.no_period", Text: "thiếu kỳ; ghi như 2024, 2024-H1, 2024-Q2 hoặc 2024-06"}
	msgOtherPeriod = fault.Msg{Key: "review.other_period", Text: "kỳ {period} khác kỳ đang nhập {wanted}"}
	msgOtherSet    = fault.Msg{Key: "review.other_set", Text: "bộ tiêu chí “{set}” không nằm trong đợt nhập này; nhận: {accepted}"}
	msgLongNote    = fault.Msg{Key: "review.long_note", Text: "ghi chú dài {length} ký tự; chỉ nhận đến {limit}"}
)

// maxNote bounds a note, in characters.
const maxNote = 2000

// text gives a cell's text; formulas and error values are refused. A number
// that the workbook stores as one is never ambiguous: it gets a decimal comma,
// so that 1.234 is not taken for 1234.
func (r *reader) text(column string) string {
	c := r.rec.Cell(column)
	if f := c.Refuse(); f != nil {
		r.refuse(column, f)
		return ""
	}
	if c.Kind == sheet.Number {
		return strings.Replace(c.Text, ".", ",", 1)
	}
	return strings.TrimSpace(c.Text)
}

func (r *reader) row() {
	said, use, elsewhere := r.otherSet()
	if elsewhere && use.set == nil {
		r.leaveOut(said.set)
		return
	}
	period, periodOK := r.period()
	unit, unitOK := r.commune(period)
	r.list(unit, unitOK)
	slotOK := true
	if !elsewhere {
		use.set, use.slot, slotOK = r.indicator(unit)
		said = use
	}
	if !unitOK || !slotOK {
		return
	}
	c, v := r.rec.Cell(colIndicator), r.rec.Cell(colValue)
	f := Finding{
		Place: unit, Set: use.set, Slot: use.slot, Note: r.note(), Line: r.rec.Number, Sheet: c.Sheet,
		said: said, sheet: r.at, col: c.Col, head: r.head(colIndicator), value: v.Col,
	}
	f.Datum = r.datum(said.indicator(), period)
	if r.failed || r.broken {
		f.Datum = law.Datum{State: law.Faulty, Period: period}
	}
	if f.Datum.State == law.Absent {
		r.batch.Blank++
		return
	}
	r.batch.Rows++
	if !periodOK { // of an unknown period nothing can be a second row
		r.keep(&f, -1)
		return
	}
	r.add(&f)
}

// list adds a commune that the file names.
func (r *reader) list(unit *place.Unit, ok bool) {
	if ok && !r.communes[unit.ID] {
		r.communes[unit.ID] = true
		r.batch.Communes = append(r.batch.Communes, *unit)
	}
}

// note reads the row's note without control characters, which no file keeps.
func (r *reader) note() string {
	text := strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\n' {
			return -1
		}
		return c
	}, r.text(colNote))
	if n := utf8.RuneCountInString(text); n > maxNote {
		r.refuse(colNote, fault.New(fault.TooLarge, msgLongNote, "length", itoa(n), "limit", itoa(maxNote)))
	}
	return vntext.NFC(strings.TrimSpace(text))
}

// period reads the row's period. A row without a usable one gets the file's, or
// the year of Until: its fault hides the indicator whatever the period.
func (r *reader) period() (day.Period, bool) {
	text := r.text(colPeriod)
	fallback := r.opt.Period
	switch {
	case r.failed:
	case text == "" && fallback.Valid():
		return fallback, true
	case text == "":
		r.refuse(colPeriod, fault.New(fault.Invalid, msgNoPeriod))
	default:
		p, err := day.ParsePeriod(text)
		if err == nil && (!r.opt.Strict || p == r.opt.Period) {
			return p, true
		}
		if err == nil {
			err = fault.New(fault.Invalid, msgOtherPeriod, "period", p.String(), "wanted", r.opt.Period.String())
		}
		for _, f := range fault.Rows(err) {
			r.refuse(colPeriod, f)
		}
	}
	if !fallback.Valid() {
		fallback = day.PeriodContaining(day.Year, r.opt.Until)
	}
	return fallback, false
}

// commune resolves the row's commune at the end of its period, or at Until.
func (r *reader) commune(p day.Period) (*place.Unit, bool) {
	text := r.text(colCommune)
	if text == "" {
		if r.rec.Cell(colCommune).Blank() {
			r.refuse(colCommune, fault.New(fault.Invalid, msgNoCommune))
		}
		return nil, false
	}
	on := max(min(p.Last(), r.opt.Until), r.opt.Places.First())
	got := r.resolve(text, on)
	if got.err != nil {
		for _, f := range fault.Rows(got.err) {
			r.refuse(colCommune, f)
		}
		return nil, false
	}
	if !got.unit.IsXa() {
		r.refuse(colCommune, fault.New(fault.Invalid, msgNotXa, "name", got.unit.Title()))
		return nil, false
	}
	if typed := r.text(colName); typed != "" && !named(got.unit, typed) {
		r.refuse(colName, fault.New(fault.Conflict, msgOtherName,
			"text", text, "day", on.Vietnamese(), "name", got.unit.Title(), "typed", fault.Clip(typed)))
		return nil, false
	}
	return got.unit, true
}

// manyLost is after how many texts that are no commune the search for similar
// names ends: that many are no slips.
const manyLost = 1000

func (r *reader) resolve(text string, on day.Day) resolved {
	k := placeKey{text, on}
	got, ok := r.places[k]
	if ok {
		return got
	}
	if r.lost >= manyLost && len(r.opt.Places.Candidates(text, r.opt.Province, on)) == 0 {
		return resolved{err: fault.New(fault.NotFound, msgNoSuchXa, "text", fault.Clip(text), "day", on.Vietnamese())}
	}
	u, err := r.opt.Places.Resolve(text, r.opt.Province, on, place.Commune)
	if err != nil {
		r.lost++
	}
	got = resolved{&u, err}
	r.places[k] = got
	return got
}

// named tells whether a name that stands beside a code is the commune's.
func named(u *place.Unit, typed string) bool {
	k := vntext.SearchKey(typed)
	same := func(name string) bool { return vntext.SearchKey(name) == k }
	return same(u.Name) || same(u.FullName) || slices.ContainsFunc(u.AltNames, same)
}

// indicator finds the row's indicator in the set it names, in the one its
// commune calls for, or in the sets asked for. unit may be nil.
func (r *reader) indicator(unit *place.Unit) (*law.Set, int, bool) {
	c := r.rec.Cell(colIndicator)
	if f := c.RefuseCode(); f != nil {
		r.refuse(colIndicator, f)
		return nil, 0, false
	}
	sets, ok := r.sets(unit)
	if !ok {
		return nil, 0, false
	}
	code := strings.TrimSpace(c.Text)
	for _, s := range sets {
		if slot, ok := s.Slot(code); ok {
			return s, slot, true
		}
	}
	r.refuse(colIndicator, fault.New(fault.NotFound, msgNoIndicator, "set", sets[0].ID, "code", fault.Clip(code), "hint", hint(sets[0], code)))
	return nil, 0, false
}

// sets lists the sets in which the row's indicator is looked for.
func (r *reader) sets(unit *place.Unit) ([]*law.Set, bool) {
	name := r.text(colSet)
	if name == "" {
		if r.opt.SetFor != nil && unit != nil {
			if s := r.opt.SetFor(unit.ID); s != nil {
				return append([]*law.Set{s}, r.opt.Sets...), true
			}
		}
		return r.opt.Sets, true
	}
	for _, s := range r.opt.Sets {
		if s.ID == name {
			return []*law.Set{s}, true
		}
	}
	r.refuse(colSet, fault.New(fault.Invalid, msgOtherSet, "set", fault.Clip(name), "accepted", setIDs(r.opt.Sets)))
	return nil, false
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
	was := r.failed
	r.failed = false
	e := law.Entry{
		Value: r.text(colValue), Male: r.text(colMale), Female: r.text(colFemale), Share: r.text(colShare),
		Numerator: r.text(colNumerator), Denominator: r.text(colDenominator),
		MaleNumerator: r.text(colMaleNumerator), MaleDenominator: r.text(colMaleDenominator),
		FemaleNumerator: r.text(colFemaleNumerator), FemaleDenominator: r.text(colFemaleDenominator),
		Provenance: r.text(colProvenance), Period: p,
	}
	if r.failed { // a cell that cannot be read
		return law.Datum{}
	}
	r.failed = was
	d, faults := ind.Read(&e)
	for _, f := range faults {
		r.refuse(f.Field, f)
	}
	return d
}
