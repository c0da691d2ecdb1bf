package recognition

import (
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

// Effect is what an import does to one title.
type Effect string

// The effects.
const (
	Added     Effect = "added"
	Changed   Effect = "changed"
	Unchanged Effect = "unchanged"
)

// Vietnamese is the word people read.
func (e Effect) Vietnamese() string {
	switch e {
	case Added:
		return "thêm mới"
	case Changed:
		return "thay đổi"
	}
	return "không đổi"
}

// Change is one line of a dry run.
type Change struct {
	Effect Effect
	Title  Title
	Before *Title // what was recorded, nil for an added title
}

var msgTwice = fault.Msg{Key: "recognition.twice", Text: "mức {level} của {name} có hai dòng cho cùng giai đoạn ({first} và {second}); chỉ giữ một"}

// plan compares what a file says with what is recorded, row by row. A title that
// a decision ended stays ended unless the file itself says until when.
func plan(recorded, incoming []Title) []Change {
	claimed := map[string]bool{}
	var changes []Change
	for _, t := range incoming {
		old := match(recorded, &t, claimed)
		if old == nil {
			changes = append(changes, Change{Effect: Added, Title: t})
			continue
		}
		claimed[old.ID] = true
		t.ID = old.ID
		if t.To == day.Forever {
			t.To, t.EndNumber, t.EndedOn = old.To, old.EndNumber, old.EndedOn
		}
		c := Change{Effect: Changed, Title: t, Before: old}
		if c.same() {
			c.Effect = Unchanged
		}
		changes = append(changes, c)
	}
	return changes
}

func (c *Change) same() bool {
	a, b := c.Title, *c.Before
	a.Where, b.Where = "", ""
	return a == b
}

// match finds the recorded title that a row speaks of: the same place and level,
// then the same decision, the same period, or a period that one of the two does
// not know.
func match(recorded []Title, t *Title, claimed map[string]bool) *Title {
	var fit []*Title
	for i := range recorded {
		r := &recorded[i]
		again := r.To != day.Forever && r.To < t.From // recognised anew after an end
		if r.Place == t.Place && r.Level == t.Level && !claimed[r.ID] && !again {
			fit = append(fit, r)
		}
	}
	rules := []func(*Title) bool{
		func(r *Title) bool { return r.Number != "" && r.Number == t.Number },
		func(r *Title) bool { return r.Period == t.Period && r.From == t.From },
		func(r *Title) bool { return r.Period == t.Period },
		func(r *Title) bool { return r.Period == "" || t.Period == "" },
	}
	for _, rule := range rules {
		if i := slices.IndexFunc(fit, rule); i >= 0 {
			return fit[i]
		}
	}
	return nil
}

// distinct drops the rows of a file that speak of one title twice, both of them.
func distinct(titles []Title, name func(id string) string) ([]Title, []*fault.Error) {
	type key struct{ place, level, period string }
	first := map[key]int{}
	twice := map[int]bool{}
	var faults []*fault.Error
	for i := range titles {
		t := &titles[i]
		k := key{t.Place, string(t.Level), t.Period}
		j, seen := first[k]
		if !seen || titles[j].To < t.From || t.To < titles[j].From {
			first[k] = i
			continue
		}
		twice[i], twice[j] = true, true
		faults = append(faults, fault.New(fault.Conflict, msgTwice, "level", t.Level.Vietnamese(), "name", name(t.Place),
			"first", titles[j].Where, "second", t.Where).At(t.Where))
	}
	var out []Title
	for i := range titles {
		if !twice[i] {
			out = append(out, titles[i])
		}
	}
	return out, faults
}

// tidy makes one space of every run of them and drops those at the ends.
func tidy(text string) string { return strings.Join(strings.Fields(text), " ") }
