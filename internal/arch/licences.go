package arch

import (
	"bufio"
	"bytes"
	"io/fs"
	"strings"
)

// Licences complains about modules of go.mod that NOTICE does not name: whoever distributes the program must be able to
// say what is in it and under which licence.
func Licences(t *Tree) []Complaint {
	const rule = "licence"
	mod, err := fs.ReadFile(t.FS, "go.mod")
	if err != nil {
		return []Complaint{{Path: "go.mod", Rule: rule, Text: err.Error()}}
	}
	notice, err := fs.ReadFile(t.FS, "NOTICE")
	if err != nil {
		return []Complaint{{Path: "NOTICE", Rule: rule, Text: err.Error()}}
	}
	named := map[string]bool{}
	for _, word := range strings.Fields(string(notice)) {
		named[word] = true
	}
	var out []Complaint
	lines := bufio.NewScanner(bytes.NewReader(mod))
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(strings.TrimPrefix(lines.Text(), "require "))
		if len(words) < 2 || !strings.Contains(words[0], ".") || !strings.HasPrefix(words[1], "v") || named[words[0]] {
			continue
		}
		out = append(out, Complaint{Path: "go.mod", Line: n, Rule: rule, Text: "NOTICE does not name " + words[0] + "; add its licence and its copyright"})
	}
	return out
}
