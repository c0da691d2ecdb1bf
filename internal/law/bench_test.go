package law_test

import (
	"fmt"
	"slices"
	"testing"

	"giuchuan/internal/law"
)

// province lays n communes out with a full review each: figures around the
// thresholds, both sexes, some answers, some gaps.
func province(s *law.Set, n int) *law.Facts {
	facts := &law.Facts{On: october, Communes: make([]law.CommuneFacts, n)}
	data := make([]law.Datum, n*s.Slots())
	for i := range facts.Communes {
		c := &facts.Communes[i]
		c.ID = fmt.Sprintf("xa-%05d", i)
		c.Class = law.Class{Region: law.Region(1 + i%7), Special: i%11 == 0}
		c.Areas = []string{c.ID, fmt.Sprintf("tinh-%02d", i/200)}
		c.Data = data[i*s.Slots() : (i+1)*s.Slots() : (i+1)*s.Slots()]
		for slot := range c.Data {
			c.Data[slot] = review(s.At(slot), i*31+slot)
		}
	}
	return facts
}

func review(ind *law.Indicator, seed int) law.Datum {
	d := law.Datum{Period: year(2023 + seed%2), State: law.Given, HasValue: true, Value: law.Number(60+seed%41) * law.One}
	switch {
	case seed%23 == 0:
		return law.Datum{}
	case ind.Kind == law.YesNo || ind.Kind == law.Depends:
		d = law.Datum{Period: d.Period, State: law.SaidMet}
	case len(ind.Parts) > 0:
		return law.Datum{}
	case ind.Kind == law.BySex:
		d.Extra = &law.Extra{HasMale: true, HasFemale: true, Male: d.Value, Female: d.Value + 1, MaleOf: law.Fraction{Num: d.Value * 30, Den: 3000 * law.One}}
	}
	return d
}

func provinces() *law.Decisions {
	dec := &law.Decisions{}
	for p := range 34 {
		for _, code := range []string{"2.1", "2.2", "2.3", "2.4", "17.1"} {
			d := decision(code, 70)
			d.Province = fmt.Sprintf("tinh-%02d", p)
			dec.Values = append(dec.Values, d)
		}
	}
	return dec
}

func benchmarkEvaluate(b *testing.B, communes int) {
	s := set(b, ntm)
	facts, dec := province(s, communes), provinces()
	b.ReportAllocs()
	for b.Loop() {
		law.Evaluate(s, dec, facts)
	}
}

// BenchmarkEvaluateNation judges 10,595 communes on 57 indicators; the goal is
// 50 ms on two processors.
func BenchmarkEvaluateNation(b *testing.B) { benchmarkEvaluate(b, 10_595) }

// BenchmarkEvaluateProvince judges 138 communes; the goal is 5 ms.
func BenchmarkEvaluateProvince(b *testing.B) { benchmarkEvaluate(b, 138) }

// BenchmarkExplain explains every indicator of one commune.
func BenchmarkExplain(b *testing.B) {
	s := set(b, ntm)
	facts := province(s, 1)
	standing := law.Evaluate(s, nil, facts)
	for b.Loop() {
		for i := range s.Indicators {
			law.Explain(&standing.Communes[0], &facts.Communes[0], i)
		}
	}
}

func TestAllocationsDoNotGrowPerIndicator(t *testing.T) {
	s := set(t, ntm)
	allocations := func(communes int) float64 {
		facts := province(s, communes)
		return testing.AllocsPerRun(5, func() { law.Evaluate(s, nil, facts) })
	}
	few, many := allocations(50), allocations(250)
	if perCommune := (many - few) / 200; perCommune > 3 {
		t.Errorf("%.1f allocations for each of %d indicators of one more commune", perCommune, s.Slots())
	}
}

func TestManyCommunesAreJudgedAsOneByOne(t *testing.T) {
	s := set(t, ntm)
	facts, dec := province(s, 1500), provinces()
	all := law.Evaluate(s, dec, facts)
	for i := range facts.Communes {
		one := &law.Facts{On: facts.On, Communes: facts.Communes[i : i+1]}
		alone := law.Evaluate(s, dec, one).Communes[0]
		if got := &all.Communes[i]; got.ID != alone.ID || !slices.Equal(got.Indicators, alone.Indicators) || got.Counts != alone.Counts {
			t.Fatalf("%s is judged otherwise among many: %+v, alone %+v", got.ID, got.Counts, alone.Counts)
		}
	}
}
