package web

import (
	"bytes"
	"crypto/subtle"
	"errors"
	"net/http"
	"strings"

	"github.com/VictoriaMetrics/metrics"
)

var errStopping = errors.New("the node is stopping")

// ownRoutes are the routes of the kit itself.
func (k *Kit) ownRoutes() []Route {
	return []Route{
		{Method: http.MethodGet, Pattern: "/healthz", Handler: k.healthz, Public: true},
		{Method: http.MethodGet, Pattern: "/readyz", Handler: k.readyz, Public: true},
		{Method: http.MethodGet, Pattern: "/metrics", Handler: k.figures, Public: true},
		{Method: http.MethodGet, Pattern: assetRoot + "{name}", Handler: k.assets.serve, Public: true},
	}
}

// healthz says that the process lives.
func (k *Kit) healthz(p *Page) error { return k.word(p, http.StatusOK, "ok") }

// readyz says whether this node should get traffic: not before it is ready, not once it is stopping.
func (k *Kit) readyz(p *Page) error {
	var err error
	switch {
	case k.stop.Load():
		err = errStopping
	case k.opts.Ready != nil:
		err = k.opts.Ready(p.Context())
	}
	if err != nil {
		k.log.Warn("not ready", "id", p.id, "err", err.Error())
		return k.word(p, http.StatusServiceUnavailable, "not ready")
	}
	return k.word(p, http.StatusOK, "ok")
}

// figures are the counters in the format of Prometheus, for this machine and for who holds the token.
func (k *Kit) figures(p *Page) error {
	token, bearer := strings.CutPrefix(p.R.Header.Get("Authorization"), "Bearer ")
	known := bearer && k.opts.Token != "" && subtle.ConstantTimeCompare([]byte(token), []byte(k.opts.Token)) == 1
	if !known && !local(p.R) {
		return NotFound()
	}
	var b bytes.Buffer
	k.set.WritePrometheus(&b)
	metrics.WriteProcessMetrics(&b)
	if k.opts.Figures != nil {
		k.opts.Figures(&b)
	}
	return k.word(p, http.StatusOK, b.String())
}

// word answers a machine in plain text.
func (k *Kit) word(p *Page, status int, text string) error {
	p.W.Header().Set("Cache-Control", "no-store")
	p.W.Header().Set("Content-Type", "text/plain; charset=utf-8")
	p.W.WriteHeader(status)
	if p.R.Method != http.MethodHead {
		_, _ = p.W.Write([]byte(text)) // the machine may have gone; nobody is left to tell
	}
	return nil
}
