package criteria_test

import (
	"testing"

	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/criteria"
)

// Whatever a file says, every value that is read is one the law lets a province
// set.
func FuzzReadDecisions(f *testing.F) {
	f.Add(head + ntm + ",2.1,\"≥ 95,5 %\",,Hàm Yên,2024,,,12/2023/QĐ-UBND,15/03/2023,Điều 2,,minh họa\n")
	f.Add(head + ntm + ",17.1,35,20,02392,,1/1/2023,31/12/2024,1/QĐ,15/03/2023,,,\n")
	f.Add(head + "xa-ntm-nang-cao-2021-2025,5.5,Tốt,,,,,,1/QĐ,2023-03-15,,,\n")
	w := load(f)
	f.Fuzz(func(t *testing.T, file string) {
		book, err := sheet.Open("decisions.csv", []byte(file), sheet.DefaultLimits())
		if err != nil {
			return
		}
		values, _ := criteria.ReadDecisions(book, w.lib, w.places, "08")
		for i := range values {
			v := &values[i]
			set, err := w.lib.Set(v.Set)
			if err != nil {
				t.Fatal(err)
			}
			if err := law.CheckDecision(set, v, law.Class{Region: law.TDMNPB}); err != nil || v.Until < v.From || v.Number == "" {
				t.Errorf("read %+v: %v", v, err)
			}
		}
	})
}
