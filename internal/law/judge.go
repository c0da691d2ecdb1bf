package law

import "giuchuan/internal/kernel/day"

// judge gives the outcome of one slot of a commune.
func (y *Yardstick) judge(slot int, c *CommuneFacts) Outcome {
	ind, d := y.Set.At(slot), &c.Data[slot]
	m := &y.Marks[slot]
	if o, done := y.settled(ind, m, d); done {
		return o
	}
	switch ind.Kind {
	case Compound, Scored:
		if len(ind.Parts) > 0 {
			return y.judgeParts(ind, c)
		}
	case Depends:
		if !d.Known() || y.tooOld(slot, d) {
			return y.judgeDerived(slot, c)
		}
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
	case d.Period.Last() < m.oldest:
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

// notes are the remarks that hold whatever the comparison gives.
func (y *Yardstick) notes(m *Mark, d *Datum) Note {
	var n Note
	if m.Reference && m.Basis != NoBasis {
		n |= NoteReference
	}
	if m.Verified == nil {
		n |= NoteUnverified
	}
	if d.Known() && d.Period.Year() < y.On.Year() {
		n |= NoteEarlierYear
	}
	return n
}

func (y *Yardstick) judgeValue(ind *Indicator, m *Mark, d *Datum, c *CommuneFacts) Outcome {
	switch {
	case len(m.Cases) > 0:
		return y.judgeCases(ind, m, d, c)
	case m.Basis == NoBasis:
		return Outcome{Reason: ReasonNoThreshold}
	case ind.Kind == BySex:
		return judgeBySex(ind, m, d)
	case ind.Kind == ShareOf:
		return judgeShareOf(ind, m, d)
	}
	return judgeTotal(ind, m, d)
}

// judgeTotal compares the datum's own value with the threshold. A share that
// came as numerator and denominator is compared exactly, without rounding.
func judgeTotal(ind *Indicator, m *Mark, d *Datum) Outcome {
	if !d.HasValue {
		return Outcome{Reason: ReasonNoData}
	}
	var total Fraction
	if d.Extra != nil {
		total = d.Extra.Total
	}
	return compared(ind.Comparator, d.Value, total, m.Value)
}

func compared(c Comparator, value Number, of Fraction, threshold Number) Outcome {
	cmp := compareNumbers(value, threshold)
	if of.Given() {
		cmp = of.ComparePercent(threshold)
	}
	o := Outcome{Verdict: Unmet, Reason: ReasonCompared, HasMargin: true, Margin: value - threshold}
	if c.Holds(cmp) {
		o.Verdict = Met
	}
	switch {
	case c == AtMost:
		o.Margin = -o.Margin
	case c == Equal && o.Margin > 0:
		o.Margin = -o.Margin
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

// judgeShareOf wants the share and its of-which share to pass each.
func judgeShareOf(ind *Indicator, m *Mark, d *Datum) Outcome {
	o := judgeTotal(ind, m, d)
	if o.Reason != ReasonCompared {
		return o
	}
	if d.Extra == nil || !d.Extra.HasShare {
		o.Notes |= NoteTotalOnly
		return o
	}
	if m.Sub == nil || m.Sub.Basis == NoBasis {
		if o.Verdict == Met {
			o = Outcome{Reason: ReasonSubUnknown}
		}
		return o
	}
	return worse(o, compared(ind.Of.Comparator, d.Extra.Share, Fraction{}, m.Sub.Value))
}

// judgeCases judges a part whose threshold hangs on another part: when that
// part is not known, the verdict stands only if every case gives it.
func (y *Yardstick) judgeCases(ind *Indicator, m *Mark, d *Datum, c *CommuneFacts) Outcome {
	if !d.HasValue {
		return Outcome{Reason: ReasonNoData}
	}
	var out Outcome
	for i, t := range m.Cases {
		other := &c.Data[t.When.slot]
		one := *m
		one.Value = t.Value
		o := judgeTotal(ind, &one, d)
		switch {
		case other.Known() && other.HasValue && !y.tooOld(t.When.slot, other):
			if t.When.holds(other.Value) {
				return o
			}
		case i == 0 || out.Verdict == o.Verdict:
			if i == 0 || o.Margin < out.Margin {
				out = o
			}
		default:
			return Outcome{Reason: ReasonPartsUnknown}
		}
	}
	if out.Reason == ReasonNone {
		out.Reason = ReasonNoThreshold
	}
	return out
}

func (y *Yardstick) tooOld(slot int, d *Datum) bool {
	return y.Marks[slot].oldest != day.None && d.Period.Last() < y.Marks[slot].oldest
}

// chosenCase gives the case that the commune's data pick, nil while unknown.
func (y *Yardstick) chosenCase(m *Mark, c *CommuneFacts) *Threshold {
	for _, t := range m.Cases {
		if other := &c.Data[t.When.slot]; other.Known() && other.HasValue && t.When.holds(other.Value) {
			return t
		}
	}
	return nil
}
