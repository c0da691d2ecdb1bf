package draft_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/platform/officialdoc/draft"
)

// orders is the order of children that the schema of WordprocessingML (ISO/IEC 29500-1) asks for, as far as it is used.
func orders() map[string][]string {
	return map[string][]string{
		"pPr": {
			"pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "pBdr", "tabs", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr",
		},
		"rPr": {"rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "color", "spacing", "sz", "szCs", "bdr", "vertAlign", "lang"},
		"sectPr": {
			"headerReference", "footerReference", "footnotePr", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg",
		},
		"tblPr":      {"tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook"},
		"tblBorders": {"top", "left", "bottom", "right", "insideH", "insideV"}, "tblCellMar": {"top", "left", "bottom", "right"},
		"tcPr": {"tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "vAlign"}, "trPr": {"cantSplit", "tblHeader"},
		"tbl": {"tblPr", "tblGrid", "tr"}, "tr": {"trPr", "tc"}, "tblGrid": {"gridCol"},
		"style":    {"name", "basedOn", "next", "uiPriority", "semiHidden", "unhideWhenUsed", "qFormat", "pPr", "rPr", "tblPr"},
		"styles":   {"docDefaults", "style"},
		"settings": {"zoom", "defaultTabStop", "characterSpacingControl", "footnotePr", "compat", "themeFontLang", "decimalSymbol", "listSeparator"},
	}
}

// unpack reads the parts of a file.
func unpack(t testing.TB, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
		if y := f.Modified.Year(); y > 1980 {
			t.Errorf("%s carries a date: %v", f.Name, f.Modified)
		}
	}
	return out
}

func write(t testing.TB, d draft.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := draft.WriteDOCX(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// checkOrder reads a part, and wants it well formed and its elements in the order of the schema.
func checkOrder(t testing.TB, part, body string) {
	t.Helper()
	rules := orders()
	type open struct {
		name string
		at   int
		last string
	}
	stack := []open{{}}
	dec := xml.NewDecoder(strings.NewReader(body))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", part, err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			parent := &stack[len(stack)-1]
			if rule := rules[parent.name]; rule != nil {
				at := slices.Index(rule, e.Name.Local)
				if at < parent.at {
					t.Fatalf("%s: %s stands in %s behind %q", part, e.Name.Local, parent.name, parent.last)
				}
				parent.at = at
			}
			if parent.name == "tc" {
				parent.last = e.Name.Local
			}
			stack = append(stack, open{name: e.Name.Local})
		case xml.EndElement:
			top := stack[len(stack)-1]
			if top.name == "tc" && top.last != "p" {
				t.Fatalf("%s: a cell ends with %q, and Word wants a paragraph", part, top.last)
			}
			stack = stack[:len(stack)-1]
		}
	}
}

func TestPartsFollowTheSchema(t *testing.T) {
	for name, d := range samples() {
		parts := unpack(t, write(t, d))
		for part, body := range parts {
			checkOrder(t, name+" "+part, body)
			if part != "[Content_Types].xml" && !strings.HasSuffix(part, ".rels") && !strings.Contains(parts["[Content_Types].xml"], `"/`+part+`"`) {
				t.Errorf("%s: %s has no content type", name, part)
			}
		}
		for _, want := range []string{
			`<w:pgSz w:w="11906" w:h="16838"/>`, `w:top="1134" w:right="851" w:bottom="1134" w:left="1701"`, `<w:titlePg/>`,
		} {
			if !strings.Contains(parts["word/document.xml"], want) {
				t.Errorf("%s: the document lacks %s", name, want)
			}
		}
		if core := parts["docProps/core.xml"]; strings.Contains(core, "creator") || strings.Contains(core, "lastModifiedBy") {
			t.Errorf("%s: the properties name a person", name)
		}
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	for name, d := range samples() {
		if !bytes.Equal(write(t, d), write(t, d)) {
			t.Errorf("%s: two writings differ", name)
		}
	}
}

func TestHeaderOfATableIsRepeated(t *testing.T) {
	body := unpack(t, write(t, letter(true)))["word/document.xml"]
	if n := strings.Count(body, "<w:tblHeader/>"); n != 2 {
		t.Errorf("%d header rows, want the two of one table", n)
	}
	if rows := strings.Count(body, "<w:tr>"); rows != strings.Count(body, "<w:cantSplit/>") {
		t.Error("a row may be cut")
	}
}

func TestAnnexesNumberTheirPagesAnew(t *testing.T) {
	body := unpack(t, write(t, report(true)))["word/document.xml"]
	if n := strings.Count(body, `<w:pgNumType w:start="1"/>`); n != 3 {
		t.Errorf("%d sections begin at page 1, want 3", n)
	}
	if n := strings.Count(body, `w:orient="landscape"`); n != 1 {
		t.Errorf("%d landscape sections, want 1", n)
	}
}
