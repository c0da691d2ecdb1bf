package sheet

import (
	"bytes"
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"

	"github.com/xuri/excelize/v2"
)

func TestLinesIn(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		want  int
	}{
		{"", 10, 1},
		{"đạt", 10, 1},
		{"một\nhai\n", 10, 3},
		{"chưa có mức do tỉnh quy định", 12, 3},
		{"đồng/người/năm/hộ/xã", 8, 3},
		{strings.Repeat("a", 50), 10, 5},
	} {
		if got := linesIn(c.text, c.width); got != c.want {
			t.Errorf("%q in %g: %d lines, want %d", c.text, c.width, got, c.want)
		}
	}
}

// TestRowsAreAsHighAsTheirText looks at heights and hidden columns as a
// spreadsheet program finds them.
func TestRowsAreAsHighAsTheirText(t *testing.T) {
	b := NewBook(Properties{})
	s, err := b.Sheet(Layout{
		Name: "Phiếu", Titles: []string{"Tên", strings.Repeat("hướng dẫn ", 30)},
		Columns: []Heading{{Text: "Mã", Width: 6}, {Text: "Kỳ", Hidden: true}, {Text: "Tên chỉ tiêu", Width: 20}},
	})
	if err != nil {
		t.Fatal(fault.Text(err))
	}
	long := strings.Repeat("tỷ lệ hộ ", 12)
	for _, row := range [][]Value{
		{PutCode("1"), PutCode("2024"), PutText("ngắn")},
		{PutCode("2"), PutText(long), PutText("ngắn")},
		{PutCode("3"), PutCode("2024"), PutText(long)},
		{PutCode("4"), PutCode("2024"), PutText(strings.Repeat(long, 50))},
	} {
		if err := s.Row(row...); err != nil {
			t.Fatal(fault.Text(err))
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(bytesOf(t, b)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var heights []float64
	for row := 1; row <= 7; row++ {
		h, err := f.GetRowHeight("Phiếu", row)
		if err != nil {
			t.Fatal(err)
		}
		heights = append(heights, h)
	}
	one := heights[3]
	if heights[1] < 3*one || heights[4] != one || heights[5] < 4*one || heights[6] != tallestRow {
		t.Errorf("heights %v", heights)
	}
	for col, want := range map[string]bool{"A": true, "B": false, "C": true} {
		if got, err := f.GetColVisible("Phiếu", col); err != nil || got != want {
			t.Errorf("column %s is shown: %v", col, got)
		}
	}
	rows := dump(t, open(t, "x.xlsx", reviewHidden(t)).Sheets[0])
	if strings.Join(rows, "\n") != "A1 Text Mã\nB1 Text Kỳ\nA2 Text 1\nB2 Text 2024" {
		t.Errorf("a hidden column is not read back: %q", rows)
	}
}

func reviewHidden(t *testing.T) []byte {
	t.Helper()
	b := NewBook(Properties{})
	s, err := b.Sheet(Layout{Name: "Phiếu", Columns: []Heading{{Text: "Mã"}, {Text: "Kỳ", Hidden: true}}})
	if err == nil {
		err = s.Row(PutCode("1"), PutCode("2024"))
	}
	if err != nil {
		t.Fatal(fault.Text(err))
	}
	return bytesOf(t, b)
}
