package law_test

import (
	"strings"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
)

func TestWhySaysWhichThresholdWasChosen(t *testing.T) {
	s := set(t, ntm)
	decided := &law.Decisions{Values: []law.Decision{{
		Set: ntm, Indicator: "2.1", Value: 80 * law.One, Province: "tinh", From: day.None, Until: day.Forever, Year: 2024, Number: "12/2023/QĐ-UBND",
	}}}
	for _, c := range []struct {
		code, schools string
		dec           *law.Decisions
		want          string
	}{
		{"10", "", nil, "mức của năm 2024, vùng Trung du miền núi phía Bắc"},
		{"11", "", nil, "mức của vùng Trung du miền núi phía Bắc"},
		{"15.1", "", nil, "mức cả nước"},
		{"2.1", "", decided, "quyết định của tỉnh, mức của năm 2024"},
		{"5", "", nil, "xét theo từng phần"},
		{"5.n", "", nil, ""},
		{"5.b", "4", nil, "mức cả nước, trường hợp “Số trường trên địa bàn xã” > 3"},
		{"5.b", "", nil, "chưa chọn được mức vì còn tùy “Số trường trên địa bàn xã”"},
	} {
		facts := commune(t, s, october, map[string]law.Entry{"5.n": {Value: c.schools}, "5.b": {Value: "60"}})
		if got := explain(t, s, c.dec, facts, c.code).Why; got != c.want {
			t.Errorf("%s: %q, want %q", c.code, got, c.want)
		}
	}
}

func TestWhyNamesTheOverriddenRegion(t *testing.T) {
	s := set(t, ntm)
	facts := commune(t, s, october, nil)
	facts.Communes[0].Class = law.Class{Region: law.DBSH, Special: true}
	if got := explain(t, s, nil, facts, "11").Why; !strings.Contains(got, "đặc biệt khó khăn") || !strings.Contains(got, law.TDMNPB.Name()) {
		t.Errorf("%q", got)
	}
}

func TestTraceSaysTheAgeOfTheDatum(t *testing.T) {
	s := set(t, ntm)
	for period, want := range map[string]string{
		"2023": "9 tháng", "2024-H1": "3 tháng", "2024-09": "dưới 1 tháng", "2024": "kỳ chưa kết thúc", "2022": "21 tháng",
	} {
		p, err := day.ParsePeriod(period)
		if err != nil {
			t.Fatal(err)
		}
		facts := commune(t, s, october, map[string]law.Entry{"9.2": {Value: "80", Period: p}})
		if got := explain(t, s, nil, facts, "9.2"); got.Age != want || got.Period != p.Vietnamese() {
			t.Errorf("%s: %q of %q, want %q", period, got.Age, got.Period, want)
		}
	}
}

func TestTraceCarriesTheFiguresBesideTheValue(t *testing.T) {
	s := set(t, ntm)
	facts := commune(t, s, october, map[string]law.Entry{
		"17.1": {Numerator: "1.900", Denominator: "2.000", Share: "30,5"},
		"15.1": {Value: "91", Male: "90", Female: "92"},
		"12.1": {Male: "60"},
	})
	if x := explain(t, s, nil, facts, "17.1"); x.Fraction != "1.900/2.000" || x.Sub != "30,5" || x.Value != "95" {
		t.Errorf("17.1: %+v", x)
	}
	if x := explain(t, s, nil, facts, "15.1"); x.Value != "91" || x.ValueNumber == nil || x.Fraction != "" {
		t.Errorf("a reported total is the value: %+v", x)
	}
	if x := explain(t, s, nil, facts, "12.1"); x.Value != "nam 60" || x.ValueNumber != nil {
		t.Errorf("one sex: %+v", x)
	}
	if x := explain(t, s, nil, facts, "5.n"); !x.Feeds {
		t.Error("a part that only chooses a case is not marked")
	}
}

func TestTheOfWhichShareAloneDecidesOnlyWhenItFails(t *testing.T) {
	s := set(t, ntm)
	sub := law.Decision{Set: ntm, Indicator: "17.1", Sub: true, Value: 20 * law.One, Province: "tinh", From: day.None, Until: day.Forever}
	dec := &law.Decisions{Values: []law.Decision{sub}}
	for _, c := range []struct {
		value, share string
		dec          *law.Decisions
		want         law.Verdict
		why          string
	}{
		{"", "19", dec, law.Unmet, "chưa có tỷ lệ chung; trong đó từ hệ thống cấp nước tập trung: 19 % < 20 %: chưa đạt"},
		{"", "20", dec, law.Unknown, "chưa có tỷ lệ chung; trong đó từ hệ thống cấp nước tập trung: 20 % ≥ 20 %: đạt"},
		{"", "19", nil, law.Unknown, "chưa có số liệu"},
		{"95", "20", dec, law.Met, "95 % ≥ 35 %: đạt; trong đó"},
	} {
		x := explain(t, s, c.dec, commune(t, s, october, map[string]law.Entry{"17.1": {Value: c.value, Share: c.share}}), "17.1")
		if x.Outcome.Verdict != c.want || !strings.Contains(x.Reason, c.why) {
			t.Errorf("%q and %q: %s, %q", c.value, c.share, x.Outcome.Verdict, x.Reason)
		}
	}
}

func TestDerivedTraceNamesTheDatumItRestsOn(t *testing.T) {
	base, top := set(t, nangCao), set(t, kieuMau)
	facts := commune(t, base, october, map[string]law.Entry{
		"10": {Value: "70", Period: year(2023), Provenance: "confirmed"}, "9": {Value: "95", Provenance: "verified"},
	})
	above := commune(t, top, october, nil)
	law.Link(top, above, law.Evaluate(base, nil, facts), facts)
	x := explain(t, top, nil, above, "KM.2")
	if x.Period != "năm 2023" || x.Provenance != "cơ quan phụ trách đã xác nhận" || x.Age != "9 tháng" || x.Why == "" {
		t.Errorf("KM.2: %+v", x)
	}
	x = explain(t, top, nil, above, "KM.1")
	if x.Period != "cũ nhất: năm 2023" || x.Provenance != "thấp nhất: huyện đã thẩm tra" || x.Why == "" {
		t.Errorf("KM.1: %+v", x)
	}
}

func TestTotalOfScoresIsBounded(t *testing.T) {
	s := set(t, ntm)
	total := s.At(slot(t, s, "18.4.t"))
	most := total.MaxTotal.Vietnamese()
	if most != "100" {
		t.Errorf("the scores add up to %s", most)
	}
	if _, faults := total.Read(&law.Entry{Value: "100,5"}); len(faults) != 1 || !strings.Contains(faults[0].Vietnamese(), "vượt điểm tối đa 100") {
		t.Errorf("%v", faults)
	}
	if d, faults := total.Read(&law.Entry{Value: "100"}); len(faults) > 0 || d.Value != 100*law.One {
		t.Errorf("%v", faults)
	}
}
