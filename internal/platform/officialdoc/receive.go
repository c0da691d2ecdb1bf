package officialdoc

import (
	"strings"

	"giuchuan/internal/kernel/vntext"
)

// purposeOf is the purpose that a bracket names: "(báo cáo)", "(để b/c)", "(để
// biết)", "(thực hiện)"; empty when it names none.
func purposeOf(s string) Purpose {
	for s != "" {
		_, rest, ok := strings.Cut(s, "(")
		if !ok {
			return ""
		}
		inside, after, _ := strings.Cut(rest, ")")
		s = after
		key := vntext.SearchKey(inside[:clamp(inside, 80)])
		for _, p := range []struct {
			word    string
			purpose Purpose
		}{
			{"bao cao", PurposeReport},
			{"b c", PurposeReport},
			{"bc", PurposeReport},
			{"de biet", PurposeInform},
			{"biet", PurposeInform},
			{"theo doi", PurposeInform},
			{"de theo doi", PurposeInform},
			{"phoi hop", PurposeAct},
			{"de phoi hop", PurposeAct},
			{"thuc hien", PurposeAct},
			{"t h", PurposeAct},
			{"th", PurposeAct},
		} {
			if key == p.word || strings.HasPrefix(key, p.word+" ") || strings.HasPrefix(key, "de "+p.word) {
				return p.purpose
			}
		}
	}
	return ""
}

// receiving makes the rows under "Nơi nhận" from their texts. above tells that
// the document has addressees under "Kính gửi"; float is the purpose of a bracket
// beside the rows.
func receiving(rows []Receive, above bool, float Purpose) []Receive {
	floats := float != ""
	for i := range rows {
		r := &rows[i]
		key := vntext.SearchKey(r.Text[:clamp(r.Text, 120)])
		switch own := purposeOf(r.Text); {
		case strings.HasPrefix(key, "nhu tren") || strings.HasPrefix(key, "nhu kinh gui") || strings.HasPrefix(key, "nhu dieu "):
			r.Purpose = PurposeAsAbove
		case keeps(r.Text):
			r.Purpose = PurposeKeep
			r.Units, r.Drafter = filing(r.Text)
		case own != "":
			r.Purpose = own
		case floats && superior(key):
			r.Purpose = float
			continue
		case floats && i > 0 && office(key):
			r.Purpose, r.Uncertain = float, true
		case superior(key):
			r.Purpose, r.Uncertain = PurposeReport, true
		case above || office(key):
			r.Purpose, r.Uncertain = PurposeInform, true
		default:
			r.Purpose = PurposeAct
		}
		if floats && i == 0 && r.Purpose != float && r.Purpose != PurposeAsAbove {
			r.Purpose, r.Uncertain = float, true
		}
		floats = floats && r.Purpose == PurposeAsAbove
	}
	return rows
}

// superior tells the rows that a document goes up to: leaders, councils, the
// Party, the Government.
func superior(key string) bool {
	for _, w := range []string{
		"thuong truc", "tt ", "tinh uy", "huyen uy", "thanh uy", "dang uy", "ban thuong vu", "btv", "hdnd", "hoi dong nhan dan", "chu tich", "ct ", "pct", "pho chu tich", "cac pct",
		"cac pho chu tich", "lanh dao ubnd", "bi thu", "thu tuong", "chinh phu", "quoc hoi", "uy ban thuong vu quoc hoi", "van phong chinh phu", "vpcp", "bo ", "uy ban nhan dan tinh", "ubnd tinh", "doan dbqh", "d c ",
	} {
		if strings.HasPrefix(key+" ", w) && !strings.HasPrefix(key, "bo chi huy") && !strings.HasPrefix(key, "bo ch ") && !strings.HasPrefix(key, "bo doi") {
			return true
		}
	}
	return false
}

// office tells the rows of the issuer's own house.
func office(key string) bool {
	for _, w := range []string{
		"chanh", "cvp", "pcvp", "pho cvp", "pho chanh", "vp ubnd", "van phong ubnd", "lanh dao van phong", "lanh dao vp", "chuyen vien", "cac chuyen vien", "cv ", "phong ", "cac phong ",
		"cong thong tin", "cong ttdt", "trung tam", "bao ", "dai ", "ban giam doc", "lanh dao so",
	} {
		if strings.HasPrefix(key+" ", w) {
			return true
		}
	}
	return false
}

// filing reads the units and the drafter of "Lưu: VT, NLN (Thành)".
func filing(s string) (units, drafter string) {
	rest, _ := afterWords(strings.Replace(s, ":", ": ", 1), "Lưu")
	rest = strings.Trim(rest, ": .;")
	if at := strings.LastIndexByte(rest, '('); at >= 0 {
		drafter = strings.Trim(rest[at:], "() .;")
		rest = rest[:at]
	}
	return strings.Trim(rest, " ,.;"), drafter
}
