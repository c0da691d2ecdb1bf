package law

import (
	"strings"

	"giuchuan/internal/kernel/day"
)

// Trace is the explanation of one verdict: căn cứ đánh giá, "Vì sao?".
type Trace struct {
	Code, Name                   string
	Outcome                      Outcome
	Reason                       string   // one Vietnamese sentence
	Notes                        []string // remarks: mức tham khảo, số liệu của năm trước, chưa đối chiếu …
	Value                        string   // as people read it, "" when there is none
	Threshold                    string
	Comparator                   Comparator
	Unit                         string
	Basis                        Basis
	Instrument                   string // number of the instrument or decision
	Article                      string
	Published                    string // instrument that publishes the value, where it is another
	Origin                       string // where the shipped figure was seen
	Verified                     *Verification
	Illustrative                 bool
	Missing                      string // "còn thiếu 8 người"
	Period                       string // of the datum, "" when there is none
	Provenance                   string
	Parts                        []Trace
	Outlook                      string  // what changes with the next year's threshold, "" when nothing
	ValueNumber, ThresholdNumber *Number // nil for words and for nothing
}

// Explain builds the trace of one slot of a commune that was evaluated with dec.
func Explain(c *CommuneStanding, facts *CommuneFacts, slot int) Trace {
	y := c.Yardstick
	x := explainer{y: y, facts: facts, ind: y.Set.At(slot), mark: &y.Marks[slot], datum: &facts.Data[slot]}
	return x.trace(c.Indicators[slot])
}

type explainer struct {
	y     *Yardstick
	facts *CommuneFacts
	ind   *Indicator
	mark  *Mark
	datum *Datum
}

func (x *explainer) trace(o Outcome) Trace {
	t := Trace{
		Code: x.ind.Code, Name: x.ind.Name, Outcome: o,
		Comparator: x.ind.Comparator, Unit: x.ind.Unit,
	}
	x.cite(&t)
	x.describeValue(&t)
	x.describeThreshold(&t)
	if x.datum.Known() {
		t.Period = x.datum.Period.Vietnamese()
		t.Provenance = x.datum.Provenance.Vietnamese()
	}
	if o.Reason == ReasonParts || o.Reason == ReasonPartsUnknown {
		t.Parts = x.parts()
	}
	t.Missing = x.missing(o)
	t.Reason = x.reason(&t)
	t.Notes = x.notes(o)
	return t
}

// cite names the text the threshold rests on.
func (x *explainer) cite(t *Trace) {
	m := x.mark
	t.Basis, t.Verified = m.Basis, m.Verified
	if m.Decision != nil {
		t.Instrument, t.Article = m.Decision.Number, m.Decision.Article
		t.Illustrative = m.Decision.Illustrative
		return
	}
	src := x.ind.Source
	if m.Threshold != nil {
		src = m.Threshold.Source
	}
	t.Instrument, t.Article, t.Origin = x.number(src.Instrument), src.Article, src.Origin
	if x.ind.Published != "" && x.ind.Published != src.Instrument {
		t.Published = x.number(x.ind.Published)
	}
}

func (x *explainer) number(id string) string {
	if i := x.y.Set.Instruments[id]; i != nil {
		return i.Number
	}
	return id
}

func (x *explainer) describeValue(t *Trace) {
	d := x.datum
	switch {
	case d.State == SaidMet || d.State == SaidUnmet || d.State == NotApplying:
		t.Value = map[State]string{SaidMet: "đạt", SaidUnmet: "chưa đạt", NotApplying: "không áp dụng"}[d.State]
	case d.State == Given && d.HasValue:
		t.Value = x.format(d.Value)
		if len(x.ind.Levels) == 0 {
			t.ValueNumber = &d.Value
		}
	case d.Known() && d.Extra != nil && (d.Extra.HasMale || d.Extra.HasFemale):
		v := x.deciding()
		t.Value, t.ValueNumber = x.format(v), &v
	case x.ind.Kind == Depends:
		x.describeDerived(t)
	}
}

// deciding is the figure of the sex that decides.
func (x *explainer) deciding() Number {
	e := x.datum.Extra
	if !e.HasFemale || (e.HasMale && x.worseThan(e.Male, e.Female)) {
		return e.Male
	}
	return e.Female
}

func (x *explainer) worseThan(a, b Number) bool {
	if x.ind.Comparator == AtMost {
		return a > b
	}
	return a < b
}

func (x *explainer) describeDerived(t *Trace) {
	for i := range x.facts.Derived {
		v := &x.facts.Derived[i]
		if v.Slot != x.ind.Slot || !v.HasValue {
			continue
		}
		threshold := x.y.derivedThreshold(x.ind.Slot, v)
		t.ValueNumber, t.ThresholdNumber = &v.Value, &threshold
		t.Value, t.Threshold = v.Value.Vietnamese(), threshold.Vietnamese()
		t.Basis = Derivation
		if base := x.y.Marks[x.ind.Slot].Absolute; base != nil {
			t.Instrument, t.Article, t.Verified = base.Number, base.Article, base.Verified
		}
	}
}

func (x *explainer) describeThreshold(t *Trace) {
	m := x.mark
	value := m.Value
	if len(m.Cases) > 0 {
		c := x.y.chosenCase(m, x.facts)
		if c == nil {
			return
		}
		value = c.Value
	}
	switch {
	case t.Threshold != "" || m.Basis == NoBasis || (len(x.ind.Parts) > 0):
	case x.ind.Kind == YesNo || (x.ind.Kind == Depends && x.ind.Unit == ""):
		t.Threshold = "đạt"
	case len(x.ind.Levels) > 0:
		t.Threshold = x.format(value)
	default:
		t.Threshold, t.ThresholdNumber = x.format(value), &value
	}
}

// format writes a value of the indicator: a level's word, or the figure.
func (x *explainer) format(n Number) string {
	if i := int(n / One); len(x.ind.Levels) > 0 && i >= 0 && i < len(x.ind.Levels) {
		return x.ind.Levels[i]
	}
	return n.Vietnamese()
}

func (x *explainer) parts() []Trace {
	var out []Trace
	for _, slot := range x.ind.Parts {
		p := &explainer{y: x.y, facts: x.facts, ind: x.y.Set.At(slot), mark: &x.y.Marks[slot], datum: &x.facts.Data[slot]}
		if p.mark.Skip {
			continue
		}
		o := Outcome{Verdict: NotApplicable, Reason: ReasonNone}
		if !p.ind.Unjudged {
			o = x.y.judgePart(p.ind, slot, x.facts)
		}
		out = append(out, p.trace(o))
	}
	return out
}

// missing says the distance in things where numerator and denominator are known.
func (x *explainer) missing(o Outcome) string {
	e := x.datum.Extra
	if o.Verdict != Unmet || o.Reason != ReasonCompared || e == nil || x.ind.Comparator == Equal {
		return ""
	}
	things := x.ind.Things
	if things == "" {
		things = "đơn vị"
	}
	word := "còn thiếu "
	if x.ind.Comparator == AtMost {
		word = "còn vượt "
	}
	var out []string
	add := func(f Fraction, who string) {
		if !f.Given() {
			return
		}
		if n := f.Missing(x.mark.Value, x.ind.Comparator == AtMost); n > 0 {
			out = append(out, word+n.Vietnamese()+" "+things+who)
		}
	}
	if e.HasMale && e.HasFemale {
		add(e.MaleOf, " nam")
		add(e.FemaleOf, " nữ")
	} else {
		add(e.Total, "")
	}
	return strings.Join(out, ", ")
}

// Next gives the threshold that will apply to a slot at a later day and whether
// the datum would still pass it; ok is false when nothing changes.
func Next(c *CommuneStanding, dec *Decisions, facts *CommuneFacts, slot int, on day.Day) (Number, Verdict, bool) {
	y := c.Yardstick
	later := NewYardstick(y.Set, dec, on, facts)
	m := &later.Marks[slot]
	if m.Basis == NoBasis || m.Value == y.Marks[slot].Value || !facts.Data[slot].HasValue {
		return 0, Unknown, false
	}
	m.oldest = day.None
	return m.Value, later.judge(slot, facts).Verdict, true
}
