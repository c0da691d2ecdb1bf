package board_test

import (
	"strings"
	"testing"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/view/viewtest"
)

// One pass over a commune's pages says what the history of each slot says.
func TestReportsAreTheHistory(t *testing.T) {
	w := viewtest.Demo(t)
	thaiSon, _ := w.Places.Latest("02407.1")
	ntm, err := w.Law.Set("xa-ntm-2021-2025")
	viewtest.Must(t, err)
	for i, name := range []string{"2023", "2023-H2", "2024-Q1", "2024-Q2", "2024-Q3"} {
		period, err := day.ParsePeriod(name)
		viewtest.Must(t, err)
		cmd := &review.Import{File: name, SHA256: strings.Repeat("0", 64), Period: period}
		for slot := range 3 {
			d := law.Datum{State: law.Given, HasValue: true, Value: law.Number(60+10*i+slot) * law.One, Period: period}
			cmd.Findings = append(cmd.Findings, review.Finding{Place: &thaiSon, Set: ntm, Slot: 2 + slot, Datum: d})
		}
		w.Record(t, cmd)
	}
	b := w.Board(t)
	compared := 0
	for _, name := range []string{"2024-H1", "2024-Q3", "2024-Q1", "2023-Q1"} {
		period, err := day.ParsePeriod(name)
		viewtest.Must(t, err)
		for _, id := range []string{"02407.1", "02404.1", "02617.1"} {
			unit, _ := w.Places.Latest(id)
			reports := b.ReportsOf(unit.Key, period)
			for _, set := range w.Law.Sets {
				for slot, key := range b.Dictionary().Slots(set) {
					var now, last law.Datum
					for _, d := range b.History(unit.Key, set, slot) {
						switch {
						case d.Period == period:
							now = d
						case d.Period.Last() < period.Last() && (!last.Known() || law.ComparePrecedence(&d, &last) >= 0):
							last = d
						}
					}
					var r [2]law.Datum
					if int(key) < len(reports) {
						r = [2]law.Datum{reports[key].Now, reports[key].Last}
					}
					if r != [2]law.Datum{now, last} {
						t.Errorf("%s %s %s %s: %+v, want %+v", name, id, set.ID, set.At(slot).Code, r, [2]law.Datum{now, last})
					}
					if now.Known() || last.Known() {
						compared++
					}
				}
			}
		}
	}
	if compared < 200 {
		t.Errorf("only %d were compared", compared)
	}
}
