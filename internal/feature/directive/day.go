package directive

import "giuchuan/internal/kernel/day"

// lastOf is the last day of a month "2024-06" or a year "2024", day.None for
// anything else.
func lastOf(partial string) day.Day {
	p, err := day.ParsePeriod(partial)
	if err != nil {
		return day.None
	}
	return p.Last()
}
