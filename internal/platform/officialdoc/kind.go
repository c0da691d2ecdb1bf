package officialdoc

import (
	"strings"

	"giuchuan/internal/kernel/vntext"
)

// Kinds lists the 29 kinds of NĐ 30/2020, Phụ lục III, and the kinds of the
// Party and of legislation that directives cite or come as. Longer names stand
// before their beginnings.
func Kinds() []Kind {
	return []Kind{
		{"NQ", "Nghị quyết"},
		{"QĐ", "Quyết định"},
		{"CT", "Chỉ thị"},
		{"QC", "Quy chế"},
		{"QyĐ", "Quy định"},
		{"TC", "Thông cáo"},
		{"TTLT", "Thông tư liên tịch"},
		{"TT", "Thông tư"},
		{"TB", "Thông báo"},
		{"HD", "Hướng dẫn"},
		{"CTr", "Chương trình"},
		{"KH", "Kế hoạch"},
		{"PA", "Phương án"},
		{"ĐA", "Đề án"},
		{"DA", "Dự án"},
		{"BC", "Báo cáo"},
		{"BB", "Biên bản"},
		{"TTr", "Tờ trình"},
		{"HĐ", "Hợp đồng"},
		{"", "Công văn"},
		{"CĐ", "Công điện"},
		{"BGN", "Bản ghi nhớ"},
		{"BTT", "Bản thỏa thuận"},
		{"GUQ", "Giấy ủy quyền"},
		{"GM", "Giấy mời"},
		{"GGT", "Giấy giới thiệu"},
		{"GNP", "Giấy nghỉ phép"},
		{"PG", "Phiếu gửi"},
		{"PC", "Phiếu chuyển"},
		{"PB", "Phiếu báo"},
		{"", "Thư công"},
		{"KL", "Kết luận"},
		{"NĐ", "Nghị định"},
		{"VBHN", "Văn bản hợp nhất"},
		{"", "Pháp lệnh"},
		{"", "Luật"},
	}
}

// kindByCode finds the kind that the first group of a symbol names. Codes are
// never folded: ĐA is not DA.
func kindByCode(symbol string) Kind {
	code, _, _ := strings.Cut(symbol, "-")
	code, _, _ = strings.Cut(code, "/")
	for _, k := range Kinds() {
		if k.Code != "" && k.Code == code {
			return k
		}
	}
	if code == "CV" { // of the Party
		return Kind{Name: "Công văn"}
	}
	return Kind{}
}

// kindOfLine finds the kind that a line in capitals or a heading begins with and
// gives what follows its name.
func kindOfLine(s string) (k Kind, rest string, ok bool) {
	if !short(s, 400) {
		return Kind{}, "", false
	}
	for _, k := range Kinds() {
		if rest, ok := afterWords(s, k.Name); ok {
			return k, rest, true
		}
	}
	return Kind{}, "", false
}

// afterWords tells whether s begins with the words, whatever their case and the
// place of their tone marks, and gives what follows them.
func afterWords(s, words string) (rest string, ok bool) {
	n := len(strings.Fields(words))
	end := 0
	for i := range n {
		end = skip(s, end)
		if end == len(s) && i < n {
			return "", false
		}
		for end < len(s) && s[end] != ' ' {
			end++
		}
	}
	head := strings.TrimRight(s[:end], ":.,")
	if vntext.Canon(head) != vntext.Canon(words) {
		return "", false
	}
	return strings.TrimLeft(s[end:], " "), true
}

// kindBefore finds the kind or other word for a document that ends s.
func kindBefore(s string) string {
	from := len(s)
	for range 4 { // words of the longest name
		from = strings.LastIndexByte(s[max(0, from-40):max(from, 0)], ' ') + max(0, from-40)
		if from < 0 || from <= len(s)-60 {
			break
		}
	}
	s = s[max(from, 0):]
	for s != "" {
		bare := strings.TrimLeft(s, " (\"“'[-")
		for _, name := range cited {
			if strings.EqualFold(bare, name) {
				return vntext.Capital(name)
			}
		}
		_, next, found := strings.Cut(bare, " ")
		if !found {
			return ""
		}
		s = next
	}
	return ""
}

// cited are the words before a number in running text.
var cited = citedWords()

func citedWords() []string {
	names := []string{"văn bản", "tài liệu", "quy chuẩn", "QCVN", "TCVN", "lệnh", "bản thoả thuận"}
	for _, k := range Kinds() {
		names = append(names, k.Name)
	}
	return names
}
