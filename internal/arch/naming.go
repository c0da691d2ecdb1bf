package arch

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strings"
)

// PackageComments complains about packages without exactly one package comment.
func PackageComments(t *Tree) []Complaint {
	const rule = "package comment"
	var out []Complaint
	for _, p := range t.Packages {
		var with []*File
		code := false
		for _, f := range p.Files {
			code = code || !f.Test
			if f.AST.Doc != nil && !f.Test && !f.Generated {
				with = append(with, f)
			}
		}
		switch {
		case !code:
		case len(with) == 0:
			out = append(out, Complaint{Path: p.Path, Rule: rule, Text: "no file has one; say in doc.go what the package is for: // Package " + p.Name + " …"})
		case len(with) > 1:
			for _, f := range with[1:] {
				out = append(out, t.at(f, f.AST.Package, rule, fmt.Sprintf("the package has another one in %s; keep one", path.Base(with[0].Path))))
			}
		case p.Name != "main" && !strings.HasPrefix(with[0].AST.Doc.Text(), "Package "+p.Name+" "):
			out = append(out, t.at(with[0], with[0].AST.Package, rule, fmt.Sprintf("begin it with // Package %s …", p.Name)))
		}
	}
	return out
}

// Names complains about packages and files named after nothing in particular.
func Names(t *Tree) []Complaint {
	const rule = "name"
	packages := []string{"util", "utils", "common", "helper", "helpers", "model", "models", "types", "misc"}
	files := []string{"types", "util", "utils", "handler", "handlers", "helper", "helpers", "common", "model", "models", "misc"}
	var out []Complaint
	for _, p := range t.Packages {
		if slices.Contains(packages, p.Name) || slices.Contains(packages, path.Base(p.Path)) {
			out = append(out, Complaint{Path: p.Path, Rule: rule, Text: "a package called " + p.Name + " says nothing; name it after the noun inside"})
		}
		for _, f := range p.Files {
			base := strings.TrimSuffix(strings.TrimSuffix(path.Base(f.Path), ".go"), "_test")
			if slices.Contains(files, base) {
				out = append(out, Complaint{Path: f.Path, Rule: rule, Text: "a file called " + base + ".go says nothing; name it after the noun inside"})
			}
		}
	}
	return out
}

// Documentation complains about exported names without a comment.
func Documentation(t *Tree) []Complaint {
	const rule = "documentation"
	var out []Complaint
	t.code(func(_ *Package, f *File) {
		for _, d := range f.AST.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Doc == nil && d.Name.IsExported() && exportedReceiver(d) {
					out = append(out, t.at(f, d.Name.Pos(), rule, fmt.Sprintf("exported %s has no comment; say what it gives, in which unit, and its errors", d.Name.Name)))
				}
			case *ast.GenDecl:
				for _, name := range undocumented(d) {
					out = append(out, t.at(f, name.Pos(), rule, fmt.Sprintf("exported %s has no comment; say what it is", name.Name)))
				}
			}
		}
	})
	return out
}

// exportedReceiver tells whether a function is reachable from outside: no method, or a method of an exported type.
func exportedReceiver(d *ast.FuncDecl) bool {
	return d.Recv == nil || ast.IsExported(typeName(d.Recv.List[0].Type))
}

// undocumented returns the exported names of a declaration that neither its group nor their own line explains.
func undocumented(d *ast.GenDecl) []*ast.Ident {
	var out []*ast.Ident
	for _, s := range d.Specs {
		switch s := s.(type) {
		case *ast.TypeSpec:
			if d.Doc == nil && s.Doc == nil && s.Comment == nil && s.Name.IsExported() {
				out = append(out, s.Name)
			}
		case *ast.ValueSpec:
			if d.Doc != nil || s.Doc != nil || s.Comment != nil {
				continue
			}
			for _, n := range s.Names {
				if n.IsExported() {
					out = append(out, n)
				}
			}
		}
	}
	return out
}

// Init complains about init functions: nothing in the product is wired by being imported.
func Init(t *Tree) []Complaint {
	var out []Complaint
	t.code(func(_ *Package, f *File) {
		for _, d := range f.AST.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				out = append(out, t.at(f, fn.Pos(), "init", "no init functions; let the constructor do it"))
			}
		}
	})
	return out
}
