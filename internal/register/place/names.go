package place

import (
	"strings"

	"giuchuan/internal/kernel/vntext"

	"golang.org/x/text/unicode/norm"
)

// nameIndex finds the places of one province and one tree by name. A key of
// exact keeps the diacritics, one of folded has none.
type nameIndex struct {
	units  []*Unit
	exact  map[string][]*Unit
	folded map[string][]*Unit
}

// index is the name index of a province by code, or of everything for "".
func (t *Tree) index(province string) *nameIndex {
	t.mu.Lock()
	defer t.mu.Unlock()
	if ix := t.names[province]; ix != nil {
		return ix
	}
	ix := &nameIndex{exact: map[string][]*Unit{}, folded: map[string][]*Unit{}}
	for _, u := range t.units {
		if province == "" || u.Province == province {
			ix.add(u)
		}
	}
	if t.names != nil { // the tree before the first day is made anew each time
		t.names[province] = ix
	}
	return ix
}

func (ix *nameIndex) add(u *Unit) {
	ix.units = append(ix.units, u)
	for _, name := range spellings(u) {
		put(ix.exact, canonKey(name), u)
		put(ix.folded, vntext.SearchKey(name), u)
	}
}

func put(m map[string][]*Unit, key string, u *Unit) {
	for _, other := range m[key] {
		if other == u {
			return
		}
	}
	m[key] = append(m[key], u)
}

// spellings is every way a place may be written: with the word of its kind,
// with an abbreviation of it, without, and its other names.
func spellings(u *Unit) []string {
	list := forms(u.Kind, u.Name)
	for _, alt := range u.AltNames {
		kind, bare := kindOfName(alt, u.Level)
		list = append(list, forms(kind, bare)...)
	}
	return list
}

func forms(kind Kind, name string) []string {
	list := []string{name}
	if kind == 0 {
		return list
	}
	list = append(list, kind.String()+" "+name)
	for _, short := range kind.row().short {
		list = append(list, short+" "+name)
	}
	return list
}

// canonKey is the key of a name with its diacritics: any case, tone placement,
// dots, hyphens and apostrophes.
func canonKey(s string) string {
	return vntext.Canon(strings.Map(func(r rune) rune {
		switch r {
		case '.', '-', '_', '–':
			return ' '
		case '’', 'ʼ', '`', '´':
			return '\''
		}
		return r
	}, s))
}

// find gives the places a text names: those with the same diacritics, else
// those that agree when the diacritics the writer left out are put back. Marks
// that contradict a name never match it: "Tân Thánh" is not Tân Thành.
func (ix *nameIndex) find(text string) []*Unit {
	key := canonKey(text)
	if list := ix.exact[key]; len(list) > 0 {
		return list
	}
	var list []*Unit
	for _, u := range ix.folded[vntext.SearchKey(text)] {
		for _, name := range spellings(u) {
			if leavesOut(key, canonKey(name)) {
				list = append(list, u)
				break
			}
		}
	}
	return list
}

// leavesOut tells whether typed is full with some diacritics left out, or
// without apostrophes.
func leavesOut(typed, full string) bool {
	typed = norm.NFD.String(strings.ReplaceAll(typed, "'", ""))
	rest := []rune(norm.NFD.String(strings.ReplaceAll(full, "'", "")))
	for _, r := range typed {
		for len(rest) > 0 && rest[0] != r && !(r == 'd' && rest[0] == 'đ') {
			if !mark(rest[0]) {
				return false
			}
			rest = rest[1:]
		}
		if len(rest) == 0 {
			return false
		}
		rest = rest[1:]
	}
	for _, r := range rest {
		if !mark(r) {
			return false
		}
	}
	return true
}

// mark tells whether r is a combining diacritic.
func mark(r rune) bool { return r >= 0x300 && r <= 0x36f }

// named tells whether a text is one of the spellings of a place, or its code.
func named(u *Unit, text string) bool {
	if digitsOnly(text) {
		return u.Code == text
	}
	key := canonKey(text)
	for _, name := range spellings(u) {
		if full := canonKey(name); full == key || leavesOut(key, full) {
			return true
		}
	}
	return false
}
