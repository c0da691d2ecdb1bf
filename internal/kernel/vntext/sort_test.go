package vntext_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"giuchuan/internal/kernel/vntext"
)

func TestSortKeyOrder(t *testing.T) {
	tests := map[string][]string{
		"letters": {
			"An", "Ăn", "Ân", "Ba", "Ca", "Da", "Đa", "Ea", "Êa", "Fa", "Ga", "Ha", "Ia", "Ja", "Ka", "La", "Ma", "Na", "Oa", "Ôa", "Ơa",
			"Pa", "Qa", "Ra", "Sa", "Ta", "Ua", "Ưa", "Va", "Wa", "Xa", "Ya", "Za",
		},
		"tones":                   {"ma", "mà", "mả", "mã", "má", "mạ"},
		"tones with hats":         {"măn", "mằn", "mẳn", "mẵn", "mắn", "mặn", "mân", "mần", "mẩn", "mẫn", "mấn", "mận"},
		"letters before tones":    {"Hòa An", "Hóa An", "Hòa Bình", "Hóa Bình"},
		"first syllable's tone":   {"Hoa Hòa", "Hòa Hoa", "Hòa Hòa"},
		"words before long words": {"An", "An Bình", "An Phú", "Ánh", "Anh Sơn"},
		"đ is a letter":           {"Dân", "Dương", "Đà Vị", "Đạo Đức", "Đường Âm"},
		"numbers by value":        {"Thôn 1", "Thôn 2", "Thôn 9", "Thôn 10", "Thôn 12", "Thôn 100", "Thôn Bản"},
		"very long numbers":       {"99999999", "999999999", "1000000000", "999999999999999999", "1000000000000000000"},
		"communes of the province": {
			"Bạch Xa", "Bằng Hành", "Bình An", "Bình Xa", "Đà Vị", "Đức Ninh", "Hồng Quang", "Hùng Đức",
			"Khuôn Hà", "Lăng Can", "Minh Dân", "Minh Hương", "Phù Lưu", "Phúc Sơn", "Phúc Yên", "Tân Yên", "Thái Hòa", "Thái Sơn",
			"Thổ Bình", "Thượng Lâm", "Yên Lâm", "Yên Phú",
		},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			for i := 1; i < len(want); i++ {
				a, b := vntext.SortKey(want[i-1]), vntext.SortKey(want[i])
				if a >= b {
					t.Errorf("%s (%s) is not before %s (%s)", want[i-1], a, want[i], b)
				}
			}
			got := slices.Clone(want)
			slices.Reverse(got)
			slices.SortFunc(got, func(a, b string) int { return strings.Compare(vntext.SortKey(a), vntext.SortKey(b)) })
			if !slices.Equal(got, want) {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestSortKeySame(t *testing.T) {
	for _, pair := range [][2]string{
		{"Hòa", "hoà"},
		{"Thủy", "THUỶ"},
		{"Phan Rang-Tháp Chàm", "Phan Rang - Tháp Chàm"},
		{"Ea H'leo", "ea hleo"},
		{" An  Bình ", "An Bình"},
		{"Thôn 02", "thôn 2"},
		{"(An)", "An"},
	} {
		if a, b := vntext.SortKey(pair[0]), vntext.SortKey(pair[1]); a != b {
			t.Errorf("%q has %q, %q has %q", pair[0], a, pair[1], b)
		}
	}
}

// rank is the order of one syllable written the slow way, for the property
// below: its letters, then its tone.
func rank(syllable string) (letters []int, tone int) {
	const alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
	marks := map[rune]int{'\u0300': 1, '\u0309': 2, '\u0303': 3, '\u0301': 4, '\u0323': 5}
	var plain []rune
	for _, r := range norm.NFD.String(syllable) {
		if n, ok := marks[r]; ok {
			tone = n
			continue
		}
		plain = append(plain, r)
	}
	for _, r := range norm.NFC.String(string(plain)) {
		letters = append(letters, slices.Index([]rune(alphabet), r))
	}
	return letters, tone
}

// slowCompare is the order that SortKey promises, for lists of syllables.
func slowCompare(a, b []string) int {
	var lettersA, lettersB [][]int
	var tonesA, tonesB []int
	for _, s := range a {
		letters, tone := rank(s)
		lettersA, tonesA = append(lettersA, letters), append(tonesA, tone)
	}
	for _, s := range b {
		letters, tone := rank(s)
		lettersB, tonesB = append(lettersB, letters), append(tonesB, tone)
	}
	if c := slices.CompareFunc(lettersA, lettersB, slices.Compare[[]int]); c != 0 {
		return c
	}
	return slices.Compare(tonesA, tonesB)
}

func TestPropSortKeyOrder(t *testing.T) {
	syllables := []string{
		"a", "á", "ạ", "an", "án", "ăn", "ắn", "ân", "ấn", "ba", "bà", "bã", "da", "đa", "đà", "hoa", "hòa", "hoà", "hoàn", "hoan",
		"thủy", "thuỷ", "thuy", "uy", "ủy", "y", "ỷ", "yên", "yến", "xã", "xa", "ơ", "ờ", "o", "ò",
	}
	list := rapid.SliceOfN(rapid.SampledFrom(syllables), 0, 4)
	rapid.Check(t, func(t *rapid.T) {
		a, b := list.Draw(t, "a"), list.Draw(t, "b")
		keyA, keyB := vntext.SortKey(strings.Join(a, " ")), vntext.SortKey(strings.Join(b, "  "))
		if got, want := strings.Compare(keyA, keyB), slowCompare(a, b); got != want {
			t.Fatalf("%v (%s) against %v (%s): %d, want %d", a, keyA, b, keyB, got, want)
		}
	})
}

func FuzzSortKey(f *testing.F) {
	for _, s := range []string{"", "Hoà Bình", "Thôn 10", "000", "\xff", "漢字 각", "résumé", "a\x00b", "\u0300x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := vntext.SortKey(s)
		if !utf8.ValidString(key) || strings.ContainsFunc(key, unicode.IsControl) {
			t.Fatalf("SortKey(%q) = %q cannot be stored as text", s, key)
		}
		if other := vntext.SortKey(norm.NFD.String(s)); utf8.ValidString(s) && other != key {
			t.Fatalf("SortKey(%q) = %q, decomposed %q", s, key, other)
		}
		if longer := vntext.SortKey(s + " a"); key != "" && longer <= key {
			t.Fatalf("%q sorts after %q", s, s+" a")
		}
	})
}

func BenchmarkSortKey(b *testing.B) {
	for b.Loop() {
		vntext.SortKey("Thượng Lâm")
	}
}
