package vntext_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giuchuan/internal/kernel/vntext"
)

func TestSpell(t *testing.T) {
	tests := []struct {
		n    int64
		want string
	}{
		{0, "không"},
		{1, "một"},
		{4, "bốn"},
		{5, "năm"},
		{10, "mười"},
		{11, "mười một"},
		{14, "mười bốn"},
		{15, "mười lăm"},
		{20, "hai mươi"},
		{21, "hai mươi mốt"},
		{24, "hai mươi tư"},
		{25, "hai mươi lăm"},
		{55, "năm mươi lăm"},
		{100, "một trăm"},
		{101, "một trăm linh một"},
		{104, "một trăm linh bốn"},
		{105, "một trăm linh năm"},
		{110, "một trăm mười"},
		{111, "một trăm mười một"},
		{115, "một trăm mười lăm"},
		{121, "một trăm hai mươi mốt"},
		{999, "chín trăm chín mươi chín"},
		{1000, "một nghìn"},
		{1001, "một nghìn không trăm linh một"},
		{1050, "một nghìn không trăm năm mươi"},
		{1015, "một nghìn không trăm mười lăm"},
		{21_000, "hai mươi mốt nghìn"},
		{1_005_000, "một triệu không trăm linh năm nghìn"},
		{1_000_005, "một triệu không trăm linh năm"},
		{1_234_567, "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy"},
		{3_500_000_000, "ba tỷ năm trăm triệu"},
		{1_000_000_001, "một tỷ không trăm linh một"},
		{1_200_000_000_000, "một nghìn hai trăm tỷ"},
		{1_000_000_000_000_000, "một triệu tỷ"},
		{1_000_000_000_000_000_000, "một tỷ tỷ"},
		{-21, "âm hai mươi mốt"},
		{
			math.MaxInt64, "chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ " +
				"tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm linh bảy",
		},
		{
			math.MinInt64, "âm chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ " +
				"tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm linh tám",
		},
	}
	for _, tt := range tests {
		if got := vntext.Spell(tt.n); got != tt.want {
			t.Errorf("Spell(%d) = %q, want %q", tt.n, got, tt.want)
		}
	}
}

// hear turns words back into a number below a tỷ, so that two numbers can never
// be spelled alike.
func hear(words []string) int64 {
	digits := map[string]int64{
		"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
	}
	var total, group, last int64
	for _, w := range words {
		switch w {
		case "trăm":
			group, last = group+last*100, 0
		case "mươi":
			group, last = group+last*10, 0
		case "mười":
			group += 10
		case "linh":
		case "nghìn":
			total, group, last = total+(group+last)*1000, 0, 0
		case "triệu":
			total, group, last = total+(group+last)*1_000_000, 0, 0
		default:
			last = digits[w]
		}
	}
	return total + group + last
}

func TestPropSpellIsHeardBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 999_999_999).Draw(t, "n")
		if got := hear(strings.Fields(vntext.Spell(n))); got != n {
			t.Fatalf("%d is spelled %q, heard as %d", n, vntext.Spell(n), got)
		}
	})
}

func FuzzSpell(f *testing.F) {
	for _, n := range []int64{0, 15, 104, 1_000_005, math.MaxInt64, math.MinInt64} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n int64) {
		s := vntext.Spell(n)
		if s == "" || s != strings.Join(strings.Fields(s), " ") || s != vntext.NFC(s) {
			t.Fatalf("Spell(%d) = %q", n, s)
		}
		if n > 0 && vntext.Spell(-n) != "âm "+s {
			t.Fatalf("Spell(%d) = %q", -n, vntext.Spell(-n))
		}
	})
}
