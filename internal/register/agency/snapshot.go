package agency

import (
	"slices"
	"sync"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
)

// Held is an assignment as it stands on a day.
type Held struct {
	Assignment
	// Body does it on the day: the agency assigned, or the one that took
	// everything over from it. Its ID is empty where a person must choose.
	Body      Agency
	Inherited bool   // Body is not the agency the decision names
	Heirs     []Heir // the agency has ended and did not pass to one body alone: choose among these
}

// Settled tells whether somebody does it on the day.
func (h *Held) Settled() bool { return h.Body.ID != "" }

// snapshot is every assignment as of the entry that last changed one. It is
// never changed, but for the days that were asked for.
type snapshot struct {
	entry int64
	rows  []Assignment // the last row of each, withdrawn ones included

	mu   sync.Mutex
	days map[day.Day]*dayView
}

// dayView is what stands on one day.
type dayView struct {
	leads     map[string]*Held // by field
	suppliers map[string][]*Held
	offices   map[string][]*Held // by place
	mine      map[Duty]map[string][]string
}

// mostDays bounds the days that a snapshot keeps: today, and those that pages
// ask about.
const mostDays = 32

// snapshot gives the assignments as the transaction sees them. Only what is
// committed is kept for the next question.
func (s *Assignments) snapshot(tx *db.Tx) (*snapshot, error) {
	entry, err := lastEntry(tx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	last := s.last
	s.mu.Unlock()
	if last != nil && last.entry == entry && !tx.Writing() {
		return last, nil
	}
	rows, err := assignmentRows(tx)
	if err != nil {
		return nil, err
	}
	fresh := &snapshot{entry: entry, rows: rows, days: map[day.Day]*dayView{}}
	if !tx.Writing() {
		s.mu.Lock()
		if s.last == nil || s.last.entry < entry {
			s.last = fresh
		}
		s.mu.Unlock()
	}
	return fresh, nil
}

// view gives what stands on a day.
func (s *Assignments) view(tx *db.Tx, on day.Day) (*dayView, error) {
	snap, err := s.snapshot(tx)
	if err != nil {
		return nil, err
	}
	snap.mu.Lock()
	defer snap.mu.Unlock()
	if v := snap.days[on]; v != nil {
		return v, nil
	}
	if len(snap.days) >= mostDays {
		clear(snap.days)
	}
	v := s.build(snap.rows, on)
	snap.days[on] = v
	return v, nil
}

func (s *Assignments) build(rows []Assignment, on day.Day) *dayView {
	v := &dayView{
		leads: map[string]*Held{}, suppliers: map[string][]*Held{}, offices: map[string][]*Held{},
		mine: map[Duty]map[string][]string{Leads: {}, Supplies: {}},
	}
	for i := range rows {
		if !rows[i].Holds(on) {
			continue
		}
		h := s.held(rows[i], on)
		switch h.Duty {
		case Leads:
			v.leads[h.Field()] = h
		case Supplies:
			v.suppliers[h.Field()] = append(v.suppliers[h.Field()], h)
		case Follows:
			v.offices[h.Place] = append(v.offices[h.Place], h)
		}
	}
	for _, h := range v.leads {
		if h.Settled() {
			v.mine[Leads][h.Body.ID] = append(v.mine[Leads][h.Body.ID], s.ledBy(v, h)...)
		}
	}
	for field, list := range v.suppliers {
		for _, h := range list {
			if h.Settled() {
				v.mine[Supplies][h.Body.ID] = append(v.mine[Supplies][h.Body.ID], field)
			}
		}
	}
	for _, of := range v.mine {
		for id, fields := range of {
			slices.Sort(fields)
			of[id] = slices.Compact(fields)
		}
	}
	return v
}

// held says who does what was assigned, on a day.
func (s *Assignments) held(a Assignment, on day.Day) *Held {
	h := &Held{Assignment: a}
	if body, ok := s.agencies.Agency(a.Agency, on); ok {
		h.Body = body
		return h
	}
	h.Heirs = s.agencies.Successors(a.Agency, on)
	if len(h.Heirs) == 1 && a.Duty != Follows && !h.Heirs[0].Choice && len(h.Heirs[0].Topics) == 0 {
		h.Body, h.Inherited, h.Heirs = h.Heirs[0].Agency, true, nil
	}
	return h
}

// ledBy gives the fields that a lead has: the criterion, or where another
// agency leads one of its indicators, its other indicators.
func (s *Assignments) ledBy(v *dayView, h *Held) []string {
	set, err := s.lib.Set(h.Set)
	if err != nil {
		return nil
	}
	k, ok := set.Criterion(h.Code)
	if !ok {
		return []string{h.Field()}
	}
	var own []string
	for slot := k.First; slot < k.End; slot++ {
		field := Field(set.ID, set.Indicators[slot].Code)
		if other := v.leads[field]; other == nil || other.Body.ID == h.Body.ID {
			own = append(own, field)
		}
	}
	if len(own) == k.End-k.First {
		return []string{h.Field()}
	}
	return own
}

// above lists a code and what it is part of: "17.1" and "17".
func above(set *law.Set, code string) []string {
	out := []string{code}
	slot, ok := set.Slot(code)
	if !ok {
		return out
	}
	ind := set.At(slot)
	if ind.Parent >= 0 {
		ind = set.At(ind.Parent)
		out = append(out, ind.Code)
	}
	if k := set.Criteria[ind.Criterion].Code; k != out[len(out)-1] {
		out = append(out, k)
	}
	return out
}
