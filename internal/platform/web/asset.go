package web

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// assetRoot is where the built styles, scripts and fonts are served.
const assetRoot = "/giao-dien/"

// Assets are the built styles, scripts and fonts. Their names carry a hash of their content, so browsers keep them for
// good; each may lie beside a .br and a .gz form of itself.
type Assets struct {
	names map[string]string // "app.css" -> "app-3FJ2K7QA.css"
	files map[string]asset  // by hashed name
}

type asset struct {
	kind  string            // content type
	forms map[string][]byte // by encoding: "", "br", "gzip"
}

// LoadAssets reads a folder made by tools/uibuild: files and manifest.json. Without a manifest nothing was built, and
// that is no error.
func LoadAssets(dist fs.FS) (*Assets, error) {
	a := &Assets{names: map[string]string{}, files: map[string]asset{}}
	if dist == nil {
		return a, nil
	}
	manifest, err := fs.ReadFile(dist, "manifest.json")
	if err != nil {
		return a, nil //nolint:nilerr // nothing was built
	}
	if err := json.Unmarshal(manifest, &a.names); err != nil {
		return nil, fmt.Errorf("read the manifest of the user interface: %w", err)
	}
	for _, name := range a.names {
		one := asset{kind: contentType(name), forms: map[string][]byte{}}
		if one.forms[""], err = fs.ReadFile(dist, name); err != nil {
			return nil, fmt.Errorf("read the user interface: %w", err)
		}
		for encoding, ending := range map[string]string{"br": ".br", "gzip": ".gz"} {
			if body, err := fs.ReadFile(dist, name+ending); err == nil {
				one.forms[encoding] = body
			}
		}
		a.files[name] = one
	}
	return a, nil
}

// contentType is by the name alone: the tables of the machine do not matter.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	case ".json", ".map":
		return "application/json"
	}
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		return kind
	}
	return "application/octet-stream"
}

// Built tells whether there is anything to serve.
func (a *Assets) Built() bool { return len(a.files) > 0 }

// Path is the address of an asset by its plain name ("app.css"), or "" when it was not built.
func (a *Assets) Path(name string) string {
	hashed, ok := a.names[name]
	if !ok {
		return ""
	}
	return assetRoot + hashed
}

func (a *Assets) paths(names ...string) []string {
	var out []string
	for _, name := range names {
		if p := a.Path(name); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// serve answers one asset in the smallest form the browser takes.
func (a *Assets) serve(p *Page) error {
	one, ok := a.files[p.Path("name")]
	if !ok {
		return NotFound()
	}
	encoding, body := "", one.forms[""]
	for _, e := range []string{"br", "gzip"} {
		if form, ok := one.forms[e]; ok && accepts(p.R, e) {
			encoding, body = e, form
			break
		}
	}
	h := p.W.Header()
	h.Set("Content-Type", one.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	if len(one.forms) > 1 {
		h.Add("Vary", "Accept-Encoding")
	}
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	p.W.WriteHeader(http.StatusOK)
	if p.R.Method != http.MethodHead {
		_, _ = p.W.Write(body) // the browser may have gone; nobody is left to tell
	}
	return nil
}

// accepts tells whether the request takes a content encoding.
func accepts(r *http.Request, encoding string) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		weight = strings.ReplaceAll(weight, " ", "")
		return weight != "q=0" && weight != "q=0.0" && weight != "q=0.00" && weight != "q=0.000"
	}
	return false
}
