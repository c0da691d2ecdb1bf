// Package mailtest is a mail server of this machine that keeps what it is given,
// for tests.
package mailtest

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"io"
	"math/big"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"
)

// Letter is what the server was given.
type Letter struct {
	From, To string // of the envelope
	Raw      string
	Header   mail.Header
	Subject  string // decoded
	Text     string // decoded
}

// Catcher is the server. Set its fields before it is used.
type Catcher struct {
	Implicit bool                     // TLS from the start
	NoTLS    bool                     // STARTTLS is not offered
	User     string                   // with Password: a login is asked for
	Password string                   //
	Login    bool                     // only AUTH LOGIN
	Answer   func(rcpt string) string // to RCPT; "" = 250
	Drop     func(n int) bool         // hang up instead of answering the n-th message (from 1), which is kept

	Roots *x509.CertPool // whom clients are to trust

	mu       sync.Mutex
	letters  []Letter
	cert     tls.Certificate
	listener net.Listener
	talks    int
}

// Start listens on the machine's own address until the test ends.
func (c *Catcher) Start(t testing.TB) *Catcher {
	t.Helper()
	c.certify(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c.listener = l
	var running sync.WaitGroup
	running.Add(1)
	go func() {
		defer running.Done()
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			running.Add(1)
			go func() {
				defer running.Done()
				c.serve(conn)
				_ = conn.Close() // the test has what it wants
			}()
		}
	}()
	t.Cleanup(func() {
		_ = l.Close() // ends Accept
		running.Wait()
	})
	return c
}

// URL is where to send, as a configuration has it.
func (c *Catcher) URL() string {
	if c.Implicit {
		return "smtps://" + c.listener.Addr().String()
	}
	return "smtp://" + c.listener.Addr().String()
}

// Letters are those that were taken, in order.
func (c *Catcher) Letters() []Letter {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Letter(nil), c.letters...)
}

// Talks is how many conversations there were.
func (c *Catcher) Talks() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.talks
}

func (c *Catcher) certify(t testing.TB) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "127.0.0.1"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	c.cert = tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	c.Roots = x509.NewCertPool()
	c.Roots.AddCert(leaf)
}

// talk is one conversation.
type talk struct {
	c        *Catcher
	conn     net.Conn
	in       *bufio.Reader
	secure   bool
	known    bool
	from, to string
}

func (c *Catcher) serve(conn net.Conn) {
	c.mu.Lock()
	c.talks++
	c.mu.Unlock()
	t := &talk{c: c, conn: conn}
	if c.Implicit {
		t.conn, t.secure = tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{c.cert}}), true
	}
	t.in = bufio.NewReader(t.conn)
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second)) // a test does not hang
	if !t.say("220 catcher") {
		return
	}
	for {
		line, err := t.in.ReadString('\n')
		if err != nil || !t.answer(strings.TrimRight(line, "\r\n")) {
			return
		}
	}
}

func (t *talk) say(lines ...string) bool {
	_, err := io.WriteString(t.conn, strings.Join(lines, "\r\n")+"\r\n")
	return err == nil
}

// answer answers one command; false ends the conversation.
func (t *talk) answer(line string) bool {
	verb, rest, _ := strings.Cut(line, " ")
	switch strings.ToUpper(verb) {
	case "EHLO", "HELO":
		return t.hello()
	case "STARTTLS":
		if !t.say("220 go ahead") {
			return false
		}
		t.conn, t.secure = tls.Server(t.conn, &tls.Config{Certificates: []tls.Certificate{t.c.cert}}), true
		t.in = bufio.NewReader(t.conn)
		return true
	case "AUTH":
		return t.login(rest)
	case "MAIL":
		if t.c.User != "" && !t.known {
			return t.say("530 log in first")
		}
		t.from = between(rest)
		return t.say("250 ok")
	case "RCPT":
		t.to = between(rest)
		if t.c.Answer != nil {
			if a := t.c.Answer(t.to); a != "" {
				return t.say(a)
			}
		}
		return t.say("250 ok")
	case "DATA":
		return t.data()
	case "RSET", "NOOP":
		return t.say("250 ok")
	case "QUIT":
		t.say("221 bye")
		return false
	}
	return t.say("502 unknown")
}

func (t *talk) hello() bool {
	lines := []string{"250-catcher"}
	if !t.secure && !t.c.NoTLS {
		lines = append(lines, "250-STARTTLS")
	}
	if t.c.User != "" && (t.secure || t.c.NoTLS) {
		ways := "250-AUTH PLAIN LOGIN"
		if t.c.Login {
			ways = "250-AUTH LOGIN"
		}
		lines = append(lines, ways)
	}
	return t.say(append(lines, "250 SIZE 10000000")...)
}

func (t *talk) login(rest string) bool {
	way, first, _ := strings.Cut(rest, " ")
	var user, password string
	if way == "PLAIN" {
		parts := strings.Split(decode(first), "\x00")
		if len(parts) == 3 {
			user, password = parts[1], parts[2]
		}
	} else {
		user, password = t.ask("Username:"), t.ask("Password:")
	}
	if user != t.c.User || password != t.c.Password {
		return t.say("535 5.7.8 wrong: " + first + " " + password) // a server that says too much
	}
	t.known = true
	return t.say("235 welcome")
}

func (t *talk) ask(what string) string {
	if !t.say("334 " + base64.StdEncoding.EncodeToString([]byte(what))) {
		return ""
	}
	line, _ := t.in.ReadString('\n')
	return decode(strings.TrimSpace(line))
}

func decode(s string) string {
	b, _ := base64.StdEncoding.DecodeString(s) // what is not base64 is a wrong answer
	return string(b)
}

func (t *talk) data() bool {
	if !t.say("354 go") {
		return false
	}
	var b strings.Builder
	for {
		line, err := t.in.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
	n := t.c.keep(t.from, t.to, b.String())
	if t.c.Drop != nil && t.c.Drop(n) {
		return false
	}
	return t.say("250 kept")
}

func (c *Catcher) keep(from, to, raw string) int {
	l := Letter{From: from, To: to, Raw: raw}
	if m, err := mail.ReadMessage(strings.NewReader(raw)); err == nil {
		l.Header = m.Header
		l.Subject, _ = (&mime.WordDecoder{}).DecodeHeader(m.Header.Get("Subject"))
		text, _ := io.ReadAll(quotedprintable.NewReader(m.Body)) // a bad body is seen in Raw
		l.Text = strings.ReplaceAll(string(text), "\r\n", "\n")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.letters = append(c.letters, l)
	return len(c.letters)
}

// between is what stands in <>.
func between(s string) string {
	_, s, _ = strings.Cut(s, "<")
	s, _, _ = strings.Cut(s, ">")
	return s
}
