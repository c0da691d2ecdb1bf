package place

import (
	"slices"
	"sort"

	"giuchuan/internal/kernel/day"
)

// Register is all places with their whole history. It is never changed after
// it was loaded and may be shared by all goroutines.
type Register struct {
	units  []Unit
	byID   map[string][]*Unit // rows of an id in time order
	byCode map[string][]*Unit // rows of a code in time order
	from   map[string][]Edge  // by old id
	to     map[string][]Edge  // by new id
	trees  []*Tree            // in time order, without holes; the last one has no end

	regions []regionRow
	areas   map[string][]AreaSpan
	groups  map[string][]GroupSpan
	formers map[string][]Former // by code, in time order
}

// grow makes the tree of every stretch of time in which nothing changes.
func (r *Register) grow() {
	var cuts []day.Day
	for i := range r.units {
		cuts = append(cuts, r.units[i].From)
		if r.units[i].To != day.Forever {
			cuts = append(cuts, r.units[i].To+1)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	for i, first := range cuts {
		last := day.Forever
		if i+1 < len(cuts) {
			last = cuts[i+1] - 1
		}
		r.trees = append(r.trees, newTree(r, first, last))
	}
}

// First is the first day the register knows anything about.
func (r *Register) First() day.Day {
	if len(r.trees) == 0 {
		return day.Forever
	}
	return r.trees[0].first
}

// At is the tree of a day; it is made once and shared. Before First it is empty.
func (r *Register) At(on day.Day) *Tree {
	i := sort.Search(len(r.trees), func(i int) bool { return r.trees[i].first > on }) - 1
	if i < 0 {
		return &Tree{first: day.None, last: r.First() - 1}
	}
	return r.trees[i]
}

// Changes lists the days on which the tree differs from the day before, the
// first day of the register included.
func (r *Register) Changes() []day.Day {
	days := make([]day.Day, len(r.trees))
	for i, t := range r.trees {
		days[i] = t.first
	}
	return days
}

// Unit is the place with the id as it is on a day.
func (r *Register) Unit(id string, on day.Day) (Unit, bool) {
	for _, u := range r.byID[id] {
		if u.Holds(on) {
			return *u, true
		}
	}
	return Unit{}, false
}

// Latest is the place with the id as it was last, or is.
func (r *Register) Latest(id string) (Unit, bool) {
	rows := r.byID[id]
	if len(rows) == 0 {
		return Unit{}, false
	}
	return *rows[len(rows)-1], true
}

// Versions are the attributes of a place over time, one Unit per stretch.
func (r *Register) Versions(id string) []Unit { return copies(r.byID[id]) }

// Bearers are the places that have borne a code, in time order, each as it was
// last. Pages of a code offer the other ones.
func (r *Register) Bearers(code string) []Unit {
	var list []Unit
	for _, u := range r.byCode[code] {
		if n := len(list); n > 0 && list[n-1].ID == u.ID {
			list[n-1] = *u
			continue
		}
		list = append(list, *u)
	}
	return list
}

func copies(rows []*Unit) []Unit {
	list := make([]Unit, len(rows))
	for i, u := range rows {
		list[i] = *u
	}
	return list
}
