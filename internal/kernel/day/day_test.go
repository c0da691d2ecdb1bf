package day_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

// must reads a day that the test itself wrote.
func must(t testing.TB, s string) day.Day {
	t.Helper()
	d, err := day.Parse(s)
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return d
}

func TestParse(t *testing.T) {
	tests := []struct{ in, want string }{
		{"2024-10-01", "2024-10-01"},
		{"01/10/2024", "2024-10-01"},
		{"1/10/2024", "2024-10-01"},
		{"1/7/2025", "2025-07-01"},
		{"01-10-2024", "2024-10-01"},
		{"  29/02/2024 ", "2024-02-29"},
		{"29/2/2000", "2000-02-29"},
		{"1969-12-31", "1969-12-31"},
		{"0001-01-01", "0001-01-01"},
		{"9999-12-31", "9999-12-31"},
	}
	for _, tt := range tests {
		d, err := day.Parse(tt.in)
		if err != nil || d.String() != tt.want {
			t.Errorf("Parse(%q) = %v, %v; want %s", tt.in, d, err, tt.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	const form = "viết như 01/10/2024 hoặc 2024-10-01"
	for _, in := range []string{
		"", "2024", "2024-10", "01/10/24", "1-10-2024", "2024/10/01", "01/10-2024", "01.10.2024", "2024-1-5",
		"0000-01-01", "00/10/2024", "32/01/2024", "01/13/2024", "01/00/2024", "+1/10/2024", "１/10/2024", "01/10/2024 08:00", "2024-10-01T00:00",
	} {
		d, err := day.Parse(in)
		if !fault.Is(err, fault.Invalid) || d != day.None {
			t.Errorf("Parse(%q) = %v, %v", in, d, err)
			continue
		}
		if want := "không đọc được ngày “" + in + "”; " + form; fault.Text(err) != want {
			t.Errorf("Parse(%q): %s", in, fault.Text(err))
		}
	}
	for in, want := range map[string]string{
		"29/02/2023": "không có ngày 29/02/2023: tháng 2 năm 2023 chỉ có 28 ngày",
		"2024-02-30": "không có ngày 2024-02-30: tháng 2 năm 2024 chỉ có 29 ngày",
		"31/4/2024":  "không có ngày 31/4/2024: tháng 4 năm 2024 chỉ có 30 ngày",
		"29/02/1900": "không có ngày 29/02/1900: tháng 2 năm 1900 chỉ có 28 ngày",
	} {
		if _, err := day.Parse(in); fault.Text(err) != want {
			t.Errorf("Parse(%q): %s", in, fault.Text(err))
		}
	}
}

func TestForms(t *testing.T) {
	d := must(t, "2024-10-01")
	if d.Vietnamese() != "01/10/2024" || d.Weekday() != time.Tuesday || d.Year() != 2024 {
		t.Errorf("%s %s %d", d.Vietnamese(), d.Weekday(), d.Year())
	}
	if day.Day(0).String() != "1970-01-01" || day.Day(-1).String() != "1969-12-31" {
		t.Errorf("epoch is %s, the day before %s", day.Day(0), day.Day(-1))
	}
	for _, d := range []day.Day{day.None, day.Forever} {
		if d.String() != "" || d.Vietnamese() != "" || d.AddMonths(1) != d {
			t.Errorf("%d is not quiet", d)
		}
	}
	if day.None >= must(t, "0001-01-01") || day.Forever <= must(t, "9999-12-31") {
		t.Error("None or Forever in the wrong place")
	}
}

func TestFromTimeIsTheDayInVietNam(t *testing.T) {
	tests := []struct{ instant, want string }{
		{"2024-06-30T16:59:59Z", "2024-06-30"},
		{"2024-06-30T17:00:00Z", "2024-07-01"},
		{"2024-07-01T00:00:00+07:00", "2024-07-01"},
		{"1969-12-31T16:59:59Z", "1969-12-31"},
		{"1969-12-31T17:00:00Z", "1970-01-01"},
		{"1960-01-01T00:00:00.5+07:00", "1960-01-01"},
	}
	for _, tt := range tests {
		at, err := time.Parse(time.RFC3339Nano, tt.instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := day.FromTime(at).String(); got != tt.want {
			t.Errorf("%s is %s, want %s", tt.instant, got, tt.want)
		}
	}
	if got := must(t, "2024-07-01").Start().Format(time.RFC3339); got != "2024-07-01T00:00:00+07:00" {
		t.Errorf("Start: %s", got)
	}
}

func TestAddMonthsClips(t *testing.T) {
	tests := []struct {
		from string
		n    int
		want string
	}{
		{"2024-01-31", 1, "2024-02-29"},
		{"2023-01-31", 1, "2023-02-28"},
		{"2024-01-31", 2, "2024-03-31"},
		{"2024-03-31", -1, "2024-02-29"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", -48, "2020-02-29"},
		{"2024-11-30", 3, "2025-02-28"},
		{"2024-10-01", 36, "2027-10-01"},
		{"2024-10-15", 0, "2024-10-15"},
		{"2024-12-31", 24, "2026-12-31"},
	}
	for _, tt := range tests {
		if got := must(t, tt.from).AddMonths(tt.n).String(); got != tt.want {
			t.Errorf("%s %+d months = %s, want %s", tt.from, tt.n, got, tt.want)
		}
	}
}

func TestOfNeverPanics(t *testing.T) {
	for _, y := range []int{math.MinInt, -6_000_001, 0, 2024, math.MaxInt} {
		for _, m := range []time.Month{math.MinInt, -1, 0, 1, 13, math.MaxInt} {
			for _, d := range []int{math.MinInt, 0, 31, math.MaxInt} {
				got := day.Of(y, m, d)
				if got == day.None || got == day.Forever {
					t.Errorf("Of(%d, %d, %d) has the meaning of no date or no end", y, m, d)
				}
				_ = got.AddMonths(d)
			}
		}
	}
	if first, last := day.Of(math.MinInt, 1, 1), day.Of(math.MaxInt, 1, 1); first != day.None+1 || last != day.Forever-1 {
		t.Errorf("far years end at %d and %d", first, last)
	}
}

// utc is what the standard library makes of the same civil day.
func utc(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func TestPropCivilAgreesWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.IntRange(-20_000, 20_000).Draw(t, "year")
		m := time.Month(rapid.IntRange(-50, 50).Draw(t, "month"))
		dom := rapid.IntRange(-1000, 1000).Draw(t, "day")
		want := utc(y, m, dom)
		d := day.Of(y, m, dom)
		if int64(d)*86400 != want.Unix() {
			t.Fatalf("Of(%d, %d, %d) = %d, want %v", y, m, dom, d, want)
		}
		gotY, gotM, gotD := d.Civil()
		if gotY != want.Year() || gotM != want.Month() || gotD != want.Day() || d.Weekday() != want.Weekday() {
			t.Fatalf("Civil = %d-%d-%d %s, want %v", gotY, gotM, gotD, d.Weekday(), want)
		}
	})
}

func TestPropFormsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := day.Day(rapid.Int32Range(int32(day.Of(1, 1, 1)), int32(day.Of(9999, 12, 31))).Draw(t, "day"))
		for _, s := range []string{d.String(), d.Vietnamese()} {
			if got, err := day.Parse(s); err != nil || got != d {
				t.Fatalf("Parse(%q) = %v, %v", s, got, err)
			}
		}
		if at := d.Start(); day.FromTime(at) != d || day.FromTime(at.Add(-time.Nanosecond)) != d-1 {
			t.Fatalf("%s does not start at %v", d, at)
		}
	})
}

func TestPropAddMonthsLandsInTheMonth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := day.Day(rapid.Int32Range(-800_000, 800_000).Draw(t, "day"))
		n := rapid.IntRange(-5000, 5000).Draw(t, "months")
		got := d.AddMonths(n)
		y, m, dom := d.Civil()
		first := utc(y, m+time.Month(n), 1)
		gotY, gotM, gotD := got.Civil()
		if gotY != first.Year() || gotM != first.Month() {
			t.Fatalf("%s %+d months = %s", d, n, got)
		}
		_, nextM, _ := (got + 1).Civil()
		if gotD != dom && (gotD > dom || nextM == gotM) {
			t.Fatalf("%s %+d months = %s: clipped before the month's end", d, n, got)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2024-10-01", "1/10/2024", "01-10-2024", "31/02/2024", "//", "--------", "9/9/\xff999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := day.Parse(s)
		if err != nil {
			if !fault.Is(err, fault.Invalid) || d != day.None {
				t.Fatalf("Parse(%q) = %v, %v", s, d, err)
			}
			return
		}
		if again, err := day.Parse(d.String()); err != nil || again != d {
			t.Fatalf("%q -> %s -> %v, %v", s, d, again, err)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := day.Parse("01/10/2024"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkString(b *testing.B) {
	d := must(b, "2024-10-01")
	for b.Loop() {
		if d.String() == "" {
			b.Fatal("empty")
		}
	}
}
