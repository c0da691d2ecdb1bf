package board

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

const (
	// placesPerQuery bounds the places that one query names.
	placesPerQuery = 400
	// measuresPerQuery bounds the quantities: of more, the whole sheet is read.
	measuresPerQuery = 64
)

// scope is which findings are read: of some places, in periods whose codes lie
// between two, written after a journal position.
type scope struct {
	places   []int32
	measures []int32 // looked at only where narrow
	first    int32
	last     int32
	after    int64
	narrow   bool // of these quantities alone: a sheet's key has no entry before them
}

// add widens a scope by what a command of the review says it covers; false when
// it does not say.
func (s *scope) add(covers string, lib *law.Library, dict *criteria.Dictionary) bool {
	var c struct {
		Period     string   `json:"period"`
		Places     []string `json:"places"`
		Indicators []string `json:"indicators"`
	}
	if json.Unmarshal([]byte(covers), &c) != nil || len(c.Places) == 0 {
		return false
	}
	period, err := day.ParsePeriod(c.Period)
	if err != nil {
		return false
	}
	if s.first == 0 {
		s.first, s.last = period.Code(), period.Code()
	}
	s.first, s.last = min(s.first, period.Code()), max(s.last, period.Code())
	for _, id := range c.Places {
		key := place.Key(id)
		if key == 0 {
			return false
		}
		s.places = append(s.places, key)
	}
	s.narrow = s.narrow && len(c.Indicators) > 0
	for _, name := range c.Indicators {
		key, ok := measureNamed(name, lib, dict)
		s.narrow = s.narrow && ok
		s.measures = append(s.measures, key)
	}
	return true
}

// measureNamed is the quantity of an indicator, "xa-ntm-2021-2025/1.1"; false
// for one that this version's law does not have.
func measureNamed(name string, lib *law.Library, dict *criteria.Dictionary) (int32, bool) {
	id, code, _ := strings.Cut(name, "/")
	set, err := lib.Set(id)
	if err != nil || dict == nil {
		return 0, false
	}
	slot, ok := set.Slot(code)
	keys := dict.Slots(set)
	if !ok || slot >= len(keys) {
		return 0, false
	}
	return keys[slot], true
}

// tidy drops what is named twice, and quantities where they would not narrow.
func (s *scope) tidy() {
	slices.Sort(s.places)
	s.places = slices.Compact(s.places)
	slices.Sort(s.measures)
	s.measures = slices.Compact(s.measures)
	s.narrow = s.narrow && s.first == s.last && len(s.measures) <= measuresPerQuery
}

// split gives the scope in parts that one query takes each.
func (s scope) split() []scope {
	var out []scope
	for places := range slices.Chunk(s.places, placesPerQuery) {
		part := s
		part.places = places
		out = append(out, part)
	}
	return out
}

// where narrows a query to a scope.
func (s *scope) where() (string, []any) {
	args := []any{s.after, s.first}
	var b strings.Builder
	if s.narrow { // equal to one period, so that a key is looked up and not a sheet walked over
		b.WriteString("WHERE entry > $1 AND period = $2")
		args = list(&b, args, " AND measure IN (", s.measures)
	} else {
		b.WriteString("WHERE entry > $1 AND period BETWEEN $2 AND $3")
		args = append(args, s.last)
	}
	args = list(&b, args, " AND place IN (", s.places)
	return b.String(), args
}

// list adds a list of keys to a query. It is as long as the next power of two,
// the last key again and again: statements are kept by their text, which is then
// one of a few.
func list(b *strings.Builder, args []any, open string, keys []int32) []any {
	n := 1
	for n < len(keys) {
		n *= 2
	}
	b.WriteString(open)
	for i := range n {
		args = append(args, keys[min(i, len(keys)-1)])
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(len(args)))
	}
	b.WriteString(")")
	return args
}
