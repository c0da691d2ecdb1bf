package reference_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

// TestEveryFileIsKnownAndSaid: every file is named in NOTICE.md with its source,
// is UTF-8 in NFC with a header row, and has no row without a source where it
// has a column for it.
func TestEveryFileIsKnownAndSaid(t *testing.T) {
	notice, err := fs.ReadFile(reference.FS(), "NOTICE.md")
	if err != nil {
		t.Fatal(err)
	}
	err = fs.WalkDir(reference.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == "NOTICE.md" {
			return err
		}
		dir, ext := path.Dir(name), path.Ext(name)
		group := dir + "/*" + name[strings.Index(name, "."):]
		if !strings.Contains(string(notice), name) && !strings.Contains(string(notice), group) {
			t.Errorf("NOTICE.md does not say where %s comes from", name)
		}
		if ext == ".csv" {
			lintCSV(t, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func lintCSV(t *testing.T, name string) {
	t.Helper()
	data, err := fs.ReadFile(reference.FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(data); vntext.NFC(text) != text || strings.Contains(text, "\r") || !strings.HasSuffix(text, "\n") {
		t.Errorf("%s is not UTF-8 in NFC with plain line ends", name)
	}
	rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	source := slices.Index(rows[0], "source")
	for i, row := range rows[1:] {
		if source >= 0 && strings.TrimSpace(row[source]) == "" {
			t.Errorf("%s line %d has no source", name, i+2)
		}
	}
}

// TestBoundaries: the codes of each set of polygons are those of its list.
func TestBoundaries(t *testing.T) {
	r, err := place.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(reference.BoundaryNotice, "không có giá trị pháp lý về địa giới") {
		t.Errorf("the notice beside maps reads %q", reference.BoundaryNotice)
	}
	for _, x := range []struct {
		name, province string
		level          place.Level
		on             day.Day
	}{
		{"tuyenquang-2024-communes", "08", place.Commune, day.Of(2024, 5, 1)},
		{"tuyenquang-2024-districts", "08", place.District, day.Of(2024, 5, 1)},
		{"hagiang-2025-03-communes", "02", place.Commune, day.Of(2025, 3, 1)},
		{"tuyenquang-2025-communes", "08", place.Commune, day.Of(2025, 7, 1)},
	} {
		if !slices.Contains(reference.BoundaryNames(), x.name) {
			t.Errorf("%s is not offered", x.name)
		}
		var want []string
		for _, u := range r.At(x.on).Units() {
			if u.Level == x.level && u.Province == x.province {
				want = append(want, u.Code+" "+u.Name)
			}
		}
		if got := polygons(t, x.name); !slices.Equal(got, want) {
			t.Errorf("%s: %d polygons, the list has %d; they differ", x.name, len(got), len(want))
		}
	}
	if _, err := reference.Boundaries("nowhere"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("boundaries of nowhere: %v", err)
	}
}

// polygons lists code and name of every closed polygon of a set, in order.
func polygons(t *testing.T, name string) []string {
	t.Helper()
	data, err := reference.Boundaries(name)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Features []struct {
			Geometry struct {
				Type        string         `json:"type"`
				Coordinates [][][2]float64 `json:"coordinates"`
			} `json:"geometry"`
			Properties struct{ Code, Name string } `json:"properties"`
		} `json:"features"`
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var list []string
	for _, f := range doc.Features {
		list = append(list, f.Properties.Code+" "+f.Properties.Name)
		for _, ring := range f.Geometry.Coordinates {
			if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
				t.Errorf("%s: %s has a ring that is not closed", name, f.Properties.Code)
			}
		}
	}
	slices.Sort(list)
	return list
}

// TestNewsIsKeyedByCodesOf2024: titles and products of public news name communes
// that are there, by the code and name of 2024.
func TestNewsIsKeyedByCodesOf2024(t *testing.T) {
	r, err := place.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	tree := r.At(day.Of(2024, 8, 31))
	for _, x := range []struct{ file, code, name string }{
		{"news/ntm-recognition-partial.csv", "code_2024", "name"},
		{"news/ocop-partial.csv", "commune_code_2024", "commune"},
	} {
		data, err := fs.ReadFile(reference.FS(), x.file)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		code, name := slices.Index(rows[0], x.code), slices.Index(rows[0], x.name)
		for i, row := range rows[1:] {
			u, ok := tree.ByCode(row[code])
			if !ok || u.Level != place.Commune || vntext.Canon(u.Name) != vntext.Canon(row[name]) {
				t.Errorf("%s line %d: %s %s is %s in the list", x.file, i+2, row[code], row[name], u.FullName)
			}
		}
	}
}
