package law_test

import (
	"strings"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
)

func mark(t *testing.T, s *law.Set, dec *law.Decisions, on day.Day, class law.Class, code string) *law.Mark {
	t.Helper()
	y := law.NewYardstick(s, dec, on, &law.CommuneFacts{Class: class, Areas: []string{"xa", "huyen", "tinh"}})
	return &y.Marks[slot(t, s, code)]
}

func TestLookUpOrder(t *testing.T) {
	s := set(t, ntm)
	north := law.Class{Region: law.TDMNPB}
	for _, c := range []struct {
		code  string
		on    day.Day
		class law.Class
		basis law.Basis
		value string
	}{
		{"10", october, north, law.YearAndRegion, "45"},
		{"10", october, law.Class{Region: law.BTB}, law.YearNational, "54"},
		{"10", day.Of(2026, 1, 1), north, law.NoBasis, "0"},
		{"9.2", october, north, law.RegionOrGroup, "75"},
		{"9.2", october, law.Class{Region: law.BTB}, law.National, "80"},
		{"9.2", october, law.Class{Region: law.BTB, Special: true}, law.RegionOrGroup, "75"},
		{"2.1", october, north, law.NoBasis, "0"},
	} {
		m := mark(t, s, nil, c.on, c.class, c.code)
		if m.Basis != c.basis || m.Value.Decimal() != c.value {
			t.Errorf("%s on %s for %+v: basis %d with %s, want %d with %s", c.code, c.on, c.class, m.Basis, m.Value, c.basis, c.value)
		}
	}
}

func TestGroupsOfCommunesChooseValues(t *testing.T) {
	s, err := library(t).Set("xa-ntm-2026-2030")
	if err != nil {
		t.Fatal(err)
	}
	for group, want := range map[uint8]string{1: "40", 2: "35", 3: "27", 0: "0"} {
		if m := mark(t, s, nil, day.Of(2026, 6, 30), law.Class{Group: group}, "4.x"); m.Value.Decimal() != want {
			t.Errorf("group %d: %s, want %s", group, m.Value, want)
		}
	}
}

func decision(code string, value law.Number) law.Decision {
	return law.Decision{Set: ntm, Indicator: code, Value: value * law.One, Province: "tinh", From: day.None, Until: day.Forever}
}

func TestDecisionsOfOthersDoNotApply(t *testing.T) {
	s := set(t, ntm)
	for what, change := range map[string]func(*law.Decision){
		"another set":      func(d *law.Decision) { d.Set = nangCao },
		"another province": func(d *law.Decision) { d.Province = "khac" },
		"another place":    func(d *law.Decision) { d.Area = "khac" },
		"another year":     func(d *law.Decision) { d.Year = 2023 },
		"not yet":          func(d *law.Decision) { d.From = october + 1 },
		"no longer":        func(d *law.Decision) { d.Until = october - 1 },
	} {
		d := decision("2.1", 80)
		change(&d)
		if m := mark(t, s, &law.Decisions{Values: []law.Decision{d}}, october, law.Class{}, "2.1"); m.Basis != law.NoBasis {
			t.Errorf("%s: the decision applies", what)
		}
	}
	if m := mark(t, s, &law.Decisions{Values: []law.Decision{decision("2.1", 80)}}, october, law.Class{}, "2.1"); m.Basis != law.ProvinceDecision {
		t.Error("the province's own decision does not apply")
	}
}

func TestDecisionsAreNeverMergedIntoTheSet(t *testing.T) {
	s := set(t, ntm)
	dec := &law.Decisions{
		Values:        []law.Decision{decision("15.1", 95), decision("5.b", 90)},
		Verifications: []law.ValueVerification{{Set: ntm, Indicator: "9.2", Key: "*", Verification: law.Verification{By: "Sở Xây dựng", On: october}}},
	}
	for _, code := range []string{"15.1", "5.b", "9.2"} {
		mark(t, s, dec, october, law.Class{Region: law.TDMNPB}, code)
		if m := mark(t, s, nil, october, law.Class{Region: law.TDMNPB}, code); m.Decision != nil || m.Verified != nil {
			t.Errorf("%s: the set remembers the decision or the verification", code)
		}
	}
}

func TestCheckDecision(t *testing.T) {
	for _, c := range []struct {
		set    string
		change func(*law.Decision)
		code   fault.Code
		want   string
	}{
		{ntm, func(d *law.Decision) { *d = decision("2.1", 1) }, "", ""},
		{ntm, func(d *law.Decision) { *d = decision("15.1", 90) }, "", ""},
		{ntm, func(d *law.Decision) { *d = decision("11", 13) }, "", ""},
		{ntm, func(d *law.Decision) { *d = decision("10", 45); d.Year = 2024 }, "", ""},
		{ntm, func(d *law.Decision) { *d = decision("5.b", 70) }, "", ""},
		{ntm, func(d *law.Decision) { *d = decision("17.1", 15); d.Sub = true }, "", ""},
		{kieuMau, func(d *law.Decision) { *d = decision("KM.2", 5) }, "", ""},
		{ntm, func(d *law.Decision) { *d = decision("99", 1) }, fault.NotFound, "không có chỉ tiêu 99"},
		{ntm, func(d *law.Decision) { *d = decision("15.1", 89) }, fault.Invalid, "thấp hơn yêu cầu 90"},
		{ntm, func(d *law.Decision) { *d = decision("11", 14) }, fault.Invalid, "lỏng hơn yêu cầu ≤ 13"},
		{ntm, func(d *law.Decision) { *d = decision("10", 45) }, fault.Invalid, "thấp hơn yêu cầu 48"},
		{ntm, func(d *law.Decision) { *d = decision("5.b", 69) }, fault.Invalid, "thấp hơn yêu cầu 70"},
		{ntm, func(d *law.Decision) { *d = decision("5", 70) }, fault.Invalid, "gồm nhiều phần"},
		{ntm, func(d *law.Decision) { *d = decision("18.4", 70) }, fault.Invalid, "gồm nhiều phần"},
		{ntm, func(d *law.Decision) { *d = decision("2.1", 101) }, fault.Invalid, "từ 0 đến 100 %"},
		{ntm, func(d *law.Decision) { *d = decision("2.1", -1) }, fault.Invalid, "không được âm"},
		{ntm, func(d *law.Decision) { *d = decision("2.1", 80); d.Sub = true }, fault.Invalid, "không có tỷ lệ thành phần"},
		{kieuMau, func(d *law.Decision) { *d = decision("KM.1", 1) }, fault.Invalid, "được xét theo kết quả khác"},
	} {
		var d law.Decision
		c.change(&d)
		err := law.CheckDecision(set(t, c.set), &d, law.Class{Region: law.TDMNPB})
		if fault.CodeOf(err) != c.code || !strings.Contains(fault.Text(err), c.want) {
			t.Errorf("%s %s: %s %q, want %s %q", d.Indicator, d.Value, fault.CodeOf(err), fault.Text(err), c.code, c.want)
		}
	}
}

func TestFloorOfADelegatedValue(t *testing.T) {
	s, err := library(t).Set("xa-ntm-2026-2030")
	if err != nil {
		t.Fatal(err)
	}
	d := decision("3.1", 9)
	if err := law.CheckDecision(s, &d, law.Class{Group: 2}); !strings.Contains(fault.Text(err), "thấp hơn yêu cầu 9,5") {
		t.Errorf("growth of 9 %% below the floor of 9,5 gives %v", err)
	}
	if d = decision("3.1", 10); law.CheckDecision(s, &d, law.Class{Group: 2}) != nil {
		t.Error("growth of 10 % is refused")
	}
}

func TestVerifications(t *testing.T) {
	s := set(t, ntm)
	for _, c := range []struct {
		indicator, key, slot string
		want                 bool
	}{
		{"9.2", "TDMNPB", "9.2", true},
		{"9.2", "*", "9.2", true},
		{"9.2", "", "9.2", false},
		{"9.1", "*", "9.2", false},
		{"9", "*", "9.2", true},
		{"9", "TDMNPB", "9.2", false},
		{"10", "TDMNPB/2024", "10", true},
		{"10", "TDMNPB/2023", "10", false},
		{"14.1", "*", "14.1", true},
		{"14.1", "*", "14.1.c", true},
		{"14.1.c", "*", "14.1", false},
		{"5.b", "5.n > 3", "5.b", false},
		{"5.b", "*", "5.b", true},
		{"5.b", "*", "5", false},
		{"5", "*", "5", true},
		{"2.1", "*", "2.1", false},
	} {
		dec := &law.Decisions{Verifications: []law.ValueVerification{{Set: ntm, Indicator: c.indicator, Key: c.key, Verification: law.Verification{By: "Sở", On: october}}}}
		y := law.NewYardstick(s, dec, october, &law.CommuneFacts{Class: law.Class{Region: law.TDMNPB}})
		if _, got := y.Verified(slot(t, s, c.slot)); got != c.want {
			t.Errorf("verifying %s %q makes %s verified: %v, want %v", c.indicator, c.key, c.slot, got, c.want)
		}
	}
}

func TestThresholdKeysAreUnique(t *testing.T) {
	for _, s := range library(t).Sets {
		for i := range s.Slots() {
			seen := map[string]bool{}
			for j := range s.At(i).Values {
				key := s.At(i).Values[j].Key()
				if seen[key] {
					t.Errorf("%s %s: two values have the key %q", s.ID, s.At(i).Code, key)
				}
				seen[key] = true
			}
		}
	}
	x := law.Threshold{Region: law.TN, Group: 2, Year: 2024, From: day.Of(2024, 3, 1), When: &law.Condition{Part: "5.n", Op: ">", Value: 3 * law.One}}
	if got := x.Key(); got != "TN/nhóm 2/2024/5.n > 3/từ 2024-03-01" {
		t.Errorf("key %q", got)
	}
}
