package review

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"runtime"
	"testing"
	"time"

	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/sheet"
)

// provinceForm is every xã of Tuyên Quang with a figure or a word for all 132
// indicators of the sets xã NTM and xã NTM nâng cao, as filled workbooks are.
func provinceForm(t testing.TB, w world) (*Form, []byte) {
	t.Helper()
	p := period(t, "2024")
	tree := w.places.At(on(t, "2024-05-01"))
	f := &Form{Sets: []*law.Set{w.set(t, ntm), w.set(t, nangCao)}, On: on(t, "2024-05-01"), Period: p, Places: w.places, Filled: true}
	for _, u := range tree.Communes("") {
		if u.IsXa() && u.Province == "08" {
			f.Communes = append(f.Communes, u)
		}
	}
	book := sheet.NewBook(sheet.Properties{Title: "Rà soát"})
	out, err := book.Sheet(sheet.Layout{Name: "Rà soát", Columns: []sheet.Heading{
		{Text: "Mã xã"}, {Text: "Tên xã"}, {Text: "Bộ tiêu chí"}, {Text: "Mã chỉ tiêu", Code: true}, {Text: "Kỳ"}, {Text: "Giá trị"}, {Text: "Mức kiểm tra"},
	}})
	must(t, err)
	for i := range f.Communes {
		u := &f.Communes[i]
		for _, s := range f.Sets {
			for slot := range s.Indicators {
				ind := &s.Indicators[slot]
				v := sheet.PutNumber(fmt.Sprintf("%d", (i+slot)%9))
				switch {
				case len(ind.Levels) > 0:
					v = sheet.PutText(ind.Levels[i%len(ind.Levels)])
				case choosesWord(ind):
					v = sheet.PutText("đạt")
				case ind.Measure != "":
					v = sheet.PutNumber("77.25")
				}
				must(t, out.Row(sheet.PutCode(u.Code), sheet.PutText(u.Name), sheet.PutCode(s.ID), sheet.PutCode(ind.Code),
					sheet.PutCode("2024-H1"), v, sheet.PutText("xã tự đánh giá")))
			}
		}
	}
	data, err := book.Bytes()
	must(t, err)
	return f, data
}

// BenchmarkProvinceReview takes a province's review from the bytes of a
// workbook (122 x 132 cells) to committed, journalled and evaluated on both
// sets. The aim is 2 s and 128 MB; peak-MB is the largest heap that was seen.
func BenchmarkProvinceReview(b *testing.B) {
	w := newWorld(b)
	form, data := provinceForm(b, w)
	ctx := context.Background()
	for b.Loop() {
		b.StopTimer()
		d := dbtest.Open(b, db.Options{Path: b.TempDir() + "/bench.sqlite"})
		s := w.service(b, d, noTitles{})
		peak := watchHeap()
		b.StartTimer()
		book := openXLSX(b, data)
		batch := w.batch(b, "2024-H1", book)
		if len(batch.Findings) != len(form.Communes)*132 {
			b.Fatalf("%d findings of %d communes", len(batch.Findings), len(form.Communes))
		}
		sum := sha256.Sum256(data)
		cmd := &Import{File: "tinh.xlsx", SHA256: hex.EncodeToString(sum[:]), Period: period(b, "2024-H1"), Findings: batch.Findings}
		command, err := cmd.Command("tinh")
		must(b, err)
		must(b, d.Write(ctx, command, func(tx *db.Tx) error {
			_, err := s.Import(ctx, tx, cmd)
			return err
		}))
		must(b, d.Read(ctx, func(tx *db.Tx) error {
			for _, set := range form.Sets {
				a, err := s.Assess(ctx, tx, set, form.Communes, Ask{On: form.On, Known: math.MaxInt64, Province: "08"})
				if err != nil {
					return err
				}
				if len(a.Standing.Communes) != len(form.Communes) {
					b.Error("communes are missing")
				}
			}
			return nil
		}))
		b.StopTimer()
		b.ReportMetric(peak(), "peak-MB")
		b.StartTimer()
	}
}

// watchHeap samples the heap until the function it gives is called, which tells
// the largest size in MB.
func watchHeap() func() float64 {
	stop, done := make(chan struct{}), make(chan uint64)
	go func() {
		var largest uint64
		var m runtime.MemStats
		for {
			runtime.ReadMemStats(&m)
			largest = max(largest, m.HeapInuse+m.StackInuse)
			select {
			case <-stop:
				done <- largest
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	return func() float64 { close(stop); return float64(<-done) / (1 << 20) }
}

// BenchmarkAssessProvince judges 122 communes from findings in memory.
func BenchmarkAssessProvince(b *testing.B) {
	w := newWorld(b)
	form, data := provinceForm(b, w)
	batch := w.batch(b, "2024-H1", openXLSX(b, data))
	q := &Question{Library: w.lib, Set: form.Sets[0], On: form.On, Province: "08", Places: w.places}
	for b.Loop() {
		Assess(q, form.Communes, batch.Findings)
	}
}

// BenchmarkProvinceWorkbook makes the workbook of a province for two sets.
func BenchmarkProvinceWorkbook(b *testing.B) {
	w := newWorld(b)
	form, data := provinceForm(b, w)
	form.Findings = w.batch(b, "2024-H1", openXLSX(b, data)).Findings
	form.Period = period(b, "2024-H1")
	for b.Loop() {
		_, err := form.Bytes()
		must(b, err)
	}
}
