package arch

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Complaint is one breach of one rule: where it is, which rule, and what to do about it.
type Complaint struct {
	Path string // slash path from the module's root
	Line int    // from 1; 0 for the file or folder as a whole
	Rule string
	Text string
}

// String prints the complaint the way compilers do: path:line: rule: text.
func (c Complaint) String() string {
	if c.Line == 0 {
		return fmt.Sprintf("%s: %s: %s", c.Path, c.Rule, c.Text)
	}
	return fmt.Sprintf("%s:%d: %s: %s", c.Path, c.Line, c.Rule, c.Text)
}

// Rule is one rule of the house and the function that finds its breaches.
type Rule struct {
	Name  string
	Check func(*Tree) []Complaint
}

// File is one parsed Go file.
type File struct {
	Path      string
	AST       *ast.File
	Lines     int
	Test      bool // name ends in _test.go
	Generated bool // carries the "Code generated … DO NOT EDIT." line
}

// Package is one folder of Go files; Path is the folder's slash path from the module's root.
type Package struct {
	Path  string
	Name  string // of its first file that is not a test, else of its first test without the _test ending
	Files []*File
}

// Tree is the source of a module: its packages, parsed, and the path of every file.
type Tree struct {
	FS       fs.FS
	Module   string // the module path of go.mod
	Packages []*Package
	Paths    []string // every regular file, sorted, built and hidden folders apart
	fset     *token.FileSet
}

// Load reads and parses the module whose root is fsys. It fails on a missing go.mod and on Go files that do not parse.
func Load(fsys fs.FS) (*Tree, error) {
	t := &Tree{FS: fsys, fset: token.NewFileSet()}
	mod, err := fs.ReadFile(fsys, "go.mod")
	if err != nil {
		return nil, fmt.Errorf("read go.mod: %w", err)
	}
	line, _, _ := strings.Cut(string(mod), "\n")
	t.Module = strings.TrimSpace(strings.TrimPrefix(line, "module "))

	folders := map[string]*Package{}
	err = fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if skipped(p, d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() || d.Name() == ".git" { // .git is a file in a linked work tree
			return nil
		}
		t.Paths = append(t.Paths, p)
		if path.Ext(p) != ".go" || inTestdata(p) {
			return nil
		}
		return t.parse(p, folders)
	})
	if err != nil {
		return nil, fmt.Errorf("read the module: %w", err)
	}
	for _, p := range folders {
		t.Packages = append(t.Packages, p)
	}
	slices.SortFunc(t.Packages, func(a, b *Package) int { return cmp.Compare(a.Path, b.Path) })
	slices.Sort(t.Paths)
	return t, nil
}

// skipped tells whether a folder is built, local or not ours: nothing in it is under version control.
func skipped(p, name string) bool {
	switch name {
	case ".git", "node_modules", "build", "giuchuan-data", "giuchuan-demo":
		return true
	}
	return p == "ui/dist"
}

func inTestdata(p string) bool {
	return strings.HasPrefix(p, "testdata/") || strings.Contains(p, "/testdata/")
}

func (t *Tree) parse(p string, folders map[string]*Package) error {
	src, err := fs.ReadFile(t.FS, p)
	if err != nil {
		return err
	}
	syntax, err := parser.ParseFile(t.fset, p, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	file := &File{
		Path:      p,
		AST:       syntax,
		Lines:     strings.Count(string(src), "\n"),
		Test:      strings.HasSuffix(p, "_test.go"),
		Generated: ast.IsGenerated(syntax),
	}
	dir := path.Dir(p)
	pkg := folders[dir]
	if pkg == nil {
		pkg = &Package{Path: dir, Name: strings.TrimSuffix(syntax.Name.Name, "_test")}
		folders[dir] = pkg
	}
	if !file.Test {
		pkg.Name = syntax.Name.Name
	}
	pkg.Files = append(pkg.Files, file)
	return nil
}

// line returns the line of a position.
func (t *Tree) line(pos token.Pos) int { return t.fset.Position(pos).Line }

// at makes a complaint about a place in a file.
func (t *Tree) at(f *File, pos token.Pos, rule, text string) Complaint {
	return Complaint{Path: f.Path, Line: t.line(pos), Rule: rule, Text: text}
}

// code calls visit for every file of the product's own: no tests, nothing generated.
func (t *Tree) code(visit func(*Package, *File)) {
	for _, p := range t.Packages {
		for _, f := range p.Files {
			if !f.Test && !f.Generated {
				visit(p, f)
			}
		}
	}
}

// under tells whether a slash path is folder or lies inside it.
func under(p, folder string) bool { return p == folder || strings.HasPrefix(p, folder+"/") }

// imported returns, for one file, the import path behind each local name of an import.
func imported(f *File) map[string]string {
	names := map[string]string{}
	for _, spec := range f.AST.Imports {
		p := strings.Trim(spec.Path.Value, `"`)
		name := path.Base(p)
		if name == "v2" || name == "v3" {
			name = path.Base(path.Dir(p))
		}
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = p
	}
	return names
}
