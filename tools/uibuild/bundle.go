package main

import (
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// file is one file of the built user interface.
type file struct {
	name   string // as pages ask for it: "app.css"
	hashed string // as it is served: "app-3FJ2K7QA.css"
	body   []byte
	brotli []byte // nil where packing gains nothing
	gzip   []byte
}

// bundle builds every style, script and font.
func bundle() ([]file, error) {
	styles, scripts, err := beside()
	if err != nil {
		return nil, err
	}
	dir, err := filepath.Abs("ui/css")
	if err != nil {
		return nil, err
	}
	css := api.Build(options(api.BuildOptions{
		Stdin: &api.StdinOptions{Contents: styleSheet(styles), ResolveDir: dir, Sourcefile: "all.css", Loader: api.LoaderCSS},
	}))
	js := api.Build(options(api.BuildOptions{EntryPoints: scripts, Format: api.FormatESModule}))
	var files []file
	for _, r := range []api.BuildResult{css, js} {
		if len(r.Errors) > 0 {
			return nil, errors.New("esbuild found errors")
		}
		for _, out := range r.OutputFiles {
			files = append(files, named(out))
		}
	}
	icon, err := os.ReadFile("ui/icon.svg")
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(icon)
	hashed := "icon-" + base32.StdEncoding.EncodeToString(sum[:5]) + ".svg"
	files = append(files, file{name: "icon.svg", hashed: hashed, body: icon})
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	for i := range files {
		if i > 0 && files[i].name == files[i-1].name {
			return nil, fmt.Errorf("two files are called %s; give one another name", files[i].name)
		}
		if err := files[i].pack(); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func options(o api.BuildOptions) api.BuildOptions {
	o.Bundle, o.LogLevel = true, api.LogLevelWarning
	o.MinifyWhitespace, o.MinifySyntax, o.MinifyIdentifiers = true, true, true
	o.Target = api.ES2022
	o.Engines = []api.Engine{{Name: api.EngineChrome, Version: "109"}, {Name: api.EngineFirefox, Version: "115"}, {Name: api.EngineSafari, Version: "16"}}
	o.Loader = map[string]api.Loader{".woff2": api.LoaderFile}
	o.EntryNames, o.AssetNames = "[name]-[hash]", "[name]-[hash]"
	o.Outdir = dist
	o.LegalComments = api.LegalCommentsNone
	return o
}

// beside lists the styles and scripts that lie beside the pages, and the islands of ui, in a fixed order.
func beside() (styles, scripts []string, err error) {
	scripts, err = filepath.Glob("ui/island/*.ts")
	if err != nil {
		return nil, nil, err
	}
	err = filepath.WalkDir("internal", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "testdata" {
			return fs.SkipDir
		}
		switch {
		case d.IsDir() || strings.HasSuffix(p, ".d.ts") || strings.HasSuffix(p, "_test.ts"):
		case filepath.Ext(p) == ".css":
			styles = append(styles, p)
		case filepath.Ext(p) == ".ts":
			scripts = append(scripts, p)
		}
		return nil
	})
	return styles, scripts, err
}

// styleSheet is ui/css/app.css followed by the styles of the pages, in layer data.
func styleSheet(pages []string) string {
	var b strings.Builder
	b.WriteString("@import \"./app.css\";\n")
	for _, p := range pages {
		fmt.Fprintf(&b, "@import \"../../%s\" layer(data);\n", filepath.ToSlash(p))
	}
	return b.String()
}

// named gives an output its plain name: the hash and what fontsource appends are taken off.
func named(out api.OutputFile) file {
	hashed := filepath.Base(out.Path)
	if stem, ok := strings.CutPrefix(hashed, "stdin-"); ok {
		hashed = "app-" + stem
	}
	ending := filepath.Ext(hashed)
	stem := strings.TrimSuffix(hashed, ending)
	stem = stem[:strings.LastIndexByte(stem, '-')]
	return file{name: strings.TrimSuffix(stem, "-normal") + ending, hashed: hashed, body: out.Contents}
}
