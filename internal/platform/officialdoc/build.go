package officialdoc

import (
	"slices"
	"strings"
	"unicode/utf8"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

// assemble makes a document of the lines of a source.
func assemble(lines []line, lim Limits) (Document, error) {
	if refused(lines) {
		return Document{}, secret()
	}
	lines = columns(lines)
	tidyAll(lines)
	lines = filled(clean(lines))
	if refused(lines[:min(len(lines), headLines)]) {
		return Document{}, secret()
	}
	if len(lines) == 0 {
		return Document{}, fault.New(fault.Invalid, msgNothing)
	}
	d := Document{Date: day.None}
	body := readHeader(lines, &d)
	readTail(lines, body)
	paras := joined(filled(lines))
	if len(paras) > lim.Blocks {
		return Document{}, fault.New(fault.TooLarge, msgBlocks, "limit", count(lim.Blocks))
	}
	parts(paras)
	b := builder{doc: &d, paras: paras}
	b.text()
	b.rows()
	b.signer()
	b.basis()
	b.references()
	digest(&d, paras)
	return d, nil
}

// filled drops the lines that others have taken in.
func filled(lines []line) []line {
	return slices.DeleteFunc(lines, func(l line) bool { return l.text == "" })
}

// builder lays paragraphs out as the text of a document.
type builder struct {
	doc   *Document
	paras []para
}

// text writes the text and its blocks.
func (b *builder) text() {
	size := 0
	for _, p := range b.paras {
		size += len(p.text) + len(p.marker.text) + 2
	}
	var out strings.Builder
	out.Grow(size)
	at := 0
	blocks := make([]Block, 0, len(b.paras))
	for i, p := range b.paras {
		if i > 0 {
			out.WriteByte('\n')
			at++
		}
		if p.marker.text != "" {
			out.WriteString(p.marker.text)
			out.WriteByte(' ')
			at += utf8.RuneCountInString(p.marker.text) + 1
		}
		out.WriteString(p.text)
		n := utf8.RuneCountInString(p.text)
		blocks = append(blocks, Block{
			Span: Span{at, at + n}, Text: p.text, Part: p.part, Level: p.marker.level, Marker: p.marker.text, Label: p.marker.label,
			Parent: -1, Heading: p.head, Cell: p.cell,
		})
		if len(p.bold) > 0 {
			m := meter{text: p.text, base: at}
			for _, c := range p.bold {
				blocks[i].Bold = append(blocks[i].Bold, m.span(c))
			}
		}
		at += n
	}
	nest(blocks)
	headings(blocks)
	b.doc.Text, b.doc.Blocks = out.String(), blocks
}

// meter turns ranges of bytes, in their order, into spans without counting a
// character twice.
type meter struct {
	text string
	base int // code point at which text begins
	at   int // bytes counted so far
	n    int // and their code points
}

func (m *meter) point(at int) int {
	if at < m.at {
		m.at, m.n = 0, 0
	}
	m.n += utf8.RuneCountInString(m.text[m.at:at])
	m.at = at
	return m.base + m.n
}

func (m *meter) span(c cut) Span {
	from := m.point(c.from)
	return Span{from, m.point(c.to)}
}

// nest finds the block that each marked one lies in.
func nest(blocks []Block) {
	var open []int
	for i := range blocks {
		k := &blocks[i]
		if i > 0 && k.Part != blocks[i-1].Part && (k.Part == PartRecipients || k.Part == PartAnnex || blocks[i-1].Part == PartHeader) {
			open = open[:0]
		}
		if k.Level == LevelNone {
			continue
		}
		for len(open) > 0 && blocks[open[len(open)-1]].Level >= k.Level {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			k.Parent = open[len(open)-1]
		}
		open = append(open, i)
	}
}

const maxHeading = 220 // code points of a line that only announces

// headings finds the lines that announce what follows.
func headings(blocks []Block) {
	for i := range blocks {
		k := &blocks[i]
		if k.Heading || k.Part == PartRecipients || k.Part == PartSignature {
			continue
		}
		bold := 0
		for _, s := range k.Bold {
			bold += s.Len()
		}
		switch {
		case bold > 0 && bold >= k.Len()-1 && k.Len() <= 2*maxHeading:
			k.Heading = true
		case k.Part == PartHeader || k.Len() > maxHeading:
		case k.Level == LevelNone:
			k.Heading = capitals(k.Text) && letters(k.Text, 3) == 3
		case k.Level <= LevelArticle && (capitals(k.Text) || !stops(k.Text)):
			k.Heading = true
		case strings.HasSuffix(k.Text, ":"):
			k.Heading = true
		case k.Level <= LevelDeeper && !stops(k.Text) && i+1 < len(blocks):
			next := blocks[i+1]
			k.Heading = next.Part == k.Part && (next.Level > k.Level || next.Level == LevelNone)
		}
	}
}

// rows makes the addressees and the recipients.
func (b *builder) rows() {
	above, float := false, Purpose("")
	var rows []Receive
	for i := range b.paras {
		p := &b.paras[i]
		switch p.role {
		case roleTo:
			above = true
			b.doc.KinhGui = append(b.doc.KinhGui, b.inline(i, "Kính gửi")...)
		case roleAddressee:
			b.doc.KinhGui = append(b.doc.KinhGui, b.line(i, cut{0, len(p.text)}))
		case roleReceive:
			for _, l := range b.inline(i, "Nơi nhận") {
				rows = append(rows, Receive{Line: l})
			}
		case roleRow:
			rows = append(rows, Receive{Line: b.line(i, cut{0, len(p.text)})})
		case roleFloat:
			float = purposeOf(p.text)
		}
	}
	b.doc.NoiNhan = receiving(rows, above, float)
}

// inline makes rows of what follows a heading on its own line.
func (b *builder) inline(i int, heading string) []Line {
	text := b.paras[i].text
	rest, ok := afterWords(text, heading)
	if !ok {
		return nil
	}
	var out []Line
	at := len(text) - len(rest)
	for part := range strings.SplitSeq(rest, ";") {
		c := cut{at, at + len(part)}
		at = c.to + 1
		if l := b.line(i, c); strings.Trim(l.Text, ":-– ") != "" && len(out) < 400 {
			out = append(out, l)
		}
	}
	return out
}

// line is a piece of a paragraph without the signs around it.
func (b *builder) line(i int, c cut) Line {
	text := b.paras[i].text
	piece := text[c.from:c.to]
	c.from += len(piece) - len(strings.TrimLeft(piece, " :-–"))
	piece = strings.TrimRight(text[c.from:max(c.to, c.from)], " ;,:./")
	if strings.HasSuffix(piece, "TP") && strings.HasPrefix(text[c.from+len(piece):], ".") {
		piece += "."
	}
	c.to = c.from + len(piece)
	m := meter{text: text, base: b.doc.Blocks[i].Start}
	return Line{Span: m.span(c), Text: piece}
}

// signer gathers the chain of capacities and the name.
func (b *builder) signer() {
	s := &b.doc.Signer
	var all []Signer
	for i, p := range b.paras {
		k := b.doc.Blocks[i]
		switch p.role {
		case roleCapacity:
			if s.Name != "" {
				all = append(all, Signer{})
				s = &all[len(all)-1]
			}
			s.Capacities = append(s.Capacities, p.text)
			s.Title = p.text
		case roleName:
			s.Name = p.text
		default:
			continue
		}
		if s.Span == (Span{}) {
			s.Span = k.Span
		}
		s.Span.End = k.End
	}
	b.doc.Cosigners = all
}

func (b *builder) references() {
	var m meter
	in := -1
	for _, f := range references(b.paras, b.doc.Number) {
		if f.in != in {
			in = f.in
			m = meter{text: b.paras[in].text, base: b.doc.Blocks[in].Start}
		}
		f.ref.Span = m.span(f.cut)
		b.doc.References = append(b.doc.References, f.ref)
	}
}
