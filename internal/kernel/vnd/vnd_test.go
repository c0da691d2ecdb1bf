package vnd_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vnd"
)

const (
	most  = vnd.VND(math.MaxInt64)
	least = vnd.VND(math.MinInt64)
)

func TestString(t *testing.T) {
	tests := []struct {
		v             vnd.VND
		exact, spoken string
	}{
		{0, "0 đồng", "0 đồng"},
		{5, "5 đồng", "5 đồng"},
		{999, "999 đồng", "999 đồng"},
		{1_000, "1.000 đồng", "1 nghìn đồng"},
		{12_000, "12.000 đồng", "12 nghìn đồng"},
		{1_234, "1.234 đồng", "1,23 nghìn đồng"},
		{1_234_567, "1.234.567 đồng", "1,23 triệu đồng"},
		{450_000_000, "450.000.000 đồng", "450 triệu đồng"},
		{995_000_000, "995.000.000 đồng", "995 triệu đồng"},
		{999_994_999, "999.994.999 đồng", "999,99 triệu đồng"},
		{999_995_000, "999.995.000 đồng", "1 tỷ đồng"},
		{999_994, "999.994 đồng", "999,99 nghìn đồng"},
		{999_995, "999.995 đồng", "1 triệu đồng"},
		{3_500_000_000, "3.500.000.000 đồng", "3,5 tỷ đồng"},
		{3_050_000_000, "3.050.000.000 đồng", "3,05 tỷ đồng"},
		{3_456_789_000, "3.456.789.000 đồng", "3,46 tỷ đồng"},
		{1_200_000_000_000, "1.200.000.000.000 đồng", "1.200 tỷ đồng"},
		{-3_500_000_000, "-3.500.000.000 đồng", "-3,5 tỷ đồng"},
		{-3_455_000_000, "-3.455.000.000 đồng", "-3,46 tỷ đồng"},
		{most, "9.223.372.036.854.775.807 đồng", "9.223.372.036,85 tỷ đồng"},
		{least, "-9.223.372.036.854.775.808 đồng", "-9.223.372.036,85 tỷ đồng"},
	}
	for _, tt := range tests {
		if got := tt.v.String(); got != tt.exact {
			t.Errorf("%d is written %q, want %q", int64(tt.v), got, tt.exact)
		}
		if got := tt.v.Short(); got != tt.spoken {
			t.Errorf("%d is said %q, want %q", int64(tt.v), got, tt.spoken)
		}
	}
}

func TestOverflowIsAnError(t *testing.T) {
	tests := map[string]func() (vnd.VND, error){
		"most + 1":   func() (vnd.VND, error) { return most.Add(1) },
		"least + -1": func() (vnd.VND, error) { return least.Add(-1) },
		"least - 1":  func() (vnd.VND, error) { return least.Sub(1) },
		"0 - least":  func() (vnd.VND, error) { return vnd.VND(0).Sub(least) },
		"least * -1": func() (vnd.VND, error) { return least.Mul(-1) },
		"most * 2":   func() (vnd.VND, error) { return most.Mul(2) },
		"sum":        func() (vnd.VND, error) { return vnd.Sum(most, 1, -5) },
	}
	for name, call := range tests {
		v, err := call()
		if v != 0 || !fault.Is(err, fault.Invalid) || fault.Text(err) != "số tiền vượt quá giới hạn tính được (khoảng 9,2 tỷ tỷ đồng)" {
			t.Errorf("%s = %d, %v", name, int64(v), err)
		}
	}
}

func TestSum(t *testing.T) {
	if v, err := vnd.Sum(); v != 0 || err != nil {
		t.Errorf("nothing adds up to %d, %v", int64(v), err)
	}
	if v, err := vnd.Sum(2*vnd.Billion, 300*vnd.Million, -5*vnd.Thousand); v != 2_299_995_000 || err != nil {
		t.Errorf("got %d, %v", int64(v), err)
	}
}

// amount draws any amount, the ends of the range included.
func amount() *rapid.Generator[int64] {
	return rapid.OneOf(
		rapid.Int64(), rapid.Int64Range(-1_000_000, 1_000_000),
		rapid.SampledFrom([]int64{0, 1, -1, math.MaxInt64, math.MinInt64, math.MaxInt64 / 2, 1 << 32}),
	)
}

func TestPropArithmeticIsExactOrRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := amount().Draw(t, "a"), amount().Draw(t, "b")
		x, y := big.NewInt(a), big.NewInt(b)
		check := func(name string, got vnd.VND, err error, want *big.Int) {
			if want.IsInt64() != (err == nil) || err == nil && int64(got) != want.Int64() {
				t.Fatalf("%d %s %d = %d, %v; want %v", a, name, b, int64(got), err, want)
			}
		}
		sum, err := vnd.VND(a).Add(vnd.VND(b))
		check("+", sum, err, new(big.Int).Add(x, y))
		diff, err := vnd.VND(a).Sub(vnd.VND(b))
		check("-", diff, err, new(big.Int).Sub(x, y))
		product, err := vnd.VND(a).Mul(b)
		check("*", product, err, new(big.Int).Mul(x, y))
	})
}

func TestSplit(t *testing.T) {
	tests := []struct {
		name    string
		v       vnd.VND
		weights []int64
		want    []vnd.VND
	}{
		{"exact", 100, []int64{1, 1, 2}, []vnd.VND{25, 25, 50}},
		{"ties go to the earlier parts", 100, []int64{1, 1, 1}, []vnd.VND{34, 33, 33}},
		{"two left over", 101, []int64{1, 1, 1}, []vnd.VND{34, 34, 33}},
		{"largest remainders first", 10, []int64{1, 2, 4}, []vnd.VND{1, 3, 6}},
		{"only the largest remainder", 10, []int64{10, 20, 36}, []vnd.VND{2, 3, 5}},
		{"weight 0 gets nothing", 7, []int64{0, 1, 0, 1}, []vnd.VND{0, 4, 0, 3}},
		{"one part", 7, []int64{3}, []vnd.VND{7}},
		{"nothing to share", 0, []int64{1, 2}, []vnd.VND{0, 0}},
		{"fewer đồng than parts", 2, []int64{1, 1, 1, 1}, []vnd.VND{1, 1, 0, 0}},
		{"negative", -101, []int64{1, 1, 1}, []vnd.VND{-34, -34, -33}},
		{"greatest numbers", most, []int64{math.MaxInt64, math.MaxInt64}, []vnd.VND{most/2 + 1, most / 2}},
		{"smallest amount", least, []int64{1, 0}, []vnd.VND{least, 0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.v.Split(tt.weights)
			if err != nil {
				t.Fatal(err)
			}
			for i := range tt.want {
				if len(got) != len(tt.want) || got[i] != tt.want[i] {
					t.Fatalf("got %v, want %v", got, tt.want)
				}
			}
		})
	}
}

func TestSplitRefuses(t *testing.T) {
	tests := []struct {
		weights []int64
		want    string
	}{
		{nil, "không có phần nào để chia số tiền"},
		{[]int64{0, 0}, "mọi tỷ lệ chia đều bằng 0, không biết chia cho phần nào"},
		{[]int64{1, -2}, "tỷ lệ chia thứ 2 là số âm (-2)"},
		{[]int64{math.MaxInt64, math.MaxInt64, 2}, "tổng các tỷ lệ chia quá lớn"},
	}
	for _, tt := range tests {
		got, err := vnd.VND(100).Split(tt.weights)
		if got != nil || !fault.Is(err, fault.Invalid) || fault.Text(err) != tt.want {
			t.Errorf("%v: %v, %v", tt.weights, got, err)
		}
	}
}

func TestPropSharesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := amount().Draw(t, "amount")
		weights := rapid.SliceOfN(rapid.OneOf(rapid.Int64Range(0, 100), rapid.Int64Range(0, math.MaxInt64/20)), 1, 20).Draw(t, "weights")
		total := new(big.Int)
		for _, w := range weights {
			total.Add(total, big.NewInt(w))
		}
		shares, err := vnd.VND(v).Split(weights)
		if total.Sign() == 0 {
			if err == nil {
				t.Fatalf("shared %d by nothing: %v", v, shares)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if sum, err := vnd.Sum(shares...); err != nil || int64(sum) != v {
			t.Fatalf("%d shared by %v gives %v, which is %d (%v)", v, weights, shares, int64(sum), err)
		}
		for i, s := range shares {
			// |share*total - v*weight| < total: less than one đồng off.
			off := new(big.Int).Mul(big.NewInt(int64(s)), total)
			off.Sub(off, new(big.Int).Mul(big.NewInt(v), big.NewInt(weights[i])))
			if off.CmpAbs(total) >= 0 || weights[i] == 0 && s != 0 {
				t.Fatalf("%d shared by %v gives part %d %d", v, weights, i+1, int64(s))
			}
		}
	})
}

func TestPropMoreWeightNeverGetsLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Int64Range(0, math.MaxInt64).Draw(t, "amount")
		weights := rapid.SliceOfN(rapid.Int64Range(0, 50), 2, 12).Draw(t, "weights")
		weights[0]++
		shares, err := vnd.VND(v).Split(weights)
		if err != nil {
			t.Fatal(err)
		}
		for i := range weights {
			for j := range weights {
				if weights[i] > weights[j] && shares[i] < shares[j] {
					t.Fatalf("%d by %v gives %v", v, weights, shares)
				}
			}
		}
	})
}

func BenchmarkSplit(b *testing.B) {
	weights := make([]int64, 122)
	for i := range weights {
		weights[i] = int64(i*7919%1000 + 1)
	}
	for b.Loop() {
		if _, err := vnd.VND(123_456_789_013).Split(weights); err != nil {
			b.Fatal(err)
		}
	}
}
