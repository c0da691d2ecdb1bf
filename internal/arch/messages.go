package arch

import (
	"fmt"
	"go/ast"
	"regexp"
	"strconv"
	"strings"
)

var (
	messageKey = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`)
	vietnamese = regexp.MustCompile(`[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]`)
)

// message is one fault.Msg literal; key and text are "" where they are not plain strings.
type message struct {
	file      *File
	lit       *ast.CompositeLit
	key, text string
}

// Messages complains about message keys that are used twice, that do not look like package.subject, or that have no
// Vietnamese text.
func Messages(t *Tree) []Complaint {
	const rule = "message"
	first := map[string]message{}
	var out []Complaint
	for _, m := range t.messages() {
		was, twice := first[m.key]
		switch {
		case !messageKey.MatchString(m.key):
			out = append(out, t.at(m.file, m.lit.Pos(), rule, fmt.Sprintf("the key %q must be a literal such as \"place.unknown\"", m.key)))
		case twice:
			out = append(out, t.at(m.file, m.lit.Pos(), rule, fmt.Sprintf("the key %q is taken by %s:%d; each message has its own", m.key, was.file.Path, t.line(was.lit.Pos()))))
		default:
			first[m.key] = m
		}
		if strings.TrimSpace(m.text) == "" || !vietnamese.MatchString(strings.ToLower(m.text)) {
			out = append(out, t.at(m.file, m.lit.Pos(), rule, fmt.Sprintf("the text of %q must be a Vietnamese sentence, with diacritics", m.key)))
		}
	}
	return out
}

// messages returns every fault.Msg literal of the product, those inside tables of messages too.
func (t *Tree) messages() []message {
	var out []message
	t.code(func(p *Package, f *File) {
		names := imported(f)
		isMsg := func(e ast.Expr) bool {
			if sel, ok := e.(*ast.SelectorExpr); ok {
				return sel.Sel.Name == "Msg" && under(names[typeName(sel.X)], t.Module+"/internal/kernel/fault")
			}
			return p.Path == "internal/kernel/fault" && e != nil && typeName(e) == "Msg"
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			if isMsg(lit.Type) && len(lit.Elts) > 0 {
				out = append(out, readMessage(f, lit))
			}
			for _, inner := range elided(lit, isMsg) {
				out = append(out, readMessage(f, inner))
			}
			return true
		})
	})
	return out
}

// elided returns the elements of a list or map of messages that leave their type out.
func elided(lit *ast.CompositeLit, isMsg func(ast.Expr) bool) []*ast.CompositeLit {
	var element ast.Expr
	switch list := lit.Type.(type) {
	case *ast.ArrayType:
		element = list.Elt
	case *ast.MapType:
		element = list.Value
	}
	if element == nil || !isMsg(element) {
		return nil
	}
	var out []*ast.CompositeLit
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			e = kv.Value
		}
		if inner, ok := e.(*ast.CompositeLit); ok && inner.Type == nil {
			out = append(out, inner)
		}
	}
	return out
}

func readMessage(f *File, lit *ast.CompositeLit) message {
	m := message{file: f, lit: lit}
	for i, e := range lit.Elts {
		field := []string{"Key", "Text"}[min(i, 1)]
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			field, e = typeName(kv.Key), kv.Value
		}
		if field == "Key" {
			m.key = literal(e)
		} else {
			m.text = literal(e)
		}
	}
	return m
}

// literal returns the text of a string literal or of literals joined by +, or "".
func literal(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		if err != nil {
			return ""
		}
		return text
	case *ast.BinaryExpr:
		return literal(e.X) + literal(e.Y)
	}
	return ""
}
