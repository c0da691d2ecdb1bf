package law

import (
	"bytes"
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

// maxPercent bounds the percentages a fraction is measured against.
const maxPercent = 1000 * One

var (
	msgNotNumber  = fault.Msg{Key: "law.not_number", Text: "“{text}” không phải là số; ghi số như 89,78 hoặc 89.78"}
	msgDecimals   = fault.Msg{Key: "law.too_many_decimals", Text: "“{text}” có quá 4 chữ số thập phân; làm tròn còn tối đa 4 chữ số"}
	msgAmbiguous  = fault.Msg{Key: "law.ambiguous_number", Text: "“{text}” có thể hiểu là {whole} hoặc {comma}; ghi {whole} không có dấu chấm, hoặc ghi {comma} với dấu phẩy"}
	msgNumberSize = fault.Msg{Key: "law.number_too_large", Text: "“{text}” quá lớn"}
)

// Whole reports whether n has no decimals.
func (n Number) Whole() bool { return n%One == 0 }

// Decimal prints n with a dot and without needless zeros: "89.78".
func (n Number) Decimal() string { return n.print('.', 0) }

// String prints n as Decimal does.
func (n Number) String() string { return n.Decimal() }

// Vietnamese prints n with a decimal comma and dots between thousands: "1.234,5".
func (n Number) Vietnamese() string { return n.print(',', '.') }

// print writes n with a decimal mark, and a mark between thousands unless it is
// 0. A sheet prints hundreds of numbers: each takes one allocation.
func (n Number) print(decimal, thousand byte) string {
	var room, digits [32]byte
	out, u := room[:0], uint64(n)
	if n < 0 {
		out, u = append(out, '-'), -u
	}
	whole := strconv.AppendUint(digits[:0], u/uint64(One), 10)
	for i, d := range whole {
		if i > 0 && thousand != 0 && (len(whole)-i)%3 == 0 {
			out = append(out, thousand)
		}
		out = append(out, d)
	}
	if f := u % uint64(One); f != 0 {
		frac := strconv.AppendUint(digits[:0], f+uint64(One), 10)[1:]
		out = append(append(out, decimal), bytes.TrimRight(frac, "0")...)
	}
	return string(out)
}

// Short prints n as Vietnamese does, with at most two decimals.
func (n Number) Short() string {
	const hundredth = One / 100
	if n >= 0 && n%hundredth != 0 {
		n = (n + hundredth/2) / hundredth * hundredth
	}
	return n.Vietnamese()
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
	s := strings.TrimSpace(strings.NewReplacer("\u00a0", " ", "\u202f", " ", "−", "-").Replace(text))
	sign := Number(1)
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		sign, s = -1, strings.TrimSpace(rest)
	} else {
		s = strings.TrimSpace(strings.TrimPrefix(s, "+"))
	}
	whole, frac, err := splitNumber(text, s, g)
	if err != nil {
		return 0, err
	}
	frac = strings.TrimRight(frac, "0")
	if len(frac) > 4 {
		return 0, fault.New(fault.Invalid, msgDecimals, "text", fault.Clip(text))
	}
	w, perr := strconv.ParseInt(whole, 10, 64)
	if perr != nil || w > maxWhole {
		return 0, fault.New(fault.Invalid, msgNumberSize, "text", fault.Clip(text))
	}
	f, _ := strconv.ParseInt((frac + "0000")[:4], 10, 64) // four digits, checked by splitNumber
	return sign * (Number(w)*One + Number(f)), nil
}

// splitNumber separates the digits before and after the decimal mark: the last
// of a dot and a comma, or the only mark there is, unless it parts thousands.
func splitNumber(text, s string, g Grouping) (whole, frac string, err error) {
	dots, commas := strings.Count(s, "."), strings.Count(s, ",")
	decimal, thousand := "", ""
	switch {
	case commas == 1 && (dots == 0 || strings.LastIndex(s, ",") > strings.LastIndex(s, ".")):
		decimal, thousand = ",", "."
	case dots == 1:
		decimal, thousand = ".", ","
	case commas == 0:
		thousand = "."
	case dots == 0:
		thousand = ","
	}
	whole, marked := s, false
	if decimal != "" {
		whole, frac, marked = strings.Cut(s, decimal)
	}
	if thousand == "" || strings.Contains(whole, " ") {
		thousand = " "
	}
	whole, ok := ungroup(whole, thousand)
	if !ok || whole == "" || !digits(whole) || !digits(frac) || (marked && frac == "") {
		return "", "", fault.New(fault.Invalid, msgNotNumber, "text", fault.Clip(text))
	}
	if s != whole+"."+frac || len(whole) > 3 || len(frac) != 3 || whole[0] == '0' || g == GroupingDecimal {
		return whole, frac, nil
	}
	if g == GroupingThousand {
		return whole + frac, "", nil
	}
	return "", "", fault.New(fault.Invalid, msgAmbiguous, "text", fault.Clip(text),
		"whole", whole+frac, "comma", whole+","+frac)
}

// ungroup takes the mark between groups of three digits away.
func ungroup(s, mark string) (string, bool) {
	parts := strings.Split(s, mark)
	for i, p := range parts {
		if len(parts) > 1 && (p == "" || len(p) > 3 || (i > 0 && len(p) != 3)) {
			return "", false
		}
	}
	return strings.Join(parts, ""), true
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
	step := Number(1)
	if f.Num.Whole() {
		step = One
	}
	return f.gap(percent, fewerIsBetter, step)
}

// gap is the distance of the numerator from percent of the denominator, in
// multiples of step, rounded away from the numerator.
func (f Fraction) gap(percent Number, fewerIsBetter bool, step Number) Number {
	percent = min(max(0, percent), maxPercent)
	hi, lo := bits.Mul64(uint64(f.Den), uint64(percent))
	q, r := bits.Div64(hi, lo, uint64(100*One))
	need := Number(q)
	if fewerIsBetter {
		return max(0, f.Num-(need-need%step))
	}
	if r != 0 {
		need++
	}
	if over := need % step; over != 0 {
		need += step - over
	}
	return max(0, need-f.Num)
}
