package law

import (
	"strconv"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Decision is one value that a province sets for a delegated indicator, or
// above the national value of another.
type Decision struct {
	Set, Indicator string
	Sub            bool // the value is for the of-which sub-share
	Value          Number
	Province       string  // id of the province
	Area           string  // id of a place; "" = the whole province
	Year           int     // 0 = every year
	From, Until    day.Day // day.None and day.Forever where the decision sets no limit
	Number         string  // 12/2023/QĐ-UBND
	Issued         day.Day
	Article        string
	Illustrative   bool // số liệu minh họa
	Verified       *Verification
}

// ValueVerification says that a person compared values of the shipped law with
// the original text: one value by its key, or with Key "*" all of an indicator,
// or with Indicator a criterion's code and Key "*" the whole criterion.
type ValueVerification struct {
	Set, Indicator, Key string
	Verification
}

// Decisions are what a province adds to a set: values and verifications. The
// zero value adds nothing.
type Decisions struct {
	Values        []Decision
	Verifications []ValueVerification
}

var (
	msgUnknownIndicator = fault.Msg{Key: "law.unknown_indicator", Text: "bộ tiêu chí {set} không có chỉ tiêu {code}"}
	msgBelowFloor       = fault.Msg{Key: "law.below_floor", Text: "mức {value} của chỉ tiêu {code} thấp hơn yêu cầu {floor} của Trung ương ({source}); tỉnh chỉ được quy định bằng hoặc chặt hơn"}
	msgLooser           = fault.Msg{Key: "law.looser", Text: "mức {value} của chỉ tiêu {code} lỏng hơn yêu cầu {sign} {floor} của Trung ương ({source}); tỉnh chỉ được quy định bằng hoặc chặt hơn"}
	msgDependent        = fault.Msg{Key: "law.dependent", Text: "chỉ tiêu {code} được xét theo kết quả khác nên tỉnh không quy định mức"}
	msgDecisionRange    = fault.Msg{Key: "law.decision_range", Text: "mức {value} của chỉ tiêu {code} không hợp lệ; tỷ lệ phải từ 0 đến 100 %, giá trị không được âm"}
	msgNotDecidable     = fault.Msg{Key: "law.not_decidable", Text: "chỉ tiêu {code} gồm nhiều phần; hãy quy định mức cho từng phần"}
)

// CheckDecision refuses a value that the province cannot set: for an unknown
// indicator, for one judged by its parts or by another fact, outside the range
// of its unit, or below the floor that the law sets for region: of an indicator
// that is not delegated, or whose values are floors (TT 52/2026/TT-BTC Điều 9
// khoản 1).
func CheckDecision(s *Set, d *Decision, class Class) error {
	slot, ok := s.Slot(d.Indicator)
	if !ok {
		return fault.New(fault.NotFound, msgUnknownIndicator, "set", s.ID, "code", d.Indicator)
	}
	ind := s.At(slot)
	switch {
	case len(ind.Parts) > 0:
		return fault.New(fault.Invalid, msgNotDecidable, "code", d.Indicator)
	case d.Sub && ind.Of == nil:
		return fault.New(fault.Invalid, msgNoSub, "code", d.Indicator)
	case ind.DependsOn != nil && ind.DependsOn.Indicator == "":
		return fault.New(fault.Invalid, msgDependent, "code", d.Indicator)
	case d.Value < 0 || (ind.percentage() && d.Value > 100*One):
		return fault.New(fault.Invalid, msgDecisionRange, "code", d.Indicator, "value", d.Value.Vietnamese())
	case ind.DependsOn != nil || (ind.Delegated && !ind.Floor):
		return nil
	}
	return s.checkFloor(ind, d, class)
}

// checkFloor refuses a value that fails the law's own value on any day the
// decision governs; of a value with cases, each is a floor.
func (s *Set) checkFloor(ind *Indicator, d *Decision, class Class) error {
	values, comparator := ind.Values, ind.Comparator
	if d.Sub {
		values, comparator = ind.Of.Values, ind.Of.Comparator
	}
	for _, on := range decisionDays(s, d) {
		m := resolve(ind, values, class, on)
		floors := m.Cases
		if len(floors) == 0 && m.Threshold != nil {
			floors = []*Threshold{m.Threshold}
		}
		for _, t := range floors {
			if !comparator.Holds(compareNumbers(d.Value, t.Value)) {
				msg := msgLooser
				if comparator == AtLeast {
					msg = msgBelowFloor
				}
				return fault.New(fault.Invalid, msg, "code", d.Indicator, "value", d.Value.Vietnamese(),
					"floor", t.Value.Vietnamese(), "source", s.Cite(t.Source), "sign", comparator.sign())
			}
		}
	}
	return nil
}

// decisionDays gives one day in every year the decision governs.
func decisionDays(s *Set, d *Decision) []day.Day {
	if d.Year != 0 {
		return []day.Day{day.Of(d.Year, 12, 31)}
	}
	var days []day.Day
	for y := max(d.From, s.PeriodFrom).Year(); y <= min(d.Until, s.PeriodTo).Year(); y++ {
		days = append(days, day.Of(y, 12, 31))
	}
	return days
}

// Cite names a source as people cite it: "318/QĐ-TTg, Phụ lục mục 10".
func (s *Set) Cite(src Source) string {
	text := src.Instrument
	if i := s.Instruments[src.Instrument]; i != nil {
		text = i.Number
	}
	if src.Article != "" {
		text += ", " + src.Article
	}
	return text
}

func compareNumbers(a, b Number) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
