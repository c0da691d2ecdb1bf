package law

import (
	"slices"

	"giuchuan/internal/kernel/day"
)

// Basis says which rule of the look-up order chose a threshold.
type Basis uint8

// The bases, in the order they are looked up.
const (
	NoBasis          Basis = iota // chưa có mức do tỉnh quy định
	ProvinceDecision              // a province decision
	YearAndRegion
	YearNational
	RegionOrGroup
	National
	Derivation // taken from what the indicator depends on
)

// Mark is the threshold that applies to a slot for one class of commune at a day.
type Mark struct {
	Basis     Basis
	Reference bool // delegated, no decision: mức tham khảo
	Value     Number
	Threshold *Threshold // nil with a decision
	Decision  *Decision
	Verified  *Verification
	Skip      bool         // a part that is not set in this region
	Cases     []*Threshold // thresholds that hang on another part's value
	Sub       *Mark        // of a ShareOf indicator
	Absolute  *Decision    // amount a province sets instead of factor times another threshold
	oldest    day.Day      // a datum whose period ends before this is too old
	oldYear   int          // year of oldest: a datum of a later year is not
	open      bool         // a value in use was not compared with the original text
	checked   []*Verification
}

// Yardstick holds the thresholds of a set for one class of commune at a day.
type Yardstick struct {
	Set   *Set
	On    day.Day
	Class Class
	Marks []Mark
	year  int // of On
}

// NewYardstick resolves every threshold: province decision, then year and
// region or group, year national, region or group, national.
func NewYardstick(s *Set, dec *Decisions, on day.Day, c *CommuneFacts) *Yardstick {
	y := &Yardstick{Set: s, On: on, Class: c.Class, Marks: make([]Mark, s.Slots()), year: on.Year()}
	class := c.Class
	if class.Special && s.Override.Region != RegionAny {
		class.Region = s.Override.Region
	}
	for slot := range y.Marks {
		ind := s.At(slot)
		m := resolve(ind, ind.Values, class, on)
		m.Skip = ind.Except.Has(class.Region)
		m.oldest = day.None
		if ind.MaxAge > 0 {
			m.oldest = on.AddMonths(-ind.MaxAge)
			m.oldYear = m.oldest.Year()
		}
		if ind.Of != nil {
			sub := resolve(ind, ind.Of.Values, class, on)
			m.Sub = &sub
		}
		y.Marks[slot] = m
	}
	y.applyDecisions(dec, c.Areas)
	y.applyVerifications(dec)
	for slot := range y.Marks {
		known, verified := y.Verified(slot)
		y.Marks[slot].open = known && !verified
	}
	return y
}

func resolve(ind *Indicator, values []Threshold, class Class, on day.Day) Mark {
	t, basis := lookUp(values, class, on)
	if t == nil {
		return Mark{}
	}
	m := Mark{Basis: basis, Value: t.Value, Threshold: t, Verified: t.Verified, Reference: ind.Delegated}
	if t.When != nil {
		for i := range values {
			if v := &values[i]; v.When != nil && v.Region == t.Region && v.Group == t.Group && v.Year == t.Year && v.inForce(on) {
				m.Cases = append(m.Cases, v)
				m.checked = append(m.checked, v.Verified)
			}
		}
	}
	return m
}

// lookUp finds the first value in force in the order of the law.
func lookUp(values []Threshold, class Class, on day.Day) (*Threshold, Basis) {
	var best *Threshold
	basis := NoBasis
	for i := range values {
		t := &values[i]
		if !t.inForce(on) || (t.Year != 0 && t.Year != on.Year()) ||
			(t.Region != RegionAny && t.Region != class.Region) || (t.Group != 0 && t.Group != class.Group) {
			continue
		}
		local := t.Region != RegionAny || t.Group != 0
		b := National
		switch {
		case t.Year != 0 && local:
			b = YearAndRegion
		case t.Year != 0:
			b = YearNational
		case local:
			b = RegionOrGroup
		}
		if basis == NoBasis || b < basis {
			best, basis = t, b
		}
	}
	return best, basis
}

// applyDecisions lets province decisions win: the nearer area first, then the
// one for the very year, then the one issued last.
func (y *Yardstick) applyDecisions(dec *Decisions, areas []string) {
	if dec == nil {
		return
	}
	for i := range dec.Values {
		d := &dec.Values[i]
		slot, ok := y.Set.Slot(d.Indicator)
		if !ok || !decisionApplies(y, d, areas) {
			continue
		}
		m := &y.Marks[slot]
		if dep := y.Set.At(slot).DependsOn; dep != nil && dep.Indicator != "" {
			if m.Absolute == nil || decisionRank(m.Absolute, areas) <= decisionRank(d, areas) {
				m.Absolute = d
			}
			continue
		}
		if d.Sub {
			if m.Sub == nil {
				continue
			}
			m = m.Sub
		}
		if m.Decision != nil && decisionRank(m.Decision, areas) > decisionRank(d, areas) {
			continue
		}
		m.Basis, m.Decision, m.Value, m.Verified = ProvinceDecision, d, d.Value, d.Verified
		m.Threshold, m.Reference, m.Cases, m.checked = nil, false, nil, nil
	}
}

func decisionApplies(y *Yardstick, d *Decision, areas []string) bool {
	if d.Set != y.Set.ID || y.On < d.From || y.On > d.Until || (d.Year != 0 && d.Year != y.On.Year()) {
		return false
	}
	area := d.Area
	if area == "" {
		area = d.Province
	}
	return area == "" || slices.Contains(areas, area)
}

// decisionRank is larger for the decision that wins: nearness of the area, a
// named year, then the day of issue.
func decisionRank(d *Decision, areas []string) int64 {
	rank := int64(0)
	if i := slices.Index(areas, d.Area); d.Area != "" && i >= 0 {
		rank = int64(len(areas) - i)
	}
	rank *= 2
	if d.Year != 0 {
		rank++
	}
	return rank<<32 + int64(d.Issued)
}

func (y *Yardstick) applyVerifications(dec *Decisions) {
	if dec == nil {
		return
	}
	for i := range dec.Verifications {
		v := &dec.Verifications[i]
		if v.Set != y.Set.ID {
			continue
		}
		if slot, ok := y.Set.Slot(v.Indicator); ok {
			y.verify(slot, v)
		}
		if c, ok := y.Set.Criterion(v.Indicator); ok && v.Key == "*" {
			for slot := c.First; slot < c.End; slot++ {
				y.verify(slot, v)
			}
		}
	}
}

// verify marks values of a slot as compared with the original text; "*" takes
// in its parts.
func (y *Yardstick) verify(slot int, v *ValueVerification) {
	y.Marks[slot].verify(v)
	if v.Key != "*" {
		return
	}
	for _, p := range y.Set.At(slot).Parts {
		y.Marks[p].verify(v)
	}
}

func (m *Mark) verify(v *ValueVerification) {
	for i, t := range m.Cases {
		if v.Key == "*" || v.Key == t.Key() {
			m.checked[i] = &v.Verification
		}
	}
	if m.Threshold != nil && (v.Key == "*" || v.Key == m.Threshold.Key()) {
		m.Verified = &v.Verification
	}
	if m.Sub != nil {
		m.Sub.verify(v)
	}
}

// asCase is the mark of a part once one of its cases is chosen.
func (m *Mark) asCase(i int) *Mark {
	one := *m
	one.Threshold, one.Value, one.Verified = m.Cases[i], m.Cases[i].Value, m.checked[i]
	one.Cases, one.checked = nil, nil
	return &one
}

// verified reports whether every value of the mark that has a figure was
// compared with the original text.
func (m *Mark) verified() bool {
	switch {
	case m.Absolute != nil:
		return m.Absolute.Verified != nil
	case len(m.Cases) > 0:
		return !slices.Contains(m.checked, nil)
	case m.Sub != nil && m.Sub.Basis != NoBasis && m.Sub.Verified == nil:
		return false
	}
	return m.Verified != nil
}

// Verified reports whether a slot has a threshold at all, and whether a person
// compared it, and those of its parts, with the original text.
func (y *Yardstick) Verified(slot int) (known, verified bool) {
	m := &y.Marks[slot]
	known, verified = m.Basis != NoBasis, m.verified()
	if parts := y.Set.At(slot).Parts; len(parts) > 0 {
		known, verified = false, true
		for _, p := range parts {
			if y.Marks[p].Basis == NoBasis || y.Marks[p].Skip {
				continue
			}
			known = true
			verified = verified && y.Marks[p].verified()
		}
	}
	return known, known && verified
}
