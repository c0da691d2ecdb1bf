package main

import (
	"math"
	"strings"
	"testing"
)

func TestExponent(t *testing.T) {
	size := []float64{138, 500, 1380, 5000, 10595}
	for _, k := range []float64{0, 0.5, 1, 1.15, 2} {
		var cost []float64
		for _, n := range size {
			cost = append(cost, 3*math.Pow(n, k))
		}
		if got, err := exponent(size, cost); err != nil || math.Abs(got-k) > 1e-9 {
			t.Errorf("n^%v: %v, %v", k, got, err)
		}
	}
	if _, err := exponent(size, []float64{1, 2, 0, 4, 5}); err == nil {
		t.Error("a cost of zero was fitted")
	}
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   float64
	}{{[]float64{5}, 5}, {[]float64{9, 1, 4}, 4}, {[]float64{4, 1, 2, 9}, 3}} {
		if got := median(c.values); got != c.want {
			t.Errorf("median of %v is %v, want %v", c.values, got, c.want)
		}
	}
}

func TestShow(t *testing.T) {
	for _, c := range []struct {
		v    float64
		unit string
		want string
	}{
		{8000, "/s", "8,000/s"},
		{1234567.8, "/s", "1,234,568/s"},
		{28.94, "B", "28.9 B"},
		{0.0514, "ms", "0.0514 ms"},
		{1.0472, "", "1.05"},
		{128, "MB", "128 MB"},
	} {
		if got := show(c.v, c.unit); got != c.want {
			t.Errorf("%v %s is shown as %q, want %q", c.v, c.unit, got, c.want)
		}
	}
}

func TestTableCountsGoals(t *testing.T) {
	var tab table
	tab.add(row{what: "fast enough", unit: "ms", values: []float64{60, 40, 41}, goal: atMost(50)})
	tab.add(row{what: "too slow", unit: "/s", values: []float64{7000, 7999, 9000}, goal: atLeast(8000)})
	tab.add(row{what: "merely told", unit: "s", values: []float64{1}})
	tab.missing("elsewhere", "no server")
	var out strings.Builder
	tab.print(&out, 3)
	text := out.String()
	for _, want := range []string{"1 of 2 goals missed, 1 rows not run", "NOT RUN: no server", "41 ms", "(n=1)"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in:\n%s", want, text)
		}
	}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "too slow") && !strings.Contains(line, "!!") {
			t.Errorf("a missed goal is not marked: %s", line)
		}
	}
}
