package review

import (
	"strings"
	"testing"

	"giuchuan/internal/law"
)

// TestOneRow judges one row of Minh Dân on the NTM set on 31/12/2024 and looks
// at one indicator.
func TestOneRow(t *testing.T) {
	w := newWorld(t)
	tests := []struct {
		name, row, code string
		verdict         string
		value           any
		reason          string // part of it
	}{
		{"share above", "02389,15.2,2024,đạt,,,,,", "15.2", "met", "đạt", "đạt"},
		{"decimal dot", "02389,9.2,2024,89.78,,,,,", "9.2", "met", law.Number(897800), "89,78 % ≥ 75 %"},
		{"decimal comma", `02389,9.2,2024,"89,78",,,,,`, "9.2", "met", law.Number(897800), "89,78 % ≥ 75 %"},
		{"percent sign", "02389,9.2,2024,89.78%,,,,,", "9.2", "met", law.Number(897800), ""},
		{"percent sign apart", "02389,9.2,2024,70 %,,,,,", "9.2", "unmet", law.Number(700000), "70 % < 75 %"},
		{"equal to the threshold", "02389,9.2,2024,75,,,,,", "9.2", "met", law.Number(750000), ""},
		{"word x", "02389,15.2,2024,x,,,,,", "15.2", "met", "đạt", ""},
		{"word in capitals without diacritics", "02389,15.2,2024, DAT ,,,,,", "15.2", "met", "đạt", ""},
		{"word không đạt", "02389,15.2,2024,Không đạt,,,,,", "15.2", "unmet", "chưa đạt", ""},
		{"word chưa đạt", "02389,15.2,2024,CHƯA ĐẠT,,,,,", "15.2", "unmet", "chưa đạt", ""},
		{"not applicable where the law has nếu có", "02389,13.4,2024,không áp dụng,,,,,", "13.4", "not_applicable", nil, "nếu có"},
		{"both sexes pass", "02389,15.1,2024,91,90,92,,,", "15.1", "met", law.Number(910000), "nam: 90 % ≥ 90 %"},
		{"one sex fails", "02389,15.1,2024,91,89.78,92.3,,,", "15.1", "unmet", law.Number(910000), "nam: 89,78 % < 90 %"},
		{"one sex only", "02389,15.1,2024,91,,92,,,", "15.1", "unknown", law.Number(910000), "một giới"},
		{"total only", "02389,15.1,2024,91,,,,,", "15.1", "met", law.Number(910000), "xét theo số chung"},
		{"sub-share missing", "02389,17.1,2024,95,,,,,", "17.1", "met", law.Number(950000), "xét theo tỷ lệ chung"},
		{"sub-share without threshold", "02389,17.1,2024,95,,,30,,", "17.1", "unknown", law.Number(950000), "chưa có mức do tỉnh quy định"},
		{"compound said met", "02389,5,2024,đạt,,,,,", "5", "met", "đạt", ""},
		{"commune by name", "Minh Dân,15.2,2024,đạt,,,,,", "15.2", "met", "đạt", ""},
		{"commune by name and kind", "xã minh dan,15.2,2024,đạt,,,,,", "15.2", "met", "đạt", ""},
		{"only indicator bears the criterion's code", "02389,10,2024,45,,,,,", "10", "met", law.Number(450000), "45"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := w.evaluate(t, ntm, "2024-12-31", header+tt.row+"\n")
			if len(r.RowErrors) > 0 {
				t.Fatalf("row errors: %+v", r.RowErrors)
			}
			got := r.of(t, "02389", tt.code)
			if got.Verdict != tt.verdict || got.Value != tt.value || !strings.Contains(got.Reason, tt.reason) {
				t.Errorf("got %s, %v, %q", got.Verdict, got.Value, got.Reason)
			}
		})
	}
}

// TestRefusedRow reads one bad row: the error names line, column and what is
// accepted, the indicator is unknown and another one is still judged.
func TestRefusedRow(t *testing.T) {
	w := newWorld(t)
	words := []string{"đạt", "x", "chưa đạt", "không áp dụng"}
	tests := []struct {
		name, row, code string // code: "" when the row's commune or indicator is not known
		column          string
		message         []string // parts of it
	}{
		{"cơ bản đạt", "02389,15.2,2024,cơ bản đạt,,,,,", "15.2", "value", words},
		{"Đ", "02389,15.2,2024,Đ,,,,,", "15.2", "value", words},
		{"CĐ", "02389,15.2,2024,CĐ,,,,,", "15.2", "value", words},
		{"KĐ", "02389,15.2,2024,KĐ,,,,,", "15.2", "value", words},
		{"dash", "02389,15.2,2024,-,,,,,", "15.2", "value", words},
		{"ambiguous figure", "02389,10,2024,1.234,,,,,", "10", "value", []string{"1234", "1,234"}},
		{"above 100 %", "02389,9.2,2024,100.01,,,,,", "9.2", "value", []string{"0 đến 100"}},
		{"below 0 %", "02389,9.2,2024,-1,,,,,", "9.2", "value", []string{"0 đến 100"}},
		{"male above 100 %", "02389,15.1,2024,91,120,90,,,", "15.1", "male", []string{"0 đến 100"}},
		{"count not whole", "02389,9.1,2024,1.5,,,,,", "9.1", "value", []string{"số nguyên"}},
		{"level not whole", "02389,14.1.c,2024,1.5,,,,,", "14.1", "value", []string{"số nguyên"}},
		{"not applicable without nếu có", "02389,15.2,2024,không áp dụng,,,,,", "15.2", "value", []string{"nếu có"}},
		{"sexes where none are asked", "02389,9.2,2024,90,90,90,,,", "9.2", "male", []string{"nam, nữ"}},
		{"provenance", "02389,9.2,2024,90,,,,guessed,", "9.2", "provenance", []string{"declared", "field-checked"}},
		{"period missing", "02389,9.2,,90,,,,,", "9.2", "period", []string{"2024-H1"}},
		{"period wrong", "02389,9.2,2024-H3,90,,,,,", "9.2", "period", nil},
		{"half a fraction", "02389,9.2,2024,90,,,,,,9,", "9.2", "denominator", []string{"mẫu số"}},
		{"fraction that disagrees", "02389,9.2,2024,90,,,,,,1,2", "9.2", "value", []string{"50 %"}},
		{"phường", "Tân Quang,9.2,2024,90,,,,,", "", "commune", []string{"không phải là xã"}},
		{"thị trấn", "Na Hang,9.2,2024,90,,,,,", "", "commune", []string{"thị trấn"}},
		{"unknown commune", "Minh Đân,9.2,2024,90,,,,,", "", "commune", []string{"Minh Đân"}},
		{"unknown name with a near one", "Khuông Hà,9.2,2024,90,,,,,", "", "commune", []string{"Khuôn Hà"}},
		{"unknown indicator", "02389,99.1,2024,90,,,,,", "", "indicator", []string{"99.1"}},
		{"criterion instead of indicator", "02389,17,2024,đạt,,,,,", "", "indicator", []string{"17.1", "17.12"}},
		{"no commune", ",9.2,2024,90,,,,,", "", "commune", []string{"thiếu"}},
	}
	head := strings.TrimSuffix(header, "\n") + ",numerator,denominator\n"
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			row := tt.row + strings.Repeat(",", 10-strings.Count(tt.row, ","))
			r := w.evaluate(t, ntm, "2024-12-31", head+row+"\n02389,4.2,2024,99,,,,,,,\n")
			if len(r.RowErrors) == 0 {
				t.Fatal("not refused")
			}
			e := r.RowErrors[0]
			if e.Line != 2 || e.Column != tt.column || e.Cell != "" {
				t.Errorf("at %d %s %s", e.Line, e.Column, e.Cell)
			}
			for _, part := range tt.message {
				if !strings.Contains(e.Message, part) {
					t.Errorf("%q does not say %q", e.Message, part)
				}
			}
			if tt.code != "" && r.of(t, "02389", tt.code).Verdict != "unknown" {
				t.Errorf("%s is judged", tt.code)
			}
			if r.of(t, "02389", "4.2").Verdict != "met" {
				t.Error("the good row is not judged")
			}
			if len(r.Communes) != 1 {
				t.Errorf("%d communes", len(r.Communes))
			}
		})
	}
}

func TestSeparatorsAndMarks(t *testing.T) {
	w := newWorld(t)
	for name, text := range map[string]string{
		"comma":           header + "02389,9.2,2024,89.78,,,,,\n",
		"semicolon":       strings.ReplaceAll(header, ",", ";") + "02389;9.2;2024;89,78;;;;;\n",
		"byte order mark": "\ufeff" + header + "02389,9.2,2024,89.78,,,,,\n",
		"CRLF":            strings.ReplaceAll(header+"02389,9.2,2024,89.78,,,,,\n", "\n", "\r\n"),
		"other order":     "value;period;indicator;commune\n89,78;2024;9.2;02389\n",
		"workbook's own":  "Mã xã;Tên xã;Mã chỉ tiêu;Kỳ;Giá trị\n02389;Minh Dân;9.2;2024;89,78\n",
		"no end of line":  header + "02389,9.2,2024,89.78,,,,,",
	} {
		t.Run(name, func(t *testing.T) {
			r := w.evaluate(t, ntm, "2024-12-31", text)
			if got := r.of(t, "02389", "9.2"); got.Verdict != "met" || got.Value != law.Number(897800) || len(r.RowErrors) > 0 {
				t.Errorf("%+v %+v", got, r.RowErrors)
			}
		})
	}
}

func TestTwoRowsForOneFindingAreBothWrong(t *testing.T) {
	w := newWorld(t)
	r := w.evaluate(t, ntm, "2024-12-31", header+
		"02389,9.2,2024,90,,,,,\n02389,4.2,2024,99,,,,,\nMinh Dân,9.2,2024,90,,,,,\n02389,9.2,2023,90,,,,,\n")
	if len(r.RowErrors) != 2 || r.RowErrors[0].Line != 2 || r.RowErrors[1].Line != 4 {
		t.Fatalf("%+v", r.RowErrors)
	}
	for _, e := range r.RowErrors {
		if e.Column != "indicator" || !strings.Contains(e.Message, "dòng 2") || !strings.Contains(e.Message, "dòng 4") {
			t.Errorf("%+v", e)
		}
	}
	if got := r.of(t, "02389", "9.2"); got.Verdict != "unknown" || got.Value != nil || got.Margin != nil {
		t.Errorf("9.2: %+v", got)
	}
	if got := r.of(t, "02389", "4.2"); got.Verdict != "met" {
		t.Errorf("4.2: %+v", got)
	}
}

func TestARowWithoutAFigureIsNoFinding(t *testing.T) {
	w := newWorld(t)
	r := w.evaluate(t, ntm, "2024-12-31", header+"02389,9.2,2024,,,,,,\n02389,9.2,2024,90,,,,,\n02395,9.2,2024,,,,,,\n")
	if len(r.RowErrors) > 0 || r.of(t, "02389", "9.2").Verdict != "met" {
		t.Errorf("%+v", r.RowErrors)
	}
	if len(r.Communes) != 2 || r.Communes[1].Code != "02395" || r.of(t, "02395", "9.2").Verdict != "unknown" {
		t.Errorf("a commune that the file names is missing: %d", len(r.Communes))
	}
}

// TestCommuneAtThePeriodsEnd: until 31/8/2024 code 02608 was Hồng Lạc, from
// 1/9/2024 it is Hồng Sơn.
func TestCommuneAtThePeriodsEnd(t *testing.T) {
	w := newWorld(t)
	rows := header + "02608,9.2,2024-H1,90,,,,,\n02608,9.2,2024,80,,,,,\n"
	r := w.evaluate(t, ntm, "2024-12-31", rows)
	if len(r.Communes) != 2 || r.Communes[0].Name != "Hồng Lạc" || r.Communes[1].Name != "Hồng Sơn" {
		t.Fatalf("%+v", r.Communes)
	}
	if r.of(t, "Hồng Lạc", "9.2").Value != law.Number(900000) || r.of(t, "Hồng Sơn", "9.2").Value != law.Number(800000) {
		t.Error("a figure went to the other commune")
	}
	if !strings.Contains(strings.Join(r.Warnings, "\n"), "Hồng Lạc (02608) đã kết thúc ngày 31/08/2024, nay thuộc xã Hồng Sơn (02608)") {
		t.Errorf("warnings: %q", r.Warnings)
	}
	r = w.evaluate(t, ntm, "2024-07-01", rows)
	if len(r.Communes) != 1 || r.Communes[0].Name != "Hồng Lạc" || r.of(t, "02608", "9.2").Value != law.Number(800000) {
		t.Errorf("on 1/7/2024 the code is Hồng Lạc: %+v", r.Communes)
	}
}

func TestWhichPeriodCounts(t *testing.T) {
	w := newWorld(t)
	tests := []struct {
		name, date string
		rows       []string // period=value
		want       any
	}{
		{"latest-ending", "2024-12-31", []string{"2024-H1=80", "2023=90", "2024-Q1=70"}, law.Number(800000)},
		{"shorter of two that end together", "2024-12-31", []string{"2024-Q4=81", "2024=82", "2024-H2=83"}, law.Number(810000)},
		{"month before quarter", "2024-12-31", []string{"2024-Q4=81", "2024-12=84"}, law.Number(840000)},
		{"starts after the day", "2024-06-30", []string{"2024-H2=60", "2023=90"}, law.Number(900000)},
		{"starts on the day", "2024-07-01", []string{"2024-H2=60", "2023=90"}, law.Number(600000)},
		{"still running on the day", "2024-03-01", []string{"2024=85", "2024-02=70"}, law.Number(850000)},
		{"nothing has begun", "2023-06-30", []string{"2024=85"}, nil},
		{"a bad newer row is not skipped for an older one", "2024-12-31", []string{"2023=90", "2024=190"}, nil},
		{"a bad row leaves the indicator unknown", "2024-12-31", []string{"2024=90", "2023=190"}, nil},
		{"a row of no period leaves it unknown", "2024-12-31", []string{"2024=90", "2024-Q7=80"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, reversed := header, header
			for i := range tt.rows {
				p, v, _ := strings.Cut(tt.rows[i], "=")
				text += "02389,9.2," + p + "," + v + ",,,,,\n"
				p, v, _ = strings.Cut(tt.rows[len(tt.rows)-1-i], "=")
				reversed += "02389,9.2," + p + "," + v + ",,,,,\n"
			}
			for _, file := range []string{text, reversed} {
				got := w.evaluate(t, ntm, tt.date, file).of(t, "02389", "9.2")
				if got.Value != tt.want || (tt.want == nil) != (got.Verdict == "unknown") {
					t.Errorf("%v (%s), want %v", got.Value, got.Verdict, tt.want)
				}
			}
		})
	}
}

func TestARowOfNoPeriodIsNoSecondRow(t *testing.T) {
	w := newWorld(t)
	r := w.evaluate(t, ntm, "2024-12-31", header+"02389,9.2,2024,90,,,,,\n02389,9.2,,80,,,,,\n")
	if len(r.RowErrors) != 1 || r.RowErrors[0].Line != 3 || r.RowErrors[0].Column != "period" {
		t.Errorf("%+v", r.RowErrors)
	}
}

func TestKieuMauIsDerivedFromNangCaoRows(t *testing.T) {
	w := newWorld(t)
	tests := []struct {
		name, rows string
		km1, km2   string
	}{
		{"nothing known", "02389,KM.3,2024,1,,,,,\n", "unknown", "unknown"},
		{"income above", "02389,10,2024,70,,,,,\n", "unknown", "met"},
		{"income below", "02389,10,2024,20,,,,,\n", "unmet", "unmet"},
		{"a given verdict wins", "02389,10,2024,20,,,,,\n02389,KM.1,2024,đạt,,,,,\n02389,KM.2,2024,đạt,,,,,\n", "met", "met"},
		{"a figure wins", "02389,10,2024,20,,,,,\n02389,KM.2,2024,12,,,,,\n", "unmet", "met"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := w.evaluate(t, kieuMau, "2024-12-31", header+tt.rows)
			if len(r.RowErrors) > 0 {
				t.Fatalf("%+v", r.RowErrors)
			}
			if got := r.of(t, "02389", "KM.1").Verdict; got != tt.km1 {
				t.Errorf("KM.1 %s, want %s", got, tt.km1)
			}
			if got := r.of(t, "02389", "KM.2").Verdict; got != tt.km2 {
				t.Errorf("KM.2 %s, want %s", got, tt.km2)
			}
			if len(r.Communes[0].Indicators) != 4 {
				t.Errorf("%d indicators", len(r.Communes[0].Indicators))
			}
		})
	}
}
