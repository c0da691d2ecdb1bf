package sheet

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"
)

// province makes a review of 122 communes by 132 indicators, the way people
// fill it: numbers, words and codes.
func province(t testing.TB, communes, indicators int) []byte {
	t.Helper()
	b := NewBook(Properties{Title: "Rà soát"})
	defer func() {
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}()
	cols := []Heading{{Text: "Mã xã"}, {Text: "Xã", Width: 24}}
	for i := range indicators {
		cols = append(cols, Heading{Text: fmt.Sprintf("%d.%d", i/7+1, i%7+1), Code: true})
	}
	s, err := b.Sheet(Layout{Name: "Rà soát", Columns: cols, Protect: true, Freeze: 2})
	if err != nil {
		t.Fatal(err)
	}
	choice := Choice("đạt", "chưa đạt", "không áp dụng")
	for c := range communes {
		row := []Value{PutCode(fmt.Sprintf("%05d", 2200+c)), PutText(fmt.Sprintf("Xã Minh Dân %d", c))}
		for i := range indicators {
			switch i % 4 {
			case 0:
				row = append(row, PutText("đạt").Input().Checked(choice))
			case 1:
				row = append(row, PutNumber(fmt.Sprintf("%d.%02d", 50+i%40, c%100)).Input().Checked(DecimalBetween(0, 100)))
			case 2:
				row = append(row, PutPercent(fmt.Sprintf("%d.5", 60+c%40)).Input())
			default:
				row = append(row, PutInt(int64(c*i)).Input())
			}
		}
		if err := s.Row(row...); err != nil {
			t.Fatal(err)
		}
	}
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func BenchmarkReadProvince(b *testing.B) {
	data := province(b, 122, 132)
	b.ReportMetric(float64(len(data))/1024, "file-kB")
	b.ReportAllocs()
	for b.Loop() {
		if err := readAll("p.xlsx", data); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReadProvinceExcelize is what the own reader is measured against.
func BenchmarkReadProvinceExcelize(b *testing.B) {
	data := province(b, 122, 132)
	b.ReportAllocs()
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.Rows("Rà soát")
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				b.Fatal(err)
			}
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteProvince(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		province(b, 122, 132)
	}
}

func BenchmarkWriteNational(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		province(b, 10_595, 132)
	}
}

func BenchmarkReadCSV(b *testing.B) {
	data := findingsCSV(200_000)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := readAll("f.csv", data); err != nil {
			b.Fatal(err)
		}
	}
}

func findingsCSV(rows int) []byte {
	out := []byte("commune,indicator,period,value,male,female,share,provenance,note\n")
	for i := range rows {
		out = fmt.Appendf(out, "%05d,%d.%d,2024,%d.%d,,,,declared,\"ghi chú, %d\"\n", i/57, i%19+1, i%5+1, i%100, i%10, i)
	}
	return out
}
