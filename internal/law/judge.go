package law

import "giuchuan/internal/kernel/day"

// judge gives the outcome of one slot of a commune, a part's slot included.
func (y *Yardstick) judge(slot int, c *CommuneFacts) Outcome {
	ind := y.Set.At(slot)
	if ind.Parent >= 0 {
		return y.judgePart(ind, slot, c)
	}
	return y.judgeAlone(ind, slot, c)
}

// judgeAlone judges a slot by its own datum and, where that decides nothing, by
// its parts or by what it depends on.
func (y *Yardstick) judgeAlone(ind *Indicator, slot int, c *CommuneFacts) Outcome {
	m, d := &y.Marks[slot], &c.Data[slot]
	if o, done := y.settled(ind, m, d); done {
		return o
	}
	if len(ind.Parts) > 0 {
		return y.judgeParts(ind, c)
	}
	if ind.Kind == Depends && (!d.Known() || m.tooOld(d)) {
		return y.judgeDerived(ind, c)
	}
	o := y.judgeValue(ind, m, d, c)
	o.Notes |= y.notes(m, d)
	return o
}

// settled answers what needs no comparison: nothing reported, refused, too old,
// not applicable, or a direct đạt / chưa đạt.
func (y *Yardstick) settled(ind *Indicator, m *Mark, d *Datum) (Outcome, bool) {
	indirect := ind.Kind == Depends || len(ind.Parts) > 0
	switch {
	case d.State == Faulty:
		return Outcome{Reason: ReasonFaulty}, true
	case !d.Known():
		return Outcome{Reason: ReasonNoData}, !indirect
	case m.tooOld(d):
		return Outcome{Reason: ReasonTooOld}, !indirect
	case d.State == NotApplying:
		return Outcome{Verdict: NotApplicable, Reason: ReasonNotApplying}, true
	case d.State == SaidMet && m.Basis == NoBasis && ind.Kind == YesNo:
		return Outcome{Reason: ReasonNoThreshold}, true
	case d.State == SaidMet:
		return Outcome{Verdict: Met, Reason: ReasonSaid, Notes: y.notes(m, d)}, true
	case d.State == SaidUnmet:
		return Outcome{Verdict: Unmet, Reason: ReasonSaid, Notes: y.notes(m, d)}, true
	}
	return Outcome{}, false
}

// notes are the remarks that hold whatever the comparison gives; without a
// threshold there is nothing to remark.
func (y *Yardstick) notes(m *Mark, d *Datum) Note {
	var n Note
	if m.open {
		n |= NoteUnverified
	}
	if m.Basis == NoBasis {
		return n
	}
	if m.Reference {
		n |= NoteReference
	}
	if d.Known() && d.Period.Year() < y.year {
		n |= NoteEarlierYear
	}
	return n
}

func (y *Yardstick) judgeValue(ind *Indicator, m *Mark, d *Datum, c *CommuneFacts) Outcome {
	switch {
	case len(m.Cases) > 0:
		return y.judgeCases(ind, m, d, c)
	case ind.Kind == ShareOf:
		return judgeShareOf(ind, m, d)
	case m.Basis == NoBasis:
		return Outcome{Reason: ReasonNoThreshold}
	case ind.Kind == BySex:
		return judgeBySex(ind, m, d)
	}
	return judgeTotal(ind, m, d)
}

// judgeTotal compares the datum's own value with the threshold. A share that
// came as numerator and denominator is compared exactly, without rounding.
func judgeTotal(ind *Indicator, m *Mark, d *Datum) Outcome {
	if !d.HasValue {
		return Outcome{Reason: ReasonNoData}
	}
	return compared(ind.Comparator, d.Value, d.total(), m.Value)
}

// compared compares a value, or exactly the fraction it was rounded from. The
// margin of a fraction that differs by less than a ten-thousandth is that.
func compared(c Comparator, value Number, of Fraction, threshold Number) Outcome {
	cmp, margin := compareNumbers(value, threshold), value-threshold
	if of.Given() {
		cmp = of.ComparePercent(threshold)
		if margin == 0 {
			margin = Number(cmp)
		}
	}
	o := Outcome{Verdict: Unmet, Reason: ReasonCompared, HasMargin: true, Margin: margin}
	if c.Holds(cmp) {
		o.Verdict = Met
	}
	if c == AtMost || (c == Equal && margin > 0) {
		o.Margin = -margin
	}
	return o
}

// judgeBySex wants men and women to pass each; only the total is judged as it
// is, and the trace says so; one sex alone is unknown.
func judgeBySex(ind *Indicator, m *Mark, d *Datum) Outcome {
	x := d.Extra
	switch {
	case x == nil || (!x.HasMale && !x.HasFemale):
		o := judgeTotal(ind, m, d)
		if o.Reason == ReasonCompared {
			o.Notes |= NoteTotalOnly
		}
		return o
	case !x.HasMale || !x.HasFemale:
		return Outcome{Reason: ReasonOneSex}
	}
	male := compared(ind.Comparator, x.Male, x.MaleOf, m.Value)
	female := compared(ind.Comparator, x.Female, x.FemaleOf, m.Value)
	return worse(male, female)
}

// worse keeps the outcome that decides when both must pass.
func worse(a, b Outcome) Outcome {
	out := a
	if b.Margin < a.Margin || (b.Verdict == Unmet && a.Verdict != Unmet) {
		out = b
	}
	out.Verdict = And(a.Verdict, b.Verdict)
	return out
}

// judgeShareOf wants the share and its of-which share to pass each. The
// of-which share alone decides only when it fails.
func judgeShareOf(ind *Indicator, m *Mark, d *Datum) Outcome {
	o := Outcome{Reason: ReasonNoThreshold}
	if m.Basis != NoBasis {
		o = judgeTotal(ind, m, d)
	}
	total := o.Reason == ReasonCompared
	if d.Extra == nil || !d.Extra.HasShare {
		if total {
			o.Notes |= NoteTotalOnly
		}
		return o
	}
	if m.Sub == nil || m.Sub.Basis == NoBasis {
		if o.Verdict == Met {
			o = Outcome{Reason: ReasonSubUnknown}
		}
		return o
	}
	sub := compared(ind.Of.Comparator, d.Extra.Share, Fraction{}, m.Sub.Value)
	switch {
	case total:
		o = worse(o, sub)
	case sub.Verdict == Unmet:
		o = sub
		o.Reason = ReasonSubOnly
	case !d.HasValue:
		return Outcome{Reason: ReasonSubOnly}
	default:
		return o
	}
	if m.Sub.Reference {
		o.Notes |= NoteReference
	}
	return o
}

// judgeCases judges a part whose threshold hangs on another part: when that
// part is not known, the verdict stands only if every case gives it.
func (y *Yardstick) judgeCases(ind *Indicator, m *Mark, d *Datum, c *CommuneFacts) Outcome {
	if !d.HasValue {
		return Outcome{Reason: ReasonNoData}
	}
	chosen, known := y.chosenCase(m, c)
	if known && chosen < 0 {
		return Outcome{Reason: ReasonNoThreshold}
	}
	var out Outcome
	for i, t := range m.Cases {
		if known && i != chosen {
			continue
		}
		o := compared(ind.Comparator, d.Value, d.total(), t.Value)
		switch {
		case known:
			return o
		case i > 0 && o.Verdict != out.Verdict:
			return Outcome{Reason: ReasonCaseUnknown}
		case i == 0 || o.Margin < out.Margin:
			out = o
		}
	}
	out.Notes |= NoteAnyCase
	return out
}

// chosenCase gives the index of the case that the commune's data pick, -1 when
// none holds; known is false while the part the cases hang on is not known.
func (y *Yardstick) chosenCase(m *Mark, c *CommuneFacts) (chosen int, known bool) {
	for i, t := range m.Cases {
		other := &c.Data[t.When.slot]
		if !other.Known() || !other.HasValue || y.Marks[t.When.slot].tooOld(other) {
			continue
		}
		if known = true; t.When.holds(other.Value) {
			return i, true
		}
	}
	return -1, known
}

// tooOld reports whether the datum's period ended longer ago than allowed.
func (m *Mark) tooOld(d *Datum) bool {
	return m.oldest != day.None && d.Period.Year() <= m.oldYear && d.Period.Last() < m.oldest
}
