package directive

// KindName is one kind of official document with its code.
type KindName struct{ Code, Name string }

// Kinds lists the kinds of official documents with their codes (Nghị định
// 30/2020/NĐ-CP, Phụ lục III); công văn has none, nor thư công, which gives no duties. A code is never folded: ĐA is
// not DA.
func Kinds() []KindName {
	return []KindName{
		{"", "Công văn"},
		{"NQ", "Nghị quyết"},
		{"QĐ", "Quyết định"},
		{"CT", "Chỉ thị"},
		{"QC", "Quy chế"},
		{"QyĐ", "Quy định"},
		{"TC", "Thông cáo"},
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
	}
}

// KindWords is a kind in words, "" when the code is of no list.
func KindWords(code string) string {
	for _, k := range Kinds() {
		if k.Code == code {
			return k.Name
		}
	}
	return ""
}

// kindOf is the kind that a symbol begins with: "TB-UBND" is a TB, "UBND-NLN" a
// công văn.
func kindOf(symbol string) string {
	for i, r := range symbol {
		if r == '-' || r == '/' {
			symbol = symbol[:i]
			break
		}
	}
	if KindWords(symbol) != "" {
		return symbol
	}
	return ""
}
