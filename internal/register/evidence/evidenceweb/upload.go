package evidenceweb

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"unicode/utf8"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/evidence"
)

// Bounds of a form that brings a file.
const (
	mostFields = 32
	fieldBytes = 4 << 10
)

var (
	msgForm   = fault.Msg{Key: "evidence.form", Text: "không đọc được nội dung gửi lên; hãy mở lại trang rồi gửi lại"}
	msgNoFile = fault.Msg{Key: "evidence.no_file", Text: "hãy chọn tệp minh chứng"}
)

// received is a form as it came in: its values, and its file on disk.
type received struct {
	subject evidence.Subject
	name    string
	spool   *evidence.Spool
	wrong   error // what is wrong with the file
}

func (r *received) close() {
	if r.spool != nil {
		_ = r.spool.Close() // a temporary file; the machine clears what stays
	}
}

// upload takes one file. Values stand before the file in the form, so that
// nothing of a stranger's file is read.
func (h *Pages) upload(p *web.Page) error {
	in, err := h.receive(p)
	defer in.close()
	if err != nil {
		return err
	}
	f := p.Form()
	err = in.wrong
	if err == nil && in.spool == nil {
		err = fault.New(fault.Invalid, msgNoFile).At("tep")
	}
	if err == nil {
		allow := h.allowAttach(p)
		_, err = h.o.Evidence.Attach(p.Context(), evidence.Attach{
			Actor: p.User().ID, Subject: in.subject, Serves: f.Value("loai"), Caption: f.Value("chu-thich"), Name: in.name,
			Confirmed: f.Has(evidence.ConfirmField, "1"),
			Allow:     func(tx *db.Tx) error { return allow(tx, in.subject) },
		}, in.spool)
	}
	if err != nil {
		if err = f.FailWith(err); err != nil {
			return err
		}
	}
	return h.answer(p, in.subject)
}

// answer shows the list, or leads back to the page it stands on.
func (h *Pages) answer(p *web.Page, s evidence.Subject) error {
	f := p.Form()
	back := f.Value("ve")
	if !web.SameSite(back) {
		back = ""
	}
	if f.OK() && !p.Fragment() && back != "" {
		return p.Redirect(strings.SplitN(back, "#", 2)[0] + "#minh-chung-" + List{Subject: s}.key())
	}
	var l List
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		l, err = h.List(p.Context(), tx, p.User(), s)
		return err
	})
	if err != nil {
		return err
	}
	l.Back = back
	if f.Error("ly-do") != "" {
		l.Failed = p.Path("id")
	}
	status := http.StatusOK
	if !f.OK() {
		l.Form, status = f, http.StatusUnprocessableEntity
	}
	if p.Fragment() {
		return p.RenderStatus(status, Files(l))
	}
	l.Alone = true
	return p.RenderStatus(status, onePage(p.Shell("Minh chứng").With("evidence"), l))
}

// receive reads the parts of the form one after another.
func (h *Pages) receive(p *web.Page) (*received, error) {
	in := &received{}
	parts, err := p.R.MultipartReader()
	if err != nil {
		return in, fault.New(fault.Invalid, msgForm).Wrap(err)
	}
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return in, unread(err)
		}
		if n >= mostFields {
			return in, fault.New(fault.Invalid, msgForm)
		}
		if part.FormName() == "tep" {
			err = h.takeFile(p, in, part)
		} else {
			err = takeValue(p.Form(), part)
		}
		if err != nil {
			return in, unread(err)
		}
	}
	if in.spool == nil {
		in.subject = readSubject(p.Form())
		return in, h.mayHere(p, in.subject)
	}
	return in, nil
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

func takeValue(f *web.Form, part *multipart.Part) error {
	text, err := io.ReadAll(io.LimitReader(part, fieldBytes+1))
	if err != nil {
		return err
	}
	if len(text) > fieldBytes || !utf8.Valid(text) || strings.ContainsRune(string(text), 0) || len(part.FormName()) > 40 {
		return fault.New(fault.Invalid, msgForm)
	}
	f.Set(part.FormName(), string(text))
	return nil
}

// takeFile writes the file to disk when the person may attach it; only the
// first counts.
func (h *Pages) takeFile(p *web.Page, in *received, part *multipart.Part) error {
	if part.FileName() == "" || in.spool != nil {
		_, err := io.Copy(io.Discard, part)
		return err
	}
	in.subject = readSubject(p.Form())
	if err := h.mayHere(p, in.subject); err != nil {
		return err
	}
	name := part.FileName()
	if !utf8.ValidString(name) || len(name) > 1000 {
		name = ""
	}
	in.name = name
	var err error
	in.spool, err = h.o.Evidence.Receive(part)
	var known *fault.Error
	if errors.As(err, &known) { // too large: the rest is read, so that the answer arrives
		in.wrong = err
		_, err = io.Copy(io.Discard, part)
	}
	if err != nil {
		return fmt.Errorf("receive a file: %w", err)
	}
	return nil
}

func (h *Pages) mayHere(p *web.Page, s evidence.Subject) error {
	allow := h.allowAttach(p)
	return h.o.DB.Read(p.Context(), func(tx *db.Tx) error { return allow(tx, s) })
}

// remove takes a file back.
func (h *Pages) remove(p *web.Page) error {
	var item evidence.Item
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		if item, err = h.o.Evidence.Get(p.Context(), tx, p.Path("id")); err == nil {
			err = h.allowAttach(p)(tx, item.Subject)
		}
		return err
	})
	if err != nil {
		return err
	}
	err = h.o.Evidence.Remove(p.Context(), evidence.Remove{
		Actor: p.User().ID, ID: item.ID, Reason: p.Form().Value("ly-do"), Allow: h.allowAttach(p),
	})
	if err != nil {
		if err = p.Form().FailWith(err); err != nil {
			return err
		}
	}
	return h.answer(p, item.Subject)
}
