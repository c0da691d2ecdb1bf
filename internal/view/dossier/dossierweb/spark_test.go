package dossierweb

import (
	"testing"

	"giuchuan/internal/law"
)

// What is left out of a line lies on it.
func TestSparkLeavesOutWhatLiesOnTheLine(t *testing.T) {
	for _, c := range []struct {
		values     []law.Number
		path, x, y string
	}{
		{[]law.Number{5, 5, 5, 5}, "M3 13 77 13", "77", "13"},
		{[]law.Number{0, 10}, "M3 22 77 4", "77", "4"},
		{[]law.Number{0, 0, 0, 10, 10}, "M3 22 40 22 58.5 4 77 4", "77", "4"},
		{[]law.Number{3, 1, 2}, "M3 4 40 22 77 13", "77", "13"},
	} {
		if path, x, y := spark(c.values); path != c.path || x != c.x || y != c.y {
			t.Errorf("%v: %q ends at %s %s, want %q", c.values, path, x, y, c.path)
		}
	}
}
