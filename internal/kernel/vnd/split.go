package vnd

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"

	"giuchuan/internal/kernel/fault"
)

var (
	msgNoWeights = fault.Msg{Key: "vnd.no_weights", Text: "không có phần nào để chia số tiền"}
	msgNegWeight = fault.Msg{Key: "vnd.negative_weight", Text: "tỷ lệ chia thứ {n} là số âm ({weight})"}
	msgAllZero   = fault.Msg{Key: "vnd.zero_weights", Text: "mọi tỷ lệ chia đều bằng 0, không biết chia cho phần nào"}
	msgBigWeight = fault.Msg{Key: "vnd.big_weights", Text: "tổng các tỷ lệ chia quá lớn"}
)

// Split shares v in proportion to weights by largest remainder: each share is
// the exact one rounded towards zero, and the đồng that are left go one each to
// the largest remainders, earlier parts first among equals. The shares always
// add up to v, no share is a whole đồng or more from the exact one, and a part
// of weight 0 gets nothing. A negative amount is shared like its opposite. No
// weights, a negative weight, and weights that are all 0 are errors.
func (v VND) Split(weights []int64) ([]VND, error) {
	total, err := totalWeight(weights)
	if err != nil {
		return nil, err
	}
	size := v.size()
	shares := make([]uint64, len(weights))
	remainders := make([]uint64, len(weights))
	left := size
	for i, w := range weights {
		high, low := bits.Mul64(size, uint64(w))
		shares[i], remainders[i] = bits.Div64(high, low, total)
		left -= shares[i]
	}
	if left > 0 {
		order := make([]int, len(weights))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(remainders[b], remainders[a]) })
		for _, i := range order[:left] {
			shares[i]++
		}
	}
	out := make([]VND, len(shares))
	for i, s := range shares {
		if out[i], err = signed(s, v < 0); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// totalWeight checks the weights and adds them up in 64 bits without sign.
func totalWeight(weights []int64) (uint64, error) {
	if len(weights) == 0 {
		return 0, fault.New(fault.Invalid, msgNoWeights)
	}
	var total uint64
	for i, w := range weights {
		if w < 0 {
			return 0, fault.New(fault.Invalid, msgNegWeight, "n", strconv.Itoa(i+1), "weight", strconv.FormatInt(w, 10))
		}
		var carry uint64
		if total, carry = bits.Add64(total, uint64(w), 0); carry != 0 {
			return 0, fault.New(fault.Invalid, msgBigWeight)
		}
	}
	if total == 0 {
		return 0, fault.New(fault.Invalid, msgAllZero)
	}
	return total, nil
}
