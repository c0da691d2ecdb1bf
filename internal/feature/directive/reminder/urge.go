package reminder

import (
	"cmp"
	"context"
	"slices"

	"giuchuan/internal/platform/db"
)

// Urge is what one body is to be reminded of today, with the message that is
// ready to be sent.
type Urge struct {
	To      Party
	List    []Reminder
	Given   map[string]Given // the last reminder of a matter, by Matter.Key
	Message string
}

// Urges lists, for a person who speaks for a body, the bodies that it may urge
// and that something has come for, whether or not it was given by the server.
// What waits for the office itself is left out. The error names what could not
// be counted.
func (s *Service) Urges(ctx context.Context, tx *db.Tx, from, site string) (out []Urge, uncounted, err error) {
	matters, err := s.o.Source.Matters(ctx, tx)
	if err != nil {
		return nil, nil, err
	}
	before, err := given(tx, "")
	if err != nil {
		return nil, nil, err
	}
	last := map[string]Given{}
	for _, g := range before {
		if old, ok := last[string(g.Event)+"/"+g.Matter]; !ok || g.Day > old.Day {
			last[string(g.Event)+"/"+g.Matter] = g
		}
	}
	today := tx.Today()
	due, uncounted := Due(s.o.Rules, matters, s.o.Calendar, today)
	voice := s.o.Party(from, today)
	for i := 0; i < len(due); {
		n := i
		for n < len(due) && due[n].Agency == due[i].Agency {
			n++
		}
		to := s.o.Party(due[i].Agency, today)
		u := Urge{To: to, Given: map[string]Given{}}
		for _, r := range due[i:n] {
			if r.Event == OnConfirm {
				continue
			}
			u.List = append(u.List, r)
			if g, ok := last[r.Key()]; ok {
				u.Given[r.Key()] = g
			}
		}
		if len(u.List) > 0 && to.ID != voice.ID && s.o.Rules.Between(voice, to).Urges {
			u.Message = s.o.Rules.Digest(u.List, Voice{From: voice, To: to, Site: site}, "/nhiem-vu")
			out = append(out, u)
		}
		i = n
	}
	slices.SortStableFunc(out, func(a, b Urge) int { return cmp.Compare(b.weight(), a.weight()) })
	return out, uncounted, nil
}

// weight puts first who is late with most duties, then with documents.
func (u *Urge) weight() int {
	n := 0
	for i := range u.List {
		switch r := &u.List[i]; {
		case r.Urging() && r.Event == OnDue:
			n += 1000
		case r.Urging():
			n++
		}
	}
	return n
}

// Sender is the body in whose name reminders go out.
func (s *Service) Sender() string { return s.o.Sender }

// Site is the address of the pages as the configuration has it, "" when it says
// none.
func (s *Service) Site() string { return s.o.Site }
