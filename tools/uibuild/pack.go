package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/andybalholm/brotli"
)

// What a person downloads at the first visit of a page, in bytes over the wire.
const (
	allowed = 120_000
	reserve = 12_000 // for the page itself, packed
)

// pack makes the packed forms of a file that gains by them.
func (f *file) pack() error {
	if strings.HasSuffix(f.name, ".woff2") {
		return nil
	}
	var br, gz bytes.Buffer
	zip, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return err
	}
	for _, w := range []io.WriteCloser{brotli.NewWriterLevel(&br, brotli.BestCompression), zip} {
		if _, err := w.Write(f.body); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
	}
	if gz.Len() < len(f.body) {
		f.gzip = gz.Bytes()
	}
	if br.Len() < len(f.body) {
		f.brotli = br.Bytes()
	}
	return nil
}

// wire is what a browser that takes gzip alone downloads: plain HTTP, as in `make run`, has no brotli.
func (f *file) wire() int {
	if f.gzip != nil {
		return len(f.gzip)
	}
	return len(f.body)
}

func writeManifest(files []file) error {
	names := map[string]string{}
	for _, f := range files {
		names[f.name] = f.hashed
	}
	body, err := json.MarshalIndent(names, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dist, "manifest.json"), append(body, '\n'), 0o644)
}

// report prints every file's size and fails when a first visit costs too much.
func report(files []file) error {
	fmt.Printf("%-40s %9s %9s %9s\n", "file", "bytes", "gzip", "brotli")
	first := reserve
	for _, f := range files {
		fmt.Printf("%-40s %9d %9s %9s\n", f.name, len(f.body), size(f.gzip), size(f.brotli))
		if atFirst(f.name) {
			first += f.wire()
		}
	}
	fmt.Printf("first visit: %d bytes with gzip, of which %d for the page itself; %d allowed\n", first, reserve, allowed)
	if first > allowed {
		return fmt.Errorf("a first visit costs %d bytes, more than %d", first, allowed)
	}
	return nil
}

// atFirst tells whether every page loads the file: the styles, the common script, the fonts, the icon; and htmx, so that
// the heaviest kind of page is measured. The face of official documents loads where one is previewed.
func atFirst(name string) bool {
	switch name {
	case "app.css", "app.js", "htmx.js", "icon.svg":
		return true
	}
	return strings.HasSuffix(name, ".woff2") && !strings.HasPrefix(name, "tinos-")
}

func size(b []byte) string {
	if b == nil {
		return "-"
	}
	return fmt.Sprint(len(b))
}
