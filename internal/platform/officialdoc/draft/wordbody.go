package draft

import "slices"

// body is word/document.xml.
func body(l Layout) string {
	m := &markup{}
	m.raw(`<w:document `, nsWord, `><w:body>`)
	m.tiny("") // without it LibreOffice puts a whole line there in a document that has notes
	m.letterhead(l)
	m.pieces(l.Top, textWidth)
	m.pieces(l.Body, textWidth)
	m.signatures(l)
	before := section(false)
	for _, a := range l.Annexes {
		m.sectionEnd(before)
		column := textWidth
		if a.Landscape {
			column = textLong
		}
		m.pieces(a.Pieces, column)
		before = section(a.Landscape)
	}
	if n := len(l.Annexes); n == 0 || l.Annexes[n-1].Pieces[len(l.Annexes[n-1].Pieces)-1].Grid != nil {
		m.tiny("")
	}
	m.raw(before, `</w:body></w:document>`)
	return m.b.String()
}

// section is a w:sectPr. Pages are numbered from 1 in each, and the first shows no number.
func section(landscape bool) string {
	size := `<w:pgSz w:w="` + num(pageShort) + `" w:h="` + num(pageLong) + `"/>`
	if landscape {
		size = `<w:pgSz w:w="` + num(pageLong) + `" w:h="` + num(pageShort) + `" w:orient="landscape"/>`
	}
	return `<w:sectPr><w:headerReference w:type="default" r:id="` + relHeader + `"/><w:headerReference w:type="first" r:id="` + relHeaderFirst + `"/>` +
		`<w:footerReference w:type="default" r:id="` + relFooter + `"/><w:footerReference w:type="first" r:id="` + relFooter + `"/>` +
		`<w:type w:val="nextPage"/>` + size + `<w:pgMar w:top="` + num(marginTop) + `" w:right="` + num(marginRight) + `" w:bottom="` + num(marginTop) +
		`" w:left="` + num(marginLeft) + `" w:header="567" w:footer="510" w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>`
}

// tiny is a paragraph that takes no room: Word wants one behind a table and at the end of a section.
func (m *markup) tiny(sect string) {
	m.raw(`<w:p><w:pPr><w:pStyle w:val="rule"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>`, sect, `</w:pPr></w:p>`)
}

func (m *markup) sectionEnd(sect string) { m.tiny(sect) }

func (m *markup) pieces(list []Piece, column int) {
	for i, p := range list {
		if p.Grid == nil {
			m.piece(p, column)
			continue
		}
		m.grid(*p.Grid)
		if i+1 == len(list) || list[i+1].Grid != nil || list[i+1].Style.look().before == 0 {
			m.raw(`<w:p><w:pPr><w:pStyle w:val="rule"/><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>`)
		}
	}
}

// frame begins a table without rules in columns of these widths.
func (m *markup) frame(widths ...int) {
	sum := 0
	for _, w := range widths {
		sum += w
	}
	m.raw(`<w:tbl><w:tblPr><w:tblW w:w="`, num(sum), `" w:type="dxa"/><w:tblLayout w:type="fixed"/>`,
		`<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		m.raw(`<w:gridCol w:w="`, num(w), `"/>`)
	}
	m.raw(`</w:tblGrid>`)
}

// cell writes a cell of a frame.
func (m *markup) cell(width int, content func()) {
	m.raw(`<w:tc><w:tcPr><w:tcW w:w="`, num(width), `" w:type="dxa"/></w:tcPr>`)
	content()
	m.raw(`</w:tc>`)
}

// letterhead writes boxes 1 to 5b: a table of two rows, so that number and date stand on one line.
func (m *markup) letterhead(l Layout) {
	m.frame(leftBox, rightBox)
	rows := [][2][]Piece{{l.Superior, l.Motto}, {l.Number, l.PlaceDate}}
	for _, r := range rows {
		m.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, w := range []int{leftBox, rightBox} {
			m.cell(w, func() {
				for _, p := range r[i] {
					m.piece(p, w)
				}
				if len(r[i]) == 0 {
					m.tiny("")
				}
			})
		}
		m.raw(`</w:tr>`)
	}
	m.raw(`</w:tbl>`)
	m.tiny("")
}

// Widths of the columns of the signatures.
const (
	copiesBox = 4300
	signBox   = textWidth - copiesBox
)

// signatures writes boxes 7 and 9b side by side; the sides of a biên bản stand side by side, with box 9b below.
func (m *markup) signatures(l Layout) {
	if len(l.Sides) <= 1 {
		side := Side{}
		if len(l.Sides) == 1 {
			side = l.Sides[0]
		}
		m.frame(copiesBox, signBox)
		m.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		m.cell(copiesBox, func() { m.copies(l.Copies) })
		m.cell(signBox, func() {
			m.capacity(side, signBox)
			m.name(side)
		})
		m.raw(`</w:tr></w:tbl>`)
		return
	}
	for pair := range slices.Chunk(l.Sides, 2) {
		m.pair(pair)
	}
	m.copies(l.Copies)
}

// pair writes one or two sides of a biên bản with their names on one line.
func (m *markup) pair(sides []Side) {
	const half = textWidth / 2
	m.frame(half, half)
	for _, write := range []func(Side){func(s Side) { m.capacity(s, half) }, m.name} {
		m.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i := range 2 {
			m.cell(half, func() {
				if i < len(sides) {
					write(sides[i])
				} else {
					m.tiny("")
				}
			})
		}
		m.raw(`</w:tr>`)
	}
	m.raw(`</w:tbl>`)
	m.tiny("")
}

func (m *markup) copies(list []string) {
	m.piece(Piece{Style: StyleCopiesHead, Keep: true, Spans: []Span{{Text: "Nơi nhận:"}}}, copiesBox)
	for i, c := range list {
		m.piece(Piece{Style: StyleCopies, Keep: i+1 < len(list), Spans: []Span{{Text: c}}}, copiesBox)
	}
}

// capacity writes box 7a.
func (m *markup) capacity(s Side, column int) {
	if len(s.Capacity) == 0 {
		m.tiny("")
	}
	for i, c := range s.Capacity {
		text, _ := even(StyleCapacity, c, column-200)
		p := plainPara(StyleCapacity)
		if i == 0 {
			p.before = StyleCopiesHead.look().before
		}
		if text.Width > 0 {
			p.left = (column - text.Width) / 2
			p.right = p.left
		}
		m.open(p)
		m.run(text.Spans[0], StyleCapacity.look(), StyleCapacity.look().size)
		m.close()
	}
}

// name writes box 7b and leaves room for the signature above it.
func (m *markup) name(s Side) {
	list := []Span{{Text: s.Name}}
	style := StyleName
	if s.Office != "" {
		list = []Span{{Text: s.Office}, {Text: s.Name}}
		style = StyleOffice
	}
	for i, span := range list {
		p := plainPara(style)
		if i == 0 {
			p.before = 70
		}
		m.open(p)
		m.run(span, style.look(), style.look().size)
		m.close()
		style = StyleName
	}
}

// grid writes a ruled table, with its header on every page and no row cut.
func (m *markup) grid(g Grid) {
	sum := 0
	for _, w := range g.Widths {
		sum += w
	}
	m.raw(`<w:tbl><w:tblPr><w:tblW w:w="`, num(sum), `" w:type="dxa"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		m.raw(`<w:`, side, ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
	}
	m.raw(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, w := range g.Widths {
		m.raw(`<w:gridCol w:w="`, num(w), `"/>`)
	}
	m.raw(`</w:tblGrid>`)
	for _, r := range g.Head {
		m.row(g, r, true)
	}
	for _, r := range g.Rows {
		m.row(g, r, false)
	}
	m.raw(`</w:tbl>`)
}

func (m *markup) row(g Grid, boxes []Box, head bool) {
	m.raw(`<w:tr><w:trPr><w:cantSplit/>`)
	if head {
		m.raw(`<w:tblHeader/>`)
	}
	m.raw(`</w:trPr>`)
	at := 0
	for _, b := range boxes {
		w := 0
		for i := at; i < at+b.Across && i < len(g.Widths); i++ {
			w += g.Widths[i]
		}
		at += b.Across
		m.raw(`<w:tc><w:tcPr><w:tcW w:w="`, num(w), `" w:type="dxa"/>`)
		if b.Across > 1 {
			m.raw(`<w:gridSpan w:val="`, num(b.Across), `"/>`)
		}
		switch b.Down {
		case 1:
			m.raw(`<w:vMerge w:val="restart"/>`)
		case 2:
			m.raw(`<w:vMerge/>`)
		}
		if head {
			m.raw(`<w:vAlign w:val="center"/>`)
		}
		m.raw(`</w:tcPr>`)
		m.box(b, g.Size, head)
		m.raw(`</w:tc>`)
	}
	m.raw(`</w:tr>`)
}

func (m *markup) box(b Box, size int, head bool) {
	p := plainPara(StyleCell)
	if head {
		p.style = StyleHeadCell
		p.keep = true
	} else {
		p.align = [...]string{"", "center", "right"}[min(b.Align, Right)]
	}
	m.open(p)
	for _, s := range b.Spans {
		m.run(s, p.style.look(), size)
	}
	m.close()
}
