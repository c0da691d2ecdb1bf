package arch

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"
)

// TestHouse runs every rule over this module.
func TestHouse(t *testing.T) {
	tree, err := Load(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range Rules() {
		t.Run(r.Name, func(t *testing.T) {
			for _, c := range Run(tree, r) {
				t.Error(c)
			}
		})
	}
}

// TestPlanted runs the rule that each archive of testdata is named after over the module in the archive, and wants the
// complaints of its file "complaints", no more, no fewer. Every rule has an archive.
func TestPlanted(t *testing.T) {
	for _, r := range Rules() {
		t.Run(r.Name, func(t *testing.T) {
			archive, err := txtar.ParseFile(filepath.Join("testdata", strings.ReplaceAll(r.Name, " ", "_")+".txtar"))
			if err != nil {
				t.Fatal(err)
			}
			module, want := planted(archive)
			tree, err := Load(module)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range Run(tree, r) {
				got = append(got, c.String())
			}
			if len(want) == 0 {
				t.Fatal("the archive plants nothing")
			}
			for _, line := range want {
				if !slices.Contains(got, line) {
					t.Errorf("not found:\n\t%s", line)
				}
			}
			for _, line := range got {
				if !slices.Contains(want, line) {
					t.Errorf("not wanted:\n\t%s", line)
				}
			}
		})
	}
}

// planted turns an archive into a module and its expected complaints. «x» stands for words that may not stand in this
// repository: the marks are dropped, so that «/wo»rk/ becomes a machine path in the planted module only. A file line
// "repeat N text" becomes N lines of text.
func planted(archive *txtar.Archive) (fs.FS, []string) {
	module := fstest.MapFS{"go.mod": {Data: []byte("module planted\n")}}
	var want []string
	for _, f := range archive.Files {
		text := strings.NewReplacer("‹", "", "›", "").Replace(string(f.Data))
		if f.Name == "complaints" {
			want = strings.Split(strings.TrimSpace(text), "\n")
			continue
		}
		module[f.Name] = &fstest.MapFile{Data: []byte(repeated(text))}
	}
	return module, want
}

func repeated(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), "//repeat ")
		if !ok {
			out.WriteString(line)
			continue
		}
		var n int
		count, body, _ := strings.Cut(rest, " ")
		for _, digit := range count {
			n = 10*n + int(digit-'0')
		}
		out.WriteString(strings.Repeat(body+"\n", n))
	}
	return out.String()
}

// TestClausesOfTheNotice compares the ids of the map with the requirements they come from.
func TestClausesOfTheNotice(t *testing.T) {
	text, err := os.ReadFile("../../../shared/notice/requirements.md")
	if err != nil {
		t.Skip("SKIPPED: the requirements are not beside the repository, ids not compared:", err)
	}
	want := RequirementIDs(string(text))
	if len(want) < 40 {
		t.Fatalf("only %d ids read from the requirements: %v", len(want), want)
	}
	have := Clauses()
	for _, id := range want {
		if !slices.Contains(have, id) {
			t.Errorf("the requirements have clause %s, Clauses() lacks it", id)
		}
	}
	own := []string{"recipients", "signature", "tasks", "implied.time", "implied.titles", "implied.person", "implied.network"}
	for _, id := range have {
		if !slices.Contains(want, id) && !slices.Contains(own, id) {
			t.Errorf("Clauses() has %s, the requirements lack it", id)
		}
	}
}

func TestWordsOfNames(t *testing.T) {
	for name, want := range map[string][]string{
		"fundSource": {"fund", "source"}, "fund_source": {"fund", "source"}, "HTTPStatus": {"http", "status"},
		"KPI": {"kpi"}, "xaNTM": {"xa", "ntm"}, "day-of": {"day", "of"}, "": nil,
	} {
		if got := words(name); !slices.Equal(got, want) {
			t.Errorf("words(%q) = %v, want %v", name, got, want)
		}
	}
}
