package datafile_test

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
	"testing/fstest"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/register/datafile"
)

func file(content string) fstest.MapFS { return fstest.MapFS{"f.csv": {Data: []byte(content)}} }

func TestReadRefuses(t *testing.T) {
	for name, x := range map[string]struct{ content, want string }{
		"unknown column": {"a,b,c\n", "cột lạ c"},
		"missing column": {"a\n", "thiếu cột b"},
		"column twice":   {"a,b,a\n", "hai lần"},
		"empty":          {"", "không có dòng tiêu đề"},
		"short row":      {"a,b\n1,2\n3\n", "dòng 3"},
		"long row":       {"a,b\n1,2,3\n", "dòng 2"},
		"open quote":     {"a,b\n1,2\n\"3,4\n", "tệp f.csv dòng"},
		"not UTF-8":      {"a,b\n\xff,2\n", "UTF-8"},
	} {
		_, err := datafile.Read(file(x.content), "f.csv", "a", "b")
		if !fault.Is(err, fault.Corrupt) || !strings.Contains(fault.Text(err), x.want) || !strings.Contains(fault.Text(err), "f.csv") {
			t.Errorf("%s: %v, want an error with %q and the file", name, err, x.want)
		}
	}
	if _, err := datafile.Read(file(""), "other.csv", "a"); !fault.Is(err, fault.Corrupt) {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := datafile.Read(fstest.MapFS{"f.csv.gz": {Data: []byte("plain")}}, "f.csv.gz", "a"); !fault.Is(err, fault.Corrupt) {
		t.Errorf("a file that is not packed: %v", err)
	}
}

func TestValues(t *testing.T) {
	f, err := datafile.Read(file("b,a\n2024-09-01,x\n,9.9\n"), "f.csv", "a", "b")
	if err != nil {
		t.Fatal(err)
	}
	first, second := f.Rows[0], f.Rows[1]
	if first.Day("b", day.None) != day.Of(2024, 9, 1) || first.Text("a") != "x" || first.Line() != 2 {
		t.Errorf("first row: %v %q line %d", first.Day("b", day.None), first.Text("a"), first.Line())
	}
	if second.Day("b", day.Forever) != day.Forever || second.Int("b") != 0 || second.Float("b") != 0 || second.Hundredths("b") != 0 {
		t.Error("an empty value is not the empty value")
	}
	if second.Hundredths("a") != 990 || second.Float("a") != 9.9 || f.Err() != nil {
		t.Errorf("9.9 = %d hundredths, %v", second.Hundredths("a"), f.Err())
	}
}

func TestWrongValuesNameTheLine(t *testing.T) {
	for name, read := range map[string]func(datafile.Row){
		"day":        func(r datafile.Row) { r.Day("a", day.None) },
		"int":        func(r datafile.Row) { r.Int("a") },
		"hundredths": func(r datafile.Row) { r.Hundredths("a") },
		"float":      func(r datafile.Row) { r.Float("a") },
		"needed":     func(r datafile.Row) { r.Needed("b") },
	} {
		f, err := datafile.Read(file("a,b\n1,1\nbad,\n"), "f.csv", "a", "b")
		if err != nil {
			t.Fatal(err)
		}
		read(f.Rows[1])
		if err := f.Err(); err == nil || !strings.Contains(fault.Text(err), "tệp f.csv dòng 3, cột") {
			t.Errorf("%s: %v, want an error of line 3", name, err)
		}
	}
}

func TestPacked(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte("a\nx\n")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := datafile.Read(fstest.MapFS{"f.csv.gz": {Data: b.Bytes()}}, "f.csv.gz", "a")
	if err != nil || len(f.Rows) != 1 || f.Rows[0].Text("a") != "x" {
		t.Errorf("packed file: %v, %v", f, err)
	}
}
