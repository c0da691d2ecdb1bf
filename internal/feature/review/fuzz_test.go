package review

import (
	"bytes"
	"testing"

	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
)

// FuzzRead reads any text as a findings file: it never panics, every error has
// a line and words, every sound finding can be judged and is what its row says
// when it is written out and read again.
func FuzzRead(f *testing.F) {
	f.Add([]byte(header + "02389,9.2,2024,89.78,,,,verified,ghi chú\n"))
	f.Add([]byte("\ufeffcommune;indicator;period;value;male;female\nMinh Dân;15.1;2024-H1;91;90,5;92\n"))
	f.Add([]byte(header + "02389,10,2024,1.234,,,,,\n02389,10,2024,đạt,,,,,\n,,,,,,,,\n\"02389,10\n"))
	f.Add([]byte("Mã xã,Tên xã,Mã chỉ tiêu,Kỳ,Giá trị,Tử số,Mẫu số\n02608,Hồng Lạc,9.2,2024-H1,,5,7\n"))
	f.Add([]byte("commune,set,indicator,period,value\n02389,xa-ntm-nang-cao-2021-2025,10,2024,50\n02389,xa-ntm-2021-2025,10,2024,51\n"))
	w := newWorld(f)
	q := w.question(f, kieuMau, "2024-10-01")
	opt := ReadOptions{Sets: append(q.Library.Base(q.Set), q.Set, w.set(f, ntm)), Places: q.Places, Province: "08", Until: q.On}
	f.Fuzz(func(t *testing.T, data []byte) {
		book, err := sheet.Open("a.csv", data, sheet.DefaultLimits())
		if err != nil {
			return
		}
		b, err := Read(book, opt)
		if err != nil {
			return
		}
		for _, e := range b.Errors {
			if e.Line < 1 || e.Column == "" || e.Message == "" {
				t.Errorf("%+v", e)
			}
		}
		var sound []Finding
		for _, x := range b.Findings {
			if x.Datum.State != law.Faulty {
				sound = append(sound, x)
			} else if len(b.Errors) == 0 {
				t.Errorf("a faulty row without an error: %+v", x)
			}
		}
		var out bytes.Buffer
		must(t, Assess(q, b.Communes, b.Findings).Report(b.Errors).WriteJSON(&out))
		if len(b.Errors) == 0 && len(sound) > 0 {
			reread(t, opt, sound)
		}
	})
}

// reread writes findings of the first one's period as a workbook and compares.
func reread(t *testing.T, opt ReadOptions, sent []Finding) {
	t.Helper()
	form := Form{Sets: []*law.Set{sent[0].Set}, On: opt.Until, Period: sent[0].Datum.Period, Places: opt.Places, Filled: true, ByCommune: true}
	form.Communes = append(form.Communes, *sent[0].Place)
	form.Findings = sent
	data, err := form.Bytes()
	must(t, err)
	b, err := Read(openXLSX(t, data), opt)
	must(t, err)
	got := map[reported]*Finding{}
	for i := range b.Findings {
		got[reported{b.Findings[i].Place.ID, b.Findings[i].Set, b.Findings[i].Slot}] = &b.Findings[i]
	}
	for i := range sent {
		x := &sent[i]
		if x.Set != sent[0].Set || x.Place.ID != sent[0].Place.ID || x.Datum.Period != sent[0].Datum.Period {
			continue
		}
		if y := got[reported{x.Place.ID, x.Set, x.Slot}]; y == nil || !sameFinding(x, y) {
			t.Errorf("%s: %+v became %+v (%+v)", x.Indicator().Code, x, y, b.Errors)
		}
	}
}
