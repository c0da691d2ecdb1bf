package review

import (
	"context"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/place"
)

// Titles gives the communes that hold a title at a day, as known at a journal
// position; feature/recognition has it.
type Titles interface {
	Held(ctx context.Context, tx *db.Tx, on day.Day, known int64) ([]Titled, error)
}

// Titled is a commune and the title on which it is tested.
type Titled struct {
	Place place.Unit
	Title law.Title
}

// Ask is a question about recorded findings.
type Ask struct {
	On       day.Day
	Known    int64  // journal position: what was known then; math.MaxInt64 = now
	Province string // two-digit code; "" = all
}

// Standing judges every titled commune on the set its title calls for, one
// assessment per set in order of the sets.
func (s *Service) Standing(ctx context.Context, tx *db.Tx, ask Ask) ([]*Assessment, error) {
	held, err := s.titles.Held(ctx, tx, ask.On, ask.Known)
	if err != nil {
		return nil, err
	}
	bySet := map[string][]place.Unit{}
	for _, h := range held {
		if h.Place.Province != ask.Province && ask.Province != "" {
			continue
		}
		if set := s.lib.TestedOn(h.Title, ask.On.Year()); set != nil {
			bySet[set.ID] = append(bySet[set.ID], h.Place)
		}
	}
	var out []*Assessment
	for _, set := range s.lib.Sets {
		if len(bySet[set.ID]) == 0 {
			continue
		}
		a, err := s.Assess(ctx, tx, set, bySet[set.ID], ask)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// Assess judges communes on a set by the recorded findings.
func (s *Service) Assess(ctx context.Context, tx *db.Tx, set *law.Set, communes []place.Unit, ask Ask) (*Assessment, error) {
	q := &Question{Library: s.lib, Set: set, On: ask.On, Province: ask.Province, Places: s.places, Decisions: map[string]*law.Decisions{}}
	sets := append([]*law.Set{set}, s.lib.Base(set)...)
	for _, x := range sets {
		dec, err := s.local.Decisions(ctx, tx, x.ID, ask.Known)
		if err != nil {
			return nil, err
		}
		q.Decisions[x.ID] = dec
	}
	findings, err := s.findings(ctx, tx, sets, communes, ask.Known)
	if err != nil {
		return nil, err
	}
	return Assess(q, communes, findings), nil
}

// findings reads what is recorded of communes as findings of some sets; a
// quantity that several of the sets measure gives a finding in each.
func (s *Service) findings(ctx context.Context, tx *db.Tx, sets []*law.Set, communes []place.Unit, known int64) ([]Finding, error) {
	dict, err := s.keys.Keys(ctx, tx)
	if err != nil {
		return nil, err
	}
	wanted := make(map[string]bool, len(sets))
	for _, x := range sets {
		wanted[x.ID] = true
	}
	units := make(map[int32]*place.Unit, len(communes))
	keys := make([]int32, 0, len(communes))
	for i := range communes {
		units[communes[i].Key] = &communes[i]
		keys = append(keys, communes[i].Key)
	}
	stored, err := findingsOf(tx, keys, 0, known)
	if err != nil {
		return nil, err
	}
	out := make([]Finding, 0, len(stored))
	for i := range stored {
		r := &stored[i]
		for _, m := range dict.Members(r.measure) {
			if wanted[m.Set.ID] && r.datum.Known() {
				out = append(out, Finding{Place: units[r.place], Set: m.Set, Slot: m.Slot, Datum: r.datum, Note: r.note, Entry: r.entry})
			}
		}
	}
	return out, nil
}
