package officialdoc

import (
	"cmp"
	"context"
	"time"

	"giuchuan/internal/kernel/fault"
)

// Options say what the machine offers and how much is accepted.
type Options struct {
	PDFText string // path of the program pdftotext; empty when it is not installed
	Limits  Limits // a zero field takes its value from DefaultLimits
}

// Limits bound what is accepted, so that a hostile file ends in a clear fault
// before it costs much time or memory.
type Limits struct {
	File     int64         // bytes of the file
	Text     int64         // bytes of text that a file may yield
	Blocks   int           // paragraphs
	Inflated int64         // bytes of all parts of a .docx together
	Ratio    int64         // inflated bytes for each packed byte of one part above 1 MiB
	Entries  int           // files inside a .docx
	Depth    int           // nesting of XML elements
	PDFTime  time.Duration // for pdftotext
}

// DefaultLimits hold a document of some thousand pages.
func DefaultLimits() Limits {
	return Limits{
		File: 30 << 20, Text: 12 << 20, Blocks: 100_000, Inflated: 32 << 20, Ratio: 100, Entries: 2000, Depth: 128,
		PDFTime: 20 * time.Second,
	}
}

// filled returns l with every zero field taken from the defaults.
func (l Limits) filled() Limits {
	d := DefaultLimits()
	return Limits{
		File: cmp.Or(l.File, d.File), Text: cmp.Or(l.Text, d.Text), Blocks: cmp.Or(l.Blocks, d.Blocks), Inflated: cmp.Or(l.Inflated, d.Inflated),
		Ratio: cmp.Or(l.Ratio, d.Ratio), Entries: cmp.Or(l.Entries, d.Entries), Depth: cmp.Or(l.Depth, d.Depth), PDFTime: cmp.Or(l.PDFTime, d.PDFTime),
	}
}

// Read reads a document from a file. What the file is, is decided by its
// content; name serves in messages only. Ending ctx stops the reading of a PDF.
func Read(ctx context.Context, name string, data []byte, o Options) (Document, error) {
	o.Limits = o.Limits.filled()
	if int64(len(data)) > o.Limits.File {
		return Document{}, fault.New(fault.TooLarge, msgTooBig, "limit", sizeText(o.Limits.File))
	}
	name = printable(name)
	switch sniff(data) {
	case kindNothing:
		return Document{}, fault.New(fault.Invalid, msgNothing)
	case kindZip:
		return readDocx(name, data, o.Limits)
	case kindPDF:
		return readPDF(ctx, name, data, o)
	case kindEdxml:
		return readEdxml(ctx, name, data, o)
	case kindOLE:
		return Document{}, fault.New(fault.Unsupported, msgOld, "name", fault.Clip(name))
	case kindOther:
		return Document{}, fault.New(fault.Unsupported, msgKind, "name", fault.Clip(name))
	}
	text, ok := decode(data)
	if !ok {
		return Document{}, fault.New(fault.Unsupported, msgCoding, "name", fault.Clip(name))
	}
	return readText(text, o.Limits)
}

// ReadText reads pasted text.
func ReadText(text string) (Document, error) {
	return readText(text, DefaultLimits())
}

// readText reads text whose lines may be paragraphs, or may be cut at the width
// of a page, with or without marks of markdown.
func readText(text string, lim Limits) (Document, error) {
	if int64(len(text)) > lim.Text {
		return Document{}, fault.New(fault.TooLarge, msgTooBig, "limit", sizeText(lim.Text))
	}
	lines, err := split(text, lim)
	if err != nil {
		return Document{}, err
	}
	return assemble(unmark(lines), lim)
}
