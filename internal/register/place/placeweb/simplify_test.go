package placeweb

import (
	"slices"
	"testing"
)

// lone counts the edges that one area alone draws: the outer border, and
// whatever gaps there are.
func lone(rings [][]spot) (alone, all int) {
	drawn := map[[2]spot]int{}
	for _, ring := range rings {
		for i, s := range ring {
			next := ring[(i+1)%len(ring)]
			if slices.Compare(s[:], next[:]) > 0 {
				s, next = next, s
			}
			drawn[[2]spot{s, next}]++
		}
	}
	for _, n := range drawn {
		if n == 1 {
			alone++
		}
	}
	return alone, len(drawn)
}

// A thinned map opens no gap between neighbours, loses no area, and is smaller.
func TestThinningOpensNoGap(t *testing.T) {
	for _, s := range sheets() {
		communes, err := polygons(s.communes)
		if err != nil {
			t.Fatal(err)
		}
		p := projection{west: 104.8, north: 22.8, x: 500, y: 540}
		var rings [][]spot
		for _, f := range communes {
			rings = append(rings, p.spots(f.ring))
		}
		alone, all := lone(rings)
		thin(rings)
		aloneAfter, allAfter := lone(rings)
		if aloneAfter > alone || allAfter > all*9/10 {
			t.Errorf("%s: of %d edges %d are drawn once; thinned, of %d edges %d", s.communes, all, alone, allAfter, aloneAfter)
		}
		for i, ring := range rings {
			if len(ring) < 3 {
				t.Errorf("%s: %s is gone", s.communes, communes[i].name)
			}
		}
	}
}
