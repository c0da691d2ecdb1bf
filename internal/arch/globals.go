package arch

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// fixed tells whether a package may hold no state of its own.
func fixed(pkg string) bool {
	return slices.Contains([]string{"kernel", "law", "register", "feature", "view"}, storeyOf(pkg))
}

// Globals complains about package-level variables of kernel, law, register, feature and view that could change: one
// must be set where it is declared, to a literal, a message, an error, a compiled pattern, a replacer, a value computed
// once, or a table built by a function of the package; and nothing may write to it or take its address.
func Globals(t *Tree) []Complaint {
	const rule = "global"
	var out []Complaint
	for _, p := range t.Packages {
		if !fixed(p.Path) {
			continue
		}
		declared := map[string]ast.Expr{}
		t.packageVars(p, func(f *File, s *ast.ValueSpec) {
			for i, name := range s.Names {
				if name.Name == "_" {
					continue
				}
				if len(s.Values) != len(s.Names) || !constant(p, f, s.Values[i]) {
					out = append(out, t.at(f, name.Pos(), rule, fmt.Sprintf("%s can change; make it a constant, a literal table or an argument", name.Name)))
					continue
				}
				declared[name.Name] = s.Values[i]
			}
		})
		out = append(out, t.writes(p, declared, rule)...)
	}
	return out
}

func (t *Tree) packageVars(p *Package, visit func(*File, *ast.ValueSpec)) {
	for _, f := range p.Files {
		if f.Test || f.Generated {
			continue
		}
		for _, d := range f.AST.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, s := range g.Specs {
				visit(f, s.(*ast.ValueSpec))
			}
		}
	}
}

// constant tells whether an initial value is one that nobody can change through the variable's own methods.
func constant(p *Package, f *File, e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit, *ast.CompositeLit, *ast.Ident, *ast.SelectorExpr, *ast.FuncLit:
		return true
	case *ast.UnaryExpr:
		return e.Op != token.AND && constant(p, f, e.X)
	case *ast.BinaryExpr:
		return constant(p, f, e.X) && constant(p, f, e.Y)
	case *ast.ParenExpr:
		return constant(p, f, e.X)
	case *ast.CallExpr:
		switch fun := e.Fun.(type) {
		case *ast.SelectorExpr:
			x, ok := fun.X.(*ast.Ident)
			return ok && constantCall(imported(f)[x.Name], fun.Sel.Name)
		case *ast.Ident:
			return buildsTable(p, fun.Name)
		case *ast.ArrayType:
			return true // a conversion such as []byte("…")
		}
	}
	return false
}

// constantCall names the calls of other packages whose result does not change.
func constantCall(pkg, name string) bool {
	switch pkg {
	case "errors":
		return name == "New"
	case "regexp":
		return name == "MustCompile"
	case "strings":
		return name == "NewReplacer" || name == "Split" || name == "Fields"
	case "sync":
		return name == "OnceValue" || name == "OnceValues"
	case "golang.org/x/text/language":
		return true
	}
	return strings.HasSuffix(pkg, "/internal/kernel/day") && (name == "Of" || name == "New") ||
		strings.HasSuffix(pkg, "/internal/kernel/vntext") && name == "Lazy" || // a pattern, compiled once
		strings.HasSuffix(pkg, "/internal/kernel/fault")
}

// buildsTable tells whether a function of the package returns plain data: an array, a slice, a map, a basic type, or a
// type of the package's own that calls itself a table.
func buildsTable(p *Package, name string) bool {
	for _, f := range p.Files {
		for _, d := range f.AST.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv != nil || fn.Name.Name != name || fn.Type.Results == nil || len(fn.Type.Results.List) != 1 {
				continue
			}
			if strings.HasSuffix(typeName(fn.Type.Results.List[0].Type), "Table") {
				return true
			}
			switch result := fn.Type.Results.List[0].Type.(type) {
			case *ast.ArrayType, *ast.MapType:
				return true
			case *ast.Ident:
				return slices.Contains([]string{"string", "int", "int64", "bool", "rune", "byte"}, result.Name)
			}
		}
	}
	return false
}

// writes complains about statements that change a package-level variable: an assignment, an increment, an address.
func (t *Tree) writes(p *Package, declared map[string]ast.Expr, rule string) []Complaint {
	var out []Complaint
	for _, f := range p.Files {
		if f.Test || f.Generated {
			continue
		}
		for _, d := range f.AST.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			own := locals(fn)
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				for _, target := range written(n) {
					name := root(target)
					if name == nil || declared[name.Name] == nil || own[name.Name] {
						continue
					}
					if _, address := n.(*ast.UnaryExpr); !address || !shared(declared[name.Name]) {
						out = append(out, t.at(f, name.Pos(), rule, fmt.Sprintf("%s is written to; package-level variables never change", name.Name)))
					}
				}
				return true
			})
		}
	}
	return out
}

// shared tells whether a variable's address may be handed out: of a fault.Msg, as a message that can be absent, and of a
// db.Table, whose layout is cached by its address.
func shared(value ast.Expr) bool {
	lit, ok := value.(*ast.CompositeLit)
	if !ok || lit.Type == nil {
		return false
	}
	name := typeName(lit.Type)
	return name == "Msg" || name == "Table"
}

// written returns the expressions that a node writes to or takes the address of.
func written(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			return n.Lhs
		}
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.UnaryExpr:
		if _, literal := n.X.(*ast.CompositeLit); n.Op == token.AND && !literal {
			return []ast.Expr{n.X}
		}
	case *ast.RangeStmt:
		if n.Tok == token.ASSIGN {
			return []ast.Expr{n.Key, n.Value}
		}
	}
	return nil
}

// root returns the variable that an expression such as table[i].name starts from.
func root(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.IndexExpr:
		return root(e.X)
	case *ast.SelectorExpr:
		return root(e.X)
	case *ast.StarExpr:
		return root(e.X)
	case *ast.ParenExpr:
		return root(e.X)
	}
	return nil
}

// locals returns every name that a function declares itself: those hide the package's.
func locals(fn *ast.FuncDecl) map[string]bool {
	own := map[string]bool{}
	ast.Inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				for _, e := range n.Lhs {
					if id, ok := e.(*ast.Ident); ok {
						own[id.Name] = true
					}
				}
			}
		case *ast.RangeStmt:
			for _, e := range []ast.Expr{n.Key, n.Value} {
				if id, ok := e.(*ast.Ident); ok && n.Tok == token.DEFINE {
					own[id.Name] = true
				}
			}
		case *ast.ValueSpec:
			for _, id := range n.Names {
				own[id.Name] = true
			}
		case *ast.Field:
			for _, id := range n.Names {
				own[id.Name] = true
			}
		}
		return true
	})
	return own
}
