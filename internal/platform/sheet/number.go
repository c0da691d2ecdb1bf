package sheet

import (
	"math"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
)

// decimal is a number as 15 significant digits and the place of its point: the
// value is 0.digits x 10^point.
type decimal struct {
	negative bool
	digits   string // no trailing zeros; empty is zero
	point    int
}

// parseDecimal reads a stored number. Excel keeps float64 and shows 15
// significant digits, so 89.780000000000001 is 89.78.
func parseDecimal(raw string) (decimal, bool) {
	for i := range len(raw) {
		if c := raw[i]; (c < '0' || c > '9') && !strings.ContainsRune("+-.eE", rune(c)) {
			return decimal{}, false
		}
	}
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return decimal{}, false
	}
	return decimalOf(f), true
}

func decimalOf(f float64) decimal {
	var buf [32]byte
	text := strconv.AppendFloat(buf[:0], math.Abs(f), 'e', 14, 64) // d.dddddddddddddde±dd
	exponent, err := strconv.Atoi(string(text[17:]))
	digits := strings.TrimRight(string(text[0])+string(text[2:16]), "0")
	if err != nil || digits == "" {
		return decimal{}
	}
	return decimal{negative: f < 0, digits: digits, point: exponent + 1}
}

// String writes the number without an exponent.
func (d decimal) String() string {
	sign := ""
	if d.negative {
		sign = "-"
	}
	switch n := len(d.digits); {
	case n == 0:
		return "0"
	case d.point <= 0:
		return sign + "0." + strings.Repeat("0", -d.point) + d.digits
	case d.point >= n:
		return sign + d.digits + strings.Repeat("0", d.point-n)
	default:
		return sign + d.digits[:d.point] + "." + d.digits[d.point:]
	}
}

// percent is the number as a percentage: 0.9 is 90%.
func (d decimal) percent() string {
	d.point += 2
	return d.String() + "%"
}

// The last serial of a date a spreadsheet knows, 31/12/9999.
const lastSerial = 2_958_465

// dateOf reads a date serial. In the 1900 system day 60 is 29/02/1900, which
// never was; days before it are one off. clock is the time of day in seconds.
func dateOf(serial float64, since1904 bool) (d day.Day, clock int, ok bool) {
	if !(serial >= 0 && serial < lastSerial+1) {
		return day.None, 0, false
	}
	whole := int(serial)
	clock = int(math.Round((serial - float64(whole)) * 86400))
	if clock == 86400 {
		whole, clock = whole+1, 0
	}
	switch {
	case since1904:
		return day.Of(1904, 1, 1+whole), clock, true
	case whole < 1:
		return day.None, clock, true
	case whole < 60:
		return day.Of(1899, 12, 31+whole), clock, true
	case whole == 60:
		return day.None, 0, false
	default:
		return day.Of(1899, 12, 30+whole), clock, true
	}
}

// dateText is a date as a person in Việt Nam writes it.
func dateText(d day.Day, clock int) string {
	text := ""
	if d != day.None {
		text = d.Vietnamese()
		if clock == 0 {
			return text
		}
		text += " "
	}
	two := func(n int) string { return strconv.Itoa(n / 10 % 10)[:1] + strconv.Itoa(n%10) }
	text += two(clock/3600) + ":" + two(clock/60%60)
	if clock%60 != 0 {
		text += ":" + two(clock%60)
	}
	return text
}
