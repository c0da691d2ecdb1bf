package law_test

import (
	"slices"
	"strconv"

	"pgregory.net/rapid"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
)

// anyDatum draws what may be known of an indicator in October 2024: nothing,
// an answer, a figure near its thresholds, alone or with its details.
func anyDatum(t *rapid.T, ind *law.Indicator) law.Datum {
	d := law.Datum{
		State:      law.Given,
		Provenance: law.Provenance(rapid.IntRange(0, 3).Draw(t, "provenance")),
		Period:     year(rapid.IntRange(2020, 2024).Draw(t, "year")),
	}
	figure := func(label string) law.Number {
		base := law.Number(rapid.IntRange(0, 100).Draw(t, label)) * law.One
		if len(ind.Values) > 0 && rapid.Bool().Draw(t, "near") {
			base = rapid.SampledFrom(ind.Values).Draw(t, "threshold").Value + law.Number(rapid.IntRange(-1, 1).Draw(t, "by"))
		}
		return max(0, base)
	}
	switch rapid.IntRange(0, 9).Draw(t, "state") {
	case 0:
		return law.Datum{}
	case 1:
		d.State = rapid.SampledFrom([]law.State{law.Faulty, law.Withdrawn}).Draw(t, "refused")
		return d
	case 2:
		if ind.IfAny {
			d.State = law.NotApplying
			return d
		}
	}
	if ind.Kind == law.YesNo || ind.Kind == law.Depends || len(ind.Parts) > 0 {
		d.State = rapid.SampledFrom([]law.State{law.SaidMet, law.SaidUnmet}).Draw(t, "answer")
		return d
	}
	d.HasValue, d.Value = true, figure("value")
	if rapid.Bool().Draw(t, "details") {
		d.Extra = &law.Extra{HasMale: true, Male: figure("male"), HasFemale: rapid.Bool().Draw(t, "both"), Female: figure("female")}
		if ind.Of != nil {
			d.Extra = &law.Extra{HasShare: true, Share: figure("share")}
		}
	}
	return d
}

// anyCommune draws a commune of any region and what is known of it.
func anyCommune(t *rapid.T, s *law.Set, id string) law.CommuneFacts {
	c := law.CommuneFacts{ID: id, Areas: []string{id, "tinh"}, Data: make([]law.Datum, s.Slots())}
	c.Class = law.Class{Region: law.Region(rapid.IntRange(1, 7).Draw(t, "region")), Special: rapid.Bool().Draw(t, "special")}
	for i := range c.Data {
		c.Data[i] = anyDatum(t, s.At(i))
	}
	return c
}

func anyFacts(t *rapid.T, s *law.Set) *law.Facts {
	facts := &law.Facts{On: october}
	for i := range rapid.IntRange(1, 3).Draw(t, "communes") {
		facts.Communes = append(facts.Communes, anyCommune(t, s, "xa"+strconv.Itoa(i)))
	}
	return facts
}

// anyDecisions draws values of a province in force in October 2024.
func anyDecisions(t *rapid.T, s *law.Set) *law.Decisions {
	dec := &law.Decisions{}
	for range rapid.IntRange(0, 6).Draw(t, "decisions") {
		ind := s.At(rapid.IntRange(0, s.Slots()-1).Draw(t, "slot"))
		if len(ind.Parts) > 0 || ind.Kind == law.YesNo || ind.DependsOn != nil {
			continue
		}
		dec.Values = append(dec.Values, law.Decision{
			Set: s.ID, Indicator: ind.Code, Sub: ind.Of != nil && rapid.Bool().Draw(t, "sub"),
			Value: law.Number(rapid.IntRange(0, 100).Draw(t, "value")) * law.One, Province: "tinh",
			Area: rapid.SampledFrom([]string{"", "xa0", "xa1"}).Draw(t, "area"),
			Year: rapid.SampledFrom([]int{0, 2024}).Draw(t, "for"), From: day.None, Until: day.Forever,
			Number: "1/QĐ-UBND", Issued: day.Of(2022, 9, rapid.IntRange(1, 28).Draw(t, "issued")),
		})
	}
	return dec
}

// told is everything that a person is told of a standing.
func told(standing *law.Standing, facts *law.Facts) []string {
	var out []string
	for i := range standing.Communes {
		c := &standing.Communes[i]
		for j := range c.Indicators {
			trace := law.Explain(c, &facts.Communes[i], j)
			out = append(out, c.ID+" "+trace.Code+" "+trace.Outcome.Verdict.String()+" "+trace.Threshold+" "+trace.Sentence()+" "+trace.Instrument)
		}
		for j, v := range c.Criteria {
			out = append(out, c.ID+" "+standing.Set.Criteria[j].Code+" "+v.String())
		}
		out = append(out, c.ID+" "+law.ClauseCode(c.Revocation.Certain)+" "+law.ClauseCode(c.Revocation.Possible))
	}
	slices.Sort(out)
	return out
}

// firstDifference is the first line in which two tellings differ.
func firstDifference(a, b []string) string {
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return a[i] + "\nbecame\n" + b[min(i, len(b)-1)]
		}
	}
	return ""
}
