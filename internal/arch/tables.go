package arch

import (
	"fmt"
	"go/ast"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// sqlText matches a string literal that is an SQL statement rather than prose.
var sqlText = regexp.MustCompile(`(?is)^\s*(select\b.+|insert\s+into\b.+|update\s+\w+\s+set\b.+|delete\s+from\b.+|with\s+(recursive\s+)?\w+\s*(\([^)]*\))?\s+as\s.+|(create|alter|drop)\s+(unique\s+)?(table|index|view)\b.+)$`)

// selection is what a SELECT must look like to be one: prose that begins with "select" does not.
var selection = regexp.MustCompile(`(?is)^\s*select\s+(.+\bfrom\s+\w|[\d$'].*|\w+\s*\()`)

// named matches the places of a statement where a table or a view is named.
var named = regexp.MustCompile(`(?i)\b(?:from|join|into|update|table(?:\s+if\s+(?:not\s+)?exists)?|view(?:\s+if\s+(?:not\s+)?exists)?)\s+"?([a-z_][a-z0-9_]*)`)

var (
	createTable = regexp.MustCompile(`(?i)\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?"?([a-z_][a-z0-9_]*)`)
	createView  = regexp.MustCompile(`(?i)\bcreate\s+view\s+(?:if\s+not\s+exists\s+)?"?([a-z_][a-z0-9_]*)`)
	migration   = regexp.MustCompile(`^\d{14}_[a-z0-9_]+\.sql$`)
)

// ownerOf names the package that owns what is in a folder: review for internal/feature/review/reviewweb.
func ownerOf(pkg string) string {
	for _, storey := range []string{"platform", "register", "feature"} {
		if rest, ok := strings.CutPrefix(pkg, "internal/"+storey+"/"); ok {
			owner, _, _ := strings.Cut(rest, "/")
			return owner
		}
	}
	return ""
}

// owners lists every package that may own tables.
func (t *Tree) owners() []string {
	var out []string
	for _, p := range t.Packages {
		if o := ownerOf(p.Path); o != "" && !slices.Contains(out, o) {
			out = append(out, o)
		}
	}
	return out
}

// tableOwner returns the owner whose name a table bears as prefix, or "".
func tableOwner(table string, owners []string) string {
	table = strings.ToLower(table)
	best := ""
	for _, o := range owners {
		if (table == o || strings.HasPrefix(table, o+"_")) && len(o) > len(best) {
			best = o
		}
	}
	return best
}

// Tables complains about SQL outside sql.go, about statements that name another package's table, and about views read
// outside internal/view.
func Tables(t *Tree) []Complaint {
	const rule = "table"
	owners := t.owners()
	var out []Complaint
	t.code(func(p *Package, f *File) {
		storey := storeyOf(p.Path)
		if !slices.Contains([]string{"register", "feature", "view", "app", "cli", "cmd"}, storey) {
			return
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				out = append(out, t.declaredTable(p, f, n, rule)...)
			case *ast.BasicLit:
				text, err := strconv.Unquote(n.Value)
				if n.Kind != token.STRING || err != nil || !isSQL(text) {
					return true
				}
				if base := path.Base(f.Path); level(storey) > level("view") || (base != "sql.go" && !strings.HasPrefix(base, "sql_")) {
					out = append(out, t.at(f, n.Pos(), rule, "SQL belongs in the sql.go of a register, a feature or a view"))
					return true
				}
				for _, table := range tablesIn(text) {
					if why := refusedTable(p.Path, table, owners); why != "" {
						out = append(out, t.at(f, n.Pos(), rule, why))
					}
				}
			}
			return true
		})
	})
	return out
}

func isSQL(text string) bool {
	if !sqlText.MatchString(text) {
		return false
	}
	if strings.EqualFold(strings.Fields(text)[0], "select") {
		return selection.MatchString(text)
	}
	return true
}

// tablesIn lists the tables and views that a statement names, its own WITH names apart.
func tablesIn(text string) []string {
	var out []string
	for _, m := range named.FindAllStringSubmatch(text, -1) {
		name := strings.ToLower(m[1])
		with := regexp.MustCompile(`(?i)(?:with|recursive|,)\s+` + name + `\s*(?:\([^)]*\))?\s+as\s`)
		if !slices.Contains(out, name) && !with.MatchString(text) {
			out = append(out, name)
		}
	}
	return out
}

// refusedTable says why a package may not name a table in its SQL, or "" when it may.
func refusedTable(pkg, table string, owners []string) string {
	owner, inView := tableOwner(table, owners), storeyOf(pkg) == "view"
	switch {
	case strings.HasPrefix(table, "v_") && !inView:
		return fmt.Sprintf("%s is a view for internal/view only; ask %s through an interface", table, strings.TrimPrefix(table, "v_"))
	case inView && owner != "":
		return fmt.Sprintf("a view owns no tables and reads v_* only, not %s", table)
	case owner != "" && owner != ownerOf(pkg):
		return fmt.Sprintf("%s belongs to %s; ask it through an interface", table, owner)
	}
	return ""
}

// declaredTable complains about a db.Table whose name lacks the package's own prefix.
func (t *Tree) declaredTable(p *Package, f *File, lit *ast.CompositeLit, rule string) []Complaint {
	sel, ok := lit.Type.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Table" || !strings.HasSuffix(imported(f)[typeName(sel.X)], "/platform/db") {
		return nil
	}
	var out []Complaint
	for _, e := range lit.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok || typeName(kv.Key) != "Name" {
			continue
		}
		value, ok := kv.Value.(*ast.BasicLit)
		if !ok {
			continue
		}
		table, err := strconv.Unquote(value.Value)
		if own := ownerOf(p.Path); err == nil && (own == "" || tableOwner(table, []string{own}) == "") {
			out = append(out, t.at(f, value.Pos(), rule, fmt.Sprintf("table %s must be called %s or %s_…", table, own, own)))
		}
	}
	return out
}

// Migrations complains about tables that no package owns, about views not called v_…, about file names without a
// timestamp, and about a migration that one engine has and the other lacks.
func Migrations(t *Tree) []Complaint {
	const rule = "migration"
	owners := t.owners()
	engines := map[string][]string{}
	var out []Complaint
	for _, p := range t.Paths {
		dir, base := path.Split(p)
		if path.Ext(p) != ".sql" || !under(p, "migrations") {
			continue
		}
		engines[base] = append(engines[base], path.Base(dir))
		if !migration.MatchString(base) {
			out = append(out, Complaint{Path: p, Rule: rule, Text: "name it after its minute and its subject: 20240607090000_review.sql"})
		}
		src, err := fs.ReadFile(t.FS, p)
		if err != nil {
			out = append(out, Complaint{Path: p, Rule: rule, Text: err.Error()})
			continue
		}
		for i, line := range strings.Split(string(src), "\n") {
			if m := createTable.FindStringSubmatch(line); m != nil && tableOwner(m[1], owners) == "" {
				out = append(out, Complaint{Path: p, Line: i + 1, Rule: rule, Text: "no package owns table " + m[1] + "; begin its name with the register, feature or platform package that does"})
			}
			if m := createView.FindStringSubmatch(line); m != nil && !strings.HasPrefix(m[1], "v_") {
				out = append(out, Complaint{Path: p, Line: i + 1, Rule: rule, Text: "call the view v_" + m[1]})
			}
		}
	}
	for base, in := range engines {
		if len(in) == 1 {
			other := map[string]string{"sqlite": "postgres", "postgres": "sqlite"}[in[0]]
			out = append(out, Complaint{Path: "migrations/" + in[0] + "/" + base, Rule: rule, Text: "migrations/" + other + " has no file of this name; both engines go through the same steps"})
		}
	}
	return out
}
