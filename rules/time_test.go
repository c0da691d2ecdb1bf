package rules_test

import (
	"slices"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
)

// Values by year must follow one another, and values by date must meet: a hole
// would make verdicts unknown for a while without anybody meaning it.
func TestValuesLeaveNoHoleInTime(t *testing.T) {
	for _, s := range load(t).Sets {
		for slot := range s.Slots() {
			ind := s.At(slot)
			for _, hole := range holes(ind.Values) {
				t.Errorf("%s %s: %s", s.ID, ind.Code, hole)
			}
			if ind.Of != nil {
				for _, hole := range holes(ind.Of.Values) {
					t.Errorf("%s %s, sub-share: %s", s.ID, ind.Code, hole)
				}
			}
		}
	}
}

type class struct {
	region law.Region
	group  uint8
	when   string
}

// holes lists what lies between the first and the last value of a class of
// communes without a value of its own.
func holes(values []law.Threshold) []string {
	years := map[class][]int{}
	spans := map[class][]law.Threshold{}
	for _, v := range values {
		c := class{region: v.Region, group: v.Group}
		if v.When != nil {
			c.when = v.When.Op + v.When.Value.Decimal()
		}
		if v.Year != 0 {
			years[c] = append(years[c], v.Year)
		} else {
			spans[c] = append(spans[c], v)
		}
	}
	var out []string
	for c, list := range years {
		slices.Sort(list)
		if list[len(list)-1]-list[0]+1 != len(list) {
			out = append(out, "years of "+c.region.Name()+" are not contiguous")
		}
	}
	for c, list := range spans {
		slices.SortFunc(list, func(a, b law.Threshold) int { return int(a.From) - int(b.From) })
		for i := 1; i < len(list); i++ {
			if list[i-1].Until+1 != list[i].From {
				out = append(out, "after "+list[i-1].Until.String()+" "+c.region.Name()+" has no value until "+list[i].From.String())
			}
		}
	}
	return out
}

func TestHolesAreFound(t *testing.T) {
	until, from := day.Of(2024, 2, 29), day.Of(2024, 3, 1)
	for what, c := range map[string]struct {
		values []law.Threshold
		want   int
	}{
		"contiguous years": {[]law.Threshold{{Year: 2022}, {Year: 2021}, {Year: 2023}}, 0},
		"a year missing":   {[]law.Threshold{{Year: 2021}, {Year: 2023}}, 1},
		"other regions":    {[]law.Threshold{{Year: 2021, Region: law.TN}, {Year: 2023}}, 0},
		"dates that meet":  {[]law.Threshold{{From: from, Until: day.Forever}, {From: day.None, Until: until}}, 0},
		"a day missing":    {[]law.Threshold{{From: from + 1, Until: day.Forever}, {From: day.None, Until: until}}, 1},
	} {
		if got := holes(c.values); len(got) != c.want {
			t.Errorf("%s: %v, want %d", what, got, c.want)
		}
	}
}
