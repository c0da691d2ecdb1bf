package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/smtp"
	"net/textproto"
	"slices"
	"strings"
	"time"
)

// session is one conversation with the server.
type session struct {
	client  *smtp.Client
	conn    net.Conn
	target  target
	timeout time.Duration
}

// dial begins a conversation: over TLS, or on this machine perhaps without.
func (s Server) dial(ctx context.Context) (*session, error) {
	t, err := s.target()
	if err != nil {
		return nil, err
	}
	out := &session{target: t, timeout: s.Timeout}
	if out.timeout == 0 {
		out.timeout = 30 * time.Second
	}
	d := net.Dialer{Timeout: out.timeout}
	if out.conn, err = d.DialContext(ctx, "tcp", net.JoinHostPort(t.host, t.port)); err != nil {
		return nil, fmt.Errorf("mail: reach the server: %w", err)
	}
	if err = s.greet(out); err != nil {
		return nil, errors.Join(err, ignoreClosed(out.conn.Close()))
	}
	return out, nil
}

// greet secures the conversation and logs in.
func (s Server) greet(out *session) (err error) {
	t := out.target
	if err = out.deadline(); err != nil {
		return err
	}
	if t.implicit {
		out.conn = tls.Client(out.conn, s.tls(t.host))
	}
	if out.client, err = smtp.NewClient(out.conn, t.host); err != nil {
		return fmt.Errorf("mail: greet the server: %w", err)
	}
	_, domain, _ := strings.Cut(t.from.Address, "@")
	if err = out.client.Hello(domain); err != nil {
		return fmt.Errorf("mail: greet the server: %w", err)
	}
	if offered, _ := out.client.Extension("STARTTLS"); !t.implicit && (offered || !t.local) {
		if !offered {
			return errors.New("mail: the server offers no STARTTLS, so nothing is sent to it")
		}
		if err = out.client.StartTLS(s.tls(t.host)); err != nil {
			return fmt.Errorf("mail: begin TLS: %w", err)
		}
	}
	if s.User == "" {
		return nil
	}
	if err = out.client.Auth(s.auth(out.client)); err != nil {
		return fmt.Errorf("mail: log in: %w", err)
	}
	return nil
}

// auth is PLAIN, or LOGIN where the server knows nothing else.
func (s Server) auth(c *smtp.Client) smtp.Auth {
	_, offered := c.Extension("AUTH")
	ways := strings.Fields(strings.ToUpper(offered))
	if slices.Contains(ways, "LOGIN") && !slices.Contains(ways, "PLAIN") {
		return loginAuth{s}
	}
	t, _ := s.target() // dial has checked it
	return smtp.PlainAuth("", s.User, string(s.Password), t.host)
}

// loginAuth is the LOGIN way, which some servers know alone.
type loginAuth struct{ server Server }

// Start refuses to say a password in the clear.
func (a loginAuth) Start(info *smtp.ServerInfo) (string, []byte, error) {
	if t, _ := a.server.target(); !info.TLS && !t.local {
		return "", nil, errors.New("mail: no password without TLS")
	}
	return "LOGIN", nil, nil
}

// Next answers the two questions.
func (a loginAuth) Next(question []byte, more bool) ([]byte, error) {
	switch {
	case !more:
		return nil, nil
	case strings.HasPrefix(strings.ToLower(string(question)), "user"):
		return []byte(a.server.User), nil
	case strings.HasPrefix(strings.ToLower(string(question)), "pass"):
		return []byte(a.server.Password), nil
	}
	return nil, errors.New("mail: the server asks something else than user and password")
}

func (c *session) deadline() error { return c.conn.SetDeadline(time.Now().Add(c.timeout)) }

// errRefused marks what the server will not take however often it is asked.
var errRefused = errors.New("mail: refused for good")

// send hands one message over. After an error that is not of the message the
// conversation is of no use any more.
func (c *session) send(to string, data []byte) error {
	if err := c.deadline(); err != nil {
		return err
	}
	if err := c.client.Mail(c.target.from.Address); err != nil {
		return fmt.Errorf("mail: name the sender: %w", err)
	}
	if err := c.client.Rcpt(to); err != nil {
		return permanent("name the recipient", err)
	}
	w, err := c.client.Data()
	if err != nil {
		return permanent("begin the message", err)
	}
	if _, err = w.Write(data); err != nil {
		return fmt.Errorf("mail: write the message: %w", err)
	}
	if err = w.Close(); err != nil {
		return permanent("end the message", err)
	}
	return nil
}

// permanent marks a 5xx answer about a message.
func permanent(what string, err error) error {
	var answer *textproto.Error
	if errors.As(err, &answer) && answer.Code >= 500 {
		return fmt.Errorf("mail: %s: %w: %w", what, errRefused, err)
	}
	return fmt.Errorf("mail: %s: %w", what, err)
}

// reset makes a conversation ready for the next message after a refusal.
func (c *session) reset() error { return c.client.Reset() }

// end says goodbye; nothing depends on the answer.
func (c *session) end() {
	if c.deadline() == nil && c.client.Quit() == nil {
		return
	}
	_ = ignoreClosed(c.conn.Close()) // the server has gone already
}

func ignoreClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}
