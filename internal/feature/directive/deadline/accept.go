package deadline

import (
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
)

var (
	rangeHead = vntext.Lazy(`từ *(?:ngày *)?$`)
	rangeLink = vntext.Lazy(`^ *(?:đến|tới|-)(?: hết)? *$`)
	adjacent  = vntext.Lazy(`(?:hoàn thành|hoàn tất|xong|dứt điểm)(?: vào| trong)? *$`)
	counted   = vntext.Lazy(`số liệu|kết quả|tình hình|tính|kỳ báo cáo|chốt`)
	alone     = vntext.Lazy(`riêng(?: trong)?(?: năm)? *$|riêng (?:kỳ|đợt)[^,;.]{0,30}$`)
	extending = vntext.Lazy(`gia hạn|lùi thời hạn|kéo dài thời hạn|điều chỉnh thời (?:hạn|gian)`)
)

// points reads days and periods and keeps those that a deadline's words govern.
func (s *scan) points() {
	list := s.scanPoints()
	for i, p := range list {
		if other, ok := s.rangeEnd(list, p); ok {
			s.window(p, list[other])
			continue
		}
		if s.inRange(list, i) {
			continue
		}
		c, start, clock := s.cueOf(p)
		if !s.accepted(p, c, start) {
			continue
		}
		d := s.blank(kindOf(p), start, p.end)
		d.Role, d.Time, d.Ask, d.Err, d.Earlier = s.roleOf(p, c, start), clock, p.ask, p.err, p.earlier
		d.Due = s.due(p, c)
		d.Exception = alone.MatchString(strings.TrimRight(s.before(start), " ,"))
		s.add(d)
	}
	s.exceptions(list)
}

func kindOf(p point) Kind {
	if p.unit == ofDay {
		return Date
	}
	return Period
}

// due is the last day of a point under its cue.
func (s *scan) due(p point, c cue) day.Day {
	switch {
	case p.last == day.None:
		return day.None
	case c == before && (p.unit != ofDay && p.words == ""):
		return p.first - 1
	case c == before && s.ref.Strict:
		return p.last - 1
	}
	return p.last
}

// accepted tells whether the words before a point make it a deadline or
// something that looks like one.
func (s *scan) accepted(p point, c cue, start int) bool {
	clause := s.clause(start)
	switch c {
	case before, latest:
		return true
	case label:
		return !holds(meeting, s.low[start:p.start])
	case until:
		return holds(extending, clause) || governed(clause, p.unit) || holds(aim, clause) && p.unit != ofDay && p.words != ""
	case within:
		return p.unit != ofDay && (governed(clause, p.unit) || s.leads(p, clause)) || p.unit == ofDay && adjacent.MatchString(clause)
	}
	if m := adjacent.FindStringIndex(strings.TrimRight(clause, " ")); m != nil {
		return (p.unit != ofYearly || p.words != "") && !attributed(clause[:m[0]])
	}
	return p.words != "" && governed(clause, p.unit)
}

var (
	leadIn    = vntext.Lazy(`^[ ,]*(?:trước mắt|trước hết|riêng|ngay)?[ ,]*$`)
	verbAfter = vntext.Lazy(`^[ ,]*(?:phải |cần |cơ bản )?(hoàn thành|hoàn tất|xong|ban hành|trình|gửi|nộp|báo cáo|phê duyệt|bàn giao|công bố|khởi công|khắc phục|rà soát|kiểm tra|xử lý|giải quyết|kiện toàn|thành lập|lấy ý kiến) `)
)

// leads tells whether a period stands at the head of its clause with the verb
// right behind it: "Trong tháng 10/2024 hoàn thành …".
func (s *scan) leads(p point, clause string) bool {
	return leadIn.MatchString(clause) && verbAfter.MatchString(s.low[p.end:])
}

// rangeEnd finds the point that ends "từ ngày A đến ngày B", where p begins it.
func (s *scan) rangeEnd(list []point, p point) (int, bool) {
	if !rangeHead.MatchString(s.before(p.start)) || p.err != nil {
		return 0, false
	}
	for i, o := range list {
		if o.start > p.end && rangeLink.MatchString(s.low[p.end:o.start]) && o.unit == p.unit {
			return i, true
		}
	}
	return 0, false
}

// inRange tells whether a point ends a range that another one begins.
func (s *scan) inRange(list []point, i int) bool {
	for _, p := range list {
		if j, ok := s.rangeEnd(list, p); ok && j == i {
			return true
		}
	}
	return false
}

// window keeps a range as a deadline when a duty is done in it.
func (s *scan) window(from, to point) {
	head := s.before(from.start)
	start := from.start - len(head) + rangeHead.FindStringIndex(head)[0]
	clause := s.clause(start)
	if from.unit != ofDay || holds(counted, clause) || !governed(clause, ofDay) && !holds(regexpPeriod, clause) {
		return
	}
	d := s.blank(Date, start, to.end)
	d.From, d.Due, d.Ask, d.Err = from.first, to.last, to.ask, to.err
	if from.yearless && !to.yearless && from.first != day.None && to.last != day.None {
		_, mo, dd := from.first.Civil()
		d.From = day.Of(to.last.Year(), mo, dd)
	}
	d.Role = s.roleOf(to, until, start)
	s.add(d)
}

var regexpPeriod = vntext.Lazy(`thời gian (?:thực hiện|kiểm tra|rà soát|hoàn thành|triển khai|lấy ý kiến)`)

// exceptions marks the day that holds for one year only: "riêng năm 2026 trước
// ngày 20/11".
func (s *scan) exceptions(list []point) {
	for _, p := range list {
		if p.unit != ofYearly || !alone.MatchString(s.before(p.start)) || p.first == day.None {
			continue
		}
		for i := range s.found {
			d := &s.found[i]
			if d.Start < p.end || d.Kind != Date || strings.ContainsAny(s.low[p.end:d.Start], ".;") {
				continue
			}
			d.Exception = true
			if _, mo, dd := d.Due.Civil(); d.Due != day.None && d.Due.Year() != p.first.Year() {
				d.Due = day.Of(p.first.Year(), mo, dd)
			}
			break
		}
	}
}
