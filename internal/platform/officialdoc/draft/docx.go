package draft

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
)

// WriteDOCX writes a document as a Word file. The same document gives the same bytes. A document that Check refuses is not
// written.
func WriteDOCX(w io.Writer, d Document) error {
	if err := d.Check(); err != nil {
		return err
	}
	z := zip.NewWriter(w)
	for _, p := range parts(Lay(d)) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err != nil {
			return fmt.Errorf("pack %s: %w", p.name, err)
		}
		if _, err := io.WriteString(f, declaration+p.body); err != nil {
			return fmt.Errorf("pack %s: %w", p.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("pack the document: %w", err)
	}
	return nil
}

// FileName is a name for the file: "bao-cao-05-BC-UBND.docx", "du-thao-bao-cao-BC-UBND.docx". It is plain ASCII.
func (d Document) FileName() string {
	name := kindTable[d.Kind].file
	if d.Draft() {
		name = "du-thao-" + name
	}
	if d.Issued != nil && d.Issued.Number != "" {
		name += "-" + d.number()
	}
	name += "-" + line(d.Symbol)
	name = strings.NewReplacer("Đ", "D", "đ", "d").Replace(name)
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return -1
	}, name) + ".docx"
}

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	nsWord      = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	typeWord    = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	relOffice   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// part is one file of the zip.
type part struct{ name, kind, relation, body string }

// parts lists the files of a document, in a fixed order.
func parts(l Layout) []part {
	word := []part{
		{"word/styles.xml", typeWord + "styles+xml", "styles", styleSheet()},
		{"word/settings.xml", typeWord + "settings+xml", "settings", settings(len(l.Notes) > 0)},
		{"word/fontTable.xml", typeWord + "fontTable+xml", "fontTable", fontTable},
		{"word/header1.xml", typeWord + "header+xml", "header", header1(l)},
		{"word/header2.xml", typeWord + "header+xml", "header", header2(l)},
		{"word/footer1.xml", typeWord + "footer+xml", "footer", footer(l)},
	}
	if len(l.Notes) > 0 {
		word = append(word, part{"word/footnotes.xml", typeWord + "footnotes+xml", "footnotes", footnotes(l.Notes)})
	}
	main := part{"word/document.xml", typeWord + "document.main+xml", "officeDocument", body(l)}
	core := part{"docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", "", coreProperties(l)}
	app := part{"docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml", "extended-properties", appProperties}
	var types, relations strings.Builder
	for _, p := range append([]part{main, core, app}, word...) {
		types.WriteString(`<Override PartName="/` + p.name + `" ContentType="` + p.kind + `"/>`)
	}
	for i, p := range word {
		relations.WriteString(`<Relationship Id="rId` + num(i+1) + `" Type="` + relOffice + p.relation + `" Target="` + strings.TrimPrefix(p.name, "word/") + `"/>`)
	}
	const ns = "http://schemas.openxmlformats.org/package/2006/"
	out := []part{
		{name: "[Content_Types].xml", body: `<Types xmlns="` + ns + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` + types.String() + `</Types>`},
		{name: "_rels/.rels", body: `<Relationships xmlns="` + ns + `relationships"><Relationship Id="rId1" Type="` + relOffice + `officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="rId2" Type="` + ns + `relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
			`<Relationship Id="rId3" Type="` + relOffice + `extended-properties" Target="docProps/app.xml"/></Relationships>`},
		main,
		{name: "word/_rels/document.xml.rels", body: `<Relationships xmlns="` + ns + `relationships">` + relations.String() + `</Relationships>`},
	}
	return append(append(out, word...), core, app)
}

// Ids of the relations of the headers and the footer, as parts numbers them.
const (
	relHeader      = "rId4"
	relHeaderFirst = "rId5"
	relFooter      = "rId6"
)

const appProperties = `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Giữ Chuẩn</Application></Properties>`

// coreProperties name no person and no day.
func coreProperties(l Layout) string {
	about := ""
	if l.Draft {
		about = `<dc:description>` + attr(SigningNote) + `</dc:description>`
	}
	return `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
		`<dc:title>` + attr(capital(l.Name)+": "+l.Subject) + `</dc:title>` + about + `<dc:language>vi-VN</dc:language></cp:coreProperties>`
}

func settings(notes bool) string {
	refer := ""
	if notes {
		refer = `<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>`
	}
	return `<w:settings ` + nsWord + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>` + refer +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>`
}

const fontTable = `<w:fonts ` + nsWord + `><w:font w:name="Times New Roman"><w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/>` +
	`<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`

// draftMark is "DỰ THẢO" in a red box, as on an office's draft.
const draftMark = `<w:r><w:rPr><w:b/><w:color w:val="A3191D"/><w:sz w:val="24"/><w:szCs w:val="24"/><w:bdr w:val="single" w:sz="8" w:space="0" w:color="A3191D"/></w:rPr>` +
	`<w:t xml:space="preserve">&#160;DỰ THẢO&#160;</w:t></w:r>`

// header1 is the head of every page but the first: the page number in the middle of the top margin.
func header1(l Layout) string {
	number := `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	out := `<w:hdr ` + nsWord + `>`
	if l.Draft {
		out += draftLine
	}
	return out + `<w:p><w:pPr><w:pStyle w:val="page"/></w:pPr>` + number + `</w:p></w:hdr>`
}

// header2 is the head of the first page, which shows no number.
func header2(l Layout) string {
	out := `<w:hdr ` + nsWord + `>`
	if l.Draft {
		out += draftLine
	}
	return out + `<w:p><w:pPr><w:pStyle w:val="page"/></w:pPr></w:p></w:hdr>`
}

// draftLine is the mark of a draft at the right edge, in a frame that takes no room of the header.
const draftLine = `<w:p><w:pPr><w:pStyle w:val="page"/><w:framePr w:w="1500" w:wrap="around" w:vAnchor="page" w:hAnchor="margin" w:xAlign="right" w:y="510"/>` +
	`<w:jc w:val="right"/></w:pPr>` + draftMark + `</w:p>`

// footer carries the mark of every page.
func footer(l Layout) string {
	m := &markup{}
	m.raw(`<w:ftr `, nsWord, `>`)
	m.open(plainPara(StyleMark))
	m.run(Span{Text: l.Mark}, StyleMark.look(), StyleMark.look().size)
	m.close()
	m.raw(`</w:ftr>`)
	return m.b.String()
}

// footnotes are the notes; -1 and 0 are the separators that Word wants.
func footnotes(notes []string) string {
	m := &markup{}
	m.raw(`<w:footnotes `, nsWord, `><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>`,
		`<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`)
	for i, n := range notes {
		m.raw(`<w:footnote w:id="`, num(i+1), `">`)
		m.open(plainPara(StyleNote))
		m.raw(`<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>`)
		m.run(Span{Text: " " + n}, StyleNote.look(), StyleNote.look().size)
		m.close()
		m.raw(`</w:footnote>`)
	}
	m.raw(`</w:footnotes>`)
	return m.b.String()
}
