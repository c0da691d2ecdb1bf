package sheet

import (
	"archive/zip"
	"io"
	"path"
	"strings"

	"giuchuan/internal/kernel/fault"
)

// workbook is what the sheets of an .xlsx share.
type workbook struct {
	*archive
	sheets   []*Sheet
	strings  []string
	formats  []format // per cell style
	date1904 bool
}

// relation is one line of a .rels part, its target resolved to a part name.
type relation struct{ kind, target string }

// openWorkbook reads everything but the rows: directory, relations, sheet
// names, styles, shared strings and merged cells. On the way every part is
// inflated once through a meter and every XML part is checked.
func openWorkbook(name string, data []byte, lim Limits) (*workbook, error) {
	a, err := openArchive(name, data, lim)
	if err != nil {
		return nil, err
	}
	wb := &workbook{archive: a}
	left, elements := lim.Inflated, lim.elements()
	sc := newScanner(lim.Depth, &elements)
	main, err := wb.mainPart(sc, &left)
	if err != nil {
		return nil, err
	}
	rels, err := wb.relations(main, sc, &left)
	if err != nil {
		return nil, err
	}
	if err := wb.readSheets(main, rels, sc, &left); err != nil {
		return nil, err
	}
	return wb, wb.readAll(rels, sc)
}

// mainPart finds the workbook part; xl/workbook.xml unless the package says
// otherwise.
func (wb *workbook) mainPart(sc *scanner, left *int64) (*zip.File, error) {
	rels, err := wb.relations(nil, sc, left)
	if err != nil {
		return nil, err
	}
	for _, r := range rels {
		if r.kind == "officeDocument" {
			if f := wb.byKey[strings.ToLower(r.target)]; f != nil {
				return f, nil
			}
		}
	}
	if f := wb.byKey["xl/workbook.xml"]; f != nil {
		return f, nil
	}
	return nil, fault.New(fault.Unsupported, msgNotSheet, "name", wb.name)
}

// relations reads the .rels part of a part, or of the package when f is nil.
func (wb *workbook) relations(f *zip.File, sc *scanner, left *int64) (map[string]relation, error) {
	dir, base := "", ""
	if f != nil {
		dir, base = path.Split(f.Name)
	}
	rels := wb.byKey[strings.ToLower(dir+"_rels/"+base+".rels")]
	out := map[string]relation{}
	if rels == nil {
		return out, nil
	}
	return out, wb.parse(rels, sc, left, func(sc *scanner, t token) error {
		if t == tokenStart && string(sc.name) == "Relationship" && sc.depth() == 2 {
			target := sc.attr("Target")
			if strings.HasPrefix(target, "/") {
				target = target[1:]
			} else {
				target = path.Join(dir, target)
			}
			out[sc.attr("Id")] = relation{kind: path.Base(sc.attr("Type")), target: target}
		}
		return nil
	})
}

// parse runs see over every token of a part.
func (wb *workbook) parse(f *zip.File, sc *scanner, left *int64, see func(*scanner, token) error) error {
	m, closer, err := wb.open(f, left)
	if err != nil {
		return err
	}
	defer closer.Close()
	sc.reset(m)
	if err := sc.start(); err != nil {
		return wb.explain(err, f.Name)
	}
	for {
		t, err := sc.next()
		if err != nil {
			return wb.explain(err, f.Name)
		}
		if t == tokenEOF {
			return nil
		}
		if see == nil {
			continue
		}
		if err := see(sc, t); err != nil {
			return wb.explain(err, f.Name)
		}
	}
}

// readSheets lists the worksheets in the order of their tabs; chart sheets are
// left out.
func (wb *workbook) readSheets(main *zip.File, rels map[string]relation, sc *scanner, left *int64) error {
	err := wb.parse(main, sc, left, func(sc *scanner, t token) error {
		if t != tokenStart {
			return nil
		}
		switch string(sc.name) {
		case "workbookPr":
			v := sc.attr("date1904")
			wb.date1904 = v == "1" || v == "true"
		case "sheet":
			if sc.depth() != 3 {
				return nil
			}
			rel := rels[sc.attr("id")]
			if rel.kind != "worksheet" {
				return nil
			}
			part := wb.byKey[strings.ToLower(rel.target)]
			if part == nil {
				return wb.fault(fault.Corrupt, msgBrokenPart, main.Name)
			}
			state := sc.attr("state")
			wb.sheets = append(wb.sheets, &Sheet{
				Name: printable(sc.attr("name")), Hidden: state == "hidden" || state == "veryHidden", book: wb, part: part,
			})
			if len(wb.sheets) > wb.lim.Sheets {
				return fault.New(fault.TooLarge, msgSheets, "name", wb.name, "limit", count(wb.lim.Sheets))
			}
		}
		return nil
	})
	if err == nil && len(wb.sheets) == 0 {
		err = fault.New(fault.Invalid, msgNoSheet, "name", wb.name)
	}
	return err
}

// readAll inflates every part once, with a fresh budget, and takes from each
// what the rows will need.
func (wb *workbook) readAll(rels map[string]relation, sc *scanner) error {
	see := map[string]func(*scanner, token) error{}
	for _, r := range rels {
		switch r.kind {
		case "sharedStrings":
			see[strings.ToLower(r.target)] = newStringReader(wb).see
		case "styles":
			see[strings.ToLower(r.target)] = (&styleReader{wb: wb}).see
		}
	}
	for _, s := range wb.sheets {
		see[strings.ToLower(s.part.Name)] = s.seeMerges
	}
	left, elements := wb.lim.Inflated, wb.lim.elements()
	sc.elements = &elements
	for _, f := range wb.files {
		reader, wanted := see[strings.ToLower(f.Name)]
		if path.Ext(strings.ToLower(f.Name)) == ".rels" {
			reader = wb.refuseExternal(f.Name)
		}
		var err error
		if wanted || isXML(f.Name) {
			err = wb.parse(f, sc, &left, reader)
		} else {
			err = wb.drain(f, &left)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// drain inflates a part nobody reads, for its real size and checksum.
func (wb *workbook) drain(f *zip.File, left *int64) error {
	m, closer, err := wb.open(f, left)
	if err != nil {
		return err
	}
	defer closer.Close()
	_, err = io.Copy(io.Discard, m)
	return wb.explain(err, f.Name)
}

// refuseExternal refuses relations that point out of the file. A hyperlink is
// only followed by a person's click and may stay.
func (wb *workbook) refuseExternal(part string) func(*scanner, token) error {
	return func(sc *scanner, t token) error {
		if t != tokenStart || string(sc.name) != "Relationship" || !strings.EqualFold(sc.attr("TargetMode"), "External") {
			return nil
		}
		if kind := path.Base(sc.attr("Type")); kind != "hyperlink" {
			return wb.fault(fault.Unsupported, msgExternal, kind+" trong "+part)
		}
		return nil
	}
}

// mostMerges keeps a lookup of merged cells cheap.
const mostMerges = 10_000

// seeMerges collects the merged cells, which a sheet lists behind its rows.
func (s *Sheet) seeMerges(sc *scanner, t token) error {
	if t != tokenStart || sc.depth() != 3 || string(sc.name) != "mergeCell" {
		return nil
	}
	r, ok := parseRange([]byte(sc.attr("ref")))
	if !ok {
		return errXML
	}
	if len(s.Merges) == mostMerges {
		return fault.New(fault.TooLarge, msgMerges, "sheet", s.Name, "limit", count(mostMerges))
	}
	s.Merges = append(s.Merges, r)
	return nil
}

// stringReader fills the table of shared strings. Texts are packed into chunks
// so that a table of many short strings costs little more than its bytes.
type stringReader struct {
	wb     *workbook
	item   []byte // text of the item being read
	chunk  strings.Builder
	total  int64
	inText bool
	skip   int // depth of an element whose text is not part of the item
}

func newStringReader(wb *workbook) *stringReader { return &stringReader{wb: wb} }

func (r *stringReader) see(sc *scanner, t token) error {
	switch t {
	case tokenStart:
		switch {
		case sc.depth() == 2 && string(sc.name) == "si":
			r.item = r.item[:0]
		case r.skip == 0 && string(sc.name) == "rPh":
			r.skip = sc.depth()
		}
		r.inText = r.skip == 0 && string(sc.name) == "t"
	case tokenText:
		if r.inText {
			var err error
			r.item, err = sc.appendDecoded(r.item)
			if len(r.item) > maxTextBytes(r.wb.lim) {
				return fault.New(fault.TooLarge, msgLongText, "limit", count(r.wb.lim.Text)).At(r.wb.name)
			}
			return err
		}
	case tokenEnd:
		r.inText = false
		if r.skip > sc.depth() {
			r.skip = 0
		}
		if sc.depth() == 1 {
			return r.add()
		}
	}
	return nil
}

// add stores the item just read.
func (r *stringReader) add() error {
	text, ok := cleanText(r.item)
	if !ok {
		return errXML
	}
	const perString = 16 // a string header
	if r.total += int64(len(text) + perString); r.total > r.wb.lim.Strings {
		return fault.New(fault.TooLarge, msgStrings, "name", r.wb.name, "limit", bytesText(r.wb.lim.Strings))
	}
	if r.chunk.Cap()-r.chunk.Len() < len(text) {
		r.chunk = strings.Builder{}
		r.chunk.Grow(max(len(text), int(min(4096+r.total/4, 256<<10))))
	}
	from := r.chunk.Len()
	r.chunk.Write(text)
	r.wb.strings = append(r.wb.strings, r.chunk.String()[from:])
	r.item = r.item[:0]
	return nil
}
