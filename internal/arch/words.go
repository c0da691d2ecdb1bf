package arch

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// foreign is a pattern of text that has no place in the product, and why. The patterns are put together from pieces, so
// that this file does not match itself.
type foreign struct {
	pattern *regexp.Regexp
	goOnly  bool // only Go, TypeScript, templ, SQL and shell sources are looked at
	why     string
}

func foreigners() []foreign {
	join := func(parts ...string) *regexp.Regexp { return regexp.MustCompile(strings.Join(parts, "")) }
	return []foreign{
		{join(`(^|[^\w.$}])/(wor`, `k|far`, `m|roo`, `t|hom`, `e|Use`, `rs)/`), false, "a path of one machine; use a path relative to the repository"},
		{join(`(?i)\bsub`, `agent|\bfarm.`, `studio\b|\bcla`, `ude\b|\banth`, `ropic\b|\bchat`, `gpt\b|\bope`, `nai\b|\bcopi`, `lot\b|\blanguage mod`, `el\b|\bAI (assis`, `tant|help|sess`, `ion)`), false, "the product speaks of itself alone, not of who wrote it"},
		{join(`proxy\.gol`, `ang\.org|registry\.np`, `mjs\.org|deb\.deb`, `ian\.org|pypi\.o`, `rg`), false, "names the host of a package registry; the ordinary clients know theirs"},
		{join(`BEGIN [A-Z ]*PRIV`, `ATE KEY`), false, "a private key; keep it outside the repository"},
		{join(`\b(TO`, `DO|FIX`, `ME|XX`, `X)\b`), true, "left for later; do it now or open an issue"},
	}
}

// Words complains about text that does not belong in the product: machine paths, registry hosts, keys, notes to self.
func Words(t *Tree) []Complaint {
	const rule = "words"
	rules := foreigners()
	shared := regexp.MustCompile(`\.\./` + `shared`)
	var out []Complaint
	for _, p := range t.Paths {
		src, err := fs.ReadFile(t.FS, p)
		if err != nil {
			out = append(out, Complaint{Path: p, Rule: rule, Text: err.Error()})
			continue
		}
		if path.Base(p) == "go.sum" || path.Base(p) == "package-lock.json" || bytes.IndexByte(src, 0) >= 0 {
			continue
		}
		for i, line := range strings.Split(string(src), "\n") {
			for _, r := range rules {
				if r.goOnly && !isSource(p) {
					continue
				}
				if found := r.pattern.FindString(line); found != "" {
					out = append(out, Complaint{Path: p, Line: i + 1, Rule: rule, Text: "«" + strings.TrimSpace(found) + "»: " + r.why})
				}
			}
			if isSource(p) && !strings.HasSuffix(p, "_test.go") && !under(p, "internal/arch") && shared.MatchString(line) {
				out = append(out, Complaint{Path: p, Line: i + 1, Rule: rule, Text: "a folder outside the repository; only tests may compare with it, and skip when it is absent"})
			}
		}
	}
	return out
}

func isSource(p string) bool {
	switch path.Ext(p) {
	case ".go", ".ts", ".templ", ".sql", ".sh":
		return true
	}
	return false
}
