package evidenceweb

import (
	"io"
	"mime"
	"net/http"
	"strconv"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/evidence"
)

// sandbox is the content security policy of a file: it may do nothing, whatever
// a browser takes it for.
const sandbox = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// item gives a file that the person may do the action to.
func (h *Pages) item(p *web.Page, action authz.Action, denied fault.Msg) (item evidence.Item, err error) {
	err = h.o.DB.Read(p.Context(), func(tx *db.Tx) error {
		item, err = h.o.Evidence.Get(p.Context(), tx, p.Path("id"))
		if err != nil {
			return err
		}
		objects, err := h.o.Objects.Objects(p.Context(), tx, item.Subject)
		if err == nil && !may(p.User().Subject, action, objects) {
			err = fault.New(fault.Forbidden, denied)
		}
		return err
	})
	return item, err
}

// view gives a picture's copy to be looked at, any other file to be kept.
func (h *Pages) view(p *web.Page) error {
	item, err := h.item(p, authz.ViewCommune, msgNoView)
	if err != nil {
		return err
	}
	if item.View.SHA256 != "" {
		return h.send(p, sending{sum: item.View.SHA256, size: item.View.Size, media: evidence.JPEG, name: evidence.CleanName(item.Name, evidence.JPEG), inline: true})
	}
	return h.send(p, sending{sum: item.SHA256, size: item.Size, media: item.Media, name: item.Name})
}

// thumb gives the small copy of a picture.
func (h *Pages) thumb(p *web.Page) error {
	item, err := h.item(p, authz.ViewCommune, msgNoView)
	if err != nil {
		return err
	}
	if item.Thumb.SHA256 == "" {
		return web.NotFound()
	}
	return h.send(p, sending{sum: item.Thumb.SHA256, size: item.Thumb.Size, media: evidence.JPEG, name: "nho.jpg", inline: true, keep: true})
}

// original gives the file as it was sent, to be kept.
func (h *Pages) original(p *web.Page) error {
	item, err := h.item(p, authz.ViewOriginal, msgNoOrigin)
	if err != nil {
		return err
	}
	return h.send(p, sending{sum: item.SHA256, size: item.Size, media: item.Media, name: item.Name})
}

// sending is a blob on its way out.
type sending struct {
	sum    string
	size   int64
	media  evidence.Media
	name   string
	inline bool
	keep   bool // the browser may show it for a day without asking
}

// send streams a blob. Its content never changes, so its hash is its tag.
func (h *Pages) send(p *web.Page, s sending) error {
	head, tag := p.W.Header(), `"`+s.sum[:32]+`"`
	caching := "private, no-cache"
	if s.keep {
		caching = "private, max-age=86400"
	}
	if p.R.Header.Get("If-None-Match") == tag {
		head.Set("Etag", tag)
		head.Set("Cache-Control", caching)
		head.Add("Vary", "Cookie")
		p.W.WriteHeader(http.StatusNotModified)
		return nil
	}
	r, err := h.o.Evidence.Open(p.Context(), s.sum)
	if err != nil {
		return err
	}
	defer r.Close() // only read
	disposition := "attachment"
	if s.inline {
		disposition = "inline"
	}
	head.Set("Etag", tag)
	head.Set("Cache-Control", caching)
	head.Add("Vary", "Cookie")
	head.Set("Content-Type", string(s.media))
	head.Set("Content-Length", strconv.FormatInt(s.size, 10))
	head.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": s.name}))
	head.Set("Content-Security-Policy", sandbox)
	p.W.WriteHeader(http.StatusOK)
	if p.R.Method != http.MethodHead {
		_, _ = io.Copy(p.W, r) // the browser may have gone; nobody is left to tell
	}
	return nil
}
