package law_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
)

// refused stands for a text that is no figure.
const refused = "?"

// readings are texts and how they read with each grouping.
var readings = []struct{ text, free, thousand, decimal string }{
	{"90", "90", "90", "90"},
	{"0", "0", "0", "0"},
	{"007", "7", "7", "7"},
	{"89,78", "89.78", "89.78", "89.78"},
	{"89.78", "89.78", "89.78", "89.78"},
	{"  89,78\u00a0", "89.78", "89.78", "89.78"},
	{"1.234", refused, "1234", "1.234"},
	{"12.345", refused, "12345", "12.345"},
	{"123.456", refused, "123456", "123.456"},
	{"-1.234", refused, "-1234", "-1.234"},
	{"1234.567", "1234.567", "1234.567", "1234.567"},
	{"0.234", "0.234", "0.234", "0.234"},
	{"1.2345", "1.2345", "1.2345", "1.2345"},
	{"1,234", "1.234", "1.234", "1.234"},
	{"1.234,5", "1234.5", "1234.5", "1234.5"},
	{"1,234.5", "1234.5", "1234.5", "1234.5"},
	{"1.234.567", "1234567", "1234567", "1234567"},
	{"1,234,567", "1234567", "1234567", "1234567"},
	{"1.234.567,89", "1234567.89", "1234567.89", "1234567.89"},
	{"1 234 567", "1234567", "1234567", "1234567"},
	{"1\u00a0234,5", "1234.5", "1234.5", "1234.5"},
	{"1\u202f234.567", "1234.567", "1234.567", "1234.567"},
	{"-5", "-5", "-5", "-5"},
	{"− 5,5", "-5.5", "-5.5", "-5.5"},
	{"+5", "5", "5", "5"},
	{"1,20000", "1.2", "1.2", "1.2"},
	{"100000000000", "100000000000", "100000000000", "100000000000"},
	{"1,23456", refused, refused, refused},
	{"100000000001", refused, refused, refused},
	{"99999999999999999999", refused, refused, refused},
	{"8 9,78", refused, refused, refused},
	{"12 34", refused, refused, refused},
	{"1.23.456", refused, refused, refused},
	{"1.2,3", refused, refused, refused},
	{"1,2,3.4", refused, refused, refused},
	{"1.2.3,4,5", refused, refused, refused},
	{"1.234 567", refused, refused, refused},
	{"5,", refused, refused, refused},
	{"5.", refused, refused, refused},
	{",5", refused, refused, refused},
	{".5", refused, refused, refused},
	{"-+5", refused, refused, refused},
	{"--5", refused, refused, refused},
	{"1e3", refused, refused, refused},
	{"٣", refused, refused, refused},
	{"90 %", refused, refused, refused},
	{"", refused, refused, refused},
	{"-", refused, refused, refused},
	{"đạt", refused, refused, refused},
}

func TestParseNumber(t *testing.T) {
	for _, c := range readings {
		for g, want := range []string{c.free, c.thousand, c.decimal} {
			got := refused
			if n, err := law.ParseNumber(c.text, law.Grouping(g)); err == nil {
				got = n.Decimal()
			} else if !fault.Is(err, fault.Invalid) {
				t.Errorf("%q: %v is not a fault of the input", c.text, err)
			}
			if got != want {
				t.Errorf("%q with grouping %d: %s, want %s", c.text, g, got, want)
			}
		}
	}
}

func TestParseNumberSaysWhatToWrite(t *testing.T) {
	for text, want := range map[string]string{
		"1.234":   "“1.234” có thể hiểu là 1234 hoặc 1,234; ghi 1234 không có dấu chấm, hoặc ghi 1,234 với dấu phẩy",
		"abc":     "“abc” không phải là số; ghi số như 89,78 hoặc 89.78",
		"1,23456": "“1,23456” có quá 4 chữ số thập phân; làm tròn còn tối đa 4 chữ số",
	} {
		_, err := law.ParseNumber(text, law.GroupingRefused)
		if got := fault.Text(err); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func anyNumber() *rapid.Generator[law.Number] {
	return rapid.Map(rapid.Int64Range(-1e15, 1e15), func(n int64) law.Number { return law.Number(n) })
}

func TestNumberPrintsWhatItReads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := anyNumber().Draw(t, "n")
		for _, text := range []string{n.Decimal(), n.Vietnamese(), strings.ReplaceAll(n.Vietnamese(), ".", " ")} {
			back, err := law.ParseNumber(text, law.GroupingDecimal)
			if text == n.Vietnamese() && strings.Count(text, ".") == 1 && !strings.Contains(text, ",") {
				back, err = law.ParseNumber(text, law.GroupingThousand) // "1.234" is read as the unit decides
			}
			if err != nil || back != n {
				t.Fatalf("%d prints %q, which reads as %d, %v", int64(n), text, int64(back), err)
			}
		}
		raw, err := json.Marshal(n)
		var back float64
		if err != nil || json.Unmarshal(raw, &back) != nil || string(raw) != n.Decimal() {
			t.Fatalf("%s in JSON is %s, %v", n, raw, err)
		}
	})
}

func TestNumberInVietnamese(t *testing.T) {
	for n, want := range map[law.Number]string{
		0: "0", 1: "0,0001", -1: "-0,0001", 897800: "89,78", 12345000: "1.234,5", 1234567 * law.One: "1.234.567", -999 * law.One: "-999",
	} {
		if got := n.Vietnamese(); got != want {
			t.Errorf("%d: %q, want %q", int64(n), got, want)
		}
	}
}

func anyFraction(t *rapid.T) law.Fraction {
	den := rapid.Int64Range(1, 1e14).Draw(t, "den")
	return law.Fraction{Num: law.Number(rapid.Int64Range(0, den).Draw(t, "num")), Den: law.Number(den)}
}

func TestFractionComparesExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFraction(t)
		p := law.Number(rapid.Int64Range(0, 1_000_000).Draw(t, "percent"))
		rounded, exact := f.Percent(), f.ComparePercent(p)
		if rounded < p && exact > 0 || rounded > p && exact < 0 {
			t.Fatalf("%d/%d is %s %%, yet compares %d with %s", f.Num, f.Den, rounded, exact, p)
		}
		if rounded < 0 || rounded > 100*law.One {
			t.Fatalf("%d/%d is %s %%", f.Num, f.Den, rounded)
		}
	})
}

func TestMissingIsTheLeastThatSuffices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		den := rapid.Int64Range(1, 1e8).Draw(t, "people")
		num := rapid.Int64Range(0, den).Draw(t, "covered")
		p := law.Number(rapid.Int64Range(0, 1_000_000).Draw(t, "percent"))
		f := law.Fraction{Num: law.Number(num) * law.One, Den: law.Number(den) * law.One}

		add := f.Missing(p, false)
		enough := law.Fraction{Num: f.Num + add, Den: f.Den}
		if !add.Whole() || enough.ComparePercent(p) < 0 {
			t.Fatalf("%d/%d lacks %s of %s %%, which is not enough", num, den, add, p)
		}
		if enough.Num -= law.One; add > 0 && enough.ComparePercent(p) >= 0 {
			t.Fatalf("%d/%d lacks less than %s of %s %%", num, den, add, p)
		}

		drop := f.Missing(p, true)
		few := law.Fraction{Num: f.Num - drop, Den: f.Den}
		if !drop.Whole() || few.ComparePercent(p) > 0 {
			t.Fatalf("%d/%d exceeds %s %% by %s, which is not enough", num, den, p, drop)
		}
		if few.Num += law.One; drop > 0 && few.ComparePercent(p) <= 0 {
			t.Fatalf("%d/%d exceeds %s %% by less than %s", num, den, p, drop)
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"1.234", "89,78", "1 234,5", "−1,5", "1,234,567.0", "", "5."} {
		f.Add(s, uint8(0))
		f.Add(s, uint8(2))
	}
	f.Fuzz(func(t *testing.T, text string, g uint8) {
		n, err := law.ParseNumber(text, law.Grouping(g%3))
		if err != nil {
			if fault.Text(err) == "" {
				t.Error("an error without words")
			}
			return
		}
		if back, err := law.ParseNumber(n.Decimal(), law.GroupingDecimal); err != nil || back != n {
			t.Errorf("%q reads as %s, which reads as %s, %v", text, n, back, err)
		}
	})
}
