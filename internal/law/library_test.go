package law_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
)

func TestLibraryFindsSets(t *testing.T) {
	lib := library(t)
	if _, err := lib.Set("xa-ntm"); !fault.Is(err, fault.NotFound) || !strings.Contains(fault.Text(err), ntm) {
		t.Errorf("an unknown set gives %v", err)
	}
	base := lib.Base(set(t, kieuMau))
	if len(base) != 1 || base[0].ID != nangCao || len(lib.Base(set(t, ntm))) != 0 {
		t.Errorf("the kiểu mẫu set rests on %v", base)
	}
}

func TestTestedOnPrefersTheYearsPeriod(t *testing.T) {
	of := func(id string, from, to int, draft bool) *law.Set {
		return &law.Set{
			ID: id, Draft: draft, PeriodFrom: day.Of(from, 1, 1), PeriodTo: day.Of(to, 12, 31),
			Revocation: &law.Revocation{Titles: []law.Title{law.TitleNTM}},
		}
	}
	sets := []*law.Set{of("old", 2016, 2020, false), of("now", 2021, 2025, false), of("new", 2026, 2030, false), of("draft", 2031, 2035, true)}
	for range sets {
		sets = append(sets[1:], sets[0])
		lib := &law.Library{Sets: sets}
		for y, want := range map[int]string{2018: "old", 2024: "now", 2026: "new", 2033: "new", 2010: "new"} {
			if got := lib.TestedOn(law.TitleNTM, y); got == nil || got.ID != want {
				t.Errorf("%d: %v, want %s", y, got, want)
			}
		}
		if got := lib.TestedOn(law.TitleKieuMau, 2024); got != nil {
			t.Errorf("a title without a set is tested on %s", got.ID)
		}
	}
}

func TestCompareCodes(t *testing.T) {
	want := []string{"1", "1.2", "2", "5.1", "5.2", "5.a", "5.n", "9", "10", "17", "17.1", "17.2", "17.10", "17.10.a", "18.4.1", "18.4.t", "KM", "KM.1", "KM.2"}
	rapid.Check(t, func(t *rapid.T) {
		got := rapid.Permutation(want).Draw(t, "codes")
		slices.SortFunc(got, law.CompareCodes)
		if !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

func TestSlotsHoldTheirCodes(t *testing.T) {
	for _, s := range library(t).Sets {
		for i := range s.Slots() {
			if back, ok := s.Slot(s.At(i).Code); !ok || back != i || s.At(i).Slot != i {
				t.Errorf("%s: slot %d holds %s, which is at %d", s.ID, i, s.At(i).Code, back)
			}
		}
		for i, c := range s.Criteria {
			if got, ok := s.Criterion(c.Code); !ok || got != &s.Criteria[i] {
				t.Errorf("%s: criterion %s is not found", s.ID, c.Code)
			}
		}
		if _, ok := s.Criterion("?"); ok {
			t.Errorf("%s has a criterion ?", s.ID)
		}
	}
}

func TestPrecedenceOfFindings(t *testing.T) {
	datum := func(text string, p law.Provenance) *law.Datum {
		period, err := day.ParsePeriod(text)
		if err != nil {
			t.Fatal(err)
		}
		return &law.Datum{State: law.Given, Period: period, Provenance: p}
	}
	ascending := []*law.Datum{
		datum("2023", law.FieldChecked), datum("2024-Q1", law.Declared), datum("2024-H1", law.Declared), datum("2024-Q2", law.Declared),
		datum("2024-06", law.Declared), datum("2024-06", law.Verified), datum("2024-06", law.Confirmed), datum("2024", law.Declared),
	}
	for i, a := range ascending {
		for j, b := range ascending {
			if got := law.ComparePrecedence(a, b); (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("%s %s against %s %s: %d", a.Period, a.Provenance, b.Period, b.Provenance, got)
			}
		}
	}
	if !datum("2024-Q4", law.Declared).Counts(october) || datum("2024-11", law.Declared).Counts(october) {
		t.Error("a finding counts when its period starts on or before the day")
	}
}

func TestConditionsMeet(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"> 3", "<= 3"}: false, {"> 3", ">= 3"}: true, {"< 3", "== 3"}: false, {"<= 3", "== 3"}: true, {"> 3", "< 4"}: true, {"== 3", "== 4"}: false,
	} {
		a, b := condition(t, pair[0]), condition(t, pair[1])
		if a.Meets(b) != want || b.Meets(a) != want {
			t.Errorf("%s and %s meet: %v, want %v", pair[0], pair[1], a.Meets(b), want)
		}
	}
}

func condition(t *testing.T, text string) *law.Condition {
	op, figure, _ := strings.Cut(text, " ")
	return &law.Condition{Part: "5.n", Op: op, Value: number(t, figure)}
}
