package round_test

import (
	"testing"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
)

func TestOfSeveralRoundsTheOneThatIsDueFirst(t *testing.T) {
	on := func(d int, closed bool) round.Round { return round.Round{SendBy: day.Day(d), Closed: closed} }
	for _, tt := range []struct {
		name string
		list []round.Round
		want int
	}{
		{"none", nil, -1},
		{"all closed: the latest", []round.Round{on(30, true), on(20, true)}, 0},
		{"one open", []round.Round{on(30, true), on(20, false)}, 1},
		{"the earliest of the open", []round.Round{on(30, false), on(10, false), on(5, true), on(10, false)}, 1},
	} {
		if got := round.First(tt.list); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}
