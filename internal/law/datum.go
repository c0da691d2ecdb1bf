package law

import (
	"cmp"

	"giuchuan/internal/kernel/day"
)

// Provenance is how far a datum has been checked.
type Provenance uint8

// The provenances, from the weakest to the strongest.
const (
	Declared     Provenance = iota // xã tự đánh giá
	Verified                       // huyện đã thẩm tra
	Confirmed                      // cơ quan phụ trách đã xác nhận
	FieldChecked                   // đã kiểm tra thực địa
)

var (
	provenanceWords = [...]string{"declared", "verified", "confirmed", "field-checked"}
	provenanceNames = [...]string{"xã tự đánh giá", "huyện đã thẩm tra", "cơ quan phụ trách đã xác nhận", "đã kiểm tra thực địa"}
)

// String is the word used in files.
func (p Provenance) String() string { return provenanceWords[p] }

// Vietnamese is the word people read.
func (p Provenance) Vietnamese() string { return provenanceNames[p] }

// ProvenanceWords lists the words files accept.
func ProvenanceWords() []string { return append([]string(nil), provenanceWords[:]...) }

// State is what is known of an indicator of a commune.
type State uint8

// The states of a datum.
const (
	Absent      State = iota // nothing reported
	Given                    // a value
	SaidMet                  // a direct đạt
	SaidUnmet                // a direct chưa đạt
	NotApplying              // không áp dụng
	Faulty                   // reported, but the row was refused
	Withdrawn                // reported earlier and taken back
	lastState   = Withdrawn
)

// Valid reports whether s is one of the states.
func (s State) Valid() bool { return s <= lastState }

// Datum is one finding as the law sees it. Value is a percentage, an amount, a
// count, or a level's number. A share may rest on Extra.Total alone.
type Datum struct {
	State      State
	Provenance Provenance
	HasValue   bool
	Period     day.Period
	Value      Number
	Extra      *Extra // nil for most data
}

// Extra holds what only some data have.
type Extra struct {
	HasMale, HasFemale, HasShare bool
	Male, Female, Share          Number // percentages
	Total                        Fraction
	MaleOf, FemaleOf             Fraction
}

// Known reports whether anything was reported.
func (d *Datum) Known() bool { return d.State != Absent && d.State != Withdrawn }

// total is the fraction a share was reported as, not given for most data.
func (d *Datum) total() Fraction {
	if d.Extra == nil {
		return Fraction{}
	}
	return d.Extra.Total
}

// Counts reports whether the datum counts at a day: its period has begun.
func (d *Datum) Counts(on day.Day) bool { return d.Period.First() <= on }

// ComparePrecedence orders two data of one commune and indicator: the one whose
// period ends later wins (+1 for a), then the shorter period, then the stronger
// provenance. 0 leaves the choice to the caller: the later one.
func ComparePrecedence(a, b *Datum) int {
	return cmp.Or(
		cmp.Compare(a.Period.Last(), b.Period.Last()),
		cmp.Compare(a.Period.First(), b.Period.First()),
		cmp.Compare(a.Provenance, b.Provenance),
	)
}

// Derived is what a register or another set says of a Depends indicator.
type Derived struct {
	Slot      int
	Verdict   Verdict
	HasValue  bool   // Value is the figure that was found
	Value     Number // in Unit
	Threshold Number // what Value was compared with, unless Verdict is Unknown
	Unit      string // of Value and Threshold
	Note      string // Vietnamese: from what it was derived
	// Period and Provenance are those of the datum it was derived from; of
	// Several data, the period that ended first and the weakest provenance.
	Period     day.Period
	Provenance Provenance
	Several    bool
}

// Facts are the data of some communes at a day.
type Facts struct {
	On       day.Day
	Communes []CommuneFacts
}

// CommuneFacts are one commune's data; Data has one datum per slot of the set.
type CommuneFacts struct {
	ID      string
	Class   Class
	Areas   []string // ids of the place and of everything above it, for decisions by area
	Data    []Datum
	Derived []Derived
}
