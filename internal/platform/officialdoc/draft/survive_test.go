package draft_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"giuchuan/internal/platform/officialdoc/draft"

	"pgregory.net/rapid"
)

// wordText is the text of a part as a reader sees it: runs joined, breaks as line ends.
func wordText(t testing.TB, body string) string {
	t.Helper()
	var b strings.Builder
	in := false
	dec := xml.NewDecoder(strings.NewReader(body))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			in = e.Name.Local == "t"
			if e.Name.Local == "br" {
				b.WriteByte('\n')
			}
		case xml.EndElement:
			in = false
			if e.Name.Local == "p" {
				b.WriteByte('\x00')
			}
		case xml.CharData:
			if in {
				b.Write(e)
			}
		}
	}
}

// around is a document with one text in every place that takes a free text.
func around(s string) draft.Document {
	d := report(false)
	d.Body = []draft.Block{
		draft.Paragraph{Text: draft.Text{{Text: s, Bold: true}}},
		draft.List{Mark: draft.Letters, Items: []draft.Item{{Text: draft.Noted(s, s)}}},
		draft.Table{Columns: []draft.Column{{Title: "A"}, {Title: "B"}}, Rows: []draft.Row{draft.Cells(s, "x"), draft.Cells(s)}},
	}
	d.Title += " " + s
	d.Mark, d.Place, d.Superior, d.Agency = s, s, s, "A "+s
	d.To, d.Copies, d.Basis = []string{s, "x"}, []string{s}, []string{s}
	d.Signers = []draft.Signer{{Capacity: []string{s}, Office: s, Name: s}}
	d.Annexes = []draft.Annex{{Title: s, Body: d.Body}}
	return d
}

func survives(t testing.TB, s string) {
	t.Helper()
	parts := unpack(t, write(t, around(s)))
	for name, body := range parts {
		checkOrder(t, name, body)
	}
	clean := draft.Clean(s)
	paragraphs := strings.Split(wordText(t, parts["word/document.xml"]), "\x00")
	found := 0
	for _, p := range paragraphs {
		if p == clean || p == "a) "+clean {
			found++
		}
	}
	if found < 8 && clean != "" {
		t.Fatalf("%q is found %d times in %q", clean, found, paragraphs)
	}
}

func TestPropAnyTextSurvives(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) { survives(t, rapid.String().Draw(r, "text")) })
}

func FuzzText(f *testing.F) {
	for _, s := range []string{
		"", "xã Phù Lưu", "<w:p/>&amp;\"'", "\x00\x01\x1f\uFFFE\uFFFF", "\u202Eđảo\u202C", "dòng 1\ndòng 2\r\n\tdòng 3", "]]>", "\xff\xfe hỏng", "a\u0302\u0301",
		"\U0001F600", "../../x", strings.Repeat("dài", 500), "=1+1", "{{.}}",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { survives(t, s) })
}
