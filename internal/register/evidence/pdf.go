package evidence

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"errors"
	"io"

	"giuchuan/internal/kernel/fault"
)

var (
	msgPDFActs = fault.Msg{Key: "evidence.pdf_acts", Text: "tệp PDF có {what}; hãy in lại thành PDF (chọn máy in “Microsoft Print to PDF” hoặc “Lưu thành PDF”) rồi gửi bản in đó"}
	msgPDFBomb = fault.Msg{Key: "evidence.pdf_bomb", Text: "tệp PDF nở ra quá lớn khi giải nén; hãy in lại thành PDF rồi gửi bản in đó"}
)

// pdfNames are the names that a PDF of evidence has no need of, and what they
// stand for.
var pdfNames = map[string]string{
	"JavaScript":    "mã chạy (JavaScript)",
	"Launch":        "lệnh mở chương trình khác",
	"Rendition":     "phim ảnh có mã chạy",
	"RichMedia":     "phim ảnh có mã chạy",
	"XFA":           "biểu mẫu động (XFA)",
	"EmbeddedFile":  "tệp khác đính kèm bên trong",
	"EmbeddedFiles": "tệp khác đính kèm bên trong",
	"SubmitForm":    "lệnh gửi dữ liệu ra ngoài",
	"ImportData":    "lệnh đọc dữ liệu của máy",
	"GoToE":         "lệnh mở tệp khác",
	"GoToR":         "lệnh mở tệp khác",
	"Encrypt":       "mật khẩu hoặc khóa sao chép, in ấn",
}

// objectStream is the name of a stream that holds objects, and so names.
const objectStream = "ObjStm"

// near is how many bytes before a stream its dictionary may begin.
const near = 4096

// pdf reads every name of the file, wherever it stands: readers find objects by
// offsets, so that nothing can be passed over. Object streams are inflated.
func (in *input) pdf() (*Inspected, error) {
	s := &pdfScan{in: in, left: in.lim.Inflated}
	if err := s.scan(bufio.NewReaderSize(in.all(), 64<<10), true); err != nil {
		return nil, err
	}
	if !s.ended {
		return nil, errShape
	}
	return &Inspected{Media: PDF}, nil
}

type pdfScan struct {
	in     *input
	left   int64 // bytes that may still be inflated
	packed int64 // where the last name of an object stream stood, 0 = nowhere
	ended  bool  // the mark of the end was seen
	z      io.ReadCloser
}

// word is the letters read so far of a keyword.
type word struct {
	text [16]byte
	n    int
}

func (w *word) add(b byte) {
	if w.n < len(w.text) {
		w.text[w.n] = b
	}
	w.n++
}

func (w *word) is(s string) bool { return w.n == len(s) && string(w.text[:w.n]) == s }

// scan reads names and, in the file itself, finds streams.
func (s *pdfScan) scan(r *bufio.Reader, whole bool) error {
	var w word
	for at := int64(1); ; at++ {
		b, err := r.ReadByte()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch {
		case b == '/':
			w.n = 0
			n, err := s.name(r, at)
			if err != nil {
				return err
			}
			at += n
		case b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z':
			w.add(b)
		default:
			if whole && (b == '\r' || b == '\n') && w.is("stream") {
				if err := s.stream(at); err != nil {
					return err
				}
			}
			if w.is("EOF") {
				s.ended = true
			}
			w.n = 0
		}
		if whole && w.is("EOF") {
			s.ended = true
		}
	}
}

// name reads the rest of a name, with #4A for J, and tells how long it was.
func (s *pdfScan) name(r *bufio.Reader, at int64) (int64, error) {
	var text [32]byte
	n, used := 0, int64(0)
	for {
		next, err := r.Peek(3)
		if len(next) == 0 {
			if errors.Is(err, io.EOF) {
				break
			}
			return used, err
		}
		b, size := next[0], 1
		if ends(b) {
			break
		}
		if b == '#' && len(next) == 3 {
			if high, low := hexOf(next[1]), hexOf(next[2]); high >= 0 && low >= 0 {
				b, size = byte(high<<4|low), 3
			}
		}
		if n < len(text) {
			text[n] = b
		}
		n++
		used += int64(size)
		if _, err := r.Discard(size); err != nil {
			return used, err
		}
	}
	if n > len(text) {
		return used, nil
	}
	found := string(text[:n])
	if what := pdfNames[found]; what != "" {
		return used, refuse(fault.Unsupported, msgPDFActs, "what", what)
	}
	if found == objectStream {
		s.packed = at
	}
	return used, nil
}

// ends tells whether a byte ends a name.
func ends(b byte) bool {
	return b <= ' ' || bytes.IndexByte([]byte("()<>[]{}/%"), b) >= 0
}

func hexOf(b byte) int {
	switch {
	case b >= '0' && b <= '9':
		return int(b - '0')
	case b >= 'a' && b <= 'f':
		return int(b-'a') + 10
	case b >= 'A' && b <= 'F':
		return int(b-'A') + 10
	}
	return -1
}

// stream inflates a stream that may hold objects: it begins with numbers.
func (s *pdfScan) stream(at int64) error {
	likely := s.packed > 0 && at-s.packed < near
	head := make([]byte, 3)
	n, err := s.in.ReadAt(head, at)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if n > 0 && head[0] == '\n' { // CR LF
		head, at = head[1:n], at+1
	}
	packed := len(head) >= 2 && head[0]&15 == 8 && (int(head[0])<<8|int(head[1]))%31 == 0
	if !packed {
		if likely {
			return refuse(fault.Unsupported, msgPDFActs, "what", "phần được nén theo cách lạ")
		}
		return nil
	}
	if err := s.inflate(at); err != nil {
		if likely {
			return err
		}
		return nil
	}
	before := s.packed
	inside := bufio.NewReaderSize(&metered{r: s.z, left: &s.left}, 4<<10)
	if err := s.objects(inside, likely); err != nil && !tornStream(err) {
		return err
	}
	s.packed = before
	return nil
}

// inflate sets the one inflater of a scan on a stream.
func (s *pdfScan) inflate(at int64) (err error) {
	if s.z == nil {
		s.z, err = zlib.NewReader(s.in.from(at))
		return err
	}
	return s.z.(zlib.Resetter).Reset(s.in.from(at), nil)
}

// objects reads the names of an inflated stream when objects can stand in it.
func (s *pdfScan) objects(r *bufio.Reader, likely bool) error {
	head, err := r.Peek(16)
	if len(head) == 0 {
		return err
	}
	first := bytes.TrimLeft(head, " \t\r\n\x00\f")
	if len(first) > 0 && (first[0] < '0' || first[0] > '9') && first[0] != '%' && first[0] != '+' {
		if likely {
			return refuse(fault.Unsupported, msgPDFActs, "what", "phần được nén theo cách lạ")
		}
		return nil
	}
	return s.scan(r, false)
}

// tornStream tells whether inflating ended before its time: readers see no more
// of it than we did.
func tornStream(err error) bool {
	var known *fault.Error
	return !errors.As(err, &known) && (errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, zlib.ErrChecksum) || isFlate(err))
}

// metered stops what inflates beyond all bounds.
type metered struct {
	r    io.Reader
	left *int64
}

// Read implements io.Reader.
func (m *metered) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if *m.left -= int64(n); *m.left < 0 {
		return 0, refuse(fault.TooLarge, msgPDFBomb)
	}
	return n, err
}
