package overview

import (
	"slices"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/board"
)

// Past is the standing that a closed round froze.
type Past struct {
	Round    string // its name
	communes map[string]past
}

// past is one commune of it.
type past struct {
	situation review.Situation
	unmet     []string
	set       string
}

// NewPast keeps of frozen assessments what is compared with today.
func NewPast(name string, frozen []*review.Assessment) *Past {
	p := &Past{Round: name, communes: map[string]past{}}
	for _, a := range frozen {
		for i := range a.Units {
			p.communes[a.Units[i].ID] = past{review.SituationOf(&a.Standing.Communes[i]), a.Criteria(i, law.Unmet), a.Set.ID}
		}
	}
	return p
}

// Change is a commune that stands otherwise than when the last round was closed.
type Change struct {
	Commune
	From, To review.Situation
	Lost     []string // codes of criteria that are unmet now and were not
	Won      []string // the other way round
	Reset    bool     // judged on another set since: criteria are not compared
}

// Changes lists the communes a person may see that stand otherwise than in the
// past, those that got worse first.
func (p *Past) Changes(s *board.Standing, sight Sight) []Change {
	if p == nil {
		return nil
	}
	var out []Change
	for _, a := range s.Sets {
		for i := range a.Units {
			was, ok := p.communes[a.Units[i].ID]
			if !ok || !sight.Sees(a.Units[i].ID) {
				continue
			}
			c := Change{Commune: communeOf(&a.Units[i]), From: was.situation, To: review.SituationOf(&a.Standing.Communes[i]), Reset: was.set != a.Set.ID}
			if !c.Reset {
				now := a.Criteria(i, law.Unmet)
				c.Lost, c.Won = without(now, was.unmet), without(was.unmet, now)
			}
			if c.From != c.To || len(c.Lost)+len(c.Won) > 0 {
				out = append(out, c)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int {
		return int(a.To) - int(a.From) - int(b.To) + int(b.From)
	})
	return out
}

// without is a list less the codes of another.
func without(list, other []string) (out []string) {
	for _, c := range list {
		if !slices.Contains(other, c) {
			out = append(out, c)
		}
	}
	return out
}

// Progress is how far the communes of a round are, each by the quantity of its
// sheet that is least far.
type Progress struct {
	ID        string
	Name      string
	Period    day.Period
	Closed    bool
	SendBy    day.Day
	Left      int // days to SendBy, negative when it has passed
	Total     int
	Unsent    []Commune
	Returned  int
	Submitted int
	Verified  int
	Confirmed int
}

// ProgressOf counts the sheets of a round that a person may see.
func ProgressOf(r *board.Round, sheets []board.Sheet, places *place.Register, seen Seen) *Progress {
	p := &Progress{ID: r.ID, Name: r.Name, Period: r.Period, Closed: r.Closed, SendBy: r.SendBy, Left: int(r.SendBy - seen.Today)}
	for i := range sheets {
		id, err := place.IDOf(sheets[i].Place)
		if err != nil || !seen.Sight.Sees(id) {
			continue
		}
		p.Total++
		switch state := sheets[i].State; {
		case !sheets[i].Sent:
			if u, ok := places.Latest(id); ok {
				p.Unsent = append(p.Unsent, communeOf(&u))
			}
		case state == round.Returned:
			p.Returned++
		case state == round.Verified:
			p.Verified++
		case state == round.Confirmed:
			p.Confirmed++
		default:
			p.Submitted++
		}
	}
	return p
}

// Seen is what a person sees and on which day.
type Seen struct {
	Sight Sight
	Today day.Day
}
