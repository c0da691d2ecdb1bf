package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func bytesOf(t testing.TB, b *BookWriter) []byte {
	t.Helper()
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(fault.Text(err))
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return data
}

// reviewBook is a template with everything a template can have.
func reviewBook(t testing.TB) []byte {
	t.Helper()
	b := NewBook(Properties{Title: "Phiếu rà soát", Made: time.Date(2024, 10, 1, 8, 0, 0, 0, time.UTC)})
	s, err := b.Sheet(Layout{
		Name: "Xã: Minh Dân/2024", Banner: "SỐ LIỆU MINH HỌA – không phản ánh tình hình thực tế của xã",
		Titles:  []string{"Phiếu rà soát tiêu chí", "Kỳ: năm 2024"},
		Columns: []Heading{{Text: "Mã", Code: true, Width: 8}, {Text: "Chỉ tiêu", Width: 40, Note: "Tên theo bộ tiêu chí"}, {Text: "Giá trị"}, {Text: "Ngưỡng"}},
		Freeze:  2, Protect: true,
	})
	if err != nil {
		t.Fatal(fault.Text(err))
	}
	communes := make([]string, 60)
	for i := range communes {
		communes[i] = fmt.Sprintf("Xã số %d, huyện Hàm Yên", i)
	}
	words := Choice("đạt", "chưa đạt", "không áp dụng").Helped("Chọn từ danh sách")
	rows := [][]Value{
		{PutCode("1.1"), PutText("Quy hoạch"), PutBlank().Input().Checked(words), PutText("đạt")},
		{PutCode("17.10"), PutText("=1+1"), PutPercent("89.5").Input().Checked(DecimalBetween(0, 100)), PutPercent("90").Noted("≥ 90 %")},
		{PutCode("18.1"), PutText("@SUM(A1)"), PutNumber("-1234.5678").Input(), PutInt(60).Shown("#,##0")},
		{PutCode("18.2"), PutText("Số trường"), PutInt(3).Input().Checked(WholeBetween(0, 50)), PutDate(day.Of(2024, 10, 1))},
		{PutCode("18.3"), PutText("Xã").Bold(), PutText("đạt").Input().Checked(words), PutText(communes[0]).Input().Checked(Choice(communes...))},
		{PutCode("18.4"), PutText("Ghi\nchú\tđủ\x01 _x0041_ "), PutDate(day.None), PutBlank()},
	}
	for _, row := range rows {
		if err := s.Row(row...); err != nil {
			t.Fatal(fault.Text(err))
		}
	}
	if s.Name() != "Xã- Minh Dân-2024" || s.Next() != 11 {
		t.Errorf("name %q, next row %d", s.Name(), s.Next())
	}
	notes, err := b.Sheet(Layout{Name: "Hướng dẫn", Columns: []Heading{{Text: "Việc", Note: "một"}}})
	if err != nil {
		t.Fatal(fault.Text(err))
	}
	notes.Skip(1)
	if err := notes.Row(PutText("Điền cột Giá trị").Head()); err != nil {
		t.Fatal(err)
	}
	return bytesOf(t, b)
}

func TestWrittenBookReadsBack(t *testing.T) {
	b := open(t, "x.xlsx", reviewBook(t))
	if len(b.Sheets) != 3 || !b.Sheets[2].Hidden || b.Sheets[0].Hidden || b.Sheets[0].Name != "Xã- Minh Dân-2024" {
		t.Fatalf("sheets: %+v", b.Sheets)
	}
	sameLines(t, dump(t, b.Sheets[0]), []string{
		"A1 Text SỐ LIỆU MINH HỌA – không phản ánh tình hình thực tế của xã", "A2 Text Phiếu rà soát tiêu chí", "A3 Text Kỳ: năm 2024",
		"A4 Text Mã", "B4 Text Chỉ tiêu", "C4 Text Giá trị", "D4 Text Ngưỡng",
		"A5 Text 1.1", "B5 Text Quy hoạch", "D5 Text đạt",
		"A6 Text 17.10", "B6 Text =1+1", "C6 Number 89.5%", "D6 Number 90%",
		"A7 Text 18.1", "B7 Text @SUM(A1)", "C7 Number -1234.5678", "D7 Number 60",
		"A8 Text 18.2", "B8 Text Số trường", "C8 Number 3", "D8 Date 01/10/2024",
		"A9 Text 18.3", "B9 Text Xã", "C9 Text đạt", "D9 Text Xã số 0, huyện Hàm Yên",
		"A10 Text 18.4", "B10 Text Ghi\nchú\tđủ _x0041_ ",
	})
	sameLines(t, dump(t, b.Sheets[1]), []string{"A1 Text Việc", "A3 Text Điền cột Giá trị"})
	if _, ok := b.Sheets[0].Merged(1, 4); !ok {
		t.Error("the banner does not run across the table")
	}
}

func TestWrittenBookHasWhatAPersonNeeds(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(reviewBook(t)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	const sheet = "Xã- Minh Dân-2024"
	checks, err := f.GetDataValidations(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range checks {
		got = append(got, c.Type+" "+c.Sqref+" "+c.Formula1+" "+c.Formula2)
	}
	sameLines(t, got, []string{
		`list C5:C5 C9:C9 "đạt,chưa đạt,không áp dụng" `, "decimal C6:C6 0 1", "whole C8:C8 0 50", "list D9:D9 _danh_muc!$A$1:$A$60 ",
	})
	if p, err := f.GetSheetProtection(sheet); err != nil || !p.SelectUnlockedCells || p.FormatCells || p.Password != "" {
		t.Errorf("protection: %+v %v", p, err)
	}
	for ref, locked := range map[string]bool{"B5": true, "C5": false, "C9": false, "D6": true, "A4": true} {
		id, err := f.GetCellStyle(sheet, ref)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil || style.Protection == nil || style.Protection.Locked != locked {
			t.Errorf("%s: %+v %v, want locked %v", ref, style.Protection, err, locked)
		}
	}
	comments, err := f.GetComments(sheet)
	if err != nil || len(comments) != 2 || comments[0].Cell != "B4" || comments[0].Text != "Tên theo bộ tiêu chí" || comments[1].Cell != "D6" {
		t.Errorf("notes: %+v %v", comments, err)
	}
	if p, err := f.GetPanes(sheet); err != nil || !p.Freeze || p.XSplit != 2 || p.YSplit != 4 {
		t.Errorf("panes: %+v %v", p, err)
	}
	if l, err := f.GetPageLayout(sheet); err != nil || *l.Size != 9 || *l.Orientation != "landscape" || *l.FitToWidth != 1 {
		t.Errorf("page: %+v %v", l, err)
	}
	if h, err := f.GetHeaderFooter(sheet); err != nil || !strings.Contains(h.OddHeader, "SỐ LIỆU MINH HỌA") {
		t.Errorf("banner on every page: %+v %v", h, err)
	}
	names := f.GetDefinedName()
	if len(names) != 2 || names[0].RefersTo != "'Xã- Minh Dân-2024'!$4:$4" || names[0].Scope != sheet {
		t.Errorf("repeated header: %+v", names)
	}
	if w, err := f.GetColWidth(sheet, "B"); err != nil || w != 40 {
		t.Errorf("width: %v %v", w, err)
	}
	if v, err := f.GetCellFormula(sheet, "B6"); err != nil || v != "" {
		t.Errorf("text became a formula: %q %v", v, err)
	}
}

func TestSameInputSameBytes(t *testing.T) {
	first := reviewBook(t)
	for range 5 {
		if !bytes.Equal(first, reviewBook(t)) {
			t.Fatal("two workbooks of the same input differ")
		}
	}
}

func TestWriterRefuses(t *testing.T) {
	b := NewBook(Properties{})
	s, err := b.Sheet(Layout{Name: "A"})
	if err != nil {
		t.Fatal(err)
	}
	for _, number := range []string{"", "1e5", "1,5", "NaN", "+1", "--1", "1.", ".5", "1234567890123456", "0.1234567890123456", "=1"} {
		if err := s.Row(PutNumber(number)); err == nil {
			t.Errorf("number %q was written", number)
		}
		if err := NewCSV(&bytes.Buffer{}, CSVStyle{}).Row(PutPercent(number)); err == nil {
			t.Errorf("number %q was written as text", number)
		}
	}
	if _, err := b.Sheet(Layout{Name: "a"}); err == nil {
		t.Error("two sheets of one name")
	}
	if _, err := NewBook(Properties{}).Bytes(); err == nil {
		t.Error("a workbook without sheets")
	}
	if _, err := b.Bytes(); err != nil {
		t.Error(err)
	}
	if err := s.Row(PutInt(1)); err == nil {
		t.Error("a row after the end")
	}
	if _, err := b.Bytes(); err == nil {
		t.Error("written twice")
	}
}

func TestSheetName(t *testing.T) {
	for text, want := range map[string]string{
		"Minh Dân": "Minh Dân", "a/b:c": "a-b-c", "": "Trang", "''": "Trang",
		strings.Repeat("ă", 40): strings.Repeat("ă", 31), "'x'": "x",
	} {
		if got := SheetName(text); got != want {
			t.Errorf("SheetName(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestCSVWriter(t *testing.T) {
	row := []Value{
		PutText("Minh Dân"), PutNumber("-89.78"), PutPercent("89.5"), PutDate(day.Of(2024, 10, 1)), PutText("a,b;\"c\""), PutText("hai\ndòng"),
		PutText("=1+1"), PutText("-5"), PutText("'@x"), PutText("\tx"), PutBlank(), PutCode("17.10"), PutText("it's"),
	}
	tests := []struct {
		name  string
		style CSVStyle
		want  string
	}{
		{"comma", CSVStyle{DecimalComma: true}, "Minh Dân,-89.78,89.5%,01/10/2024,\"a,b;\"\"c\"\"\",\"hai\ndòng\",'=1+1,'-5,''@x,\"'\tx\",,17.10,it's\r\n"},
		{"Excel in Việt Nam", CSVStyle{Comma: ';', BOM: true, DecimalComma: true}, "\xEF\xBB\xBFMinh Dân;-89,78;89,5%;01/10/2024;\"a,b;\"\"c\"\"\";\"hai\ndòng\";'=1+1;'-5;''@x;\"'\tx\";;17.10;it's\r\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var buf bytes.Buffer
			w := NewCSV(&buf, tt.style)
			if err := w.Row(row...); err != nil {
				t.Fatal(err)
			}
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			if buf.String() != tt.want {
				t.Errorf("got  %q\nwant %q", buf.String(), tt.want)
			}
		})
	}
}

// Whatever a person typed comes back from both formats as the same text, and no
// line of the .csv has a field that a program could run.
func TestTextSurvivesExportAndImport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.OneOf(
			rapid.StringOfN(rapid.RuneFrom([]rune("=+-@'\t\r\n\",;aĐạ _x0041")), 0, 12, -1),
			rapid.String(),
		)
		want := rapid.SliceOfN(cell, 1, 6).Draw(t, "cells")
		var values []Value
		for i := range want {
			want[i] = xmlSafe(want[i])
			values = append(values, PutText(want[i]))
		}
		b := NewBook(Properties{})
		s, err := b.Sheet(Layout{Name: "A"})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Row(values...); err != nil {
			t.Fatal(err)
		}
		data, err := b.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		compareTexts(t, "x.xlsx", data, want, func(s string) string { return s })

		var buf bytes.Buffer
		w := NewCSV(&buf, CSVStyle{BOM: true, Comma: ';'})
		header := make([]Value, len(values))
		for i := range header {
			header[i] = PutText("cột")
		}
		for _, row := range [][]Value{header, values} {
			if err := w.Row(row...); err != nil {
				t.Fatal(err)
			}
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
		}
		compareTexts(t, "x.csv", buf.Bytes(), want, func(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") })
	})
}

// compareTexts reads the last row of a book back.
func compareTexts(t *rapid.T, name string, data []byte, want []string, same func(string) string) {
	b, err := Open(name, data, Limits{})
	if err != nil {
		t.Fatal(fault.Text(err))
	}
	got := make([]string, len(want))
	for row, err := range b.Sheets[0].Rows() {
		if err != nil || row.Fault != nil {
			t.Fatal(err, row.Fault)
		}
		if b.CSV && row.Number == 1 {
			continue
		}
		for _, c := range row.Cells {
			got[c.Col-1] = c.Text
			if c.Kind != Text {
				t.Fatalf("%s %v is not text", name, c)
			}
		}
	}
	for i := range want {
		if got[i] != same(want[i]) {
			t.Fatalf("%s: got %q, want %q", name, got[i], want[i])
		}
	}
}

func TestNumbersSurviveExportAndImport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-99_999_999_999_999, 99_999_999_999_999).Draw(t, "ten-thousandths")
		want := decimalOf(float64(n) / 10_000).String()
		b := NewBook(Properties{})
		s, err := b.Sheet(Layout{Name: "A"})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Row(PutNumber(want), PutPercent(want)); err != nil {
			t.Fatal(err)
		}
		data, err := b.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		book, err := Open("x.xlsx", data, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for row, err := range book.Sheets[0].Rows() {
			if err != nil || row.Cells[0].Text != want || row.Cells[1].Text != want+"%" {
				t.Fatalf("%s came back as %v (%v)", want, row.Cells, err)
			}
		}
	})
}
