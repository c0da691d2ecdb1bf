package recognition

import (
	"cmp"
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/register/place"
)

// State is where a commune stands with its titles on a day.
type State string

// The states.
const (
	Holding State = "held"
	Waiting State = "waiting" // made of communes with titles; no decision yet
	Outside State = "outside" // phường or thị trấn: not judged by the sets of communes
)

// Vietnamese is the word people read.
func (s State) Vietnamese() string {
	switch s {
	case Holding:
		return "đang giữ"
	case Waiting:
		return "chờ quyết định"
	case Outside:
		return "ngoài chương trình xã"
	}
	return string(s)
}

// Held is a commune of a day with its title, or with the titles of the communes
// it was made of.
type Held struct {
	Unit   place.Unit // as it is on the day
	State  State
	Title  *Title      // its own highest title in force; nil when it has none of its own
	Before []Inherited // titles of communes that ended, never counted as its own
}

// Inherited is the title of a commune that ended.
type Inherited struct {
	Unit    place.Unit // as it was last
	Title   Title      // its highest
	Whole   bool       // all of it went into the new commune
	Percent int        // estimated share of its area, to order by; 0 = unknown
}

// hold finds every commune that has a title on a day or is made of communes that
// had one, in order of codes.
func hold(places *place.Register, titles []Title, on day.Day) []Held {
	best := map[string]*Title{}
	for i := range titles {
		if t := &titles[i]; t.InForce(on) && t.outranks(best[t.Place]) {
			best[t.Place] = t
		}
	}
	all := map[string]*Held{}
	at := func(u place.Unit) *Held {
		if all[u.ID] == nil {
			all[u.ID] = &Held{Unit: u}
		}
		return all[u.ID]
	}
	for id, t := range best {
		if u, ok := places.Unit(id, on); ok {
			at(u).Title = t
			continue
		}
		last, ok := places.Latest(id)
		if !ok || on <= last.Ended || !last.IsXa() { // a thị trấn had left the programme before it ended
			continue
		}
		for _, heir := range places.Successors(id, on) {
			h := at(heir.Unit)
			h.Before = append(h.Before, Inherited{Unit: last, Title: *t, Whole: heir.Whole, Percent: heir.Percent})
		}
	}
	out := make([]Held, 0, len(all))
	for _, h := range all {
		h.State = Waiting
		if h.Title != nil {
			h.State = Holding
		}
		h.State = stateOf(h.Unit, h.State)
		slices.SortFunc(h.Before, func(a, b Inherited) int {
			return cmp.Or(cmp.Compare(rank(b.Title.Level), rank(a.Title.Level)), cmp.Compare(a.Unit.Code, b.Unit.Code))
		})
		out = append(out, *h)
	}
	slices.SortFunc(out, func(a, b Held) int { return cmp.Compare(a.Unit.Code, b.Unit.Code) })
	return out
}

// HeldBy is what one commune holds on a day, judged from a list of titles (see
// List) as Current judges all; false when it holds nothing and is made of
// nothing that did.
func HeldBy(places *place.Register, titles []Title, unitID string, on day.Day) (Held, bool) {
	var some []Title
	for i := range titles {
		t := &titles[i]
		if t.Place != unitID {
			if _, there := places.Unit(t.Place, on); there {
				continue // another commune of that day
			}
		}
		some = append(some, *t)
	}
	for _, h := range hold(places, some, on) {
		if h.Unit.ID == unitID {
			return h, true
		}
	}
	return Held{}, false
}

// stateOf is s for a xã, Outside for every other kind of unit.
func stateOf(u place.Unit, s State) State {
	if u.IsXa() {
		return s
	}
	return Outside
}
