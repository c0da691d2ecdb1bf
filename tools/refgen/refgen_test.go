package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sources is where the source lists lie when this repository is checked out
// beside them.
const sources = "../../../shared/data"

// TestCommittedTablesAreGenerated makes every table anew and compares it with
// the committed one.
func TestCommittedTablesAreGenerated(t *testing.T) {
	if _, err := os.Stat(sources); err != nil {
		t.Skipf("NOT RUN: the source lists are not at %s, the committed tables were not compared: %v", sources, err)
	}
	files, err := generate(sources)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", "..", "reference", filepath.FromSlash(name)))
		if err != nil {
			t.Error(err)
			continue
		}
		if strings.HasSuffix(name, ".gz") {
			got, want = unpack(t, got), unpack(t, want)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("reference/%s is not what refgen makes: run go run ./tools/refgen -from DIR -to reference", name)
		}
	}
}

func unpack(t *testing.T, data []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// TestKindComesFromTheFullName: some sources type a city as a province and cut
// its name short.
func TestKindComesFromTheFullName(t *testing.T) {
	u := unitOf(record{"code": "31", "name": "i Phòng", "full_name": "Tp Hải Phòng", "type": "Tỉnh"}, nil, "test")
	if u.kind != "thanh-pho-tw" || u.name != "Hải Phòng" || u.fullName != "Thành phố Hải Phòng" {
		t.Errorf("Tp Hải Phòng = %s %q %q", u.kind, u.name, u.fullName)
	}
	u = unitOf(record{"code": "070", "name": "Tuyên Quang", "full_name": "Thành phố Tuyên Quang"}, nil, "test")
	if u.kind != "thanh-pho" {
		t.Errorf("Thành phố Tuyên Quang = %s, want a city below a province", u.kind)
	}
}

// TestBookGivesIdsInTimeOrder follows one code through a rename and a merger.
func TestBookGivesIdsInTimeOrder(t *testing.T) {
	b := newBook()
	b.begin(unit{code: "08", fullName: "Tỉnh"}, "2021-07-01")
	b.begin(unit{code: "02608", fullName: "Xã A", parent: "08"}, "2021-07-01")
	if err := b.settle("2021-07-01"); err != nil {
		t.Fatal(err)
	}
	b.change(unit{code: "02608", fullName: "Thị trấn A", parent: "08"}, "2022-01-01")
	b.end("02608", "2024-09-01")
	b.begin(unit{code: "02608", fullName: "Xã B", parent: "08"}, "2024-09-01")
	for _, on := range []string{"2022-01-01", "2024-09-01"} {
		if err := b.settle(on); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, row := range b.unitRows() {
		got = append(got, strings.Join([]string{row[0], row[3], row[6], row[7], row[8]}, "|"))
	}
	want := []string{
		"08.1|Tỉnh||2021-07-01|",
		"02608.1|Xã A|08.1|2021-07-01|2021-12-31",
		"02608.1|Thị trấn A|08.1|2022-01-01|2024-08-31",
		"02608.2|Xã B|08.1|2024-09-01|",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("rows\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if err := b.expect([]record{{"code": "08", "full_name": "Tỉnh"}}, "08"); err == nil {
		t.Error("a list that lacks 02608 is taken for right")
	}
	orphan := newBook()
	orphan.begin(unit{code: "02392", fullName: "Xã C", parent: "074"}, "2021-07-01")
	if err := orphan.settle("2021-07-01"); err == nil {
		t.Error("a unit without its parent is taken for right")
	}
}
