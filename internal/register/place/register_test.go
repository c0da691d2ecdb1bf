package place_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/register/place"
	"giuchuan/reference"

	"pgregory.net/rapid"
)

var shared = sync.OnceValues(func() (*place.Register, error) { return place.Load(reference.FS()) })

func load(t testing.TB) *place.Register {
	t.Helper()
	r, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func on(t testing.TB, s string) day.Day {
	t.Helper()
	d, err := day.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// in is the place with a code in one province's tree of a day.
func in(t testing.TB, code, date string) place.Unit {
	t.Helper()
	u, ok := load(t).At(on(t, date)).ByCode(code)
	if !ok {
		t.Fatalf("nobody bears %s on %s", code, date)
	}
	return u
}

func count(units []place.Unit, kinds ...place.Kind) int {
	n := 0
	for _, u := range units {
		if slices.Contains(kinds, u.Kind) {
			n++
		}
	}
	return n
}

// TestCounts holds the figures that are known of the two provinces.
func TestCounts(t *testing.T) {
	r := load(t)
	for _, x := range []struct {
		date, province                        string
		districts, communes, xa, phuong, town int
	}{
		{"2021-07-01", "08", 7, 138, 122, 10, 6},
		{"2024-08-31", "08", 7, 138, 122, 10, 6},
		{"2024-09-01", "08", 7, 137, 121, 10, 6},
		{"2025-06-30", "08", 7, 137, 121, 10, 6},
		{"2025-06-30", "02", 11, 193, 175, 5, 13},
		{"2025-07-01", "08", 0, 124, 117, 7, 0},
		{"2026-12-31", "08", 0, 124, 117, 7, 0},
	} {
		tree := r.At(on(t, x.date))
		p, ok := tree.ByCode(x.province)
		if !ok {
			t.Fatalf("no province %s on %s", x.province, x.date)
		}
		units := tree.Communes(p.ID)
		got := []int{
			len(tree.Districts(p.ID)), len(units), count(units, place.Xa),
			count(units, place.Phuong), count(units, place.ThiTran),
		}
		if want := []int{x.districts, x.communes, x.xa, x.phuong, x.town}; !slices.Equal(got, want) {
			t.Errorf("%s in province %s: districts, communes, xã, phường, thị trấn = %v, want %v", x.date, x.province, got, want)
		}
	}
	if n := len(r.At(on(t, "2025-07-01")).Provinces()); n != 1 {
		t.Errorf("%d provinces from 1 July 2025, want 1", n)
	}
}

func TestDistrictsOf2024(t *testing.T) {
	tree := load(t).At(on(t, "2024-08-31"))
	for code, want := range map[string]int{"070": 15, "071": 10, "072": 12, "073": 24, "074": 18, "075": 28, "076": 31} {
		d, _ := tree.ByCode(code)
		if got := len(tree.Communes(d.ID)); got != want {
			t.Errorf("%s: %d communes, want %d", d.FullName, got, want)
		}
	}
	city := tree.Communes("070.1")
	if count(city, place.Phuong) != 10 || count(city, place.Xa) != 5 {
		t.Errorf("the city has %d phường and %d xã, want 10 and 5", count(city, place.Phuong), count(city, place.Xa))
	}
	if got := load(t).At(on(t, "2024-09-01")).Communes("076.1"); len(got) != 30 {
		t.Errorf("Sơn Dương has %d communes from 1 Sep 2024, want 30", len(got))
	}
}

// TestCodeIsNoIdentity: all codes of 2025 are re-used, many under another name.
func TestCodeIsNoIdentity(t *testing.T) {
	r := load(t)
	before, after := r.At(on(t, "2025-06-30")), r.At(on(t, "2025-07-01"))
	var kept, renamed int
	for _, u := range after.Communes("") {
		old, ok := before.ByCode(u.Code)
		if !ok {
			t.Errorf("%s is a new code", u.Code)
		}
		switch {
		case old.ID == u.ID:
			kept++
		case load(t).At(on(t, "2025-06-30")).Address(old.ID) == "":
			t.Errorf("%s has no address", old.ID)
		}
		if !strings.EqualFold(fold(old.Name), fold(u.Name)) {
			renamed++
		}
	}
	if kept != 13 || renamed != 39 {
		t.Errorf("%d kept their id and %d codes changed their name, want 13 and 39", kept, renamed)
	}
	for _, x := range []struct{ code, date, id, name string }{
		{"02215", "2025-06-30", "02215.1", "Phường Ỷ La"},
		{"02215", "2025-07-01", "02215.2", "Phường Minh Xuân"},
		{"02608", "2024-08-31", "02608.1", "Xã Hồng Lạc"},
		{"02608", "2024-09-01", "02608.2", "Xã Hồng Sơn"},
		{"02608", "2025-07-01", "02608.3", "Xã Hồng Sơn"},
		{"00922", "2025-06-30", "00922.1", "Xã Thuận Hoà"},
		{"00922", "2025-07-01", "00922.1", "Xã Thuận Hòa"},
		{"08", "2025-06-30", "08.1", "Tỉnh Tuyên Quang"},
		{"08", "2025-07-01", "08.2", "Tỉnh Tuyên Quang"},
	} {
		if u := in(t, x.code, x.date); u.ID != x.id || u.FullName != x.name {
			t.Errorf("%s on %s = %s %s, want %s %s", x.code, x.date, u.ID, u.FullName, x.id, x.name)
		}
	}
	if got := len(r.Bearers("02608")); got != 3 {
		t.Errorf("%d bearers of 02608, want 3", got)
	}
}

// fold drops the placement of tone marks, which is spelling and not a name.
func fold(s string) string { return strings.NewReplacer("oà", "òa").Replace(s) }

// TestTitlesOutliveKinds: what a register of titles must be able to ask.
func TestTitlesOutliveKinds(t *testing.T) {
	r := load(t)
	town := in(t, "02473", "2024-06-01")
	if town.Kind != place.ThiTran || town.IsXa() || town.Name != "Yên Sơn" {
		t.Errorf("02473 in 2024 = %s, want thị trấn Yên Sơn", town.FullName)
	}
	formers := r.Formers(town.ID)
	if len(formers) != 1 || formers[0].Kind != place.Xa || formers[0].Name != "Thắng Quân" || formers[0].Until != on(t, "2021-06-30") {
		t.Errorf("02473 before = %+v, want xã Thắng Quân until 30 June 2021", formers)
	}
	kimPhu := r.Formers("02497.1")
	if len(kimPhu) != 1 || kimPhu[0].ParentCode != "075" || kimPhu[0].Until != on(t, "2019-12-31") {
		t.Errorf("Kim Phú before = %+v, want in Yên Sơn until 31 Dec 2019", kimPhu)
	}
	if u := in(t, "02497", "2024-06-01"); u.ParentID != "070.1" || u.Kind != place.Xa {
		t.Errorf("Kim Phú in 2024 = %+v, want a xã of the city", u)
	}
	if r.Formers("02473.2") != nil {
		t.Error("the later bearer of 02473 has no former names of its own")
	}
}

func TestTreeWalks(t *testing.T) {
	r := load(t)
	tree := r.At(on(t, "2024-10-01"))
	if got, want := tree.Address("02392.1"), "xã Phù Lưu, huyện Hàm Yên, tỉnh Tuyên Quang"; got != want {
		t.Errorf("address %q, want %q", got, want)
	}
	up := tree.Ancestors("02392.1")
	if len(up) != 2 || up[0].ID != "074.1" || up[1].ID != "08.1" {
		t.Errorf("ancestors %v", up)
	}
	if !tree.Within("02392.1", "074.1") || !tree.Within("074.1", "074.1") || tree.Within("074.1", "02392.1") || tree.Within("02392.1", "075.1") {
		t.Error("Within is wrong about Hàm Yên")
	}
	if got := len(tree.Children("08.1")); got != 7 {
		t.Errorf("%d children of the province, want 7", got)
	}
	if tree.First() != on(t, "2024-09-01") || tree.Last() != on(t, "2025-06-30") {
		t.Errorf("the tree holds %v to %v", tree.First(), tree.Last())
	}
	units := tree.Communes("")
	units[0].Name = "changed"
	if again := tree.Communes(""); again[0].Name == "changed" {
		t.Error("a caller can change the tree")
	}
	if n := len(r.At(on(t, "2021-06-30")).Units()); n != 0 {
		t.Errorf("%d units before the first day, want none", n)
	}
}

func TestKey(t *testing.T) {
	for id, want := range map[string]int32{"02608.2": 30_260_802, "074.1": 20_007_401, "08.2": 10_000_802, "99999.99": 39_999_999} {
		if got := place.Key(id); got != want {
			t.Errorf("Key(%s) = %d, want %d", id, got, want)
		}
		if back, err := place.IDOf(want); err != nil || back != id {
			t.Errorf("IDOf(%d) = %s, %v; want %s", want, back, err, id)
		}
	}
	for _, bad := range []string{"", "02608", "2608.1", "02608.0", "02608.01", "0260a.1", "02608.1.1", "02608.100"} {
		if got := place.Key(bad); got != 0 {
			t.Errorf("Key(%q) = %d, want 0", bad, got)
		}
	}
	for _, bad := range []int32{0, -1, 5, 40_000_001, 30_260_800, 21_000_001, 10_010_001} {
		if id, err := place.IDOf(bad); err == nil {
			t.Errorf("IDOf(%d) = %s, want an error", bad, id)
		}
	}
	for _, u := range load(t).At(on(t, "2024-10-01")).Units() {
		if back, err := place.IDOf(u.Key); err != nil || back != u.ID {
			t.Errorf("%s -> %d -> %s, %v", u.ID, u.Key, back, err)
		}
	}
}

// TestEveryDay: on each day each commune has exactly one parent, which is there,
// and no code has two bearers.
func TestEveryDay(t *testing.T) {
	r := load(t)
	first, last := on(t, "2021-07-01"), on(t, "2026-12-31")
	for d := first; d <= last; d++ {
		if d > first && r.At(d) == r.At(d-1) {
			continue // the same tree was looked at on the day before
		}
		tree := r.At(d)
		codes := map[string]bool{}
		for _, u := range tree.Units() {
			if codes[u.Code] {
				t.Errorf("%v: two bearers of %s", d, u.Code)
			}
			codes[u.Code] = true
			if parent, ok := tree.Unit(u.ParentID); u.Level != place.Province && (!ok || parent.Level >= u.Level) {
				t.Errorf("%v: %s has no parent", d, u.ID)
			}
			if !u.Holds(d) || d < u.Began || d > u.Ended {
				t.Errorf("%v: %s holds %v to %v, lives %v to %v", d, u.ID, u.From, u.To, u.Began, u.Ended)
			}
			if path := tree.Path(u.ID); len(path) == 0 || path[0].Level != place.Province || path[0].Code != u.Province {
				t.Errorf("%v: path of %s is %v", d, u.ID, path)
			}
		}
	}
	if got := fmt.Sprint(r.Changes()); got != "[2021-07-01 2024-09-01 2025-07-01]" {
		t.Errorf("the tree changes on %s", got)
	}
}

// TestAtIsCachedAndRight: At of any day agrees with the rows themselves.
func TestAtIsCachedAndRight(t *testing.T) {
	r := load(t)
	first, last := on(t, "2021-07-01"), on(t, "2026-12-31")
	ids := map[string]bool{}
	for _, d := range r.Changes() {
		for _, u := range r.At(d).Units() {
			ids[u.ID] = true
		}
	}
	all := make([]string, 0, len(ids))
	for id := range ids {
		all = append(all, id)
	}
	slices.Sort(all)
	rapid.Check(t, func(t *rapid.T) {
		d := day.Day(rapid.Int32Range(int32(first), int32(last)).Draw(t, "day"))
		id := rapid.SampledFrom(all).Draw(t, "id")
		a, okA := r.Unit(id, d)
		b, okB := r.At(d).Unit(id)
		if okA != okB || a.FullName != b.FullName || a.From != b.From {
			t.Fatalf("%s on %v: row %v %v, tree %v %v", id, d, a, okA, b, okB)
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := place.Load(reference.FS()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoadNational(b *testing.B) {
	for b.Loop() {
		if _, err := place.LoadNational(reference.FS()); err != nil {
			b.Fatal(err)
		}
	}
}
