package arch

import (
	"fmt"
	"go/ast"
)

const (
	maxFileLines     = 400
	maxFunctionLines = 60
	maxParameters    = 4
)

// Size complains about files and functions that are too long and about functions that take too much. Generated files
// are exempt; of tests only the file's length counts.
func Size(t *Tree) []Complaint {
	const rule = "size"
	var out []Complaint
	for _, p := range t.Packages {
		for _, f := range p.Files {
			if f.Generated {
				continue
			}
			if f.Lines > maxFileLines {
				out = append(out, t.at(f, f.AST.FileEnd-1, rule, fmt.Sprintf("the file has %d lines, more than %d; give each subject a file", f.Lines, maxFileLines)))
			}
			if f.Test {
				continue
			}
			for _, d := range f.AST.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok {
					continue
				}
				if n := t.lines(fn); n > maxFunctionLines {
					out = append(out, t.at(f, fn.Name.Pos(), rule, fmt.Sprintf("%s has %d lines, more than %d; name its parts", fn.Name.Name, n, maxFunctionLines)))
				}
				if n := parameters(fn.Type); n > maxParameters {
					out = append(out, t.at(f, fn.Name.Pos(), rule, fmt.Sprintf("%s takes %d parameters besides ctx and tx, more than %d; gather them in a struct", fn.Name.Name, n, maxParameters)))
				}
			}
		}
	}
	return out
}

// lines counts a function from its func keyword to its closing brace; its comment is free.
func (t *Tree) lines(fn *ast.FuncDecl) int { return t.line(fn.End()) - t.line(fn.Pos()) + 1 }

// parameters counts a function's parameters, contexts and transactions apart.
func parameters(fn *ast.FuncType) int {
	n := 0
	for _, field := range fn.Params.List {
		name := typeName(field.Type)
		if name == "Context" || name == "Tx" {
			continue
		}
		n += max(1, len(field.Names))
	}
	return n
}

// typeName returns the last name of a type expression: Tx for *db.Tx.
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.IndexExpr:
		return typeName(e.X)
	}
	return ""
}
