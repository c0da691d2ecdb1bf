package mail

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/blob"
)

// Server is where mail is handed over.
type Server struct {
	URL      string      // smtps://host:465 (TLS from the start) or smtp://host:587 (STARTTLS); "" = no mail
	User     string      // "" = no login
	Password blob.Secret // never written anywhere
	From     string      // "Giữ Chuẩn <giuchuan@tinh.gov.vn>"
	Domains  []string    // mail goes to these only; none = to any
	Roots    *x509.CertPool
	Timeout  time.Duration // of every step; 0 = 30 s
}

// Enabled tells whether mail is sent at all.
func (s Server) Enabled() bool { return s.URL != "" }

var (
	msgServer = fault.Msg{Key: "mail.server", Text: "máy chủ thư phải viết dạng smtps://MÁY:465 hoặc smtp://MÁY:587"}
	msgFrom   = fault.Msg{Key: "mail.from", Text: "địa chỉ gửi thư không hợp lệ; viết dạng: Giữ Chuẩn <giuchuan@tinh.gov.vn>"}
	msgSecret = fault.Msg{Key: "mail.secret", Text: "không ghi mật khẩu vào địa chỉ máy chủ thư; đặt ở biến môi trường GIUCHUAN_SMTP_PASSWORD"}
	msgDomain = fault.Msg{Key: "mail.domain", Text: "chỉ gửi thư đến địa chỉ của: {domains}"}
)

// target is a server's configuration, checked.
type target struct {
	host, port string
	implicit   bool // TLS from the start
	local      bool // on this machine: TLS is not insisted on
	from       mail.Address
}

// Check tells what is wrong with the configuration, nil when it can be used.
func (s Server) Check() error {
	if !s.Enabled() {
		return nil
	}
	_, err := s.target()
	return err
}

func (s Server) target() (t target, err error) {
	u, err := url.Parse(s.URL)
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") || (u.Path != "" && u.Path != "/") || u.RawQuery != "" {
		return t, fault.New(fault.Invalid, msgServer)
	}
	if u.User != nil {
		return t, fault.New(fault.Invalid, msgSecret)
	}
	t.host, t.port, t.implicit = u.Hostname(), u.Port(), u.Scheme == "smtps"
	if t.port == "" && t.implicit {
		t.port = "465"
	}
	if t.port == "" {
		t.port = "587"
	}
	ip := net.ParseIP(t.host)
	t.local = t.host == "localhost" || (ip != nil && ip.IsLoopback())
	from, err := mail.ParseAddress(s.From)
	if err != nil {
		return t, fault.New(fault.Invalid, msgFrom)
	}
	t.from = *from
	if t.from.Address, err = Address(from.Address); err != nil {
		return t, fault.New(fault.Invalid, msgFrom)
	}
	if t.from.Name == "" {
		t.from.Name = "Giữ Chuẩn"
	}
	return t, nil
}

// Takes refuses an address that mail is not to go to.
func (s Server) Takes(address string) error {
	_, host, _ := strings.Cut(address, "@")
	for _, d := range s.Domains {
		d = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(d), "@"))
		if host == d || strings.HasSuffix(host, "."+d) {
			return nil
		}
	}
	if len(s.Domains) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, msgDomain, "domains", strings.Join(s.Domains, ", "))
}

func (s Server) tls(host string) *tls.Config {
	return &tls.Config{ServerName: host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}
}
