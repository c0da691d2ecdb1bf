package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"sync"

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

// pack adds the compressed body to a buffer.
func (k packers) pack(b *bytes.Buffer, body []byte) error {
	w := <-k
	defer func() { k <- w }()
	if w == nil {
		w, _ = gzip.NewWriterLevel(nil, 6) // the level is valid
	}
	w.Reset(b)
	if _, err := w.Write(body); err != nil {
		return err
	}
	return w.Close()
}

// bodies are buffers of answers, to be used again.
type bodies struct{ pool sync.Pool }

// mostBody bounds a buffer that is kept, in bytes: a workbook's is not.
const mostBody = 256 << 10

func (k *bodies) take() *bytes.Buffer {
	b, ok := k.pool.Get().(*bytes.Buffer)
	if !ok {
		return &bytes.Buffer{}
	}
	b.Reset()
	return b
}

// give gives a buffer back that nobody reads any more.
func (k *bodies) give(b *bytes.Buffer) {
	if b.Cap() <= mostBody {
		k.pool.Put(b)
	}
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
			packed := p.kit.bodies.take()
			defer p.kit.bodies.give(packed)
			if err := p.kit.packers.pack(packed, body); err == nil && packed.Len() < len(body) {
				h.Set("Content-Encoding", "gzip")
				body = packed.Bytes()
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
