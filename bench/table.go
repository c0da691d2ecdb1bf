package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
)

// row is one figure: its values by round, and what it should be.
type row struct {
	what   string
	unit   string // ms, s, /s, MB, B, "" for a plain number
	values []float64
	goal   *goal
	cpu    string // processor time, where it says more than the clock
	note   string // how it came about; printed below the table
	load   string
	absent string // why it was not measured
}

// goal is the limit that the median must keep.
type goal struct {
	limit float64
	least bool // the figure is to be at least limit, else at most
}

func atMost(limit float64) *goal  { return &goal{limit: limit} }
func atLeast(limit float64) *goal { return &goal{limit: limit, least: true} }

func (g *goal) met(v float64) bool {
	if g.least {
		return v >= g.limit
	}
	return v <= g.limit
}

// table collects rows in the order they are measured.
type table struct{ rows []row }

func (t *table) add(r row) {
	r.load, _, _ = strings.Cut(loadAverage(), " ")
	t.rows = append(t.rows, r)
}

// missing notes a row that could not be measured.
func (t *table) missing(what, why string) { t.rows = append(t.rows, row{what: what, absent: why}) }

// print writes the table, its notes, and how many goals were missed.
func (t *table) print(w io.Writer, rounds int) {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "\nWHAT\tMEDIAN\tMIN..MAX\tCPU\tGOAL\t\tLOAD")
	var notes []string
	missed, judged, absent := 0, 0, 0
	for _, r := range t.rows {
		if r.absent != "" || len(r.values) == 0 {
			absent++
			fmt.Fprintf(out, "%s\tNOT RUN: %s\n", r.what, r.absent)
			continue
		}
		goal, mark := "", ""
		if r.goal != nil {
			judged++
			goal, mark = r.limit(), "ok"
			if !r.goal.met(median(r.values)) {
				missed++
				mark = "!!"
			}
		}
		what := r.what
		if r.note != "" {
			at := slices.Index(notes, r.note)
			if at < 0 {
				at, notes = len(notes), append(notes, r.note)
			}
			what += " [" + strconv.Itoa(at+1) + "]"
		}
		spread := fmt.Sprintf("%s..%s", show(slices.Min(r.values), ""), show(slices.Max(r.values), r.unit))
		if len(r.values) < rounds {
			spread += fmt.Sprintf(" (n=%d)", len(r.values))
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", what, show(median(r.values), r.unit), spread, r.cpu, goal, mark, r.load)
	}
	_ = out.Flush() // standard output; there is nobody else to tell
	for i, n := range notes {
		fmt.Fprintf(w, "[%d] %s\n", i+1, n)
	}
	fmt.Fprintf(w, "\n%d of %d goals missed, %d rows not run\n", missed, judged, absent)
}

func (r *row) limit() string {
	if r.goal.least {
		return ">= " + show(r.goal.limit, r.unit)
	}
	return "<= " + show(r.goal.limit, r.unit)
}

// median is the middle value, of an even number the mean of the two.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	if n == 0 {
		return math.NaN()
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// show writes a number with at least three significant digits, and its unit.
func show(v float64, unit string) string {
	text := strconv.FormatFloat(v, 'f', max(0, 2-int(math.Floor(math.Log10(max(math.Abs(v), 0.001))))), 64)
	if v == math.Trunc(v) {
		text = strconv.FormatFloat(v, 'f', 0, 64)
	}
	whole, rest, _ := strings.Cut(text, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if rest != "" {
		whole += "." + rest
	}
	switch unit {
	case "", "/s":
		return whole + unit
	}
	return whole + " " + unit
}
