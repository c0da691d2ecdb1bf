package arch

import (
	"fmt"
	"go/ast"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// glossaryPath is the one place that says which word names a concept.
const glossaryPath = "docs/glossary.md"

// term is one row of the glossary: the word for a concept and the words that must not stand for it.
type term struct {
	word   string
	banned []string
}

var (
	glossaryRow = regexp.MustCompile("^\\|[^|]+\\|\\s*`([^`]+)`[^|]*\\|([^|]*)\\|")
	quoted      = regexp.MustCompile("`([^`]+)`")
	columnName  = regexp.MustCompile(`^\s+([a-z_][a-z0-9_]*)\s+(?:INTEGER|BIGINT|SMALLINT|TEXT|BLOB|BYTEA)\b`)
)

// glossary reads the rows "| Vietnamese | `word` | `not this`, `nor this` | meaning |".
func (t *Tree) glossary() ([]term, error) {
	src, err := fs.ReadFile(t.FS, glossaryPath)
	if err != nil {
		return nil, err
	}
	var out []term
	for _, line := range strings.Split(string(src), "\n") {
		row := glossaryRow.FindStringSubmatch(line)
		if row == nil {
			continue
		}
		next := term{word: row[1]}
		for _, m := range quoted.FindAllStringSubmatch(row[2], -1) {
			next.banned = append(next.banned, m[1])
		}
		out = append(out, next)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s has no row of terms", glossaryPath)
	}
	return out, nil
}

// Glossary complains about names that use another word for a concept than docs/glossary.md does: packages, files,
// declared Go names, tables and columns.
func Glossary(t *Tree) []Complaint {
	const rule = "glossary"
	terms, err := t.glossary()
	if err != nil {
		return []Complaint{{Path: glossaryPath, Rule: rule, Text: err.Error()}}
	}
	instead := map[string]string{}
	var out []Complaint
	for _, term := range terms {
		for _, b := range term.banned {
			instead[b] = term.word
		}
	}
	for _, term := range terms {
		if word := instead[term.word]; word != "" {
			out = append(out, Complaint{Path: glossaryPath, Rule: rule, Text: fmt.Sprintf("%s is both a term and banned in favour of %s", term.word, word)})
		}
	}
	check := func(p string, line int, name string) {
		for _, w := range words(name) {
			word := instead[w]
			if word == "" {
				word = instead[strings.TrimSuffix(w, "s")]
			}
			if word != "" {
				out = append(out, Complaint{Path: p, Line: line, Rule: rule, Text: fmt.Sprintf("%s: say %s, not %s (%s)", name, word, w, glossaryPath)})
			}
		}
	}
	for _, p := range t.Packages {
		check(p.Path, 0, path.Base(p.Path))
	}
	t.code(func(_ *Package, f *File) {
		check(f.Path, 0, strings.TrimSuffix(path.Base(f.Path), ".go"))
		declaredNames(f.AST, func(id *ast.Ident) { check(f.Path, t.line(id.Pos()), id.Name) })
	})
	t.columns(check)
	return out
}

// words splits a name into its lower-case words: fundSource, fund_source and FundSource are fund, source.
func words(name string) []string {
	var out []string
	start, runes := 0, []rune(name)
	flush := func(end int) {
		if start < end {
			out = append(out, strings.ToLower(string(runes[start:end])))
		}
		start = end
	}
	for i, r := range runes {
		switch {
		case r == '_' || r == '-' || r == '.':
			flush(i)
			start = i + 1
		case unicode.IsUpper(r) && i > 0 && (!unicode.IsUpper(runes[i-1]) || (i+1 < len(runes) && unicode.IsLower(runes[i+1]))):
			flush(i)
		}
	}
	flush(len(runes))
	return out
}

// declaredNames visits every name that a file declares: types, functions, fields, parameters, variables, constants.
func declaredNames(file *ast.File, visit func(*ast.Ident)) {
	seen := map[*ast.Ident]bool{}
	each := func(ids ...*ast.Ident) {
		for _, id := range ids {
			if !seen[id] {
				seen[id] = true
				visit(id)
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			each(n.Name)
		case *ast.TypeSpec:
			each(n.Name)
		case *ast.ValueSpec:
			each(n.Names...)
		case *ast.Field:
			each(n.Names...)
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				if id, ok := e.(*ast.Ident); ok && n.Tok.String() == ":=" {
					each(id)
				}
			}
		}
		return true
	})
}

// columns checks the names of tables, views and columns in the migrations.
func (t *Tree) columns(check func(string, int, string)) {
	for _, p := range t.Paths {
		if path.Ext(p) != ".sql" || !under(p, "migrations") {
			continue
		}
		src, err := fs.ReadFile(t.FS, p)
		if err != nil {
			continue // Migrations complains
		}
		for i, line := range strings.Split(string(src), "\n") {
			for _, pattern := range []*regexp.Regexp{createTable, createView, columnName} {
				if m := pattern.FindStringSubmatch(line); m != nil {
					check(p, i+1, m[1])
				}
			}
		}
	}
}

// sortComplaints orders complaints by place.
func sortComplaints(list []Complaint) {
	slices.SortFunc(list, func(a, b Complaint) int {
		if a.Path != b.Path {
			return strings.Compare(a.Path, b.Path)
		}
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return strings.Compare(a.Rule+a.Text, b.Rule+b.Text)
	})
}
