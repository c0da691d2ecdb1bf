package mail

import (
	"bytes"
	"io"
	"mime"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

// TestNoHeaderIsInjected: whatever a subject or a text holds, the message has the
// headers that were meant, and subject and text come back as they were.
func TestNoHeaderIsInjected(t *testing.T) {
	from := netmail.Address{Name: "Giữ Chuẩn", Address: "giuchuan@tinh.example"}
	rapid.Check(t, func(t *rapid.T) {
		odd := rapid.SampledFrom([]string{"\r\nBcc: x@y.zz\r\n", "\n.\n", "\x00", "=?utf-8?b?QQ==?=", "\u2028", "Đôn đốc ", "thời hạn 30/9", "\r", "=0D=0A", "  "})
		subject := strings.Join(rapid.SliceOf(rapid.OneOf(odd, rapid.String())).Draw(t, "subject"), "")
		text := strings.Join(rapid.SliceOf(rapid.OneOf(odd, rapid.String())).Draw(t, "text"), "")
		m, err := Message{To: "a@b.vn", Subject: subject, Text: text}.tidy()
		if err != nil {
			t.Fatal(err)
		}
		data, err := m.encode("id1", from, time.Unix(0, 0))
		if err != nil {
			t.Fatal(err)
		}
		got, err := netmail.ReadMessage(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		if len(got.Header) != 9 {
			t.Fatalf("%d headers\n%s", len(got.Header), data)
		}
		back, err := (&mime.WordDecoder{}).DecodeHeader(got.Header.Get("Subject"))
		if err != nil || (back != m.Subject && !strings.Contains(m.Subject, "=?")) {
			t.Fatalf("subject %q came back as %q (%v)", m.Subject, back, err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(got.Body))
		if err != nil || strings.ReplaceAll(string(body), "\r\n", "\n") != m.Text {
			t.Fatalf("text %q came back as %q (%v)", m.Text, body, err)
		}
	})
}

// TestAddress: what people type, and what they should not.
func TestAddress(t *testing.T) {
	for in, want := range map[string]string{
		" van.phong@TuyenQuang.gov.vn ":          "van.phong@tuyenquang.gov.vn",
		"a+b@c.vn":                               "a+b@c.vn",
		"":                                       "",
		"a":                                      "",
		"a@b":                                    "",
		"a@b..vn":                                "",
		"a@-b.vn":                                "",
		"Tên <a@b.vn>":                           "",
		"a@b.vn, c@d.vn":                         "",
		"a@b.vn\r\nBcc: c@d.vn":                  "",
		"đ@b.vn":                                 "",
		`"a b"@c.vn`:                             "",
		"a@[127.0.0.1]":                          "",
		strings.Repeat("a", 65) + "@b.vn":        "",
		"a@" + strings.Repeat("b.", 130) + "vn":  "",
		"a@" + strings.Repeat("x", 64) + ".vn":   "",
		"<script>@b.vn":                          "",
		"a@b.vn>":                                "",
		strings.ToUpper("ten@donvi.gov.vn"):      "TEN@donvi.gov.vn",
		"a@b.vn;rm":                              "",
		vntext.NFC("nguyễn@b.vn"):                "",
		"postmaster@xn--tnhtuynquang-6kb.gov.vn": "postmaster@xn--tnhtuynquang-6kb.gov.vn",
	} {
		got, err := Address(in)
		if got != want || (want == "") != (fault.CodeOf(err) == fault.Invalid) {
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
	}
}

// TestDomains: mail stays within the domains of the configuration.
func TestDomains(t *testing.T) {
	s := Server{Domains: []string{"tuyenquang.gov.vn", " @EXAMPLE.vn"}}
	for to, ok := range map[string]bool{
		"a@tuyenquang.gov.vn": true, "a@so.tuyenquang.gov.vn": true, "a@example.vn": true,
		"a@nottuyenquang.gov.vn": false, "a@gmail.com": false,
	} {
		if err := s.Takes(to); (err == nil) != ok {
			t.Errorf("%s: %v", to, err)
		}
	}
	if err := (Server{}).Takes("a@b.c"); err != nil {
		t.Error(err)
	}
}

// FuzzAddress: no address that is taken holds what could end a line or a command.
func FuzzAddress(f *testing.F) {
	f.Add("a@b.vn")
	f.Add("a@b.vn\r\nRCPT TO:<x@y.z>")
	f.Fuzz(func(t *testing.T, s string) {
		got, err := Address(s)
		if err == nil && strings.ContainsAny(got, "\r\n<> ,;\x00") {
			t.Errorf("%q", got)
		}
	})
}
