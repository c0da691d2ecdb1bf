package officialdoc

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"giuchuan/internal/kernel/fault"
)

// archive is a .docx whose directory has been found harmless. Its parts are
// inflated through a meter only, and only those that are read.
type archive struct {
	name  string
	lim   Limits
	parts map[string]*zip.File
	left  int64 // bytes that all parts together may still inflate to
}

// Why a part is not read further.
var (
	errInflated = errors.New("inflated parts exceed the limit")
	errShape    = errors.New("shape that no person makes")
)

// openArchive reads the zip directory and refuses too many entries, unsafe or
// doubled names, encryption, unknown packing and sizes beyond the limits.
func openArchive(name string, data []byte, lim Limits) (*archive, error) {
	// Counted first: the directory itself would take memory for each entry.
	if bytes.Count(data, []byte("PK\x01\x02")) > 2*lim.Entries {
		return nil, hostile(name, "quá nhiều tệp con")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fault.New(fault.Corrupt, msgBroken, "name", fault.Clip(name))
	}
	if len(z.File) > lim.Entries {
		return nil, hostile(name, "quá nhiều tệp con")
	}
	a := &archive{name: name, lim: lim, parts: make(map[string]*zip.File, len(z.File)), left: lim.Inflated}
	for _, f := range z.File {
		key := strings.ToLower(f.Name)
		switch {
		case f.Flags&1 != 0:
			return nil, fault.New(fault.Unsupported, msgEncrypted, "name", fault.Clip(name))
		case !plainPath(f.Name), a.parts[key] != nil:
			return nil, hostile(name, "tên tệp con không an toàn hoặc trùng nhau")
		case f.Method != zip.Store && f.Method != zip.Deflate:
			return nil, hostile(name, "cách nén lạ")
		}
		a.parts[key] = f
	}
	return a, nil
}

func hostile(name, what string) error {
	return fault.New(fault.Unsupported, msgHostile, "name", fault.Clip(name), "what", what)
}

// plainPath accepts plain relative names with forward slashes only.
func plainPath(name string) bool {
	if name == "" || name[0] == '/' || strings.ContainsAny(name, "\\:") {
		return false
	}
	for part := range strings.SplitSeq(strings.TrimSuffix(name, "/"), "/") {
		if part == "" || part == "." || part == ".." {
			return false
		}
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7F })
}

// has tells whether the archive has a part.
func (a *archive) has(part string) bool { return a.parts[strings.ToLower(part)] != nil }

// read walks through the XML of a part; a part that is absent is empty.
func (a *archive) read(part string, visit func(xml.Token) error) error {
	f := a.parts[strings.ToLower(path.Clean(part))]
	if f == nil {
		return nil
	}
	rc, err := f.Open()
	if err != nil {
		return fault.New(fault.Corrupt, msgBroken, "name", fault.Clip(a.name))
	}
	defer rc.Close() // only read
	const freely = 1 << 20
	packed := min(int64(f.CompressedSize64&(1<<62-1)), a.lim.Inflated)
	in := &counter{r: rc, left: &a.left, most: max(freely, a.lim.Ratio*packed)}
	return a.explain(walkXML(in, a.lim.Depth, visit))
}

// explain says in Vietnamese why a part could not be read. The technical cause
// adds nothing to it.
func (a *archive) explain(err error) error {
	var known *fault.Error
	switch {
	case err == nil, errors.As(err, &known):
		return err
	case errors.Is(err, errInflated):
		return fault.New(fault.TooLarge, msgInflated, "name", fault.Clip(a.name), "limit", sizeText(a.lim.Inflated))
	case errors.Is(err, errShape):
		return hostile(a.name, "khai báo DOCTYPE, nén bất thường hoặc lồng nhau quá sâu")
	}
	return fault.New(fault.Corrupt, msgBroken, "name", fault.Clip(a.name))
}

// counter counts what really comes out of the inflater, whatever the directory
// claims.
type counter struct {
	r     io.Reader
	left  *int64
	total int64
	most  int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.total += int64(n)
	if *c.left -= int64(n); *c.left < 0 {
		return 0, errInflated
	}
	if c.total > c.most {
		return 0, errShape
	}
	return n, err
}

// maxElements bounds the elements of one XML file.
const maxElements = 2_000_000

// walkXML hands out the tokens of XML without document types, entities of its
// own, foreign encodings and nesting beyond depth.
func walkXML(r io.Reader, depth int, visit func(xml.Token) error) error {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errShape }
	level, elements := 0, 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.Directive:
			return errShape
		case xml.StartElement:
			level++
			if elements++; level > depth || elements > maxElements {
				return errShape
			}
		case xml.EndElement:
			level--
		}
		if err := visit(t); err != nil {
			return err
		}
	}
}

// attribute is the value of an attribute of any namespace.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
