package draft_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/platform/officialdoc/draft"
)

// keep is for looking: go test -run LibreOffice -keep FOLDER leaves the files there.
var keep = flag.String("keep", "", "folder to leave the converted documents in")

// lack skips the test for want of a program, and fails it when REQUIRE names soffice.
func lack(t *testing.T, what string) {
	t.Helper()
	if slices.Contains(strings.Split(os.Getenv("REQUIRE"), ","), "soffice") {
		t.Fatalf("%s is missing and REQUIRE names soffice; install libreoffice-writer and poppler-utils", what)
	}
	t.Skipf("SKIPPED: %s is not installed; install libreoffice-writer and poppler-utils", what)
}

// need finds a program.
func need(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		lack(t, name)
	}
	return path
}

// TestLibreOfficeOpens converts every sample and reads the pages again.
func TestLibreOfficeOpens(t *testing.T) {
	soffice, pdftotext := need(t, "soffice"), need(t, "pdftotext")
	dir := t.TempDir()
	if *keep != "" {
		dir = *keep
	}
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	defer cancel()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(t.TempDir(), "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir}
	control := filepath.Join(dir, "control.txt") // shows that the word processor itself is there
	if err := os.WriteFile(control, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	args = append(args, control)
	for name, d := range samples() {
		var b bytes.Buffer
		if err := draft.WriteDOCX(&b, d); err != nil {
			t.Fatal(name, err)
		}
		file := filepath.Join(dir, name+".docx")
		if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	if out, err := exec.CommandContext(ctx, soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	if _, err := os.Stat(filepath.Join(dir, "control.pdf")); err != nil {
		lack(t, "LibreOffice Writer")
	}
	for name, d := range samples() {
		out, err := exec.CommandContext(ctx, pdftotext, "-layout", filepath.Join(dir, name+".pdf"), "-").Output()
		if err != nil {
			t.Errorf("%s: LibreOffice made no page: %v", name, err)
			continue
		}
		checkPages(t, name, d, string(out))
	}
}
