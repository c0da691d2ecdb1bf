package web

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// askLogin answers somebody who is not logged in. A page asked for is shown after the login; a form sent after the
// session ended is kept on a page that sends it again.
func (p *Page) askLogin() error {
	if p.wantsJSON() {
		return p.sendJSON(http.StatusUnauthorized, said{Text: "Phiên đăng nhập đã hết.", ID: p.id})
	}
	if p.Fragment() {
		return p.RenderStatus(http.StatusUnauthorized, loginNote(p.kit.opts.Login))
	}
	if !p.safe() {
		return p.RenderStatus(http.StatusUnauthorized, expiredPage(p.Shell("Phiên đăng nhập đã hết"), p.kit.opts.Login, p.R.URL.RequestURI(), p.kept()))
	}
	target := p.kit.opts.Login
	if next := p.R.URL.RequestURI(); next != "/" && SameSite(next) {
		target += "?" + url.Values{"tiep": {next}}.Encode()
	}
	return p.Redirect(target)
}

// kept are the fields of a form that may be written into a page again: all but secrets.
func (p *Page) kept() []FormError {
	var out []FormError
	names := make([]string, 0, len(p.form.values))
	for name := range p.form.values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if secret(name) {
			continue
		}
		for _, v := range p.form.values[name] {
			out = append(out, FormError{Field: name, Text: v})
		}
	}
	return out
}

// secret tells whether a field carries a password or a code: those are never written into a page.
func secret(name string) bool {
	return strings.Contains(name, "mat-khau") || strings.Contains(name, "ma-xac-thuc") || strings.Contains(name, "ma-khoi-phuc")
}

// address is where a request comes from: the peer, or what a trusted proxy says of it.
func (k *Kit) address(r *http.Request) string {
	peer, ok := peerOf(r.RemoteAddr)
	if !ok {
		return r.RemoteAddr
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && k.trusted(peer); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		peer = hop.Unmap()
	}
	return peer.String()
}

func peerOf(remote string) (netip.Addr, bool) {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		return netip.Addr{}, false
	}
	addr, err := netip.ParseAddr(host)
	return addr.Unmap(), err == nil
}

func (k *Kit) trusted(a netip.Addr) bool {
	return slices.ContainsFunc(k.opts.Proxies, func(p netip.Prefix) bool { return p.Contains(a) })
}

func (k *Kit) secure(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	peer, ok := peerOf(r.RemoteAddr)
	return ok && k.trusted(peer) && r.Header.Get("X-Forwarded-Proto") == "https"
}

// local tells whether a request comes from this machine itself and not through a proxy on it.
func local(r *http.Request) bool {
	peer, ok := peerOf(r.RemoteAddr)
	return ok && peer.IsLoopback() && r.Header.Get("X-Forwarded-For") == "" && r.Header.Get("Forwarded") == ""
}
