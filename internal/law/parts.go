package law

// judgeParts judges a compound or scored indicator by its parts: all parts that
// are set in the region must pass.
func (y *Yardstick) judgeParts(ind *Indicator, c *CommuneFacts) Outcome {
	out := Outcome{Verdict: NotApplicable, Reason: ReasonParts}
	known := false
	for _, slot := range ind.Parts {
		o := y.judgePart(y.Set.At(slot), slot, c)
		known = known || c.Data[slot].Known()
		out.Verdict = And(out.Verdict, o.Verdict)
		out.Notes |= o.Notes &^ NoteAnyCase
	}
	switch {
	case out.Verdict != Unknown:
	case known:
		out.Reason = ReasonPartsUnknown
	case c.Data[ind.Slot].Known(): // a direct answer that settles nothing is too old
		out.Reason = ReasonTooOld
	default:
		out.Reason = ReasonNoData
	}
	return out
}

// judgePart judges one part. The total of a scored indicator may be the sum of
// its scores when it was not reported itself.
func (y *Yardstick) judgePart(part *Indicator, slot int, c *CommuneFacts) Outcome {
	d, m := &c.Data[slot], &y.Marks[slot]
	switch {
	case part.Unjudged:
		return Outcome{Verdict: NotApplicable, Reason: ReasonFeedsCase}
	case m.Skip:
		return Outcome{Verdict: NotApplicable, Reason: ReasonNotInRegion}
	case part.MaxScore > 0:
		return y.judgeScore(part, m, d)
	}
	if sum, ok := y.sumScores(part, c); ok && m.Basis != NoBasis {
		o := compared(part.Comparator, sum, Fraction{}, m.Value)
		o.Notes |= y.notes(m, &Datum{})
		return o
	}
	return y.judgeAlone(part, slot, c)
}

// judgeScore compares a score, exactly, with a percentage of its maximum; the
// margin is in points.
func (y *Yardstick) judgeScore(part *Indicator, m *Mark, d *Datum) Outcome {
	if o, done := y.settled(part, m, d); done {
		return o
	}
	if m.Basis == NoBasis || !d.HasValue {
		return Outcome{Reason: ReasonNoThreshold}
	}
	o := compared(part.Comparator, d.Value, Fraction{}, part.points(m))
	o.Notes |= y.notes(m, d)
	return o
}

// points is the threshold of a score in points, rounded up: m holds a
// percentage of the maximum.
func (ind *Indicator) points(m *Mark) Number {
	return Fraction{Den: ind.MaxScore}.gap(m.Value, false, 1)
}

// sumScores adds the scores beside a total that was not reported itself; ok
// only when all are known.
func (y *Yardstick) sumScores(total *Indicator, c *CommuneFacts) (Number, bool) {
	if d := &c.Data[total.Slot]; total.Kind != Scored || total.Parent < 0 || (d.Known() && !y.Marks[total.Slot].tooOld(d)) {
		return 0, false
	}
	var sum Number
	found := false
	for _, slot := range y.Set.At(total.Parent).Parts {
		if y.Set.At(slot).MaxScore == 0 {
			continue
		}
		d := &c.Data[slot]
		if !d.Known() || !d.HasValue || y.Marks[slot].tooOld(d) {
			return 0, false
		}
		sum += d.Value
		found = true
	}
	return sum, found
}

// judgeDerived judges a Depends indicator by what the caller derived for it.
func (y *Yardstick) judgeDerived(ind *Indicator, c *CommuneFacts) Outcome {
	v := c.derived(ind.Slot)
	switch {
	case v == nil && c.Data[ind.Slot].Known():
		return Outcome{Reason: ReasonTooOld}
	case v == nil:
		return Outcome{Reason: ReasonNoData}
	}
	o := Outcome{Verdict: v.Verdict, Reason: ReasonDerived}
	if threshold, ok := y.derivedThreshold(v); ok {
		o = compared(ind.Comparator, v.Value, Fraction{}, threshold)
		o.Reason = ReasonDerived
	}
	if o.Verdict == Unknown {
		o.Reason = ReasonNotDerived
	}
	if y.Marks[ind.Slot].open {
		o.Notes |= NoteUnverified
	}
	return o
}

// derived finds what the caller derived for a slot, nil when nothing.
func (c *CommuneFacts) derived(slot int) *Derived {
	for i := range c.Derived {
		if c.Derived[i].Slot == slot {
			return &c.Derived[i]
		}
	}
	return nil
}

// derivedThreshold is the amount the province set, or else the one derived; ok
// is false when there is no figure to compare or nothing to compare it with.
func (y *Yardstick) derivedThreshold(v *Derived) (Number, bool) {
	if d := y.Marks[v.Slot].Absolute; d != nil {
		return d.Value, v.HasValue
	}
	return v.Threshold, v.HasValue && v.Verdict != Unknown
}
