package place

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"giuchuan/internal/kernel/day"
)

// Tree is the places of the days from First to Last, between which nothing
// changes. It is shared: every list it gives is a copy. Lists are in order of
// level, then code.
type Tree struct {
	first, last day.Day
	units       []*Unit
	byID        map[string]*Unit
	byCode      map[string]*Unit
	below       map[string][]*Unit // direct children by id

	mu    sync.Mutex
	names map[string]*nameIndex // by province code, made on demand
}

func newTree(r *Register, first, last day.Day) *Tree {
	t := &Tree{
		first: first, last: last, byID: map[string]*Unit{}, byCode: map[string]*Unit{},
		below: map[string][]*Unit{}, names: map[string]*nameIndex{},
	}
	for i := range r.units {
		if u := &r.units[i]; u.Holds(first) {
			t.units = append(t.units, u)
		}
	}
	slices.SortFunc(t.units, func(a, b *Unit) int {
		return cmp.Or(cmp.Compare(a.Level, b.Level), strings.Compare(a.Code, b.Code))
	})
	for _, u := range t.units {
		t.byID[u.ID], t.byCode[u.Code] = u, u
		if u.ParentID != "" {
			t.below[u.ParentID] = append(t.below[u.ParentID], u)
		}
	}
	return t
}

// First is the first day of the tree.
func (t *Tree) First() day.Day { return t.first }

// Last is the last day of the tree, day.Forever for the newest.
func (t *Tree) Last() day.Day { return t.last }

// Units is every place of the tree.
func (t *Tree) Units() []Unit { return copies(t.units) }

// Unit is the place with the id, if it is in the tree.
func (t *Tree) Unit(id string) (Unit, bool) { return found(t.byID[id]) }

// ByCode is the place that bears the code (2, 3 or 5 digits) in this tree.
func (t *Tree) ByCode(code string) (Unit, bool) { return found(t.byCode[code]) }

func found(u *Unit) (Unit, bool) {
	if u == nil {
		return Unit{}, false
	}
	return *u, true
}

// Provinces is every province.
func (t *Tree) Provinces() []Unit { return t.pick("", Province) }

// Districts is every district of the province with the id, all for the empty id;
// none from 2025-07-01.
func (t *Tree) Districts(provinceID string) []Unit { return t.pick(provinceID, District) }

// Communes is every commune (xã, phường, thị trấn, đặc khu) at or below the
// place with the id; all of them for the empty id.
func (t *Tree) Communes(id string) []Unit { return t.pick(id, Commune) }

// Children is the places directly below the place with the id.
func (t *Tree) Children(id string) []Unit { return copies(t.below[id]) }

// pick lists the places of a level at or below a place.
func (t *Tree) pick(id string, level Level) []Unit {
	var list []Unit
	for _, u := range t.units {
		if u.Level == level && (id == "" || t.Within(u.ID, id)) {
			list = append(list, *u)
		}
	}
	return list
}

// Within tells whether the place with the id is the area or lies below it.
func (t *Tree) Within(id, area string) bool {
	for u := t.byID[id]; u != nil; u = t.byID[u.ParentID] {
		if u.ID == area {
			return true
		}
	}
	return false
}

// Path is the places from the province down to the one with the id, both
// included; empty when it is not in the tree.
func (t *Tree) Path(id string) []Unit {
	var path []Unit
	for u := t.byID[id]; u != nil; u = t.byID[u.ParentID] {
		path = append(path, *u)
	}
	slices.Reverse(path)
	return path
}

// PathIDs is the ids of Path.
func (t *Tree) PathIDs(id string) []string {
	path := make([]string, 0, 4)
	for u := t.byID[id]; u != nil; u = t.byID[u.ParentID] {
		path = append(path, u.ID)
	}
	slices.Reverse(path)
	return path
}

// Ancestors is the places above the one with the id, the nearest first.
func (t *Tree) Ancestors(id string) []Unit {
	path := t.Path(id)
	if len(path) == 0 {
		return nil
	}
	slices.Reverse(path)
	return path[1:]
}

// Address is a place with those above it:
// "xã Phù Lưu, huyện Hàm Yên, tỉnh Tuyên Quang".
func (t *Tree) Address(id string) string {
	path := t.Path(id)
	words := make([]string, len(path))
	for i, u := range path {
		words[len(path)-1-i] = u.Title()
	}
	return strings.Join(words, ", ")
}
