package agency

import (
	"context"
	"sync"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
)

// Assignments knows who is in charge of which criterion, who supplies which
// figures, and which office follows which commune, on any day. It is safe for
// many goroutines; its answers come from memory as long as nothing changed.
type Assignments struct {
	checker

	mu   sync.Mutex
	last *snapshot
}

// NewAssignments makes the service over the register of a province and the law.
func NewAssignments(agencies *Register, lib *law.Library) *Assignments {
	return &Assignments{checker: checker{agencies: agencies, places: agencies.places, lib: lib}}
}

// Agencies is the register the assignments name.
func (s *Assignments) Agencies() *Register { return s.agencies }

// Fields lists the criteria and indicators that are assigned to an agency on a
// day, "xa-ntm-2021-2025/15": those it is in charge of, or for a supplier's
// role those whose figures it supplies. What an agency that has ended had
// passes to the one body that took everything over; where there were several,
// to none until a person chooses.
func (s *Assignments) Fields(_ context.Context, tx *db.Tx, role authz.Role, agencyID string, on day.Day) ([]string, error) {
	v, err := s.view(tx, on)
	if err != nil {
		return nil, err
	}
	switch role {
	case authz.Supplier:
		return v.mine[Supplies][agencyID], nil
	case authz.InCharge:
		return v.mine[Leads][agencyID], nil
	}
	return nil, nil
}

// InCharge says who is in charge of a criterion, an indicator or a part of one
// on a day; an indicator's own assignment goes before its criterion's. ok is
// false where nobody was assigned; where the agency has ended and several took
// over, the answer is not Settled and names them.
func (s *Assignments) InCharge(_ context.Context, tx *db.Tx, field FieldOf, on day.Day) (h Held, ok bool, err error) {
	v, err := s.view(tx, on)
	if err != nil {
		return h, false, err
	}
	h, ok = s.leadOf(v, field)
	return h, ok, nil
}

// FieldOf names a criterion, an indicator or a part of one.
type FieldOf struct{ Set, Code string }

func (s *Assignments) leadOf(v *dayView, f FieldOf) (Held, bool) {
	set, err := s.lib.Set(f.Set)
	if err != nil {
		return Held{}, false
	}
	for _, code := range above(set, f.Code) {
		if h := v.leads[Field(set.ID, code)]; h != nil {
			return *h, true
		}
	}
	return Held{}, false
}

// Suppliers lists who supplies the figures of a criterion, an indicator or a
// part of one on a day; as with [Assignments.InCharge] the nearest assignment
// counts.
func (s *Assignments) Suppliers(_ context.Context, tx *db.Tx, field FieldOf, on day.Day) ([]Held, error) {
	v, err := s.view(tx, on)
	if err != nil {
		return nil, err
	}
	return s.suppliersOf(v, field), nil
}

func (s *Assignments) suppliersOf(v *dayView, f FieldOf) []Held {
	set, err := s.lib.Set(f.Set)
	if err != nil {
		return nil
	}
	for _, code := range above(set, f.Code) {
		if list := v.suppliers[Field(set.ID, code)]; len(list) > 0 {
			return values(list)
		}
	}
	return nil
}

func values(list []*Held) []Held {
	var out []Held
	for _, h := range list {
		out = append(out, *h)
	}
	return out
}

// OfficesOf lists the offices that follow a commune on a day. Those of a
// district that has ended follow nothing any more.
func (s *Assignments) OfficesOf(_ context.Context, tx *db.Tx, placeID string, on day.Day) ([]Held, error) {
	v, err := s.view(tx, on)
	if err != nil {
		return nil, err
	}
	return officesOf(v, placeID), nil
}

func officesOf(v *dayView, placeID string) []Held {
	var out []Held
	for _, h := range v.offices[placeID] {
		if h.Settled() {
			out = append(out, *h)
		}
	}
	return out
}

// Contact is where a piece of work about one indicator of one commune goes, so
// that nobody has to choose an address (S1.3).
type Contact struct {
	InCharge  *Held  // nil: nobody was assigned; not Settled: choose among its Heirs
	Suppliers []Held // of the figures; may be none
	Offices   []Held // of the district, or of the commune since 1/7/2025; may be none
	Above     Agency // the UBND the offices belong to, also where none was assigned
}

// ContactOf finds who to turn to about an indicator or a criterion of a commune on
// a day.
func (s *Assignments) ContactOf(_ context.Context, tx *db.Tx, field FieldOf, placeID string, on day.Day) (Contact, error) {
	v, err := s.view(tx, on)
	if err != nil {
		return Contact{}, err
	}
	d := Contact{Suppliers: s.suppliersOf(v, field), Offices: officesOf(v, placeID)}
	if h, ok := s.leadOf(v, field); ok {
		d.InCharge = &h
	}
	d.Above, _ = s.agencies.Above(placeID, on)
	return d, nil
}

// List gives every assignment that was not withdrawn, ended ones included.
func (s *Assignments) List(_ context.Context, tx *db.Tx) ([]Assignment, error) {
	snap, err := s.snapshot(tx)
	if err != nil {
		return nil, err
	}
	var out []Assignment
	for _, a := range snap.rows {
		if !a.Withdrawn {
			out = append(out, a)
		}
	}
	return out, nil
}

// Find gives one assignment by its id.
func (s *Assignments) Find(_ context.Context, tx *db.Tx, id string) (Assignment, bool, error) {
	snap, err := s.snapshot(tx)
	if err != nil {
		return Assignment{}, false, err
	}
	for _, a := range snap.rows {
		if a.ID == id && !a.Withdrawn {
			return a, true, nil
		}
	}
	return Assignment{}, false, nil
}

// Version is a row as it was written once.
type Version struct {
	Assignment
	Entry int64
	On    day.Day // when it was recorded
}

// History lists every row written about a criterion or indicator (Code) or a
// commune (Place), the oldest first.
func (s *Assignments) History(_ context.Context, tx *db.Tx, of Assignment) ([]Version, error) {
	list, err := historyRows(tx, of.Set, of.Code, of.Place)
	if err != nil {
		return nil, err
	}
	for i := range list {
		at, err := journal.TimeOf(tx, list[i].Entry)
		if err != nil {
			return nil, err
		}
		list[i].On = day.FromTime(at)
	}
	return list, nil
}
