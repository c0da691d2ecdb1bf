package day_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

// days reads "1/1, 8-9/2" as days of the year, ranges included.
func days(t testing.TB, year int, list string) []day.Day {
	t.Helper()
	var all []day.Day
	for item := range strings.SplitSeq(list, ", ") {
		if item == "" {
			continue
		}
		from, month, _ := strings.Cut(item, "/")
		from, to, isRange := strings.Cut(from, "-")
		first := must(t, from+"/"+month+"/"+day.Of(year, 1, 1).String()[:4])
		last := first
		if isRange {
			last = must(t, to+"/"+month+"/"+day.Of(year, 1, 1).String()[:4])
		}
		for d := first; d <= last; d++ {
			all = append(all, d)
		}
	}
	return all
}

// tables are the days off of the civil service as published, 2021 to 2026.
func tables(t testing.TB) []day.YearTable {
	t.Helper()
	var all []day.YearTable
	for _, y := range []struct {
		year      int
		off, work string
		source    string
	}{
		{2021, "1/1, 10-12/2, 15-16/2, 21/4, 30/4, 3/5, 2-3/9", "", "lịch năm 2021"},
		{2022, "3/1, 31-31/1, 1-4/2, 11/4, 2-3/5, 1-2/9", "", "lịch năm 2022"},
		{2023, "2/1, 20/1, 23-26/1, 1-3/5, 1/9, 4/9", "", "lịch năm 2023"},
		{2024, "1/1, 8-9/2, 12-14/2, 18/4, 29/4, 30/4, 1/5, 2-3/9", "4/5", "5015/TB-LĐTBXH, 1570/TB-LĐTBXH"},
		{2025, "1/1, 27-31/1, 7/4, 30/4, 1/5, 2/5, 1-2/9", "26/4", "6150/TB-BLĐTBXH"},
		{2026, "1/1, 2/1, 16-20/2, 27/4, 30/4, 1/5, 31/8, 1-2/9, 24/11", "10/1, 22/8", "9441/TB-BNV, 12729/VPCP-KGVX, 3383/BNV-CVL"},
	} {
		all = append(all, day.YearTable{
			Year: y.year, Off: days(t, y.year, y.off), Work: days(t, y.year, y.work), Source: y.source,
		})
	}
	return all
}

func calendar(t testing.TB) *day.Calendar {
	t.Helper()
	c, err := day.NewCalendar(tables(t))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWorkingDaysWorkedExamples(t *testing.T) {
	c := calendar(t)
	for _, tt := range []struct {
		from string
		n    int
		want string
	}{
		{"25/4/2024", 5, "06/05/2024"},
		{"07/6/2024", 10, "21/06/2024"},
		{"30/8/2024", 5, "10/09/2024"},
		{"24/4/2025", 5, "05/05/2025"},
		{"13/02/2026", 10, "06/03/2026"},
		{"20/8/2026", 10, "07/09/2026"},
		{"20/11/2026", 5, "30/11/2026"},
	} {
		got, err := c.AddWorkingDays(must(t, tt.from), tt.n)
		if err != nil || got.Vietnamese() != tt.want {
			t.Errorf("%s + %d = %s, %v; want %s", tt.from, tt.n, got.Vietnamese(), err, tt.want)
		}
		if n, err := c.CountWorking(must(t, tt.from), must(t, tt.want)); err != nil || n != tt.n {
			t.Errorf("from %s to %s: %d, %v; want %d", tt.from, tt.want, n, err, tt.n)
		}
	}
	for year, want := range map[int]int{2024: 251, 2025: 250, 2026: 249} {
		if got, err := c.WorkingDays(year); err != nil || got != want {
			t.Errorf("%d has %d working days, %v; want %d", year, got, err, want)
		}
	}
}

func TestIsWorking(t *testing.T) {
	c := calendar(t)
	for s, want := range map[string]bool{
		"03/5/2024": true, "04/5/2024": true, "05/5/2024": false, "29/4/2024": false,
		"11/5/2024": false, "26/4/2025": true, "10/1/2026": true, "24/11/2026": false,
	} {
		if got, err := c.IsWorking(must(t, s)); err != nil || got != want {
			t.Errorf("%s: %v, %v", s, got, err)
		}
	}
}

func TestWorkingDaysEdges(t *testing.T) {
	c := calendar(t)
	sunday := must(t, "05/5/2024")
	if got, err := c.AddWorkingDays(sunday, 0); err != nil || got != sunday {
		t.Errorf("+0 = %s, %v", got, err)
	}
	if got, err := c.AddWorkingDays(must(t, "31/12/2023"), 1); err != nil || got.String() != "2024-01-02" {
		t.Errorf("over the year's end: %s, %v", got, err)
	}
	if n, err := c.CountWorking(sunday, sunday); err != nil || n != 0 {
		t.Errorf("from a day to itself: %d, %v", n, err)
	}
}

func TestYearWithoutTableIsAnError(t *testing.T) {
	c := calendar(t)
	want := func(year string) string {
		return "chưa có lịch ngày nghỉ của năm " + year + ", không tính được ngày làm việc"
	}
	calls := map[string]func() error{
		"2027": func() error { _, err := c.AddWorkingDays(must(t, "30/12/2026"), 2); return err },
		"2028": func() error { _, err := c.WorkingDays(2028); return err },
		"2020": func() error { _, err := c.IsWorking(must(t, "31/12/2020")); return err },
		"2019": func() error { _, err := c.CountWorking(must(t, "1/6/2019"), must(t, "1/6/2022")); return err },
	}
	for year, call := range calls {
		if err := call(); !fault.Is(err, fault.Unavailable) || fault.Text(err) != want(year) {
			t.Errorf("%s: %v", year, err)
		}
	}
	if got, err := c.AddWorkingDays(must(t, "30/12/2026"), 1); err != nil || got.String() != "2026-12-31" {
		t.Errorf("the last day with data: %s, %v", got, err)
	}
	if _, err := c.AddWorkingDays(must(t, "1/6/2024"), 1<<40); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a huge number of days: %v", err)
	}
}

func TestWorkingDaysRefuse(t *testing.T) {
	c := calendar(t)
	d := must(t, "3/5/2024")
	calls := map[string]func() error{
		"negative":      func() error { _, err := c.AddWorkingDays(d, -1); return err },
		"from no date":  func() error { _, err := c.AddWorkingDays(day.None, 1); return err },
		"from no end":   func() error { _, err := c.AddWorkingDays(day.Forever, 1); return err },
		"backward":      func() error { _, err := c.CountWorking(d, d-1); return err },
		"count no date": func() error { _, err := c.CountWorking(day.None, d); return err },
		"count no end":  func() error { _, err := c.CountWorking(d, day.Forever); return err },
		"is no date":    func() error { _, err := c.IsWorking(day.None); return err },
	}
	for name, call := range calls {
		if err := call(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNewCalendarRefuses(t *testing.T) {
	list := func(s ...string) (all []day.Day) {
		for _, item := range s {
			all = append(all, must(t, item))
		}
		return all
	}
	tests := []struct {
		name   string
		tables []day.YearTable
		want   string
	}{
		{"no source", []day.YearTable{{Year: 2024, Source: " "}}, "lịch ngày nghỉ của năm 2024 chưa ghi nguồn"},
		{"two tables", []day.YearTable{{Year: 2024, Source: "a"}, {Year: 2024, Source: "b"}}, "lịch ngày nghỉ của năm 2024 có hai bản"},
		{"year 0", []day.YearTable{{Source: "a"}}, "lịch ngày nghỉ có năm 0 không hợp lệ"},
		{"other year", []day.YearTable{{Year: 2024, Off: list("1/1/2025"), Source: "a"}}, "lịch của năm 2024 có ngày 01/01/2025 thuộc năm khác"},
		{"off at a week-end", []day.YearTable{{Year: 2024, Off: list("4/5/2024"), Source: "a"}}, "lịch của năm 2024: ngày nghỉ 04/05/2024 là thứ Bảy hoặc Chủ nhật, chỉ ghi ngày trong tuần"},
		{"work on a weekday", []day.YearTable{{Year: 2024, Work: list("3/5/2024"), Source: "a"}}, "lịch của năm 2024: ngày làm bù 03/05/2024 không phải thứ Bảy hoặc Chủ nhật"},
		{"off twice", []day.YearTable{{Year: 2024, Off: list("1/1/2024", "1/1/2024"), Source: "a"}}, "lịch của năm 2024 ghi ngày 01/01/2024 hai lần"},
		{"work twice", []day.YearTable{{Year: 2024, Work: list("4/5/2024", "4/5/2024"), Source: "a"}}, "lịch của năm 2024 ghi ngày 04/05/2024 hai lần"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := day.NewCalendar(tt.tables)
			if c != nil || fault.Text(err) != tt.want {
				t.Errorf("got %q, want %q", fault.Text(err), tt.want)
			}
		})
	}
}

func TestPropWorkingDays(t *testing.T) {
	c := calendar(t)
	first, last := int32(day.Of(2021, time.January, 1)), int32(day.Of(2024, time.December, 31))
	rapid.Check(t, func(t *rapid.T) {
		from := day.Day(rapid.Int32Range(first, last).Draw(t, "from"))
		n := rapid.IntRange(0, 400).Draw(t, "n")
		to, err := c.AddWorkingDays(from, n)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.CountWorking(from, to); err != nil || got != n {
			t.Fatalf("%s + %d = %s, counted back %d, %v", from, n, to, got, err)
		}
		if working, err := c.IsWorking(to); n > 0 && (err != nil || !working) {
			t.Fatalf("%s + %d ends on %s, a day off (%v)", from, n, to, err)
		}
	})
}
