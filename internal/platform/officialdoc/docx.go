package officialdoc

import (
	"encoding/xml"
	"path"
	"slices"
	"strings"

	"giuchuan/internal/kernel/fault"
)

// wordspaces are the namespaces of WordprocessingML, transitional and strict.
var wordspaces = []string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
	"http://purl.oclc.org/ooxml/wordprocessingml/main",
}

// readDocx reads a .docx: paragraphs, lists with their numbers, tables cell by
// cell, text boxes. Headers, footers and drawings are looked at for marks of
// secrecy only.
func readDocx(name string, data []byte, lim Limits) (Document, error) {
	a, err := openArchive(name, data, lim)
	if err != nil {
		return Document{}, err
	}
	main := "word/document.xml"
	if !a.has(main) {
		if main, err = a.mainPart(); err != nil {
			return Document{}, err
		}
	}
	if main == "" {
		return Document{}, otherArchive(a)
	}
	folder := path.Dir(main)
	styles, err := readStyles(a, folder+"/styles.xml")
	if err != nil {
		return Document{}, err
	}
	lists, err := readLists(a, folder+"/numbering.xml")
	if err != nil {
		return Document{}, err
	}
	s := &story{styles: styles, lists: lists, limit: 4 * lim.Blocks, bytes: lim.Text}
	if err := a.read(main, s.token); err != nil {
		return Document{}, err
	}
	if s.secret || marginsSecret(a, folder) {
		return Document{}, secret()
	}
	return assemble(s.lines, lim)
}

// mainPart finds the document where it has another name than usual.
func (a *archive) mainPart() (string, error) {
	found := ""
	err := a.read("_rels/.rels", func(t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && strings.HasSuffix(attribute(e, "Type"), "/officeDocument") {
			found = strings.TrimPrefix(attribute(e, "Target"), "/")
		}
		return nil
	})
	if !a.has(found) || !strings.HasPrefix(found, "word/") {
		found = ""
	}
	return found, err
}

// otherArchive names other documents that are zip files too.
func otherArchive(a *archive) error {
	for _, other := range []struct{ part, kind string }{
		{"xl/workbook.xml", "bảng tính Excel"},
		{"ppt/presentation.xml", "bản trình chiếu PowerPoint"},
		{"content.xml", "tệp OpenDocument (.odt)"},
	} {
		if a.has(other.part) {
			return fault.New(fault.Unsupported, msgOther, "name", fault.Clip(a.name), "kind", other.kind)
		}
	}
	return fault.New(fault.Unsupported, msgKind, "name", fault.Clip(a.name))
}

// marginsSecret looks for marks of secrecy in headers and footers. A part that
// cannot be read is passed over: nothing of it is taken.
func marginsSecret(a *archive, folder string) bool {
	var parts []string
	for key := range a.parts {
		base := path.Base(key)
		if path.Dir(key) == folder && (strings.HasPrefix(base, "header") || strings.HasPrefix(base, "footer")) && path.Ext(base) == ".xml" {
			parts = append(parts, key)
		}
	}
	slices.Sort(parts)
	for _, part := range parts[:min(len(parts), 40)] {
		s := &story{limit: 2000, bytes: 1 << 20}
		if err := a.read(part, s.token); err == nil && (s.secret || refused(s.lines)) {
			return true
		}
	}
	return false
}

// story turns the tokens of a part into lines.
type story struct {
	styles map[string]style
	lists  *lists
	lines  []line
	limit  int
	bytes  int64
	secret bool

	skip   int // depth inside what is not read
	paras  []*words
	cells  []Cell
	tables int
	page   bool // a page break came
}

// passed are the elements whose content is not part of the document.
var passed = []string{"del", "moveFrom", "Fallback", "instrText", "delText", "sectPr", "tabs", "pPrChange", "rPrChange", "footnote", "endnote", "comment"}

func (s *story) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		if s.skip > 0 {
			s.skip++
			return nil
		}
		if slices.Contains(passed, t.Name.Local) {
			s.skip = 1
			return nil
		}
		if t.Name.Local == "textpath" && marksSecret(attribute(t, "string"), true) {
			s.secret = true
		}
		if slices.Contains(wordspaces, t.Name.Space) {
			s.start(t)
		}
	case xml.EndElement:
		if s.skip > 0 {
			s.skip--
			return nil
		}
		if slices.Contains(wordspaces, t.Name.Space) {
			return s.end(t.Name.Local)
		}
	case xml.CharData:
		if p := s.open(); p != nil && p.inText && s.skip == 0 {
			if s.bytes -= int64(len(t)); s.bytes < 0 {
				return fault.New(fault.TooLarge, msgTooBig, "limit", sizeText(DefaultLimits().Text))
			}
			p.write(string(t))
		}
	}
	return nil
}

// open is the paragraph being read, or nil.
func (s *story) open() *words {
	if len(s.paras) == 0 {
		return nil
	}
	return s.paras[len(s.paras)-1]
}

func (s *story) start(e xml.StartElement) {
	switch e.Name.Local {
	case "p":
		s.paras = append(s.paras, &words{level: -1, page: s.page})
		s.page = false
		return
	case "tbl":
		s.tables++
		s.cells = append(s.cells, Cell{Table: s.tables})
		return
	case "tr":
		if n := len(s.cells); n > 0 {
			s.cells[n-1].Row++
			s.cells[n-1].Column = 0
		}
		return
	case "tc":
		if n := len(s.cells); n > 0 {
			s.cells[n-1].Column++
		}
		return
	}
	p := s.open()
	if p == nil {
		return
	}
	if e.Name.Local == "br" && attribute(e, "type") == "page" {
		s.page = true
		return
	}
	p.start(e)
}

func (s *story) end(name string) error {
	switch name {
	case "tbl":
		s.cells = s.cells[:max(0, len(s.cells)-1)]
	case "p":
		if n := len(s.paras); n > 0 {
			p := s.paras[n-1]
			s.paras = s.paras[:n-1]
			return s.close(p)
		}
	default:
		if p := s.open(); p != nil {
			p.end(name)
		}
	}
	return nil
}

// close makes lines of a paragraph: one for each line break in it.
func (s *story) close(p *words) error {
	st := s.styles[p.style]
	if p.list == "" {
		p.list, p.level = st.list, max(p.level, st.level)
	}
	marker := ""
	if text := p.text(); s.lists != nil && p.list != "" && strings.TrimSpace(text) != "" {
		marker = s.lists.next(p.list, max(p.level, 0))
	}
	var cell Cell
	if n := len(s.cells); n > 0 {
		cell = s.cells[n-1]
	}
	for i, l := range p.split(st.bold) {
		l.cell, l.whole, l.head = cell, true, p.heading || st.heading
		if i == 0 {
			l.marker, l.page = marker, p.page
		}
		if s.lines = append(s.lines, l); len(s.lines) > s.limit {
			return fault.New(fault.TooLarge, msgBlocks, "limit", count(s.limit/4))
		}
	}
	return nil
}
