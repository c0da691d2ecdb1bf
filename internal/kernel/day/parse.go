package day

import (
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/kernel/fault"
)

var (
	msgForm       = fault.Msg{Key: "day.form", Text: "không đọc được ngày “{text}”; viết như 01/10/2024 hoặc 2024-10-01"}
	msgImpossible = fault.Msg{Key: "day.impossible", Text: "không có ngày {text}: tháng {month} năm {year} chỉ có {days} ngày"}
)

// Parse reads a day written 2024-10-01, 01/10/2024, 1/10/2024 or 01-10-2024,
// with spaces around it ignored. Any other form and any day that the calendar
// does not have are errors.
func Parse(s string) (Day, error) {
	s = strings.TrimSpace(s)
	y, m, d, ok := fields(s)
	if !ok || y == 0 || m < 1 || m > 12 || d < 1 || d > 31 {
		return None, fault.New(fault.Invalid, msgForm, "text", fault.Clip(s))
	}
	if last := daysIn(y, time.Month(m)); d > last {
		return None, fault.New(fault.Invalid, msgImpossible, "text", s,
			"month", strconv.Itoa(m), "year", strconv.Itoa(y), "days", strconv.Itoa(last))
	}
	return Of(y, time.Month(m), d), nil
}

// fields splits a written day into its three numbers.
func fields(s string) (y, m, d int, ok bool) {
	if len(s) == 10 && s[4] == '-' && s[7] == '-' {
		y, m, d = digits(s[:4]), digits(s[5:7]), digits(s[8:])
		return y, m, d, y >= 0 && m >= 0 && d >= 0
	}
	sep := strings.IndexAny(s, "/-")
	if sep < 1 || sep > 2 {
		return 0, 0, 0, false
	}
	mark := s[sep]
	end := strings.IndexByte(s[sep+1:], mark)
	if end < 1 || end > 2 || len(s)-(sep+end+2) != 4 {
		return 0, 0, 0, false
	}
	if mark == '-' && (sep != 2 || end != 2) {
		return 0, 0, 0, false
	}
	d, m, y = digits(s[:sep]), digits(s[sep+1:sep+1+end]), digits(s[sep+end+2:])
	return y, m, d, y >= 0 && m >= 0 && d >= 0
}

// digits reads a short text of decimal digits; -1 when it is anything else.
func digits(s string) int {
	n := 0
	for i := range len(s) {
		c := s[i]
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}
