package web

import (
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"giuchuan/internal/kernel/fault"
)

// formMemory is how much of a multipart form is kept in memory; files beyond it go to temporary files.
const formMemory = 1 << 20

// parse reads the form of a request, once. Other kinds of body are left to the handler.
func (p *Page) parse(limit int64) error {
	if p.safe() || p.R.Body == nil {
		return nil
	}
	kind, _, _ := mime.ParseMediaType(p.R.Header.Get("Content-Type"))
	var err error
	switch kind {
	case "application/x-www-form-urlencoded":
		err = p.R.ParseForm()
	case "multipart/form-data":
		err = p.R.ParseMultipartForm(formMemory)
	default:
		return nil
	}
	var tooBig *http.MaxBytesError
	switch {
	case errors.As(err, &tooBig):
		return TooBig(limit)
	case err != nil:
		return fault.New(fault.Invalid, msgBadBody).Wrap(err)
	case !goodValues(p.R.PostForm):
		return fault.New(fault.Invalid, msgBadText)
	}
	p.form = &Form{values: p.R.PostForm}
	return nil
}

// forget removes the temporary files of a form.
func (p *Page) forget() {
	if p.R.MultipartForm == nil {
		return
	}
	if err := p.R.MultipartForm.RemoveAll(); err != nil {
		p.kit.log.Warn("temporary files of a form", "id", p.id, "err", err.Error())
	}
}

// TooBig is the error of a body larger than limit bytes.
func TooBig(limit int64) error {
	size := strconv.FormatInt(limit>>20, 10) + " MB"
	if limit < 1<<20 {
		size = strconv.FormatInt(limit>>10, 10) + " kB"
	}
	return fault.New(fault.TooLarge, msgTooBig, "limit", size)
}

// goodText tells whether text is UTF-8 without the NUL that databases refuse.
func goodText(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

func goodQuery(r *http.Request) bool {
	values, err := url.ParseQuery(r.URL.RawQuery)
	return err == nil && goodValues(values)
}

func goodValues(values url.Values) bool {
	for name, all := range values {
		if !goodText(name) {
			return false
		}
		for _, v := range all {
			if !goodText(v) {
				return false
			}
		}
	}
	return true
}
