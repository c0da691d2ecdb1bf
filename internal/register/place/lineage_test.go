package place_test

import (
	"slices"
	"strings"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/register/place"

	"pgregory.net/rapid"
)

func ids(heirs []place.Heir) []string {
	var list []string
	for _, h := range heirs {
		list = append(list, h.Unit.ID)
	}
	slices.Sort(list)
	return list
}

func TestSuccessors(t *testing.T) {
	r := load(t)
	for _, x := range []struct {
		id, date string
		want     []string
		whole    bool
	}{
		{"02593.1", "2024-08-31", []string{"02593.1"}, true},
		{"02593.1", "2024-09-01", []string{"02608.2"}, true},
		{"02593.1", "2025-07-01", []string{"02608.3"}, true}, // through two mergers
		{"02389.1", "2025-07-01", []string{"02392.2"}, true}, // Minh Dân -> Phù Lưu
		{"02506.1", "2025-07-01", []string{"02509.2"}, true}, // Mỹ Bằng -> phường Mỹ Lâm
		{"02497.1", "2025-07-01", []string{"02215.2", "02509.2"}, false},
		{"02305.1", "2025-07-01", []string{"02305.1"}, true}, // Trung Hà, unchanged
		{"08.1", "2025-07-01", []string{"08.2"}, true},
		{"02.1", "2026-01-01", []string{"08.2"}, true},
		{"074.1", "2025-06-30", []string{"074.1"}, true},
		{"074.1", "2025-07-01", nil, true},
		{"02608.3", "2024-09-01", nil, true}, // before its own first day
		{"99999.1", "2024-09-01", nil, true},
	} {
		heirs := r.Successors(x.id, on(t, x.date))
		if got := ids(heirs); !slices.Equal(got, x.want) {
			t.Errorf("successors of %s on %s = %v, want %v", x.id, x.date, got, x.want)
		}
		for _, h := range heirs {
			if h.Whole != x.whole {
				t.Errorf("%s into %s: whole %v, want %v", x.id, h.Unit.ID, h.Whole, x.whole)
			}
		}
	}
	if heirs := r.Successors("02497.1", on(t, "2025-07-01")); heirs[0].Unit.ID != "02215.2" || heirs[0].Percent != 96 {
		t.Errorf("Kim Phú went mostly to %s (%d %%), want phường Minh Xuân (96 %%)", heirs[0].Unit.FullName, heirs[0].Percent)
	}
}

func TestPredecessors(t *testing.T) {
	r := load(t)
	for _, x := range []struct {
		id, date string
		want     []string
	}{
		{"02608.2", "2024-08-31", []string{"02593.1", "02608.1"}},
		{"02419.2", "2025-06-30", []string{"02419.1", "02422.1"}}, // Thái Hòa + Đức Ninh
		{"02509.2", "2025-06-30", []string{"02497.1", "02506.1", "02509.1"}},
	} {
		if got := ids(r.Predecessors(x.id, on(t, x.date))); !slices.Equal(got, x.want) {
			t.Errorf("predecessors of %s on %s = %v, want %v", x.id, x.date, got, x.want)
		}
	}
	old := ids(r.Predecessors("02608.3", on(t, "2024-08-31")))
	if !slices.Contains(old, "02593.1") || !slices.Contains(old, "02608.1") || slices.Contains(old, "02608.2") {
		t.Errorf("what became Hồng Sơn, as of August 2024: %v", old)
	}
}

// TestLineageIsComplete: every unit before the reform has an heir and every unit
// after it a predecessor, five were split and thirteen went on unchanged.
func TestLineageIsComplete(t *testing.T) {
	r := load(t)
	before, after := on(t, "2025-06-30"), on(t, "2025-07-01")
	edges, unchanged := 0, 0
	split := map[string]bool{}
	for _, u := range r.At(before).Communes("") {
		if len(r.Successors(u.ID, after)) == 0 {
			t.Errorf("%s went nowhere", u.Label())
		}
		_, out := r.Edges(u.ID)
		for _, e := range out {
			edges++
			if e.Event == place.Unchanged {
				unchanged++
			}
			if e.Decree != "1684/NQ-UBTVQH15" || e.Clause == "" {
				t.Errorf("%s -> %s without decree or clause", e.Old, e.New)
			}
			if !e.Whole {
				split[u.Name] = true
			}
		}
	}
	for _, u := range r.At(after).Communes("") {
		if len(r.Predecessors(u.ID, before)) == 0 {
			t.Errorf("%s came from nowhere", u.Label())
		}
	}
	if edges != 335 || unchanged != 13 || len(split) != 5 {
		t.Errorf("%d lines, %d unchanged, split %v; want 335, 13 and five", edges, unchanged, split)
	}
	for _, name := range []string{"Kim Phú", "Thái Bình", "Yên Định", "Việt Lâm", "Quang Trung"} {
		if !split[name] {
			t.Errorf("%s was not split", name)
		}
	}
}

// TestSuccessorsAndPredecessorsAreInverse for all pairs of days and places.
func TestSuccessorsAndPredecessorsAreInverse(t *testing.T) {
	r := load(t)
	first, last := int32(on(t, "2021-07-01")), int32(on(t, "2026-12-31"))
	rapid.Check(t, func(t *rapid.T) {
		a := day.Day(rapid.Int32Range(first, last).Draw(t, "one day"))
		b := day.Day(rapid.Int32Range(first, last).Draw(t, "another day"))
		a, b = min(a, b), max(a, b)
		old := rapid.SampledFrom(r.At(a).Units()).Draw(t, "old")
		for _, h := range r.Successors(old.ID, b) {
			if !slices.ContainsFunc(r.Predecessors(h.Unit.ID, a), func(p place.Heir) bool {
				return p.Unit.ID == old.ID && p.Whole == h.Whole && p.Percent == h.Percent
			}) {
				t.Fatalf("%s of %v leads to %s of %v but not back", old.ID, a, h.Unit.ID, b)
			}
		}
		young := rapid.SampledFrom(r.At(b).Units()).Draw(t, "young")
		for _, h := range r.Predecessors(young.ID, a) {
			if !slices.Contains(ids(r.Successors(h.Unit.ID, b)), young.ID) {
				t.Fatalf("%s of %v leads back to %s of %v but not forth", young.ID, b, h.Unit.ID, a)
			}
		}
	})
}

func TestLineageStory(t *testing.T) {
	r := load(t)
	s, err := r.Lineage("02608", on(t, "2024-10-01"))
	if err != nil || s.Unit.ID != "02608.2" || !s.Current || len(s.Bearers) != 3 || len(s.Before) != 2 || len(s.After) == 0 {
		t.Errorf("02608 in October 2024 = %+v, %v", s, err)
	}
	for _, e := range s.Before {
		if e.Decree != "1106/NQ-UBTVQH15" || e.Date != on(t, "2024-09-01") {
			t.Errorf("Hồng Sơn came by %s on %v", e.Decree, e.Date)
		}
	}
	gone, err := r.Lineage("02593", on(t, "2025-08-01"))
	if err != nil || gone.Current || gone.Unit.ID != "02593.1" || len(gone.After) < 2 {
		t.Errorf("02593 in August 2025 = %+v, %v; want the last bearer and two generations", gone, err)
	}
	if _, err := r.Lineage("2593", on(t, "2024-08-01")); !fault.Is(err, fault.NotFound) {
		t.Errorf("2593: %v, want not found", err)
	} else if got := fault.Text(err); got != "không có địa bàn nào mang mã 2593; có phải 02593 (xã Vân Sơn)?" {
		t.Errorf("2593: %s", got)
	}
}

// TestSentence: each kind of line as the story of a code prints it.
func TestSentence(t *testing.T) {
	r := load(t)
	for id, want := range map[string]string{
		"02593.1": "01/09/2024: toàn bộ xã Vân Sơn (02593) nhập vào xã Hồng Sơn (02608), theo Nghị quyết 1106/NQ-UBTVQH15",
		"074.1":   "01/07/2025: huyện Hàm Yên (074) kết thúc, các xã về tỉnh Tuyên Quang (08), theo 72/2025/QH15",
		"070.1":   "01/07/2025: thành phố Tuyên Quang (070) kết thúc, các xã, phường về tỉnh Tuyên Quang (08), theo 72/2025/QH15",
		"02.1":    "01/07/2025: toàn bộ tỉnh Hà Giang (02) nhập vào tỉnh Tuyên Quang (08), theo 202/2025/QH15",
		"02392.1": "01/07/2025: toàn bộ xã Phù Lưu (02392) nhập vào xã Phù Lưu (02392) mới, theo khoản 21 Điều 1 Nghị quyết 1684/NQ-UBTVQH15",
		"02305.1": "01/07/2025: xã Trung Hà (02305) giữ nguyên, trực thuộc tỉnh Tuyên Quang (08), theo khoản 112 Điều 1 Nghị quyết 1684/NQ-UBTVQH15",
		"00922.1": "01/07/2025: xã Thuận Hoà (00922) giữ nguyên, viết là xã Thuận Hòa, trực thuộc tỉnh Tuyên Quang (08), theo khoản 112 Điều 1 Nghị quyết 1684/NQ-UBTVQH15",
		"02497.1": "01/07/2025: một phần xã Kim Phú (02497), ước 96% diện tích, nhập vào phường Minh Xuân (02215), theo khoản 106 Điều 1 Nghị quyết 1684/NQ-UBTVQH15",
	} {
		_, out := r.Edges(id)
		if !slices.ContainsFunc(out, func(e place.Edge) bool { return e.Sentence(r) == want }) {
			t.Errorf("no line out of %s reads %s", id, want)
			for _, e := range out {
				t.Log(e.Sentence(r))
			}
		}
	}
	part := place.Edge{Date: on(t, "2025-07-01"), Old: "02497.1", New: "02509.2", Event: place.Split}
	if got := part.Sentence(r); got != "01/07/2025: một phần xã Kim Phú (02497) nhập vào phường Mỹ Lâm (02509)" {
		t.Errorf("without a share or decree: %s", got)
	}
	part.Percent, part.Clause, part.Decree = 4, "Phụ lục", "X"
	if got := part.Sentence(r); got != "01/07/2025: một phần xã Kim Phú (02497), ước dưới 5% diện tích, nhập vào phường Mỹ Lâm (02509), theo Phụ lục X" {
		t.Errorf("with a share inside the drawing error: %s", got)
	}
}

// TestEverySentence: no line has an empty name, a double space or a zero share.
func TestEverySentence(t *testing.T) {
	r := load(t)
	for _, d := range r.Changes() {
		for _, u := range r.At(d).Units() {
			into, out := r.Edges(u.ID)
			for _, e := range append(into, out...) {
				text := e.Sentence(r)
				for _, bad := range []string{"  ", "()", " ,", " ;", " 0%", ",,", ": ,"} {
					if strings.Contains(text, bad) {
						t.Errorf("%s -> %s reads %q", e.Old, e.New, text)
					}
				}
			}
		}
	}
}

// TestUnchangedIsToldOnce: the day a place went on lies before or after a day.
func TestUnchangedIsToldOnce(t *testing.T) {
	r := load(t)
	for date, want := range map[string][2]int{"2025-06-30": {0, 1}, "2025-07-01": {1, 0}} {
		s, err := r.Lineage("02305", on(t, date))
		if got := [2]int{len(s.Before), len(s.After)}; err != nil || got != want {
			t.Errorf("Trung Hà on %s has %v lines before and after, %v; want %v", date, got, err, want)
		}
	}
}
