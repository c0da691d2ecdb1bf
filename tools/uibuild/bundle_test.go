package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

func TestNamesAreTakenOffTheHash(t *testing.T) {
	for path, want := range map[string]string{
		"/x/ui/dist/stdin-AB12CD34.css":                             "app.css",
		"/x/ui/dist/app-AB12CD34.js":                                "app.js",
		"/x/ui/dist/be-vietnam-pro-latin-400-normal-AB12CD34.woff2": "be-vietnam-pro-latin-400.woff2",
		"/x/ui/dist/gc-so-600-AB12CD34.woff2":                       "gc-so-600.woff2",
		"/x/internal/register/place/placeweb/map-zoom-AB12CD34.js":  "map-zoom.js",
	} {
		f := named(api.OutputFile{Path: path})
		if f.name != want || !strings.Contains(f.hashed, "AB12CD34") {
			t.Errorf("%s: %+v, want %s", path, f, want)
		}
	}
}

func TestPagesComeAfterTheProduct(t *testing.T) {
	got := styleSheet([]string{"internal/view/overview/overviewweb/page.css"})
	want := "@import \"./app.css\";\n@import \"../../internal/view/overview/overviewweb/page.css\" layer(data);\n"
	if got != want {
		t.Errorf("%q", got)
	}
}

func TestPackedFormsUnpackToTheSame(t *testing.T) {
	f := file{name: "a.css", body: bytes.Repeat([]byte("a{color:red}"), 100)}
	if err := f.pack(); err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(f.gzip))
	if err != nil {
		t.Fatal(err)
	}
	if back, err := io.ReadAll(r); err != nil || !bytes.Equal(back, f.body) || len(f.brotli) == 0 || f.wire() != len(f.gzip) {
		t.Errorf("%v", err)
	}
	font := file{name: "a.woff2", body: []byte("x")}
	if err := font.pack(); err != nil || font.gzip != nil || font.brotli != nil {
		t.Error("a font is packed again")
	}
}
