package deadline

import "giuchuan/internal/kernel/vntext"

var (
	urgentWords = vntext.Lazy(`trong thời gian (?:sớm|nhanh) nhất|sớm nhất|khẩn trương|khẩn cấp|đẩy nhanh|ngay lập tức|ngay|kịp thời|sớm`)
	notUrgent   = vntext.Lazy(`^ *(?:từ|sau khi|trong|tại|cả|nay)`)
	notSoon     = vntext.Lazy(`(?:dấu hiệu|cảnh báo|phát hiện|từ|tiên đoán) *$`)
	always      = vntext.Lazy(`thường xuyên|liên tục`)
	notAlways   = vntext.Lazy(`(?:chi|nhiệm vụ|kinh phí|giáo dục|công việc|vốn|nguồn|không|sinh hoạt|lao động|hoạt động) *$`)
	byRule      = vntext.Lazy(`(?:báo cáo|gửi|nộp|trình (?:cấp|ubnd|ủy ban|uỷ ban|hội đồng|hđnd|chủ tịch))[^;.]{0,120}? theo (?:đúng )?(?:thời gian |thời hạn )?quy định`)
	forPurpose  = vntext.Lazy(`(?:để|nhằm|chế độ|tổng hợp,) *$`)
	byTerm      = vntext.Lazy(`(?:đúng|theo|bảo đảm|đảm bảo) (?:thời hạn|thời gian|tiến độ)(?: và [\p{L} ]{2,20})?(?: được| đã)?(?: giao| quy định| nêu| đề ra| yêu cầu| cam kết| phê duyệt)|theo (?:đúng )?tiến độ (?:tại|của|theo|nêu tại|đã)|(?:đúng|theo) (?:thời hạn|tiến độ)(?: quy định)?|theo (?:đúng )?lộ trình (?:tại|của|nêu)`)
	byDocument  = vntext.Lazy(`thực hiện (?:nghiêm |nghiêm túc |tốt |đầy đủ |có hiệu quả |kịp thời )*(?:các )?(?:ý kiến |nội dung )?(?:chỉ đạo|kết luận|nhiệm vụ|yêu cầu)[^;.]{0,160}? tại [^;.]{0,80}?số [^ ,;]+`)
)

// words reads the deadlines that have no day: by a rule or another document,
// continuous work, words of urgency. Those inside a dated phrase are left out.
func (s *scan) words() {
	for _, w := range []struct {
		need []string
		re   vntext.Pattern
		kind Kind
		not  func(start, end int) bool
	}{
		{[]string{"quy định"}, byRule, ByReference, func(start, _ int) bool { return endsWith(forPurpose, s.before(start)) }},
		{[]string{"thời hạn", "thời gian", "tiến độ", "lộ trình"}, byTerm, ByReference, nil},
		{[]string{"số "}, byDocument, ByReference, nil},
		{[]string{"thường", "liên"}, always, Continuous, func(start, _ int) bool { return endsWith(notAlways, s.before(start)) }},
		{[]string{"sớm", "nhất", "khẩn", "đẩy", "ngay", "kịp"}, urgentWords, Urgent, func(start, end int) bool {
			return notUrgent.MatchString(s.low[end:]) && s.low[start:end] == "ngay" || endsWith(notSoon, s.before(start))
		}},
	} {
		if !s.any(w.need...) {
			continue
		}
		for _, m := range w.re.FindAllStringIndex(s.low, maxFound) {
			if !bounded(s.low, m[0], m[1]) || !s.free(m[0], m[1]) || w.not != nil && w.not(m[0], m[1]) {
				continue
			}
			s.add(s.blank(w.kind, m[0], m[1]))
		}
	}
}

// endsWith tells whether a text ends in a pattern as a word of its own.
func endsWith(re vntext.Pattern, text string) bool {
	m := re.FindStringIndex(text)
	return m != nil && begins(text, m[0])
}
