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
	Value                        string   // as people read it, "" when there is none; "nam 90, nữ 91" without a total
	Fraction                     string   // what a share was counted from: "3.128/3.484", "" when not given
	Sub                          string   // the of-which share, "" when not given
	Note                         string   // ghi chú of the datum, where the caller has it
	Threshold                    string
	Why                          string // which threshold was chosen and why: "mức của năm 2024, vùng Tây Nguyên"
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
	Feeds                        bool   // a part that only chooses another part's threshold: it has no verdict of its own
	Period                       string // of the datum, "" when there is none
	Age                          string // of the datum at the day: "9 tháng", from the end of its period
	Provenance                   string
	Parts                        []Trace
	ValueNumber, ThresholdNumber *Number // nil for words and for nothing
}

// Explain builds the trace of one slot of a commune that was evaluated.
func Explain(c *CommuneStanding, facts *CommuneFacts, slot int) Trace {
	return newExplainer(c.Yardstick, facts, slot).trace(c.Indicators[slot])
}

type explainer struct {
	y     *Yardstick
	facts *CommuneFacts
	ind   *Indicator
	mark  *Mark // of the chosen case where the threshold has cases
	datum *Datum
	sum   *Number // of the scores, where it stands for a total
}

func newExplainer(y *Yardstick, facts *CommuneFacts, slot int) *explainer {
	x := &explainer{y: y, facts: facts, ind: y.Set.At(slot), mark: &y.Marks[slot], datum: &facts.Data[slot]}
	if chosen, _ := y.chosenCase(x.mark, facts); chosen >= 0 {
		x.mark = x.mark.asCase(chosen)
	}
	if sum, ok := y.sumScores(x.ind, facts); ok {
		x.sum, x.datum = &sum, &Datum{}
	}
	return x
}

func (x *explainer) trace(o Outcome) Trace {
	t := Trace{
		Code: x.ind.Code, Name: x.ind.Name, Outcome: o,
		Comparator: x.ind.Comparator, Unit: x.ind.Unit, Feeds: x.ind.Unjudged,
	}
	if o.Notes&NoteAnyCase != 0 {
		x.mark = x.mark.asCase(x.decidingCase(o))
	}
	x.cite(&t)
	x.describeValue(&t)
	x.describeThreshold(&t)
	x.describeDatum(&t)
	t.Why = x.why(&t)
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
	t.Instrument, t.Article, t.Origin = x.number(src.Instrument), src.Article, src.Seen()
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
	case x.sum != nil:
		t.Value, t.ValueNumber = x.sum.Vietnamese(), x.sum
	case d.State == SaidMet || d.State == SaidUnmet || d.State == NotApplying:
		t.Value = map[State]string{SaidMet: "đạt", SaidUnmet: "chưa đạt", NotApplying: "không áp dụng"}[d.State]
	case d.State == Given && d.HasValue:
		v := d.Value
		t.Value = x.ind.format(shown(v, d.total(), x.mark.Value))
		if len(x.ind.Levels) == 0 {
			t.ValueNumber = &v
		}
	case d.Known() && d.Extra != nil && (d.Extra.HasMale || d.Extra.HasFemale):
		t.Value = x.sexes()
	case x.ind.Kind == Depends:
		x.describeDerived(t)
	}
}

func (x *explainer) describeDerived(t *Trace) {
	v := x.facts.derived(x.ind.Slot)
	if v == nil || !v.HasValue {
		return
	}
	value := v.Value
	t.ValueNumber, t.Value, t.Unit = &value, value.Vietnamese(), v.Unit
	t.Basis = Derivation
	if base := x.mark.Absolute; base != nil {
		t.Instrument, t.Article, t.Verified, t.Illustrative = base.Number, base.Article, base.Verified, base.Illustrative
	}
	if threshold, ok := x.y.derivedThreshold(v); ok {
		t.ThresholdNumber, t.Threshold = &threshold, threshold.Vietnamese()
	}
}

func (x *explainer) describeThreshold(t *Trace) {
	value := x.threshold()
	switch {
	case t.Basis == Derivation || x.mark.Basis == NoBasis || len(x.ind.Parts) > 0 || len(x.mark.Cases) > 0:
	case x.ind.Kind == YesNo || (x.ind.Kind == Depends && x.ind.Unit == ""):
		t.Threshold = "đạt"
	case len(x.ind.Levels) > 0:
		t.Threshold = x.ind.format(value)
	default:
		t.Threshold, t.ThresholdNumber = x.ind.format(value), &value
	}
}

// threshold is the threshold in the indicator's own unit.
func (x *explainer) threshold() Number {
	if x.ind.MaxScore > 0 {
		return x.ind.points(x.mark)
	}
	return x.mark.Value
}

// decidingCase is the case whose margin an outcome has that every case gives.
func (x *explainer) decidingCase(o Outcome) int {
	for i, t := range x.mark.Cases {
		if compared(x.ind.Comparator, x.datum.Value, x.datum.total(), t.Value).Margin == o.Margin {
			return i
		}
	}
	return 0
}

func (x *explainer) parts() []Trace {
	var out []Trace
	for _, slot := range x.ind.Parts {
		o := x.y.judge(slot, x.facts)
		if o.Reason != ReasonNotInRegion {
			out = append(out, newExplainer(x.y, x.facts, slot).trace(o))
		}
	}
	return out
}

// missing says the distance in things where numerator and denominator are known.
func (x *explainer) missing(o Outcome) string {
	e := x.datum.Extra
	if o.Verdict != Unmet || o.Reason != ReasonCompared || e == nil || x.ind.Comparator == Equal {
		return ""
	}
	things, step := x.ind.Things, One
	if things == "" {
		things = "đơn vị"
	}
	if x.ind.measuredThings() {
		step = One / 100
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
		if n := f.gap(x.mark.Value, x.ind.Comparator == AtMost, step); n > 0 {
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

// Next gives the threshold that will apply to a slot at the end of the next
// year and the verdict the same datum would have then; ok is false when nothing
// changes. A datum is not taken for too old. Who asks for many slots or communes
// of one evaluation uses an [Ahead].
func Next(c *CommuneStanding, dec *Decisions, facts *CommuneFacts, slot int) (Number, Verdict, bool) {
	return NewAhead(dec).Next(c, facts, slot)
}

// Ahead answers [Next] for the communes of one evaluation: it resolves the next
// year's thresholds once for all that share theirs now. It serves one goroutine.
type Ahead struct {
	dec   *Decisions
	later map[*Yardstick]*Yardstick
}

// NewAhead takes the decisions that the evaluation was made with.
func NewAhead(dec *Decisions) *Ahead {
	return &Ahead{dec: dec, later: map[*Yardstick]*Yardstick{}}
}

// Next is the function of the same name.
func (a *Ahead) Next(c *CommuneStanding, facts *CommuneFacts, slot int) (Number, Verdict, bool) {
	y := c.Yardstick
	later := a.later[y]
	if later == nil {
		later = NewYardstick(y.Set, a.dec, day.Of(y.year+1, 12, 31), facts)
		a.later[y] = later
	}
	m := &later.Marks[slot]
	if m.Basis == NoBasis || m.Value == y.Marks[slot].Value || !facts.Data[slot].HasValue {
		return 0, Unknown, false
	}
	oldest := m.oldest
	m.oldest = day.None
	v := later.judge(slot, facts).Verdict
	m.oldest = oldest
	return m.Value, v, true
}

// Outlook says what the next year's threshold will make of a datum, "" when
// nothing changes.
func Outlook(c *CommuneStanding, dec *Decisions, facts *CommuneFacts, slot int) string {
	n, v, ok := Next(c, dec, facts, slot)
	if !ok {
		return ""
	}
	y := c.Yardstick
	text := "mức của năm " + itoa(y.year+1) + " là " + y.Set.At(slot).Requirement(n)
	if v == Unknown {
		return text
	}
	return text + ": với số liệu này sẽ " + v.Vietnamese()
}

// Format writes a datum's own value as people read it, "" when it has none.
func (ind *Indicator) Format(d *Datum) string {
	switch d.State {
	case SaidMet:
		return "đạt"
	case SaidUnmet:
		return "chưa đạt"
	case NotApplying:
		return "không áp dụng"
	}
	if !d.HasValue {
		return ""
	}
	return ind.format(d.Value)
}
