package arch

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
)

// ban is a set of imports that only some packages may use.
type ban struct {
	imports []string // import paths; each also bans the packages inside it
	allowed func(pkg string) bool
	tests   bool // tests are bound by it too
	why     string
}

func bans() []ban {
	in := func(folders ...string) func(string) bool {
		return func(pkg string) bool {
			return slices.ContainsFunc(folders, func(f string) bool { return under(pkg, f) })
		}
	}
	return []ban{
		{
			imports: []string{"net/http", "html/template", "text/template", "github.com/a-h/templ"}, allowed: isWeb,
			why: "pages and HTTP live in internal/platform/web and in web packages",
		},
		{
			imports: []string{"database/sql", "modernc.org/sqlite", "github.com/jackc/pgx", "github.com/pressly/goose"}, tests: true,
			allowed: in("internal/platform/db", "internal/platform/dbtest"),
			why:     "only internal/platform/db talks to a database; take a *db.Tx",
		},
		{
			imports: []string{"github.com/xuri/excelize"}, allowed: in("internal/platform/sheet"),
			why: "workbooks are read and written by internal/platform/sheet",
		},
		{
			imports: []string{"github.com/alecthomas/kong", "github.com/schollz/progressbar"}, allowed: in("internal/cli", "cmd"),
			why: "the command line belongs to internal/cli",
		},
		{
			imports: []string{"math/rand", "crypto/rand"}, allowed: in("internal/platform", "internal/app", "internal/cli", "bench", "cmd"),
			why: "chance belongs to internal/platform, internal/app, internal/cli, bench and cmd; ask tx.NewID() or tx.NewToken(), or take an io.Reader",
		},
		{
			imports: []string{"os", "net", "syscall", "log", "io/ioutil", "path/filepath"},
			allowed: func(pkg string) bool { s := storeyOf(pkg); return s != "kernel" && s != "law" },
			why:     "kernel and law are pure; take the bytes, the reader or the fs.FS as an argument",
		},
	}
}

// bound tells whether the bans hold for a package: the product's own code, not the programs beside it.
func bound(pkg string) bool {
	s := storeyOf(pkg)
	return s != "tools" && s != "arch"
}

// Imports complains about imports that only certain packages may use, and about libraries below the platform.
func Imports(t *Tree) []Complaint {
	const rule = "import"
	var out []Complaint
	for _, p := range t.Packages {
		if !bound(p.Path) {
			continue
		}
		for _, f := range p.Files {
			for _, spec := range f.AST.Imports {
				target := strings.Trim(spec.Path.Value, `"`)
				for _, b := range bans() {
					covered := slices.ContainsFunc(b.imports, func(i string) bool { return under(target, i) })
					if covered && (!f.Test || b.tests) && !b.allowed(p.Path) {
						out = append(out, t.at(f, spec.Pos(), rule, fmt.Sprintf("%s may not be imported here: %s", target, b.why)))
					}
				}
				if !f.Test && library(target, t.Module) && !libraryAllowed(p.Path, target) {
					out = append(out, t.at(f, spec.Pos(), rule, fmt.Sprintf("%s imports only the standard library and golang.org/x/text (internal/law/lawfile also YAML), not %s", storeyOf(p.Path), target)))
				}
			}
		}
	}
	return out
}

// library tells whether an import path is another module's.
func library(target, module string) bool {
	first, _, _ := strings.Cut(target, "/")
	return strings.Contains(first, ".") && !under(target, module)
}

func libraryAllowed(pkg, target string) bool {
	switch storeyOf(pkg) {
	case "kernel", "law":
		return under(target, "golang.org/x/text") || (pkg == "internal/law/lawfile" && under(target, "go.yaml.in/yaml"))
	}
	return true
}

// impure names the functions that ask the machine for the time or for its environment.
func impure() map[string][]string {
	return map[string][]string{
		"time": {"Now", "Since", "Until", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick", "Sleep"},
		"os":   {"Getenv", "LookupEnv", "Environ", "ExpandEnv"},
	}
}

// Clock complains about code outside internal/platform, internal/app, internal/cli and cmd that asks for the time or the environment.
func Clock(t *Tree) []Complaint {
	const rule = "clock"
	var out []Complaint
	t.code(func(p *Package, f *File) {
		if !bound(p.Path) || slices.Contains([]string{"platform", "app", "cli", "cmd"}, storeyOf(p.Path)) {
			return
		}
		names := imported(f)
		ast.Inspect(f.AST, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := sel.X.(*ast.Ident)
			if ok && slices.Contains(impure()[names[x.Name]], sel.Sel.Name) {
				out = append(out, t.at(f, sel.Pos(), rule, fmt.Sprintf("%s.%s may not be used here; use tx.Now() or tx.Today(), or take the value as an argument", names[x.Name], sel.Sel.Name)))
			}
			return true
		})
	})
	return out
}
