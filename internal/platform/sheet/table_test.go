package sheet

import (
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
)

var findingColumns = []Column{
	{Name: "Mã xã", Also: []string{"commune"}},
	{Name: "Chỉ tiêu", Also: []string{"indicator"}},
	{Name: "Giá trị", Also: []string{"value"}},
	{Name: "Ghi chú", Also: []string{"note"}, Optional: true},
}

func text(ref, s string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t xml:space="preserve">` + s + `</t></is></c>`
}

func number(ref, s string) string { return `<c r="` + ref + `"><v>` + s + `</v></c>` }

func TestTableFindsItsHeader(t *testing.T) {
	rows := `<row r="1">` + text("A1", "SỐ LIỆU MINH HỌA") + `</row><row r="3">` + text("A3", "Biểu rà soát") + text("B3", "chỉ tiêu") + `</row>` +
		`<row r="5">` + text("B5", " MÃ  xã\n") + text("C5", "chi tieu") + text("E5", "GIÁTRỊ") + text("F5", "Cột lạ") + `</row>` +
		`<row r="6">` + text("B6", "02200") + text("C6", "17.10") + text("D6", "không tiêu đề") + number("E6", "89.5") + text("F6", "?") + text("J6", "ngoài") + `</row>` +
		`<row r="7">` + text("B7", "  ") + `</row>` +
		`<row r="9">` + text("B9", "02201") + `</row>`
	tab, err := open(t, "x.xlsx", workbookWith(t, rows)).Table(findingColumns...)
	if err != nil {
		t.Fatal(fault.Text(err))
	}
	if tab.Row != 5 || tab.Sheet.Name != "Phiếu" || len(tab.Unknown) != 1 || tab.Unknown[0].Address() != "Phiếu!F5" {
		t.Fatalf("table: %+v", tab)
	}
	if _, ok := tab.Head("Ghi chú"); ok {
		t.Error("a column that is not there was found")
	}
	if head, ok := tab.Head("Giá trị"); !ok || head.Ref() != "E5" {
		t.Errorf("value column: %v", head)
	}
	var got []string
	for rec, err := range tab.Records() {
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"Mã xã", "Chỉ tiêu", "Giá trị"} {
			c := rec.Cell(name)
			got = append(got, c.Address()+" "+c.Column+" "+kindName(c.Kind)+" "+c.Text)
		}
		if c := rec.Cell("Ghi chú"); !c.Blank() || c.Col != 0 {
			t.Errorf("missing column gives %+v", c)
		}
		got = append(got, "F: "+rec.At(6).Text+" J: "+rec.At(10).Text)
		for _, c := range rec.Unread() {
			got = append(got, "unread "+c.Address()+" "+c.Text)
		}
	}
	sameLines(t, got, []string{
		"Phiếu!B6 Mã xã Text 02200", "Phiếu!C6 Chỉ tiêu Text 17.10", "Phiếu!E6 Giá trị Number 89.5", "F: ? J: ",
		"unread Phiếu!F6 ?", "unread Phiếu!D6 không tiêu đề",
		"Phiếu!B9 Mã xã Text 02201", "Phiếu!C9 Chỉ tiêu Empty ", "Phiếu!E9 Giá trị Empty ", "F:  J: ",
	})
}

func TestTableRefusals(t *testing.T) {
	head := func(cells string) []byte { return workbookWith(t, `<row r="2">`+cells+`</row>`) }
	codes := []Column{{Name: "Xã"}, {Name: "17.1", Optional: true}, {Name: "17.10", Optional: true}}
	tests := []struct {
		name    string
		data    []byte
		columns []Column
		want    string
	}{
		{"nothing like a header", head(text("A2", "abc")), findingColumns, "Phiếu: không tìm thấy hàng tiêu đề; cần các cột: Mã xã, Chỉ tiêu, Giá trị"},
		{"empty sheet", workbookWith(t, ""), findingColumns, "Phiếu: không tìm thấy hàng tiêu đề; cần các cột: Mã xã, Chỉ tiêu, Giá trị"},
		{"one column missing", head(text("A2", "Mã xã") + text("B2", "Chỉ tiêu")), findingColumns, "Phiếu: hàng tiêu đề (hàng 2) thiếu các cột: Giá trị"},
		{
			"twice", head(text("A2", "Mã xã") + text("B2", "Chỉ tiêu") + text("C2", "value") + text("D2", "GIÁ TRỊ")), findingColumns,
			"Phiếu!D2: cột “Giá trị” có hai lần, lần đầu ở ô C2",
		},
		{
			"numeric code", head(text("A2", "Xã") + number("B2", "17.1")), codes,
			"Phiếu!B2: ô B2 chứa số 17.1 ở chỗ cần mã; mã phải là chữ (định dạng ô là Văn bản): 17.1 hoặc 17.10",
		},
		{"text without a table", []byte("xin chào\n"), findingColumns, "không tìm thấy hàng tiêu đề; cần các cột: Mã xã, Chỉ tiêu, Giá trị"},
		{"only optional columns, none there", head(text("A2", "abc")), codes[1:], "Phiếu: không tìm thấy hàng tiêu đề; cần các cột: 17.1, 17.10"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := open(t, "x.xlsx", tt.data).Table(tt.columns...)
			if got := fault.Text(err); got != tt.want || !fault.Is(err, fault.Invalid) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTextCodesAsHeaders(t *testing.T) {
	tab, err := open(t, "x.xlsx", workbookWith(t, `<row r="1">`+text("A1", "Xã")+text("B1", "17.1")+text("C1", "17.10")+number("D1", "2024")+`</row>`)).
		Table(Column{Name: "Xã"}, Column{Name: "17.1"}, Column{Name: "17.10"}, Column{Name: "2024"})
	if err != nil {
		t.Fatal(fault.Text(err))
	}
	for name, col := range map[string]int{"17.1": 2, "17.10": 3, "2024": 4} {
		if head, ok := tab.Head(name); !ok || head.Col != col {
			t.Errorf("%s is at %v", name, head)
		}
	}
}

func TestRaggedRecordsAreRowFaults(t *testing.T) {
	data := "Tiêu đề chung\ncommune,indicator,value,note\n1,2,3,4\n1,2,3\n1,2\n1,2,\"3\nx\",4,5\n1,2,3,4,,\n\"a\"b,2,3,4\n1,2,3,\n"
	tab, err := open(t, "x.csv", []byte(data)).Table(findingColumns...)
	if err != nil {
		t.Fatal(fault.Text(err))
	}
	var got []string
	for rec, err := range tab.Records() {
		if err != nil {
			t.Fatal(err)
		}
		if rec.Fault == nil {
			got = append(got, "ok "+rec.Cell("Mã xã").Address())
			continue
		}
		got = append(got, rec.Fault.Vietnamese()+" ["+strings.Join(rec.Lacks, " ")+"] "+rec.Cell("Mã xã").Text+rec.Cell("Chỉ tiêu").Text)
	}
	sameLines(t, got, []string{
		"ok dòng 3, cột Mã xã",
		"ok dòng 4, cột Mã xã",
		"dòng 5: thiếu cột: có 2 cột, tiêu đề có 4; thiếu Giá trị [Giá trị] 12",
		"dòng 6: thừa cột: có 5 cột, tiêu đề có 4; giá trị có dấu phân cách phải đặt trong dấu nháy kép [] 12",
		"ok dòng 8, cột Mã xã",
		"dòng 9: có ký tự thừa sau dấu nháy kép đóng (dấu mở ở dòng 9, đóng ở dòng 9); nháy kép bên trong phải viết hai lần [] ",
		"ok dòng 10, cột Mã xã",
	})
}

func TestBookTableLooksAtVisibleSheetsOnly(t *testing.T) {
	b := NewBook(Properties{})
	columns := []Heading{{Text: "Mã xã"}, {Text: "Chỉ tiêu"}, {Text: "Giá trị"}}
	for _, l := range []Layout{{Name: "Hướng dẫn"}, {Name: "Ẩn", Hidden: true, Columns: columns}, {Name: "Phiếu", Columns: columns}} {
		if _, err := b.Sheet(l); err != nil {
			t.Fatal(err)
		}
	}
	tab, err := open(t, "x.xlsx", bytesOf(t, b)).Table(findingColumns...)
	if err != nil || tab.Sheet.Name != "Phiếu" {
		t.Errorf("found %+v, %v", tab, err)
	}
}
