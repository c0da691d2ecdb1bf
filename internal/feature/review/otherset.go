package review

import (
	"strings"

	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
)

// otherSet tells whether the row is of a set that is known but not asked for:
// said is what it names. use is the slot of a set asked for that shares the
// quantity, its set nil where none does.
func (r *reader) otherSet() (said, use member, elsewhere bool) {
	c := r.rec.Cell(colSet)
	if c.Kind != sheet.Text || c.Blank() {
		return said, use, false
	}
	name := strings.TrimSpace(c.Text)
	if find(r.opt.Sets, name) != nil {
		return said, use, false
	}
	if said.set = find(r.opt.Known, name); said.set == nil {
		return said, use, false
	}
	slot, ok := said.set.Slot(strings.TrimSpace(r.rec.Cell(colIndicator).Text))
	if !ok || said.set.At(slot).Measure == "" {
		return said, use, true
	}
	said.slot = slot
	for _, s := range r.opt.Sets {
		for at := range s.Slots() {
			if s.At(at).Measure == said.indicator().Measure {
				return said, member{s, at}, true
			}
		}
	}
	return said, use, true
}

func find(sets []*law.Set, id string) *law.Set {
	for _, s := range sets {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// leaveOut counts a row of another set. Its commune is still one that the file
// names.
func (r *reader) leaveOut(set *law.Set) {
	r.quiet = true
	period, _ := r.period()
	r.list(r.commune(period))
	for _, name := range []string{colValue, colMale, colFemale, colShare, colNumerator, colMaleNumerator, colFemaleNumerator} {
		if !r.rec.Cell(name).Blank() {
			if r.batch.OtherSets == nil {
				r.batch.OtherSets = map[string]int{}
			}
			r.batch.OtherSets[set.ID]++
			return
		}
	}
	r.batch.Blank++
}
