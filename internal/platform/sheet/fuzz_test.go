package sheet

import (
	"bytes"
	"testing"
	"unicode/utf8"
)

// FuzzOpen gives any bytes to the reader: it may refuse them, it may not crash,
// hand out a cell outside its sheet or text that is not UTF-8.
func FuzzOpen(f *testing.F) {
	f.Add([]byte("a,b\n1,\"2\n3\"\n"))
	f.Add(workbookWith(f, `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>0.9</v></c></row>`,
		part{"xl/sharedStrings.xml", "<sst><si><t>đạt</t></si></sst>"}, part{"xl/styles.xml", styleSheet}))
	f.Fuzz(func(t *testing.T, data []byte) { readLoosely(t, data) })
}

// FuzzCSV goes straight to the records.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "sep=;\na;b\n", "\"a\"\"b\",\"c\nd\"\r\n", "'=1,''x\n", "a\tb\r1\t2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { readLoosely(t, append(bytes.Clone(bomUTF8), text...)) })
}

// FuzzSheetXML puts any rows into an otherwise good workbook.
func FuzzSheetXML(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c><c t="b"><v>1</v></c></row>`)
	f.Add(`<row><c><f t="array" ref="A1:B2">1</f><v>1E-3</v></c></row><row r="9"><c r="C9" s="2"><v>45566.5</v></c></row>`)
	f.Add(`</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells><!-- x --><![CDATA[y]]><sheetData>&lt;&#x41;`)
	f.Fuzz(func(t *testing.T, rows string) {
		readLoosely(t, workbookWith(t, rows, part{"xl/styles.xml", styleSheet}))
	})
}

// FuzzSharedXML fuzzes the parts beside the sheet.
func FuzzSharedXML(f *testing.F) {
	f.Add(`<sst><si><t>_x000D_</t><rPh><t>x</t></rPh></si></sst>`, styleSheet)
	f.Fuzz(func(t *testing.T, shared, styles string) {
		readLoosely(t, workbookWith(t, `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>1</v></c></row>`,
			part{"xl/sharedStrings.xml", shared}, part{"xl/styles.xml", styles}))
	})
}

func readLoosely(t *testing.T, data []byte) {
	b, err := Open("x", data, Limits{Inflated: 4 << 20})
	if err != nil {
		return
	}
	for _, s := range b.Sheets {
		last := 0
		for row, err := range s.Rows() {
			if err != nil {
				break
			}
			if row.Number <= last {
				t.Fatalf("row %d after row %d", row.Number, last)
			}
			last = row.Number
			col := 0
			for _, c := range row.Cells {
				if c.Row != row.Number || c.Col <= col || c.Kind == Empty || !utf8.ValidString(c.Text) {
					t.Fatalf("cell %+v in row %d", c, row.Number)
				}
				col = c.Col
				if r, ccol, ok := parseRef([]byte(c.Ref())); !b.CSV && (!ok || r != c.Row || ccol != c.Col) {
					t.Fatalf("%+v has reference %s", c, c.Ref())
				}
			}
		}
		tab, err := s.Table(Column{Name: "a"}, Column{Name: "b", Optional: true})
		if err != nil {
			continue
		}
		for rec, err := range tab.Records() {
			if err != nil {
				break
			}
			if c := rec.Cell("a"); c.Row != rec.Number {
				t.Fatalf("%+v in record %d", c, rec.Number)
			}
		}
	}
}
