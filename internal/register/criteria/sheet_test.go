package criteria_test

import (
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/criteria"
)

// sayRecord is a value as a test wants it: what, how much, where, when.
func sayRecord(r *criteria.Record) string {
	text := r.Set + "/" + r.Indicator
	if r.Sub {
		text += " sub"
	}
	text += " " + r.Value.String() + " " + r.Province
	if r.Area != "" {
		text += "/" + r.Area
	}
	text += " " + r.From.Vietnamese() + "–"
	if r.Until.Year() < 3000 {
		text += r.Until.Vietnamese()
	}
	if r.Illustrative {
		text += " minh họa"
	}
	return text
}

func TestReadDecisions(t *testing.T) {
	w := load(t)
	const tail = "12/2023/QĐ-UBND,15/03/2023,,,"
	nangCao, kieuMau := "xa-ntm-nang-cao-2021-2025", "xa-ntm-kieu-mau-2021-2025"
	cases := []struct{ name, row, want string }{
		{"share", ntm + ",2.1,95%,,,,,," + tail, ntm + "/2.1 95 08.1 15/03/2023–"},
		{"comma and sign", ntm + ",2.1,\"≥ 95,5 %\",,,,,," + tail, ntm + "/2.1 95.5 08.1 15/03/2023–"},
		{"a year", ntm + ",2.1,95,,,2024,,," + tail, ntm + "/2.1 95 08.1 01/01/2024–31/12/2024"},
		{"days", ntm + ",2.1,95,,toàn tỉnh,,1/4/2023,30/6/2024," + tail, ntm + "/2.1 95 08.1 01/04/2023–30/06/2024"},
		{"district", ntm + ",2.1,95,,huyện Hàm Yên,,,," + tail, ntm + "/2.1 95 08.1/074.1 15/03/2023–"},
		{"commune by code", ntm + ",2.1,95,,02392,,,," + tail, ntm + "/2.1 95 08.1/02392.1 15/03/2023–"},
		{"after the merger", ntm + ",2.1,95,,02392,,,,1/QĐ-UBND,15/07/2025,,,", ntm + "/2.1 95 08.2/02392.2 15/07/2025–"},
		{"yes or no", ntm + ",6.1,Đạt,,,,,," + tail, ntm + "/6.1 1 08.1 15/03/2023–"},
		{"level word", nangCao + ",5.5,tốt,,,,,," + tail, nangCao + "/5.5 3 08.1 15/03/2023–"},
		{"count", kieuMau + ",KM.3,2,,,,,," + tail, kieuMau + "/KM.3 2 08.1 15/03/2023–"},
		{"sub-share alone", ntm + ",17.1,,20,,,,," + tail, ntm + "/17.1 sub 20 08.1 15/03/2023–"},
		{"part", ntm + ",5.b,80,,,,,," + tail, ntm + "/5.b 80 08.1 15/03/2023–"},
		{"invented", ntm + ",2.1,95,,,,,,1/QĐ,15/03/2023,,,Số liệu minh họa", ntm + "/2.1 95 08.1 15/03/2023– minh họa"},
		{"before the register", ntm + ",2.1,95,,Lâm Bình,,1/7/2021,,1/QĐ,15/03/2020,,,", ntm + "/2.1 95 08.1/071.1 01/07/2021–"},

		{"unknown set", "ntm,2.1,95,,,,,," + tail, "cột set: không có bộ tiêu chí “ntm”; các bộ hiện có: huyen-ntm"},
		{"unknown indicator", ntm + ",2.9,95,,,,,," + tail, "cột indicator: bộ tiêu chí " + ntm + " không có chỉ tiêu 2.9; tiêu chí 2 có: 2.1, 2.2, 2.3, 2.4"},
		{"no value", ntm + ",2.1,,,,,,," + tail, "cột value: chưa ghi mức"},
		{"not a number", ntm + ",2.1,cao,,,,,," + tail, "cột value: “cao” không phải là số"},
		{"above 100", ntm + ",2.1,101,,,,,," + tail, "cột value: tỷ lệ 101 ngoài khoảng"},
		{"wrong sign", ntm + ",2.1,≤ 95,,,,,," + tail, "cột value: chỉ tiêu 2.1 so sánh bằng dấu >=, không nhận “≤ 95”"},
		{"word for a figure", ntm + ",2.1,đạt,,,,,," + tail, "cột value: "},
		{"not met", ntm + ",6.1,chưa đạt,,,,,," + tail, "cột value: mức đạt chuẩn của chỉ tiêu 6.1 chỉ nhận “đạt”, không nhận “chưa đạt”"},
		{"compound", ntm + ",5,đạt,,,,,," + tail, "cột value: chỉ tiêu 5 gồm nhiều phần; hãy quy định mức cho từng phần"},
		{"case figure", ntm + ",5.n,3,,,,,," + tail, "cột value: 5.n chỉ là số liệu để chọn mức"},
		{"below the floor", ntm + ",15.1,89,,,,,," + tail, "cột value: mức 89 của chỉ tiêu 15.1 thấp hơn"},
		{"no sub-share", ntm + ",2.1,,20,,,,," + tail, "cột share: chỉ tiêu 2.1 không có tỷ lệ thành phần"},
		{"unknown area", ntm + ",2.1,95,,Đông Anh,,,," + tail, "cột area: không tìm thấy địa bàn “Đông Anh” trong tỉnh Tuyên Quang tại ngày 15/03/2023"},
		{"no number", ntm + ",2.1,95,,,,,,,15/03/2023,,,", "cột decision: chưa ghi; cần số quyết định như 12/2023/QĐ-UBND"},
		{"no day", ntm + ",2.1,95,,,,,,1/QĐ,,,,", "cột decided_on: chưa ghi; cần ngày như 01/10/2024"},
		{"impossible day", ntm + ",2.1,95,,,,,,1/QĐ,31/04/2023,,,", "cột decided_on: không có ngày 31/04/2023"},
		{"bad year", ntm + ",2.1,95,,,24,,," + tail, "cột year: “24” không phải là năm"},
		{"days turned round", ntm + ",2.1,95,,,,1/1/2024,1/1/2023," + tail, "cột until: đến ngày 01/01/2023 trước từ ngày 01/01/2024"},
		{"year outside the days", ntm + ",2.1,95,,,2022,1/1/2024,31/12/2024," + tail, "cột year: thời gian áp dụng"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			book := open(t, "decisions.csv", []byte(head+c.row+"\n"))
			records, faults := criteria.ReadRecords(book, w.lib, w.places, "08")
			var got []string
			for i := range records {
				got = append(got, sayRecord(&records[i]))
			}
			for _, f := range faults {
				got = append(got, f.Vietnamese())
			}
			text := strings.Join(got, "\n")
			want := c.want
			if strings.HasPrefix(want, "cột ") {
				want = "dòng 2, " + want
			}
			if len(got) != 1 || !strings.HasPrefix(text, want) || len(faults) == 0 && text != want {
				t.Errorf("got %q\nwant %q", text, want)
			}
		})
	}
}

// A good row is read beside bad ones, and the pure reader needs no database.
func TestReadWithoutDatabase(t *testing.T) {
	w := load(t)
	file := "bộ tiêu chí;chỉ tiêu;mức đạt chuẩn;mức thành phần;địa bàn;năm;từ ngày;đến ngày;số quyết định;ngày quyết định;điều khoản;tệp;ghi chú\n" +
		ntm + ";2.1;95;;;;;;12/QĐ-UBND;15/3/2023;Điều 2;;\n" +
		ntm + ";2.2;cao;;;;;;12/QĐ-UBND;15/3/2023;;;\n" +
		ntm + ";2.3;rút;;;;;;12/QĐ-UBND;15/3/2023;;;\n"
	values, faults := criteria.ReadDecisions(open(t, "qd.csv", []byte(file)), w.lib, w.places, "08")
	if len(values) != 1 || values[0].Indicator != "2.1" || values[0].Value != 95*law.One || values[0].Article != "Điều 2" {
		t.Errorf("values: %+v", values)
	}
	if len(faults) != 1 || !strings.HasPrefix(faults[0].Vietnamese(), "dòng 3") {
		t.Errorf("faults: %v", faults)
	}
	_, faults = criteria.ReadDecisions(open(t, "qd.csv", []byte("a;b\n1;2\n")), w.lib, w.places, "08")
	if len(faults) != 1 || !strings.Contains(faults[0].Vietnamese(), "set, indicator, value") {
		t.Errorf("a file of something else: %v", faults)
	}
}

func TestTwiceInOneFile(t *testing.T) {
	w := load(t)
	row := ntm + ",2.1,95,,,,,,12/QĐ-UBND,15/3/2023,,,\n"
	records, faults := criteria.ReadRecords(open(t, "qd.csv", []byte(head+row+strings.Replace(row, "95", "96", 1))), w.lib, w.places, "08")
	if len(records) != 0 || len(faults) != 1 || !strings.Contains(faults[0].Vietnamese(), "dòng 2, cột value và dòng 3, cột value") {
		t.Errorf("%d records, faults %v", len(records), faults)
	}
}

// In a workbook a code that became a number names both codes it may have been, a
// decision's number that became a date says so, and a percent cell reads as such.
func TestReadWorkbook(t *testing.T) {
	w := load(t)
	book := sheet.NewBook(sheet.Properties{})
	layout := sheet.Layout{Name: "Mức"}
	for _, c := range criteria.Columns() {
		layout.Columns = append(layout.Columns, sheet.Heading{Text: c.Also[0]})
	}
	page, err := book.Sheet(layout)
	if err != nil {
		t.Fatal(err)
	}
	day, none := sheet.PutDate(on(t, "15/03/2023")), sheet.PutBlank()
	for _, row := range [][]sheet.Value{
		{sheet.PutText(ntm), sheet.PutCode("2.1"), sheet.PutPercent("95.5"), none, none, sheet.PutInt(2024), none, none, sheet.PutText("1/QĐ"), day},
		{sheet.PutText(ntm), sheet.PutNumber("17.1"), sheet.PutNumber("95"), none, none, none, none, none, sheet.PutText("1/QĐ"), day},
		{sheet.PutText(ntm), sheet.PutCode("2.2"), sheet.PutNumber("95"), none, none, none, none, none, day, day},
	} {
		if err := page.Row(row...); err != nil {
			t.Fatal(err)
		}
	}
	data, err := book.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	records, faults := criteria.ReadRecords(open(t, "qd.xlsx", data), w.lib, w.places, "08")
	if len(records) != 1 || sayRecord(&records[0]) != ntm+"/2.1 95.5 08.1 01/01/2024–31/12/2024" {
		t.Errorf("records: %+v", records)
	}
	text := fault.Text(fault.Join(faults...))
	if len(faults) != 2 || !strings.Contains(text, "Mức!B3") || !strings.Contains(text, "17.1 hoặc 17.10") || !strings.Contains(text, "Mức!I4: ô này là ngày") {
		t.Errorf("faults: %s", text)
	}
}
