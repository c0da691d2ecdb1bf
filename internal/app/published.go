package app

import (
	"encoding/csv"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/reference"
)

// PublishedTotal is how many communes a province said it had recognised, and
// when: "tháng 8/2024". The zero value is not known.
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
	f, err := reference.FS().Open("news/ntm-totals.csv")
	if err != nil {
		return last, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return last, err
	}
	for _, row := range rows[1:] {
		period, err := day.ParsePeriod(row[0])
		total, bad := strconv.Atoi(row[1])
		if err != nil || bad != nil || period.Last() >= on {
			continue
		}
		last = PublishedTotal{NTM: total, AsOf: strings.TrimPrefix(period.Vietnamese(), "năm ")}
		if period.Kind() == day.Year {
			last.AsOf = "cuối năm " + last.AsOf
		}
	}
	return last, nil
}
