package dossier

import (
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/view/overview"
)

// Sheet is a commune's standing on one set.
type Sheet struct {
	Set        *law.Set
	Situation  review.Situation
	Trust      overview.Trust
	Met, Total int
	Unmet      []string // codes of criteria
	Unknown    []string
	Sentence   string // the revocation test in words, "" when nothing has to be said
	Possible   int    // criteria that are unmet or unknown
	Limits     []Limit
	Cores      []string // codes of the core criteria
	Criteria   []Criterion
	Outlook    []string // early warnings
	Warnings   []string
	Banner     bool
	Period     string // of the latest datum in use
}

// Limit is where a clause of the revocation rule begins.
type Limit struct {
	From int    // unmet criteria
	Text string // the clause in the words of the law
	Core bool   // only with a core criterion among them
}

// Criterion is one criterion of a sheet.
type Criterion struct {
	Code, Name string
	Lead       string
	Core, Soft bool
	Verdict    law.Verdict
	Trust      overview.Trust
	Indicators []Indicator
	Ticked     bool
}

// Indicator is one indicator with why it stands as it does.
type Indicator struct {
	law.Trace
	Requirement string
	Trust       overview.Trust
	Unverified  bool
	Citation    string
	History     []law.Datum // what was reported, oldest first
	Ticked      bool
}

// Open reports whether something of a criterion may be assumed to be met.
func (c *Criterion) Open() bool { return open(c.Verdict) }

// Split tells the indicators that need a look from the others. Where nothing at
// all was reported, none needs one.
func (c *Criterion) Split() (look, rest []*Indicator) {
	silent := true
	for i := range c.Indicators {
		silent = silent && c.Indicators[i].Outcome.Reason == law.ReasonNoData
	}
	for i := range c.Indicators {
		if ind := &c.Indicators[i]; open(ind.Outcome.Verdict) && !silent {
			look = append(look, ind)
		} else {
			rest = append(rest, ind)
		}
	}
	return look, rest
}

// History gives what was reported of a slot, oldest first; nil = not asked.
type History func(slot int) []law.Datum

// NewSheet makes the sheet of a commune of an assessment; ticked are the codes
// that Thử xem assumes to be met.
func NewSheet(a *review.Assessment, row int, history History, ticked []string) *Sheet {
	s := &a.Standing.Communes[row]
	out := &Sheet{
		Set: a.Set, Situation: review.SituationOf(s), Trust: overview.StandingTrust(a, row),
		Met: s.Counts.Met + s.Counts.NotApplicable, Total: len(s.Criteria), Possible: s.Counts.Unmet + s.Counts.Unknown,
		Unmet: a.Criteria(row, law.Unmet), Unknown: a.Criteria(row, law.Unknown),
		Sentence: a.RevocationSentence(row), Warnings: a.Warnings, Banner: a.Illustrative,
	}
	out.limits(a.Set)
	one := overview.Pick(a, []int{row})
	for _, r := range one.AtRisk() {
		ind := a.Set.At(r.Slot)
		out.Outlook = append(out.Outlook, ind.Code+" "+ind.Name+": năm "+itoa(a.On.Year()+1)+" cần "+r.Demand+", hiện "+one.Explain(0, r.Slot).Value)
	}
	for at := range a.Set.Criteria {
		c := &a.Set.Criteria[at]
		crit := Criterion{
			Code: c.Code, Name: c.Name, Lead: c.Lead, Core: c.Core, Soft: c.Soft, Verdict: s.Criteria[at],
			Trust: overview.TrustOf(a, row, at), Ticked: slices.Contains(ticked, c.Code),
		}
		for slot := c.First; slot < c.End; slot++ {
			ind := newIndicator(a, row, slot, history)
			ind.Ticked = slices.Contains(ticked, ind.Code)
			crit.Indicators = append(crit.Indicators, ind)
			if ind.Period > out.Period {
				out.Period = ind.Period
			}
		}
		out.Criteria = append(out.Criteria, crit)
	}
	return out
}

// limits says where the clauses of the revocation rule begin.
func (s *Sheet) limits(set *law.Set) {
	for i := range set.Criteria {
		if set.Criteria[i].Core {
			s.Cores = append(s.Cores, set.Criteria[i].Code)
		}
	}
	if set.Revocation == nil {
		return
	}
	for i := range set.Revocation.Clauses {
		c := &set.Revocation.Clauses[i]
		from := (c.AtLeast.Num*len(set.Criteria) + c.AtLeast.Den - 1) / c.AtLeast.Den
		s.Limits = append(s.Limits, Limit{from, c.Text, c.NeedsCore})
	}
}

func newIndicator(a *review.Assessment, row, slot int, history History) Indicator {
	t := a.Explain(row, slot)
	known, verified := a.Standing.Communes[row].Yardstick.Verified(slot)
	ind := Indicator{
		Trace: t, Requirement: requirement(a.Set.At(slot), &t), Trust: overview.TrustOfSlot(a, row, slot), Unverified: known && !verified,
		Citation: strings.TrimSuffix(t.Instrument+", "+t.Article, ", "),
	}
	if history != nil {
		ind.History = history(slot)
	}
	return ind
}

// requirement is the threshold as a demand: "≥ 90 %".
func requirement(ind *law.Indicator, t *law.Trace) string {
	switch {
	case t.ThresholdNumber != nil && ind.Kind != law.Depends:
		return ind.Requirement(*t.ThresholdNumber)
	case t.Threshold != "":
		return t.Threshold
	case len(ind.Parts) > 0:
		return "đạt các phần"
	case t.Basis == law.NoBasis:
		return "chưa có mức do tỉnh quy định"
	}
	return "đạt"
}

// Spark is a line of the numbers of an indicator over time, and the same in
// words, in which a number that stood for several periods in a row is said once;
// ok is false with fewer than two.
func (i *Indicator) Spark() (values []law.Number, words string, ok bool) {
	values = make([]law.Number, 0, len(i.History))
	var said []byte
	var from, to day.Period // of the number that was said last
	for k := range i.History {
		d := &i.History[k]
		v, has := d.Value, d.HasValue
		if !has && d.Extra != nil && d.Extra.Total.Given() {
			v, has = d.Extra.Total.Percent(), true
		}
		if !has {
			continue
		}
		n := len(values)
		values = append(values, v)
		switch {
		case n == 0:
			from = d.Period
		case values[n-1] != v || to.Next() != d.Period:
			said = append(append(said, during(from, to, values[n-1])...), "; "...)
			from = d.Period
		}
		to = d.Period
	}
	if n := len(values); n > 0 {
		said = append(said, during(from, to, values[n-1])...)
	}
	return values, string(said), len(values) > 1
}

// during says a number that stood from a period to another.
func during(from, to day.Period, v law.Number) string {
	if from == to {
		return from.Vietnamese() + ": " + v.Vietnamese()
	}
	return "từ " + from.Vietnamese() + " đến " + to.Vietnamese() + ": " + v.Vietnamese()
}

func itoa(n int) string { return strconv.Itoa(n) }
