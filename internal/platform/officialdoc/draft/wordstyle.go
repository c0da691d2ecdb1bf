package draft

// styleSheet is word/styles.xml: one paragraph style for each Style. Offices may change a look for the whole document.
func styleSheet() string {
	m := &markup{}
	const font = `<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>`
	m.raw(`<w:styles `, nsWord, `><w:docDefaults><w:rPrDefault><w:rPr>`, font, `<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/>`,
		`<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/>`,
		`<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`,
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`,
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>`,
		`<w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>`,
		`<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	for s := StyleBody; s < StyleTable; s++ {
		m.style(s.look())
	}
	m.raw(`</w:styles>`)
	return m.b.String()
}

func (m *markup) style(l look) {
	own := ` w:customStyle="1"`
	if l.outline > 0 || l.name == "footnote text" || l.name == "header" || l.name == "footer" {
		own = "" // Word knows these by name
	}
	m.raw(`<w:style w:type="paragraph"`, own, ` w:styleId="`, l.id, `"><w:name w:val="`, attr(l.name), `"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>`)
	if l.next {
		m.raw(`<w:keepNext/>`)
	}
	m.raw(`<w:widowControl/>`)
	spacing, way := max(l.spacing, 240), "auto"
	if l.id == StyleRule.ID() || l.id == StyleTitleRule.ID() {
		spacing, way = 80, "exact"
	}
	m.raw(`<w:spacing w:before="`, num(l.before*twip), `" w:after="`, num(l.after*twip), `" w:line="`, num(spacing), `" w:lineRule="`, way, `"/>`)
	if l.first > 0 {
		m.raw(`<w:ind w:firstLine="`, num(l.first), `"/>`)
	}
	m.raw(`<w:jc w:val="`, l.align, `"/>`)
	if l.outline > 0 {
		m.raw(`<w:outlineLvl w:val="`, num(l.outline-1), `"/>`)
	}
	m.raw(`</w:pPr><w:rPr>`)
	if l.bold {
		m.raw(`<w:b/><w:bCs/>`)
	}
	if l.italic {
		m.raw(`<w:i/><w:iCs/>`)
	}
	m.raw(`<w:sz w:val="`, num(2*l.size), `"/><w:szCs w:val="`, num(2*l.size), `"/></w:rPr></w:style>`)
}
