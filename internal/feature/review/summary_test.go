package review

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
)

// threeCommunes is Minh Dân under revocation, Minh Hương short of Y tế, and
// Khuôn Hà of which nothing is known.
func threeCommunes(t *testing.T) *Assessment {
	t.Helper()
	w := newWorld(t)
	text := header + "Khuôn Hà,9.2,2024,,,,,,\n02395,15.1,2024,,89.78,95,,confirmed,số liệu minh họa\n"
	for _, pair := range []string{"4.2=10", "8.1=chưa đạt", "9.2=10", "10=20", "15.2=chưa đạt", "17.3=chưa đạt"} {
		code, value, _ := strings.Cut(pair, "=")
		text += "02389," + code + ",2024," + value + ",,,,verified,\n"
	}
	set := w.set(t, ntm)
	for slot := range set.Indicators { // everything else of Minh Hương passes
		ind := &set.Indicators[slot]
		if choosesWord(ind) {
			text += "02395," + ind.Code + ",2024,đạt,,,,,\n"
		}
	}
	q := w.question(t, ntm, "2024-12-31")
	b, err := readFor(q, openCSV(t, text))
	must(t, err)
	if len(b.Errors) > 0 {
		t.Fatalf("%+v", b.Errors)
	}
	return Assess(q, b.Communes, b.Findings)
}

func TestSummaryPutsTheGravestFirst(t *testing.T) {
	a := threeCommunes(t)
	s := a.Summarize()
	var got []string
	for at, group := range s.Groups {
		for _, i := range group {
			got = append(got, Situation(at).Vietnamese()+": "+a.Units[i].Name)
		}
	}
	if len(got) != 3 || got[0] != "Thuộc diện xem xét thu hồi: Minh Dân" {
		t.Errorf("%q", got)
	}
	minhDan := s.Groups[UnderRevocation][0]
	if want := "Thuộc diện xem xét thu hồi: 6/19 tiêu chí chưa đạt (31,6%), trong đó có Thu nhập, Môi trường và an toàn thực phẩm"; a.RevocationSentence(minhDan) != want {
		t.Errorf("%q", a.RevocationSentence(minhDan))
	}
	short := a.Short(minhDan)
	if len(short) != 6 || !strings.HasPrefix(short[3], "10 Thu nhập (10: 20 triệu đồng/người/năm < 45 triệu đồng/người/năm: chưa đạt") {
		t.Errorf("%q", short)
	}
	if s.Cells != 3*57 || s.Provenances[law.Verified] != 6 || s.Provenances[law.Confirmed] != 1 ||
		s.Data != s.Provenances[law.Declared]+7 || s.Provenances[law.Declared] == 0 {
		t.Errorf("%+v", s)
	}
}

func TestNoLettersOnScreens(t *testing.T) {
	a := threeCommunes(t)
	for i := range a.Units {
		text := a.RevocationSentence(i)
		if strings.HasSuffix(text, " A") || strings.HasSuffix(text, " B") || strings.Contains(text, "“A”") {
			t.Errorf("%q", text)
		}
	}
}

func TestExportsCarryTheBannerAndEveryVerdict(t *testing.T) {
	a := threeCommunes(t)
	if a.Banner() != Banner {
		t.Errorf("generated data without a banner: %q", a.Banner())
	}
	var text, book bytes.Buffer
	must(t, WriteCSV(&text, []*Assessment{a}))
	must(t, WriteXLSX(&book, []*Assessment{a}))
	fromCSV := rowsOfSheet(t, openCSV(t, text.String()).Sheets[0])
	opened := openXLSX(t, book.Bytes())
	if opened.Sheets[0].Name != "Tình trạng giữ chuẩn" || len(opened.Sheets) != 2 {
		t.Errorf("%d sheets, the first is %q", len(opened.Sheets), opened.Sheets[0].Name)
	}
	fromXLSX := rowsOfSheet(t, opened.Sheets[1])
	if fromXLSX[0][0] != Banner {
		t.Errorf("%q", fromXLSX[0])
	}
	at := slices.IndexFunc(fromXLSX, func(r []string) bool { return r[0] == "Mã xã" })
	if len(fromCSV) != 1+3*57 || len(fromXLSX)-at != 1+3*57 {
		t.Fatalf("%d and %d rows", len(fromCSV), len(fromXLSX)-at)
	}
	for i, row := range fromCSV {
		if !slices.Equal(row, fromXLSX[at+i]) {
			t.Errorf("%q in .csv, %q in .xlsx", row, fromXLSX[at+i])
		}
		if i > 0 && row[len(row)-1] != Banner {
			t.Errorf("row %d without the banner: %q", i, row)
		}
	}
	first := rowsOfSheet(t, opened.Sheets[0])
	head := slices.IndexFunc(first, func(r []string) bool { return r[0] == "Mã xã" })
	if row := first[head+1]; row[0] != "02389" || !strings.Contains(strings.Join(row, "|"), "6/19 tiêu chí chưa đạt (31,6%)") {
		t.Errorf("%q", row)
	}
}

func TestBannerOnlyWhereDataAreGenerated(t *testing.T) {
	w := newWorld(t)
	q := w.question(t, ntm, "2024-12-31")
	b, err := readFor(q, openCSV(t, header+"02389,9.2,2024,90,,,,,báo cáo số 12\n"))
	must(t, err)
	if a := Assess(q, b.Communes, b.Findings); a.Banner() != "" {
		t.Errorf("%q", a.Banner())
	}
	q.Decisions = map[string]*law.Decisions{ntm: {Values: []law.Decision{{Set: ntm, Indicator: "17.1", Value: 40 * law.One, Illustrative: true}}}}
	if a := Assess(q, b.Communes, b.Findings); a.Banner() != Banner {
		t.Error("an illustrative decision without a banner")
	}
}

func rowsOfSheet(t *testing.T, s *sheet.Sheet) [][]string {
	t.Helper()
	var out [][]string
	for row, err := range s.Rows() {
		must(t, err)
		var texts []string
		for _, c := range row.Cells {
			for len(texts) < c.Col-1 {
				texts = append(texts, "")
			}
			texts = append(texts, c.Text)
		}
		out = append(out, texts)
	}
	return out
}

// TestNextYearsThresholdIsWarnedOf: income has to reach 45 in 2024 and 48 in 2025.
func TestNextYearsThresholdIsWarnedOf(t *testing.T) {
	w := newWorld(t)
	q := w.question(t, ntm, "2024-12-31")
	b, err := readFor(q, openCSV(t, header+"02389,10,2024,46,,,,,\n02395,10,2024,50,,,,,\nKhuôn Hà,10,2024,40,,,,,\n"))
	must(t, err)
	a := Assess(q, b.Communes, b.Findings)
	risks := a.AtRisk()
	if len(risks) != 1 || a.Set.Indicators[risks[0].Slot].Code != "10" || risks[0].Demand != "≥ 48 triệu đồng/người/năm" {
		t.Fatalf("%+v", risks)
	}
	if len(risks[0].Communes) != 1 || a.Units[risks[0].Communes[0]].Name != "Minh Dân" {
		t.Errorf("%v", risks[0].Communes)
	}
}
