package round

import (
	"slices"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

// Sheet is the part of one commune in a round.
type Sheet struct {
	Round Round
	Place int32    // key of the commune
	Sets  []string // ids of the sets it is reviewed on, the one its title is tested on first
}

// Field names an indicator or part of a set as authz does: "xa-ntm-2021-2025/15.1".
func Field(set *law.Set, slot int) string { return set.ID + "/" + set.At(slot).Code }

// setsFor lists the sets a title is reviewed on in a year: the one it is tested
// on, then the set of xã nông thôn mới, which every titled commune keeps.
func setsFor(lib *law.Library, title law.Title, year int) (ids []string) {
	for _, s := range []*law.Set{lib.TestedOn(title, year), lib.TestedOn(law.TitleNTM, year)} {
		if s != nil && !slices.Contains(ids, s.ID) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// Sets gives the sets of ids, without those the library no longer has.
func Sets(lib *law.Library, ids []string) []*law.Set {
	var out []*law.Set
	for _, id := range ids {
		if s, err := lib.Set(id); err == nil {
			out = append(out, s)
		}
	}
	return out
}

// slotsOf lists the slots that are entered under an indicator: itself and its
// parts.
func slotsOf(ind *law.Indicator) []int { return append([]int{ind.Slot}, ind.Parts...) }

// Whole gives the indicator that a slot is entered under: itself, or the one it
// is a part of.
func Whole(set *law.Set, slot int) *law.Indicator {
	ind := set.At(slot)
	if ind.Parent >= 0 {
		return set.At(ind.Parent)
	}
	return ind
}

// Line is one indicator of a sheet: what is entered once, in the first of the
// sheet's sets that asks for it.
type Line struct {
	Set      *law.Set
	Slot     int
	Measures []int32          // of the indicator and its parts, in the order of slotsOf
	Also     []review.Finding // the other sets' slots that read the same quantity; only Set and Slot are filled
}

// Indicator is the line's indicator.
func (l *Line) Indicator() *law.Indicator { return l.Set.At(l.Slot) }

// Lines lists the indicators of some sets, each quantity once.
func Lines(dict *criteria.Dictionary, sets []*law.Set) []Line {
	var out []Line
	at := map[int32]int{}
	for _, set := range sets {
		keys := dict.Slots(set)
		for slot := range set.Indicators {
			ind := &set.Indicators[slot]
			if n, ok := at[keys[slot]]; ok {
				out[n].Also = append(out[n].Also, review.Finding{Set: set, Slot: slot})
				continue
			}
			line := Line{Set: set, Slot: slot}
			for _, s := range slotsOf(ind) {
				line.Measures = append(line.Measures, keys[s])
			}
			at[keys[slot]] = len(out)
			out = append(out, line)
		}
	}
	return out
}

// Need is why a round asks for an indicator.
type Need uint8

// The needs, the strongest first.
const (
	NoNeed       Need = iota
	NeedReturned      // bị trả lại
	NeedMissing       // chưa có số liệu
	NeedDue           // đến kỳ báo cáo
	NeedUnmet         // kỳ trước chưa đạt
	NeedAtRisk        // có nguy cơ không giữ được
	NeedWhole         // đợt rà soát toàn bộ
)

// Vietnamese is the need as people read it.
func (n Need) Vietnamese() string {
	return [...]string{
		"chưa đến kỳ", "bị trả lại", "chưa có số liệu", "đến kỳ báo cáo", "kỳ trước chưa đạt",
		"có nguy cơ không giữ được", "rà soát toàn bộ",
	}[n]
}

// Wanted is what is known of an indicator before a round asks for it.
type Wanted struct {
	Due     day.Kind   // how often it is reported
	Period  day.Period // of the round
	Last    *law.Datum // the latest of an earlier period, nil when there is none
	Verdict law.Verdict
	AtRisk  bool
	Whole   bool // the round asks for everything
	Row     Row
}

// NeedOf says why a round asks for an indicator, NoNeed when it does not.
func NeedOf(w Wanted) Need {
	switch {
	case w.Row.State == Returned:
		return NeedReturned
	case w.Last == nil || !w.Last.Known():
		return NeedMissing
	case Due(w.Due, w.Last.Period, w.Period):
		return NeedDue
	case w.Verdict == law.Unmet:
		return NeedUnmet
	case w.AtRisk:
		return NeedAtRisk
	case w.Whole:
		return NeedWhole
	}
	return NoNeed
}

// Due tells whether an indicator that is reported once every kind and was last
// reported for a period is to be reported by the end of another: the end of the
// last one and that time have passed.
func Due(kind day.Kind, last, now day.Period) bool {
	if !last.Valid() || !now.Valid() {
		return true
	}
	next := last.Last() + 1
	return next.AddMonths(kind.Months()) <= now.Last()+1
}

// pathOf is the ids from the province down to a commune on a day. A commune that
// has ended is where its heirs are; it keeps its own id.
func pathOf(places *place.Register, id string, on day.Day) []string {
	var out []string
	add := func(unit string) {
		for _, id := range places.At(on).PathIDs(unit) {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	if add(id); len(out) > 0 {
		return out
	}
	for _, h := range places.Successors(id, on) {
		add(h.Unit.ID)
	}
	return append(out, id)
}

// twoTier tells whether nothing stands between the commune and the agency in
// charge on a day: its province has no districts any more.
func twoTier(places *place.Register, path []string, on day.Day) bool {
	tree := places.At(on)
	return !slices.ContainsFunc(path, func(id string) bool {
		u, ok := tree.Unit(id)
		return ok && u.Level == place.District
	})
}

// object is a quantity of a sheet as permission sees it.
func (s *Sheet) object(where Reach, field string, row *Row) authz.Object {
	return where.Object(field, row.State, s.Round.Closed)
}
