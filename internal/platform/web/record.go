package web

import (
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/kernel/fault"
)

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter

	status int
	bytes  int64
}

// WriteHeader notes the status and passes it on.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes and passes them on.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap gives http.ResponseController the writer below.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// newID makes the id of a request: eight letters and digits that can be read out over a telephone.
func newID() string {
	var b [5]byte
	_, _ = rand.Read(b[:]) // never fails
	id := base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").EncodeToString(b[:])
	return id[:4] + "-" + id[4:]
}

// record writes one line of the log and the figures of a request. Neither carries an address with values, a name, or
// what was typed: the route stands for the address.
func (k *Kit) record(p *Page, rec *recorder, took time.Duration) {
	status := rec.status
	if status == 0 {
		status = http.StatusOK
	}
	route := p.route.String()
	if p.route.Pattern == "" || p.route.Pattern == "/" && p.route.Method == "" {
		route = "-"
	}
	k.set.GetOrCreateCounter(fmt.Sprintf(`giuchuan_requests_total{route=%q,status="%d"}`, route, status)).Inc()
	k.set.GetOrCreateHistogram(fmt.Sprintf(`giuchuan_request_seconds{route=%q}`, route)).Update(took.Seconds())
	level := slog.LevelInfo
	if strings.HasPrefix(p.route.Pattern, assetRoot) || p.route.Pattern == "/healthz" || p.route.Pattern == "/readyz" {
		level = slog.LevelDebug
	}
	k.log.Log(p.R.Context(), level, "request", "id", p.id, "method", methodOf(p.R), "route", route, "status", status,
		"bytes", rec.bytes, "ms", strconv.FormatFloat(float64(took.Microseconds())/1000, 'f', 1, 64))
}

// methodOf is the method when it is one of the usual ones: others are a stranger's text.
func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return r.Method
	}
	return "?"
}

// logFault writes why a request was refused or failed. The text of a refusal may quote what was typed and stays out;
// a failure is a defect, and its cause is needed.
func (k *Kit) logFault(p *Page, status int, err error) {
	if status < http.StatusInternalServerError {
		key := ""
		var known *fault.Error
		if errors.As(err, &known) {
			key = known.Msg.Key
		}
		k.log.Info("refused", "id", p.id, "route", p.route.String(), "status", status, "key", key)
		return
	}
	k.log.Error("failed", "id", p.id, "route", p.route.String(), "status", status, "err", err.Error())
}

// recovered answers a request whose handler panicked: with an error page while nothing was written, else by cutting the
// connection, so that nobody takes half a page for a whole one.
func (k *Kit) recovered(p *Page, rec *recorder, cause any) {
	if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(http.ErrAbortHandler)
	}
	k.log.Error("panic", "id", p.id, "route", p.route.String(), "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
	if rec.status != 0 {
		panic(http.ErrAbortHandler)
	}
	p.fail(fmt.Errorf("panic in %s", p.route))
}
