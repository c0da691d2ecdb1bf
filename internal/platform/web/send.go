package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"runtime"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// worthGzip is the smallest answer that is compressed, in bytes.
const worthGzip = 1024

// packers are the gzip writers of a kit: a few per core, since one costs 800 kB
// and compressing keeps a core busy anyway. One that was never used is nil.
type packers chan *gzip.Writer

func newPackers() packers {
	k := make(packers, 2*runtime.GOMAXPROCS(0))
	for range cap(k) {
		k <- nil
	}
	return k
}

func (k packers) pack(body []byte) ([]byte, error) {
	w := <-k
	defer func() { k <- w }()
	if w == nil {
		w, _ = gzip.NewWriterLevel(nil, 6) // the level is valid
	}
	var b bytes.Buffer
	b.Grow(len(body) / 4)
	w.Reset(&b)
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// send writes a whole answer: caching rules, a tag where it may be kept, gzip where it pays.
func (p *Page) send(status int, kind string, body []byte) {
	h := p.W.Header()
	h.Set("Content-Type", kind)
	h.Add("Vary", "Cookie")
	if p.user != nil || status != http.StatusOK || !p.safe() {
		h.Set("Cache-Control", "private, no-store")
	} else {
		h.Set("Cache-Control", "private, no-cache")
		sum := sha256.Sum256(body)
		tag := `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
		h.Set("Etag", tag)
		if p.R.Header.Get("If-None-Match") == tag {
			h.Del("Content-Type")
			p.W.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if len(body) > worthGzip && packable(kind) {
		h.Add("Vary", "Accept-Encoding")
		if accepts(p.R, "gzip") {
			if packed, err := p.kit.packers.pack(body); err == nil && len(packed) < len(body) {
				h.Set("Content-Encoding", "gzip")
				body = packed
			}
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	p.W.WriteHeader(status)
	if p.R.Method != http.MethodHead {
		_, _ = p.W.Write(body) // the browser may have gone; nobody is left to tell
	}
}

func (p *Page) safe() bool { return p.R.Method == http.MethodGet || p.R.Method == http.MethodHead }

func packable(kind string) bool {
	return strings.HasPrefix(kind, "text/") || strings.HasPrefix(kind, "application/json") || strings.Contains(kind, "+xml")
}
