package deadline

import (
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

var (
	msgNoCalendar = fault.Msg{Key: "deadline.no_calendar", Text: "chưa tính được hạn “{text}” vì thiếu lịch ngày nghỉ của năm có liên quan; hãy nhập lịch nghỉ của năm ấy rồi đọc lại"}
	askEvent      = "chờ mốc: "
	askSigned     = "chờ mốc: ngày ký của văn bản, hiện còn để trống"
)

var counting = vntext.Lazy(
	`(?:(trong thời hạn|trong thời gian|trong vòng|thời hạn|trong|chậm nhất(?: là)?(?: sau)?|không quá|tối đa|quá|sau)(?: (?:tối đa|không quá|chậm nhất|là))* )?` +
		`([0-9]{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười lăm|hai mươi|ba mươi)(?: ?\([^()]{1,30}\))? ` +
		`(ngày làm việc|ngày|tuần|tháng|năm)( làm việc)?` +
		`(?:,? (?:kể từ khi|kể từ|tính từ|kể|từ khi|từ|sau khi|sau) ?([^,;.()]{2,160}))?`)

// words for numbers, as they stand before a unit of time.
var numerals = map[string]int{
	"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
	"mười": 10, "mười lăm": 15, "hai mươi": 20, "ba mươi": 30,
}

// relatives reads "trong thời hạn 05 ngày làm việc kể từ ngày ký".
func (s *scan) relatives() {
	if !s.any("trong", "hạn", "nhất", "quá", "tối đa", "sau", "kể từ", "tính từ", "làm việc") {
		return
	}
	for _, m := range counting.FindAllStringSubmatchIndex(s.low, maxFound) {
		prefix, event := text(s.low, m, 1), strings.TrimSpace(text(s.low, m, 5))
		end := m[1]
		if m[10] >= 0 {
			event, end = s.cutEvent(m[10], m[1])
		}
		if !begins(s.low, m[0]) || !s.free(m[0], end) || !s.countAccepted(m, prefix, event) {
			continue
		}
		n, ok := numerals[text(s.low, m, 2)]
		if !ok {
			n = number(text(s.low, m, 2))
		}
		d := s.blank(Relative, m[0], end)
		d.Role = s.roleOf(point{start: m[0], end: end, last: day.None}, noCue, m[0])
		unit := text(s.low, m, 3)
		if text(s.low, m, 4) != "" {
			unit = "ngày làm việc"
		}
		if prefix == "quá" { // "quá 24 tháng kể từ …": a condition that waits for its event
			d.Ask = askEvent + s.written(m[10], event)
		} else {
			s.count(&d, n, unit, event)
		}
		if d.Ask == askEvent+event && m[10] >= 0 {
			d.Ask = askEvent + s.written(m[10], event)
		}
		s.add(d)
	}
}

// written is an event that begins at a place, in its own letters.
func (s *scan) written(start int, event string) string {
	if start < 0 {
		return event
	}
	if i := strings.Index(s.low[start:], event); i >= 0 {
		return s.raw[start+i : start+i+len(event)]
	}
	return event
}

// text is a group of a match, empty when it took no part.
func text(low string, m []int, i int) string {
	if m[2*i] < 0 {
		return ""
	}
	return low[m[2*i]:m[2*i+1]]
}

var eventEnd = vntext.Lazy(` (?:mà|thì|để|phải|và gửi|gửi|báo cáo|trình|hoàn thành|đề nghị|yêu cầu|thực hiện) `)

// cutEvent is an event up to the verb that follows it, and where it ends.
func (s *scan) cutEvent(start, end int) (event string, at int) {
	event = s.low[start:end]
	if cut := eventEnd.FindStringIndex(event + " "); cut != nil {
		event = event[:cut[0]]
	}
	return strings.TrimSpace(event), start + len(event)
}

// countAccepted tells whether a number of days is a time to do something in.
func (s *scan) countAccepted(m []int, prefix, event string) bool {
	unit := text(s.low, m, 3)
	long := unit == "tháng" || unit == "năm"
	tail := s.low[m[1]:]
	switch {
	case text(s.low, m, 2) == "năm" && unit == "ngày" && prefix == "":
		return false
	case event != "" && prefix == "" && !strings.Contains(s.low[m[0]:m[1]], "kể từ") && !strings.Contains(s.low[m[0]:m[1]], "tính từ") && !strings.Contains(s.low[m[0]:m[1]], "làm việc"):
		return false
	case event != "":
		return true
	case long || prefix == "" || prefix == "sau" || prefix == "quá":
		return false
	case regexpNoCount.MatchString(tail):
		return false
	case unit == "ngày làm việc" || prefix != "trong" && prefix != "thời hạn":
		return true
	}
	return governed(s.clause(m[0]), ofDay) && !holds(meeting, s.clause(m[0]))
}

var regexpNoCount = vntext.Lazy(`^ *(?:qua|đầu|cuối|gần|nghỉ|tết|[0-9(]|liên tục)`)

var signing = vntext.Lazy(`^(?:ngày )?(?:ký|ban hành|ra|phát hành)(?:,? ban hành)?(?: (?:văn bản|thông báo|công văn|quyết định|kế hoạch|chỉ thị|kết luận)(?: này)?)?$`)

// count fills in the day that is n units after an event.
func (s *scan) count(d *Deadline, n int, unit, event string) {
	from, ask := s.event(event)
	if d.Ask = ask; from == day.None {
		return
	}
	var err error
	switch unit {
	case "tuần":
		d.Due, err = s.shift(from + day.Day(7*n))
	case "tháng":
		d.Due, err = s.shift(from.AddMonths(n))
	case "năm":
		d.Due, err = s.shift(from.AddMonths(12 * n))
	case "ngày làm việc":
		d.Due, err = s.working(from, n)
	default:
		d.Due, err = s.shift(from + day.Day(n))
	}
	if err != nil {
		d.Due, d.Err = day.None, fault.New(fault.Unavailable, msgNoCalendar, "text", d.Phrase).Wrap(err)
	}
}

// event is the day a count begins, or what it waits for.
func (s *scan) event(event string) (from day.Day, ask string) {
	if event != "" {
		p := patterns[0].re.FindStringSubmatchIndex(event)
		if p == nil {
			p = patterns[1].re.FindStringSubmatchIndex(event)
		}
		if p != nil {
			if at := readDay(s, groups(event, p)); at.err == nil {
				return at.first, at.ask
			}
		}
		if event != "hôm nay" && !signing.MatchString(event) {
			return day.None, askEvent + event
		}
	}
	if !s.ref.Exact || s.ref.Day == day.None {
		return day.None, askSigned
	}
	return s.ref.Day, ""
}

// shift moves the last day of a count from a day off to the next working day
// (Bộ luật Dân sự 2015, Điều 148), unless the reference says to keep it.
func (s *scan) shift(d day.Day) (day.Day, error) {
	if s.ref.Keep {
		return d, nil
	}
	if s.ref.Calendar == nil {
		return day.None, errNoCalendar
	}
	for {
		ok, err := s.ref.Calendar.IsWorking(d)
		if err != nil || ok {
			return d, err
		}
		d++
	}
}

func (s *scan) working(from day.Day, n int) (day.Day, error) {
	if s.ref.Calendar == nil {
		return day.None, errNoCalendar
	}
	return s.ref.Calendar.AddWorkingDays(from, n)
}

var errNoCalendar = fault.New(fault.Unavailable, fault.Msg{Key: "deadline.calendar", Text: "chưa có lịch ngày làm việc"})
