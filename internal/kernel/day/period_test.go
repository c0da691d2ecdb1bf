package day_test

import (
	"testing"

	"pgregory.net/rapid"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

func TestPeriod(t *testing.T) {
	tests := []struct {
		in, out     string
		code        int32
		kind        day.Kind
		first, last string
		next, prev  string
		vietnamese  string
	}{
		{"2024", "2024", 202400, day.Year, "2024-01-01", "2024-12-31", "2025", "2023", "năm 2024"},
		{"2024-H1", "2024-H1", 202431, day.Half, "2024-01-01", "2024-06-30", "2024-H2", "2023-H2", "6 tháng đầu năm 2024"},
		{"2024-h2", "2024-H2", 202432, day.Half, "2024-07-01", "2024-12-31", "2025-H1", "2024-H1", "6 tháng cuối năm 2024"},
		{"2024-Q1", "2024-Q1", 202421, day.Quarter, "2024-01-01", "2024-03-31", "2024-Q2", "2023-Q4", "quý I năm 2024"},
		{"2024-q2", "2024-Q2", 202422, day.Quarter, "2024-04-01", "2024-06-30", "2024-Q3", "2024-Q1", "quý II năm 2024"},
		{"2024-Q3", "2024-Q3", 202423, day.Quarter, "2024-07-01", "2024-09-30", "2024-Q4", "2024-Q2", "quý III năm 2024"},
		{" 2024-Q4 ", "2024-Q4", 202424, day.Quarter, "2024-10-01", "2024-12-31", "2025-Q1", "2024-Q3", "quý IV năm 2024"},
		{"2024-06", "2024-06", 202406, day.Month, "2024-06-01", "2024-06-30", "2024-07", "2024-05", "tháng 6 năm 2024"},
		{"2024-02", "2024-02", 202402, day.Month, "2024-02-01", "2024-02-29", "2024-03", "2024-01", "tháng 2 năm 2024"},
		{"2023-12", "2023-12", 202312, day.Month, "2023-12-01", "2023-12-31", "2024-01", "2023-11", "tháng 12 năm 2023"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			p, err := day.ParsePeriod(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if p.String() != tt.out || p.Code() != tt.code || p.Kind() != tt.kind || p.Vietnamese() != tt.vietnamese || !p.Valid() {
				t.Errorf("%s code %d kind %d %q valid %v", p, p.Code(), p.Kind(), p.Vietnamese(), p.Valid())
			}
			if p.First().String() != tt.first || p.Last().String() != tt.last {
				t.Errorf("from %s to %s", p.First(), p.Last())
			}
			if p.Next().String() != tt.next || p.Prev().String() != tt.prev {
				t.Errorf("next %s, prev %s", p.Next(), p.Prev())
			}
			if q, err := day.PeriodOf(tt.code); err != nil || q != p {
				t.Errorf("PeriodOf(%d) = %v, %v", tt.code, q, err)
			}
			if !p.Contains(p.First()) || !p.Contains(p.Last()) || p.Contains(p.First()-1) || p.Contains(p.Last()+1) {
				t.Error("Contains disagrees with First and Last")
			}
		})
	}
}

func TestParsePeriodRefuses(t *testing.T) {
	for _, in := range []string{
		"", "24", "2024-", "2024-H0", "2024-H3", "2024-Q0", "2024-Q5", "2024-00", "2024-13", "2024-6", "2024-006",
		"2024H1", "2024/06", "2024-Qx", "0000", "0000-Q1", "-001", "2024 Q1", "２０２４", "2024-H\xff",
	} {
		p, err := day.ParsePeriod(in)
		if !fault.Is(err, fault.Invalid) || p.Valid() {
			t.Errorf("ParsePeriod(%q) = %v, %v", in, p, err)
		}
	}
	_, err := day.ParsePeriod("quý 2")
	if got, want := fault.Text(err), "không đọc được kỳ “quý 2”; viết như 2024, 2024-H1, 2024-Q2 hoặc 2024-06"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPeriodOfRefuses(t *testing.T) {
	for _, code := range []int32{0, -1, -202406, 99, 202413, 202420, 202425, 202430, 202433, 202499, 1000000} {
		if p, err := day.PeriodOf(code); !fault.Is(err, fault.Invalid) || p != (day.Period{}) {
			t.Errorf("PeriodOf(%d) = %v, %v", code, p, err)
		}
	}
}

func TestInvalidPeriodIsQuiet(t *testing.T) {
	var p day.Period
	if p.Valid() || p.String() != "" || p.Vietnamese() != "" || p.Kind() != 0 || p.First() != day.None || p.Last() != day.None {
		t.Errorf("%+v says something", p)
	}
	if p.Next().Valid() || p.Prev().Valid() || p.Contains(day.None) {
		t.Error("the invalid period has neighbours or days")
	}
	last, err := day.ParsePeriod("9999-12")
	if err != nil {
		t.Fatal(err)
	}
	if last.Next().Valid() {
		t.Errorf("after the last period comes %s", last.Next())
	}
	if got := day.PeriodContaining(day.Kind(9), 0); got.Valid() {
		t.Errorf("unknown kind gives %s", got)
	}
	for _, d := range []day.Day{day.None, day.Forever} {
		if got := day.PeriodContaining(day.Month, d); got.Valid() {
			t.Errorf("%d lies in %s", d, got)
		}
	}
}

func TestPropPeriods(t *testing.T) {
	kinds := []day.Kind{day.Year, day.Half, day.Quarter, day.Month}
	rapid.Check(t, func(t *rapid.T) {
		d := day.Day(rapid.Int32Range(int32(day.Of(2, 1, 1)), int32(day.Of(9998, 12, 31))).Draw(t, "day"))
		k := rapid.SampledFrom(kinds).Draw(t, "kind")
		p := day.PeriodContaining(k, d)
		if p.Kind() != k || !p.Contains(d) || p.Year() != d.Year() {
			t.Fatalf("%s is not in %s", d, p)
		}
		if p.Next().First() != p.Last()+1 || p.Prev().Last() != p.First()-1 || p.Next().Prev() != p {
			t.Fatalf("hole or overlap around %s: %s, %s", p, p.Prev(), p.Next())
		}
		if q, err := day.ParsePeriod(p.String()); err != nil || q != p {
			t.Fatalf("ParsePeriod(%q) = %v, %v", p.String(), q, err)
		}
		if q, err := day.PeriodOf(p.Code()); err != nil || q != p {
			t.Fatalf("PeriodOf(%d) = %v, %v", p.Code(), q, err)
		}
	})
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"2024", "2024-H1", "2024-q2", "2024-06", "2024-\x00\x00", "0000-00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := day.ParsePeriod(s)
		if (err == nil) != p.Valid() {
			t.Fatalf("ParsePeriod(%q) = %v, %v", s, p, err)
		}
		if err != nil {
			return
		}
		if again, err := day.ParsePeriod(p.String()); err != nil || again != p {
			t.Fatalf("%q -> %s -> %v, %v", s, p, again, err)
		}
	})
}

func FuzzPeriodOf(f *testing.F) {
	f.Add(int32(202406))
	f.Add(int32(202431))
	f.Add(int32(-1))
	f.Fuzz(func(t *testing.T, code int32) {
		p, err := day.PeriodOf(code)
		if err == nil && (p.Code() != code || p.First() > p.Last() || p.String() == "") {
			t.Fatalf("PeriodOf(%d) = %v", code, p)
		}
	})
}
