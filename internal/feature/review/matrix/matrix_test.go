package matrix_test

import (
	"strconv"
	"strings"
	"sync"
	"testing"

	"giuchuan/internal/feature/review/matrix"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

const ntm = "xa-ntm-2021-2025"

var (
	loadLaw    = sync.OnceValues(criteria.LoadLaw)
	loadPlaces = sync.OnceValues(func() (*place.Register, error) { return place.Load(reference.FS()) })
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(fault.Text(err))
	}
}

func set(t testing.TB, id string) *law.Set {
	t.Helper()
	lib, err := loadLaw()
	must(t, err)
	s, err := lib.Set(id)
	must(t, err)
	return s
}

func where(t testing.TB) matrix.Where {
	t.Helper()
	places, err := loadPlaces()
	must(t, err)
	return matrix.Where{Places: places, Province: "08", On: day.Of(2024, 9, 30)}
}

func grids(t testing.TB, name string, data []byte) []*matrix.Grid {
	t.Helper()
	book, err := sheet.Open(name, data, sheet.DefaultLimits())
	must(t, err)
	out, err := matrix.Grids(book)
	must(t, err)
	return out
}

func guess(t testing.TB, text string) *matrix.Table {
	t.Helper()
	x, err := matrix.Guess(grids(t, "bang.csv", []byte(text)), set(t, ntm), where(t))
	must(t, err)
	return x
}

// readout is what a reading says, a line a value or refusal.
func readout(s *law.Set, r *matrix.Reading) (values, refused string) {
	var a, b []string
	for _, v := range r.Values {
		a = append(a, v.Place.Name+" "+s.At(v.Slot).Code+" "+v.Text)
	}
	for _, x := range r.Refused {
		b = append(b, x.Cell+": "+x.Fault.Vietnamese())
	}
	return strings.Join(a, "\n"), strings.Join(b, "\n")
}

func code(x *matrix.Table, col int) (string, bool, string) {
	for _, c := range x.Mapping.Columns {
		if c.Col == col {
			return c.Code, c.Whole, c.Doubt
		}
	}
	return "", false, "no such column"
}

// A table as offices keep them: titles above, a header of three rows, rows of
// districts, a total and notes below.
const office = "UBND TỈNH TUYÊN QUANG,,,,,,,\n" +
	"BIỂU TỔNG HỢP KẾT QUẢ RÀ SOÁT TIÊU CHÍ\n" +
	"STT,Tên xã,Tiêu chí 15. Y tế,,TC 17,10. Thu nhập,Tiêu chí 2,Ghi chú\n" +
	",,15.1. Tỷ lệ BHYT (%),15.2 Theo dõi sức khoẻ,17.10,Triệu đồng,,\n" +
	"A,B,1,2,3,4,5,6\n" +
	"I,Huyện Hàm Yên,,,,,,\n" +
	"1,Xã Thái Sơn,\"90,42\",Đ,Đ,\"45,2\",Đ,\n" +
	"2,Minh Dân,88,C,x,41,C (2.1; 2.3),\n" +
	"3,Phù Lưu,90,x,,42,-,\n" +
	"4,Không có xã này,90,Đ,Đ,42,Đ,\n" +
	",Tổng cộng,\"89,2\",2,3,42,3,\n" +
	"Ghi chú: Đ là đạt; C là chưa đạt,,,,,,,\n"

func TestProposal(t *testing.T) {
	x := guess(t, office)
	if x.Top != 3 || x.Mapping.Height != 3 || x.Mapping.Commune != 2 {
		t.Fatalf("header from row %d, %d rows, communes in column %d", x.Top, x.Mapping.Height, x.Mapping.Commune)
	}
	for col, want := range map[int]string{1: "", 2: "", 3: "15.1", 4: "15.2", 5: "17.10", 6: "10", 7: "2", 8: ""} {
		got, whole, doubt := code(x, col)
		if got != want || whole != (col == 7) {
			t.Errorf("column %d is %q (criterion %v, %s), want %q", col, got, whole, doubt, want)
		}
	}
	means := map[string]matrix.Meaning{}
	for _, w := range x.Mapping.Words {
		means[w.Text] = w.Means
	}
	for word, want := range map[string]matrix.Meaning{"đ": matrix.Met, "c": matrix.Unmet, "x": matrix.Refused} {
		if got, ok := means[word]; !ok || got != want {
			t.Errorf("%q means %q, want %q", word, got, want)
		}
	}
}

// The lower row of a header may hold one text only.
func TestAHeaderWithOneTextBelow(t *testing.T) {
	x := guess(t, "BIỂU TỔNG HỢP\nTT,Xã,Thu nhập,Y tế,Tiêu chí 18\n,,,15.2,\n1,Thái Sơn,\"46,5\",Đ,\n")
	if x.Top != 2 || x.Mapping.Height != 2 {
		t.Errorf("header from row %d, %d rows", x.Top, x.Mapping.Height)
	}
	if got, _, _ := code(x, 4); got != "15.2" {
		t.Errorf("column 4 is %q", got)
	}
}

func TestReading(t *testing.T) {
	x, s := guess(t, office), set(t, ntm)
	values, refused := readout(s, x.Read(s, where(t)))
	for _, want := range []string{"Thái Sơn 15.1 90,42", "Thái Sơn 15.2 đạt", "Thái Sơn 17.10 đạt", "Thái Sơn 10 45,2", "Minh Dân 15.2 chưa đạt", "Minh Dân 2.1 "} {
		if strings.Contains(want, "2.1") {
			if strings.Contains(values, want) {
				t.Errorf("2.1 is judged by a figure, yet the table says:\n%s", values)
			}
			continue
		}
		if !strings.Contains(values, want) {
			t.Errorf("lacks %q in\n%s", want, values)
		}
	}
	for _, want := range []string{
		"“x” chưa được khai báo nghĩa", "chỉ nói cả tiêu chí 2 “đạt”", "chỉ tiêu 2.1 chưa đạt phải ghi bằng số", "Không có xã này",
	} {
		if !strings.Contains(refused, want) {
			t.Errorf("no refusal says %q:\n%s", want, refused)
		}
	}
	if strings.Contains(values, "89,2") || strings.Contains(refused, "89,2") || strings.Contains(refused, "Ghi chú") {
		t.Errorf("totals and notes are no findings:\n%s\n%s", values, refused)
	}
}

// "đạt" of a criterion goes where the person says, and never to figures.
func TestSpread(t *testing.T) {
	s := set(t, ntm)
	const table = "STT,Xã,TC 17,TC 18\n1,Thái Sơn,đạt,đạt\n2,Minh Dân,chưa đạt (18.1),Chưa đạt: 18.1 và 18.2\n3,Phù Lưu,không đạt,-\n"
	var takers, figures int
	crit, _ := s.Criterion("18")
	for slot := crit.First; slot < crit.End; slot++ {
		if d, faults := s.At(slot).Read(&law.Entry{Value: "đạt"}); len(faults) == 0 && d.State == law.SaidMet {
			takers++
		} else {
			figures++
		}
	}
	for spread, want := range map[matrix.Spread]int{matrix.NoSpread: 0, matrix.SpreadAll: 0, matrix.SpreadSaid: takers} {
		if spread == matrix.SpreadAll && figures == 0 {
			want = takers
		}
		x := guess(t, table)
		for i := range x.Mapping.Columns {
			if x.Mapping.Columns[i].Code == "18" {
				x.Mapping.Columns[i].Spread = spread
			}
		}
		r := x.Read(s, where(t))
		values, refused := readout(s, r)
		if got := strings.Count(values, "Thái Sơn 18."); got != want {
			t.Errorf("spread %q gives %d indicators of 18, want %d:\n%s\n%s", spread, got, want, values, refused)
		}
		for _, text := range []string{"“18.1” không phải chỉ tiêu của tiêu chí 17", "tiêu chí 17 chưa đạt nhưng không nêu chỉ tiêu nào"} {
			if !strings.Contains(refused, text) {
				t.Errorf("no refusal says %q:\n%s", text, refused)
			}
		}
	}
}

// The next file of the same make is known again below other titles, one of
// another make is not.
func TestMatch(t *testing.T) {
	x := guess(t, office)
	known := []matrix.Mapping{x.Mapping}
	later := "Báo cáo quý 3\n,\n,\nSố: 12/BC\n" + strings.SplitN(office, "\n", 3)[2]
	got, ok := matrix.Match(grids(t, "b.csv", []byte(later)), known)
	if !ok || got.Mapping.Name != x.Mapping.Name || got.Top != 5 {
		t.Errorf("not known again: %v %+v", ok, got)
	}
	if _, ok := matrix.Match(grids(t, "c.csv", []byte(strings.Replace(later, "TC 17", "TC 16", 1))), known); ok {
		t.Error("a table with other columns is taken for it")
	}
}

// A number in the header may be 17.1 or 17.10: nobody guesses.
func TestNumericCodesAreNotGuessed(t *testing.T) {
	book := sheet.NewBook(sheet.Properties{Title: "x"})
	defer func() { must(t, book.Close()) }()
	out, err := book.Sheet(sheet.Layout{Name: "Biểu", Titles: []string{"Tổng hợp"}})
	must(t, err)
	must(t, out.Row(sheet.PutText("Xã"), sheet.PutNumber("17.1"), sheet.PutNumber("15.1"), sheet.PutText("17.2")))
	must(t, out.Row(sheet.PutText("Thái Sơn"), sheet.PutText("Đ"), sheet.PutNumber("90.42"), sheet.PutText("Đ")))
	data, err := book.Bytes()
	must(t, err)
	x, err := matrix.Guess(grids(t, "b.xlsx", data), set(t, ntm), where(t))
	must(t, err)
	if got, _, doubt := code(x, 2); got != "" || !strings.Contains(doubt, "17.10") {
		t.Errorf("17.1 as a number is read as %q (%s)", got, doubt)
	}
	if got, _, _ := code(x, 3); got != "15.1" {
		t.Errorf("15.1 as a number, of which there is no 15.10, is read as %q", got)
	}
	s := set(t, ntm)
	if values, _ := readout(s, x.Read(s, where(t))); !strings.Contains(values, "Thái Sơn 15.1 90,42") {
		t.Errorf("a stored number became\n%s", values)
	}
}

func TestTheSameCommuneTwice(t *testing.T) {
	s := set(t, ntm)
	x := guess(t, "Xã,15.1,15.2\nThái Sơn,90,Đ\nxã Thái Sơn,91,Đ\nMinh Dân,80,Đ\n")
	values, refused := readout(s, x.Read(s, where(t)))
	if strings.Contains(values, "Thái Sơn 15.1") || !strings.Contains(values, "Thái Sơn 15.2 đạt") || !strings.Contains(refused, "hai giá trị khác nhau") {
		t.Errorf("two rows of one commune:\n%s\n%s", values, refused)
	}
}

func TestBadMappings(t *testing.T) {
	s := set(t, ntm)
	good := matrix.Mapping{Name: "a", Set: ntm, Height: 1, Commune: 1, Columns: []matrix.Column{{Col: 2, Code: "15.1"}}}
	must(t, good.Check(s, true))
	for name, spoil := range map[string]func(m *matrix.Mapping){
		"no name":    func(m *matrix.Mapping) { m.Name = "" },
		"no header":  func(m *matrix.Mapping) { m.Height = 0 },
		"no commune": func(m *matrix.Mapping) { m.Commune = 0 },
		"no columns": func(m *matrix.Mapping) { m.Columns = nil },
		"a wrong code": func(m *matrix.Mapping) {
			m.Columns = []matrix.Column{{Col: 2, Code: "99.9"}}
		},
		"a code twice": func(m *matrix.Mapping) { m.Columns = append(m.Columns, matrix.Column{Col: 3, Code: "15.1"}) },
		"a wrong word": func(m *matrix.Mapping) { m.Words = []matrix.Word{{Text: "a", Means: "gì"}} },
		"a wrong spread": func(m *matrix.Mapping) {
			m.Columns = []matrix.Column{{Col: 2, Code: "15", Whole: true, Spread: "gì"}}
		},
	} {
		m := good
		spoil(&m)
		if err := m.Check(s, true); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzRead reads any text as a matrix: never a panic, every value of a known
// commune and an indicator of the set, every refusal with words and a place.
func FuzzRead(f *testing.F) {
	f.Add([]byte(office))
	f.Add([]byte("Xã,TC 17,TC 18\nThái Sơn,đạt,x\nMinh Dân,chưa đạt (17.1),\n"))
	f.Add([]byte("Huyện Hàm Yên,1\nTổng,2\nThái Sơn,=1+1\n"))
	f.Add([]byte(";;;\n\"\n,,15.1\nPhù Lưu,2"))
	s, w := set(f, ntm), where(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		book, err := sheet.Open("a.csv", data, sheet.DefaultLimits())
		if err != nil {
			return
		}
		all, err := matrix.Grids(book)
		if err != nil {
			return
		}
		x, err := matrix.Guess(all, s, w)
		if err != nil {
			return
		}
		for i := range x.Mapping.Columns {
			x.Mapping.Columns[i].Spread = matrix.SpreadSaid
		}
		if err := x.Mapping.Check(s, false); err == nil {
			if _, ok := matrix.Match(all, []matrix.Mapping{x.Mapping}); !ok {
				t.Error("a table is not known again by its own mapping")
			}
		}
		r := x.Read(s, w)
		for _, v := range r.Values {
			if !v.Place.IsXa() || v.Slot < 0 || v.Slot >= s.Slots() || v.Text == "" || v.Cell == "" {
				t.Errorf("%+v", v)
			}
		}
		for _, e := range r.Refused {
			if e.Cell == "" || e.Fault.Vietnamese() == "" {
				t.Errorf("%+v", e)
			}
		}
	})
}

func itoa(n int) string { return strconv.Itoa(n) }

func openGrids(data []byte) ([]*matrix.Grid, error) {
	book, err := sheet.Open("a.xlsx", data, sheet.DefaultLimits())
	if err != nil {
		return nil, err
	}
	return matrix.Grids(book)
}
