// Command uibuild makes ui/dist, the user interface that is embedded in the program, from ui/, from the page.css and
// TypeScript files beside the pages, and from the packages that `npm ci` fetched. Run it at the root of the repository.
//
// It needs Node for Sass, for the face of digits and for the types of TypeScript. The same sources give the same bytes.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

const (
	dist = "ui/dist"
	made = "build/ui" // what is made on the way
	keep = "placeholder.txt"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "uibuild:", err)
		os.Exit(1)
	}
}

func run() error {
	if _, err := os.Stat("node_modules"); err != nil {
		return fmt.Errorf("node_modules is missing; run npm ci first: %w", err)
	}
	if err := os.MkdirAll(made, 0o755); err != nil {
		return err
	}
	if err := prepare(); err != nil {
		return err
	}
	files, err := bundle()
	if err != nil {
		return err
	}
	if err := replace(files); err != nil {
		return err
	}
	return report(files)
}

// prepare does what only Node tools do: check the types of the scripts, make the styles of govuk-frontend and the face of
// digits.
func prepare() error {
	sass := exec.Command("node", "node_modules/sass/sass.js", "--load-path=node_modules", "--style=compressed",
		"--no-source-map", "ui/css/govuk.scss", filepath.Join(made, "govuk.css"))
	digits := exec.Command("node", "ui/font/digits.mjs", made)
	types := exec.Command("node_modules/.bin/tsc", "--project", ".")
	for _, c := range []*exec.Cmd{types, sass, digits} {
		c.Stdout, c.Stderr = os.Stderr, os.Stderr
		if err := c.Run(); err != nil {
			return fmt.Errorf("%s: %w", c, err)
		}
	}
	return nil
}

// replace clears ui/dist but for the placeholder and writes the files with their packed forms and the manifest.
func replace(files []file) error {
	old, err := os.ReadDir(dist)
	if err != nil {
		return err
	}
	for _, e := range old {
		if e.Name() == keep {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dist, e.Name())); err != nil {
			return err
		}
	}
	for _, f := range files {
		for ending, body := range map[string][]byte{"": f.body, ".br": f.brotli, ".gz": f.gzip} {
			if body == nil {
				continue
			}
			if err := os.WriteFile(filepath.Join(dist, f.hashed+ending), body, 0o644); err != nil {
				return err
			}
		}
	}
	return writeManifest(files)
}
