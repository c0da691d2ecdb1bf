package recognition_test

import (
	"testing"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/sheet"
)

// Whatever a file says, every title that is read names a place, a level and a
// span, and the same file gives the same titles again.
func FuzzReadTitles(f *testing.F) {
	f.Add("mã xã,mức công nhận,số quyết định,ngày quyết định\n02392,NTM,9/QĐ-UBND,5/1/2021\n")
	f.Add("code_2024,name,title,basis,year,source_url\n02473,Yên Sơn,NTM nâng cao,recognised,2020,báo\n")
	f.Add("mã xã;mức công nhận;từ ngày;đến ngày;văn bản kết thúc\n02608.1;kiểu mẫu;1/1/2020;9/9/2024;7/QĐ\n")
	r := places(f)
	f.Fuzz(func(t *testing.T, file string) {
		book, err := sheet.Open("titles.csv", []byte(file), sheet.DefaultLimits())
		if err != nil {
			return
		}
		titles, _ := recognition.ReadTitles(book, r, "08")
		again, _ := recognition.ReadTitles(book, r, "08")
		if len(titles) != len(again) {
			t.Fatalf("%d titles, then %d", len(titles), len(again))
		}
		for i, x := range titles {
			if _, ok := r.Latest(x.Place); !ok || x.Level == "" || x.To < x.From || x.Basis == "" || again[i] != x {
				t.Errorf("read %+v", x)
			}
			if x.To != day.Forever && x.EndNumber == "" {
				t.Errorf("ended without a document: %+v", x)
			}
		}
	})
}
