package law_test

import (
	"os"
	"strconv"
	"sync"
	"testing"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/law/lawfile"
)

const (
	ntm     = "xa-ntm-2021-2025"
	nangCao = "xa-ntm-nang-cao-2021-2025"
	kieuMau = "xa-ntm-kieu-mau-2021-2025"
)

// October is the day most tests judge at.
var october = day.Of(2024, 10, 1)

var readLibrary = sync.OnceValues(func() (*law.Library, error) {
	return lawfile.Load(os.DirFS("../../rules"))
})

func library(t testing.TB) *law.Library {
	t.Helper()
	lib, err := readLibrary()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func set(t testing.TB, id string) *law.Set {
	t.Helper()
	s, err := library(t).Set(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func slot(t testing.TB, s *law.Set, code string) int {
	t.Helper()
	i, ok := s.Slot(code)
	if !ok {
		t.Fatalf("%s has no %s", s.ID, code)
	}
	return i
}

// year is the period of a year.
func year(y int) day.Period {
	p, err := day.ParsePeriod(strconv.Itoa(y))
	if err != nil {
		panic(err)
	}
	return p
}

// number reads a figure of a test.
func number(t testing.TB, text string) law.Number {
	t.Helper()
	n, err := law.ParseNumber(text, law.GroupingDecimal)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// commune lays entries out as one commune of the midlands in the year of on.
func commune(t testing.TB, s *law.Set, on day.Day, entries map[string]law.Entry) *law.Facts {
	t.Helper()
	data := make([]law.Datum, s.Slots())
	for code, e := range entries {
		if !e.Period.Valid() {
			e.Period = year(on.Year())
		}
		i := slot(t, s, code)
		d, faults := s.At(i).Read(&e)
		for _, f := range faults {
			t.Fatalf("%s: %s", code, f.Vietnamese())
		}
		data[i] = d
	}
	return &law.Facts{On: on, Communes: []law.CommuneFacts{{
		ID: "xa", Class: law.Class{Region: law.TDMNPB}, Areas: []string{"xa", "huyen", "tinh"}, Data: data,
	}}}
}

// explain evaluates one commune and explains one code.
func explain(t testing.TB, s *law.Set, dec *law.Decisions, facts *law.Facts, code string) law.Trace {
	t.Helper()
	standing := law.Evaluate(s, dec, facts)
	return law.Explain(&standing.Communes[0], &facts.Communes[0], slot(t, s, code))
}
