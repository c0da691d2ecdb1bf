package review

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"

	"github.com/xuri/excelize/v2"
)

// inSheet runs a body on a service with an SQLite record.
func inSheet(t *testing.T, body func(w world, s *Service, d *db.DB)) {
	t.Helper()
	w := newWorld(t)
	d := dbtest.Open(t, db.Options{Path: t.TempDir() + "/test.sqlite"})
	body(w, w.service(t, d, noTitles{}), d)
}

// grid is a worksheet as the spreadsheet program shows it.
type grid struct {
	file *excelize.File
	name string
	rows [][]string
	head int // index of the header row
}

func openGrid(t *testing.T, data []byte, name string) grid {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	must(t, err)
	t.Cleanup(func() { must(t, f.Close()) })
	rows, err := f.GetRows(name)
	must(t, err)
	g := grid{file: f, name: name, rows: rows}
	for i, r := range rows {
		if len(r) > 0 && r[0] == "Mã xã" {
			g.head = i
			return g
		}
	}
	t.Fatalf("trang %q không có dòng tiêu đề", name)
	return g
}

// ref is the cell of an indicator's row under a header.
func (g grid) ref(t *testing.T, code, column string) string {
	t.Helper()
	col := func(name string) int {
		for i, h := range g.rows[g.head] {
			if h == name {
				return i
			}
		}
		t.Fatalf("không có cột %q: %q", name, g.rows[g.head])
		return -1
	}
	at := col("Mã chỉ tiêu")
	for i, r := range g.rows[g.head+1:] {
		if at < len(r) && r[at] == code {
			ref, err := excelize.CoordinatesToCellName(col(column)+1, g.head+2+i)
			must(t, err)
			return ref
		}
	}
	t.Fatalf("không có dòng của %s", code)
	return ""
}

func (g grid) text(t *testing.T, code, column string) string {
	t.Helper()
	v, err := g.file.GetCellValue(g.name, g.ref(t, code, column))
	must(t, err)
	return v
}

func (g grid) locked(t *testing.T, code, column string) bool {
	t.Helper()
	id, err := g.file.GetCellStyle(g.name, g.ref(t, code, column))
	must(t, err)
	st, err := g.file.GetStyle(id)
	must(t, err)
	return st.Protection == nil || st.Protection.Locked
}

// rule is the validation of a cell, "" when there is none.
func (g grid) rule(t *testing.T, code, column string) string {
	t.Helper()
	ref := g.ref(t, code, column)
	all, err := g.file.GetDataValidations(g.name)
	must(t, err)
	for _, v := range all {
		for _, part := range strings.Fields(v.Sqref) {
			from, to, ok := strings.Cut(part, ":")
			if !ok {
				to = from
			}
			if within(t, ref, from, to) {
				return strings.Join([]string{v.Type, v.Formula1, v.Formula2}, " ")
			}
		}
	}
	return ""
}

func within(t *testing.T, ref, from, to string) bool {
	t.Helper()
	var n [3][2]int
	for i, r := range []string{ref, from, to} {
		col, row, err := excelize.CellNameToCoordinates(r)
		must(t, err)
		n[i] = [2]int{col, row}
	}
	return n[1][0] <= n[0][0] && n[0][0] <= n[2][0] && n[1][1] <= n[0][1] && n[0][1] <= n[2][1]
}

func TestCommuneWorkbook(t *testing.T) {
	inSheet(t, func(w world, s *Service, d *db.DB) {
		s.imported(t, d, "2023", w.batch(t, "2023", openCSV(t, header+"02389,15.1,2023,88,87,89,,verified,\n02389,5,2023,đạt,,,,,\n")).Findings)
		data := s.workbook(t, d, Template{Sets: []*law.Set{w.set(t, ntm)}, Period: period(t, "2024"), Province: "08", Commune: "Minh Dân"})
		g := openGrid(t, data, "02389 Minh Dân")
		for _, c := range []struct{ code, column, want string }{
			{"15.1", "Tên xã", "Minh Dân"},
			{"15.1", "Bộ tiêu chí", ntm},
			{"15.1", "Mức đạt chuẩn", "≥ 90 % – chưa đối chiếu văn bản gốc"},
			{"15.1", "Đơn vị", "%"},
			{"15.1", "Kỳ", "2024"},
			{"15.1", "Số liệu gần nhất", "88; nam 87; nữ 89"},
			{"15.1", "Kỳ của số liệu gần nhất", "năm 2023"},
			{"15.1", "Giá trị", ""},
			{"10", "Mức đạt chuẩn", "≥ 45 triệu đồng/người/năm – chưa đối chiếu văn bản gốc"},
			{"15.3", "Mức đạt chuẩn", "≤ 24 % – chưa đối chiếu văn bản gốc"},
			{"5", "Số liệu gần nhất", "đạt"},
			{"5", "Mức đạt chuẩn", "đạt ở 5.a, 5.b – chưa đối chiếu văn bản gốc"},
			{"5.n", "Tên chỉ tiêu", "Số trường trên địa bàn xã"},
			{"5.b", "Mức đạt chuẩn", "≥ 70 % nếu 5.n > 3; ≥ 50 % nếu 5.n <= 3 – chưa đối chiếu văn bản gốc"},
			{"17.1", "Mức đạt chuẩn", "≥ 35 %; trong đó từ hệ thống cấp nước tập trung: chưa có mức do tỉnh quy định (tỉnh chưa quy định, mức tham khảo) – chưa đối chiếu văn bản gốc"},
		} {
			if got := g.text(t, c.code, c.column); got != c.want {
				t.Errorf("%s %s: %q, want %q", c.code, c.column, got, c.want)
			}
		}
		for _, c := range []struct {
			code, column string
			locked       bool
			rule         string
		}{
			{"15.1", "Mức đạt chuẩn", true, ""},
			{"15.1", "Mã xã", true, ""},
			{"15.1", "Kỳ", true, ""},
			{"15.1", "Giá trị", false, "decimal 0 100"},
			{"15.1", "Nam (%)", false, "decimal 0 100"},
			{"15.1", "Mẫu số nữ", false, "decimal 0 100000000000"},
			{"15.1", "Tỷ lệ thành phần (%)", true, ""},
			{"15.1", "Ghi chú", false, ""},
			{"9.2", "Nam (%)", true, ""},
			{"9.2", "Tử số", false, "decimal 0 100000000000"},
			{"17.1", "Tỷ lệ thành phần (%)", false, "decimal 0 100"},
			{"15.2", "Giá trị", false, `list "đạt,chưa đạt" `},
			{"13.4", "Giá trị", false, `list "đạt,chưa đạt,không áp dụng" `},
			{"5", "Giá trị", false, `list "đạt,chưa đạt" `},
			{"9.1", "Giá trị", false, "whole 0 1000000000"},
			{"14.1.c", "Giá trị", false, "whole 0 9"},
			{"10", "Tử số", true, ""},
			{"18.4.t", "Giá trị", false, "decimal 0 100"},
		} {
			if got := g.locked(t, c.code, c.column); got != c.locked {
				t.Errorf("%s %s: locked %v", c.code, c.column, got)
			}
			if got := g.rule(t, c.code, c.column); got != c.rule {
				t.Errorf("%s %s: rule %q, want %q", c.code, c.column, got, c.rule)
			}
		}
		if got := g.rule(t, "15.1", "Mức kiểm tra"); !strings.Contains(got, "xã tự đánh giá") || !strings.Contains(got, "huyện đã thẩm tra") {
			t.Errorf("provenance: %q", got)
		}
		if p, err := g.file.GetSheetProtection(g.name); err != nil || p.SelectLockedCells == p.EditObjects {
			t.Errorf("the sheet is not protected: %+v %v", p, err)
		}
		for column, shown := range map[string]bool{"A": false, "B": false, "C": false, "D": true, "E": true} {
			if got, err := g.file.GetColVisible(g.name, column); err != nil || got != shown {
				t.Errorf("column %s is shown: %v", column, got)
			}
		}
		if panes, err := g.file.GetPanes(g.name); err != nil || !panes.Freeze || panes.YSplit != g.head+1 || panes.XSplit != 4 {
			t.Errorf("panes: %+v", panes)
		}
	})
}

func TestWorkbookLayouts(t *testing.T) {
	inSheet(t, func(w world, s *Service, d *db.DB) {
		tests := []struct {
			name   string
			tpl    Template
			sheets int
			first  string
			rows   int // of findings, when every value is filled
		}{
			{"one commune", Template{Commune: "02389"}, 1, "02389 Minh Dân", 72},
			{"district", Template{District: "Hàm Yên"}, 17, "02377 Yên Thuận", 17 * 72},
			{"one indicator", Template{Indicator: "15.1"}, 1, "Chỉ tiêu 15.1", 121},
			{"one indicator of a district", Template{Indicator: "5", District: "Hàm Yên"}, 1, "Chỉ tiêu 5", 17 * 4},
			{"a part alone", Template{Indicator: "5.n", Commune: "02389"}, 1, "02389 Minh Dân", 1},
			{"province", Template{}, 7, "Thành phố Tuyên Quang", 121 * 72},
			{"province without districts", Template{Period: period(t, "2025")}, 1, "Các xã", 117 * 72},
		}
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				tt.tpl.Sets, tt.tpl.Province = []*law.Set{w.set(t, ntm)}, "08"
				if !tt.tpl.Period.Valid() {
					tt.tpl.Period = period(t, "2024")
				}
				book := openXLSX(t, s.workbook(t, d, tt.tpl))
				if len(book.Sheets) != tt.sheets || book.Sheets[0].Name != tt.first {
					t.Errorf("%d sheets, the first is %q", len(book.Sheets), book.Sheets[0].Name)
				}
				b := w.batch(t, tt.tpl.Period.String(), book)
				if b.Rows != 0 || b.Blank != tt.rows {
					t.Errorf("%d findings, %d empty rows, want %d", b.Rows, b.Blank, tt.rows)
				}
			})
		}
	})
}

func TestWorkbookOfTwoSetsAsksASharedQuantityOnce(t *testing.T) {
	inSheet(t, func(w world, s *Service, d *db.DB) {
		data := s.workbook(t, d, Template{
			Sets: []*law.Set{w.set(t, ntm), w.set(t, nangCao)}, Period: period(t, "2024"), Province: "08", Commune: "02389",
		})
		g := openGrid(t, data, "02389 Minh Dân")
		want := "xã NTM (15.1): ≥ 90 % – chưa đối chiếu văn bản gốc\nxã NTM nâng cao (14.1): ≥ 95 % – chưa đối chiếu văn bản gốc"
		if got := g.text(t, "15.1", "Mức đạt chuẩn"); got != want {
			t.Errorf("%q", got)
		}
		seen := map[string]int{}
		for _, f := range w.batchAll(t, g).Findings {
			seen[f.Set.ID+"/"+f.Indicator().Code]++
		}
		if seen[ntm+"/15.1"] != 1 || seen[nangCao+"/14.1"] != 0 || seen[nangCao+"/14.2"] != 1 {
			t.Errorf("%v", seen)
		}
	})
}

// batchAll fills every đạt / chưa đạt or number cell and reads the workbook.
func (w world) batchAll(t *testing.T, g grid) *Batch {
	t.Helper()
	col, _, err := excelize.CellNameToCoordinates(g.ref(t, g.rows[g.head+1][3], "Giá trị"))
	must(t, err)
	for i, r := range g.rows[g.head+1:] {
		s := w.set(t, r[2])
		slot, _ := s.Slot(r[3])
		ref, err := excelize.CoordinatesToCellName(col, g.head+2+i)
		must(t, err)
		switch ind := s.At(slot); {
		case len(ind.Levels) > 0:
			must(t, g.file.SetCellValue(g.name, ref, ind.Levels[0]))
		case choosesWord(ind):
			must(t, g.file.SetCellValue(g.name, ref, "đạt"))
		default:
			must(t, g.file.SetCellValue(g.name, ref, 1))
		}
	}
	var out bytes.Buffer
	must(t, g.file.Write(&out))
	return w.batch(t, "2024", openXLSX(t, out.Bytes()))
}

func TestWorkbookFilledByHandIsRead(t *testing.T) {
	inSheet(t, func(w world, s *Service, d *db.DB) {
		data := s.workbook(t, d, Template{Sets: []*law.Set{w.set(t, ntm)}, Period: period(t, "2024"), Province: "08", Commune: "02389"})
		g := openGrid(t, data, "02389 Minh Dân")
		must(t, g.file.SetCellValue(g.name, g.ref(t, "15.1", "Giá trị"), 91.5))
		must(t, g.file.SetCellValue(g.name, g.ref(t, "15.1", "Nam (%)"), 90))
		must(t, g.file.SetCellValue(g.name, g.ref(t, "15.1", "Nữ (%)"), "93,25"))
		must(t, g.file.SetCellValue(g.name, g.ref(t, "10", "Giá trị"), 45.125))
		must(t, g.file.SetCellValue(g.name, g.ref(t, "15.1", "Mức kiểm tra"), "cơ quan phụ trách đã xác nhận"))
		must(t, g.file.SetCellValue(g.name, g.ref(t, "15.1", "Ghi chú"), "=SUM(A1) theo BHXH"))
		var out bytes.Buffer
		must(t, g.file.Write(&out))
		b := w.batch(t, "2024", openXLSX(t, out.Bytes()))
		if len(b.Findings) != 2 {
			t.Fatalf("%d findings", len(b.Findings))
		}
		f := b.Findings[1]
		if f.Datum.Value != 915000 || f.Datum.Extra.Female != 932500 || f.Datum.Provenance != law.Confirmed || f.Note != "=SUM(A1) theo BHXH" {
			t.Errorf("%+v %+v", f, f.Datum.Extra)
		}
		if b.Findings[0].Datum.Value != 451250 {
			t.Errorf("45,125 became %s", b.Findings[0].Datum.Value)
		}
	})
}

func TestWorkbookBannerAndSameBytes(t *testing.T) {
	inSheet(t, func(w world, s *Service, d *db.DB) {
		tpl := Template{Sets: []*law.Set{w.set(t, ntm)}, Period: period(t, "2024"), Province: "08", District: "Hàm Yên", Banner: Banner}
		one, two := s.workbook(t, d, tpl), s.workbook(t, d, tpl)
		if !bytes.Equal(one, two) {
			t.Error("two exports of the same record differ")
		}
		g := openGrid(t, one, "02389 Minh Dân")
		if g.rows[0][0] != Banner {
			t.Errorf("first row: %q", g.rows[0])
		}
		tpl.Banner = ""
		if g := openGrid(t, s.workbook(t, d, tpl), "02389 Minh Dân"); strings.Contains(g.rows[0][0], "MINH HỌA") {
			t.Errorf("first row: %q", g.rows[0])
		}
		s.imported(t, d, "2024", w.batch(t, "2024", openCSV(t, header+"02389,9.2,2024,90,,,,,số liệu minh họa\n")).Findings)
		if g := openGrid(t, s.workbook(t, d, tpl), "02389 Minh Dân"); g.rows[0][0] != Banner {
			t.Errorf("generated data without a banner: %q", g.rows[0])
		}
	})
}

func TestTemplateThatCannotBe(t *testing.T) {
	inSheet(t, func(w world, s *Service, d *db.DB) {
		sets := []*law.Set{w.set(t, ntm)}
		for _, tt := range []struct {
			name string
			tpl  Template
			want string
		}{
			{"unknown commune", Template{Commune: "Minh Đân"}, "Minh Đân"},
			{"thị trấn", Template{Commune: "thị trấn Na Hang"}, "không phải là xã"},
			{"unknown district", Template{District: "Đồng Văn"}, "Đồng Văn"},
			{"unknown indicator", Template{Indicator: "99"}, "99"},
			{"criterion", Template{Indicator: "17"}, "17.12"},
			{"unknown province", Template{Province: "99"}, "99"},
			{"filled without period", Template{Filled: true}, "kỳ"},
		} {
			t.Run(tt.name, func(t *testing.T) {
				tt.tpl.Sets = sets
				if tt.tpl.Province == "" {
					tt.tpl.Province = "08"
				}
				if !tt.tpl.Filled {
					tt.tpl.Period = period(t, "2024")
				}
				err := d.Read(context.Background(), func(tx *db.Tx) error {
					_, err := s.Template(context.Background(), tx, tt.tpl)
					return err
				})
				if err == nil || !strings.Contains(fault.Text(err), tt.want) {
					t.Errorf("%q", fault.Text(err))
				}
			})
		}
	})
}
