package vnd_test

import (
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vnd"
)

func TestParse(t *testing.T) {
	tests := []struct {
		in   string
		want vnd.VND
	}{
		{"0", 0},
		{"1234567", 1_234_567},
		{"1.234.567 đồng", 1_234_567},
		{"1.234.567đ", 1_234_567},
		{"1.234.567 ₫", 1_234_567},
		{"1.234.567 VND", 1_234_567},
		{"1.234.567 VNĐ", 1_234_567},
		{"1.234", 1_234},
		{"3,5 tỷ", 3_500_000_000},
		{"3,5 tỉ đồng", 3_500_000_000},
		{"3,5tỷ", 3_500_000_000},
		{"3,5 TỶ ĐỒNG", 3_500_000_000},
		{"3,5 ty dong", 3_500_000_000},
		{"12,345 tỷ đồng", 12_345_000_000},
		{"450 triệu", 450_000_000},
		{"450triệuđồng", 450_000_000},
		{"1,2 nghìn tỷ", 1_200_000_000_000},
		{"1,2 ngàn tỉ đồng", 1_200_000_000_000},
		{"1.500 tỷ đồng", 1_500_000_000_000},
		{"12 nghìn", 12_000},
		{"12 ngàn đồng", 12_000},
		{"1.234,5 triệu đồng", 1_234_500_000},
		{"0,5 triệu", 500_000},
		{"0,123456789 tỷ", 123_456_789},
		{"0,1230000000000 nghìn", 123},
		{"5,00 đồng", 5},
		{"1 tỷ 200 triệu", 1_200_000_000},
		{"1 tỷ 200 triệu 5 nghìn 70 đồng", 1_200_005_070},
		{"2 nghìn tỷ 5 tỷ", 2_005_000_000_000},
		{"-3,5 tỷ đồng", -3_500_000_000},
		{"−450 triệu", -450_000_000},
		{"  12\u00a0nghìn  đồng ", 12_000},
		{"9.223.372.036.854.775.807", most},
		{"-9.223.372.036.854.775.808 đồng", least},
	}
	for _, tt := range tests {
		for _, in := range []string{tt.in, norm.NFD.String(tt.in)} {
			if got, err := vnd.Parse(in); err != nil || got != tt.want {
				t.Errorf("Parse(%q) = %d, %v; want %d", in, int64(got), err, int64(tt.want))
			}
		}
	}
}

// refused lists texts that are no amount, and the message that says why.
func refused() []struct{ in, key string } {
	const (
		form     = "vnd.form"
		dots     = "vnd.dots"
		commas   = "vnd.commas"
		fraction = "vnd.fraction"
		order    = "vnd.order"
		overflow = "vnd.overflow"
	)
	return []struct{ in, key string }{
		{"", form},
		{"đồng", form},
		{"tỷ", form},
		{"-", form},
		{"--5", form},
		{"mười đồng", form},
		{"5 USD", form},
		{"0123", form},
		{"0.500", form},
		{"1e9", form},
		{"5 triệu/tháng", form},
		{"3.5 tỷ", dots},
		{"1.23.456", dots},
		{"1234.567", dots},
		{"1.2345", dots},
		{".5 tỷ", dots},
		{"5. tỷ", dots},
		{"1.234.567.89", dots},
		{"1,000", commas},
		{"1,234", commas},
		{"1,234,567", commas},
		{"1,234.5 tỷ", commas},
		{",5 tỷ", commas},
		{"5, tỷ", commas},
		{"3,5", fraction},
		{"3,5 đồng", fraction},
		{"1,2345 nghìn", fraction},
		{"0,1234567891 tỷ", fraction},
		{"1 triệu 500", order},
		{"1 tỷ 1.500 triệu", order},
		{"200 triệu 1 tỷ", order},
		{"1 tỷ 0 tỷ", order},
		{"1,5 tỷ 200 triệu", order},
		{"1 tỷ 2,5 triệu", order},
		{"1 234 567", order},
		{"1 nghìn 200 tỷ", order},
		{"9.223.372.036.854.775.808", overflow},
		{"99999999999999999999999", overflow},
		{"10.000.000.000 tỷ", overflow},
		{"18446744073,999999999 tỷ", overflow},
	}
}

func TestParseRefuses(t *testing.T) {
	for _, tt := range refused() {
		got, err := vnd.Parse(tt.in)
		var key string
		for _, row := range fault.Rows(err) {
			key = row.Msg.Key
		}
		if got != 0 || !fault.Is(err, fault.Invalid) || key != tt.key {
			t.Errorf("Parse(%q) = %d, %v; want %s", tt.in, int64(got), err, tt.key)
		}
	}
	_, err := vnd.Parse(" 3,5 đồng ")
	if got, want := fault.Text(err), "“3,5 đồng” không phải số đồng chẵn"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPropWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := vnd.VND(amount().Draw(t, "amount"))
		for _, s := range []string{v.String(), v.Number()} {
			if got, err := vnd.Parse(s); err != nil || got != v {
				t.Fatalf("Parse(%q) = %d, %v", s, int64(got), err)
			}
		}
	})
}

func TestPropSpokenIsNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Int64Range(-1e15, 1e15).Draw(t, "amount")
		got, err := vnd.Parse(vnd.VND(v).Short())
		if err != nil {
			t.Fatal(err)
		}
		// Two decimals of a unit that is said with at least one of it: within
		// half a percent.
		if off := int64(got) - v; max(off, -off)*200 > max(v, -v) {
			t.Fatalf("%d is said %q", v, vnd.VND(v).Short())
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1.234.567 đồng", "3,5 tỷ", "1 tỷ 200 triệu", "-1,2 nghìn tỷ", "0,000", "1.234,5 trieu", "\xff5", "5d d", "9.223.372.036.854.775.808"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := vnd.Parse(s)
		if err != nil {
			if v != 0 || !fault.Is(err, fault.Invalid) {
				t.Fatalf("Parse(%q) = %d, %v", s, int64(v), err)
			}
			return
		}
		if again, err := vnd.Parse(v.String()); err != nil || again != v {
			t.Fatalf("%q -> %s -> %d, %v", s, v, int64(again), err)
		}
	})
}
