package draft

import (
	"strconv"
	"strings"
)

// alphabet is the Vietnamese alphabet in the form that lists of points use: a b c d đ e …, without ă, â, ê, ô, ơ, ư and
// without f, j, w, z.
const alphabet = "abcdđeghiklmnopqrstuvxy"

// Point is the letter of the n-th point (điểm) of a list, from 1: a, b, c, d, đ, e, g … y, aa, ab … (Phụ lục I, mục
// II.6.đ).
func Point(n int) string {
	letters := []rune(alphabet)
	var out []rune
	for ; n > 0; n = (n - 1) / len(letters) {
		out = append([]rune{letters[(n-1)%len(letters)]}, out...)
	}
	return string(out)
}

// Roman is n in Roman numerals, n itself where they do not reach.
func Roman(n int) string {
	if n <= 0 || n >= 4000 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, s := range []struct {
		value int
		text  string
	}{
		{1000, "M"},
		{900, "CM"},
		{500, "D"},
		{400, "CD"},
		{100, "C"},
		{90, "XC"},
		{50, "L"},
		{40, "XL"},
		{10, "X"},
		{9, "IX"},
		{5, "V"},
		{4, "IV"},
		{1, "I"},
	} {
		for ; n >= s.value; n -= s.value {
			b.WriteString(s.text)
		}
	}
	return b.String()
}

// label is what the n-th item of a list begins with.
func (m Mark) label(n int) string {
	switch m {
	case Plus:
		return "+"
	case Digits:
		return strconv.Itoa(n) + "."
	case Letters:
		return Point(n) + ")"
	}
	return "-"
}
