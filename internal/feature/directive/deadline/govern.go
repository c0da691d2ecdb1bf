package deadline

import (
	"regexp"
	"strings"

	"giuchuan/internal/kernel/day"
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
	re  *regexp.Regexp
	cue cue
}{
	{regexp.MustCompile(`(?:(?:chậm|muộn|trễ) nhất (?:là )?)?(?:đến |xong )?trước *$`), before},
	{regexp.MustCompile(`(?:chậm|muộn|trễ) nhất(?:,? (?:là|vào|đến|tới|trong|hết))*(?: hết| cuối)? *$`), latest},
	{regexp.MustCompile(`không (?:(?:chậm|muộn|trễ) hơn|quá) *$`), latest},
	{regexp.MustCompile(`hạn (?:cuối|chót)(?: cùng)?(?: gửi| nộp| báo cáo| hoàn thành)*(?: là|:| vào| đến| hết)* *$`), latest},
	{regexp.MustCompile(`(?:thời hạn|thời gian|hạn)(?: (?:hoàn thành|thực hiện|gửi|nộp|báo cáo|trình|xử lý|giải quyết|khắc phục|ban hành))+(?:(?: [\p{L}]+){0,4}? *(?:là|:|-|đến|hết|trong|vào|chậm nhất)+(?: hết| trong)?)? *$`), label},
	{regexp.MustCompile(`(?:đến|tới)(?: hết)? *$|hết *$`), until},
	{regexp.MustCompile(`(?:trong|vào) *$`), within},
}

var (
	clockTail = regexp.MustCompile(`(\d{1,2}) ?(?:giờ|h|g|:) ?(?:(\d{2})(?: ?phút)?)?(?:,| của| vào)? *(?:ngày *)?(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)?,? *(?:\( *|ngày *)?$`)
	dayTail   = regexp.MustCompile(`(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật),? *\(?|ngày) *$`)
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
	strong = regexp.MustCompile(`hoàn thành|hoàn tất|hoàn thiện|xong|dứt điểm|gia hạn|thời hạn|thời gian thực hiện|thời gian hoàn thành`)
	// deliver are verbs whose object is done by a time.
	deliver = regexp.MustCompile(`ban hành|trình|gửi|nộp|báo cáo|phê duyệt|bàn giao|công bố|khởi công|khắc phục|giải ngân|quyết toán|nghiệm thu|thẩm định|tham mưu|lập|rà soát|kiểm tra|xử lý|giải quyết|đưa vào|đăng ký|cập nhật|tổng hợp|kiện toàn|thành lập|đề xuất|tổ chức|triển khai|thực hiện|xây dựng|lấy ý kiến`)
	slow    = regexp.MustCompile(`thực hiện|triển khai|xây dựng|tổ chức|lập`)
	// described are words that tie a point to a thing instead of the verb.
	described = regexp.MustCompile(`được|đã|phát sinh|kết quả|tình hình|số liệu|dự kiến|bình quân|giai đoạn|về việc|so với|sau khi|có hiệu lực`)
	named     = regexp.MustCompile(`(?:đã|chưa|không|được|việc|kết quả|tình hình|về|sau khi|khi|do|cơ bản đã) *$`)
	passive   = regexp.MustCompile(`(?:phải|cần|bảo đảm|đảm bảo|đề nghị)[^,;.]*$`)
	meeting   = regexp.MustCompile(`hội nghị|cuộc họp|buổi làm việc|hội thảo|buổi lễ|lễ|kỳ họp|phiên họp|đại hội|diễn ra|khai mạc|dự kiến|làm việc với|tiếp đoàn|chuyến công tác`)
	plural    = regexp.MustCompile(`(?:các|những|số|đối với|toàn bộ|trường hợp)`)
	causing   = regexp.MustCompile(`(?:chỉ đạo|đôn đốc|hướng dẫn|yêu cầu|giao|đề nghị|hỗ trợ|phối hợp với|phối hợp|cùng|bảo đảm|đảm bảo|để|ubnd|ủy ban nhân dân|phấn đấu|giúp) *$`)
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
	criticised = regexp.MustCompile(`(?:nhưng|song|tuy nhiên|tuy vậy|đến nay|hiện nay|đến thời điểm|quá thời hạn)[^.]*(?:chưa|vẫn|mới chỉ|không)|[,;][^.]*(?:chưa nhận được|chưa gửi|chưa báo cáo|chưa có báo cáo)`)
	told       = regexp.MustCompile(`đã (?:\S+ ){0,3}(?:yêu cầu|đề nghị|chỉ đạo|có văn bản|có công văn|đôn đốc|cam kết)|đã giao (?:nhiệm vụ |cho )*(?:các|sở|ubnd|ủy ban|uỷ ban|ban|văn phòng|công an)`)
	above      = regexp.MustCompile(`(?:bộ|chính phủ|thủ tướng|thủ tướng chính phủ|trung ương|quốc hội)(?: [^;.,]*)? (?:yêu cầu|đề nghị|giao) (?:các )?(?:địa phương|tỉnh|ubnd|ủy ban nhân dân)`)
	purpose    = regexp.MustCompile(`để|nhằm|làm cơ sở|làm căn cứ|phục vụ`)
	report     = regexp.MustCompile(`báo cáo|trình|gửi|xin ý kiến`)
	reset      = regexp.MustCompile(`hoàn thành|hoàn tất|xong|gửi về|gửi báo cáo về|thời hạn|thời gian|bảo đảm|đảm bảo|yêu cầu|đề nghị`)
	ownReport  = regexp.MustCompile(`(?:ubnd|ủy ban nhân dân|văn phòng|sở|bộ|ban)[^,;.]{0,60} (?:sẽ|phải) (?:báo cáo|trình|gửi|tổng hợp)`)
	thing      = regexp.MustCompile(`(?:các|những|đối với|số|trường hợp|hồ sơ|dự án|công trình|văn bản|quyết định)[^,;.]* (?:đã|được|có hiệu lực|phát sinh|khởi công|ban hành|ký)[^,;.]{0,50}$`)
	delivered  = regexp.MustCompile(`được (?:gửi|nộp|hoàn thành|báo cáo|trình)`)
	done       = regexp.MustCompile(`đã [^,;.]{0,60}$`)
	replaced   = regexp.MustCompile(`thay (?:cho|vì)(?: thời hạn)?|thời hạn cũ|hạn cũ`)
	aim        = regexp.MustCompile(`phấn đấu|mục tiêu`)
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

var regexpExpected = regexp.MustCompile(`dự kiến|diễn ra|khai mạc`)

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
