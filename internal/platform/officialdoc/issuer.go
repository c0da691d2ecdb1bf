package officialdoc

import (
	"strings"

	"giuchuan/internal/kernel/vntext"
)

// agencyWords begin the name of an agency in a letterhead.
var agencyWords = canonical(
	"ủy ban", "ubnd", "hội đồng", "hđnd", "sở", "bộ", "ban", "bcđ", "văn phòng", "phòng", "cục", "chi cục", "tổng cục", "vụ", "trung tâm",
	"tỉnh ủy", "huyện ủy", "thành ủy", "thị ủy", "quận ủy", "đảng", "công an", "thanh tra", "viện", "trường", "công ty", "quỹ", "chính phủ", "thủ tướng",
	"quốc hội", "tòa án", "mặt trận", "liên minh", "liên đoàn", "hội", "đoàn", "bảo hiểm", "kho bạc", "ngân hàng", "tổng công ty", "tập đoàn", "bệnh viện",
	"đài", "báo", "vườn quốc gia", "hạt", "trạm", "đội", "tổ", "chủ tịch nước", "tổng", "học viện", "thuế", "thống kê", "chi nhánh", "hợp tác xã", "tiểu ban",
)

// officeWords begin the line that says who decides or signs.
var officeWords = canonical(
	"chủ tịch", "phó chủ tịch", "giám đốc", "phó giám đốc", "chánh", "phó chánh", "bí thư", "phó bí thư", "trưởng", "phó trưởng", "bộ trưởng", "thứ trưởng",
	"thủ tướng", "phó thủ tướng", "cục trưởng", "phó cục trưởng", "chi cục trưởng", "phó chi cục", "tổng giám đốc", "tổng cục", "phó tổng", "viện trưởng", "hiệu trưởng",
	"ủy viên", "chỉ huy", "chính ủy", "thư ký", "chủ trì", "chủ tọa", "chủ nhiệm", "phó", "quyền", "thủ trưởng", "tư lệnh", "người", "đại diện", "thường trực", "tổng thanh tra",
)

// deciders begin the name of a body that decides.
var deciders = canonical("ủy ban", "ubnd", "hội đồng", "hđnd", "ban", "chính phủ", "quốc hội", "bộ chính trị")

func canonical(words ...string) []string {
	for i, w := range words {
		words[i] = vntext.Canon(w)
	}
	return words
}

// beginsWith tells whether s begins with one of the words, as whole words.
func beginsWith(s string, words []string) bool {
	key := vntext.Canon(s[:clamp(s, 60)])
	for _, w := range words {
		if rest, ok := strings.CutPrefix(key, w); ok && (rest == "" || rest[0] == ' ' || rest[0] == ',') {
			return true
		}
	}
	return false
}

// clamp is the length of the beginning of s of at most n bytes that ends at a
// character.
func clamp(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return n
}

func agencyWord(s string) bool { return beginsWith(s, agencyWords) }

// officeWord tells the first words of an office or of the body that decides.
func officeWord(s string) bool {
	return beginsWith(s, officeWords) || beginsWith(s, deciders)
}

// issuer reads a line of the agencies of the letterhead. Names that take two
// lines become one: a line that begins no agency goes on with the one before.
func (h *header) issuer(i int) bool {
	l := &h.lines[i]
	if !capitals(l.text) || !short(l.text, 120) || letters(l.text, 2) < 2 {
		return false
	}
	if h.strong >= 0 && i > h.strong || h.strong < 0 && i > 5 {
		return false
	}
	n := len(h.issuers)
	switch {
	case n > 0 && goesOnAgency(h.issuers[n-1], l.text):
		h.issuers[n-1] += " " + l.text
	case agencyWord(l.text):
		h.issuers = append(h.issuers, l.text)
	default:
		return false
	}
	l.role = roleIssuer
	return true
}

// goesOnAgency tells whether a line is the second half of the name before it.
func goesOnAgency(before, s string) bool {
	key := vntext.Canon(before)
	for _, end := range []string{" và", ",", " -", " –"} {
		if strings.HasSuffix(key, end) {
			return true
		}
	}
	if key == "ban chỉ đạo" || key == "ban quản lý" || key == "đảng bộ" || key == "ban chấp hành" {
		return true
	}
	return !agencyWord(s)
}
