// Package vnd is money: whole đồng in 64 bits, with arithmetic that refuses to
// overflow, Vietnamese reading and writing, and shares that add up.
package vnd

import (
	"math"
	"math/bits"
	"strconv"

	"giuchuan/internal/kernel/fault"
)

var msgOverflow = fault.Msg{Key: "vnd.overflow", Text: "số tiền vượt quá giới hạn tính được (khoảng 9,2 tỷ tỷ đồng)"}

// VND is an amount in đồng, negative amounts included. It is stored as the
// integer it is.
type VND int64

// Amounts by which money is counted in speech.
const (
	Thousand VND = 1_000         // nghìn
	Million  VND = 1_000_000     // triệu
	Billion  VND = 1_000_000_000 // tỷ
)

func overflow() error { return fault.New(fault.Invalid, msgOverflow) }

// Add is v + w, or an error when that does not fit.
func (v VND) Add(w VND) (VND, error) {
	sum := v + w
	if (sum > v) != (w > 0) && w != 0 {
		return 0, overflow()
	}
	return sum, nil
}

// Sub is v - w, or an error when that does not fit.
func (v VND) Sub(w VND) (VND, error) {
	diff := v - w
	if (diff < v) != (w > 0) && w != 0 {
		return 0, overflow()
	}
	return diff, nil
}

// Mul is v times n, or an error when that does not fit.
func (v VND) Mul(n int64) (VND, error) {
	high, low := bits.Mul64(v.size(), VND(n).size())
	if high != 0 {
		return 0, overflow()
	}
	return signed(low, (v < 0) != (n < 0))
}

// Sum adds amounts from left to right, or gives an error as soon as the sum
// does not fit.
func Sum(amounts ...VND) (VND, error) {
	var total VND
	for _, a := range amounts {
		var err error
		if total, err = total.Add(a); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// size is |v|, which for the smallest amount does not fit a VND.
func (v VND) size() uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}

// signed is the amount with this size and sign.
func signed(size uint64, negative bool) (VND, error) {
	switch {
	case negative && size <= 1<<63:
		return VND(-size), nil
	case !negative && size <= math.MaxInt64:
		return VND(size), nil
	}
	return 0, overflow()
}

// Number is v in digits with dots between the thousands: "1.234.567".
func (v VND) Number() string {
	digits := strconv.FormatUint(v.size(), 10)
	b := make([]byte, 0, len(digits)+len(digits)/3+1)
	if v < 0 {
		b = append(b, '-')
	}
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b = append(b, '.')
		}
		b = append(b, digits[i])
	}
	return string(b)
}

// String is the exact amount for people: "1.234.567 đồng".
func (v VND) String() string { return v.Number() + " đồng" }

// Short is the amount as it is said, with at most two decimals, rounded half
// away from zero: "3,5 tỷ đồng", "1.200 tỷ đồng", "450 triệu đồng", "12 nghìn
// đồng". Use String where the exact amount matters.
func (v VND) Short() string {
	size := v.size()
	for _, unit := range []struct {
		size uint64
		name string
	}{{uint64(Billion), " tỷ đồng"}, {uint64(Million), " triệu đồng"}, {uint64(Thousand), " nghìn đồng"}} {
		// What would round to 1.000 of the unit below is said in this one.
		if size < unit.size-unit.size/200_000 {
			continue
		}
		step := unit.size / 100
		hundredths := (size + step/2) / step
		whole, _ := signed(hundredths/100, v < 0)
		return whole.Number() + decimals(hundredths%100) + unit.name
	}
	return v.String()
}

// decimals writes hundredths after a comma, without trailing zeros.
func decimals(hundredths uint64) string {
	switch {
	case hundredths == 0:
		return ""
	case hundredths%10 == 0:
		return "," + strconv.FormatUint(hundredths/10, 10)
	case hundredths < 10:
		return ",0" + strconv.FormatUint(hundredths, 10)
	}
	return "," + strconv.FormatUint(hundredths, 10)
}
