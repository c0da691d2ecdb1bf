package law

import (
	"runtime"
	"sync"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

// CommuneStanding is the standing of one commune on a set.
type CommuneStanding struct {
	ID         string
	Indicators []Outcome // one per slot, parts included
	Criteria   []Verdict // one per criterion
	Counts     Counts
	Revocation RevocationTest
	Yardstick  *Yardstick
}

// Counts are criteria by verdict; they add up to the criteria of the set.
type Counts struct{ Met, Unmet, Unknown, NotApplicable int }

// Standing is the result of an evaluation, commune by commune in the order of
// the facts.
type Standing struct {
	Set      *Set
	On       day.Day
	Communes []CommuneStanding
}

var msgDraft = fault.Msg{Key: "law.draft_set", Text: "bộ tiêu chí {set} chưa đầy đủ nên chưa dùng để đánh giá được: {reason}"}

// CheckUsable refuses a draft set.
func CheckUsable(s *Set) error {
	if s.Draft {
		return fault.New(fault.Unsupported, msgDraft, "set", s.ID, "reason", s.DraftReason)
	}
	return nil
}

// Evaluate judges every commune of facts on the set, with the province's
// decisions beside it; neither is changed. It allocates per call, not per
// indicator, and uses the machine's processors for many communes. The set must
// be usable ([CheckUsable]); every commune's Data must have set.Slots() data.
func Evaluate(set *Set, dec *Decisions, facts *Facts) *Standing {
	out := &Standing{Set: set, On: facts.On, Communes: make([]CommuneStanding, len(facts.Communes))}
	slots, criteria := set.Slots(), len(set.Criteria)
	outcomes := make([]Outcome, slots*len(facts.Communes))
	verdicts := make([]Verdict, criteria*len(facts.Communes))
	marks := yardsticks(set, dec, facts)
	judgeRange := func(from, to int) {
		for i := from; i < to; i++ {
			c := &out.Communes[i]
			c.ID, c.Yardstick = facts.Communes[i].ID, marks[i]
			c.Indicators = outcomes[i*slots : (i+1)*slots : (i+1)*slots]
			c.Criteria = verdicts[i*criteria : (i+1)*criteria : (i+1)*criteria]
			c.judge(set, &facts.Communes[i])
		}
	}
	inParallel(len(facts.Communes), judgeRange)
	return out
}

// inParallel splits n items over the processors when there are enough of them.
func inParallel(n int, work func(from, to int)) {
	workers := min(runtime.GOMAXPROCS(0), n/256)
	if workers < 2 {
		work(0, n)
		return
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() { work(w*n/workers, (w+1)*n/workers) })
	}
	wg.Wait()
}

// yardsticks gives each commune its thresholds, shared by all that have the
// same class and the same areas named in decisions.
func yardsticks(set *Set, dec *Decisions, facts *Facts) []*Yardstick {
	type key struct {
		class Class
		areas string
	}
	named := map[string]bool{}
	if dec != nil {
		for i := range dec.Values {
			named[dec.Values[i].Area] = true
			named[dec.Values[i].Province] = true
		}
	}
	made := map[key]*Yardstick{}
	out := make([]*Yardstick, len(facts.Communes))
	var areas []byte
	for i := range facts.Communes {
		c := &facts.Communes[i]
		areas = areas[:0]
		for _, a := range c.Areas {
			if len(named) > 0 && named[a] {
				areas = append(append(areas, a...), 0)
			}
		}
		y := made[key{c.Class, string(areas)}]
		if y == nil {
			y = NewYardstick(set, dec, facts.On, c)
			made[key{c.Class, string(areas)}] = y
		}
		out[i] = y
	}
	return out
}

func (c *CommuneStanding) judge(set *Set, facts *CommuneFacts) {
	for slot := range c.Indicators {
		c.Indicators[slot] = c.Yardstick.judge(slot, facts)
	}
	for i := range set.Criteria {
		v := NotApplicable
		for slot := set.Criteria[i].First; slot < set.Criteria[i].End; slot++ {
			v = And(v, c.Indicators[slot].Verdict)
		}
		c.Criteria[i] = v
		c.Counts.add(v)
	}
	if set.Revocation != nil {
		c.Revocation = set.Revocation.Test(set, c.Criteria)
	}
}

func (n *Counts) add(v Verdict) {
	switch v {
	case Met:
		n.Met++
	case Unmet:
		n.Unmet++
	case NotApplicable:
		n.NotApplicable++
	default:
		n.Unknown++
	}
}

// Verdict is the verdict of the whole set: all criteria must pass.
func (c *CommuneStanding) Verdict() Verdict {
	v := NotApplicable
	for _, x := range c.Criteria {
		v = And(v, x)
	}
	return v
}

// Link derives, for every commune, the Depends indicators of set that rest on
// base: its standing, or one of its data against a multiple of its threshold
// (QĐ 319/QĐ-TTg). Facts and standing list the same communes in the same order.
func Link(set *Set, facts *Facts, base *Standing, baseFacts *Facts) {
	for slot := range set.Indicators {
		dep := set.Indicators[slot].DependsOn
		if dep == nil || dep.Set != base.Set.ID {
			continue
		}
		for i := range facts.Communes {
			d, ok := derive(slot, dep, &base.Communes[i], &baseFacts.Communes[i])
			if ok {
				facts.Communes[i].Derived = append(facts.Communes[i].Derived, d)
			}
		}
	}
}

func derive(slot int, dep *Dependency, base *CommuneStanding, facts *CommuneFacts) (Derived, bool) {
	y := base.Yardstick
	if dep.Indicator == "" {
		v := base.Verdict()
		if v == NotApplicable {
			v = Met
		}
		out := Derived{Slot: slot, Verdict: v, Note: "theo kết quả đánh giá " + y.Set.Name}
		return out, out.restOn(facts.Data)
	}
	from, ok := y.Set.Slot(dep.Indicator)
	if !ok || !facts.Data[from].Known() || !facts.Data[from].HasValue {
		return Derived{}, false
	}
	m, d := &y.Marks[from], &facts.Data[from]
	out := Derived{Slot: slot, Unit: y.Set.At(from).Unit, Period: d.Period, Provenance: d.Provenance, Note: "theo chỉ tiêu " + dep.Indicator + " của " + y.Set.Name}
	if m.tooOld(d) {
		return out, true
	}
	out.HasValue, out.Value = true, d.Value
	if m.Basis == NoBasis {
		return out, true
	}
	out.Threshold = times(m.Value, dep.Factor)
	out.Verdict = Unmet
	if y.Set.At(from).Comparator.Holds(compareNumbers(out.Value, out.Threshold)) {
		out.Verdict = Met
	}
	return out, true
}

// restOn notes the oldest period and the weakest provenance of what is known;
// it reports whether anything is.
func (v *Derived) restOn(data []Datum) bool {
	found, known := 0, false
	for i := range data {
		d := &data[i]
		known = known || d.Known()
		if !d.Known() || d.State == Faulty {
			continue
		}
		if found++; found == 1 || d.Period.Last() < v.Period.Last() {
			v.Period = d.Period
		}
		if found == 1 || d.Provenance < v.Provenance {
			v.Provenance = d.Provenance
		}
	}
	v.Several = found > 1
	return known
}

// times multiplies a threshold, rounded up so that comparing stays exact.
func times(n, factor Number) Number {
	product := n * factor
	q := product / One
	if product%One > 0 {
		q++
	}
	return q
}
