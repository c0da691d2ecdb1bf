package review

import (
	"slices"

	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
)

// Cell is where a finding is kept: the key of a commune, the code of a period
// and the key of a quantity.
type Cell struct{ Place, Period, Measure int32 }

// Stored is what stands in a cell. A Datum that is not Known was taken back.
type Stored struct {
	Cell
	Entry int64 // journal position that recorded it
	Datum law.Datum
	Note  string
}

// StoredOf gives what stands of communes as known at a journal position, in
// order of cells; period 0 is every period.
func StoredOf(tx *db.Tx, places []int32, period int32, known int64) ([]Stored, error) {
	keys := slices.Clone(places)
	slices.Sort(keys)
	records, err := findingsOf(tx, slices.Compact(keys), period, known)
	if err != nil {
		return nil, err
	}
	out := make([]Stored, len(records))
	for i := range records {
		out[i] = records[i].stored()
	}
	return out, nil
}

// StoredAt gives what stands in one cell; ok is false when nothing was ever
// recorded there.
func StoredAt(tx *db.Tx, c Cell) (Stored, bool, error) {
	r, ok, err := findingAt(tx, cell{c.Place, c.Period, c.Measure})
	return r.stored(), ok, err
}

// ReportedAt gives what was last reported in a cell before a field check; ok is
// false when nothing was.
func ReportedAt(tx *db.Tx, c Cell) (Stored, bool, error) {
	all, err := findingsAt(tx, cell{c.Place, c.Period, c.Measure})
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].datum.Provenance != law.FieldChecked {
			return all[i].stored(), true, err
		}
	}
	return Stored{}, false, err
}

// Append records findings as the command under way; Entry is ignored. A cell
// stands at most once in the list.
func Append(tx *db.Tx, list []Stored) error {
	records := make([]record, len(list))
	for i := range list {
		s := &list[i]
		records[i] = record{place: s.Place, period: s.Period, measure: s.Measure, datum: s.Datum, note: s.Note}
	}
	slices.SortFunc(records, func(a, b record) int { return compareCells(a.cell(), b.cell()) })
	if len(records) != 1 {
		return store(tx, records)
	}
	r := &records[0]
	if err := tx.Insert(&findingTable, r.findingRow()...); err != nil || !r.hasDetail() {
		return err
	}
	return tx.Insert(&detailTable, r.detailRow()...)
}

// SameReport tells whether two data report the same, whatever their provenance
// and period.
func SameReport(a, b *law.Datum) bool {
	x := *a
	x.Provenance = b.Provenance
	return sameDatum(&x, b)
}

func (r *record) stored() Stored {
	return Stored{Cell: Cell{r.place, r.period, r.measure}, Entry: r.entry, Datum: r.datum, Note: r.note}
}
