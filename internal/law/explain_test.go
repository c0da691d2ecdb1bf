package law_test

import (
	"slices"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
)

func TestThaiSonLacksEightMen(t *testing.T) {
	s := set(t, ntm)
	facts := commune(t, s, october, map[string]law.Entry{"15.1": {
		MaleNumerator: "3.128", MaleDenominator: "3.484", FemaleNumerator: "3.205", FemaleDenominator: "3.520",
	}})
	x := explain(t, s, nil, facts, "15.1")
	if x.Outcome.Verdict != law.Unmet || x.Missing != "còn thiếu 8 người nam" || x.Value != "nam 89,78, nữ 91,05" || x.ValueNumber != nil || x.Fraction != "nam 3.128/3.484, nữ 3.205/3.520" || x.Outcome.Margin.Decimal() != "-0.2181" {
		t.Errorf("%s: %q, value %s, margin %s", x.Outcome.Verdict, x.Missing, x.Value, x.Outcome.Margin)
	}
	want := "nam: 89,78 % < 90 %: chưa đạt; nữ: 91,05 % ≥ 90 %: đạt; còn thiếu 8 người nam; mức đạt chuẩn chưa đối chiếu văn bản gốc"
	if got := x.Sentence(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if x.Period != "năm 2024" || x.Provenance != "xã tự đánh giá" || x.Instrument != "318/QĐ-TTg" || x.Published == "" || x.Threshold != "90" {
		t.Errorf("the trace cites %+v", x)
	}
}

func TestTraceCitesTheDecisionThatDecided(t *testing.T) {
	s := set(t, ntm)
	dec := &law.Decisions{Values: []law.Decision{{
		Set: ntm, Indicator: "2.1", Value: 80 * law.One, Province: "tinh", From: day.None, Until: day.Forever,
		Number: "12/2023/QĐ-UBND", Article: "Điều 2", Illustrative: true,
	}}}
	x := explain(t, s, dec, commune(t, s, october, map[string]law.Entry{"2.1": {Value: "85"}}), "2.1")
	if x.Instrument != "12/2023/QĐ-UBND" || x.Article != "Điều 2" || !x.Illustrative || x.Basis != law.ProvinceDecision || x.ThresholdNumber == nil {
		t.Errorf("%+v", x)
	}
	if x.Outcome.Margin != 5*law.One || x.ValueNumber == nil || *x.ValueNumber != 85*law.One {
		t.Errorf("value %v, margin %s", x.ValueNumber, x.Outcome.Margin)
	}
}

func TestTraceOfPartsLeavesOutWhatTheRegionDoesNotAsk(t *testing.T) {
	s := set(t, ntm)
	facts := commune(t, s, october, map[string]law.Entry{"5.n": {Value: "3"}, "5.b": {Value: "100"}})
	codes := func() []string {
		var out []string
		for _, p := range explain(t, s, nil, facts, "5").Parts {
			out = append(out, p.Code+" "+p.Outcome.Verdict.String())
		}
		return out
	}
	if got, want := codes(), []string{"5.n not_applicable", "5.a unknown", "5.b met"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	facts.Communes[0].Class.Region = law.DBSH
	if got, want := codes(), []string{"5.n not_applicable", "5.b met"}; !slices.Equal(got, want) {
		t.Errorf("in the delta: %v, want %v", got, want)
	}
}

func TestThresholdOfTheChosenCaseIsShown(t *testing.T) {
	s := set(t, ntm)
	for schools, want := range map[string]string{"3": "50", "4": "70", "": ""} {
		entries := map[string]law.Entry{"5.b": {Numerator: "3", Denominator: "5"}, "5.n": {Value: schools}}
		if x := explain(t, s, nil, commune(t, s, october, entries), "5.b"); x.Threshold != want {
			t.Errorf("%s schools: %q, want %q", schools, x.Threshold, want)
		}
	}
}

func TestFormat(t *testing.T) {
	s := set(t, nangCao)
	for code, want := range map[string]string{"5.5": "Khá", "5.3": "2", "10": "2"} {
		d := law.Datum{State: law.Given, HasValue: true, Value: 2 * law.One}
		if got := s.At(slot(t, s, code)).Format(&d); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	for state, want := range map[law.State]string{law.SaidMet: "đạt", law.SaidUnmet: "chưa đạt", law.NotApplying: "không áp dụng", law.Absent: ""} {
		if got := s.At(0).Format(&law.Datum{State: state}); got != want {
			t.Errorf("state %d: %q, want %q", state, got, want)
		}
	}
}

func TestRequirement(t *testing.T) {
	for _, c := range []struct {
		set, code string
		value     law.Number
		want      string
	}{
		{ntm, "15.1", 90 * law.One, "≥ 90 %"},
		{ntm, "11", 13 * law.One, "≤ 13 %"},
		{ntm, "9.1", 0, "= 0 nhà"},
		{ntm, "7", law.One, "đạt"},
		{ntm, "18.4.1", 50 * law.One, "≥ 50 % của 10 điểm"},
		{ntm, "14.1.c", 2 * law.One, "mức độ 2 trở lên"},
		{nangCao, "5.5", 2 * law.One, "xếp loại Khá trở lên"},
		{nangCao, "13.2", law.One, "đạt"},
	} {
		s := set(t, c.set)
		if got := s.At(slot(t, s, c.code)).Requirement(c.value); got != c.want {
			t.Errorf("%s: %q, want %q", c.code, got, c.want)
		}
	}
}

func TestNextYearsThreshold(t *testing.T) {
	s := set(t, ntm)
	next := func(income string) (law.Number, law.Verdict, bool) {
		facts := commune(t, s, october, map[string]law.Entry{"10": {Value: income}, "9.2": {Value: "80"}})
		standing := law.Evaluate(s, nil, facts)
		return law.Next(&standing.Communes[0], nil, &facts.Communes[0], slot(t, s, "10"))
	}
	if n, v, ok := next("45,6"); n != 48*law.One || v != law.Unmet || !ok {
		t.Errorf("45,6 in 2025: %s, %s, %v", n, v, ok)
	}
	if _, v, ok := next("48"); v != law.Met || !ok {
		t.Errorf("48 in 2025: %s, %v", v, ok)
	}
	facts := commune(t, s, october, map[string]law.Entry{"9.2": {Value: "80"}})
	standing := law.Evaluate(s, nil, facts)
	for _, code := range []string{"9.2", "10"} {
		if _, _, ok := law.Next(&standing.Communes[0], nil, &facts.Communes[0], slot(t, s, code)); ok {
			t.Errorf("%s: something is said to change", code)
		}
	}
}

func TestOutlookWarnsOfTheNextYear(t *testing.T) {
	s := set(t, ntm)
	for income, want := range map[string]string{
		"45,6": "mức của năm 2025 là ≥ 48 triệu đồng/người/năm: với số liệu này sẽ chưa đạt",
		"50":   "mức của năm 2025 là ≥ 48 triệu đồng/người/năm: với số liệu này sẽ đạt",
		"":     "",
	} {
		facts := commune(t, s, october, map[string]law.Entry{"10": {Value: income}})
		c := &law.Evaluate(s, nil, facts).Communes[0]
		if got := law.Outlook(c, nil, &facts.Communes[0], slot(t, s, "10")); got != want {
			t.Errorf("%s: %q, want %q", income, got, want)
		}
	}
}

func TestOutcomesOfPartsAreTheirOwn(t *testing.T) {
	s := set(t, ntm)
	facts := commune(t, s, october, map[string]law.Entry{"18.4.1": {Value: "6"}, "18.4.2": {Value: "14"}, "5.n": {Value: "4"}})
	c := law.Evaluate(s, nil, facts).Communes[0]
	for code, want := range map[string]law.Verdict{"18.4.1": law.Met, "18.4.2": law.Unmet, "5.n": law.NotApplicable} {
		if got := c.Indicators[slot(t, s, code)].Verdict; got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
}
