// Package calendar makes the calendar of working days from the holidays of
// reference/: weekdays off in the civil service and working days swapped in, one
// table per year with the notice it comes from (Bộ luật Lao động 45/2019, Điều
// 111 and 112). A year without rows has no calendar, and counting in it is an
// error.
package calendar

import (
	"io/fs"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/register/datafile"
)

// Entry is one day that differs from the usual Monday to Friday.
type Entry struct {
	Day    day.Day
	Work   bool // true: a working day swapped in; false: a weekday off
	Name   string
	Source string
}

// Read reads holidays.csv of fsys (reference.FS()), in the order of the days.
func Read(fsys fs.FS) ([]Entry, error) {
	f, err := datafile.Read(fsys, "holidays.csv", "year", "day", "kind", "name", "source")
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, 0, len(f.Rows))
	for _, row := range f.Rows {
		e := Entry{Day: row.Day("day", day.None), Name: row.Needed("name"), Source: row.Needed("source")}
		switch row.Text("kind") {
		case "work":
			e.Work = true
		case "off":
		default:
			row.Refuse("kind", "off hoặc work")
		}
		if e.Day == day.None || e.Day.Year() != row.Int("year") {
			row.Refuse("day", "một ngày của năm ghi ở cột year")
		}
		entries = append(entries, e)
	}
	if err := f.Err(); err != nil {
		return nil, err
	}
	slices.SortStableFunc(entries, func(a, b Entry) int { return int(a.Day) - int(b.Day) })
	return entries, nil
}

// Tables groups entries by year, for day.NewCalendar; the source of a year names
// every notice its rows come from.
func Tables(entries []Entry) []day.YearTable {
	var tables []day.YearTable
	for _, e := range entries {
		if n := len(tables); n == 0 || tables[n-1].Year != e.Day.Year() {
			tables = append(tables, day.YearTable{Year: e.Day.Year()})
		}
		t := &tables[len(tables)-1]
		if e.Work {
			t.Work = append(t.Work, e.Day)
		} else {
			t.Off = append(t.Off, e.Day)
		}
		if !strings.Contains(t.Source, e.Source) {
			t.Source = strings.TrimPrefix(t.Source+"; "+e.Source, "; ")
		}
	}
	return tables
}

// Load is the calendar of every year that fsys has holidays for.
func Load(fsys fs.FS) (*day.Calendar, error) {
	entries, err := Read(fsys)
	if err != nil {
		return nil, err
	}
	return day.NewCalendar(Tables(entries))
}
