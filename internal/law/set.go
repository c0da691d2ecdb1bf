package law

import (
	"cmp"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
)

// Kind is how an indicator is judged; the list is closed.
type Kind uint8

// The kinds of indicator.
const (
	YesNo    Kind = iota // đạt / chưa đạt
	Amount               // a number in a unit
	Share                // a percentage, numerator and denominator kept
	ShareOf              // a percentage with an of-which sub-share
	BySex                // a percentage that men and women must each pass
	Level                // an ordered level
	Count                // a whole number
	Compound             // coded parts, all of which must pass
	Scored               // scores with a minimum for the total and for each part
	Depends              // another set's standing or another register's fact
)

// KindNames are the words used in rule files, in the order of the constants.
var KindNames = [...]string{"yes_no", "amount", "share", "share_of", "by_sex", "level", "count", "compound", "scored", "depends_on"}

// String is the word used in rule files.
func (k Kind) String() string { return KindNames[k] }

// Comparator relates a value to its threshold.
type Comparator uint8

// The comparators.
const (
	AtLeast Comparator = iota
	AtMost
	Equal
)

var comparatorSigns = [...]string{">=", "<=", "=="}

// String is the sign used in rule files and in JSON.
func (c Comparator) String() string { return comparatorSigns[c] }

// sign is the comparator as people write it.
func (c Comparator) sign() string { return [...]string{"≥", "≤", "="}[c] }

// ParseComparator reads a sign; ok is false for an unknown one.
func ParseComparator(s string) (c Comparator, ok bool) {
	for i, sign := range comparatorSigns {
		if s == sign {
			return Comparator(i), true
		}
	}
	return 0, false
}

// Holds reports whether a comparison result (-1, 0, +1 of value to threshold) passes.
func (c Comparator) Holds(cmp int) bool {
	switch c {
	case AtLeast:
		return cmp >= 0
	case AtMost:
		return cmp <= 0
	}
	return cmp == 0
}

// SetLevel is the level of government a set judges.
type SetLevel string

// The levels.
const (
	LevelCommune  SetLevel = "xa"
	LevelDistrict SetLevel = "huyen"
)

// Title is a mức công nhận.
type Title string

// The titles of a commune.
const (
	TitleNTM     Title = "ntm"
	TitleNangCao Title = "ntm-nang-cao"
	TitleKieuMau Title = "ntm-kieu-mau"
)

// Titles lists the titles from the lowest to the highest.
var Titles = [...]Title{TitleNTM, TitleNangCao, TitleKieuMau}

// Vietnamese is the title as people write it.
func (t Title) Vietnamese() string {
	switch t {
	case TitleNTM:
		return "NTM"
	case TitleNangCao:
		return "NTM nâng cao"
	case TitleKieuMau:
		return "NTM kiểu mẫu"
	}
	return string(t)
}

// Set is one criteria set with every value it needs.
type Set struct {
	ID, Name    string
	Level       SetLevel
	Title       Title
	Draft       bool   // incomplete: refused for evaluation
	DraftReason string // what is missing, in Vietnamese
	Instrument  string // id of the instrument that issues the set
	Annex       string
	From        day.Day // in force from
	PeriodFrom  day.Day // the period the set is written for
	PeriodTo    day.Day
	Criteria    []Criterion
	Indicators  []Indicator // in number order; the index is the indicator's slot
	Parts       []Indicator // parts of compound and scored indicators; slots follow Indicators
	Override    Override
	Revocation  *Revocation // nil where no revocation is tested on this set
	Amendments  []Amendment
	Instruments map[string]*Instrument
	// ExpectedCriteria and ExpectedIndicators are the counts the law gives; 0 where not known.
	ExpectedCriteria, ExpectedIndicators int

	slots map[string]int
}

// Criterion is a tiêu chí: a group of indicators that must all pass.
type Criterion struct {
	Code, Name, Group string
	Lead              string // lead department, as people name it
	Soft              bool   // tiêu chí mềm (S1.6)
	Core              bool   // named in the revocation rule
	First, End        int    // slots of its indicators: [First, End)
	Source            Source
}

// Indicator is a chỉ tiêu, or a part of one.
type Indicator struct {
	Slot       int
	Criterion  int // index in Set.Criteria
	Parent     int // slot of the indicator a part belongs to, or -1
	Code, Name string
	Kind       Kind
	Unit       string
	Things     string // what a numerator counts: "người", "hộ"
	Comparator Comparator
	Levels     []string // ordered words of a Level, lowest first; empty = whole numbers
	Values     []Threshold
	Of         *SubShare
	Parts      []int // slots, for Compound and Scored
	partCode   []string
	MaxScore   Number  // of a score, 0 otherwise
	MaxTotal   Number  // of a total of scores: the sum of their MaxScore, set by Index; 0 otherwise
	Unjudged   bool    // a part that only feeds a case ("5.n")
	Except     Regions // regions where a part is not set
	DependsOn  *Dependency
	Delegated  bool // the province sets the value
	Floor      bool // a province value may not be below the value here
	IfAny      bool // "nếu có": không áp dụng is allowed
	ByPeople   bool // organised by the people themselves (S1.5)
	NoFiles    bool // takes no attachment (criterion 19)
	Measure    string
	Due        day.Kind
	MaxAge     int // months after the end of the datum's period; 0 = never too old
	Supplier   string
	Evidence   []string
	Published  string // id of the instrument that publishes the indicator's value
	Source     Source
	Note       string
}

// SubShare is the of-which share of a ShareOf indicator.
type SubShare struct {
	Name       string
	Comparator Comparator
	Values     []Threshold
}

// Dependency says what a Depends indicator is derived from.
type Dependency struct {
	Set       string // another set's standing, or with Indicator its datum
	Indicator string
	Factor    Number // threshold of Indicator times Factor
	Register  string // a register's fact, such as "ocop"
}

// Override gives classes of communes another region's values
// (QĐ 318/QĐ-TTg: xã đặc biệt khó khăn, xã an toàn khu).
type Override struct {
	Region Region
	Source Source
}

// Amendment is a later text that changes the set; Known is false while its
// content has not been entered.
type Amendment struct {
	Instrument string
	From       day.Day
	Known      bool
	Note       string
}

// Instrument is a legal text.
type Instrument struct {
	ID, Number, Issuer, Title string
	Issued, Effective         day.Day
	Amends, Replaces          []string
	Articles                  []string
	URL, Note                 string
	Verified                  *Verification
}

// Citation is how the instrument is cited: "QĐ 318/QĐ-TTg ngày 08/3/2022" is
// written by the file; this gives number and day.
func (i *Instrument) Citation() string {
	if i.Issued == day.None {
		return i.Number
	}
	return i.Number + " ngày " + i.Issued.Vietnamese()
}

// Source is where a fact of the law is written, and where it was read.
type Source struct {
	Instrument string // id
	Article    string
	Origin     string // address or "memory": where the figure was seen
	Confidence string
}

// Seen says where the figure was read, in words: an address, or that it was
// written down from memory.
func (s Source) Seen() string {
	if s.Origin == "memory" {
		return "ghi theo trí nhớ"
	}
	return s.Origin
}

// Verification records who compared a value with the original text, and when.
type Verification struct {
	By string
	On day.Day
}

// At gives the indicator or part of a slot.
func (s *Set) At(slot int) *Indicator {
	if slot < len(s.Indicators) {
		return &s.Indicators[slot]
	}
	return &s.Parts[slot-len(s.Indicators)]
}

// Slots is the number of data a commune can have in the set.
func (s *Set) Slots() int { return len(s.Indicators) + len(s.Parts) }

// Slot finds an indicator or part by its code.
func (s *Set) Slot(code string) (int, bool) {
	i, ok := s.slots[code]
	return i, ok
}

// Index prepares the set for look-ups; lawfile calls it once after building.
func (s *Set) Index() {
	s.slots = make(map[string]int, s.Slots())
	for i := range s.Indicators {
		s.Indicators[i].Slot = i
		s.slots[s.Indicators[i].Code] = i
	}
	for i := range s.Parts {
		s.Parts[i].Slot = len(s.Indicators) + i
		s.slots[s.Parts[i].Code] = s.Parts[i].Slot
	}
	for i := range s.Indicators {
		ind := &s.Indicators[i]
		ind.partCode = nil
		for _, slot := range ind.Parts {
			ind.partCode = append(ind.partCode, s.At(slot).Code)
		}
		s.boundTotals(ind)
	}
}

// boundTotals gives the totals of a scored indicator the sum of its scores'
// maxima.
func (s *Set) boundTotals(ind *Indicator) {
	var most Number
	for _, slot := range ind.Parts {
		most += s.At(slot).MaxScore
	}
	for _, slot := range ind.Parts {
		if part := s.At(slot); part.Kind == Scored && part.MaxScore == 0 {
			part.MaxTotal = most
		}
	}
}

// Criterion finds a criterion by its code.
func (s *Set) Criterion(code string) (*Criterion, bool) {
	for i := range s.Criteria {
		if s.Criteria[i].Code == code {
			return &s.Criteria[i], true
		}
	}
	return nil, false
}

// CompareCodes orders codes by their numbers: 9 before 10, 17.2 before 17.10.
func CompareCodes(a, b string) int {
	for a != "" || b != "" {
		var x, y string
		x, a, _ = strings.Cut(a, ".")
		y, b, _ = strings.Cut(b, ".")
		if x == y {
			continue
		}
		if x == "" || y == "" { // the shorter code comes first: 17 before 17.1
			return cmp.Compare(x, y)
		}
		m, errM := strconv.Atoi(x)
		n, errN := strconv.Atoi(y)
		switch {
		case errM == nil && errN == nil:
			return cmp.Compare(m, n)
		case errM == nil:
			return -1
		case errN == nil:
			return 1
		}
		return cmp.Compare(x, y)
	}
	return 0
}

// format writes a value of the indicator without its unit: a level's word, or
// the figure.
func (ind *Indicator) format(n Number) string {
	if i := int(n / One); len(ind.Levels) > 0 && i >= 0 && i < len(ind.Levels) {
		return ind.Levels[i]
	}
	return n.Vietnamese()
}

// Requirement writes what a value of the indicator demands: "≥ 90 %",
// "xếp loại Khá trở lên", "đạt".
func (ind *Indicator) Requirement(v Number) string {
	sign := ind.Comparator.sign() + " "
	switch {
	case ind.Kind == YesNo || (ind.Kind == Depends && ind.Unit == ""):
		return "đạt"
	case ind.Kind == Level:
		return ind.Unit + " " + ind.format(v) + " trở lên"
	case ind.MaxScore > 0:
		return sign + v.Vietnamese() + " % của " + ind.MaxScore.Vietnamese() + " điểm"
	}
	return strings.TrimSpace(sign + v.Vietnamese() + " " + ind.Unit)
}
