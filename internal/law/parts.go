package law

// judgeParts judges a compound or scored indicator by its parts: all parts that
// are set in the region must pass.
func (y *Yardstick) judgeParts(ind *Indicator, c *CommuneFacts) Outcome {
	out := Outcome{Verdict: NotApplicable, Reason: ReasonParts}
	any := false
	for _, slot := range ind.Parts {
		part := y.Set.At(slot)
		if part.Unjudged || y.Marks[slot].Skip {
			continue
		}
		o := y.judgePart(part, slot, c)
		any = any || o.Reason != ReasonNoData
		out.Verdict = And(out.Verdict, o.Verdict)
		out.Notes |= o.Notes
	}
	switch {
	case out.Verdict != Unknown:
	case !any && !y.anyPart(ind, c):
		out.Reason = ReasonNoData
	default:
		out.Reason = ReasonPartsUnknown
	}
	return out
}

func (y *Yardstick) anyPart(ind *Indicator, c *CommuneFacts) bool {
	for _, slot := range ind.Parts {
		if c.Data[slot].Known() {
			return true
		}
	}
	return false
}

// judgePart judges one part. The total of a scored indicator may be the sum of
// its scores when it was not reported itself; a score must reach the threshold,
// a percentage of its maximum.
func (y *Yardstick) judgePart(part *Indicator, slot int, c *CommuneFacts) Outcome {
	d, m := &c.Data[slot], &y.Marks[slot]
	if part.MaxScore > 0 {
		return y.judgeScore(part, m, d)
	}
	if part.Kind == Scored && !d.Known() {
		if sum, ok := y.sumScores(part, c); ok {
			return compared(part.Comparator, sum, Fraction{}, m.Value)
		}
	}
	return y.judge(slot, c)
}

func (y *Yardstick) judgeScore(part *Indicator, m *Mark, d *Datum) Outcome {
	if o, done := y.settled(part, m, d); done {
		return o
	}
	if m.Basis == NoBasis {
		return Outcome{Reason: ReasonNoThreshold}
	}
	share := Fraction{Num: d.Value, Den: part.MaxScore}
	o := compared(part.Comparator, share.Percent(), share, m.Value)
	o.Notes |= y.notes(m, d)
	return o
}

// sumScores adds the scores beside a total; ok only when all are known.
func (y *Yardstick) sumScores(total *Indicator, c *CommuneFacts) (Number, bool) {
	var sum Number
	found := false
	for _, slot := range y.Set.At(total.Parent).Parts {
		if y.Set.At(slot).MaxScore == 0 {
			continue
		}
		d := &c.Data[slot]
		if !d.Known() || !d.HasValue || y.tooOld(slot, d) {
			return 0, false
		}
		sum += d.Value
		found = true
	}
	return sum, found
}

// judgeDerived judges a Depends indicator by what the caller derived for it.
func (y *Yardstick) judgeDerived(slot int, c *CommuneFacts) Outcome {
	for i := range c.Derived {
		v := &c.Derived[i]
		if v.Slot != slot {
			continue
		}
		o := Outcome{Verdict: v.Verdict, Reason: ReasonDerived}
		if v.HasValue {
			o = compared(AtLeast, v.Value, Fraction{}, y.derivedThreshold(slot, v))
			o.Reason = ReasonDerived
		}
		if v.Verdict == Unknown {
			o.Reason = ReasonNotDerived
		}
		if y.Marks[slot].Verified == nil {
			o.Notes |= NoteUnverified
		}
		return o
	}
	if c.Data[slot].Known() {
		return Outcome{Reason: ReasonTooOld}
	}
	return Outcome{Reason: ReasonNoData}
}

// derivedThreshold is the amount the province set, or else the one derived.
func (y *Yardstick) derivedThreshold(slot int, v *Derived) Number {
	if d := y.Marks[slot].Absolute; d != nil {
		return d.Value
	}
	return v.Threshold
}
