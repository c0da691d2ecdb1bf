package rules_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"giuchuan/internal/law"
)

// The cases are worked examples for people who know the law: what is reported
// of one commune, and what the law says of it. case_build_test.go turns one
// into facts.
type (
	// lawCase is one example. Codes are of indicators unless said otherwise.
	lawCase struct {
		Name      string                 `yaml:"name"`
		Because   string                 `yaml:"because"` // the law in one sentence, for the reader
		Set       string                 `yaml:"set"`
		Date      string                 `yaml:"date"`
		Region    string                 `yaml:"region"` // TDMNPB when absent
		Special   bool                   `yaml:"special"`
		Group     uint8                  `yaml:"group"`
		Rest      string                 `yaml:"rest"`    // "đạt": what is not named below passes
		Failing   []string               `yaml:"failing"` // criteria whose first indicator fails
		Missing   []string               `yaml:"missing"` // criteria whose first indicator has no datum
		Findings  map[string]reported    `yaml:"findings"`
		Base      *baseCase              `yaml:"base"` // the same commune on the set it depends on
		Derived   map[string]derivedCase `yaml:"derived"`
		Decisions []decisionCase         `yaml:"decisions"`
		Verified  []verifiedCase         `yaml:"verified"`
		Expect    map[string]expected    `yaml:"expect"`
		Criteria  map[string]int         `yaml:"criteria"` // counts by verdict
		Unmet     *[]string              `yaml:"unmet"`    // codes of criteria
		Unknown   *[]string              `yaml:"unknown"`
		Refused   string                 `yaml:"refused"` // the set itself is refused
		Revoked   *revocationCase        `yaml:"revocation"`
	}
	baseCase struct {
		Rest      string              `yaml:"rest"`
		Failing   []string            `yaml:"failing"`
		Missing   []string            `yaml:"missing"`
		Findings  map[string]reported `yaml:"findings"`
		Decisions []decisionCase      `yaml:"decisions"`
	}
	// reported is one finding or several; a bare text is a value of the date's year.
	reported []finding
	finding  struct {
		Period      string `yaml:"period"`
		Value       string `yaml:"value"`
		Male        string `yaml:"male"`
		Female      string `yaml:"female"`
		Share       string `yaml:"share"`
		Numerator   string `yaml:"numerator"`
		Denominator string `yaml:"denominator"`
		MaleNum     string `yaml:"male_numerator"`
		MaleDen     string `yaml:"male_denominator"`
		FemaleNum   string `yaml:"female_numerator"`
		FemaleDen   string `yaml:"female_denominator"`
		Provenance  string `yaml:"provenance"`
	}
	derivedCase struct {
		Verdict string `yaml:"verdict"`
		Note    string `yaml:"note"`
	}
	decisionCase struct {
		Indicator string `yaml:"indicator"`
		Value     string `yaml:"value"`
		Sub       bool   `yaml:"sub"`
		Area      string `yaml:"area"` // xa, huyen, khac; the whole province when absent
		Year      int    `yaml:"year"`
		From      string `yaml:"from"`
		Until     string `yaml:"until"`
		Number    string `yaml:"number"`
		Issued    string `yaml:"issued"`
		Refused   string `yaml:"refused"` // the decision is refused, with this text
	}
	verifiedCase struct {
		Indicator string `yaml:"indicator"`
		Key       string `yaml:"key"` // "*" when absent
	}
	expected struct {
		Verdict   string  `yaml:"verdict"`
		Why       texts   `yaml:"why"`     // texts in the reason or its remarks
		Without   texts   `yaml:"without"` // texts that must not be there
		RowError  string  `yaml:"row_error"`
		Margin    *string `yaml:"margin"`
		Value     *string `yaml:"value"`
		Threshold *string `yaml:"threshold"`
		Cites     string  `yaml:"cites"`
	}
	revocationCase struct {
		Certain   string    `yaml:"certain"`
		Possible  string    `yaml:"possible"`
		Share     string    `yaml:"share"`
		CoreUnmet *[]string `yaml:"core_unmet"`
	}
	texts []string
)

// strict decodes a node and refuses unknown keys.
func strict(n *yaml.Node, into any) error {
	raw, err := yaml.Marshal(n)
	if err != nil {
		return err
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	return dec.Decode(into)
}

func (r *reported) UnmarshalYAML(n *yaml.Node) error {
	nodes := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		nodes = n.Content
	}
	for _, one := range nodes {
		var f finding
		if one.Kind == yaml.ScalarNode {
			f.Value = one.Value
		} else if err := strict(one, &f); err != nil {
			return fmt.Errorf("line %d: %w", one.Line, err)
		}
		*r = append(*r, f)
	}
	return nil
}

func (t *texts) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*t = texts{n.Value}
		return nil
	}
	var list []string
	err := n.Decode(&list)
	*t = list
	return err
}

// readCases reads one file: a list of cases whose names start in column 1.
func readCases(file string, data []byte) ([]lawCase, error) {
	var nodes []yaml.Node
	if err := yaml.Unmarshal(data, &nodes); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if named := strings.Count("\n"+string(data), "\n- name:"); named != len(nodes) {
		return nil, fmt.Errorf("%s: %d of %d cases start with “- name:” in column 1", file, named, len(nodes))
	}
	cases := make([]lawCase, len(nodes))
	for i := range nodes {
		var named struct {
			Name string `yaml:"name"`
		}
		_ = nodes[i].Decode(&named) // only to name the case in the message below
		if err := strict(&nodes[i], &cases[i]); err != nil {
			return nil, fmt.Errorf("%s:%d: %q: %w", file, nodes[i].Line, named.Name, err)
		}
	}
	return cases, nil
}

func TestCases(t *testing.T) {
	files, err := filepath.Glob("cases/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	lib, count, seen := load(t), 0, map[string]bool{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		cases, err := readCases(file, data)
		if err != nil {
			t.Error(err)
			continue
		}
		count += len(cases)
		for i := range cases {
			c := &cases[i]
			if seen[c.Name] {
				t.Errorf("%s: the name %q is used twice", file, c.Name)
			}
			seen[c.Name] = true
			t.Run(filepath.Base(file)+"/"+c.Name, func(t *testing.T) { c.check(t, lib) })
		}
	}
	if count < 75 {
		t.Errorf("%d cases, want at least 75", count)
	}
}

func TestCaseFilesAreReadStrictly(t *testing.T) {
	for text, want := range map[string]string{
		"- name: a\n  set: s\n  typo: 1\n":                                            "typo",
		"- name: a\n  findings: {\"1.1\": {valeu: đạt}}\n":                            "valeu",
		"- name: a\n  expect: {\"1.1\": {verdict: met, because: x}}\n":                "because",
		"- name: a\n  decisions: [{indicator: \"2.1\", value: \"80\", yaer: 2024}]\n": "yaer",
		"- set: s\n  name: a\n":                                                       "column 1",
	} {
		_, err := readCases("cases/x.yaml", []byte(text))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "cases/x.yaml") {
			t.Errorf("%q: got %v, want an error that names the file and %q", text, err, want)
		}
	}
}

// check compares what the law says with what the case expects.
func (c *lawCase) check(t *testing.T, lib *law.Library) {
	set, err := lib.Set(c.Set)
	if err != nil {
		t.Fatal(err)
	}
	if c.Refused != "" {
		if err := law.CheckUsable(set); err == nil || !strings.Contains(err.Error(), c.Refused) {
			t.Errorf("the set gives %v, want a refusal with %q", err, c.Refused)
		}
		return
	}
	b := build(t, lib, set, c)
	standing := law.Evaluate(set, &b.decisions, b.facts)
	commune := &standing.Communes[0]
	if len(c.Expect) == 0 && c.Criteria == nil && c.Unmet == nil && c.Revoked == nil && b.refused == 0 {
		t.Error("the case expects nothing")
	}
	for code, want := range c.Expect {
		slot, ok := set.Slot(code)
		if !ok {
			t.Fatalf("no indicator %s", code)
		}
		want.check(t, code, law.Explain(commune, &b.facts.Communes[0], slot), b.rowErrors[code])
	}
	for code, message := range b.rowErrors {
		if c.Expect[code].RowError == "" {
			t.Errorf("%s: row error %q was not expected", code, message)
		}
	}
	c.checkCriteria(t, commune, set)
}

func (want *expected) check(t *testing.T, code string, got law.Trace, rowError string) {
	t.Helper()
	said := strings.Join(append([]string{got.Reason}, got.Notes...), "; ")
	if got.Outcome.Verdict.String() != want.Verdict {
		t.Errorf("%s: %s (%s), want %s", code, got.Outcome.Verdict, said, want.Verdict)
	}
	for _, text := range want.Why {
		if !strings.Contains(said, text) {
			t.Errorf("%s: %q does not say %q", code, said, text)
		}
	}
	for _, text := range want.Without {
		if strings.Contains(said, text) {
			t.Errorf("%s: %q says %q", code, said, text)
		}
	}
	if want.RowError != "" && !strings.Contains(rowError, want.RowError) {
		t.Errorf("%s: row error %q, want %q", code, rowError, want.RowError)
	}
	margin := ""
	if got.Outcome.HasMargin {
		margin = got.Outcome.Margin.Vietnamese()
	}
	for _, x := range []struct {
		what, got string
		want      *string
	}{{"margin", margin, want.Margin}, {"value", got.Value, want.Value}, {"threshold", got.Threshold, want.Threshold}} {
		if x.want != nil && x.got != *x.want {
			t.Errorf("%s: %s %q, want %q", code, x.what, x.got, *x.want)
		}
	}
	if want.Cites != "" && !strings.Contains(got.Instrument+" "+got.Article, want.Cites) {
		t.Errorf("%s: cites %s, %s; want %s", code, got.Instrument, got.Article, want.Cites)
	}
}

func (c *lawCase) checkCriteria(t *testing.T, got *law.CommuneStanding, set *law.Set) {
	t.Helper()
	codes := func(v law.Verdict) []string {
		out := []string{}
		for i, x := range got.Criteria {
			if x == v {
				out = append(out, set.Criteria[i].Code)
			}
		}
		return out
	}
	for word, n := range c.Criteria {
		v, ok := law.ParseVerdict(word)
		if have := len(codes(v)); !ok || have != n {
			t.Errorf("%d criteria are %s, want %d (unmet %v, unknown %v)", have, word, n, codes(law.Unmet), codes(law.Unknown))
		}
	}
	if have := codes(law.Unmet); c.Unmet != nil && !slices.Equal(have, *c.Unmet) {
		t.Errorf("unmet %v, want %v", have, *c.Unmet)
	}
	if have := codes(law.Unknown); c.Unknown != nil && !slices.Equal(have, *c.Unknown) {
		t.Errorf("unknown %v, want %v", have, *c.Unknown)
	}
	if c.Revoked == nil {
		return
	}
	r := &got.Revocation
	if have := law.ClauseCode(r.Certain) + "/" + law.ClauseCode(r.Possible); have != c.Revoked.Certain+"/"+c.Revoked.Possible {
		t.Errorf("revocation certain/possible %s, want %s/%s", have, c.Revoked.Certain, c.Revoked.Possible)
	}
	if want := c.Revoked.Share; want != "" && r.UnmetShare().Vietnamese() != want {
		t.Errorf("unmet share %s, want %s", r.UnmetShare().Vietnamese(), want)
	}
	var core []string
	for _, i := range r.CoreUnmet {
		core = append(core, set.Criteria[i].Code)
	}
	if want := c.Revoked.CoreUnmet; want != nil && !slices.Equal(core, *want) {
		t.Errorf("core criteria unmet %v, want %v", core, *want)
	}
}
