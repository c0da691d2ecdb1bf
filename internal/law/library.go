package law

import (
	"slices"
	"strings"

	"giuchuan/internal/kernel/fault"
)

// Library is all the law that was loaded.
type Library struct {
	Sets        []*Set // in order of id
	Instruments map[string]*Instrument
	Measures    []Measure
}

// Measure is one quantity that indicators of several sets share: entered once,
// judged in each. It is unverified until a person confirms that the texts mean
// the same quantity.
type Measure struct {
	ID, Name string
	Members  []MeasureMember
	Verified *Verification
	Note     string
}

// MeasureMember is one indicator of a measure.
type MeasureMember struct{ Set, Indicator string }

var msgUnknownSet = fault.Msg{Key: "law.unknown_set", Text: "không có bộ tiêu chí “{set}”; các bộ hiện có: {sets}"}

// Set finds a set by its id.
func (l *Library) Set(id string) (*Set, error) {
	var ids []string
	for _, s := range l.Sets {
		if s.ID == id {
			return s, nil
		}
		ids = append(ids, s.ID)
	}
	return nil, fault.New(fault.NotFound, msgUnknownSet, "set", id, "sets", strings.Join(ids, ", "))
}

// TestedOn finds the set on which a title is tested for revocation: NTM on an NTM
// set, nâng cao and kiểu mẫu on a nâng cao set (QĐ 18/2022/QĐ-TTg); of several
// periods, the one whose period holds the year, else the latest.
func (l *Library) TestedOn(t Title, year int) *Set {
	var latest *Set
	for _, s := range l.Sets {
		if s.Revocation == nil || s.Draft || !slices.Contains(s.Revocation.Titles, t) {
			continue
		}
		if s.PeriodFrom.Year() <= year && year <= s.PeriodTo.Year() {
			return s
		}
		if latest == nil || s.PeriodFrom > latest.PeriodFrom {
			latest = s
		}
	}
	return latest
}

// Base gives the sets that the Depends indicators of s rest on.
func (l *Library) Base(s *Set) []*Set {
	var out []*Set
	seen := map[string]bool{}
	for i := range s.Indicators {
		dep := s.Indicators[i].DependsOn
		if dep == nil || dep.Set == "" || seen[dep.Set] {
			continue
		}
		seen[dep.Set] = true
		if base, err := l.Set(dep.Set); err == nil {
			out = append(out, base)
		}
	}
	return out
}
