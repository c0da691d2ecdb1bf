package vntext

import "strings"

const billion = 1_000_000_000

// Spell is n in Vietnamese words, as the law asks for amounts of money: 1234567
// is "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy". Every int64
// has words; above a tỷ they are counted in tỷ ("một nghìn tỷ", "một tỷ tỷ").
func Spell(n int64) string {
	if n == 0 {
		return "không"
	}
	size := uint64(n)
	var words []string
	if n < 0 {
		size = -size
		words = append(words, "âm")
	}
	return strings.Join(spellTy(words, size), " ")
}

// spellTy adds the words of n > 0: the number of tỷ, then what is below.
func spellTy(words []string, n uint64) []string {
	more := n >= billion
	if more {
		words = append(spellTy(words, n/billion), "tỷ")
	}
	rest := n % billion
	for _, part := range [3]struct {
		size uint64
		name string
	}{{1_000_000, "triệu"}, {1_000, "nghìn"}, {1, ""}} {
		group := rest / part.size % 1000
		if group == 0 {
			continue
		}
		words = spellGroup(words, group, more)
		if part.name != "" {
			words = append(words, part.name)
		}
		more = true
	}
	return words
}

// spellGroup adds the words of 1..999; after a greater group (more) the
// hundreds are said even when there are none.
func spellGroup(words []string, n uint64, more bool) []string {
	names := [10]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}
	hundreds, tens, ones := n/100, n/10%10, n%10
	said := more || hundreds > 0
	if said {
		words = append(words, names[hundreds], "trăm")
	}
	switch {
	case tens == 1:
		words = append(words, "mười")
	case tens > 1:
		words = append(words, names[tens], "mươi")
	case said && ones > 0:
		words = append(words, "linh")
	}
	switch {
	case ones == 0:
	case ones == 1 && tens > 1:
		words = append(words, "mốt")
	case ones == 4 && tens > 1:
		words = append(words, "tư")
	case ones == 5 && tens > 0:
		words = append(words, "lăm")
	default:
		words = append(words, names[ones])
	}
	return words
}
