package review

import (
	"bytes"
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"

	"github.com/xuri/excelize/v2"
)

// handMade writes a small workbook with excelize, as a person would.
func handMade(t *testing.T, sheets map[string][][]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for name, rows := range sheets {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j, v := range row {
				ref, err := excelize.CoordinatesToCellName(j+1, i+1)
				must(t, err)
				if text, ok := v.(string); ok && strings.HasPrefix(text, "=") {
					must(t, f.SetCellFormula(name, ref, text))
					continue
				}
				must(t, f.SetCellValue(name, ref, v))
			}
		}
	}
	var out bytes.Buffer
	must(t, f.Write(&out))
	return out.Bytes()
}

func TestBadCellsOfAWorkbook(t *testing.T) {
	w := newWorld(t)
	head := []any{"Mã xã", "Mã chỉ tiêu", "Kỳ", "Giá trị", "Ghi chú"}
	tests := []struct {
		name         string
		row          []any
		cell, column string
		want         []string
	}{
		{"numeric code", []any{"02389", 17.1, 2024, 95}, "Phiếu!B3", "Mã chỉ tiêu", []string{"17.1 hoặc 17.10"}},
		{"formula", []any{"02389", "9.2", 2024, "=40+50"}, "Phiếu!D3", "Giá trị", []string{"công thức"}},
		{"formula in the code", []any{"02389", "=9.2", 2024, 90}, "Phiếu!B3", "Mã chỉ tiêu", []string{"công thức"}},
		{"formula in the commune", []any{"=A1", "9.2", 2024, 90}, "Phiếu!A3", "Mã xã", []string{"công thức"}},
		{"formula in the note", []any{"02389", "9.2", 2024, 90, "=A1"}, "Phiếu!E3", "Ghi chú", []string{"công thức"}},
		{"count with decimals", []any{"02389", "9.1", 2024, 1.234}, "Phiếu!D3", "Giá trị", []string{"1,234", "số nguyên"}},
		{"long note", []any{"02389", "9.2", 2024, 90, strings.Repeat("dài ", 501)}, "Phiếu!E3", "Ghi chú", []string{"2000"}},
		{"word", []any{"02389", "15.2", 2024, "đ"}, "Phiếu!D3", "Giá trị", []string{"chưa đạt"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := w.question(t, ntm, "2024-12-31")
			b, err := readFor(q, openXLSX(t, handMade(t, map[string][][]any{"Phiếu": {{"Rà soát năm 2024"}, head, tt.row}})))
			must(t, err)
			if len(b.Errors) != 1 {
				t.Fatalf("%+v", b.Errors)
			}
			e := b.Errors[0]
			if e.Cell != tt.cell || e.Column != tt.column || e.Line != 3 {
				t.Errorf("%+v", e)
			}
			for _, part := range tt.want {
				if !strings.Contains(e.Message, part) {
					t.Errorf("%q does not say %q", e.Message, part)
				}
			}
		})
	}
}

func TestStoredNumbersAreNeverAmbiguous(t *testing.T) {
	w := newWorld(t)
	data := handMade(t, map[string][][]any{"Phiếu": {
		{"Mã xã", "Mã chỉ tiêu", "Kỳ", "Giá trị", "Tử số", "Mẫu số"},
		{"02389", "10", 2024, 45.125, nil, nil},
		{"02389", "9.2", 2024, nil, 1234, 1300},
	}})
	b := w.batch(t, "2024", openXLSX(t, data))
	if got := b.Findings[0].Datum.Value; got != 451250 {
		t.Errorf("45,125 became %s", got)
	}
	if got := b.Findings[1].Datum.Extra.Total; got != (law.Fraction{Num: 1234 * law.One, Den: 1300 * law.One}) {
		t.Errorf("%v", got)
	}
}

func TestDuplicatesAcrossSheetsNameBothCells(t *testing.T) {
	w := newWorld(t)
	head := []any{"Mã xã", "Mã chỉ tiêu", "Kỳ", "Giá trị"}
	b, err := readFor(w.question(t, ntm, "2024-12-31"), openXLSX(t, handMade(t, map[string][][]any{
		"Một": {head, {"02389", "9.2", 2024, 90}}, "Hai": {head, {"02389", "9.2", 2024, 90}}, "Ghi chép": {{"không có bảng"}},
	})))
	must(t, err)
	if len(b.Errors) != 2 || b.Errors[0].Cell == b.Errors[1].Cell || !strings.HasSuffix(b.Errors[0].Cell, "!B2") ||
		!strings.Contains(b.Errors[0].Message, "Một dòng 2") || !strings.Contains(b.Errors[0].Message, "Hai dòng 2") {
		t.Errorf("%+v", b.Errors)
	}
}

func TestASheetThatLostAColumnIsNotSkipped(t *testing.T) {
	w := newWorld(t)
	_, err := readFor(w.question(t, ntm, "2024-12-31"), openXLSX(t, handMade(t, map[string][][]any{
		"Một": {{"Mã xã", "Mã chỉ tiêu", "Kỳ", "Giá trị"}, {"02389", "9.2", 2024, 90}},
		"Hai": {{"Mã xã", "Mã chỉ tiêu", "Kỳ", "Trị số"}, {"02395", "9.2", 2024, 90}},
	})))
	if err == nil || !strings.Contains(fault.Text(err), "Hai") || !strings.Contains(fault.Text(err), "value") {
		t.Errorf("%q", fault.Text(err))
	}
}

func TestNameBesideCodeMustFit(t *testing.T) {
	w := newWorld(t)
	r := w.evaluate(t, ntm, "2024-12-31", "Mã xã,Tên xã,Mã chỉ tiêu,Kỳ,Giá trị\n02608,Hồng Lạc,9.2,2024,90\n02389,xã Minh Dân,9.2,2024,90\n")
	if len(r.RowErrors) != 1 || r.RowErrors[0].Line != 2 || r.RowErrors[0].Column != "Tên xã" || !strings.Contains(r.RowErrors[0].Message, "Hồng Sơn") {
		t.Errorf("%+v", r.RowErrors)
	}
	if len(r.Communes) != 1 {
		t.Errorf("%d communes", len(r.Communes))
	}
}
