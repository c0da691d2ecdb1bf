package app

import (
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/view/overview"
	"giuchuan/reference"
)

// PublishedTotal is how many communes a province said it had recognised, and
// when. The zero value is not known.
type PublishedTotal struct {
	NTM  int
	AsOf string
}

// Published gives the last total that public news reported of a province by a
// day. Only Tuyên Quang (08) before its merger is known.
func Published(province string, on day.Day) (PublishedTotal, error) {
	var last PublishedTotal
	if province != "08" || on >= day.Of(2025, 7, 1) {
		return last, nil
	}
	totals, err := overview.LoadTotals(reference.FS())
	for i := range totals {
		if t := &totals[i]; t.On < on && t.NTM > 0 {
			last = PublishedTotal{NTM: t.NTM, AsOf: t.Words()}
		}
	}
	return last, err
}
