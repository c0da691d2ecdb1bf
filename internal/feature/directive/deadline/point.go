package deadline

import (
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

var msgNoDay = fault.Msg{Key: "deadline.no_day", Text: "“{text}” không phải là một ngày có thật; hãy đối chiếu văn bản gốc"}

const (
	aDay   = `([0-3o]?[0-9o])`
	aMonth = `([01]?[0-9o])`
	aYear  = `((?:19|2[0o])[0-9o]{2})`
	mark   = ` ?[/.\-] ?`
	ofYear = `(?:` + mark + aYear + `|,? +năm +` + aYear + `)`
	aQuart = `(iv|i{1,3}|[1-4])`
)

// unit is what a point names.
type unit int

const (
	ofDay unit = iota
	ofMonth
	ofQuarter
	ofYearly
)

// point is a day, month, quarter or year as written.
type point struct {
	start, end  int
	unit        unit
	first, last day.Day // what it covers
	earlier     day.Day // last day of the first of two quarters
	err         error
	ask         string
	words       string // "đầu", "cuối", …: already a day inside its period
	yearless    bool
}

// pattern is one way to write a point.
type pattern struct {
	need string // a word every match has
	re   vntext.Pattern
	read func(s *scan, m []string) point
}

// patterns are tried in order; words read by one are not read by the next.
var patterns = []pattern{
	{"", vntext.Lazy(`(?:ngày *)?` + aDay + mark + aMonth + mark + aYear), readDay},
	{"ngày", vntext.Lazy(`ngày *` + aDay + ` *tháng *` + aMonth + `(?:` + ofYear + `)?`), readDay},
	{"tháng", vntext.Lazy(`(đầu|giữa|cuối) (?:của )?tháng *` + aMonth + `(?:` + ofYear + `)?`), readPartOfMonth},
	{"qu", vntext.Lazy(`(đầu|giữa|cuối) (?:của )?qu[ýíy] *` + aQuart + `(?:` + ofYear + `)?`), readPartOfQuarter},
	{"tháng", vntext.Lazy(`(sáu|chín|0?[69]) tháng (đầu|cuối) năm *(?:` + aYear + `)?`), readMonths},
	{"năm", vntext.Lazy(`(đầu|giữa|cuối) (?:của )?năm *` + aYear), readPartOfYear},
	{"qu", vntext.Lazy(`qu[ýíy] *` + aQuart + `(?:` + ofYear + `)? *(?:,|và|-) *(?:qu[ýíy] *)?` + aQuart + ofYear), readQuarters},
	{"qu", vntext.Lazy(`qu[ýíy] *` + aQuart + `(?:` + ofYear + `)?`), readQuarter},
	{"tháng", vntext.Lazy(`tháng *` + aMonth + `(?:` + ofYear + `)?`), readMonth},
	{" ", vntext.Lazy(`(tháng|quý|năm) (?:này|nay)`), readThis},
	{"/", vntext.Lazy(`(?:ngày *)?` + aDay + ` ?/ ?` + aMonth), readDay},
	{"năm", vntext.Lazy(`năm *` + aYear), readYear},
}

// scanPoints gives every point of the sentence that no recurrence or count used.
func (s *scan) scanPoints() []point {
	var list []point
	for _, p := range patterns {
		if !strings.Contains(s.low, p.need) {
			continue
		}
		for _, m := range p.re.FindAllStringSubmatchIndex(s.low, maxFound) {
			if !bounded(s.low, m[0], m[1]) || !s.free(m[0], m[1]) || s.partOfNumber(m[0], m[1]) {
				continue
			}
			found := p.read(s, groups(s.low, m))
			if found.unit == ofDay && found.err != nil && !strings.HasPrefix(s.low[m[0]:], "ngày") {
				continue // "19/19": no day and nobody said it is one
			}
			found.start, found.end = m[0], m[1]
			s.take(m[0], m[1])
			list = append(list, found)
		}
	}
	return list
}

// partOfNumber tells whether an extent is inside the number of a document or a
// fraction: "30/7/QĐ", "1/500".
func (s *scan) partOfNumber(start, end int) bool {
	rest := s.low[end:]
	if len(rest) > 1 && (rest[0] == '/' || rest[0] == '-') && rest[1] != ' ' {
		return true
	}
	head := s.low[:start]
	return strings.HasSuffix(head, "/") || strings.HasSuffix(head, "số ") || strings.HasSuffix(head, "-")
}

// groups are the texts of a match, empty ones left out, the whole first.
func groups(text string, m []int) []string {
	out := make([]string, 0, len(m)/2)
	for i := 0; i < len(m); i += 2 {
		if m[i] >= 0 {
			out = append(out, text[m[i]:m[i+1]])
		}
	}
	return out
}

// number is the digits of a text, with the letter o for the digit 0 (a slip of
// typists and scanners).
func number(text string) int {
	n, _ := strconv.Atoi(strings.ReplaceAll(text, "o", "0"))
	return n
}

// year is the year of the i-th group, or without one the year in which the month
// and day come next after the reference day; ok is false where that is not known.
func (s *scan) year(m []string, i int, month time.Month, last int) (y int, ok bool) {
	if len(m) > i {
		return number(m[i]), true
	}
	if s.ref.Day == day.None {
		return 0, false
	}
	y = s.ref.Day.Year()
	if day.Of(y, month, last) < s.ref.Day {
		y++
	}
	return y, true
}

func readDay(s *scan, m []string) point {
	d, mo := number(m[1]), time.Month(number(m[2]))
	p := point{unit: ofDay, first: day.None, last: day.None, earlier: day.None, yearless: len(m) == 3}
	if mo < 1 || mo > 12 || d < 1 || d > 31 {
		p.err = fault.New(fault.Invalid, msgNoDay, "text", strings.TrimSpace(m[0]))
		return p
	}
	y, ok := s.year(m, 3, mo, d)
	if !ok {
		p.ask = "văn bản chưa có ngày nên chưa biết năm của hạn này"
		return p
	}
	at := day.Of(y, mo, d)
	if _, gotM, gotD := at.Civil(); gotM != mo || gotD != d {
		p.err = fault.New(fault.Invalid, msgNoDay, "text", strings.TrimSpace(m[0]))
		return p
	}
	p.first, p.last = at, at
	return p
}

// months are those a period of a kind covers.
type months struct {
	unit     unit
	from, to time.Month
}

// span is the point of some months of a year, with the year of the i-th group.
func (s *scan) span(of months, m []string, i int) point {
	from, to := of.from, of.to
	p := point{unit: of.unit, first: day.None, last: day.None, earlier: day.None, yearless: len(m) <= i}
	if from < 1 || to > 12 {
		p.err = fault.New(fault.Invalid, msgNoDay, "text", strings.TrimSpace(m[0]))
		return p
	}
	y, ok := s.year(m, i, to, 28)
	if !ok {
		p.ask = "văn bản chưa có ngày nên chưa biết năm của hạn này"
		return p
	}
	p.first = day.Of(y, from, 1)
	p.last = day.Of(y, to+1, 1) - 1
	return p
}

func readMonth(s *scan, m []string) point {
	mo := time.Month(number(m[1]))
	return s.span(months{ofMonth, mo, mo}, m, 2)
}

func readYear(s *scan, m []string) point { return s.span(months{ofYearly, 1, 12}, m, 1) }

// quarterly is the months of a quarter.
func quarterly(text string) months {
	q := quarter(text)
	return months{ofQuarter, 3*q - 2, 3 * q}
}

func quarter(text string) time.Month {
	switch text {
	case "i", "1":
		return 1
	case "ii", "2":
		return 2
	case "iii", "3":
		return 3
	}
	return 4
}

func readQuarter(s *scan, m []string) point {
	return s.span(quarterly(m[1]), m, 2)
}

func readQuarters(s *scan, m []string) point {
	if len(m) == 5 { // both have a year
		p := s.span(quarterly(m[3]), m, 4)
		p.earlier = s.span(quarterly(m[1]), m, 2).last
		p.ask = askTwo
		return p
	}
	p := s.span(quarterly(m[2]), m, 3)
	p.earlier = s.span(quarterly(m[1]), m, 3).last
	p.ask = askTwo
	return p
}

const (
	askTwo  = "văn bản nêu hai quý: một hạn ở quý sau hay hai mốc, cần người xác định"
	askPart = "pháp luật không định nghĩa đầu, giữa và cuối quý, cần người xác định ngày"
)

func readMonths(s *scan, m []string) point {
	n := 6
	if m[1] == "chín" || strings.HasSuffix(m[1], "9") {
		n = 9
	}
	if m[2] == "đầu" {
		return s.span(months{ofQuarter, 1, time.Month(n)}, m, 3)
	}
	return s.span(months{ofQuarter, time.Month(13 - n), 12}, m, 3)
}

func readPartOfMonth(s *scan, m []string) point {
	mo := time.Month(number(m[2]))
	p := s.span(months{ofMonth, mo, mo}, m, 3)
	return p.part(m[1], 14)
}

func readPartOfYear(s *scan, m []string) point {
	p := s.span(months{ofYearly, 1, 12}, m, 2)
	if p.first == day.None {
		return p
	}
	return p.part(m[1], int(day.Of(p.first.Year(), 6, 30)-p.first))
}

func readPartOfQuarter(s *scan, m []string) point {
	p := s.span(quarterly(m[2]), m, 3)
	if p.words = m[1]; m[1] != "cuối" {
		p.first, p.last, p.ask = day.None, day.None, askPart
	}
	return p
}

// part is the day that begins, halves or ends a point; middle is the number of
// days after its first (Bộ luật Dân sự 2015, Điều 146).
func (p point) part(which string, middle int) point {
	p.words = which
	if p.first == day.None {
		return p
	}
	switch which {
	case "đầu":
		p.last = p.first
	case "giữa":
		p.last = p.first + day.Day(middle)
	}
	p.first = p.last
	return p
}

func readThis(s *scan, m []string) point {
	kind := map[string]day.Kind{"tháng": day.Month, "quý": day.Quarter, "năm": day.Year}[m[1]]
	u := map[string]unit{"tháng": ofMonth, "quý": ofQuarter, "năm": ofYearly}[m[1]]
	p := point{unit: u, first: day.None, last: day.None, earlier: day.None}
	if s.ref.Day == day.None {
		p.ask = "văn bản chưa có ngày nên chưa biết năm của hạn này"
		return p
	}
	period := day.PeriodContaining(kind, s.ref.Day)
	p.first, p.last = period.First(), period.Last()
	return p
}
