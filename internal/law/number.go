package law

import (
	"math/bits"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/fault"
)

// Number is a quantity in 1/10,000 of its unit, so that comparisons are exact:
// 89.78 % is Number(897800).
type Number int64

// One is the number 1.
const One Number = 10_000

// maxWhole bounds the whole part that is read: larger figures are typing errors.
const maxWhole = 100_000_000_000

var (
	msgNotNumber  = fault.Msg{Key: "law.not_number", Text: "“{text}” không phải là số; ghi số như 89,78 hoặc 89.78"}
	msgDecimals   = fault.Msg{Key: "law.too_many_decimals", Text: "“{text}” có quá 4 chữ số thập phân; làm tròn còn tối đa 4 chữ số"}
	msgAmbiguous  = fault.Msg{Key: "law.ambiguous_number", Text: "“{text}” có thể hiểu là {whole} hoặc {decimal}; ghi {whole} không có dấu chấm, hoặc ghi {comma}"}
	msgNumberSize = fault.Msg{Key: "law.number_too_large", Text: "“{text}” quá lớn"}
)

// Whole reports whether n has no decimals.
func (n Number) Whole() bool { return n%One == 0 }

// Decimal prints n with a dot and without needless zeros: "89.78".
func (n Number) Decimal() string {
	sign := ""
	u := uint64(n)
	if n < 0 {
		sign, u = "-", -u
	}
	s := sign + strconv.FormatUint(u/uint64(One), 10)
	if f := u % uint64(One); f != 0 {
		frac := strconv.FormatUint(f+uint64(One), 10)[1:]
		s += "." + strings.TrimRight(frac, "0")
	}
	return s
}

// String prints n as Decimal does.
func (n Number) String() string { return n.Decimal() }

// Vietnamese prints n with a decimal comma and dots between thousands: "1.234,5".
func (n Number) Vietnamese() string {
	whole, frac, cut := strings.Cut(n.Decimal(), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(r)
	}
	if cut {
		b.WriteString("," + frac)
	}
	return sign + b.String()
}

// MarshalJSON writes n as a JSON number.
func (n Number) MarshalJSON() ([]byte, error) { return []byte(n.Decimal()), nil }

// Grouping says how "1.234" is to be read.
type Grouping uint8

// The readings of a single dot followed by three digits.
const (
	GroupingRefused  Grouping = iota // ambiguous: an error
	GroupingThousand                 // the unit is whole: 1234
	GroupingDecimal                  // the unit is a share: 1.234
)

// ParseNumber reads a figure typed by a person: decimal comma or dot, dots,
// commas or spaces between thousands. "1.234" is refused as ambiguous unless g
// decides. At most four decimals.
func ParseNumber(text string, g Grouping) (Number, error) {
	s := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(strings.TrimSpace(text))
	sign := Number(1)
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "−") {
		sign, s = -1, strings.TrimPrefix(strings.TrimPrefix(s, "-"), "−")
	}
	s = strings.TrimPrefix(s, "+")
	whole, frac, err := splitNumber(text, s, g)
	if err != nil {
		return 0, err
	}
	if strings.TrimRight(frac, "0") != "" && len(strings.TrimRight(frac, "0")) > 4 {
		return 0, fault.New(fault.Invalid, msgDecimals, "text", text)
	}
	w, perr := strconv.ParseInt(whole, 10, 64)
	if perr != nil || w > maxWhole {
		return 0, fault.New(fault.Invalid, msgNumberSize, "text", text)
	}
	frac = (frac + "0000")[:4]
	f, _ := strconv.ParseInt(frac, 10, 64) // four digits, checked by splitNumber
	return sign * (Number(w)*One + Number(f)), nil
}

// splitNumber separates the digits before and after the decimal mark.
func splitNumber(text, s string, g Grouping) (whole, frac string, err error) {
	dots, commas := strings.Count(s, "."), strings.Count(s, ",")
	bad := fault.New(fault.Invalid, msgNotNumber, "text", text)
	switch {
	case dots+commas == 0:
		whole = s
	case dots == 1 && commas == 0:
		whole, frac, _ = strings.Cut(s, ".")
		if whole != "" && len(whole) <= 3 && len(frac) == 3 && !strings.HasPrefix(whole, "0") {
			switch g {
			case GroupingThousand:
				whole, frac = whole+frac, ""
			case GroupingRefused:
				return "", "", fault.New(fault.Invalid, msgAmbiguous, "text", text,
					"whole", whole+frac, "decimal", whole+","+frac, "comma", whole+","+frac)
			}
		}
	case commas == 1 && dots == 0:
		whole, frac, _ = strings.Cut(s, ",")
	case commas == 1 && strings.LastIndex(s, ",") > strings.LastIndex(s, "."):
		whole, frac, _ = strings.Cut(s, ",")
		whole, err = ungroup(whole, ".", bad)
	case dots == 1 && strings.LastIndex(s, ".") > strings.LastIndex(s, ","):
		whole, frac, _ = strings.Cut(s, ".")
		whole, err = ungroup(whole, ",", bad)
	case commas == 0:
		whole, err = ungroup(s, ".", bad)
	case dots == 0:
		whole, err = ungroup(s, ",", bad)
	default:
		return "", "", bad
	}
	if err == nil && (!digits(whole) || whole == "" || !digits(frac)) {
		err = bad
	}
	return whole, frac, err
}

func ungroup(s, mark string, bad error) (string, error) {
	parts := strings.Split(s, mark)
	for i, p := range parts {
		if (i > 0 && len(p) != 3) || p == "" || len(p) > 3 {
			return "", bad
		}
	}
	return strings.Join(parts, ""), nil
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// Fraction is a numerator over a denominator, both kept as they were reported.
type Fraction struct{ Num, Den Number }

// Given reports whether the fraction was reported at all.
func (f Fraction) Given() bool { return f.Den > 0 }

// Percent gives the share in percent, rounded half up to four decimals. It is
// for showing; comparisons use [Fraction.ComparePercent].
func (f Fraction) Percent() Number {
	hi, lo := bits.Mul64(uint64(f.Num), uint64(100*One))
	lo, carry := bits.Add64(lo, uint64(f.Den)/2, 0)
	q, _ := bits.Div64((hi+carry)%uint64(f.Den), lo, uint64(f.Den))
	return Number(q)
}

// ComparePercent compares the exact share with a percentage: -1, 0 or +1.
func (f Fraction) ComparePercent(percent Number) int {
	if percent < 0 {
		return 1
	}
	lh, ll := bits.Mul64(uint64(f.Num), uint64(100*One))
	rh, rl := bits.Mul64(uint64(f.Den), uint64(percent))
	switch {
	case lh < rh || (lh == rh && ll < rl):
		return -1
	case lh == rh && ll == rl:
		return 0
	}
	return 1
}

// Missing gives how many units the numerator lacks to reach percent (0 when it
// has enough), or how many it has too many when fewer is better. Whole
// numerators round up to whole units.
func (f Fraction) Missing(percent Number, fewerIsBetter bool) Number {
	hi, lo := bits.Mul64(uint64(f.Den), uint64(percent))
	q, r := bits.Div64(hi, lo, uint64(100*One))
	need := Number(q)
	if fewerIsBetter {
		if f.Num.Whole() {
			need -= need % One
		}
		return max(0, f.Num-need)
	}
	if r != 0 {
		need++
	}
	if f.Num.Whole() && need%One != 0 {
		need += One - need%One
	}
	return max(0, need-f.Num)
}
