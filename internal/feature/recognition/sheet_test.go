package recognition_test

import (
	"strings"
	"testing"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
)

// Every row stands alone under the header; want is the title, or the start of
// the one sentence that refuses it.
func TestReadTitles(t *testing.T) {
	r := places(t)
	const head = "mã xã,tên xã,huyện,mức công nhận,số quyết định,ngày quyết định,giai đoạn,từ ngày,đến ngày,văn bản kết thúc,căn cứ,nguồn,ghi chú\n"
	cases := []struct{ name, row, want string }{
		{"by code", "02392,Phù Lưu,,NTM,9/QĐ-UBND,5/1/2021,,,,,,,", "02392.1 ntm day 05/01/2021 2021-2025 recognised"},
		{"by name", ",xã phù lưu,,nông thôn mới nâng cao,9/QĐ-UBND,5/1/2022,,,,,,,", "02392.1 ntm-nang-cao day 05/01/2022 2021-2025 recognised"},
		{"year alone", "02392,,,Kiểu mẫu,9/QĐ-UBND,2022,,,,,,,", "02392.1 ntm-kieu-mau year 31/12/2022 2021-2025 recognised"},
		{"period of the older set", "02392,,,ntm,9/QĐ-UBND,5/1/2021,2016 – 2020,,,,,,", "02392.1 ntm day 05/01/2021 2016-2020 recognised"},
		{"former name", "02473,Thắng Quân,,NTM,9/QĐ-UBND,5/1/2020,,,,,,,", "02473.1 ntm day 05/01/2020 2016-2020 recognised"},
		{"code of its day", "02608,Hồng Sơn,,NTM,9/QĐ-UBND,5/9/2024,,,,,,,", "02608.2 ntm day 05/09/2024 2021-2025 recognised"},
		{"other province before the merger", "00715,,,NTM,9/QĐ-UBND,5/9/2024,,,,,,,", "00715.1 ntm day 05/09/2024 2021-2025 recognised"},
		{"homonym with district", ",Tân Tiến,Yên Sơn,NTM,9/QĐ-UBND,5/9/2024,,,,,,,", "02461.1 ntm day 05/09/2024 2021-2025 recognised"},
		{"a proposal", "02392,,,NTM nâng cao,,2024,,,,,đã đăng ký,,", "02392.1 ntm-nang-cao year 31/12/2024 2021-2025 planned"},
		{"id without a day", "02608.1,Hồng Lạc,,NTM,,,,,,,suy ra,báo,", "02608.1 ntm none   inferred"},

		{"unknown level", "02392,,,NTM loại 1,9/QĐ-UBND,5/1/2021,,,,,,,", "dòng 2, cột mức công nhận: không nhận mức công nhận “NTM loại 1”; chỉ nhận: NTM, NTM nâng cao, NTM kiểu mẫu"},
		{"name of another", "02608,Hồng Lạc,,NTM,9/QĐ-UBND,5/9/2024,,,,,,,", "dòng 2, cột tên xã: mã 02608 tại ngày 05/09/2024 là xã Hồng Sơn (02608), không phải “Hồng Lạc”; sửa mã hoặc tên"},
		{"thị trấn", "02473,,,NTM,9/QĐ-UBND,5/9/2022,,,,,,,", "dòng 2, cột mã xã: thị trấn Yên Sơn (02473) không phải là xã khi được công nhận; chỉ xã có mức công nhận này"},
		{"nothing behind it", "02392,,,NTM,,2021,,,,,,,", "dòng 2, cột căn cứ: chưa có căn cứ"},
		{"recognised without a source", "02392,,,NTM,,2021,,,,,đã công nhận,,", "dòng 2, cột số quyết định: chưa có căn cứ"},
		{"number without a day", "02392,,,NTM,9/QĐ-UBND,,,,,,,,", "dòng 2, cột ngày quyết định: chưa ghi ngày của quyết định 9/QĐ-UBND"},
		{"impossible day", "02392,,,NTM,9/QĐ-UBND,31/2/2021,,,,,,,", "tháng 2 năm 2021 chỉ có 28 ngày"},
		{"unknown basis", "02392,,,NTM,9/QĐ-UBND,5/1/2021,,,,,nghe nói,,", "không nhận căn cứ “nghe nói”; chỉ nhận: đã công nhận, suy ra, đã đăng ký, đang đề nghị"},
		{"unknown period", "02392,,,NTM,9/QĐ-UBND,5/1/2021,2018-2022,,,,,,", "không nhận giai đoạn “2018-2022”; chỉ nhận: 2010-2015, 2016-2020, 2021-2025, 2026-2030"},
		{"end without a document", "02392,,,NTM,9/QĐ-UBND,5/1/2021,,,1/10/2024,,,,", "dòng 2, cột văn bản kết thúc: phải ghi số và ngày văn bản"},
		{"end before the start", "02392,,,NTM,9/QĐ-UBND,5/1/2021,,,1/10/2020,7/QĐ-UBND,,,", "ngày cuối 01/10/2020 trước ngày công nhận 05/01/2021"},
		{"unknown code", "99999,,,NTM,9/QĐ-UBND,5/1/2021,,,,,,,", "không có địa bàn mã 99999"},
		{"no commune", ",,,NTM,9/QĐ-UBND,5/1/2021,,,,,,,", "chưa ghi mã xã hoặc tên xã"},
		{"code without a day", "02608,,,NTM,,,,,,,suy ra,báo,", "mã 02608 có 3 đơn vị mang theo thời gian"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			titles, faults := recognition.ReadTitles(open(t, "titles.csv", []byte(head+c.row+"\n")), r, "08")
			var got []string
			for _, x := range titles {
				from := x.From.Vietnamese()
				if x.From == day.None {
					from = ""
				}
				got = append(got, strings.Join([]string{x.Place, string(x.Level), string(x.Precision), from, x.Period, string(x.Basis)}, " "))
			}
			for _, f := range faults {
				got = append(got, f.Vietnamese())
			}
			if text := strings.Join(got, "\n"); len(got) != 1 || !strings.Contains(text, c.want) {
				t.Errorf("got %q, want %q", text, c.want)
			}
		})
	}
}

func TestTwiceInOneFile(t *testing.T) {
	file := "code_2024,title,decision,decided_on\n02392,NTM,1/QĐ-UBND,5/1/2021\n02389,NTM,1/QĐ-UBND,5/1/2021\n02392,NTM,2/QĐ-UBND,6/1/2021\n"
	titles, faults := recognition.ReadTitles(open(t, "titles.csv", []byte(file)), places(t), "08")
	if len(titles) != 1 || len(faults) != 1 || !strings.Contains(faults[0].Vietnamese(), "dòng 2, cột mã xã và dòng 4, cột mã xã") {
		t.Errorf("%d titles, faults %v", len(titles), faults)
	}
}

// What a workbook shows, read again, is what was recorded; the rows of communes
// without a title are passed over.
func TestWorkbookLosesNothing(t *testing.T) {
	r := places(t)
	titles := news(t, r)
	ended := titles[0]
	ended.Number, ended.Partial, ended.Level = "=1+1/QĐ-UBND", false, law.TitleKieuMau
	ended.DecidedOn, ended.Precision, ended.From = on(t, "5/5/2022"), recognition.Exact, on(t, "5/5/2022")
	ended.Period, ended.To, ended.EndNumber, ended.EndedOn = "2021-2025", on(t, "9/9/2024"), "7/QĐ-UBND", on(t, "10/9/2024")
	titles = append(titles, ended)
	form := recognition.Form{Province: "08", On: on(t, "1/10/2024"), Titles: titles, Banner: "SỐ LIỆU MINH HỌA"}
	data, err := recognition.Workbook(r, form)
	if err != nil {
		t.Fatal(err)
	}
	want := map[recognition.Title]bool{}
	for _, x := range titles {
		x.Where = ""
		want[x] = true
	}
	again := read(t, r, "titles.xlsx", data)
	for _, x := range again {
		x.Where = ""
		if !want[x] {
			t.Errorf("read again as %+v", x)
		}
		delete(want, x)
	}
	for x := range want {
		t.Errorf("lost %+v", x)
	}
}

func TestEmptyForm(t *testing.T) {
	r := places(t)
	data, err := recognition.Workbook(r, recognition.Form{Province: "08", On: on(t, "1/10/2024")})
	if err != nil {
		t.Fatal(err)
	}
	book := open(t, "titles.xlsx", data)
	if titles := read(t, r, "titles.xlsx", data); len(titles) != 0 {
		t.Errorf("an empty form holds %d titles", len(titles))
	}
	table, err := book.Table(recognition.Columns()...)
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for rec, err := range table.Records() {
		if err != nil || rec.Fault != nil {
			t.Fatal(err, rec.Fault)
		}
		rows++
	}
	if rows != 121 { // 122 xã of 2024 less one by the merger of Hồng Sơn
		t.Errorf("%d xã listed, want 121", rows)
	}
}
