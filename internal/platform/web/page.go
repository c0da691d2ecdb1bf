package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/authz"

	"github.com/a-h/templ"
)

// User is the person behind a request, as pages need to know them.
type User struct {
	ID      string
	Name    string        // as shown in the header
	Role    string        // in words, as shown below the name
	Subject authz.Subject // what authz decides by
}

// Page is one request and its answer.
type Page struct {
	W http.ResponseWriter
	R *http.Request

	kit   *Kit
	route Route
	id    string
	user  *User
	form  *Form
}

// Context ends when the request ends or its time is over.
func (p *Page) Context() context.Context { return p.R.Context() }

// ID is the request's id, shown on error pages and written to the log.
func (p *Page) ID() string { return p.id }

// User is the person logged in, nil when nobody is.
func (p *Page) User() *User { return p.user }

// Today is the legal day pages are made for.
func (p *Page) Today() day.Day { return p.kit.opts.Today() }

// Path is the part of the address that the route's pattern calls {name}.
func (p *Page) Path(name string) string { return p.R.PathValue(name) }

// Query is one value of the address, trimmed and composed (NFC); "" when absent.
func (p *Page) Query(name string) string { return tidy(p.R.URL.Query().Get(name)) }

// Form is what the request's form carries: empty before anything was sent.
func (p *Page) Form() *Form { return p.form }

// File is one uploaded file of a multipart form; nil and no error when none was chosen. The caller closes it.
func (p *Page) File(name string) (multipart.File, *multipart.FileHeader, error) {
	if p.R.MultipartForm == nil || len(p.R.MultipartForm.File[name]) == 0 {
		return nil, nil, nil
	}
	head := p.R.MultipartForm.File[name][0]
	file, err := head.Open()
	if err != nil {
		return nil, nil, fmt.Errorf("open the uploaded file: %w", err)
	}
	return file, head, nil
}

// Address is the network address of the person's machine, for throttling: the peer's, or what a trusted proxy says.
func (p *Page) Address() string { return p.kit.address(p.R) }

// Secure tells whether the person's browser speaks TLS, to us or to a trusted proxy.
func (p *Page) Secure() bool { return p.kit.secure(p.R) }

// Fragment tells whether htmx asked: the answer is then a part of a page, not a page.
func (p *Page) Fragment() bool { return p.R.Header.Get("HX-Request") == "true" }

// beneath is the writer that net/http gave us: it closes the connection of a body that is too large.
func (p *Page) beneath() http.ResponseWriter {
	if rec, ok := p.W.(*recorder); ok {
		return rec.ResponseWriter
	}
	return p.W
}

// wantsJSON tells whether a script asked, and not a person who reads pages.
func (p *Page) wantsJSON() bool {
	return strings.HasPrefix(p.R.Header.Get("Accept"), "application/json")
}

// Render answers 200 with the component. It is rendered to memory first: a failure gives an error page, never half a
// page.
func (p *Page) Render(c templ.Component) error { return p.RenderStatus(http.StatusOK, c) }

// Invalid answers 422 with the component: the form again, with its errors and what was typed.
func (p *Page) Invalid(c templ.Component) error {
	return p.RenderStatus(http.StatusUnprocessableEntity, c)
}

// RenderStatus answers any status with the component.
func (p *Page) RenderStatus(status int, c templ.Component) error {
	b := p.kit.bodies.take()
	defer p.kit.bodies.give(b)
	if err := c.Render(p.Context(), b); err != nil {
		return fmt.Errorf("render %s: %w", p.route, err)
	}
	p.send(status, "text/html; charset=utf-8", b.Bytes())
	return nil
}

// JSON answers 200 with v.
func (p *Page) JSON(v any) error {
	return p.sendJSON(http.StatusOK, v)
}

func (p *Page) sendJSON(status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode the answer of %s: %w", p.route, err)
	}
	p.send(status, "application/json", body)
	return nil
}

// Download answers with a file to keep. It is written to memory first, so that an error gives an error page.
func (p *Page) Download(name, contentType string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return fmt.Errorf("write %s: %w", p.route, err)
	}
	p.W.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	p.send(http.StatusOK, contentType, b.Bytes())
	return nil
}

// Nothing answers 204: done, and nothing to show.
func (p *Page) Nothing() error {
	p.W.WriteHeader(http.StatusNoContent)
	return nil
}

// Redirect answers 303 to a path of this site.
func (p *Page) Redirect(path string) error {
	if !SameSite(path) {
		return fmt.Errorf("redirect from %s to %q: not a path of this site", p.route, path)
	}
	p.W.Header().Set("Location", path)
	p.W.WriteHeader(http.StatusSeeOther)
	return nil
}

// Next is where to go after a login: ?tiep= or the form's tiep when it is a path of this site, else fallback.
func (p *Page) Next(fallback string) string {
	for _, path := range []string{p.form.Value("tiep"), p.Query("tiep")} {
		if path != "" && SameSite(path) {
			return path
		}
	}
	return fallback
}

// SameSite tells whether path leads to this site: it begins with one slash, and a browser could not read a host in it.
func SameSite(path string) bool {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsFunc(path, func(r rune) bool {
		return r <= ' ' || r == '\\' || r == 0x7F
	}) {
		return false
	}
	u, err := url.Parse(path)
	return err == nil && u.Host == "" && u.Scheme == ""
}

// NotFound is the error of an address that names nothing.
func NotFound() error { return fault.New(fault.NotFound, msgNotFound) }

func tidy(s string) string { return vntext.NFC(strings.TrimSpace(s)) }
