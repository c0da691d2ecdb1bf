package round_test

import (
	"errors"
	"fmt"
	"testing"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
)

// A save says in the journal which indicator it is about: what follows the
// journal need not look through the sheet.
func TestASaveNamesItsIndicator(t *testing.T) {
	period, err := day.ParsePeriod("2024-Q3")
	must(t, err)
	at := round.Target{Place: "02407.1", Period: period, Set: "xa-ntm-2021-2025", Code: "9.2"}
	one, err := (&round.Save{Target: at}).Command("a")
	must(t, err)
	if want := `{"indicators":["xa-ntm-2021-2025/9.2"],"period":"2024-Q3","places":["02407.1"]}`; one.Scope != want {
		t.Errorf("%s, want %s", one.Scope, want)
	}
	other := at
	other.Code = "4.2"
	two, err := (&round.Many{Items: []round.Save{{Target: at}, {Target: other}}}).Command("a")
	must(t, err)
	if want := `{"period":"2024-Q3","places":["02407.1"]}`; two.Scope != want {
		t.Errorf("%s, want %s", two.Scope, want)
	}
}

// A save that is sent again, late and out of order, is recorded once.
func TestTheSameSaveTwice(t *testing.T) {
	each(t, func(w *world) {
		first := round.Save{Target: w.target("9.2"), Entry: law.Entry{Value: "90"}, Key: "k1"}
		s, err := w.save(clerk, first)
		must(t, err)
		if _, err = w.save(clerk, first); !errors.Is(err, round.ErrSame) {
			t.Errorf("repeated at once: %v", err)
		}
		for i, value := range []string{"85", "70", "80"} {
			s, err = w.save(clerk, round.Save{Target: w.target("9.2"), Entry: law.Entry{Value: value}, Base: s.Finding.Entry, Key: fmt.Sprint("k", 2+i)})
			must(t, err)
		}
		if _, err = w.save(clerk, first); !errors.Is(err, round.ErrSame) {
			t.Errorf("repeated after another: %v", err)
		}
		if _, f := w.row("9.2"); f.Datum.Value != 800000 {
			t.Errorf("%+v", f)
		}
		if _, err = w.save(clerk, round.Save{Target: w.target("4.2"), Entry: law.Entry{}}); !errors.Is(err, round.ErrSame) {
			t.Errorf("nothing over nothing: %v", err)
		}
	})
}
