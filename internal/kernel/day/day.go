// Package day holds civil days, review periods and working days in
// Asia/Ho_Chi_Minh. The country has been at UTC+7 without summer time since
// 1975-06-13, so no time zone data is needed.
package day

import (
	"math"
	"strconv"
	"time"
)

// Day counts civil days since 1970-01-01, which is day 0, in the proleptic
// Gregorian calendar. Days compare, subtract and add a number of days as the
// integers they are, and are stored as such.
type Day int32

const (
	// None means that there is no date. It is before every day.
	None Day = math.MinInt32
	// Forever means that there is no end. It is after every day.
	Forever Day = math.MaxInt32
)

const (
	secondsPerDay = 24 * 60 * 60
	utcOffset     = 7 * 60 * 60
	maxYear       = 9999
	// eraDays is the length of 400 Gregorian years; epochShift is the number
	// of days from 0000-03-01 to 1970-01-01.
	eraDays    = 146097
	epochShift = 719468
)

// Of is the day with this year, month and day of month. Values outside their
// range carry over as in time.Date: October 32 is November 1. Days too far away
// for a Day become the first or last one that is not None or Forever.
func Of(y int, m time.Month, d int) Day {
	const far = 6_000_000 // years; every Day is nearer
	months := int64(m) - 1
	year := int64(max(-far, min(far, y))) + floorDiv(months, 12)
	year = max(-far, min(far, year))
	month := months - floorDiv(months, 12)*12 + 1
	days := daysBefore(year, month) + int64(max(-math.MaxInt32*2, min(math.MaxInt32*2, d))) - 1
	return Day(max(int64(None)+1, min(int64(Forever)-1, days)))
}

// daysBefore counts the days from 1970-01-01 to the first of the month. Years
// are taken to begin in March, which puts the leap day last.
func daysBefore(year, month int64) int64 {
	if month <= 2 {
		year--
		month += 12
	}
	era := floorDiv(year, 400)
	yearOfEra := year - era*400
	dayOfYear := (153*(month-3) + 2) / 5
	return era*eraDays + yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear - epochShift
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// FromTime is the civil day in Viet Nam at the instant t.
func FromTime(t time.Time) Day {
	days := floorDiv(t.Unix()+utcOffset, secondsPerDay)
	return Day(max(int64(None)+1, min(int64(Forever)-1, days)))
}

// Civil splits d into year, month and day of month. It has no meaning for None
// and Forever.
func (d Day) Civil() (int, time.Month, int) {
	shifted := int64(d) + epochShift
	era := floorDiv(shifted, eraDays)
	dayOfEra := shifted - era*eraDays
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/(eraDays-1)) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	marchMonth := (5*dayOfYear + 2) / 153
	dayOfMonth := dayOfYear - (153*marchMonth+2)/5 + 1
	year, month := era*400+yearOfEra, marchMonth+3
	if month > 12 {
		month -= 12
		year++
	}
	return int(year), time.Month(month), int(dayOfMonth)
}

// Year is the calendar year of d.
func (d Day) Year() int {
	y, _, _ := d.Civil()
	return y
}

// String is the ISO form 2024-10-01; None and Forever are empty.
func (d Day) String() string {
	if d == None || d == Forever {
		return ""
	}
	y, m, dom := d.Civil()
	b := make([]byte, 0, len("2024-10-01"))
	b = appendYear(b, y)
	b = append(b, '-')
	b = appendTwo(b, int(m))
	b = append(b, '-')
	b = appendTwo(b, dom)
	return string(b)
}

// Vietnamese is the form 01/10/2024 of Vietnamese documents; None and Forever
// are empty.
func (d Day) Vietnamese() string {
	if d == None || d == Forever {
		return ""
	}
	y, m, dom := d.Civil()
	b := make([]byte, 0, len("01/10/2024"))
	b = appendTwo(b, dom)
	b = append(b, '/')
	b = appendTwo(b, int(m))
	b = append(b, '/')
	b = appendYear(b, y)
	return string(b)
}

func appendTwo(b []byte, n int) []byte {
	return append(b, byte('0'+n/10), byte('0'+n%10))
}

func appendYear(b []byte, y int) []byte {
	if y < 0 || y > maxYear {
		return strconv.AppendInt(b, int64(y), 10)
	}
	return appendTwo(appendTwo(b, y/100), y%100)
}

// Weekday is the day of the week of d.
func (d Day) Weekday() time.Weekday {
	n := int64(d) + 4 // 1970-01-01 was a Thursday
	return time.Weekday(n - floorDiv(n, 7)*7)
}

// AddMonths is the same day of the month n months later (earlier when n is
// negative), or the last day of that month when it is shorter (Bộ luật Dân sự
// 2015, Điều 148). None and Forever stay what they are.
func (d Day) AddMonths(n int) Day {
	if d == None || d == Forever {
		return d
	}
	const far = 12 * 12_000_000 // months; beyond the first and last Day from anywhere
	y, m, dom := d.Civil()
	first := Of(y, m+time.Month(max(-far, min(far, n))), 1)
	_, month, _ := first.Civil()
	return Of(first.Year(), month, min(dom, daysIn(first.Year(), month)))
}

// daysIn is the number of days in a month.
func daysIn(y int, m time.Month) int {
	return int(daysBefore(int64(y), int64(m)+1) - daysBefore(int64(y), int64(m)))
}

// Start is the first instant of d: 00:00 in Viet Nam.
func (d Day) Start() time.Time { return Local(time.Unix(int64(d)*secondsPerDay-utcOffset, 0)) }

// Local is an instant as the clocks of Viet Nam show it: UTC+7 all year.
func Local(t time.Time) time.Time { return t.In(time.FixedZone("+07", utcOffset)) }

// Left says how far a last day is away: "còn 4 ngày"; nothing of Forever.
func (d Day) Left(today Day) string {
	switch n := int(d - today); {
	case d == Forever:
		return ""
	case n < 0:
		return "quá hạn " + strconv.Itoa(-n) + " ngày"
	case n == 0:
		return "hạn hôm nay"
	default:
		return "còn " + strconv.Itoa(n) + " ngày"
	}
}
