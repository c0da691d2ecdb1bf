package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
)

// part is one file inside a hand-made workbook.
type part struct{ name, text string }

// pack zips parts in their order.
func pack(t testing.TB, parts ...part) []byte {
	t.Helper()
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	for _, p := range parts {
		w, err := zw.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// bones are the parts every workbook has; one sheet named Phiếu.
func bones() []part {
	const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	return []part{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`},
		{"_rels/.rels", xmlHead + `<Relationships><Relationship Id="rId1" Type="` + rel + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", xmlHead + `<workbook><sheets><sheet name="Phiếu" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships>` +
			`<Relationship Id="rId1" Type="` + rel + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + rel + `/sharedStrings" Target="sharedStrings.xml"/>` +
			`<Relationship Id="rId3" Type="` + rel + `/styles" Target="/xl/styles.xml"/>` +
			`</Relationships>`},
	}
}

// workbookWith is a workbook whose one sheet has these rows, and further parts.
func workbookWith(t testing.TB, rows string, more ...part) []byte {
	t.Helper()
	parts := append(bones(), part{"xl/worksheets/sheet1.xml", xmlHead + `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`})
	return pack(t, append(parts, more...)...)
}

// open opens a file that must be good.
func open(t testing.TB, name string, data []byte) *Book {
	t.Helper()
	b, err := Open(name, data, Limits{})
	if err != nil {
		t.Fatalf("Open(%s): %s", name, fault.Text(err))
	}
	return b
}

// dump lists the cells of a sheet: "D7 Number 89.78".
func dump(t testing.TB, s *Sheet) []string {
	t.Helper()
	var out []string
	for row, err := range s.Rows() {
		if err != nil {
			t.Fatalf("Rows: %s", fault.Text(err))
		}
		if row.Fault != nil {
			out = append(out, fmt.Sprintf("! %s", row.Fault.Vietnamese()))
		}
		for _, c := range row.Cells {
			out = append(out, fmt.Sprintf("%s %s %s", c.Ref(), kindName(c.Kind), c.Text))
		}
	}
	return out
}

func kindName(k Kind) string {
	return [...]string{"Empty", "Text", "Number", "Bool", "Date", "Formula", "Error"}[k]
}

// readAll opens and reads every row, as an importer would.
func readAll(name string, data []byte) error {
	b, err := Open(name, data, Limits{})
	if err != nil {
		return err
	}
	return readRows(b)
}

func readRows(b *Book) error {
	for _, s := range b.Sheets {
		for _, err := range s.Rows() {
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func sameLines(t *testing.T, got, want []string) {
	t.Helper()
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got:\n%s\nwant:\n%s", g, w)
	}
}
