package officialdoc

import (
	"strings"
	"testing"
)

func TestOwnNumber(t *testing.T) {
	for line, want := range map[string][2]string{
		"Số: 94/TB-UBND":               {"94/TB-UBND", "TB-UBND"},
		"Số: /TB-UBND":                 {"", "TB-UBND"},
		"Số:      /TB-UBND":            {"", "TB-UBND"},
		"Số: ....../KH-UBND":           {"", "KH-UBND"},
		"Số: ……/KH-UBND":               {"", "KH-UBND"},
		"Số:____/KH-UBND":              {"", "KH-UBND"},
		"Số: 4390     /UBND-NLN":       {"4390/UBND-NLN", "UBND-NLN"},
		"Số: 12/TTr - SCT":             {"12/TTr-SCT", "TTr-SCT"},
		"Số: /TTr - SCT":               {"", "TTr-SCT"},
		"Số: 30/VPĐP":                  {"30/VPĐP", "VPĐP"},
		"Số 104-CTr/TU":                {"104-CTr/TU", "CTr/TU"},
		"Số      -CV/ĐU":               {"", "CV/ĐU"},
		"Số 05 - NQ/TƯ":                {"05-NQ/TƯ", "NQ/TƯ"},
		"Số: 16/2026/QĐ-UBND":          {"16/2026/QĐ-UBND", "QĐ-UBND"},
		"Số: 01/2015/TTLT-VPCP-BNV":    {"01/2015/TTLT-VPCP-BNV", "TTLT-VPCP-BNV"},
		"Số: 66.18/2026/NQ-CP":         {"66.18/2026/NQ-CP", "NQ-CP"},
		"Luật số: 146/2025/QH15":       {"146/2025/QH15", "QH15"},
		"Số: 13A/BB-DTT72":             {"13A/BB-DTT72", "BB-DTT72"},
		"SỐ: 05/SNN&PTNT-KH":           {"05/SNN&PTNT-KH", "SNN&PTNT-KH"},
		"Số: 181/2024/NĐCP":            {"181/2024/NĐCP", "NĐCP"},
		"Số: 7/ĐA-UBND":                {"7/ĐA-UBND", "ĐA-UBND"},
		"Số: 05/BC–UBND":               {"05/BC-UBND", "BC-UBND"},
		"Số 2, Ngọc Hà, Ba Đình":       {},
		"Số lượng xã đạt chuẩn: 12/15": {},
	} {
		n, _, ok := ownSign(squeeze(line))
		if ok != (want != [2]string{}) || n.String() != want[0] || n.symbol != want[1] {
			t.Errorf("%q: %q %q %v", line, n.String(), n.symbol, ok)
		}
	}
}

func TestCitations(t *testing.T) {
	for text, want := range map[string]string{
		"tại Thông báo số 94/TB-UBND ngày 20/5/2024 về Kết luận":          "Thông báo 94/TB-UBND 2024-05-20",
		"Nghị định 180/2026/NĐ-CP ngày 21 tháng 5 năm 2026 của Chính phủ": "Nghị định 180/2026/NĐ-CP 2026-05-21",
		"Theo Nghị quyết số 10- NQ/TW, ngày 05.3.2020":                    "Nghị quyết 10-NQ/TW 2020-03-05",
		"Quyết định số 1074/QĐ-BXD; tổ chức kiểm tra ngày 01/7/2028":      "Quyết định 1074/QĐ-BXD ",
		"Công văn 30/VPĐP (ngày 30/3/2021)":                               "Công văn 30/VPĐP 2021-03-30",
		"các Quyết định số 12/QĐ-UBND và 13/QĐ-UBND ngày 5/6/2024":        "Quyết định 12/QĐ-UBND ; 13/QĐ-UBND 2024-06-05",
		"QCVN 01:2019/BCT": "QCVN 01:2019/BCT ",
		"trong 12/15 xã, quy hoạch 1/500, giai đoạn 2021-2025, ngày 07/6/2024": "",
		"tỷ lệ 10/TP, đạt 5 m3/s, 24/7":                                        "",
		"Quyết định số /QĐ-UBND ngày 5/6/2024":                                 "",
		"số 94/TB-UBND; nhắc lại Thông báo số 94/TB-UBND ngày 20/5/2024":       "94/TB-UBND 2024-05-20",
		"thay cho ĐA số 5/ĐA-UBND và DA số 5/DA-UBND":                          "5/ĐA-UBND ; 5/DA-UBND ",
	} {
		d, err := ReadText(text)
		if err != nil {
			t.Fatal(err)
		}
		verify(t, d)
		var got []string
		for _, r := range d.References {
			got = append(got, strings.TrimLeft(r.Kind+" "+r.Number+" "+r.Date.String(), " "))
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%q:\n got %q\nwant %q", text, strings.Join(got, "; "), want)
		}
	}
}

func TestPlaceAndDay(t *testing.T) {
	for line, want := range map[string]string{
		"Tuyên Quang, ngày 07 tháng 6 năm 2024":      "Tuyên Quang 2024-06-07 2024-06",
		"Tuyên Quang, ngày tháng 6 năm 2024.":        "Tuyên Quang  2024-06",
		"Tuyên Quang, ngày ... tháng ... năm 2024":   "Tuyên Quang  2024",
		"Tuyên Quang, ngày … tháng … năm 202…":       "Tuyên Quang  ",
		"Hà Nội, ngày O5 tháng l2 năm 2O24":          "Hà Nội 2024-12-05 2024-12",
		"Hà Nội, 05/12/2024":                         "Hà Nội 2024-12-05 2024-12",
		"TP. Hồ Chí Minh, ngày 31 tháng 4 năm 2024":  "TP. Hồ Chí Minh  2024-04",
		"ngày 05 tháng 12 năm 2024":                  " 2024-12-05 2024-12",
		"Thứ Năm, 05/3/2026":                         "none",
		"05/3/2026":                                  "none",
		"Trong tháng 6, ngày 5 tháng 6 năm 2024 họp": "none",
	} {
		place, w, ok := placeDate(line)
		got := "none"
		if ok {
			got = place + " " + w.full().String() + " " + w.partial()
		}
		if got != want {
			t.Errorf("%q: %q, not %q", line, got, want)
		}
	}
}

func TestMarkers(t *testing.T) {
	for line, want := range map[string]string{
		"1. Sở Xây dựng": "1. 1 7", "1) Sở": "1) 1 7", "(1) Sở": "(1) 1 7", "1/ Sở": "1/ 1 7", "1.2. Sở": "1.2. 1.2 8", "1.2 Sở": "1.2 1.2 8", "1.2.3. Sở": "1.2.3. 1.2.3 9",
		"a) Rà soát": "a) a 10", "đ) Rà soát": "đ) đ 10", "a. Rà soát": "a. a 10", "I. MỤC ĐÍCH": "I. I 4", "II- NHIỆM VỤ": "II- II 4", "IV - NHIỆM VỤ": "IV - IV 4",
		"A. PHẦN CHUNG": "A. A 3", "Điều 1. Phê duyệt": "Điều 1. Điều 1 6", "Điều 12: Phê duyệt": "Điều 12: Điều 12 6", "Chương II QUY ĐỊNH": "", "Mục 1. NỘI DUNG": "Mục 1. Mục 1 5",
		"- Sở Tài chính": "- - 11", "-Sở Tài chính": "- - 11", "– Sở": "– - 11", "+ Sở": "+ + 12", "• Sở": "• • 13",
		"1.000 đồng": "", "20.7.2020 họp": "", "9.2020": "", "2024. Các": "", "01 tháng 7": "", "1.5 tỷ đồng": "", "N.T. Sinh": "", "Điều 3 Nghị định": "", "-5 độ": "", "Sở": "", "1.": "",
	} {
		m := markerOf(line)
		got := ""
		if m.level != LevelNone {
			got = m.text + " " + m.label + " " + count(m.level)
		}
		if got != want {
			t.Errorf("%q: %q, not %q", line, got, want)
		}
	}
}
