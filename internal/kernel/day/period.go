package day

import (
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/kernel/fault"
)

var (
	msgPeriod     = fault.Msg{Key: "day.period", Text: "không đọc được kỳ “{text}”; viết như 2024, 2024-H1, 2024-Q2 hoặc 2024-06"}
	msgPeriodCode = fault.Msg{Key: "day.period_code", Text: "mã kỳ {code} không hợp lệ"}
)

// Kind is the length of a period. Longer kinds come first.
type Kind uint8

// The kinds of periods; the zero Kind is that of the invalid Period.
const (
	Year Kind = iota + 1
	Half
	Quarter
	Month
)

// Codes of the part of a year in Period.Code: months are 1..12.
const (
	wholeYear    = 0
	firstQuarter = 21
	firstHalf    = 31
)

// Period is a review period (kỳ rà soát): a year, half-year, quarter or month.
// Periods are comparable with ==; the zero Period is not valid.
type Period struct{ code int32 }

// periodOf makes the period of kind k with the index 0.. in its year; invalid
// outside years 1..9999.
func periodOf(k Kind, year, index int) Period {
	if year < 1 || year > maxYear {
		return Period{}
	}
	part := wholeYear
	switch k {
	case Half:
		part = firstHalf + index
	case Quarter:
		part = firstQuarter + index
	case Month:
		part = 1 + index
	}
	return Period{int32(year*100 + part)}
}

// ParsePeriod reads 2024, 2024-H1, 2024-Q2 or 2024-06; letters may be lower
// case and spaces around are ignored.
func ParsePeriod(s string) (Period, error) {
	t := strings.TrimSpace(s)
	if p, ok := readPeriod(t); ok {
		return p, nil
	}
	return Period{}, fault.New(fault.Invalid, msgPeriod, "text", fault.Clip(t))
}

func readPeriod(t string) (Period, bool) {
	if len(t) < 4 {
		return Period{}, false
	}
	year := digits(t[:4])
	if year < 1 {
		return Period{}, false
	}
	if len(t) == 4 {
		return periodOf(Year, year, 0), true
	}
	if len(t) != 7 || t[4] != '-' {
		return Period{}, false
	}
	n := int(t[6]) - '1'
	switch t[5] {
	case 'H', 'h':
		return periodOf(Half, year, n), n >= 0 && n < 2
	case 'Q', 'q':
		return periodOf(Quarter, year, n), n >= 0 && n < 4
	}
	month := digits(t[5:])
	return periodOf(Month, year, month-1), month >= 1 && month <= 12
}

// PeriodOf is the period with a code as Period.Code gives it.
func PeriodOf(code int32) (Period, error) {
	p := Period{code}
	if !p.Valid() {
		return Period{}, fault.New(fault.Invalid, msgPeriodCode, "code", strconv.Itoa(int(code)))
	}
	return p, nil
}

// PeriodContaining is the period of kind k in which d lies; the invalid Period
// for an unknown kind and for days outside the years 1..9999.
func PeriodContaining(k Kind, d Day) Period {
	y, m, _ := d.Civil()
	length := k.Months()
	if length == 0 {
		return Period{}
	}
	return periodOf(k, y, (int(m)-1)/length)
}

// Months is the length of the kind in months, 0 for an unknown one.
func (k Kind) Months() int {
	switch k {
	case Year:
		return 12
	case Half:
		return 6
	case Quarter:
		return 3
	case Month:
		return 1
	}
	return 0
}

// Valid tells whether p is a period at all.
func (p Period) Valid() bool {
	year, part := p.code/100, p.code%100
	if year < 1 || year > maxYear {
		return false
	}
	return part <= 12 || part >= firstQuarter && part < firstQuarter+4 || part >= firstHalf && part < firstHalf+2
}

// Code is the stored form: year*100 plus 0 for the year, 1..12 for a month,
// 21..24 for a quarter, 31..32 for a half-year. The invalid Period has code 0.
func (p Period) Code() int32 { return p.code }

// Year is the calendar year in which p lies.
func (p Period) Year() int { return int(p.code / 100) }

// Kind is the length of p, 0 when p is not valid.
func (p Period) Kind() Kind {
	switch part := p.code % 100; {
	case !p.Valid():
		return 0
	case part == wholeYear:
		return Year
	case part >= firstHalf:
		return Half
	case part >= firstQuarter:
		return Quarter
	}
	return Month
}

// index is the place of p among the periods of its kind in its year, from 0.
func (p Period) index() int {
	part := int(p.code % 100)
	switch p.Kind() {
	case Half:
		return part - firstHalf
	case Quarter:
		return part - firstQuarter
	case Month:
		return part - 1
	}
	return 0
}

// First is the first day of p, None when p is not valid.
func (p Period) First() Day {
	if !p.Valid() {
		return None
	}
	return Of(p.Year(), time.Month(p.index()*p.Kind().Months()+1), 1)
}

// Last is the last day of p, None when p is not valid.
func (p Period) Last() Day {
	if !p.Valid() {
		return None
	}
	return Of(p.Year(), time.Month((p.index()+1)*p.Kind().Months()+1), 1) - 1
}

// Contains tells whether d lies in p.
func (p Period) Contains(d Day) bool {
	return p.Valid() && p.First() <= d && d <= p.Last()
}

// Next is the period of the same kind after p, invalid after the year 9999.
func (p Period) Next() Period { return PeriodContaining(p.Kind(), p.Last()+1) }

// Prev is the period of the same kind before p, invalid before the year 1.
func (p Period) Prev() Period { return PeriodContaining(p.Kind(), p.First()-1) }

// String is the form that ParsePeriod reads, in capitals; empty when p is not
// valid.
func (p Period) String() string {
	if !p.Valid() {
		return ""
	}
	b := appendYear(make([]byte, 0, len("2024-H1")), p.Year())
	switch p.Kind() {
	case Half:
		b = append(b, '-', 'H', byte('1'+p.index()))
	case Quarter:
		b = append(b, '-', 'Q', byte('1'+p.index()))
	case Month:
		b = appendTwo(append(b, '-'), p.index()+1)
	}
	return string(b)
}

// Vietnamese is what a person reads: "năm 2024", "6 tháng đầu năm 2024", "quý
// II năm 2024", "tháng 6 năm 2024"; empty when p is not valid.
func (p Period) Vietnamese() string {
	if !p.Valid() {
		return ""
	}
	year := "năm " + strconv.Itoa(p.Year())
	switch p.Kind() {
	case Half:
		return "6 tháng " + [2]string{"đầu ", "cuối "}[p.index()] + year
	case Quarter:
		return "quý " + [4]string{"I ", "II ", "III ", "IV "}[p.index()] + year
	case Month:
		return "tháng " + strconv.Itoa(p.index()+1) + " " + year
	}
	return year
}
