package rules_test

import (
	"os"
	"strings"
	"testing"

	"giuchuan/internal/law"
	"giuchuan/internal/law/lawfile"
	"giuchuan/rules"
)

func load(t testing.TB) *law.Library {
	t.Helper()
	lib, err := lawfile.Load(rules.FS)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func TestCountsClose(t *testing.T) {
	lib := load(t)
	for id, want := range map[string][2]int{
		"xa-ntm-2021-2025":          {19, 57},
		"xa-ntm-nang-cao-2021-2025": {19, 75},
		"xa-ntm-kieu-mau-2021-2025": {1, 4},
	} {
		s, err := lib.Set(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]int{len(s.Criteria), len(s.Indicators)}; got != want {
			t.Errorf("%s has %d criteria and %d indicators, want %v", id, got[0], got[1], want)
		}
		if s.ExpectedCriteria != want[0] || s.ExpectedIndicators != want[1] {
			t.Errorf("%s declares %d/%d, want %v", id, s.ExpectedCriteria, s.ExpectedIndicators, want)
		}
		if err := law.CheckUsable(s); err != nil {
			t.Errorf("%s is not usable: %v", id, err)
		}
	}
	for _, id := range []string{"huyen-ntm-2021-2025", "xa-ntm-2026-2030"} {
		s, err := lib.Set(id)
		if err != nil {
			t.Fatal(err)
		}
		if err := law.CheckUsable(s); err == nil {
			t.Errorf("%s is incomplete but usable", id)
		}
	}
}

func TestEveryValueHasProvenanceAndNobodyVerifiedIt(t *testing.T) {
	for _, s := range load(t).Sets {
		for slot := range s.Slots() {
			ind := s.At(slot)
			values := ind.Values
			if ind.Of != nil {
				values = append(values[:len(values):len(values)], ind.Of.Values...)
			}
			for _, v := range values {
				if v.Source.Instrument == "" || v.Source.Origin == "" || v.Source.Article == "" {
					t.Errorf("%s %s: a value has no provenance: %+v", s.ID, ind.Code, v.Source)
				}
				if v.Verified != nil {
					t.Errorf("%s %s: verified by %s; shipped values are verified by records, not by the file", s.ID, ind.Code, v.Verified.By)
				}
			}
			if ind.Parent < 0 && ind.Published == "" {
				t.Errorf("%s %s names no publishing document", s.ID, ind.Code)
			}
		}
	}
}

func TestCoreCriteriaOfRevocation(t *testing.T) {
	lib := load(t)
	for id, want := range map[string]string{
		"xa-ntm-2021-2025":          "10 17 19",
		"xa-ntm-nang-cao-2021-2025": "10 17 18 19",
	} {
		s, err := lib.Set(id)
		if err != nil {
			t.Fatal(err)
		}
		var core []string
		for _, c := range s.Criteria {
			if c.Core {
				core = append(core, c.Code)
			}
		}
		if got := strings.Join(core, " "); got != want {
			t.Errorf("%s: core criteria %s, want %s", id, got, want)
		}
	}
	if s := lib.TestedOn(law.TitleKieuMau, 2024); s == nil || s.ID != "xa-ntm-nang-cao-2021-2025" {
		t.Errorf("a kiểu mẫu commune is tested on %v, want the nâng cao set", s)
	}
}

func TestSoftAndByPeopleAreData(t *testing.T) {
	s, err := load(t).Set("xa-ntm-2021-2025")
	if err != nil {
		t.Fatal(err)
	}
	var soft []string
	for _, c := range s.Criteria {
		if c.Soft {
			soft = append(soft, c.Name)
		}
	}
	want := "Văn hóa; Hệ thống chính trị và tiếp cận pháp luật; Quốc phòng và An ninh"
	if got := strings.Join(soft, "; "); got != want {
		t.Errorf("soft criteria %q, want %q", got, want)
	}
	byPeople := 0
	for i := range s.Indicators {
		if s.Indicators[i].ByPeople {
			byPeople++
		}
	}
	if byPeople == 0 {
		t.Error("no indicator is marked as organised by the people themselves")
	}
}

func TestMeasuresShareTheUnit(t *testing.T) {
	lib := load(t)
	if len(lib.Measures) == 0 {
		t.Fatal("no measures")
	}
	for _, m := range lib.Measures {
		var unit, kind string
		for i, member := range m.Members {
			s, err := lib.Set(member.Set)
			if err != nil {
				t.Fatal(err)
			}
			slot, ok := s.Slot(member.Indicator)
			if !ok {
				t.Fatalf("%s: no %s in %s", m.ID, member.Indicator, member.Set)
			}
			ind := s.At(slot)
			if i > 0 && (ind.Unit != unit || ind.Kind.String() != kind) {
				t.Errorf("measure %s mixes %s/%s with %s/%s", m.ID, unit, kind, ind.Unit, ind.Kind)
			}
			unit, kind = ind.Unit, ind.Kind.String()
			if m.Verified != nil {
				t.Errorf("measure %s is verified in the file", m.ID)
			}
		}
	}
}

func TestNoStrayFiles(t *testing.T) {
	entries, err := os.ReadDir("cases")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".yaml") {
			t.Errorf("cases/%s: only .yaml files, no subfolders", e.Name())
		}
	}
}

func BenchmarkLoadAllSets(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}
