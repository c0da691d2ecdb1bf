package web_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Pages are written in *.templ and committed with the Go made from them, so that the program builds with Go alone. This
// makes them again and compares.
func TestGeneratedPagesAreUpToDate(t *testing.T) {
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	fresh := t.TempDir()
	sources, made := 0, map[string]bool{}
	err = filepath.WalkDir(filepath.Join(root, "internal"), func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return os.MkdirAll(filepath.Join(fresh, rel), 0o755)
		case strings.HasSuffix(p, "_templ.go"):
			made[rel] = true
		case strings.HasSuffix(p, ".templ"):
			sources++
			src, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(fresh, rel), src, 0o644)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	gen := exec.Command("go", "tool", "templ", "generate", "-path", fresh)
	gen.Dir = root
	if out, err := gen.CombinedOutput(); err != nil {
		t.Fatalf("templ generate: %v\n%s", err, out)
	}
	for rel := range made {
		want, err := os.ReadFile(filepath.Join(fresh, rel))
		if err != nil {
			t.Errorf("%s has no .templ beside it; remove it", rel)
			continue
		}
		got, err := os.ReadFile(filepath.Join(root, rel))
		if err != nil {
			t.Fatal(err)
		}
		if place(string(want)) != place(string(got)) {
			t.Errorf("%s is not what its .templ says; run: go tool templ generate -path %s", rel, filepath.Dir(rel))
		}
	}
	if sources == 0 || sources != len(made) {
		t.Errorf("%d .templ files, %d _templ.go files", sources, len(made))
	}
}

// place takes out the paths in generated code, which depend on where the tool was run.
func place(code string) string {
	return regexp.MustCompile("FileName: `[^`]*`").ReplaceAllString(code, "FileName: ``")
}
