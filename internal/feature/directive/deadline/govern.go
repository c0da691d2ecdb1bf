package deadline

import (
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
)

// cue is what the words before a point make of it.
type cue int

const (
	noCue  cue = iota
	before     // trước
	latest     // chậm nhất, hạn cuối
	until      // đến, đến hết
	within     // trong, vào
	label      // "Thời gian hoàn thành:"
)

var cues = []struct {
	re  vntext.Pattern
	cue cue
}{
	{vntext.Lazy(`(?:(?:chậm|muộn|trễ) nhất (?:là )?)?(?:đến |xong )?trước *$`), before},
	{vntext.Lazy(`(?:chậm|muộn|trễ) nhất(?:,? (?:là|vào|đến|tới|trong|hết))*(?: hết| cuối)? *$`), latest},
	{vntext.Lazy(`không (?:(?:chậm|muộn|trễ) hơn|quá) *$`), latest},
	{vntext.Lazy(`hạn (?:cuối|chót)(?: cùng)?(?: gửi| nộp| báo cáo| hoàn thành)*(?: là|:| vào| đến| hết)* *$`), latest},
	{vntext.Lazy(`(?:thời hạn|thời gian|hạn)(?: (?:hoàn thành|thực hiện|gửi|nộp|báo cáo|trình|xử lý|giải quyết|khắc phục|ban hành))+(?:(?: [\p{L}]+){0,4}? *(?:là|:|-|đến|hết|trong|vào|chậm nhất)+(?: hết| trong)?)? *$`), label},
	{vntext.Lazy(`(?:đến|tới)(?: hết)? *$|hết *$`), until},
	{vntext.Lazy(`(?:trong|vào) *$`), within},
}

var (
	clockTail = vntext.Lazy(`(\d{1,2}) ?(?:giờ|h|g|:) ?(?:(\d{2})(?: ?phút)?)?(?:,| của| vào)? *(?:ngày *)?(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)?,? *(?:\( *|ngày *)?$`)
	dayTail   = vntext.Lazy(`(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật),? *\(?|ngày) *$`)
)

// cueOf is the cue before a point: its kind, where it begins, and the time of
// day between it and the point.
func (s *scan) cueOf(p point) (c cue, start int, clock string) {
	head := s.low[s.letter(max(0, p.start-120)):p.start]
	base := p.start - len(head)
	if m := clockTail.FindStringSubmatchIndex(head); m != nil && begins(head, m[0]) {
		clock = clockText(groups(head, m))
		head = head[:m[0]]
	} else if m := dayTail.FindStringIndex(head); m != nil {
		head = head[:m[0]]
	}
	for _, try := range cues {
		if m := try.re.FindStringIndex(head); m != nil && begins(head, m[0]) {
			return try.cue, base + m[0], clock
		}
	}
	return noCue, base + len(head), clock
}

func clockText(m []string) string {
	h, min := number(m[1]), 0
	if len(m) > 2 {
		min = number(m[2])
	}
	if h > 24 || min > 59 {
		return ""
	}
	return two(h) + ":" + two(min)
}

func two(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

var (
	strong = vntext.Lazy(`hoàn thành|hoàn tất|hoàn thiện|xong|dứt điểm|gia hạn|thời hạn|thời gian thực hiện|thời gian hoàn thành`)
	// deliver are verbs whose object is done by a time.
	deliver = vntext.Lazy(`ban hành|trình|gửi|nộp|báo cáo|phê duyệt|bàn giao|công bố|khởi công|khắc phục|giải ngân|quyết toán|nghiệm thu|thẩm định|tham mưu|lập|rà soát|kiểm tra|xử lý|giải quyết|đưa vào|đăng ký|cập nhật|tổng hợp|kiện toàn|thành lập|đề xuất|tổ chức|triển khai|thực hiện|xây dựng|lấy ý kiến`)
	slow    = vntext.Lazy(`thực hiện|triển khai|xây dựng|tổ chức|lập`)
	// described are words that tie a point to a thing instead of the verb.
	described = vntext.Lazy(`được|đã|phát sinh|kết quả|tình hình|số liệu|dự kiến|bình quân|giai đoạn|về việc|so với|sau khi|có hiệu lực`)
	named     = vntext.Lazy(`(?:đã|chưa|không|được|việc|kết quả|tình hình|về|sau khi|khi|do|cơ bản đã) *$`)
	passive   = vntext.Lazy(`(?:phải|cần|bảo đảm|đảm bảo|đề nghị)[^,;.]*$`)
	meeting   = vntext.Lazy(`hội nghị|cuộc họp|buổi làm việc|hội thảo|buổi lễ|lễ|kỳ họp|phiên họp|đại hội|diễn ra|khai mạc|dự kiến|làm việc với|tiếp đoàn|chuyến công tác`)
	plural    = vntext.Lazy(`(?:các|những|số|đối với|toàn bộ|trường hợp)`)
	causing   = vntext.Lazy(`(?:chỉ đạo|đôn đốc|hướng dẫn|yêu cầu|giao|đề nghị|hỗ trợ|phối hợp với|phối hợp|cùng|bảo đảm|đảm bảo|để|ubnd|ủy ban nhân dân|phấn đấu|giúp) *$`)
)

// governed tells whether the verb before a period makes it a deadline: "hoàn
// thành … trong quý III", not "các công trình hoàn thành trong năm 2023".
func governed(clause string, u unit) bool {
	if i, end := last(strong, clause); i >= 0 {
		return !holds(described, clause[end:]) && !holds(meeting, clause[end:]) && !attributed(clause[:i])
	}
	i, end := last(deliver, clause)
	if i < 0 || holds(described, clause[end:]) || holds(meeting, clause[i:]) || attributed(clause[:i]) {
		return false
	}
	if u == ofYearly && slow.MatchString(clause[i:end]) {
		return false
	}
	return !holds(meeting, clause)
}

// attributed tells whether a verb after this text describes a thing named in it:
// it stands in the past, as a noun, or behind the object of another verb.
func attributed(head string) bool {
	trimmed := strings.TrimRight(head, " ")
	if m := named.FindStringIndex(trimmed); m != nil && begins(trimmed, m[0]) && !passive.MatchString(trimmed[:m[0]]) {
		return !strings.HasSuffix(trimmed, "việc") || !holds(strong, trimmed)
	}
	if cut := strings.LastIndexAny(trimmed, ",:"); cut >= 0 {
		trimmed = trimmed[cut+1:]
	}
	p, _ := last(plural, trimmed)
	if p <= 0 {
		return false
	}
	lead := strings.TrimRight(trimmed[:p], " ")
	return holds(deliver, lead) && !causing.MatchString(lead)
}

var (
	criticised = vntext.Lazy(`(?:nhưng|song|tuy nhiên|tuy vậy|đến nay|hiện nay|đến thời điểm|quá thời hạn)[^.]*(?:chưa|vẫn|mới chỉ|không)|[,;][^.]*(?:chưa nhận được|chưa gửi|chưa báo cáo|chưa có báo cáo)`)
	told       = vntext.Lazy(`đã (?:\S+ ){0,3}(?:yêu cầu|đề nghị|chỉ đạo|có văn bản|có công văn|đôn đốc|cam kết)|đã giao (?:nhiệm vụ |cho )*(?:các|sở|ubnd|ủy ban|uỷ ban|ban|văn phòng|công an)`)
	above      = vntext.Lazy(`(?:bộ|chính phủ|thủ tướng|thủ tướng chính phủ|trung ương|quốc hội)(?: [^;.,]*)? (?:yêu cầu|đề nghị|giao) (?:các )?(?:địa phương|tỉnh|ubnd|ủy ban nhân dân)`)
	purpose    = vntext.Lazy(`để|nhằm|làm cơ sở|làm căn cứ|phục vụ`)
	report     = vntext.Lazy(`báo cáo|trình|gửi|xin ý kiến`)
	reset      = vntext.Lazy(`hoàn thành|hoàn tất|xong|gửi về|gửi báo cáo về|thời hạn|thời gian|bảo đảm|đảm bảo|yêu cầu|đề nghị`)
	ownReport  = vntext.Lazy(`(?:ubnd|ủy ban nhân dân|văn phòng|sở|bộ|ban)[^,;.]{0,60} (?:sẽ|phải) (?:báo cáo|trình|gửi|tổng hợp)`)
	thing      = vntext.Lazy(`(?:các|những|đối với|số|trường hợp|hồ sơ|dự án|công trình|văn bản|quyết định)[^,;.]* (?:đã|được|có hiệu lực|phát sinh|khởi công|ban hành|ký)[^,;.]{0,50}$`)
	delivered  = vntext.Lazy(`được (?:gửi|nộp|hoàn thành|báo cáo|trình)`)
	done       = vntext.Lazy(`đã [^,;.]{0,60}$`)
	replaced   = vntext.Lazy(`thay (?:cho|vì)(?: thời hạn)?|thời hạn cũ|hạn cũ`)
	aim        = vntext.Lazy(`phấn đấu|mục tiêu`)
)

// roleOf says what an accepted point does in the sentence.
func (s *scan) roleOf(p point, c cue, cueStart int) Role {
	head, tail := s.clause(cueStart), s.after(p.end)
	switch {
	case holds(replaced, head):
		return Replaced
	case holds(criticised, tail):
		return Missed
	case s.ref.Day != day.None && p.last != day.None && p.last < s.ref.Day && !p.yearless:
		return Missed
	case holds(told, head), holds(above, head):
		return Cited
	case upstream(s.before(cueStart)):
		return Upstream
	case holds(regexpExpected, head):
		return Happening
	case c == until && holds(aim, head):
		return Target
	case c != label && describes(head):
		return Attribute
	}
	return Duty
}

var regexpExpected = vntext.Lazy(`dự kiến|diễn ra|khai mạc`)

// upstream tells whether the text before a deadline ends in a purpose of the
// issuer: "… để Ủy ban nhân dân tỉnh báo cáo Bộ".
func upstream(head string) bool {
	for _, stop := range []string{". ", ";"} {
		if i := strings.LastIndex(head, stop); i >= 0 {
			head = head[i+len(stop):]
		}
	}
	if holds(ownReport, head) {
		return true
	}
	_, end := last(purpose, head)
	if end < 0 {
		return false
	}
	rest := head[end:] + " "
	return holds(report, rest) && !holds(reset, rest)
}

// describes tells whether a deadline's cue belongs to a thing: "các dự án đã
// được phê duyệt trước ngày …".
func describes(head string) bool {
	if delivered.MatchString(head) || passive.MatchString(head) {
		return false
	}
	if m := thing.FindStringIndex(head); m != nil && begins(head, m[0]) {
		return true
	}
	m := done.FindStringIndex(head)
	return m != nil && begins(head, m[0])
}
