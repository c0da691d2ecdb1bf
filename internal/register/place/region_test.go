package place_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

func TestRegions(t *testing.T) {
	r := load(t)
	for _, x := range []struct{ id, date string }{
		{"02392.1", "2024-10-01"}, {"02392.2", "2025-07-01"}, {"00700.2", "2025-07-01"}, {"08.2", "2026-01-01"},
	} {
		if f := r.RegionOf(x.id, on(t, x.date)); f.Region != place.TDMNPB || !strings.Contains(f.Source, "unverified") {
			t.Errorf("%s on %s = %+v, want Trung du miền núi phía Bắc, marked unverified", x.id, x.date, f)
		}
	}
	before, after := on(t, "2024-10-01"), on(t, "2025-07-01")
	count := map[place.Region]int{}
	for n := range 100 {
		code := string([]byte{byte('0' + n/10), byte('0' + n%10)})
		if g, source := r.RegionOfProvince(code, before); source != "" {
			count[g]++
		}
	}
	want := map[place.Region]int{
		place.TDMNPB: 14, place.DBSH: 11, place.BTB: 6, place.DHNTB: 8, place.TN: 5, place.DNB: 6, place.DBSCL: 13,
	}
	for g, n := range want {
		if count[g] != n {
			t.Errorf("%s: %d provinces, want %d", g, count[g], n)
		}
	}
	// Phú Thọ joined Vĩnh Phúc of another region: it has none of its own
	if g, source := r.RegionOfProvince("25", after); g != "" || !strings.Contains(source, "unclear") {
		t.Errorf("Phú Thọ from 2025 = %q, %q; want unclear", g, source)
	}
	if f := r.RegionOf("02392.1", after); f.Region != "" {
		t.Errorf("an ended commune has region %q", f.Region)
	}
}

func TestAreaOverride(t *testing.T) {
	r := load(t)
	from, to := on(t, "2021-07-01"), on(t, "2025-06-30")
	with, err := r.WithAreas([]place.AreaSpan{{ID: "02392.1", Class: place.ATK, From: from, To: to, Source: "số liệu minh họa"}})
	if err != nil {
		t.Fatal(err)
	}
	d := on(t, "2024-10-01")
	if got := with.Areas("02392.1", d); len(got) != 1 || got[0].Class != place.ATK {
		t.Errorf("areas %v", got)
	}
	if len(r.Areas("02392.1", d)) != 0 || len(with.Areas("02392.1", on(t, "2025-07-01"))) != 0 {
		t.Error("the class leaks out of its register or its days")
	}
	if f := with.RegionOf("02392.1", d); f.Region != place.TDMNPB || f.Override != "" {
		t.Errorf("a commune of TDMNPB needs no override: %+v", f)
	}
	for _, bad := range []place.AreaSpan{
		{ID: "02392.9", Class: place.ATK, From: from, To: to},
		{ID: "02392.1", Class: "IV", From: from, To: to},
		{ID: "02392.1", Class: place.DBKK, From: to, To: from},
		{ID: "02392.1", Class: place.ATK, From: d, To: day.Forever},
	} {
		if _, err := with.WithAreas([]place.AreaSpan{bad}); err == nil || fault.CodeOf(err) == fault.Internal {
			t.Errorf("%+v: %v, want a refusal", bad, err)
		}
	}
}

func TestGroups(t *testing.T) {
	r := load(t)
	from := on(t, "2026-01-01")
	with, err := r.WithGroups([]place.GroupSpan{{ID: "02392.2", Group: 2, From: from, To: day.Forever, Source: "số liệu minh họa"}})
	if err != nil {
		t.Fatal(err)
	}
	if g, ok := with.Group("02392.2", from); !ok || g != 2 {
		t.Errorf("group %d %v, want 2", g, ok)
	}
	if _, ok := with.Group("02392.2", from-1); ok {
		t.Error("a group holds before its first day")
	}
	if _, ok := r.Group("02392.2", from); ok {
		t.Error("reference data has groups, though no list was found")
	}
	for _, bad := range []place.GroupSpan{
		{ID: "02392.2", Group: 4, From: from, To: from},
		{ID: "02392.2", Group: 1, From: from, To: from},
		{ID: "nobody", Group: 1, From: from, To: from},
	} {
		if _, err := with.WithGroups([]place.GroupSpan{bad}); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
}

// TestLoadRefusesContradictions breaks one row of the tables at a time.
func TestLoadRefusesContradictions(t *testing.T) {
	for name, x := range map[string]struct{ file, old, with, want string }{
		"bearers overlap":    {"places/units.csv", "Hồng Lạc,,xa,076.1,2021-07-01,2024-08-31", "Hồng Lạc,,xa,076.1,2021-07-01,2024-09-30", "chồng"},
		"unknown kind":       {"places/units.csv", ",Xã Phù Lưu,,xa,", ",Xã Phù Lưu,,thon,", "kind"},
		"kind of a level":    {"places/units.csv", ",Xã Phù Lưu,,xa,", ",Xã Phù Lưu,,huyen,", "kind"},
		"no parent":          {"places/units.csv", "Xã Phù Lưu,,xa,074.1", "Xã Phù Lưu,,xa,074.2", "parent_id"},
		"id of another code": {"places/units.csv", "02392.1,02392", "02392.1,02393", "id"},
		"impossible date":    {"places/units.csv", "2021-07-01,2024-08-31", "2021-02-30,2024-08-31", "valid_from"},
		"edge to nobody":     {"places/lineage.csv", "02593.1,02608.2", "02593.1,02608.9", "new_id"},
		"edge on a wrong day": {
			"places/lineage.csv", "2024-09-01,1106/NQ-UBTVQH15,,02593.1", "2024-09-02,1106/NQ-UBTVQH15,,02593.1", "date",
		},
		"unknown region": {"regions.csv", "Tuyên Quang,TDMNPB", "Tuyên Quang,TDMN", "region"},
	} {
		fsys := fstest.MapFS{}
		for _, file := range []string{
			"places/units.csv", "places/lineage.csv", "places/history.csv", "places/area_class.csv",
			"places/commune_group.csv", "regions.csv",
		} {
			data, err := fs.ReadFile(reference.FS(), file)
			if err != nil {
				t.Fatal(err)
			}
			if file == x.file {
				if !strings.Contains(string(data), x.old) {
					t.Fatalf("%s: %s has no %q", name, file, x.old)
				}
				data = []byte(strings.Replace(string(data), x.old, x.with, 1))
			}
			fsys[file] = &fstest.MapFile{Data: data}
		}
		_, err := place.Load(fsys)
		if err == nil || !strings.Contains(fault.Text(err), x.file+" dòng ") || !strings.Contains(fault.Text(err), x.want) {
			t.Errorf("%s: %v, want an error that names the file, the line and %s", name, err, x.want)
		}
	}
}

// TestNational: the whole country at its three lists, with the two provinces as
// they are in their own table.
func TestNational(t *testing.T) {
	r, err := place.LoadNational(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		date                           string
		provinces, districts, communes int
	}{
		{"2021-07-01", 63, 700, 10595}, // the list of May 2024, used for earlier days
		{"2024-05-01", 63, 700, 10595},
		{"2025-03-01", 63, 696, 10035},
		{"2025-07-01", 34, 0, 3321},
	} {
		tree := r.At(on(t, x.date))
		p, d, c := len(tree.Provinces()), len(tree.Districts("")), len(tree.Communes(""))
		if p != x.provinces || d != x.districts || c != x.communes {
			t.Errorf("%s: %d provinces, %d districts, %d communes; want %+v", x.date, p, d, c, x)
		}
	}
	last := r.At(on(t, "2025-07-01")).Communes("")
	if xa, phuong, dacKhu := count(last, place.Xa), count(last, place.Phuong), count(last, place.DacKhu); xa != 2621 || phuong != 687 || dacKhu != 13 {
		t.Errorf("from 2025-07-01 %d xã, %d phường, %d đặc khu; want 2621, 687, 13", xa, phuong, dacKhu)
	}
	two := load(t)
	for _, d := range two.Changes()[1:] {
		for _, u := range two.At(d).Units() {
			if v, ok := r.At(d).Unit(u.ID); !ok || v.FullName != u.FullName || v.Key != u.Key {
				t.Errorf("%v: %s is %+v in the national table", d, u.ID, v)
			}
		}
	}
	d := on(t, "2024-10-01")
	if u, err := r.Resolve("Phù Lưu", "08", d); err != nil || u.ID != "02392.1" {
		t.Errorf("Phù Lưu in 08 = %s, %v", u.ID, err)
	}
	if u, err := r.Resolve("Phù Lưu", "01", d); err != nil || u.Code != "10429" {
		t.Errorf("Phù Lưu in Hà Nội = %s, %v; want 10429", u.Code, err)
	}
	special(t, r, d)
	reachBack(t, r)
}

// reachBack: places outside the two provinces are found on days before their
// first list, their source says what that rests on, and a name of many provinces
// is not listed without end.
func reachBack(t *testing.T, r *place.Register) {
	t.Helper()
	const note = "danh mục tháng 5/2024, dùng ngược về trước"
	first := on(t, "2021-07-01")
	for _, x := range []struct{ text, province, date, code string }{
		{"Phù Lưu", "01", "2023-06-30", "10429"}, {"01", "", "2021-07-01", "01"}, {"Ba Đình", "01", "2022-01-01", "001"},
	} {
		u, err := r.Resolve(x.text, x.province, on(t, x.date))
		if err != nil || u.Code != x.code || u.From != first || u.Began != first || !strings.Contains(u.Source, note) {
			t.Errorf("%s in %s on %s = %+v, %v; want %s with its source", x.text, x.province, x.date, u, err, x.code)
		}
	}
	for _, u := range r.At(first).Units() {
		if own := u.Province == "02" || u.Province == "08"; own == strings.Contains(u.Source, note) {
			t.Errorf("%s rests on %q", u.Label(), u.Source)
		}
		if up, ok := r.Unit(u.ParentID, first); u.Level != place.Province && (!ok || up.Level >= u.Level) {
			t.Errorf("%s has no parent on the first day", u.Label())
		}
	}
	_, err := r.Resolve("Tân Thành", "01", on(t, "2024-10-01"))
	if got := fault.Text(err); !strings.Contains(got, "xã Tân Thành (02401) thuộc tỉnh Tuyên Quang (08)") || !strings.Contains(got, "địa bàn cùng tên ở tỉnh khác") {
		t.Errorf("Tân Thành in Hà Nội: %s", got)
	}
	_, err = r.Province("1", on(t, "2024-10-01"))
	if want := "không có tỉnh mã “1” trong danh mục tại ngày 01/10/2024; mã tỉnh là hai chữ số như 01, 08; có phải 01 (thành phố Hà Nội)?"; fault.Text(err) != want {
		t.Errorf("province 1: %s, want %s", fault.Text(err), want)
	}
}

// special: a commune in special difficulty outside the mountain provinces takes
// their thresholds, and one of a province that joined two regions keeps its own.
func special(t *testing.T, r *place.Register, d day.Day) {
	t.Helper()
	span := place.AreaSpan{ID: "10429.1", Class: place.DBKK, From: d, To: day.Forever, Source: "số liệu minh họa"}
	with, err := r.WithAreas([]place.AreaSpan{span})
	if err != nil {
		t.Fatal(err)
	}
	if f := r.RegionOf("10429.1", d); f.Region != place.DBSH {
		t.Errorf("Phù Lưu of Hà Nội = %+v, want Đồng bằng sông Hồng", f)
	}
	if f := with.RegionOf("10429.1", d); f.Region != place.TDMNPB || f.Override != place.DBKK || f.Source != span.Source {
		t.Errorf("with special difficulty = %+v, want the override", f)
	}
	after := on(t, "2025-07-01")
	known := map[place.Region]int{}
	for _, u := range r.At(after).Communes("25.2") {
		known[r.RegionOf(u.ID, after).Region]++
	}
	if known[place.TDMNPB] == 0 || known[place.DBSH] == 0 {
		t.Errorf("communes of the new Phú Thọ by region of their predecessors: %v, want both", known)
	}
}
