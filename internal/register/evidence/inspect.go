package evidence

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"giuchuan/internal/kernel/fault"
)

// Media is the kind of a file, by its content.
type Media string

// The kinds that are taken.
const (
	JPEG Media = "image/jpeg"
	PNG  Media = "image/png"
	WebP Media = "image/webp"
	PDF  Media = "application/pdf"
	Docx Media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	Xlsx Media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// Picture tells whether the file is a photograph or a scan.
func (m Media) Picture() bool { return m == JPEG || m == PNG || m == WebP }

// Ending is the ending of file names: ".jpg".
func (m Media) Ending() string {
	switch m {
	case JPEG:
		return ".jpg"
	case PNG:
		return ".png"
	case WebP:
		return ".webp"
	case PDF:
		return ".pdf"
	case Docx:
		return ".docx"
	case Xlsx:
		return ".xlsx"
	}
	return ".bin"
}

// Vietnamese is the word people read.
func (m Media) Vietnamese() string {
	switch {
	case m.Picture():
		return "ảnh"
	case m == PDF:
		return "PDF"
	case m == Docx:
		return "văn bản Word"
	case m == Xlsx:
		return "bảng tính Excel"
	}
	return "tệp"
}

// Accept is what a form's file field offers to choose.
const Accept = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,image/jpeg,image/png,image/webp,application/pdf"

// Inspected is what was found in a file that may be taken.
type Inspected struct {
	Media         Media
	Width, Height int     // of a picture, as it is seen
	View, Thumb   []byte  // copies of a picture: JPEG, no longer edge above 1600 and 320 pixels
	Capture       Capture // what the camera wrote
	Doubt         string  // a word that suggests an identity paper, "" = none
}

// input is a file to be looked at.
type input struct {
	io.ReaderAt

	ctx  context.Context
	size int64
	lim  Limits
}

// all reads the file from its start and stops when the time is over.
func (in *input) all() io.Reader { return in.from(0) }

func (in *input) from(offset int64) io.Reader {
	return patient{in.ctx, io.NewSectionReader(in, offset, in.size-offset)}
}

// patient reads while there is time.
type patient struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (p patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.r.Read(b)
}

var (
	msgEmpty    = fault.Msg{Key: "evidence.empty", Text: "tệp rỗng; hãy chọn lại tệp"}
	msgTooLarge = fault.Msg{Key: "evidence.too_large", Text: "tệp lớn hơn {limit}; hãy giảm dung lượng hoặc chia thành nhiều tệp"}
	msgKind     = fault.Msg{Key: "evidence.kind", Text: "không nhận tệp này ({found}); chỉ nhận ảnh JPEG, PNG, WebP, tệp PDF, Word (.docx) và Excel (.xlsx)"}
	msgHEIC     = fault.Msg{Key: "evidence.heic", Text: "ảnh HEIC của điện thoại chưa xem được trên máy khác; trên iPhone vào Cài đặt → Camera → Định dạng, chọn “Tương thích nhất” rồi chụp lại, hoặc mở ảnh và lưu thành JPEG"}
	msgOffice97 = fault.Msg{Key: "evidence.office97", Text: "tệp Office kiểu cũ hoặc có mật khẩu không nhận được; hãy mở tệp, lưu lại dạng .docx, .xlsx hoặc PDF, không đặt mật khẩu"}
	msgTwoFaced = fault.Msg{Key: "evidence.two_faced", Text: "trong tệp {kind} có ghép nội dung khác ({found}); hãy mở tệp và lưu lại thành tệp mới rồi gửi"}
	msgBroken   = fault.Msg{Key: "evidence.broken", Text: "tệp {kind} bị hỏng hoặc tải lên chưa hết; hãy mở thử trên máy rồi gửi lại"}
	msgTooLong  = fault.Msg{Key: "evidence.too_long", Text: "tệp {kind} quá phức tạp, máy chủ không đọc kịp; hãy thu nhỏ hoặc lưu lại thành tệp gọn hơn"}
)

// Inspect looks at a file of size bytes whose sender calls it name. It refuses
// what is not of the kinds taken, what acts by itself, what is too large for the
// limits and what shows that it is a secret document; every refusal names the
// remedy. It reads the file several times and keeps none of it.
func Inspect(ctx context.Context, f io.ReaderAt, size int64, name string, lim Limits) (*Inspected, error) {
	lim = lim.filled()
	switch {
	case size <= 0:
		return nil, refuse(fault.Invalid, msgEmpty)
	case size > lim.File:
		return nil, refuse(fault.TooLarge, msgTooLarge, "limit", SizeText(lim.File))
	}
	bounded, stop := context.WithTimeout(ctx, lim.Within)
	defer stop()
	in := &input{ReaderAt: f, ctx: bounded, size: size, lim: lim}
	found, err := in.look()
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, err
	}
	return found, found.suspect(name)
}

// look finds the kind and looks at it accordingly; a decoder that panics has met
// a broken file.
func (in *input) look() (found *Inspected, err error) {
	media, err := in.sniff()
	if err != nil {
		return nil, err
	}
	defer func() {
		if cause := recover(); cause != nil {
			found, err = nil, in.explain(media, fmt.Errorf("panic: %v\n%s", cause, debug.Stack()))
		}
	}()
	if err := in.oneFaced(media); err != nil {
		return nil, in.explain(media, err)
	}
	switch {
	case media.Picture():
		found, err = in.picture(media)
	case media == PDF:
		found, err = in.pdf()
	default:
		found, err = in.office()
	}
	if err != nil {
		return nil, in.explain(media, err)
	}
	return found, nil
}

// explain turns a reading error into what a person is told.
func (in *input) explain(media Media, err error) error {
	var known *fault.Error
	if errors.As(err, &known) {
		return err
	}
	if errors.Is(err, context.DeadlineExceeded) || in.ctx.Err() != nil {
		return refuse(fault.TooLarge, msgTooLong, "kind", media.Vietnamese())
	}
	return fault.New(fault.Invalid, msgBroken, "kind", media.Vietnamese()).At(fileField).Wrap(err)
}

// sniff tells the kind by the first bytes.
func (in *input) sniff() (Media, error) {
	head := make([]byte, 64)
	n, err := in.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	head = head[:n]
	begins := func(s string) bool { return bytes.HasPrefix(head, []byte(s)) }
	switch {
	case begins("\xFF\xD8\xFF"):
		return JPEG, nil
	case begins("\x89PNG\r\n\x1A\n"):
		return PNG, nil
	case begins("RIFF") && n >= 12 && string(head[8:12]) == "WEBP":
		return WebP, nil
	case begins("%PDF-"):
		return PDF, nil
	case begins("PK\x03\x04"):
		return Docx, nil // or a workbook: office tells
	case begins("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"):
		return "", refuse(fault.Unsupported, msgOffice97)
	case n >= 12 && string(head[4:8]) == "ftyp" && heic(string(head[8:12])):
		return "", refuse(fault.Unsupported, msgHEIC)
	}
	return "", refuse(fault.Unsupported, msgKind, "found", otherKind(head))
}

func heic(brand string) bool {
	switch brand {
	case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif":
		return true
	}
	return false
}

// otherKind names what is not taken, as far as its first bytes tell.
func otherKind(head []byte) string {
	for _, k := range []struct{ magic, name string }{
		{"MZ", "chương trình Windows"},
		{"\x7FELF", "chương trình Linux"},
		{"#!", "tập lệnh"},
		{"GIF8", "ảnh GIF"},
		{"BM", "ảnh BMP"},
		{"Rar!", "tệp nén RAR"},
		{"7z\xBC\xAF", "tệp nén 7z"},
		{"\x1F\x8B", "tệp nén gzip"},
		{"PK", "tệp nén ZIP"},
		{"{\\rtf", "văn bản RTF"},
	} {
		if bytes.HasPrefix(head, []byte(k.magic)) {
			return k.name
		}
	}
	text := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n"))
	switch {
	case bytes.Contains(text, []byte("<svg")):
		return "ảnh SVG"
	case bytes.HasPrefix(text, []byte("<")):
		return "trang HTML hoặc XML"
	case len(head) >= 8 && string(head[4:8]) == "ftyp":
		return "video"
	}
	return "loại tệp khác"
}
