package lawfile_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/law/lawfile"
)

const (
	setFile       = "sets/thu/set.yaml"
	criterionFile = "sets/thu/criterion-01.yaml"
)

// sound is a small law without faults.
func sound() map[string]string {
	return map[string]string{
		"instruments/qd-1.yaml": "id: qd-1\nnumber: 1/QĐ\nissuer: Thủ tướng\nissued: 2022-03-08\n",
		setFile: `set: thu
name: Bộ thử
level: xa
title: ntm
instrument: qd-1
period: {from: 2021-01-01, to: 2025-12-31}
revocation:
  titles: [ntm]
  source: {instrument: qd-1, origin: sách}
  clauses:
    - {code: A, at_least: [3, 10], below: [1, 2], needs_core: true, text: một}
`,
		criterionFile: `code: "1"
name: Một
source: {instrument: qd-1, origin: sách}
indicators:
  - code: "1.1"
    name: Một chấm một
    kind: share
    unit: "%"
    comparator: ">="
    source: {instrument: qd-1, origin: sách}
    values:
      - {value: 80}
      - {value: 70, region: TDMNPB, year: 2024}
  - code: "1.2"
    name: Một chấm hai
    kind: compound
    source: {instrument: qd-1, origin: sách}
    parts:
      - {code: "1.2.n", name: Số, kind: count, unjudged: true}
      - code: "1.2.a"
        name: Phần a
        kind: share
        unit: "%"
        values:
          - {value: 70, when: "1.2.n > 3"}
          - {value: 50, when: "1.2.n <= 3"}
`,
		"crosswalks/measures.yaml": "measures:\n  - {measure: m, name: M, members: [thu/1.1]}\n",
	}
}

func loadFiles(files map[string]string) (*law.Library, error) {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return lawfile.Load(fsys)
}

func TestLoadsASoundLaw(t *testing.T) {
	lib, err := loadFiles(sound())
	if err != nil {
		t.Fatal(fault.Text(err))
	}
	s, err := lib.Set("thu")
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Criteria) != 1 || len(s.Indicators) != 2 || len(s.Parts) != 2 || s.Revocation.Clauses[0].Below != (law.Ratio{Num: 1, Den: 2}) {
		t.Errorf("%d criteria, %d indicators, %d parts, %+v", len(s.Criteria), len(s.Indicators), len(s.Parts), s.Revocation)
	}
	if i := s.At(0); i.Measure != "m" || i.Values[1].Region != law.TDMNPB || i.Values[1].Year != 2024 || i.Values[0].Source.Origin != "sách" {
		t.Errorf("1.1 is %+v", i)
	}
	if part := s.At(3); part.Code != "1.2.a" || part.Parent != 1 || part.Values[0].When.Part != "1.2.n" {
		t.Errorf("the part is %+v", part)
	}
}

// Every fault names its file and line, and says in Vietnamese what is accepted.
func TestFaults(t *testing.T) {
	for _, c := range []struct{ file, old, new, at, want string }{
		{criterionFile, `name: Một chấm một`, "name: Một\n    nam: x", criterionFile + ":7", "không có khóa “nam”; các khóa được nhận: code, name, unit"},
		{criterionFile, `kind: share`, "kind: ratio", criterionFile + ":7", "chấp nhận: yes_no, amount, share, share_of, by_sex, level, count, compound, scored, depends_on"},
		{criterionFile, `    kind: share`, "    due: year", criterionFile + ":5", "thiếu khóa “kind”"},
		{criterionFile, `code: "1.1"`, "code: 17.10", criterionFile + ":5", "mã 17.10 phải để trong dấu nháy: là “17.10” hay “17.1”?"},
		{criterionFile, `code: "1.1"`, "code: 17.1", criterionFile + ":5", "là “17.1” hay “17.10”?"},
		{criterionFile, `code: "1"`, "code: 1", criterionFile + ":1", "mã 1 phải để trong dấu nháy: “1”"},
		{criterionFile, `code: "1.2"`, `code: "1.1"`, criterionFile + ":14", "mã “1.1” có hai lần"},
		{criterionFile, `code: "1.2.a"`, `code: "1.1"`, criterionFile + ":20", "mã “1.1” có hai lần"},
		{criterionFile, `- {value: 80}`, "- {value: 80, source: {instrument: qd-1}}", criterionFile + ":12", "thiếu khóa “origin”"},
		{criterionFile, "    comparator: \">=\"\n    source: {instrument: qd-1, origin: sách}", `    comparator: ">="`, criterionFile + ":11", "chỉ tiêu 1.1: mức 80 không có nguồn"},
		{criterionFile, `comparator: ">="`, `comparator: "="`, criterionFile + ":9", "chấp nhận: >=, <=, =="},
		{criterionFile, `region: TDMNPB`, "region: TAYBAC", criterionFile + ":13", "chấp nhận: TDMNPB, DBSH"},
		{criterionFile, `{value: 70, region: TDMNPB, year: 2024}`, "{value: 70, from: 2024-01-01}", criterionFile + ":5", "chỉ tiêu 1.1: hai mức cùng áp dụng (từ 2024-01-01)"},
		{criterionFile, `{value: 70, region: TDMNPB, year: 2024}`, "{value: 70, until: 2024-01-01}", criterionFile + ":5", "hai mức cùng áp dụng"},
		{criterionFile, `{value: 50, when: "1.2.n <= 3"}`, `{value: 50, when: "1.2.n <= 4"}`, criterionFile + ":20", "hai mức cùng áp dụng (1.2.n <= 4)"},
		{criterionFile, `when: "1.2.n > 3"`, `when: "1.1 > 3"`, criterionFile + ":20", "điều kiện “1.1 > 3” không hợp lệ"},
		{criterionFile, `when: "1.2.n > 3"`, `when: "1.2.n"`, criterionFile + ":25", "điều kiện “1.2.n” không hợp lệ"},
		{criterionFile, `year: 2024`, "year: MMXXIV", criterionFile + ":13", "chấp nhận: số nguyên từ 0 đến 9999"},
		{criterionFile, `year: 2024`, "group: 300000", criterionFile + ":13", "số nguyên từ 0 đến 9999"},
		{criterionFile, `value: 80`, "value: 80.12345", criterionFile + ":12", "tối đa 4 chữ số thập phân"},
		{criterionFile, `instrument: qd-1, origin: sách}` + "\nindicators", "instrument: qd-9, origin: sách}\nindicators", criterionFile + ":3", "không có văn bản “qd-9”"},
		{criterionFile, `    kind: compound`, "    kind: share\n    published: qd-8", criterionFile + ":17", "không có văn bản “qd-8”"},
		{criterionFile, `    kind: compound`, "    kind: scored_by", criterionFile + ":16", "giá trị “scored_by” của “kind” không hợp lệ"},
		{criterionFile, `    kind: share`, "    kind: share_of", criterionFile + ":5", "khóa “of” chỉ dùng và phải có với loại share_of"},
		{criterionFile, `    kind: share`, "    kind: depends_on", criterionFile + ":5", "khóa “depends_on” chỉ dùng và phải có với loại depends_on"},
		{criterionFile, "    kind: share\n    unit: \"%\"\n", "    kind: depends_on\n    unit: \"%\"\n    depends_on: {set: thu, indicator: \"9\"}\n", criterionFile + ":5", "“thu/9” không phải là bộ tiêu chí hay chỉ tiêu nào"},
		{criterionFile, `    kind: share`, "    kind: compound", criterionFile + ":5", "chỉ tiêu 1.1 loại compound cần “parts”"},
		{criterionFile, `name: Một chấm một`, "name: a\n    name: b", criterionFile + ":7", "khóa “name” ghi hai lần"},
		{criterionFile, `indicators:`, "indicators: 5\nrest:", criterionFile + ":4", "“indicators” cần một danh sách"},
		{criterionFile, `code: "1"`, "---\na: 1\n---\ncode: \"1\"", criterionFile, "mỗi tệp chỉ chứa một tài liệu YAML"},
		{criterionFile, `code: "1"`, "\tcode: 1", criterionFile, "tệp YAML không đọc được"},
		{setFile, `level: xa`, "level: thon", setFile + ":3", "chấp nhận: xa, huyen"},
		{setFile, "level: xa\n", "", setFile + ":1", "thiếu khóa “level”"},
		{setFile, `title: ntm`, "title: sao", setFile + ":4", "chấp nhận: ntm, ntm-nang-cao, ntm-kieu-mau"},
		{setFile, `titles: [ntm]`, "titles: [sao]", setFile + ":8", "chấp nhận: ntm, ntm-nang-cao, ntm-kieu-mau"},
		{setFile, `set: thu`, "set: khac", setFile + ":1", "phải trùng tên tệp hoặc thư mục “thu”"},
		{setFile, `instrument: qd-1` + "\nperiod", "instrument: qd-7\nperiod", setFile + ":5", "không có văn bản “qd-7”"},
		{setFile, `[3, 10]`, "[3]", setFile + ":11", "hai số nguyên như [3, 10]"},
		{setFile, `2021-01-01`, "2021-02-30", setFile + ":6", "ngày dạng 2022-03-08"},
		{"instruments/qd-1.yaml", "issuer: Thủ tướng", "issuer: Thủ tướng\namends: [qd-6]", "instruments/qd-1.yaml:4", "không có văn bản “qd-6”"},
		{"instruments/qd-1.yaml", "issuer: Thủ tướng", "issuer: Thủ tướng\nverified: {by: An}", "instruments/qd-1.yaml:4", "thiếu khóa “on”"},
		{"instruments/qd-1.yaml", "id: qd-1", "id: qd-2", "instruments/qd-1.yaml:1", "phải trùng tên tệp"},
		{"crosswalks/measures.yaml", "thu/1.1", "thu/9.9", "crosswalks/measures.yaml:2", "“thu/9.9” không phải là bộ tiêu chí hay chỉ tiêu nào"},
	} {
		files := sound()
		if !strings.Contains(files[c.file], c.old) {
			t.Fatalf("%s does not hold %q", c.file, c.old)
		}
		files[c.file] = strings.Replace(files[c.file], c.old, c.new, 1)
		_, err := loadFiles(files)
		if err == nil {
			t.Errorf("%q for %q: no fault", c.new, c.old)
			continue
		}
		if said := fault.Text(err); !strings.Contains(said, "- "+c.at) || !strings.Contains(said, c.want) {
			t.Errorf("%q for %q: want %s and %q, got\n%s", c.new, c.old, c.at, c.want, said)
		}
	}
}

func TestAllFaultsOfAllFilesAreReported(t *testing.T) {
	files := sound()
	files[setFile] = strings.Replace(files[setFile], "level: xa", "level: thon", 1)
	files[criterionFile] = strings.Replace(files[criterionFile], "kind: share", "kind: ratio", 1)
	files["instruments/qd-2.yaml"] = "id: qd-2\n"
	_, err := loadFiles(files)
	var e *fault.Error
	if !errors.As(err, &e) || len(fault.Rows(err)) < 4 {
		t.Fatalf("want every fault of three files, got %s", fault.Text(err))
	}
	for _, row := range fault.Rows(err) {
		if row.Field == "" {
			t.Errorf("%q names no place", row.Vietnamese())
		}
	}
}

func FuzzLoadSet(f *testing.F) {
	f.Add([]byte(sound()[setFile]), []byte(sound()[criterionFile]))
	shipped, err := filepath.Glob("../../../rules/sets/xa-ntm-2021-2025/criterion-*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range shipped {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add([]byte(sound()[setFile]), text)
	}
	f.Add([]byte("a: &a [*a]"), []byte("code: *a\nindicators: [[], {values: {}}, 5, {parts: [1]}]"))
	f.Add([]byte("set: !!int thu"), []byte("? {a: b}\n: c"))
	base := sound()
	f.Fuzz(func(t *testing.T, set, criterion []byte) {
		files := maps.Clone(base)
		files[setFile], files[criterionFile] = string(set), string(criterion)
		lib, err := loadFiles(files)
		if err != nil {
			if len(fault.Rows(err)) == 0 {
				t.Errorf("an error without rows: %v", err)
			}
			return
		}
		for _, s := range lib.Sets { // what loads can be judged and explained
			facts := &law.Facts{Communes: []law.CommuneFacts{{Data: make([]law.Datum, s.Slots())}}}
			standing := law.Evaluate(s, nil, facts)
			for i := range s.Slots() {
				if law.Explain(&standing.Communes[0], &facts.Communes[0], i).Reason == "" {
					t.Errorf("%s has no reason", s.At(i).Code)
				}
			}
		}
	})
}
