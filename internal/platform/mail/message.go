package mail

import (
	"bytes"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"
	"unicode"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

// Message is a text to one person.
type Message struct {
	Account string // whose address it is; "" = nobody's account
	To      string // "ten@tinh.gov.vn"
	Subject string
	Text    string // lines end with \n
}

// Bounds of a message.
const (
	mostSubject = 160     // characters
	mostText    = 200_000 // bytes
	mostAddress = 254     // RFC 5321
)

var (
	msgAddress = fault.Msg{Key: "mail.address", Text: "địa chỉ thư điện tử không hợp lệ; viết dạng ten@donvi.gov.vn, không dấu"}
	msgText    = fault.Msg{Key: "mail.text", Text: "nội dung thư quá dài"}
)

// Address checks a bare address, as a person types it, and returns it tidied.
// Only what every mail server takes is accepted: ASCII, no comment, no quotes.
func Address(s string) (string, error) {
	s = strings.TrimSpace(s)
	a, err := mail.ParseAddress(s)
	name, host, _ := strings.Cut(s, "@")
	if err != nil || a.Address != s || a.Name != "" || len(s) > mostAddress || len(name) > 64 || !plainHost(host) ||
		strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7F || strings.ContainsRune(`"<>()[],;:\`, r) }) {
		return "", fault.New(fault.Invalid, msgAddress)
	}
	return name + "@" + strings.ToLower(host), nil
}

// plainHost tells whether s can be the domain of an address: names with a dot.
func plainHost(s string) bool {
	labels := strings.Split(s, ".")
	for _, l := range labels {
		if l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' {
			return false
		}
	}
	return len(labels) > 1
}

// oneLine makes a text fit for a header: no control characters, single spaces.
func oneLine(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, vntext.NFC(strings.ToValidUTF8(s, "")))
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		s = strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return s
}

// tidy checks a message and makes it what is stored.
func (m Message) tidy() (Message, error) {
	to, err := Address(m.To)
	if err != nil {
		return m, err
	}
	if len(m.Text) > mostText {
		return m, fault.New(fault.Invalid, msgText)
	}
	m.To, m.Subject = to, oneLine(m.Subject, mostSubject)
	m.Text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, vntext.NFC(strings.ToValidUTF8(m.Text, "")))
	return m, nil
}

// encode writes a message as it goes over the wire: headers in ASCII (RFC 2047),
// the text as quoted-printable UTF-8, so it passes servers that know nothing of
// eight bits.
func (m Message) encode(id string, from mail.Address, at time.Time) ([]byte, error) {
	var b bytes.Buffer
	_, host, _ := strings.Cut(from.Address, "@")
	for _, h := range [][2]string{
		{"Date", at.UTC().Format("Mon, 02 Jan 2006 15:04:05 -0700")},
		{"From", header(from.Name) + " <" + from.Address + ">"},
		{"To", "<" + m.To + ">"},
		{"Message-ID", "<" + id + "@" + host + ">"},
		{"Subject", header(m.Subject)},
		{"Auto-Submitted", "auto-generated"},
		{"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"},
		{"Content-Transfer-Encoding", "quoted-printable"},
	} {
		b.WriteString(h[0] + ": " + h[1] + "\r\n")
	}
	b.WriteString("\r\n")
	w := quotedprintable.NewWriter(&b)
	if _, err := w.Write([]byte(strings.ReplaceAll(m.Text, "\n", "\r\n"))); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// header encodes a text for a header, on lines of its own when it needs several.
func header(s string) string {
	coded := strings.ReplaceAll(mime.BEncoding.Encode("utf-8", oneLine(s, mostSubject)), "?= =?", "?=\r\n =?")
	if strings.Contains(coded, "\r\n") {
		coded = "\r\n " + coded
	}
	return coded
}
