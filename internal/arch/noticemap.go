package arch

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// NoticeMapPath is the table that says, clause by clause of the notice, which package answers it and which script
// shows it.
const NoticeMapPath = "docs/notice-map.md"

const scriptFolder = "cmd/giuchuan/testdata/script/"

// Clauses lists the id of every clause of the notice that the map must answer, in the notice's order.
func Clauses() []string {
	return strings.Fields(`T1 T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12 T13 H1 H2 H3 H4 P1 P2 P3 P4 P5
		S1.1 S1.2a S1.2b S1.2c S1.2d S1.3 S1.4a S1.4b S1.4c S1.4d S1.5a S1.5b S1.5c S1.5d S1.5e S1.5f S1.6 S1.7
		S2a S2b S2c S3a S3b S4 S5a S5b S5c C1 C2 recipients signature tasks
		implied.time implied.titles implied.person implied.network`)
}

var (
	clauseRow  = regexp.MustCompile(`^\| *([A-Za-z][A-Za-z0-9.]*) *\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|$`)
	clauseBold = regexp.MustCompile(`\*\*([HPSC]\d(?:\.\d)?[a-z]?) ?[^*]*\*\*`)
	trapRow    = regexp.MustCompile(`(?m)^\| (T\d+) \|`)
)

// RequirementIDs reads the clause ids that a text of requirements defines in bold or as rows of its table of traps.
func RequirementIDs(text string) []string {
	var out []string
	for _, m := range slices.Concat(trapRow.FindAllStringSubmatch(text, -1), clauseBold.FindAllStringSubmatch(text, -1)) {
		if !slices.Contains(out, m[1]) {
			out = append(out, m[1])
		}
	}
	return out
}

// NoticeMap complains about a clause that the map lacks or has twice, about one it invents, and about packages and
// scripts it names that do not exist. A row's standing is "done: …", "partly: …" or "not yet"; a row that is not yet
// answered names neither package nor script.
func NoticeMap(t *Tree) []Complaint {
	const rule = "notice map"
	src, err := fs.ReadFile(t.FS, NoticeMapPath)
	if err != nil {
		return []Complaint{{Path: NoticeMapPath, Rule: rule, Text: err.Error()}}
	}
	known, seen := Clauses(), map[string]int{}
	var out []Complaint
	complain := func(line int, format string, args ...any) {
		out = append(out, Complaint{Path: NoticeMapPath, Line: line, Rule: rule, Text: fmt.Sprintf(format, args...)})
	}
	for i, line := range strings.Split(string(src), "\n") {
		row := clauseRow.FindStringSubmatch(line)
		if row == nil || row[1] == "Clause" {
			continue
		}
		id := row[1]
		switch {
		case !slices.Contains(known, id):
			complain(i+1, "the notice has no clause %s", id)
		case seen[id] > 0:
			complain(i+1, "%s stands here twice, first on line %d", id, seen[id])
		default:
			seen[id] = i + 1
		}
		for _, why := range t.noticeRow(row[3], row[4], strings.TrimSpace(row[5])) {
			complain(i+1, "%s: %s", id, why)
		}
	}
	for _, id := range known {
		if seen[id] == 0 {
			complain(0, "no row for clause %s; add one, \"not yet\" if nothing answers it", id)
		}
	}
	return out
}

// noticeRow says what is wrong with one row's packages, scripts and standing.
func (t *Tree) noticeRow(packages, scripts, standing string) []string {
	var out []string
	pkgs, txts := quoted.FindAllStringSubmatch(packages, -1), quoted.FindAllStringSubmatch(scripts, -1)
	switch {
	case standing == "not yet":
		if len(pkgs)+len(txts) > 0 {
			out = append(out, "it is not yet answered, yet names a package or a script")
		}
	case strings.HasPrefix(standing, "done: ") || strings.HasPrefix(standing, "partly: "):
		if len(pkgs) == 0 || len(txts) == 0 {
			out = append(out, "an answer names a package and the script that shows it")
		}
	default:
		out = append(out, fmt.Sprintf("the standing %q is none of \"done: …\", \"partly: …\", \"not yet\"", standing))
	}
	for _, m := range pkgs {
		if !slices.ContainsFunc(t.Paths, func(p string) bool { return under(p, m[1]) }) {
			out = append(out, "there is no folder "+m[1])
		}
	}
	for _, m := range txts {
		if !slices.Contains(t.Paths, scriptFolder+m[1]) {
			out = append(out, "there is no script "+scriptFolder+m[1])
		}
	}
	return out
}
