package place

import (
	"cmp"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
)

// maxNear is how many places a message offers.
const maxNear = 3

// near is the places whose names differ from the text by the fewest letters,
// diacritics and the word of the kind left out; none when all are far.
func (ix *nameIndex) near(text string) []Unit {
	type scored struct {
		unit *Unit
		far  int
	}
	key := vntext.SearchKey(text)
	bare := withoutKind(key)
	most := 1 + len(bare)/5
	var list []scored
	for _, u := range ix.units {
		name := vntext.SearchKey(u.Name)
		far := min(distance(key, name, most+1), distance(bare, name, most+1))
		if far <= most && bare != "" {
			list = append(list, scored{u, far})
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int {
		return cmp.Or(cmp.Compare(a.far, b.far), -cmp.Compare(a.unit.Level, b.unit.Level))
	})
	units := make([]Unit, 0, maxNear)
	for _, s := range list[:min(len(list), maxNear)] {
		units = append(units, *s.unit)
	}
	return units
}

// withoutKind drops the word of a kind from the front of a folded name.
func withoutKind(key string) string {
	for k := Tinh; k <= DacKhu; k++ {
		for _, word := range append([]string{vntext.SearchKey(k.String())}, k.row().short...) {
			if rest, ok := strings.CutPrefix(key, word+" "); ok {
				return rest
			}
		}
	}
	return key
}

// distance is the number of letters to insert, drop, change or swap with their
// neighbour to make a of b (both ASCII), or limit when it is that or more.
func distance(a, b string, limit int) int {
	if d := len(a) - len(b); d >= limit || -d >= limit {
		return limit
	}
	before := make([]int, len(b)+1)
	last := make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit)
}

// nearCodes is the places whose code a spreadsheet or a slip of the hand may
// have turned into the given one: a lost leading zero first, else one digit
// wrong, missing, too many or swapped.
func (r *Register) nearCodes(code, province string, on day.Day) []Unit {
	t := r.At(on)
	fits := func(u *Unit) bool { return u != nil && (province == "" || u.Province == province) }
	for width := len(code) + 1; width <= 5; width++ {
		if u := t.byCode[strings.Repeat("0", width-len(code))+code]; fits(u) {
			return []Unit{*u}
		}
	}
	var units []Unit
	for _, u := range t.units {
		if len(units) < maxNear && fits(u) && u.Level == Commune && distance(code, u.Code, 2) == 1 {
			units = append(units, *u)
		}
	}
	return units
}

// hint is the end of a message that offers places: "; có phải 02392 (xã Phù Lưu)?".
func hint(units []Unit) string {
	if len(units) == 0 {
		return ""
	}
	list := make([]string, len(units))
	for i, u := range units {
		list[i] = u.Code + " (" + u.Title() + ")"
	}
	return "; có phải " + strings.Join(list, ", ") + "?"
}
