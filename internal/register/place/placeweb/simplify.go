package placeweb

// A boundary is drawn by both of its neighbours, and a district's runs along
// its communes'. So a point is dropped by looking at nothing but itself and the
// two points beside it: whoever else draws the line drops it too, and no gap
// opens.

// spot is a point of the drawing, in its own whole units.
type spot [2]int

// rounds and least are how far a drawing is thinned: in each round the points
// go whose triangle with the two beside them is smaller than least, in halves
// of a square unit, unless one beside them is smaller yet.
const (
	rounds = 3
	least  = 70
)

// thin drops the points of rings that hardly bend their line.
func thin(rings [][]spot) {
	for range rounds {
		bends := measure(rings)
		for i, ring := range rings {
			var kept []spot
			for _, s := range ring {
				if b, ok := bends[s]; !ok || !b.least(s, bends) {
					kept = append(kept, s)
				}
			}
			rings[i] = kept
		}
	}
}

// bend is a point between two others, the same two wherever it is drawn.
type bend struct {
	a, b spot
	area int // twice the triangle's
}

// measure finds the points that may be dropped.
func measure(rings [][]spot) map[spot]bend {
	bends, fixed := map[spot]bend{}, map[spot]bool{}
	for _, ring := range rings {
		for i, s := range ring {
			a, b := ring[(i+len(ring)-1)%len(ring)], ring[(i+1)%len(ring)]
			if a[0] > b[0] || a[0] == b[0] && a[1] > b[1] {
				a, b = b, a
			}
			area := (a[0]-s[0])*(b[1]-s[1]) - (a[1]-s[1])*(b[0]-s[0])
			next := bend{a, b, max(area, -area)}
			if before, ok := bends[s]; ok && before != next || next.area >= least || len(ring) < 8 {
				fixed[s] = true // lines meet here, or it shows, or the area is small
			}
			bends[s] = next
		}
	}
	for s := range fixed {
		delete(bends, s)
	}
	return bends
}

// least tells whether a point bends its line less than those beside it.
func (b bend) least(s spot, bends map[spot]bend) bool {
	for _, beside := range []spot{b.a, b.b} {
		other, ok := bends[beside]
		if ok && (other.area < b.area || other.area == b.area && (beside[0] < s[0] || beside[0] == s[0] && beside[1] < s[1])) {
			return false
		}
	}
	return true
}
