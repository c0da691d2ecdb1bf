package dossier

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/viewtest"
)

// What was recorded lately says the same corrections as everything does, as far
// back as it reaches.
func TestCorrectionsFromAPosition(t *testing.T) {
	viewtest.Each(t, func(t *testing.T, w *viewtest.World) {
		w.Fill(t)
		var at []int64
		for n := range 12 {
			at = append(at, w.Findings(t, "a.csv", fmt.Appendf(nil,
				"commune,set,indicator,period,value\n02389,xa-ntm-2021-2025,10,2024-H1,%d\n02389,xa-ntm-2021-2025,2.%d,2024-H1,%d\n", 40+n, 1+n%3, 50+n)))
		}
		unit, err := w.Places.Resolve("02389", viewtest.Province, viewtest.Today(), place.Commune)
		viewtest.Must(t, err)
		set, err := w.Law.Set("xa-ntm-2021-2025")
		viewtest.Must(t, err)
		viewtest.Must(t, w.DB.Read(context.Background(), func(tx *db.Tx) error {
			dict, err := criteria.NewReader(w.Law).Keys(context.Background(), tx)
			if err != nil {
				return err
			}
			all := func(from int64) []Change {
				list, err := versions(tx, unit.Key, from, viewtest.Now)
				viewtest.Must(t, err)
				return corrections(list, dict, set)
			}
			whole := all(0)
			if len(whole) < 20 {
				t.Fatalf("%d corrections, want twenty at least", len(whole))
			}
			for i, from := range at {
				late := all(from)
				if want := whole[:len(late)]; !reflect.DeepEqual(late, want) || len(late) < 2*(len(at)-i)-3 {
					t.Errorf("from %d: %d corrections, %+v, want %+v", from, len(late), late, want)
				}
			}
			return nil
		}))
	})
}
