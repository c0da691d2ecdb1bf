package review

import (
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
)

func TestAnUnknownColumnWithFiguresRefusesTheFile(t *testing.T) {
	w := newWorld(t)
	q := w.question(t, ntm, "2024-12-31")
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"misspelt": {"commune,indicator,period,value,mael,female\n02389,15.1,2024,91,90,92\n", []string{"“mael”", "“male”", "dòng 2", "cột mael"}},
		"two percent signs": {
			"Mã xã;Mã chỉ tiêu;Kỳ;Giá trị;Nam (%);Nữ %%\n02389;9.2;2024;90;;\n02389;15.1;2024;91;90;92\n",
			[]string{"“Nữ %%”", "“Nữ (%)”", "dòng 3"},
		},
		"like nothing": {"commune,indicator,period,value,Người lập biểu và ký\n02389,9.2,2024,90,An\n", []string{"Người lập biểu", "các tiêu đề được nhận là", "Ghi chú"}},
		"no header":    {"commune,indicator,,period,value\n02389,9.2,77,2024,90\n", []string{"cột không có tiêu đề"}},
		"two of them":  {"commune,indicator,period,value,mael,femal\n02389,15.1,2024,91,90,92\n", []string{"“mael”", "“femal”", "“female”"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readFor(q, openCSV(t, c.text))
			for _, part := range c.want {
				if !strings.Contains(fault.Text(err), part) || !fault.Is(err, fault.Invalid) {
					t.Errorf("%q does not say %q", fault.Text(err), part)
				}
			}
		})
	}
}

func TestAnUnknownColumnOfAWorkbookIsNamedWithItsCell(t *testing.T) {
	w := newWorld(t)
	_, err := readFor(w.question(t, ntm, "2024-12-31"), openXLSX(t, handMade(t, map[string][][]any{"Phiếu": {
		{"Mã xã", "Mã chỉ tiêu", "Kỳ", "Giá trị", "Nữ %%"}, {"02389", "9.2", 2024, 90, nil}, {"02389", "15.1", 2024, 91, 92},
	}})))
	if got := fault.Text(err); !strings.Contains(got, "Phiếu!E3") || !strings.Contains(got, "“Nữ (%)”") {
		t.Errorf("%q", got)
	}
}

func TestColumnsThatMayStandThere(t *testing.T) {
	w := newWorld(t)
	for name, text := range map[string]string{
		"unknown but empty": "commune,indicator,period,value,male,female,Cột lạ\n02389,15.1,2024,,90,92,\n02389,9.2,2024,80,,,  \n",
		"information":       "STT,commune,Huyện,Tên xã,indicator,Tên chỉ tiêu,Mức đạt chuẩn,Đơn vị,Số liệu gần nhất,Kỳ của số liệu gần nhất,period,value,male,female\n1,02389,Hàm Yên,Minh Dân,15.1,BHYT,≥ 90,%,88,2023,2024,,90,92\n",
		"short names":       "Xã;Chỉ tiêu;Kỳ;Giá trị;Nam;Nữ\n02389;15.1;2024;;90;92\n",
		"percent":           "Xã;Chỉ tiêu;Kỳ;Giá trị;Nam %;Nữ %\n02389;15.1;2024;;90;92\n",
		"tỷ lệ":             "Xã;Chỉ tiêu;Kỳ;Giá trị;Tỷ lệ nam;Tỷ lệ nữ\n02389;15.1;2024;;90;92\n",
	} {
		t.Run(name, func(t *testing.T) {
			r := w.evaluate(t, ntm, "2024-12-31", text)
			if got := r.of(t, "02389", "15.1"); got.Verdict != "met" || len(r.RowErrors) > 0 {
				t.Errorf("%+v %+v", got, r.RowErrors)
			}
		})
	}
}

// TestShortAndLongRecords: fields left off at the end are empty; a record that
// lacks a column it must have, or has too many fields, leaves its indicator
// unknown.
func TestShortAndLongRecords(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name, row       string
		verdict, column string
	}{
		{"optional columns left off", "02389,9.2,2024,90", "met", ""},
		{"empty fields too many", "02389,9.2,2024,90,,,,,,,,", "met", ""},
		{"no value", "02389,9.2,2024", "unknown", "value"},
		{"decimal comma without quotes", "02389,9.2,2024,89,78,,,,,thừa", "unknown", "commune"},
		{"text behind a quote", `02389,9.2,2024,"90"x,,,,,`, "unknown", "commune"},
		{"open quote", `02389,9.2,2024,"90,,,,,`, "unknown", "commune"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := w.evaluate(t, ntm, "2024-12-31", header+"02389,9.2,2023,90,,,,,\n"+c.row+"\n")
			if got := r.of(t, "02389", "9.2").Verdict; got != c.verdict {
				t.Errorf("%s", got)
			}
			if c.column == "" && len(r.RowErrors) == 0 {
				return
			}
			if len(r.RowErrors) != 1 || r.RowErrors[0].Line != 3 || r.RowErrors[0].Column != c.column {
				t.Errorf("%+v", r.RowErrors)
			}
		})
	}
}

func TestAnOpenQuoteSaysWhereItOpened(t *testing.T) {
	w := newWorld(t)
	r := w.evaluate(t, ntm, "2024-12-31", header+"02389,4.2,2024,99,,,,,\n02389,9.2,2024,90,,,,,\"ghi\n02389,15.2,2024,đạt,,,,,\n02389,15.4,2024,90,,,,,\n")
	if len(r.RowErrors) != 1 || !strings.Contains(r.RowErrors[0].Message, "mở ở dòng 3") || !strings.Contains(r.RowErrors[0].Message, "đến dòng 5") {
		t.Errorf("%+v", r.RowErrors)
	}
	if r.of(t, "02389", "4.2").Verdict != "met" || r.of(t, "02389", "9.2").Verdict != "unknown" {
		t.Error("the rows before it")
	}
}
