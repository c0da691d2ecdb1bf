package deadline

import (
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
)

const (
	every    = `(?:hằng|hàng|mỗi)`
	weekdays = `(?:ngày )?(thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)`
	clock    = `(?:(\d{1,2}) ?(?:giờ|h|g|:) ?(\d{2})?(?: ?phút)?,? *(?:của |vào )?)?`
	pre      = `(?:trước|vào|chậm nhất(?: là)?(?: vào| trước)?|muộn nhất(?: là)?(?: vào)?|đến)`
)

const askDay = "văn bản không nêu ngày trong kỳ: lấy theo chế độ báo cáo, cần người xác nhận"

// cycles are the ways to say that something comes back, the fullest first.
var cycles = []struct {
	re   vntext.Pattern
	read func(m []string) (code string, known bool)
}{
	{
		vntext.Lazy(`(?:định kỳ )?` + every + ` tuần[ ,(]*` + pre + `? *` + clock + weekdays),
		func(m []string) (string, bool) { return "weekly:" + weekday(m[3]) + clockCode(m[1], m[2]), true },
	},
	{
		vntext.Lazy(pre + ` *` + clock + weekdays + `,?(?: của)? ` + every + ` tuần`),
		func(m []string) (string, bool) { return "weekly:" + weekday(m[3]) + clockCode(m[1], m[2]), true },
	},
	{
		vntext.Lazy(`(?:` + pre + ` *)?` + clock + `ngày *([0-3]?[0-9]),?(?: của)? *` + every + ` tháng`),
		func(m []string) (string, bool) { return "monthly:" + twoDigits(m[3]) + clockCode(m[1], m[2]), true },
	},
	{
		vntext.Lazy(`(?:định kỳ )?` + every + ` tháng[ ,(]*` + pre + ` *` + clock + `ngày *([0-3]?[0-9])`),
		func(m []string) (string, bool) { return "monthly:" + twoDigits(m[3]) + clockCode(m[1], m[2]), true },
	},
	{
		vntext.Lazy(`(?:` + pre + ` *)?` + clock + `ngày *([0-3]?[0-9])(?: của)? *tháng cuối(?: của)?(?: ` + every + `)? *quý`),
		func(m []string) (string, bool) { return "quarterly:" + twoDigits(m[3]) + clockCode(m[1], m[2]), true },
	},
	{
		vntext.Lazy(`(?:` + pre + ` *)?` + clock + `(?:ngày *)?([0-3]?[0-9])(?: *tháng *| ?/ ?)([01]?[0-9]),?(?: của)? *(?:` + every + ` năm|năm (?:liền kề )?(?:sau|kế tiếp|tiếp theo)(?: năm báo cáo| liền kề)?|năm liền kề(?: sau năm báo cáo)?)(?: kể từ năm (\d{4}))?`),
		func(m []string) (string, bool) {
			return "yearly:" + twoDigits(m[4]) + "-" + twoDigits(m[3]) + clockCode(m[1], m[2]), true
		},
	},
	{
		vntext.Lazy(`(?:định kỳ )?` + every + ` năm[ ,(]*` + pre + ` *` + clock + `(?:ngày *)?([0-3]?[0-9])(?: *tháng *| ?/ ?)([01]?[0-9])`),
		func(m []string) (string, bool) {
			return "yearly:" + twoDigits(m[4]) + "-" + twoDigits(m[3]) + clockCode(m[1], m[2]), true
		},
	},
	{
		vntext.Lazy(`(?:định kỳ )?(hai|0?2|ba|0?3|năm|0?5) năm(?: một|/1|/| 1) ?lần`),
		func(m []string) (string, bool) { return "every-" + yearsOf(m[1]) + "-years", false },
	},
	{
		vntext.Lazy(`(?:định kỳ )?(?:(sáu|0?6) tháng(?: một| 1|/1|/) ?lần)|định kỳ(?: ` + every + `)? (sáu|0?6) tháng|` + every + ` (sáu|0?6) tháng`),
		func([]string) (string, bool) { return "half-yearly", false },
	},
	{
		vntext.Lazy(`(?:định kỳ )?(?:(?:một|0?1) )?(ngày|tuần|tháng|quý|năm)(?: một| 1|/1|/) ?lần`),
		func(m []string) (string, bool) { return cycleName(m[1]), false },
	},
	{
		vntext.Lazy(`(?:định kỳ )?` + every + ` (ngày|tuần|tháng|quý)`),
		func(m []string) (string, bool) { return cycleName(m[1]), false },
	},
	{
		vntext.Lazy(`định kỳ(?:,? theo)?(?: ` + every + `)? (tuần|tháng|quý|năm)`),
		func(m []string) (string, bool) { return cycleName(m[1]), false },
	},
}

var (
	timely  = vntext.Lazy(`(?:kế hoạch|dự toán|chỉ tiêu|ngân sách|vốn|nhiệm vụ|mục tiêu|chương trình|bình quân|chế độ báo cáo|chế độ|tăng|giảm|giai đoạn) *$`)
	yearly  = vntext.Lazy(every + ` năm`)
	reports = vntext.Lazy(`báo cáo|gửi|nộp|tổng hợp|đánh giá|kiểm tra|rà soát|xây dựng|sơ kết|tổng kết`)
	firstly = vntext.Lazy(`^ *,? *(?:kể từ|bắt đầu từ|từ) năm (\d{4})`)
)

// recurrences reads what comes back every week, month, quarter or year.
func (s *scan) recurrences() {
	if !s.any("hằng", "hàng", "mỗi", "định kỳ", "lần", "tháng cuối", "năm liền kề", "năm sau", "năm kế tiếp", "năm tiếp theo") {
		return
	}
	for _, c := range cycles {
		for _, m := range c.re.FindAllStringSubmatchIndex(s.low, maxFound) {
			if !bounded(s.low, m[0], m[1]) || !s.free(m[0], m[1]) || s.attributive(m[0], m[1]) {
				continue
			}
			all := make([]string, len(m)/2)
			for i := range all {
				all[i] = text(s.low, m, i)
			}
			code, known := c.read(all)
			end := m[1]
			if first := firstly.FindStringIndex(s.low[end:]); first != nil {
				end += first[1]
			}
			d := s.blank(Recurring, m[0], end)
			d.Recurrence = code
			if !known {
				d.Ask = askDay
			}
			if i := strings.IndexByte(code, '@'); i >= 0 {
				d.Time = code[i+1:]
			}
			if from := yearIn(s.low[m[0]:end]); from > 0 {
				d.From = day.Of(from, 1, 1)
			}
			s.add(d)
		}
	}
	s.everyYear()
}

var fourDigits = vntext.Lazy(`(?:kể từ|từ) năm (\d{4})`)

func yearIn(text string) int {
	if m := fourDigits.FindStringSubmatch(text); m != nil {
		return number(m[1])
	}
	return 0
}

// attributive tells whether a cycle describes a thing: "kế hoạch hằng năm".
func (s *scan) attributive(start, end int) bool {
	if strings.HasPrefix(s.low[start:end], "định kỳ") {
		return false
	}
	head := s.before(start)
	m := timely.FindStringIndex(head)
	return m != nil && begins(head, m[0])
}

// everyYear reads "hằng năm" without a day: a recurrence beside a verb of
// reporting, else work that goes on.
func (s *scan) everyYear() {
	for _, m := range yearly.FindAllStringIndex(s.low, maxFound) {
		if !bounded(s.low, m[0], m[1]) || !s.free(m[0], m[1]) || s.attributive(m[0], m[1]) {
			continue
		}
		if holds(reports, s.low[m[1]:s.letter(min(len(s.low), m[1]+60))]) || holds(reports, s.clause(m[0])) {
			d := s.blank(Recurring, m[0], m[1])
			d.Recurrence, d.Ask = "yearly", askDay
			s.add(d)
			continue
		}
		s.add(s.blank(Continuous, m[0], m[1]))
	}
}

func cycleName(word string) string {
	switch word {
	case "ngày":
		return "daily"
	case "tuần":
		return "weekly"
	case "tháng":
		return "monthly"
	case "quý":
		return "quarterly"
	}
	return "yearly"
}

func yearsOf(word string) string {
	switch strings.TrimPrefix(word, "0") {
	case "hai", "2":
		return "2"
	case "ba", "3":
		return "3"
	}
	return "5"
}

func weekday(word string) string {
	switch strings.TrimPrefix(word, "thứ ") {
	case "hai", "2":
		return "MON"
	case "ba", "3":
		return "TUE"
	case "tư", "4":
		return "WED"
	case "năm", "5":
		return "THU"
	case "sáu", "6":
		return "FRI"
	case "bảy", "7":
		return "SAT"
	}
	return "SUN"
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// clockCode is "@16:00", or nothing without an hour.
func clockCode(hour, minute string) string {
	if hour == "" || number(hour) > 24 || number(minute) > 59 {
		return ""
	}
	return "@" + two(number(hour)) + ":" + two(number(minute))
}
