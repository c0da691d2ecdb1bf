package evidence

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/fault"
)

var (
	msgOffice     = fault.Msg{Key: "evidence.office", Text: "tệp Office có {what}; hãy lưu lại thành PDF rồi gửi bản PDF"}
	msgNotOffice  = fault.Msg{Key: "evidence.not_office", Text: "đây là tệp nén hoặc tài liệu kiểu khác, không phải .docx hay .xlsx; hãy gửi từng tệp, không nén"}
	msgOfficeBomb = fault.Msg{Key: "evidence.office_bomb", Text: "tệp Office nở ra quá lớn khi giải nén; hãy lưu lại thành PDF rồi gửi bản PDF"}
)

// Bounds of a document's archive.
const (
	maxEntries = 2000
	maxRatio   = 100     // inflated bytes for each packed one, above freely
	freely     = 1 << 20 // bytes of a part that may be packed at any ratio
	maxWords   = 256 << 10
)

// acts are pieces of content types and relations of parts that act by themselves
// or hide another file.
var acts = []struct{ text, what string }{
	{"macroenabled", "macro"},
	{"vbaproject", "macro"},
	{"activex", "điều khiển ActiveX"},
	{"/control", "điều khiển ActiveX"},
	{"oleobject", "tệp khác nhúng bên trong"},
	{"/package", "tệp khác nhúng bên trong"},
	{"externallink", "liên kết ra tệp khác"},
	{"attachedtemplate", "mẫu lấy từ nơi khác"},
	{"subdocument", "liên kết ra tệp khác"},
	{"afchunk", "trang web nhúng bên trong"},
}

// officeScan looks at one document.
type officeScan struct {
	in    *input
	left  int64 // bytes that may still be inflated
	media Media
	words strings.Builder // text of the document, for suspect
	field strings.Builder // instructions of fields
}

func (in *input) office() (*Inspected, error) {
	z, err := zip.NewReader(in, in.size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, err
	}
	s := &officeScan{in: in, left: in.lim.Inflated}
	if err := s.directory(z); err != nil {
		return nil, err
	}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		if err := s.part(f); err != nil {
			return nil, err
		}
	}
	if s.media == "" {
		return nil, refuse(fault.Unsupported, msgNotOffice)
	}
	if acting(s.field.String()) {
		return nil, s.has("trường lấy nội dung từ nơi khác (DDE)")
	}
	return &Inspected{Media: s.media, Doubt: s.words.String()}, nil
}

func (s *officeScan) has(what string) error {
	return refuse(fault.Unsupported, msgOffice, "what", what)
}

// directory looks at names and promises before anything is inflated.
func (s *officeScan) directory(z *zip.Reader) error {
	if len(z.File) > maxEntries {
		return s.has("hơn " + strconv.Itoa(maxEntries) + " phần bên trong")
	}
	if !slices.ContainsFunc(z.File, func(f *zip.File) bool { return strings.EqualFold(f.Name, "[Content_Types].xml") }) {
		return refuse(fault.Unsupported, msgNotOffice)
	}
	seen := map[string]bool{}
	var total uint64
	for _, f := range z.File {
		key := strings.ToLower(f.Name)
		base := path.Base(key)
		switch {
		case !safe(f.Name):
			return s.has("tên không an toàn bên trong")
		case seen[key]:
			return s.has("hai phần trùng tên")
		case f.Flags&1 != 0:
			return refuse(fault.Unsupported, msgOffice97)
		case f.Method != zip.Store && f.Method != zip.Deflate:
			return s.has("cách nén lạ")
		case base == "vbaproject.bin" || strings.Contains(key, "macrosheets/"):
			return s.has("macro")
		case strings.Contains(key, "activex/"):
			return s.has("điều khiển ActiveX")
		case strings.Contains(key, "embeddings/"):
			return s.has("tệp khác nhúng bên trong")
		case strings.Contains(key, "externallinks/"):
			return s.has("liên kết ra tệp khác")
		case !plain(base):
			return s.has("phần kiểu " + path.Ext(base) + " bên trong")
		}
		seen[key] = true
		if total += f.UncompressedSize64; f.UncompressedSize64 > uint64(s.left) || total > uint64(s.left) {
			return refuse(fault.TooLarge, msgOfficeBomb)
		}
	}
	return nil
}

// safe accepts plain relative names with forward slashes only.
func safe(name string) bool {
	if name == "" || name[0] == '/' || strings.ContainsAny(name, "\\:") || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7F }) {
		return false
	}
	for part := range strings.SplitSeq(strings.TrimSuffix(name, "/"), "/") {
		if part == "" || part == "." || part == ".." {
			return false
		}
	}
	return true
}

// plain tells whether a part is of a kind that documents are made of.
func plain(base string) bool {
	switch path.Ext(base) {
	case ".xml", ".rels", ".vml", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".webp", ".ttf", ".odttf", ".fntdata", "":
		return true
	case ".bin": // settings of a printer
		return strings.HasPrefix(base, "printersettings")
	}
	return false
}

// part inflates one part within bounds and reads it when it is XML.
func (s *officeScan) part(f *zip.File) error {
	rc, err := f.Open()
	if err != nil {
		return err
	}
	defer rc.Close() // only read
	in := patient{s.in.ctx, &swelling{r: rc, left: &s.left, most: max(freely, maxRatio*int64(f.CompressedSize64))}}
	key := strings.ToLower(f.Name)
	switch path.Ext(key) {
	case ".xml", ".rels", ".vml":
	default:
		_, err := io.Copy(io.Discard, in)
		return err
	}
	r, err := plainXML(in)
	if err != nil {
		return s.xmlFault(err)
	}
	switch {
	case key == "[content_types].xml":
		err = s.types(r)
	case path.Ext(key) == ".rels":
		err = s.relations(r)
	case strings.HasPrefix(key, "word/"), key == "xl/sharedstrings.xml":
		err = s.text(r)
	default:
		_, err = io.Copy(io.Discard, r)
	}
	return s.xmlFault(err)
}

func (s *officeScan) xmlFault(err error) error {
	if errors.Is(err, errDTD) {
		return s.has("khai báo DOCTYPE")
	}
	return err
}

// types finds what the document is, and parts that act.
func (s *officeScan) types(r io.Reader) error {
	return elements(r, func(e xml.StartElement) error {
		kind := strings.ToLower(attribute(e, "ContentType"))
		for _, a := range acts {
			if strings.Contains(kind, a.text) {
				return s.has(a.what)
			}
		}
		switch kind {
		case "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml":
			s.media = Docx
		case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml":
			s.media = Xlsx
		}
		return nil
	})
}

// relations refuses whatever reaches outside the document, plain links apart.
func (s *officeScan) relations(r io.Reader) error {
	return elements(r, func(e xml.StartElement) error {
		kind := strings.ToLower(attribute(e, "Type"))
		for _, a := range acts {
			if strings.Contains(path.Base(kind), strings.TrimPrefix(a.text, "/")) {
				return s.has(a.what)
			}
		}
		if !strings.EqualFold(attribute(e, "TargetMode"), "External") {
			return nil
		}
		target := strings.ToLower(strings.TrimSpace(attribute(e, "Target")))
		if path.Base(kind) != "hyperlink" {
			return s.has("liên kết ra tệp khác hoặc trang khác")
		}
		if !strings.HasPrefix(target, "http://") && !strings.HasPrefix(target, "https://") && !strings.HasPrefix(target, "mailto:") {
			return s.has("liên kết tới tệp của một máy")
		}
		return nil
	})
}

// text gathers the words of the document, a line for each paragraph or cell, and
// the instructions of its fields.
func (s *officeScan) text(r io.Reader) error {
	d := newDecoder(r)
	inside := ""
	for depth := 0; ; {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > 256 {
				return errShape
			}
			inside = t.Name.Local
			if inside == "fldSimple" {
				s.field.WriteString(attribute(t, "instr") + "\n")
			}
		case xml.EndElement:
			depth--
			if t.Name.Local == "p" || t.Name.Local == "si" {
				s.words.WriteByte('\n')
			}
			inside = ""
		case xml.CharData:
			switch {
			case inside == "t" && s.words.Len() < maxWords:
				s.words.Write(t)
			case inside == "instrText" && s.field.Len() < maxWords:
				s.field.Write(t)
			}
		}
	}
}

// acting tells whether the instructions of fields fetch something.
func acting(instructions string) bool {
	upper := strings.ToUpper(strings.ReplaceAll(instructions, " ", ""))
	return strings.Contains(upper, "DDE") || strings.Contains(upper, "INCLUDETEXT") || strings.Contains(upper, "INCLUDEPICTURE") ||
		strings.Contains(upper, "MACROBUTTON")
}

// swelling counts what really comes out of the inflater.
type swelling struct {
	r     io.Reader
	left  *int64
	total int64
	most  int64
}

// Read implements io.Reader.
func (m *swelling) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.total += int64(n)
	if *m.left -= int64(n); *m.left < 0 || m.total > m.most {
		return 0, refuse(fault.TooLarge, msgOfficeBomb)
	}
	return n, err
}

// isFlate tells whether packed bytes make no sense.
func isFlate(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.As(err, &corrupt)
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func elements(r io.Reader, visit func(xml.StartElement) error) error {
	d := newDecoder(r)
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok {
			if err := visit(e); err != nil {
				return err
			}
		}
	}
}

func newDecoder(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		if strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "us-ascii") {
			return in, nil
		}
		return nil, errShape
	}
	return d
}

var errDTD = errors.New("the part declares a document type")

// plainXML gives back XML that is written in UTF-8 and fails when a document
// type is declared.
func plainXML(r io.Reader) (io.Reader, error) {
	head := make([]byte, 4)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	head = head[:n]
	for _, wide := range []string{"\xFE\xFF", "\xFF\xFE", "\x00<", "<\x00", "\x00\x00"} {
		if bytes.HasPrefix(head, []byte(wide)) {
			return nil, errShape
		}
	}
	return &undeclared{r: io.MultiReader(bytes.NewReader(head), r)}, nil
}

// undeclared passes XML on and fails at <!DOCTYPE and <!ENTITY.
type undeclared struct {
	r    io.Reader
	tail []byte
}

// Read implements io.Reader.
func (u *undeclared) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	u.tail = append(u.tail, p[:n]...)
	upper := bytes.ToUpper(u.tail)
	if bytes.Contains(upper, []byte("<!DOCTYPE")) || bytes.Contains(upper, []byte("<!ENTITY")) {
		return 0, errDTD
	}
	u.tail = append(u.tail[:0], u.tail[max(0, len(u.tail)-8):]...)
	return n, err
}
