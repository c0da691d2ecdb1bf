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

// need finds a program; where it is missing the test is skipped, and fails when REQUIRE names soffice.
func need(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if slices.Contains(strings.Split(os.Getenv("REQUIRE"), ","), "soffice") {
		t.Fatalf("%s is missing and REQUIRE names soffice; install libreoffice-writer and poppler-utils", name)
	}
	t.Skipf("SKIPPED: %s is not installed; install libreoffice-writer and poppler-utils", name)
	return ""
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
	for name, d := range samples() {
		out, err := exec.CommandContext(ctx, pdftotext, "-layout", filepath.Join(dir, name+".pdf"), "-").Output()
		if err != nil {
			t.Errorf("%s: LibreOffice made no page: %v", name, err)
			continue
		}
		checkPages(t, name, d, string(out))
	}
}
