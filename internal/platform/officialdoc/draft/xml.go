package draft

import (
	"strconv"
	"strings"
)

// markup builds one part of the file. Elements are written in the order that the schema of WordprocessingML asks for:
// Word repairs or refuses a part whose elements stand otherwise.
type markup struct{ b strings.Builder }

func (m *markup) raw(parts ...string) {
	for _, p := range parts {
		m.b.WriteString(p)
	}
}

// text writes character data. What XML cannot carry was taken out by Clean.
func (m *markup) text(s string) { _, _ = xmlText.WriteString(&m.b, s) }

var xmlText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// attr is a value fit for an attribute.
func attr(s string) string { return xmlText.Replace(line(s)) }

func num(n int) string { return strconv.Itoa(n) }

// run writes a text with its own bold and italic: line ends become breaks.
func (m *markup) run(s Span, base look, size int) {
	props, frame := "", ""
	if base.id == StyleUrgent.ID() {
		frame = `<w:color w:val="C00000"/><w:bdr w:val="single" w:sz="8" w:space="0" w:color="C00000"/>`
	}
	if s.Bold && !base.bold {
		props += `<w:b/>`
	}
	if s.Italic && !base.italic {
		props += `<w:i/>`
	}
	if size != base.size {
		props += `<w:sz w:val="` + num(2*size) + `"/><w:szCs w:val="` + num(2*size) + `"/>`
	}
	if s.Text != "" {
		m.raw("<w:r>", wrap("w:rPr", props+frame))
		for i, part := range strings.Split(s.Text, "\n") {
			if i > 0 {
				m.raw("<w:br/>")
			}
			if part != "" {
				m.raw(`<w:t xml:space="preserve">`)
				m.text(part)
				m.raw("</w:t>")
			}
		}
		m.raw("</w:r>")
	}
	if s.Note > 0 {
		m.raw(`<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="`, num(s.Note), `"/></w:r>`)
	}
}

// wrap is an element around its content, nothing around nothing.
func wrap(name, content string) string {
	if content == "" {
		return ""
	}
	return "<" + name + ">" + content + "</" + name + ">"
}

// para is what a paragraph has besides its style.
type para struct {
	style  Style
	keep   bool
	rule   bool // it is a rule: a line on top of nothing
	before int  // points, 0 = the style's
	after  int  // points, 0 = the style's
	left   int  // indents in twips, -1 = the style's
	right  int
	align  string
	sect   string // a section that ends here
}

func plainPara(s Style) para { return para{style: s, left: -1, right: -1} }

// open begins a paragraph.
func (m *markup) open(p para) {
	m.raw(`<w:p><w:pPr><w:pStyle w:val="`, p.style.ID(), `"/>`)
	if p.keep {
		m.raw("<w:keepNext/>")
	}
	if p.rule {
		m.raw(`<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>`)
	}
	if p.before > 0 || p.after > 0 {
		look := p.style.look()
		m.raw(`<w:spacing w:before="`, num(max(p.before, look.before)*twip), `" w:after="`, num(max(p.after, look.after)*twip), `"/>`)
	}
	if p.left >= 0 {
		m.raw(`<w:ind w:left="`, num(p.left), `" w:right="`, num(max(p.right, 0)), `"`)
		if p.style.look().first > 0 {
			m.raw(` w:firstLine="`, num(p.style.look().first), `"`)
		}
		m.raw("/>")
	}
	if p.align != "" {
		m.raw(`<w:jc w:val="`, p.align, `"/>`)
	}
	m.raw(p.sect, "</w:pPr>")
}

func (m *markup) close() { m.raw("</w:p>") }

// piece writes a paragraph in a column of so many twips.
func (m *markup) piece(p Piece, column int) {
	at := plainPara(p.Style)
	at.keep, at.after = p.Keep, p.After
	switch {
	case p.Style == StyleRule || p.Style == StyleTitleRule:
		at.rule, at.keep = true, true
		at.left = max(0, (column-p.Width)/2)
		at.right = at.left
	case p.Style == StyleToHead || p.Style == StyleToItem:
		at.left = p.Width
	case p.Width > 0 && p.Width < column:
		at.left = (column - p.Width) / 2
		at.right = at.left
	}
	m.open(at)
	base := p.Style.look()
	for _, s := range p.Spans {
		m.run(s, base, base.size)
	}
	m.close()
}
