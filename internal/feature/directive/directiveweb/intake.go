package directiveweb

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"unicode/utf8"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/intake"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/evidence"
)

var (
	msgForm   = fault.Msg{Key: "directive.form", Text: "không đọc được nội dung gửi lên; hãy mở lại trang rồi gửi lại"}
	msgNoFile = fault.Msg{Key: "directive.no_file", Text: "hãy chọn tệp văn bản, hoặc dán toàn văn vào ô bên dưới"}
	msgBusy   = fault.Msg{Key: "directive.busy", Text: "máy chủ đang đọc các văn bản khác; hãy gửi lại sau ít phút"}
)

// Bounds of a form that brings a document.
const (
	mostParts = 16
	maxPasted = 2 << 20 // bytes of pasted text
)

// sent is a document as it came in.
type sent struct {
	name string
	data []byte
}

func (h *Pages) askFile(p *web.Page) error {
	if err := h.needDirect(p); err != nil {
		return err
	}
	return p.Render(intakePage(p.Shell("Nhập văn bản chỉ đạo"), p.Form()))
}

// needDirect refuses whoever does not keep the register.
func (h *Pages) needDirect(p *web.Page) error {
	return h.o.DB.Read(p.Context(), func(tx *db.Tx) error { return h.o.Directives.NeedDirect(tx, p.User().Subject) })
}

// take takes a document in. It is held in memory until it was read, so that
// nothing of a document marked secret reaches a disk.
func (h *Pages) take(p *web.Page) error {
	if err := h.needDirect(p); err != nil {
		return err
	}
	f := p.Form()
	file, err := receive(p, f)
	if err != nil {
		return err
	}
	var done directive.Imported
	proposal, err := h.propose(p, f, file)
	if err == nil {
		proposal.Document.Illustrated = f.Has("minh-hoa", "1")
		proposal.Document.Original, err = h.keep(p.Context(), file)
	}
	if err == nil {
		cmd := directive.Import{Proposal: proposal}
		err = h.write(p, &cmd, func(ctx context.Context, tx *db.Tx, who authz.Subject) (err error) {
			done, err = h.o.Directives.Import(ctx, tx, who, cmd)
			return err
		})
	}
	if err != nil {
		if err = h.atField(f, err, file); err != nil {
			return err
		}
		return p.Invalid(intakePage(p.Shell("Nhập văn bản chỉ đạo"), f))
	}
	return p.Redirect(pathOf(done.ID) + "/doc")
}

// atField puts what is wrong with a document at the field it came by.
func (h *Pages) atField(f *web.Form, err error, file sent) error {
	field := "tep"
	if len(file.data) == 0 && f.Value("van-ban") != "" {
		field = "van-ban"
	}
	switch fault.CodeOf(err) {
	case fault.Invalid, fault.Unsupported, fault.TooLarge, fault.Conflict, fault.Unavailable, fault.Corrupt:
	default:
		return err
	}
	if field == "van-ban" && fault.CodeOf(err) == fault.Unsupported {
		f.Set("van-ban", "") // a secret text is not shown again
	}
	for _, row := range fault.Rows(err) {
		f.Fail(field, vntext.Capital(row.At("").Vietnamese()))
	}
	if f.OK() {
		return err
	}
	return nil
}

// propose reads what came in.
func (h *Pages) propose(p *web.Page, f *web.Form, file sent) (directive.Proposal, error) {
	select {
	case h.slots <- struct{}{}:
	case <-p.Context().Done():
		return directive.Proposal{}, fault.New(fault.Unavailable, msgBusy)
	}
	defer func() { <-h.slots }()
	against := intake.Against{Today: p.Today()}
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		against.Agencies, err = h.o.Directives.Agencies(p.Context(), tx)
		return err
	})
	switch {
	case err != nil:
		return directive.Proposal{}, err
	case len(file.data) > 0:
		return h.o.Reader.File(p.Context(), against, file.name, file.data)
	case strings.TrimSpace(f.Raw("van-ban")) != "":
		return h.o.Reader.Pasted(against, f.Raw("van-ban"))
	}
	return directive.Proposal{}, fault.New(fault.Invalid, msgNoFile).At("tep")
}

// keep stores the original of a document that was read. A file that may act by
// itself is refused.
func (h *Pages) keep(ctx context.Context, file sent) (directive.File, error) {
	if len(file.data) == 0 {
		return directive.File{}, nil
	}
	if bytes.HasPrefix(file.data, []byte("%PDF")) || bytes.HasPrefix(file.data, []byte("PK")) {
		if _, err := evidence.Inspect(ctx, bytes.NewReader(file.data), int64(len(file.data)), file.name, h.o.Evidence.Limits()); err != nil {
			return directive.File{}, err
		}
	}
	info, err := h.o.Blobs.Put(ctx, bytes.NewReader(file.data), maxFile)
	return directive.File{SHA256: info.SHA256, Name: cleanName(file.name), Size: info.Size}, err
}

// cleanName is a file's name as it may be shown and offered: no path, no control
// or direction marks.
func cleanName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == utf8.RuneError {
			return -1
		}
		return r
	}, vntext.NFC(name))
	if r := []rune(name); len(r) > 120 {
		name = string(r[:100]) + string(r[len(r)-20:])
	}
	if strings.Trim(name, ". ") == "" {
		return "van-ban"
	}
	return name
}

// receive reads the parts of a form one after another, the file into memory.
func receive(p *web.Page, f *web.Form) (file sent, err error) {
	parts, err := p.R.MultipartReader()
	if err != nil {
		return file, fault.New(fault.Invalid, msgForm).Wrap(err)
	}
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return file, nil
		case err != nil:
			return file, unread(err)
		case n >= mostParts:
			return file, fault.New(fault.Invalid, msgForm)
		}
		if part.FormName() == "tep" {
			err = takeFile(part, &file)
		} else {
			err = takeValue(f, part)
		}
		if err != nil {
			return file, unread(err)
		}
	}
}

// unread tells a broken form from a body that is too large.
func unread(err error) error {
	var known *fault.Error
	var tooBig *http.MaxBytesError
	if errors.As(err, &known) || errors.As(err, &tooBig) {
		return err
	}
	return fault.New(fault.Invalid, msgForm).Wrap(err)
}

func takeFile(part *multipart.Part, file *sent) error {
	if part.FileName() == "" || file.data != nil {
		_, err := io.Copy(io.Discard, part)
		return err
	}
	data, err := io.ReadAll(io.LimitReader(part, maxFile+1))
	if err != nil {
		return err
	}
	if len(data) > maxFile {
		return web.TooBig(maxFile)
	}
	file.name, file.data = cleanName(part.FileName()), data
	return nil
}

func takeValue(f *web.Form, part *multipart.Part) error {
	text, err := io.ReadAll(io.LimitReader(part, maxPasted+1))
	if err != nil {
		return err
	}
	if len(text) > maxPasted {
		return web.TooBig(maxPasted)
	}
	if !utf8.Valid(text) || bytes.ContainsRune(text, 0) || len(part.FormName()) > 40 {
		return fault.New(fault.Invalid, msgForm)
	}
	f.Set(part.FormName(), string(text))
	return nil
}
