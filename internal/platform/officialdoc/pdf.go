package officialdoc

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"time"
	"unicode"

	"giuchuan/internal/kernel/fault"
)

// readPDF reads the text of a PDF through pdftotext, which keeps the columns of
// the page.
func readPDF(ctx context.Context, name string, data []byte, o Options) (Document, error) {
	if o.PDFText == "" {
		return Document{}, fault.New(fault.Unsupported, msgNoProgram)
	}
	text, err := runPDF(ctx, data, o)
	switch {
	case errors.Is(err, errSlow):
		return Document{}, fault.New(fault.TooLarge, msgSlow, "name", fault.Clip(name))
	case errors.Is(err, errPassword):
		return Document{}, fault.New(fault.Unsupported, msgEncrypted, "name", fault.Clip(name))
	case errors.Is(err, errLong):
		return Document{}, fault.New(fault.TooLarge, msgTooBig, "limit", sizeText(o.Limits.Text))
	case errors.Is(err, errProgram):
		return Document{}, fault.New(fault.Unavailable, msgNoProgram)
	case err != nil:
		return Document{}, fault.New(fault.Corrupt, msgBroken, "name", fault.Clip(name))
	}
	if !worded(text) {
		return Document{}, fault.New(fault.Unsupported, msgScanned, "name", fault.Clip(name))
	}
	return readText(text, o.Limits)
}

// Why a PDF gives no text.
var (
	errSlow     = errors.New("pdftotext took too long")
	errPassword = errors.New("pdf wants a password")
	errLong     = errors.New("pdf holds too much text")
	errProgram  = errors.New("pdftotext does not run")
)

// runPDF lets pdftotext read the file from a private folder that is removed
// afterwards.
func runPDF(ctx context.Context, data []byte, o Options) (string, error) {
	dir, err := os.MkdirTemp("", "giuchuan-pdf-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir) // a leftover holds nothing once the machine cleans its temporary folder
	file := dir + "/in.pdf"
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, o.Limits.PDFTime)
	defer cancel()
	out, problem := &capped{most: o.Limits.Text}, &capped{most: 4096}
	cmd := exec.CommandContext(ctx, o.PDFText, "-layout", "-enc", "UTF-8", "-eol", "unix", "-l", "2000", file, "-")
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = dir, out, problem, time.Second
	cmd.Env = []string{"LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin"}
	err = cmd.Run()
	var missing *exec.Error
	switch {
	case out.over:
		return "", errLong
	case ctx.Err() != nil:
		return "", errSlow
	case errors.As(err, &missing), errors.Is(err, os.ErrNotExist), errors.Is(err, os.ErrPermission):
		return "", errProgram
	case err != nil && strings.Contains(strings.ToLower(problem.String()), "password"):
		return "", errPassword
	}
	return out.String(), err
}

// worded tells whether text holds more than stray signs.
func worded(text string) bool {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			if n++; n >= 20 {
				return true
			}
		}
	}
	return false
}

// capped keeps the first bytes that a program writes and stops it when it writes
// more. It is no bytes.Buffer itself: that one's ReadFrom would pass Write by.
type capped struct {
	b    bytes.Buffer
	most int64
	over bool
}

func (c *capped) String() string { return c.b.String() }

func (c *capped) Write(p []byte) (int, error) {
	if int64(c.b.Len()+len(p)) > c.most {
		c.over = true
		return 0, errLong
	}
	return c.b.Write(p)
}
