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
	case ReasonNotDerived:
		return "chưa đủ căn cứ để suy ra từ " + x.dependency()
	case ReasonDerived:
		return x.derivedReason(t)
	case ReasonParts, ReasonPartsUnknown:
		return partsReason(t.Parts, o.Verdict)
	case ReasonCompared:
		return x.comparedReason(t)
	}
	return "chỉ dùng để chọn mức đạt chuẩn"
}

func (x *explainer) dependency() string {
	dep := x.ind.DependsOn
	switch {
	case dep == nil:
		return ""
	case dep.Register != "":
		return "sổ theo dõi " + dep.Register
	}
	return "bộ tiêu chí " + dep.Set
}

func (x *explainer) derivedReason(t *Trace) string {
	text := ""
	for i := range x.facts.Derived {
		if v := &x.facts.Derived[i]; v.Slot == x.ind.Slot {
			text = v.Note
		}
	}
	if t.ThresholdNumber != nil {
		text += ": " + sentence(t.Value, AtLeast, t.Threshold, "", t.Outcome.Verdict == Met)
	}
	return text
}

// comparedReason writes the comparison that decided: the total, the sex or the
// sub-share that is furthest behind.
func (x *explainer) comparedReason(t *Trace) string {
	met := t.Outcome.Verdict == Met
	e := x.datum.Extra
	text := ""
	switch {
	case x.ind.Kind == BySex && e != nil && e.HasMale && e.HasFemale:
		text = "nam: " + x.side(e.Male, e.MaleOf) + "; nữ: " + x.side(e.Female, e.FemaleOf)
	case x.ind.Kind == ShareOf && e != nil && e.HasShare && x.mark.Sub != nil:
		sub := compared(x.ind.Of.Comparator, e.Share, Fraction{}, x.mark.Sub.Value)
		text = sentence(t.Value, x.ind.Comparator, t.Threshold, "%", x.judgedTotal().Verdict == Met) + "; trong đó " + x.ind.Of.Name + ": " +
			sentence(e.Share.Vietnamese(), x.ind.Of.Comparator, x.mark.Sub.Value.Vietnamese(), "%", sub.Verdict == Met)
	default:
		text = sentence(t.Value, x.ind.Comparator, t.Threshold, x.ind.Unit, met)
	}
	if t.Missing != "" {
		text += "; " + t.Missing
	}
	return text
}

func (x *explainer) judgedTotal() Outcome { return judgeTotal(x.ind, x.mark, x.datum) }

func (x *explainer) side(value Number, of Fraction) string {
	o := compared(x.ind.Comparator, value, of, x.mark.Value)
	return sentence(value.Vietnamese(), x.ind.Comparator, x.mark.Value.Vietnamese(), x.ind.Unit, o.Verdict == Met)
}

// sentence writes "89,78 % < 90 %: chưa đạt" with the sign that really holds.
func sentence(value string, c Comparator, threshold, unit string, met bool) string {
	signs := map[Comparator][2]string{AtLeast: {"≥", "<"}, AtMost: {"≤", ">"}, Equal: {"=", "≠"}}[c]
	sign, verdict := signs[0], "đạt"
	if !met {
		sign, verdict = signs[1], "chưa đạt"
	}
	if unit == "%" {
		unit = " %"
	} else if unit != "" {
		unit = " " + unit
	}
	return value + unit + " " + sign + " " + threshold + unit + ": " + verdict
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
	var out []string
	if o.Notes&NoteTotalOnly != 0 {
		if x.ind.Kind == BySex {
			out = append(out, "chỉ có số chung, chưa tách nam và nữ: xét theo số chung")
		} else {
			out = append(out, "chỉ có tỷ lệ chung, chưa có tỷ lệ "+x.ind.Of.Name+": xét theo tỷ lệ chung")
		}
	}
	if o.Notes&NoteReference != 0 {
		out = append(out, "tỉnh chưa quy định, mức tham khảo")
	}
	if o.Notes&NoteEarlierYear != 0 {
		out = append(out, "số liệu "+x.datum.Period.Vietnamese()+" so với mức của năm "+itoa(x.y.On.Year()))
	}
	if o.Notes&NoteUnverified != 0 && x.mark.Basis != NoBasis {
		out = append(out, "mức đạt chuẩn chưa đối chiếu văn bản gốc")
	}
	return out
}
