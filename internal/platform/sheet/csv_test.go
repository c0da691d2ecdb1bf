package sheet

import (
	"fmt"
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
)

// csvLines shows the records of a text: "2: a|b|c", with the fault behind "!".
func csvLines(t *testing.T, text string) []string {
	t.Helper()
	b := open(t, "x.csv", []byte(text))
	if !b.CSV || len(b.Sheets) != 1 {
		t.Fatalf("not read as text: %+v", b)
	}
	var out []string
	for row, err := range b.Sheets[0].Rows() {
		if err != nil {
			t.Fatalf("Rows: %s", fault.Text(err))
		}
		fields := make([]string, row.Fields)
		for _, c := range row.Cells {
			fields[c.Col-1] = c.Text
			if c.Kind != Text || c.Row != row.Number {
				t.Errorf("cell %+v in row %d", c, row.Number)
			}
		}
		line := fmt.Sprintf("%d: %s", row.Number, strings.Join(fields, "|"))
		if row.Fault != nil {
			line = fmt.Sprintf("%d! %s", row.Number, row.Fault.Vietnamese())
		}
		out = append(out, line)
	}
	return out
}

func TestCSVRecords(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"comma", "a,b\n1,2\n", []string{"1: a|b", "2: 1|2"}},
		{"semicolon with decimal comma", "mã;giá trị\r\n10;89,78\r\n", []string{"1: mã|giá trị", "2: 10|89,78"}},
		{"tab", "a\tb,c\td\n1\t2\t3", []string{"1: a|b,c|d", "2: 1|2|3"}},
		{"byte order mark", "\xEF\xBB\xBFxã,mã\n1,2", []string{"1: xã|mã", "2: 1|2"}},
		{"separator line", "sep=;\na;b\n1;2", []string{"2: a|b", "3: 1|2"}},
		{"delimiter inside quotes of the header", "\"a,b,c\";d\n1;2", []string{"1: a,b,c|d", "2: 1|2"}},
		{"title above the header", "Biểu rà soát\n\na;b\n1;2", []string{"1: Biểu rà soát", "3: a|b", "4: 1|2"}},
		{"quotes", "a,b\n\"x, \"\"y\"\"\",2", []string{"1: a|b", `2: x, "y"|2`}},
		{"line end inside quotes keeps the count", "a,b\r\n\"x\r\ny\",1\r\nz,2", []string{"1: a|b", "2: x\ny|1", "4: z|2"}},
		{"empty lines are counted", "a,b\n\n\n1,2\n,,\n3,4", []string{"1: a|b", "4: 1|2", "6: 3|4"}},
		{"bare quote", "a,b\n5\" ống,2", []string{"1: a|b", `2: 5" ống|2`}},
		{"old Macintosh", "a,b\r1,2\r", []string{"1: a|b", "2: 1|2"}},
		{"one column", "xã\nMinh Dân\n", []string{"1: xã", "2: Minh Dân"}},
		{"code keeps its zero", "mã,giá\n17.10,1", []string{"1: mã|giá", "2: 17.10|1"}},
		{"exported text comes back", "a,b\n'=1+1,''=x\n'abc,-5", []string{"1: a|b", "2: =1+1|'=x", "3: 'abc|-5"}},
		{"text behind a quote", "a,b\n\"x\"y,1\nz,2", []string{"1: a|b", "2! dòng 2: có ký tự thừa sau dấu nháy kép đóng (dấu mở ở dòng 2, đóng ở dòng 2); nháy kép bên trong phải viết hai lần", "3: z|2"}},
		{"open quote", "a,b\nz,\n1,\"x\ny\n", []string{"1: a|b", "2: z|", "3! dòng 3: dấu nháy kép mở ở dòng 3 không được đóng, nên từ đó đến dòng 4 không đọc được; hãy đóng dấu nháy kép"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { sameLines(t, csvLines(t, tt.text), tt.want) })
	}
}

func TestEncodingsRefused(t *testing.T) {
	tests := []struct {
		name, data string
		want       string
	}{
		{"UTF-16 little", "\xFF\xFEa\x00,\x00", "tệp x.csv dùng bảng mã UTF-16; hãy lưu lại dạng CSV UTF-8"},
		{"UTF-16 big", "\xFE\xFF\x00a", "tệp x.csv dùng bảng mã UTF-16; hãy lưu lại dạng CSV UTF-8"},
		{"Windows-1258", "xa,ma\nMinh D\xE2n,1\n", "tệp x.csv không dùng bảng mã UTF-8 (dòng 2 có ký tự không đọc được); hãy lưu lại dạng CSV UTF-8"},
		{"binary", "abc\x00\x01\x02", "tệp x.csv không phải bảng tính .xlsx hay .csv; hãy lưu lại dạng .xlsx hoặc CSV UTF-8"},
		{"empty", "", "tệp x.csv rỗng"},
		{"only a byte order mark", "\xEF\xBB\xBF\n", "tệp x.csv rỗng"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Open("dir/x.csv", []byte(tt.data), Limits{})
			if got := fault.Text(err); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestCSVAddress(t *testing.T) {
	tab, err := open(t, "x.csv", []byte("commune,value\n1,\"a\nb\"\n2,y\n")).Sheets[0].Table(Column{Name: "commune"}, Column{Name: "value"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for rec, err := range tab.Records() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, rec.Cell("value").Address())
	}
	sameLines(t, got, []string{"dòng 2, cột value", "dòng 4, cột value"})
}

func TestCSVLimits(t *testing.T) {
	lim := Limits{Rows: 5, Columns: 3, Cells: 8, Text: 4}
	tests := []struct{ name, text, want string }{
		{"columns", "a,b,c\n1,2,3,4", "dòng 2, cột 4: bảng rộng quá 3 cột"},
		{"rows", "a\nb\nc\nd\ne\nf", "dòng 6, cột 1: bảng dài quá 5 hàng"},
		{"cells", "a,b,c\n1,2,3\n4,5,6", "dòng 3, cột 1: bảng có quá 8 ô có số liệu"},
		{"text", "a,b\nđạtđạ,1", "dòng 2, cột 1: ô chứa quá 4 ký tự"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := Open("x.csv", []byte(tt.text), lim)
			if err != nil {
				t.Fatal(err)
			}
			for _, err = range b.Sheets[0].Rows() {
				if err != nil {
					break
				}
			}
			if got := fault.Text(err); got != tt.want || !fault.Is(err, fault.TooLarge) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
