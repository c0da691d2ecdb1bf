package arch

import (
	"fmt"
	"slices"
	"strings"
)

// storeys is the house from the ground up: a package imports its own storey and those before it.
func storeys() []string {
	return []string{"kernel", "law", "platform", "register", "feature", "view", "app", "cli", "cmd"}
}

// dataRoots names the folders of embedded data and the lowest storey that may import each. They hold no logic and
// import nothing of ours; tests may read them from anywhere.
func dataRoots() map[string]string {
	return map[string]string{"rules": "register", "reference": "register", "migrations": "platform", "ui": "platform"}
}

// storeyOf names the storey of a package: one of storeys, "data", "arch", "tools" (programs beside the product), or ""
// for a folder that has no place in the house.
func storeyOf(pkg string) string {
	first, rest, _ := strings.Cut(pkg, "/")
	switch {
	case first == "cmd":
		return "cmd"
	case dataRoots()[first] != "":
		return "data"
	case first == "tools" || first == "bench" || first == "e2e":
		return "tools"
	case first == "internal":
		name, _, _ := strings.Cut(rest, "/")
		if name == "arch" || slices.Contains(storeys(), name) {
			return name
		}
	}
	return ""
}

func level(storey string) int { return slices.Index(storeys(), storey) }

// sibling returns the folder directly below internal/feature that a package belongs to, or "".
func sibling(pkg string) string {
	rest, ok := strings.CutPrefix(pkg, "internal/feature/")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}

// isWeb tells whether a package makes pages: platform/web and every package whose name ends in web.
func isWeb(pkg string) bool {
	return strings.HasSuffix(pkg, "web") && under(pkg, "internal")
}

// Storeys complains about imports that do not go downhill, about features that import one another, and about folders
// that have no storey.
func Storeys(t *Tree) []Complaint {
	const rule = "storey"
	var out []Complaint
	for _, p := range t.Packages {
		if storeyOf(p.Path) == "" {
			out = append(out, Complaint{Path: p.Path, Rule: rule, Text: "the folder has no storey; put the package in one of internal/{" +
				strings.Join(storeys()[:8], ",") + "}, cmd, rules, reference, migrations, ui, tools, bench, e2e"})
			continue
		}
		for _, f := range p.Files {
			for _, spec := range f.AST.Imports {
				target, ours := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), t.Module+"/")
				if !ours || target == p.Path {
					continue
				}
				if why := refused(p.Path, target, f.Test); why != "" {
					out = append(out, t.at(f, spec.Pos(), rule, why))
				}
			}
		}
	}
	return out
}

// refused says why package from may not import package to, or "" when it may.
func refused(from, to string, test bool) string {
	lower, upper := storeyOf(from), storeyOf(to)
	switch {
	case lower == "tools":
		return ""
	case lower == "arch":
		return fmt.Sprintf("internal/arch imports nothing of the module, not %s", to)
	case upper == "tools" || upper == "arch" || upper == "":
		return fmt.Sprintf("%s is not a package of the product; nothing imports it", to)
	case strings.HasSuffix(to, "test") && !test && !strings.HasSuffix(from, "test"):
		return fmt.Sprintf("%s is for tests; import it in _test.go files only", to)
	case lower == "data":
		if test {
			return ""
		}
		return fmt.Sprintf("%s is data and imports nothing of the module, not %s; move the logic to a register", from, to)
	case upper == "data":
		return refusedData(from, to, test)
	case level(upper) > level(lower):
		return fmt.Sprintf("%s is below %s and may not import %s; declare a small interface here and let app plug it in", lower, upper, to)
	case sibling(from) != "" && sibling(to) != "" && sibling(from) != sibling(to):
		return fmt.Sprintf("features never import one another: %s needs an interface of its own for what it wants of %s", from, to)
	case isWeb(to) && !isWeb(from) && level(lower) < level("app"):
		return fmt.Sprintf("%s makes pages; only web packages and app import it", to)
	}
	return ""
}

func refusedData(from, to string, test bool) string {
	root, _, _ := strings.Cut(to, "/")
	lowest := dataRoots()[root]
	if test || level(storeyOf(from)) >= level(lowest) {
		return ""
	}
	return fmt.Sprintf("%s is data for %s and above; take an fs.FS as an argument instead of importing %s", root, lowest, to)
}
