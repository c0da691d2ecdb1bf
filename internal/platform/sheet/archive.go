package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
	"unicode"

	"giuchuan/internal/kernel/fault"
)

// archive is the zip file behind an .xlsx after its directory has been found
// harmless. Its parts are inflated through a meter only.
type archive struct {
	name  string // of the file, for messages
	lim   Limits
	files []*zip.File
	byKey map[string]*zip.File // lower-case name: part names do not depend on case
}

var (
	magicZip  = []byte("PK\x03\x04")
	magicOLE  = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	signEntry = []byte("PK\x01\x02")
)

// openArchive reads the zip directory and refuses what a workbook never has:
// too many entries, unsafe or doubled names, encryption, unknown packing,
// macros, links to other files, sizes beyond the limits.
func openArchive(name string, data []byte, lim Limits) (*archive, error) {
	// Counted first: the directory itself would take memory for each entry.
	if bytes.Count(data, signEntry) > 2*lim.Entries {
		return nil, fault.New(fault.TooLarge, msgEntries, "name", name, "limit", count(lim.Entries))
	}
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fault.New(fault.Corrupt, msgBroken, "name", name)
	}
	if len(zr.File) > lim.Entries {
		return nil, fault.New(fault.TooLarge, msgEntries, "name", name, "limit", count(lim.Entries))
	}
	a := &archive{name: name, lim: lim, byKey: make(map[string]*zip.File, len(zr.File))}
	var total uint64
	for _, f := range zr.File {
		if err := a.admit(f); err != nil {
			return nil, err
		}
		if total += f.UncompressedSize64; f.UncompressedSize64 > uint64(lim.Inflated) || total > uint64(lim.Inflated) {
			return nil, a.fault(fault.TooLarge, msgBomb, f.Name, "limit", bytesText(lim.Inflated))
		}
	}
	return a, a.kind()
}

// admit checks one directory entry.
func (a *archive) admit(f *zip.File) error {
	if !safePath(f.Name) {
		return a.fault(fault.Unsupported, msgBadPath, f.Name)
	}
	if strings.HasSuffix(f.Name, "/") {
		if f.UncompressedSize64 > 0 {
			return a.fault(fault.Corrupt, msgBrokenPart, f.Name)
		}
		return nil
	}
	const encrypted = 1
	if f.Flags&encrypted != 0 {
		return a.fault(fault.Unsupported, msgPassword, f.Name)
	}
	if f.Method != zip.Store && f.Method != zip.Deflate {
		return a.fault(fault.Corrupt, msgBrokenPart, f.Name)
	}
	key := strings.ToLower(f.Name)
	switch {
	case path.Base(key) == "vbaproject.bin", strings.HasPrefix(key, "xl/macrosheets/"), strings.HasPrefix(key, "xl/activex/"):
		return a.fault(fault.Unsupported, msgMacro, f.Name)
	case strings.HasPrefix(key, "xl/externallinks/"):
		return a.fault(fault.Unsupported, msgExternal, f.Name)
	}
	if _, twice := a.byKey[key]; twice {
		return a.fault(fault.Corrupt, msgTwice, f.Name)
	}
	a.byKey[key] = f
	a.files = append(a.files, f)
	return nil
}

// safePath accepts plain relative names with forward slashes only.
func safePath(name string) bool {
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

// kind names other documents that are zip files too.
func (a *archive) kind() error {
	for _, other := range []struct{ part, kind string }{
		{"xl/workbook.bin", "bảng tính Excel nhị phân (.xlsb)"},
		{"word/document.xml", "văn bản Word"},
		{"ppt/presentation.xml", "bản trình chiếu PowerPoint"},
		{"content.xml", "tệp OpenDocument (.ods)"},
	} {
		if a.byKey[other.part] != nil {
			return fault.New(fault.Unsupported, msgOtherKind, "name", a.name, "kind", other.kind)
		}
	}
	return nil
}

// fault makes an error about one part of the file.
func (a *archive) fault(code fault.Code, msg fault.Msg, part string, args ...string) *fault.Error {
	return fault.New(code, msg, append(args, "name", a.name, "part", fault.Clip(printable(part)))...)
}

// printable keeps control characters of a stranger's text off the terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '?'
		}
		return r
	}, text)
}

// Why a part may not be inflated further.
var (
	errTotal = errors.New("inflated parts exceed the limit")
	errRatio = errors.New("part is packed too tightly")
)

// meter counts what really comes out of the inflater, whatever the directory
// claims.
type meter struct {
	r     io.Reader
	left  *int64 // bytes all parts together may still inflate to
	total int64  // bytes of this part so far
	most  int64  // bytes this part may inflate to
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.total += int64(n)
	if *m.left -= int64(n); *m.left < 0 {
		return 0, errTotal
	}
	if m.total > m.most {
		return 0, errRatio
	}
	return n, err
}

// open starts inflating a part; left is the budget it shares with other parts.
func (a *archive) open(f *zip.File, left *int64) (*meter, io.Closer, error) {
	rc, err := f.Open()
	if err != nil {
		return nil, nil, a.fault(fault.Corrupt, msgBrokenPart, f.Name)
	}
	const harmless = 1 << 20
	most := max(harmless, a.lim.Ratio*int64(min(f.CompressedSize64, uint64(a.lim.Inflated))))
	return &meter{r: rc, left: left, most: most}, rc, nil
}

// explain turns a reading error of a part into what a person is told. The
// technical cause adds nothing to it and is left out.
func (a *archive) explain(err error, part string) error {
	var known *fault.Error
	switch {
	case err == nil, errors.As(err, &known):
		return err
	case errors.Is(err, errTotal):
		return a.fault(fault.TooLarge, msgBomb, part, "limit", bytesText(a.lim.Inflated))
	case errors.Is(err, errRatio):
		return a.fault(fault.TooLarge, msgRatio, part)
	case errors.Is(err, errDTD):
		return a.fault(fault.Unsupported, msgDTD, part)
	case errors.Is(err, errDepth):
		return a.fault(fault.TooLarge, msgDeep, part)
	case errors.Is(err, errElements):
		return a.fault(fault.TooLarge, msgElements, part)
	default:
		return a.fault(fault.Corrupt, msgBrokenPart, part)
	}
}

// isXML reports whether a part is read as XML by any program.
func isXML(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".xml", ".rels", ".vml":
		return true
	default:
		return false
	}
}
