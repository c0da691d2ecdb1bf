package sheet

import (
	"strings"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

const styleSheet = xmlHead + `<styleSheet><numFmts count="3">` +
	`<numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/><numFmt numFmtId="165" formatCode="0.0&quot; điểm&quot;"/>` +
	`<numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>` +
	`<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>` +
	`<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/><xf numFmtId="22"/></cellXfs>` +
	`<cellStyles/></styleSheet>`

func TestCellsAsAPersonSeesThem(t *testing.T) {
	shared := part{"xl/sharedStrings.xml", xmlHead + `<sst><si><t>đạt</t></si><si><r><t xml:space="preserve">chưa </t></r><r><rPr/><t>đạt</t></r>` +
		`<rPh sb="0" eb="1"><t>phiên âm</t></rPh></si><si><t>a&amp;b &lt;c&gt; &#272;_x000D_x_x005F_</t></si><si/></sst>`}
	styles := part{"xl/styles.xml", styleSheet}
	tests := []struct{ name, cell, want string }{
		{"shared text", `<c r="A1" t="s"><v>0</v></c>`, "A1 Text đạt"},
		{"rich shared text without its phonetics", `<c r="A1" t="s"><v>1</v></c>`, "A1 Text chưa đạt"},
		{"entities and escapes", `<c r="A1" t="s"><v>2</v></c>`, "A1 Text a&b <c> Đ\rx_"},
		{"empty shared text is nothing", `<c r="A1" t="s"><v>3</v></c>`, ""},
		{"inline text", `<c r="A1" t="inlineStr"><is><t>Minh Dân</t></is></c>`, "A1 Text Minh Dân"},
		{"inline rich text", `<c r="A1" t="inlineStr"><is><r><t>Khuôn </t></r><r><t>Hà</t></r></is></c>`, "A1 Text Khuôn Hà"},
		{"text of another program", `<c r="A1" t="str"><v>17.10</v></c>`, "A1 Text 17.10"},
		{"CDATA", `<c r="A1" t="inlineStr"><is><t><![CDATA[<5 & >3]]></t></is></c>`, "A1 Text <5 & >3"},
		{"whole number", `<c r="A1"><v>17</v></c>`, "A1 Number 17"},
		{"binary noise", `<c r="A1"><v>89.780000000000001</v></c>`, "A1 Number 89.78"},
		{"exponent", `<c r="A1"><v>1E-3</v></c>`, "A1 Number 0.001"},
		{"large exponent", `<c r="A1"><v>1.5E+9</v></c>`, "A1 Number 1500000000"},
		{"sum of tenths", `<c r="A1"><v>0.30000000000000004</v></c>`, "A1 Number 0.3"},
		{"negative", `<c r="A1"><v>-12.50</v></c>`, "A1 Number -12.5"},
		{"more digits than a spreadsheet has", `<c r="A1"><v>1234567890123456789</v></c>`, "A1 Number 1234567890123460000"},
		{"minus zero", `<c r="A1"><v>-0</v></c>`, "A1 Number 0"},
		{"percent", `<c r="A1" s="1"><v>0.9</v></c>`, "A1 Number 90%"},
		{"percent with a fraction", `<c r="A1" s="1"><v>0.89780000000000004</v></c>`, "A1 Number 89.78%"},
		{"small percent", `<c r="A1" s="1"><v>0.005</v></c>`, "A1 Number 0.5%"},
		{"unit in quotes is not a date", `<c r="A1" s="4"><v>5</v></c>`, "A1 Number 5"},
		{"date", `<c r="A1" s="2"><v>45566</v></c>`, "A1 Date 01/10/2024"},
		{"custom date", `<c r="A1" s="3"><v>1</v></c>`, "A1 Date 01/01/1900"},
		{"time of day", `<c r="A1" s="5"><v>0.354166666666667</v></c>`, "A1 Date 08:30"},
		{"date with time", `<c r="A1" s="6"><v>45566.5</v></c>`, "A1 Date 01/10/2024 12:00"},
		{"ISO date", `<c r="A1" t="d"><v>2024-10-01T00:00:00Z</v></c>`, "A1 Date 01/10/2024"},
		{"the day that never was", `<c r="A1" s="2"><v>60</v></c>`, "A1 Error 60"},
		{"true", `<c r="A1" t="b"><v>1</v></c>`, "A1 Bool TRUE"},
		{"error value", `<c r="A1" t="e"><v>#N/A</v></c>`, "A1 Error #N/A"},
		{"not a number", `<c r="A1"><v>0x1p-2</v></c>`, "A1 Error 0x1p-2"},
		{"overflow", `<c r="A1"><v>1e999</v></c>`, "A1 Error 1e999"},
		{"formula", `<c r="D7"><f>A1+1</f><v>2</v></c>`, "D7 Formula 2"},
		{"formula with text", `<c r="A1" t="str"><f>"x"</f><v>x</v></c>`, "A1 Formula x"},
		{"formula without a value", `<c r="A1"><f>A2</f></c>`, "A1 Formula "},
		{"shared formula", `<c r="A1"><f t="shared" si="0"/><v>1</v></c>`, "A1 Formula 1"},
		{"styled and empty", `<c r="A1" s="1"/><c r="B1" s="1"><v></v></c>`, ""},
		{"cells without references", `<c><v>1</v></c><c/><c><v>3</v></c>`, "A1 Number 1\nC1 Number 3"},
		{"other prefix", `<c r="A1"><x:v xmlns:x="u">4</x:v></c>`, "A1 Number 4"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			row := "1"
			if strings.Contains(tt.cell, `"D7"`) {
				row = "7"
			}
			b := open(t, "x.xlsx", workbookWith(t, `<row r="`+row+`">`+tt.cell+`</row>`, shared, styles))
			if got := strings.Join(dump(t, b.Sheets[0]), "\n"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPercentAndDayOfACell(t *testing.T) {
	b := open(t, "x.xlsx", workbookWith(t, `<row r="3"><c r="B3" s="1"><v>0.9</v></c><c r="C3" s="2"><v>45566</v></c><c r="D3"><v>1</v></c></row>`,
		part{"xl/styles.xml", styleSheet}))
	var cells []Cell
	for row, err := range b.Sheets[0].Rows() {
		if err != nil {
			t.Fatal(err)
		}
		cells = append(cells, row.Cells...)
	}
	if !cells[0].Percent || cells[1].Percent || cells[2].Percent {
		t.Errorf("percent flags: %+v", cells)
	}
	if want := day.Of(2024, 10, 1); cells[1].Day != want || cells[0].Day != day.None {
		t.Errorf("days: %v and %v, want %v and none", cells[1].Day, cells[0].Day, want)
	}
	if got := cells[0].Address(); got != "Phiếu!B3" {
		t.Errorf("address %q", got)
	}
}

func TestDates1904(t *testing.T) {
	parts := append(bones(), part{"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="1"><c r="A1" s="2"><v>0</v></c></row></sheetData></worksheet>`},
		part{"xl/styles.xml", styleSheet})
	parts[2].text = strings.Replace(parts[2].text, "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)
	sameLines(t, dump(t, open(t, "x.xlsx", pack(t, parts...)).Sheets[0]), []string{"A1 Date 01/01/1904"})
}

func TestArrayFormulaMarksEveryCellItFills(t *testing.T) {
	b := open(t, "x.xlsx", workbookWith(t, `<row r="1"><c r="A1"><f t="array" ref="A1:A3">B1:B3</f><v>1</v></c><c r="B1"><v>9</v></c></row>`+
		`<row r="2"><c r="A2"><v>2</v></c></row><row r="3"><c r="A3"><v>3</v></c></row><row r="4"><c r="A4"><v>4</v></c></row>`))
	sameLines(t, dump(t, b.Sheets[0]), []string{"A1 Formula 1", "B1 Number 9", "A2 Formula 2", "A3 Formula 3", "A4 Number 4"})
}

func TestRefusalsNameTheCell(t *testing.T) {
	tests := []struct {
		name string
		cell Cell
		want string
	}{
		{"formula", Cell{Sheet: "Sheet1", Row: 7, Col: 4, Kind: Formula}, "Sheet1!D7: ô D7 chứa công thức; hãy dán giá trị"},
		{"error", Cell{Sheet: "Sheet1", Row: 1, Col: 28, Kind: Error, Text: "#DIV/0!"}, "Sheet1!AB1: ô AB1 chứa lỗi #DIV/0!; hãy nhập giá trị"},
		{
			"code",
			Cell{Sheet: "S", Row: 2, Col: 1, Kind: Number, Text: "17.1"},
			"S!A2: ô A2 chứa số 17.1 ở chỗ cần mã; mã phải là chữ (định dạng ô là Văn bản): 17.1 hoặc 17.10",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := tt.cell.RefuseCode()
			if f == nil || f.Vietnamese() != tt.want {
				t.Errorf("got %v, want %q", f, tt.want)
			}
		})
	}
	for _, kind := range []Kind{Empty, Text, Number, Bool, Date} {
		if f := (Cell{Kind: kind}).Refuse(); f != nil {
			t.Errorf("%s is refused: %v", kindName(kind), f)
		}
	}
	if f := (Cell{Kind: Text, Text: "17.10"}).RefuseCode(); f != nil {
		t.Errorf("a text code is refused: %v", f)
	}
}

func TestSheetsHiddenAndMerged(t *testing.T) {
	parts := bones()
	parts[2].text = xmlHead + `<workbook><sheets><sheet name="A &amp; B" sheetId="1" r:id="rId1"/><sheet name="Ẩn" sheetId="2" state="veryHidden" r:id="rId9"/>` +
		`<sheet name="Biểu đồ" sheetId="3" r:id="rId8"/></sheets></workbook>`
	parts[3].text = strings.Replace(parts[3].text, "</Relationships>",
		`<Relationship Id="rId9" Type="x/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId8" Type="x/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>`, 1)
	parts = append(parts, part{"xl/worksheets/sheet1.xml", `<worksheet><sheetData/><mergeCells><mergeCell ref="B2:D7"/></mergeCells></worksheet>`},
		part{"xl/worksheets/sheet2.xml", `<worksheet><sheetData/></worksheet>`}, part{"xl/chartsheets/sheet1.xml", `<chartsheet/>`})
	b := open(t, "x.xlsx", pack(t, parts...))
	if len(b.Sheets) != 2 || b.Sheets[0].Name != "A & B" || b.Sheets[0].Hidden || !b.Sheets[1].Hidden {
		t.Fatalf("sheets: %+v", b.Sheets)
	}
	if r, ok := b.Sheets[0].Merged(7, 4); !ok || r.String() != "B2:D7" {
		t.Errorf("D7 merged: %v %v", r, ok)
	}
	if _, ok := b.Sheets[0].Merged(8, 4); ok {
		t.Error("D8 is not merged")
	}
	if b.Sheet("Ẩn") == nil || b.Sheet("ẩn") != nil {
		t.Error("Sheet finds by exact name")
	}
}

func TestRowsStopWhenTheReaderHasEnough(t *testing.T) {
	data := workbookWith(t, `<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>`)
	seen := 0
	for _, err := range open(t, "x.xlsx", data).Sheets[0].Rows() {
		if err != nil {
			t.Fatal(err)
		}
		seen++
		break
	}
	if seen != 1 {
		t.Errorf("saw %d rows", seen)
	}
}

func TestDisorderIsRefused(t *testing.T) {
	for name, rows := range map[string]string{
		"rows":       `<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>`,
		"same row":   `<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="B2"><v>1</v></c></row>`,
		"cells":      `<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>`,
		"wrong row":  `<row r="1"><c r="A2"><v>1</v></c></row>`,
		"same place": `<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>`,
	} {
		t.Run(name, func(t *testing.T) {
			if err := readAll("x.xlsx", workbookWith(t, rows)); !strings.Contains(fault.Text(err), "không theo thứ tự") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestFormatOf(t *testing.T) {
	for code, want := range map[string]format{
		"General": formatPlain, "0.00": formatPlain, "#,##0": formatPlain, "0%": formatPercent, "0.0#%;-0.0%": formatPercent,
		"d/m/yyyy": formatDate, "mm:ss": formatDate, "[h]:mm": formatDate, "[$-42A]dd mmmm": formatDate,
		`0.0" triệu đồng/năm"`: formatPlain, `0\d`: formatPlain, "[Red]0": formatPlain, "0_d": formatPlain,
		`"ngày" dd`: formatDate, "@": formatPlain, `0;"đạt %"`: formatPlain, "0.00E+00": formatPlain, `"`: formatPlain, "[": formatPlain, `\`: formatPlain,
		"[]0": formatPlain,
	} {
		if got := formatOf(code); got != want {
			t.Errorf("formatOf(%q) = %d, want %d", code, got, want)
		}
	}
}

func TestReferences(t *testing.T) {
	for ref, want := range map[string][2]int{
		"A1": {1, 1}, "D7": {7, 4}, "AA10": {10, 27}, "XFD1048576": {1_048_576, 16_384}, "$B$3": {3, 2}, "b3": {3, 2},
		"": {}, "A": {}, "1": {}, "A0": {}, "XFE1": {}, "A1048577": {}, "A-1": {}, "A1A": {}, "AAAAAAAAAA1": {},
	} {
		row, col, ok := parseRef([]byte(ref))
		if !ok {
			row, col = 0, 0
		}
		if [2]int{row, col} != want {
			t.Errorf("parseRef(%q) = %d, %d, want %v", ref, row, col, want)
		}
		if ok && (Cell{Row: row, Col: col}).Ref() != strings.ToUpper(strings.ReplaceAll(ref, "$", "")) {
			t.Errorf("%q does not come back", ref)
		}
	}
}
