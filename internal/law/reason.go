package law

import "strings"

// reason is the one sentence that says why the verdict is what it is.
func (x *explainer) reason(t *Trace) string {
	o := t.Outcome
	switch o.Reason {
	case ReasonNoData:
		return "chưa có số liệu"
	case ReasonNoThreshold:
		return "chưa có mức do tỉnh quy định"
	case ReasonSubUnknown:
		return "tỷ lệ chung đạt, nhưng chưa có mức do tỉnh quy định cho tỷ lệ " + x.ind.Of.Name
	case ReasonTooOld:
		return "số liệu quá cũ: " + x.datum.Period.Vietnamese() + ", quá " + itoa(x.ind.MaxAge) + " tháng"
	case ReasonFaulty:
		return "dòng số liệu có lỗi nên chưa tính"
	case ReasonOneSex:
		return "mới có số liệu của một giới; cần cả nam và nữ"
	case ReasonNotApplying:
		return "không áp dụng (chỉ tiêu có ghi “nếu có”)"
	case ReasonSaid:
		return "kết quả được ghi là “" + t.Value + "”"
	case ReasonNotDerived, ReasonDerived:
		return x.derivedReason(t)
	case ReasonParts, ReasonPartsUnknown:
		return partsReason(t.Parts, o.Verdict)
	case ReasonCaseUnknown:
		return x.caseReason()
	case ReasonCompared:
		return x.comparedReason(t)
	case ReasonSubOnly:
		return x.subOnlyReason()
	case ReasonNotInRegion:
		return "không đặt ra với vùng của xã"
	}
	return "chỉ dùng để chọn mức đạt chuẩn"
}

// derivedReason says from what the verdict follows.
func (x *explainer) derivedReason(t *Trace) string {
	from := "kết quả mà chỉ tiêu này phụ thuộc"
	if v := x.facts.derived(x.ind.Slot); v != nil && v.Note != "" {
		from = v.Note
	}
	switch {
	case t.Outcome.Reason == ReasonNotDerived:
		return "chưa đủ số liệu để xét " + from
	case t.ThresholdNumber == nil:
		return from + ": " + t.Outcome.Verdict.Vietnamese()
	}
	met := t.Outcome.Verdict == Met
	return from + ": " + sentence(withUnit(t.Value, t.Unit), x.ind.Comparator, withUnit(t.Threshold, t.Unit), met)
}

// caseReason names the part that is missing to choose a threshold.
func (x *explainer) caseReason() string {
	var part string
	var levels []string
	for _, t := range x.mark.Cases {
		if slot, ok := x.y.Set.Slot(t.When.Part); ok {
			part = x.y.Set.At(slot).Name
		}
		levels = append(levels, x.quantity(t.Value))
	}
	return "chưa có số liệu “" + part + "” nên chưa chọn được mức " + strings.Join(levels, " hay ")
}

// comparedReason writes the comparison that decided: of the total, of both
// sexes, or of the share and its sub-share.
func (x *explainer) comparedReason(t *Trace) string {
	e := x.datum.Extra
	text := ""
	switch {
	case x.ind.Kind == BySex && e != nil && e.HasMale && e.HasFemale:
		text = "nam: " + x.comparison(e.Male, e.MaleOf) + "; nữ: " + x.comparison(e.Female, e.FemaleOf)
	case x.ind.Kind == ShareOf && e != nil && e.HasShare && x.mark.Sub != nil:
		text = x.comparison(x.datum.Value, e.Total)
		if x.mark.Sub.Basis != NoBasis {
			text += "; " + x.subComparison()
		}
	case x.sum != nil:
		text = "tổng các điểm thành phần " + x.comparison(*x.sum, Fraction{})
	default:
		text = x.comparison(x.datum.Value, x.datum.total())
	}
	if x.ind.MaxScore > 0 {
		text += " (" + x.mark.Value.Vietnamese() + " % của " + withUnit(x.ind.MaxScore.Vietnamese(), x.ind.Unit) + " tối đa)"
	}
	if t.Missing != "" {
		text += "; " + t.Missing
	}
	return text
}

// subComparison writes the of-which share against its threshold.
func (x *explainer) subComparison() string {
	share, of := x.datum.Extra.Share, x.ind.Of
	sub := compared(of.Comparator, share, Fraction{}, x.mark.Sub.Value)
	return "trong đó " + of.Name + ": " + sentence(x.quantity(share), of.Comparator, x.quantity(x.mark.Sub.Value), sub.Verdict == Met)
}

// subOnlyReason says why the of-which share alone decides, or does not.
func (x *explainer) subOnlyReason() string {
	if x.datum.HasValue {
		return "tỷ lệ chung chưa có mức do tỉnh quy định; " + x.subComparison()
	}
	return "chưa có tỷ lệ chung; " + x.subComparison()
}

// comparison writes one figure against the threshold. A share that rounding
// would make equal to it is written as the fraction it is.
func (x *explainer) comparison(value Number, of Fraction) string {
	threshold := x.threshold()
	o := compared(x.ind.Comparator, value, of, threshold)
	text := x.quantity(shown(value, of, threshold))
	if value == threshold && o.Margin != 0 {
		text = of.Num.Vietnamese() + "/" + of.Den.Vietnamese()
	}
	return sentence(text, x.ind.Comparator, x.quantity(threshold), o.Verdict == Met)
}

// shown is a computed share rounded to two decimals for reading, unless rounding
// would put it on the other side of the threshold.
func shown(value Number, of Fraction, threshold Number) Number {
	const cent = One / 100
	rounded := (value + cent/2) / cent * cent
	if of.Given() && compareNumbers(rounded, threshold) == of.ComparePercent(threshold) {
		return rounded
	}
	return value
}

// quantity writes a value of the indicator with its unit: "89,78 %", "mức độ 2".
func (x *explainer) quantity(n Number) string {
	if x.ind.Kind == Level {
		return x.ind.Unit + " " + x.ind.format(n)
	}
	return withUnit(n.Vietnamese(), x.ind.Unit)
}

func withUnit(figure, unit string) string {
	if unit == "" {
		return figure
	}
	return figure + " " + unit
}

// sentence writes "89,78 % < 90 %: chưa đạt" with the sign that really holds.
func sentence(value string, c Comparator, threshold string, met bool) string {
	signs := [...][2]string{AtLeast: {"<", "≥"}, AtMost: {">", "≤"}, Equal: {"≠", "="}}[c]
	if met {
		return value + " " + signs[1] + " " + threshold + ": đạt"
	}
	return value + " " + signs[0] + " " + threshold + ": chưa đạt"
}

func partsReason(parts []Trace, v Verdict) string {
	var failing, unknown []string
	for i := range parts {
		switch p := &parts[i]; {
		case p.Outcome.Verdict == Unmet:
			failing = append(failing, p.Code+" ("+p.Reason+")")
		case p.Outcome.Verdict == Unknown:
			unknown = append(unknown, p.Code+" ("+p.Reason+")")
		}
	}
	switch v {
	case Unmet:
		return "chưa đạt ở " + strings.Join(failing, ", ")
	case Unknown:
		return "chưa xác định được ở " + strings.Join(unknown, ", ")
	}
	return "tất cả các phần đều đạt"
}

// notes are the remarks beside the reason.
func (x *explainer) notes(o Outcome) []string {
	byParts := o.Reason == ReasonParts || o.Reason == ReasonPartsUnknown
	var out []string
	if o.Notes&NoteTotalOnly != 0 && x.ind.Kind == BySex {
		out = append(out, "chỉ có số chung, chưa tách nam và nữ: xét theo số chung")
	}
	if o.Notes&NoteTotalOnly != 0 && x.ind.Of != nil {
		out = append(out, "chỉ có tỷ lệ chung, chưa có tỷ lệ "+x.ind.Of.Name+": xét theo tỷ lệ chung")
	}
	if o.Notes&NoteAnyCase != 0 {
		out = append(out, "trường hợp nào cũng cho kết quả này")
	}
	if o.Notes&NoteReference != 0 {
		out = append(out, "tỉnh chưa quy định, mức tham khảo")
	}
	switch {
	case o.Notes&NoteEarlierYear == 0:
	case byParts || !x.datum.Known():
		out = append(out, "có số liệu của năm trước so với mức của năm "+itoa(x.y.On.Year()))
	default:
		out = append(out, "số liệu "+x.datum.Period.Vietnamese()+" so với mức của năm "+itoa(x.y.On.Year()))
	}
	if o.Reason == ReasonNoThreshold && !x.ind.Delegated {
		out = append(out, "bộ tiêu chí chưa ghi mức áp dụng cho xã này vào năm "+itoa(x.y.On.Year()))
	}
	if o.Notes&NoteUnverified != 0 {
		out = append(out, "mức đạt chuẩn chưa đối chiếu văn bản gốc")
	}
	return out
}

// Sentence is the reason with its remarks, on one line.
func (t *Trace) Sentence() string {
	return strings.Join(append([]string{t.Reason}, t.Notes...), "; ")
}
