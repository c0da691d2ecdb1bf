package review

import (
	"slices"
	"strings"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/criteria"
)

var (
	msgDuplicateRow = fault.Msg{Key: "review.duplicate_row", Text: "xã {name}, chỉ tiêu {code}, kỳ {period} có ở {count} dòng: {lines}"}
	msgSharedRow    = fault.Msg{Key: "review.shared_row", Text: "chỉ tiêu {code} của bộ {set} dùng chung số liệu với chỉ tiêu {other} của bộ {otherset}, nhưng {lines} ghi khác nhau hoặc ghi lặp"}
)

// keep adds a finding; before is the one of the same quantity before it, or -1.
func (r *reader) keep(f *Finding, before int32) {
	r.batch.Findings = append(r.batch.Findings, *f)
	r.prev = append(r.prev, before)
}

// add keeps a finding. A second one of the same indicator and period makes both
// faulty; of a quantity that two sets share, only where they differ.
func (r *reader) add(f *Finding) {
	k := r.cell(f)
	last, twice := r.seen[k]
	if !twice {
		last = -1
	}
	for i := last; i >= 0 && !r.clash[k]; i = r.prev[i] {
		if other := &r.batch.Findings[i]; other.said.set == f.said.set || !sameFinding(f, other) {
			r.clash[k] = true
			r.clashes = append(r.clashes, k)
		}
	}
	r.seen[k] = int32(len(r.batch.Findings))
	r.keep(f, last)
}

// contradictAll makes every row of a quantity faulty on which rows contradict
// each other, and tells each of the others.
func (r *reader) contradictAll() {
	for _, k := range r.clashes {
		var rows []int32
		for i := r.seen[k]; i >= 0; i = r.prev[i] {
			rows = append(rows, i)
		}
		slices.Reverse(rows)
		r.contradict(rows)
	}
}

func (r *reader) contradict(rows []int32) {
	bySet := map[*law.Set][]int32{}
	for _, i := range rows {
		set := r.batch.Findings[i].said.set
		bySet[set] = append(bySet[set], i)
	}
	lines := map[*law.Set]string{nil: r.lines(rows)}
	for set, same := range bySet {
		lines[set] = r.lines(same)
	}
	for _, i := range rows {
		f := &r.batch.Findings[i]
		f.Datum = law.Datum{State: law.Faulty, Period: f.Datum.Period}
		e := RowError{Line: f.Line, Column: f.head, sheet: f.sheet}
		if f.Sheet != "" {
			e.Cell = sheet.Cell{Sheet: f.Sheet, Row: f.Line, Col: f.col}.Address()
		}
		r.batch.fail(e, func() string {
			if same := bySet[f.said.set]; len(same) > 1 {
				return fault.New(fault.Conflict, msgDuplicateRow, "name", f.Place.Name, "code", f.said.indicator().Code,
					"period", f.Datum.Period.String(), "count", itoa(len(same)), "lines", lines[f.said.set]).Vietnamese()
			}
			other := r.ofAnotherSet(rows, f).said
			return fault.New(fault.Conflict, msgSharedRow, "code", f.said.indicator().Code, "set", f.said.set.ID,
				"other", other.indicator().Code, "otherset", other.set.ID, "lines", lines[nil]).Vietnamese()
		})
	}
}

// ofAnotherSet is the first of some rows that names another set than f.
func (r *reader) ofAnotherSet(rows []int32, f *Finding) *Finding {
	for _, i := range rows {
		if other := &r.batch.Findings[i]; other.said.set != f.said.set {
			return other
		}
	}
	return f
}

// lines names rows: "dòng 2, dòng 4 và dòng 7"; of very many only the first.
func (r *reader) lines(rows []int32) string {
	const most = 20
	var names []string
	for _, i := range rows[:min(len(rows), most)] {
		names = append(names, r.batch.Findings[i].where())
	}
	if len(rows) > most {
		return strings.Join(names, ", ") + " và " + itoa(len(rows)-most) + " dòng khác"
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " và " + names[last]
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
