package board

import (
	"slices"
	"testing"
)

// A query has one of a few texts, however many keys it names.
func TestScopeQueriesAreFew(t *testing.T) {
	texts := map[string]bool{}
	for n := range measuresPerQuery {
		s := scope{places: []int32{1}, first: 5, last: 5, narrow: true}
		for m := range n + 1 {
			s.measures = append(s.measures, int32(m))
		}
		where, args := s.where()
		texts[where] = true
		for m := range n + 1 {
			if !slices.Contains(args, any(int32(m))) {
				t.Fatalf("%d quantities: %d is not asked for", n+1, m)
			}
		}
	}
	if len(texts) != 7 { // 1, 2, 4 … 64
		t.Errorf("%d texts", len(texts))
	}
}

// Quantities narrow a question only where one period and not too many are asked
// for.
func TestScopeIsNarrowWhereItPays(t *testing.T) {
	many := make([]int32, measuresPerQuery+1)
	for i := range many {
		many[i] = int32(i)
	}
	for name, c := range map[string]struct {
		s    scope
		want bool
	}{
		"one":         {scope{measures: []int32{3, 3}, first: 5, last: 5, narrow: true}, true},
		"two periods": {scope{measures: []int32{3}, first: 5, last: 6, narrow: true}, false},
		"many":        {scope{measures: many, first: 5, last: 5, narrow: true}, false},
		"not all":     {scope{measures: []int32{3}, first: 5, last: 5}, false},
	} {
		c.s.tidy()
		if c.s.narrow != c.want {
			t.Errorf("%s: narrow %v", name, c.s.narrow)
		}
	}
}
