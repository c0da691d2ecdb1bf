package rules_test

import (
	"strconv"
	"strings"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
)

// built is a case as the law takes it.
type built struct {
	facts     *law.Facts
	decisions law.Decisions
	rowErrors map[string]string
	refused   int // decisions that were rightly refused
}

// build lays out one commune: the case's own findings, then what "failing",
// "missing" and "rest" say of the others.
func build(t *testing.T, lib *law.Library, set *law.Set, c *lawCase) *built {
	t.Helper()
	on, err := day.Parse(c.Date)
	if err != nil {
		t.Fatalf("date: %v", err)
	}
	code := c.Region
	if code == "" {
		code = "TDMNPB"
	}
	region, ok := law.ParseRegion(code)
	if !ok {
		t.Fatalf("unknown region %s", code)
	}
	class := law.Class{Region: region, Group: c.Group, Special: c.Special}
	b := newBuilt(set, on, class)
	b.addDecisions(t, set, class, c.Decisions)
	for _, v := range c.Verified {
		key := v.Key
		if key == "" {
			key = "*"
		}
		b.decisions.Verifications = append(b.decisions.Verifications, law.ValueVerification{
			Set: set.ID, Indicator: v.Indicator, Key: key, Verification: law.Verification{By: "Sở Nội vụ", On: on},
		})
	}
	b.report(t, set, c.Findings)
	for code, d := range c.Derived {
		v, ok := law.ParseVerdict(d.Verdict)
		if !ok {
			t.Fatalf("derived %s: verdict %q", code, d.Verdict)
		}
		b.commune().Derived = append(b.commune().Derived, law.Derived{Slot: slotOf(t, set, code), Verdict: v, Note: d.Note})
	}
	if c.Base != nil {
		b.link(t, lib, set, c.Base)
	}
	b.fill(t, set, c.Failing, c.Missing, c.Rest)
	return b
}

func newBuilt(set *law.Set, on day.Day, class law.Class) *built {
	return &built{rowErrors: map[string]string{}, facts: &law.Facts{On: on, Communes: []law.CommuneFacts{{
		ID: "xa", Class: class, Areas: []string{"xa", "huyen", "tinh"}, Data: make([]law.Datum, set.Slots()),
	}}}}
}

func (b *built) commune() *law.CommuneFacts { return &b.facts.Communes[0] }

func slotOf(t *testing.T, set *law.Set, code string) int {
	t.Helper()
	slot, ok := set.Slot(code)
	if !ok {
		t.Fatalf("%s has no indicator %s", set.ID, code)
	}
	return slot
}

func (b *built) addDecisions(t *testing.T, set *law.Set, class law.Class, list []decisionCase) {
	t.Helper()
	for _, x := range list {
		n, err := law.ParseNumber(x.Value, law.GroupingDecimal)
		if err != nil {
			t.Fatal(err)
		}
		d := law.Decision{
			Set: set.ID, Indicator: x.Indicator, Sub: x.Sub, Value: n, Province: "tinh", Area: x.Area, Year: x.Year,
			From: dateOr(t, x.From, day.None), Until: dateOr(t, x.Until, day.Forever),
			Number: x.Number, Issued: dateOr(t, x.Issued, day.None),
		}
		err = law.CheckDecision(set, &d, class)
		switch {
		case x.Refused != "" && (err == nil || !strings.Contains(fault.Text(err), x.Refused)):
			t.Errorf("decision on %s: %v, want a refusal with %q", x.Indicator, err, x.Refused)
		case x.Refused != "":
			b.refused++
		case err != nil:
			t.Errorf("decision on %s: %s", x.Indicator, fault.Text(err))
		default:
			b.decisions.Values = append(b.decisions.Values, d)
		}
	}
}

func dateOr(t *testing.T, text string, otherwise day.Day) day.Day {
	t.Helper()
	if text == "" {
		return otherwise
	}
	d, err := day.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// report reads the findings as an import does; of several that count at the
// day, the law's order of precedence chooses.
func (b *built) report(t *testing.T, set *law.Set, findings map[string]reported) {
	t.Helper()
	for code, list := range findings {
		slot := slotOf(t, set, code)
		for _, f := range list {
			period := f.Period
			if period == "" {
				period = strconv.Itoa(b.facts.On.Year())
			}
			p, err := day.ParsePeriod(period)
			if err != nil {
				t.Fatal(err)
			}
			d, faults := set.At(slot).Read(&law.Entry{
				Value: f.Value, Male: f.Male, Female: f.Female, Share: f.Share, Numerator: f.Numerator, Denominator: f.Denominator,
				MaleNumerator: f.MaleNum, MaleDenominator: f.MaleDen, FemaleNumerator: f.FemaleNum, FemaleDenominator: f.FemaleDen,
				Provenance: f.Provenance, Period: p,
			})
			for _, x := range faults {
				b.rowErrors[code] += x.Vietnamese() + "\n"
			}
			old := &b.commune().Data[slot]
			if d.Counts(b.facts.On) && (old.State == law.Absent || law.ComparePrecedence(&d, old) >= 0) {
				*old = d
			}
		}
	}
	for code, list := range findings { // an empty text says: nothing was reported
		if len(list) == 1 && list[0] == (finding{}) {
			b.commune().Data[slotOf(t, set, code)].State = law.Withdrawn
		}
	}
}

// link derives what the set takes from another one.
func (b *built) link(t *testing.T, lib *law.Library, set *law.Set, base *baseCase) {
	t.Helper()
	for _, s := range lib.Base(set) {
		other := newBuilt(s, b.facts.On, b.commune().Class)
		other.addDecisions(t, s, b.commune().Class, base.Decisions)
		other.report(t, s, base.Findings)
		other.fill(t, s, base.Failing, base.Missing, base.Rest)
		law.Link(set, b.facts, law.Evaluate(s, &other.decisions, other.facts), other.facts)
	}
}

// fill gives a datum to the indicators that the case does not name.
func (b *built) fill(t *testing.T, set *law.Set, failing, missing []string, rest string) {
	t.Helper()
	if rest != "" && rest != "đạt" {
		t.Fatalf("rest: %q, want đạt or nothing", rest)
	}
	for _, list := range []struct {
		codes []string
		state law.State
	}{{failing, law.SaidUnmet}, {missing, law.Withdrawn}} {
		for _, code := range list.codes {
			c, ok := set.Criterion(code)
			if !ok {
				t.Fatalf("%s has no criterion %s", set.ID, code)
			}
			b.commune().Data[c.First] = law.Datum{State: list.state, Period: day.PeriodContaining(day.Year, b.facts.On)}
		}
	}
	if rest == "" {
		return
	}
	for slot := range set.Indicators {
		if !b.named(set, slot) {
			b.commune().Data[slot] = law.Datum{State: law.SaidMet, Period: day.PeriodContaining(day.Year, b.facts.On)}
		}
	}
}

// named reports whether the case says something of an indicator, its parts or
// what it depends on.
func (b *built) named(set *law.Set, slot int) bool {
	c := b.commune()
	if c.Data[slot].State != law.Absent {
		return true
	}
	for _, p := range set.Indicators[slot].Parts {
		if c.Data[p].State != law.Absent {
			return true
		}
	}
	for i := range c.Derived {
		if c.Derived[i].Slot == slot {
			return true
		}
	}
	return false
}
