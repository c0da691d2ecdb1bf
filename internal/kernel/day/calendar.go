package day

import (
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/kernel/fault"
)

var (
	msgNoTable    = fault.Msg{Key: "day.no_table", Text: "chưa có lịch ngày nghỉ của năm {year}, không tính được ngày làm việc"}
	msgBadYear    = fault.Msg{Key: "day.table_year", Text: "lịch ngày nghỉ có năm {year} không hợp lệ"}
	msgTwice      = fault.Msg{Key: "day.table_twice", Text: "lịch ngày nghỉ của năm {year} có hai bản"}
	msgNoSource   = fault.Msg{Key: "day.table_source", Text: "lịch ngày nghỉ của năm {year} chưa ghi nguồn"}
	msgOtherYear  = fault.Msg{Key: "day.table_other_year", Text: "lịch của năm {year} có ngày {day} thuộc năm khác"}
	msgOffWeekend = fault.Msg{Key: "day.table_off", Text: "lịch của năm {year}: ngày nghỉ {day} là thứ Bảy hoặc Chủ nhật, chỉ ghi ngày trong tuần"}
	msgWorkWeek   = fault.Msg{Key: "day.table_work", Text: "lịch của năm {year}: ngày làm bù {day} không phải thứ Bảy hoặc Chủ nhật"}
	msgDayTwice   = fault.Msg{Key: "day.table_day_twice", Text: "lịch của năm {year} ghi ngày {day} hai lần"}
	msgNegative   = fault.Msg{Key: "day.negative", Text: "số ngày làm việc phải từ 0 trở lên, không phải {n}"}
	msgNoDay      = fault.Msg{Key: "day.no_day", Text: "chưa có ngày để tính ngày làm việc"}
	msgBackward   = fault.Msg{Key: "day.backward", Text: "ngày cuối {to} trước ngày đầu {from}"}
)

// YearTable says which days of one year differ from the usual Monday to Friday
// in the civil service (Bộ luật Lao động 2019, Điều 111 and 112, and the yearly
// notice of the Ministry).
type YearTable struct {
	Year   int
	Off    []Day  // weekdays off: holidays and days swapped away
	Work   []Day  // working days at a week-end, swapped in
	Source string // the notices the table was taken from; required
}

// Calendar counts working days in the years it has tables for. It never
// guesses: a count that touches another year is an error of code Unavailable
// that names the year. A Calendar is not changed after it was made and may be
// shared.
type Calendar struct {
	years map[int]*workYear
}

// workYear has one bit per day of the year, set for working days.
type workYear struct {
	first Day
	total int
	bits  [6]uint64
}

func (w *workYear) working(d Day) bool {
	i := uint(d - w.first)
	return w.bits[i/64]>>(i%64)&1 == 1
}

func (w *workYear) flip(d Day) {
	i := uint(d - w.first)
	w.bits[i/64] ^= 1 << (i % 64)
	if w.bits[i/64]>>(i%64)&1 == 1 {
		w.total++
	} else {
		w.total--
	}
}

// NewCalendar checks the tables and makes a calendar of them, in any order. It
// refuses a table without source, two tables of one year, a day of another
// year, a day off at a week-end, a swapped working day that is none, and a day
// named twice.
func NewCalendar(years []YearTable) (*Calendar, error) {
	c := &Calendar{years: make(map[int]*workYear, len(years))}
	for _, t := range years {
		year := strconv.Itoa(t.Year)
		switch {
		case t.Year < 1 || t.Year > maxYear:
			return nil, fault.New(fault.Invalid, msgBadYear, "year", year)
		case c.years[t.Year] != nil:
			return nil, fault.New(fault.Conflict, msgTwice, "year", year)
		case strings.TrimSpace(t.Source) == "":
			return nil, fault.New(fault.Invalid, msgNoSource, "year", year)
		}
		w, err := newWorkYear(t)
		if err != nil {
			return nil, err
		}
		c.years[t.Year] = w
	}
	return c, nil
}

func newWorkYear(t YearTable) (*workYear, error) {
	w := &workYear{first: Of(t.Year, time.January, 1)}
	for d := w.first; d.Year() == t.Year; d++ {
		if !weekend(d) {
			w.flip(d)
		}
	}
	refuse := func(msg fault.Msg, d Day) error {
		return fault.New(fault.Invalid, msg, "year", strconv.Itoa(t.Year), "day", d.Vietnamese())
	}
	take := func(d Day, off bool) error {
		switch {
		case d.Year() != t.Year:
			return refuse(msgOtherYear, d)
		case off && weekend(d):
			return refuse(msgOffWeekend, d)
		case !off && !weekend(d):
			return refuse(msgWorkWeek, d)
		case w.working(d) != off:
			return refuse(msgDayTwice, d)
		}
		w.flip(d)
		return nil
	}
	for _, d := range t.Off {
		if err := take(d, true); err != nil {
			return nil, err
		}
	}
	for _, d := range t.Work {
		if err := take(d, false); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func weekend(d Day) bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

// year finds the table of a year or says that there is none.
func (c *Calendar) year(y int) (*workYear, error) {
	if w := c.years[y]; w != nil {
		return w, nil
	}
	return nil, fault.New(fault.Unavailable, msgNoTable, "year", strconv.Itoa(y))
}

// IsWorking tells whether d is a working day.
func (c *Calendar) IsWorking(d Day) (bool, error) {
	if d == None || d == Forever {
		return false, fault.New(fault.Invalid, msgNoDay)
	}
	w, err := c.year(d.Year())
	if err != nil {
		return false, err
	}
	return w.working(d), nil
}

// WorkingDays is the number of working days in a year.
func (c *Calendar) WorkingDays(year int) (int, error) {
	w, err := c.year(year)
	if err != nil {
		return 0, err
	}
	return w.total, nil
}

// AddWorkingDays is the n-th working day after from: the day after from counts
// as 1 if it is one, and n = 0 is from itself. A negative n, None and Forever
// are errors.
func (c *Calendar) AddWorkingDays(from Day, n int) (Day, error) {
	if n < 0 {
		return None, fault.New(fault.Invalid, msgNegative, "n", strconv.Itoa(n))
	}
	d := from
	for n > 0 {
		if d == None || d == Forever {
			return None, fault.New(fault.Invalid, msgNoDay)
		}
		d++
		working, err := c.IsWorking(d)
		if err != nil {
			return None, err
		}
		if working {
			n--
		}
	}
	return d, nil
}

// CountWorking is the number of working days after from up to and including
// to, so that it undoes AddWorkingDays: none when they are the same day. A to
// before from, None and Forever are errors.
func (c *Calendar) CountWorking(from, to Day) (int, error) {
	if to < from {
		return 0, fault.New(fault.Invalid, msgBackward, "from", from.Vietnamese(), "to", to.Vietnamese())
	}
	if from == None || to == Forever {
		return 0, fault.New(fault.Invalid, msgNoDay)
	}
	n := 0
	for d := from; d < to; {
		d++
		working, err := c.IsWorking(d)
		if err != nil {
			return 0, err
		}
		if working {
			n++
		}
	}
	return n, nil
}
