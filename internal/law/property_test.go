package law_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
)

func TestOrderOfFindingsNeverMatters(t *testing.T) {
	s := set(t, ntm)
	type row struct {
		slot  int
		datum law.Datum
	}
	lay := func(rows []row) *law.Facts {
		c := law.CommuneFacts{ID: "xa", Class: law.Class{Region: law.TDMNPB}, Data: make([]law.Datum, s.Slots())}
		for _, r := range rows {
			old := &c.Data[r.slot]
			if r.datum.Counts(october) && (old.State == law.Absent || law.ComparePrecedence(&r.datum, old) > 0) {
				*old = r.datum
			}
		}
		return &law.Facts{On: october, Communes: []law.CommuneFacts{c}}
	}
	rapid.Check(t, func(t *rapid.T) {
		var rows []row
		for _, i := range rapid.SliceOfN(rapid.IntRange(0, s.Slots()-1), 0, 60).Draw(t, "slots") {
			r := row{slot: i, datum: anyDatum(t, s.At(i))}
			same := func(x row) bool {
				return x.slot == i && x.datum.State != law.Absent && law.ComparePrecedence(&x.datum, &r.datum) == 0
			}
			if r.datum.State != law.Absent && !slices.ContainsFunc(rows, same) { // twice the same is a row error
				rows = append(rows, r)
			}
		}
		one, other := lay(rows), lay(rapid.Permutation(rows).Draw(t, "shuffled"))
		a, b := law.Evaluate(s, nil, one), law.Evaluate(s, nil, other)
		if d := firstDifference(told(a, one), told(b, other)); d != "" {
			t.Fatal(d)
		}
	})
}

func TestOrderOfCommunesNeverMatters(t *testing.T) {
	s := set(t, nangCao)
	rapid.Check(t, func(t *rapid.T) {
		facts, dec := anyFacts(t, s), anyDecisions(t, s)
		other := &law.Facts{On: facts.On, Communes: rapid.Permutation(facts.Communes).Draw(t, "shuffled")}
		if d := firstDifference(told(law.Evaluate(s, dec, facts), facts), told(law.Evaluate(s, dec, other), other)); d != "" {
			t.Fatal(d)
		}
	})
}

// withLaterLaw copies a set and its decisions and adds law of after October 2024.
func withLaterLaw(t *rapid.T, s *law.Set, dec *law.Decisions) (*law.Set, *law.Decisions) {
	later, more := *s, *dec
	later.Indicators, later.Parts = slices.Clone(s.Indicators), slices.Clone(s.Parts)
	later.Index()
	more.Values = slices.Clone(dec.Values)
	for i := range later.Slots() {
		ind := later.At(i)
		if !rapid.Bool().Draw(t, "changed") {
			continue
		}
		x := law.Threshold{
			Value: law.Number(rapid.IntRange(0, 100).Draw(t, "value")) * law.One, From: day.None, Until: day.Forever,
			Region: law.Region(rapid.IntRange(0, 7).Draw(t, "region")),
		}
		d := law.Decision{Set: s.ID, Indicator: ind.Code, Value: x.Value, Province: "tinh", From: day.None, Until: day.Forever}
		if rapid.Bool().Draw(t, "by year") {
			x.Year = 2025
			d.Year = 2025
		} else {
			x.From = october + 1
			d.From = october + 1
		}
		ind.Values = append(slices.Clone(ind.Values), x)
		if ind.Of != nil {
			of := *ind.Of
			of.Values = append(slices.Clone(of.Values), x)
			ind.Of = &of
		}
		more.Values = append(more.Values, d)
	}
	return &later, &more
}

func TestLaterLawNeverChangesAnEarlierVerdict(t *testing.T) {
	s := set(t, ntm)
	rapid.Check(t, func(t *rapid.T) {
		facts, dec := anyFacts(t, s), anyDecisions(t, s)
		later, more := withLaterLaw(t, s, dec)
		if d := firstDifference(told(law.Evaluate(s, dec, facts), facts), told(law.Evaluate(later, more, facts), facts)); d != "" {
			t.Fatal(d)
		}
	})
}

func TestFillingAnUnknownNeverFlipsAKnownVerdict(t *testing.T) {
	s := set(t, nangCao)
	rapid.Check(t, func(t *rapid.T) {
		facts, dec := anyFacts(t, s), anyDecisions(t, s)
		facts.Communes = facts.Communes[:1]
		before := &law.Evaluate(s, dec, facts).Communes[0]
		for i := range s.Indicators {
			if before.Indicators[i].Verdict == law.Unknown && rapid.Bool().Draw(t, "filled") {
				facts.Communes[0].Data[i] = law.Datum{
					State:  rapid.SampledFrom([]law.State{law.SaidMet, law.SaidUnmet, law.NotApplying}).Draw(t, "with"),
					Period: year(2024),
				}
			}
		}
		after := &law.Evaluate(s, dec, facts).Communes[0]
		for i, v := range before.Criteria {
			if v != law.Unknown && after.Criteria[i] != v {
				t.Fatalf("criterion %s was %s and became %s", s.Criteria[i].Code, v, after.Criteria[i])
			}
		}
		if v := before.Verdict(); v != law.Unknown && v != after.Verdict() {
			t.Fatalf("the commune was %s and became %s", v, after.Verdict())
		}
		r := s.Revocation
		if gravity(r, after.Revocation.Certain) < gravity(r, before.Revocation.Certain) {
			t.Fatal("what was certain is not certain any more")
		}
		if gravity(r, after.Revocation.Possible) > gravity(r, before.Revocation.Possible) {
			t.Fatal("something became possible that was not")
		}
	})
}

func TestKnowingTheNumberOfSchoolsNeverFlipsTheVerdict(t *testing.T) {
	s := set(t, ntm)
	verdict := func(t *rapid.T, entries map[string]law.Datum) law.Verdict {
		c := law.CommuneFacts{Class: law.Class{Region: law.TDMNPB}, Data: make([]law.Datum, s.Slots())}
		for code, d := range entries {
			i, _ := s.Slot(code)
			c.Data[i] = d
		}
		i, _ := s.Slot("5")
		return law.Evaluate(s, nil, &law.Facts{On: october, Communes: []law.CommuneFacts{c}}).Communes[0].Indicators[i].Verdict
	}
	given := func(n law.Number) law.Datum {
		return law.Datum{State: law.Given, HasValue: true, Value: n, Period: year(2024)}
	}
	rapid.Check(t, func(t *rapid.T) {
		entries := map[string]law.Datum{
			"5.a": given(law.Number(rapid.IntRange(999_999, 1_000_000).Draw(t, "5.a"))),
			"5.b": given(law.Number(rapid.SampledFrom([]int{0, 499_999, 500_000, 699_999, 700_000, 1_000_000}).Draw(t, "5.b"))),
		}
		before := verdict(t, entries)
		entries["5.n"] = given(law.Number(rapid.IntRange(1, 9).Draw(t, "5.n")) * law.One)
		after := verdict(t, entries)
		if after == law.Unknown || (before != law.Unknown && before != after) {
			t.Fatalf("%s became %s with %v", before, after, entries)
		}
	})
}

func TestCountsAddUp(t *testing.T) {
	s := set(t, ntm)
	rapid.Check(t, func(t *rapid.T) {
		facts := anyFacts(t, s)
		standing := law.Evaluate(s, nil, facts)
		for i := range standing.Communes {
			c := &standing.Communes[i]
			n := c.Counts
			if n.Met+n.Unmet+n.Unknown+n.NotApplicable != len(s.Criteria) || n.Unmet != c.Revocation.Unmet || c.Revocation.Total != len(s.Criteria) {
				t.Fatalf("%+v of %d criteria, %d unmet in the test of revocation", n, len(s.Criteria), c.Revocation.Unmet)
			}
			for j, criterion := range s.Criteria {
				v := law.NotApplicable
				for k := criterion.First; k < criterion.End; k++ {
					v = law.And(v, c.Indicators[k].Verdict)
				}
				if v != c.Criteria[j] {
					t.Fatalf("criterion %s is %s, its indicators give %s", criterion.Code, c.Criteria[j], v)
				}
			}
		}
	})
}

func TestEveryVerdictIsExplained(t *testing.T) {
	for _, id := range []string{ntm, nangCao, kieuMau} {
		s := set(t, id)
		rapid.Check(t, func(t *rapid.T) {
			facts, dec := anyFacts(t, s), anyDecisions(t, s)
			standing := law.Evaluate(s, dec, facts)
			for i := range standing.Communes {
				for j := range s.Slots() {
					checkTrace(t, law.Explain(&standing.Communes[i], &facts.Communes[i], j))
				}
			}
		})
	}
}

// checkTrace wants whole sentences that agree with the verdict.
func checkTrace(t *rapid.T, x law.Trace) {
	said := x.Sentence()
	met, unmet := strings.Contains(said, ": đạt"), strings.Contains(said, "chưa đạt")
	switch {
	case x.Reason == "" || strings.Contains(said, "  ") || strings.Contains(said, " :") || strings.Contains(said, "“”") ||
		strings.Contains(said, "ngưỡng") || strings.HasSuffix(said, " "):
		t.Fatalf("%s: %q is not a good sentence", x.Code, said)
	case x.Outcome.Verdict == law.Met && unmet, x.Outcome.Verdict == law.Unmet && !unmet:
		t.Fatalf("%s is %s, but the reason is %q", x.Code, x.Outcome.Verdict, said)
	case x.Outcome.Verdict == law.Unknown && met:
		t.Fatalf("%s is unknown, but the reason is %q", x.Code, said)
	case x.Outcome.HasMargin && (x.Outcome.Margin < 0) != (x.Outcome.Verdict == law.Unmet):
		t.Fatalf("%s is %s by a margin of %s (%s)", x.Code, x.Outcome.Verdict, x.Outcome.Margin, said)
	}
	for _, p := range x.Parts {
		checkTrace(t, p)
	}
}
