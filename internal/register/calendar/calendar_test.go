package calendar_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/register/calendar"
	"giuchuan/reference"
)

func on(t *testing.T, s string) day.Day {
	t.Helper()
	d, err := day.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func load(t *testing.T) *day.Calendar {
	t.Helper()
	c, err := calendar.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWorkedExamples(t *testing.T) {
	c := load(t)
	for _, x := range []struct {
		from string
		n    int
		want string
	}{
		{"25/4/2024", 5, "06/5/2024"},
		{"07/6/2024", 10, "21/6/2024"},
		{"30/8/2024", 5, "10/9/2024"},
		{"24/4/2025", 5, "05/5/2025"},
		{"13/02/2026", 10, "06/3/2026"},
		{"20/8/2026", 10, "07/9/2026"},
		{"20/11/2026", 5, "30/11/2026"},
	} {
		got, err := c.AddWorkingDays(on(t, x.from), x.n)
		if err != nil || got != on(t, x.want) {
			t.Errorf("%s + %d working days = %v, %v; want %s", x.from, x.n, got, err, x.want)
		}
		if n, err := c.CountWorking(on(t, x.from), got); err != nil || n != x.n {
			t.Errorf("working days %s to %v = %d, %v; want %d", x.from, got, n, err, x.n)
		}
	}
}

func TestYearTotals(t *testing.T) {
	c := load(t)
	// weekdays of the year less the days off plus the swapped ones
	for year, want := range map[int]int{
		2021: 261 - 11, 2022: 260 - 11, 2023: 260 - 11, 2024: 251, 2025: 250, 2026: 249,
	} {
		if got, err := c.WorkingDays(year); err != nil || got != want {
			t.Errorf("working days of %d = %d, %v; want %d", year, got, err, want)
		}
	}
}

func TestSwappedAndSpecialDays(t *testing.T) {
	c := load(t)
	for s, want := range map[string]bool{
		"2024-04-29": false, "2024-05-04": true, "2024-05-11": false,
		"2025-05-02": false, "2025-04-26": true,
		"2026-01-02": false, "2026-01-10": true, "2026-08-31": false, "2026-08-22": true,
		"2025-11-24": true, "2026-11-24": false, // Ngày Văn hóa Việt Nam only from 2026
	} {
		if got, err := c.IsWorking(on(t, s)); err != nil || got != want {
			t.Errorf("%s working = %v, %v; want %v", s, got, err, want)
		}
	}
}

func TestYearWithoutDataIsAnError(t *testing.T) {
	c := load(t)
	for _, from := range []string{"2026-12-28", "2027-01-01", "2020-06-01"} {
		_, err := c.AddWorkingDays(on(t, from), 5)
		if !fault.Is(err, fault.Unavailable) {
			t.Errorf("AddWorkingDays from %s: %v, want an error that the year has no table", from, err)
		}
	}
	_, err := c.WorkingDays(2027)
	if err == nil || !strings.Contains(fault.Text(err), "2027") {
		t.Errorf("WorkingDays(2027): %v, want an error that names the year", err)
	}
}

func TestEveryYearNamesItsSource(t *testing.T) {
	entries, err := calendar.Read(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	tables := calendar.Tables(entries)
	if len(tables) != 6 {
		t.Fatalf("%d years, want 2021-2026", len(tables))
	}
	for i, table := range tables {
		if table.Year != 2021+i || table.Source == "" {
			t.Errorf("table %d: year %d, source %q", i, table.Year, table.Source)
		}
	}
	if s := tables[5].Source; !strings.Contains(s, "9441/TB-BNV") || !strings.Contains(s, "28/2026/QH16") {
		t.Errorf("source of 2026 = %q, want both its notice and the resolution", s)
	}
}

func TestStrictFile(t *testing.T) {
	const header = "year,day,kind,name,source\n"
	for name, x := range map[string]struct{ file, want string }{
		"kind":           {header + "2024,2024-01-01,holiday,Tết,x\n", "dòng 2"},
		"other year":     {header + "2024,2024-01-01,off,Tết,x\n2024,2025-01-01,off,Tết,x\n", "dòng 3"},
		"no source":      {header + "2024,2024-01-01,off,Tết,\n", "source"},
		"unknown column": {"year,day,kind,name,source,note\n", "note"},
		"missing column": {"year,day,kind,name\n", "source"},
		"week-end off":   {header + "2024,2024-01-06,off,Tết,x\n", "06/01/2024"},
	} {
		_, err := calendar.Load(fstest.MapFS{"holidays.csv": {Data: []byte(x.file)}})
		if err == nil || !strings.Contains(fault.Text(err), x.want) {
			t.Errorf("%s: %v, want an error with %q", name, err, x.want)
		}
	}
}
