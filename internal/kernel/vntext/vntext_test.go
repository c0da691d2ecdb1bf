package vntext_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"giuchuan/internal/kernel/vntext"
)

func TestNFC(t *testing.T) {
	if got := vntext.NFC(norm.NFD.String("Khuôn Hà, Thượng Ấm")); got != "Khuôn Hà, Thượng Ấm" {
		t.Errorf("got %q", got)
	}
	if got := vntext.NFC("xa\xff"); got != "xa\uFFFD" {
		t.Errorf("broken byte: %q", got)
	}
}

func TestFold(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"Minh Dân", "minh dan"},
		{"ĐẠT", "dat"},
		{"Đường Hồng", "duong hong"},
		{"Điện", "dien"},
		{"  Không   đạt\t", "khong dat"},
		{"Hòa", "hoa"},
		{"Hoà", "hoa"},
		{"Thủy", "thuy"},
		{"Thuỷ", "thuy"},
		{"Ea H’leo", "ea h’leo"},
		{"KNG Phú Lâm", "kng phu lam"},
		{"Ð và Ɖ", "d va d"},
		{"xã\u00a0Yên\u200b Hoa", "xa yen hoa"},
		{"1.234,5 %", "1.234,5 %"},
		{"café MÜNCHEN", "cafe munchen"},
		{"a \u0300 b", "a b"},
		{"\u0300", ""},
		{"a\x00b", "a b"},
		{"ÂÊÔƠƯĂ ẪỂỘỠỰẶ", "aeooua aeooua"},
	}
	for _, tt := range tests {
		for _, in := range []string{tt.in, norm.NFD.String(tt.in)} {
			if got := vntext.Fold(in); got != tt.want {
				t.Errorf("Fold(%q) = %q, want %q", in, got, tt.want)
			}
		}
	}
	if !vntext.EqualFold("KHÔNG ĐẠT", "khong  dat") || vntext.EqualFold("đạt", "đắn") {
		t.Error("EqualFold is wrong")
	}
}

func TestSearchKey(t *testing.T) {
	tests := []struct{ in, want string }{
		{"UBND xã Minh Dân (huyện Hàm Yên)", "ubnd xa minh dan huyen ham yen"},
		{"Phan Rang - Tháp Chàm", "phan rang thap cham"},
		{"Phan Rang-Tháp Chàm", "phan rang thap cham"},
		{"Ea H'leo", "ea hleo"},
		{"Ea H’Leo", "ea hleo"},
		{"QĐ số 18/2022/QĐ-TTg", "qd so 18 2022 qd ttg"},
		{"...", ""},
	}
	for _, tt := range tests {
		for _, in := range []string{tt.in, norm.NFD.String(tt.in)} {
			if got := vntext.SearchKey(in); got != tt.want {
				t.Errorf("SearchKey(%q) = %q, want %q", in, got, tt.want)
			}
		}
	}
}

func TestCanonJoinsTheTwoPlacements(t *testing.T) {
	for _, pair := range [][2]string{
		{"Hòa", "Hoà"},
		{"khỏe", "khoẻ"},
		{"Thủy", "Thuỷ"},
		{"Thúy", "Thuý"},
		{"Hòa Bình", "HOÀ  BÌNH"},
		{"lõa", "loã"},
		{"Tòe", "toè"},
		{"ủy ban", "uỷ ban"},
		{"quý", "qúy"},
		{"già", "gìa"},
		{"giếng", "gíêng"},
		{"hoàng", "hòang"},
		{"thuyền", "thuỳên"},
		{"ngoài", "ngòai"},
		{"khuỷu", "khủyu"},
		{"của", "cuả"},
		{"mía", "miá"},
		{"chuẩn", "chủân"},
		{"cứu", "cưú"},
		{"thuở", "thủơ"},
		{"quốc", "qúôc"},
		{"Đắk Lắk", "ĐẮK LẮK"},
		{"Ðạo", "đạo"},
	} {
		a, b := vntext.Canon(pair[0]), vntext.Canon(pair[1])
		if a != b {
			t.Errorf("%s -> %q, %s -> %q", pair[0], a, pair[1], b)
		}
		if d := vntext.Canon(norm.NFD.String(pair[1])); d != a {
			t.Errorf("decomposed %s -> %q, want %q", pair[1], d, a)
		}
	}
}

func TestCanonKeepsWhatIsRight(t *testing.T) {
	for _, s := range []string{
		"hòa", "khỏe", "thủy", "quý", "quà", "gì", "gìn", "giữa", "giặc", "giếng", "giá", "nghĩa", "nguyễn", "tuyên quang",
		"khuya", "khuỷu", "ngoằn ngoèo", "khúc khuỷu", "xoong", "xoáy", "huỳnh", "quỳnh", "quýt", "rượu", "hươu", "yếu", "yên",
		"mùa lúa", "của", "mía", "bùa", "cửa", "núi", "cáo", "kéo", "hàm yên", "khuôn hà", "lâm bình", "phú lương", "thượng lâm",
		"thái sơn", "đà vị", "sủng máng", "pải lủng", "đồng văn", "phố cáo", "xín mần", "quảng nguyên", "ea h'leo", "krông pắc",
		"résumé", "người dùng", "a ơi", "uống", "ướt", "oái oăm", "quạ", "quẹo", "quoèo", "1.234 đồng", "tỷ lệ ≥ 90%",
	} {
		if got := vntext.Canon(s); got != s {
			t.Errorf("Canon(%q) = %q", s, got)
		}
	}
	if vntext.Canon("Hòa") == vntext.Canon("Hóa") || vntext.Canon("Hòa") == vntext.Canon("Hoa") || vntext.Canon("Đa") == vntext.Canon("Da") {
		t.Error("Canon lost a diacritic")
	}
}

// text draws Vietnamese-looking text with some of everything else.
func text() *rapid.Generator[string] {
	const letters = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
	return rapid.OneOf(
		rapid.StringOf(rapid.RuneFrom([]rune(letters+strings.ToUpper(letters)+"   '-.,1290"))),
		rapid.String(),
	)
}

func TestPropKeysIgnoreTheForm(t *testing.T) {
	keys := map[string]func(string) string{
		"Fold": vntext.Fold, "SearchKey": vntext.SearchKey, "Canon": vntext.Canon, "SortKey": vntext.SortKey, "NFC": vntext.NFC,
	}
	rapid.Check(t, func(t *rapid.T) {
		s := text().Draw(t, "text")
		for name, key := range keys {
			want := key(s)
			if got := key(norm.NFD.String(s)); got != want {
				t.Fatalf("%s(%q): composed %q, decomposed %q", name, s, want, got)
			}
			if name != "NFC" && key("  "+s+"\u00a0") != want {
				t.Fatalf("%s(%q) counts spaces around", name, s)
			}
		}
	})
}

func TestPropCanonIsFinerThanFold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := text().Draw(t, "text")
		if got, want := vntext.Fold(vntext.Canon(s)), vntext.Fold(s); got != want {
			t.Fatalf("Fold(Canon(%q)) = %q, Fold = %q", s, got, want)
		}
	})
}

// normaliser checks what every key promises: valid text that is its own key.
func normaliser(f *testing.F, key func(string) string) {
	for _, s := range []string{
		"", "Hoà Bình", "Thủy", "Ea H'leo", "ĐẠT", "\xff\xfe", "a\u0300\u0301", "İstanbul", "\u1100\u1161\u11a8", "ǅ", "ΐ", "qúy\u200bgìa",
		"e\u0302\u0323 \u0300 x", "\u0344\u0345", "2⁵ ½", "K\u0307'\u0323",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := key(s)
		if !utf8.ValidString(got) {
			t.Fatalf("%q -> %q is not UTF-8", s, got)
		}
		if again := key(got); again != got {
			t.Fatalf("%q -> %q -> %q", s, got, again)
		}
	})
}

func FuzzNFC(f *testing.F)       { normaliser(f, vntext.NFC) }
func FuzzFold(f *testing.F)      { normaliser(f, vntext.Fold) }
func FuzzSearchKey(f *testing.F) { normaliser(f, vntext.SearchKey) }
func FuzzCanon(f *testing.F)     { normaliser(f, vntext.Canon) }

func BenchmarkFold(b *testing.B) {
	for b.Loop() {
		vntext.Fold("xã Thượng Lâm, huyện Lâm Bình")
	}
}

func BenchmarkCanon(b *testing.B) {
	for b.Loop() {
		vntext.Canon("xã Thượng Lâm, huyện Lâm Bình")
	}
}
