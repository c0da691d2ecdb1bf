package law

import (
	"strings"

	"giuchuan/internal/kernel/day"
)

// why says in words which threshold applies and by which rule it was chosen.
func (x *explainer) why(t *Trace) string {
	switch {
	case t.Feeds || x.mark.Skip:
		return ""
	case len(x.ind.Parts) > 0:
		return "xét theo từng phần"
	case x.mark.Absolute != nil:
		return decisionWords(x.mark.Absolute)
	case t.Basis == Derivation || x.ind.DependsOn != nil:
		return x.dependencyWords()
	case x.mark.Basis == NoBasis:
		return ""
	case x.mark.Decision != nil:
		return decisionWords(x.mark.Decision)
	case len(x.mark.Cases) > 0:
		return "chưa chọn được mức vì còn tùy “" + x.caseName(x.mark.Cases[0]) + "”"
	}
	return x.lawWords()
}

func decisionWords(d *Decision) string {
	text := "quyết định của tỉnh"
	if d.Area != "" {
		text += " cho địa bàn của xã"
	}
	if d.Year != 0 {
		text += ", mức của năm " + itoa(d.Year)
	}
	return text
}

// dependencyWords says from what a Depends indicator gets its threshold.
func (x *explainer) dependencyWords() string {
	dep := x.ind.DependsOn
	switch {
	case dep == nil:
		return ""
	case dep.Indicator == "":
		return "theo kết quả của bộ tiêu chí hoặc sổ theo dõi mà chỉ tiêu này phụ thuộc"
	}
	return dep.Factor.Vietnamese() + " lần mức của chỉ tiêu " + dep.Indicator + " trong bộ tiêu chí mà chỉ tiêu này phụ thuộc"
}

// lawWords says which of the law's own values was chosen.
func (x *explainer) lawWords() string {
	th, class := x.mark.Threshold, x.y.Class
	var of []string
	if th.Year != 0 {
		of = append(of, "năm "+itoa(th.Year))
	}
	if th.Region != RegionAny {
		of = append(of, "vùng "+th.Region.Name())
	}
	if th.Group != 0 {
		of = append(of, "nhóm xã "+itoa(int(th.Group)))
	}
	text := "mức cả nước"
	switch {
	case th.Year != 0 && len(of) == 1:
		text += " của " + of[0]
	case len(of) > 0:
		text = "mức của " + strings.Join(of, ", ")
	}
	if override := x.y.Set.Override.Region; class.Special && th.Region != RegionAny && th.Region == override && override != class.Region {
		text += " (xã đặc biệt khó khăn hoặc an toàn khu được áp dụng mức của vùng này)"
	}
	if w := th.When; w != nil {
		text += ", trường hợp “" + x.caseName(th) + "” " + w.sign() + " " + w.Value.Vietnamese()
	}
	if x.mark.Reference {
		text += "; tỉnh chưa quy định nên lấy làm mức tham khảo"
	}
	return text
}

// caseName is the name of the part a case hangs on.
func (x *explainer) caseName(t *Threshold) string {
	if slot, ok := x.y.Set.Slot(t.When.Part); ok {
		return x.y.Set.At(slot).Name
	}
	return t.When.Part
}

// sign is the condition's comparison as people write it.
func (c *Condition) sign() string {
	switch c.Op {
	case ">=":
		return "≥"
	case "<=":
		return "≤"
	case "==":
		return "="
	}
	return c.Op
}

// describeDatum says what stands behind a value: when it was reported, how far
// it was checked, how old it is, and the figures beside it.
func (x *explainer) describeDatum(t *Trace) {
	d := x.datum
	switch v := x.facts.derived(x.ind.Slot); {
	case d.Known() && (t.Outcome.Reason != ReasonDerived && t.Outcome.Reason != ReasonNotDerived || v == nil):
		t.Period, t.Provenance, t.Age = d.Period.Vietnamese(), d.Provenance.Vietnamese(), age(d.Period, x.y.On)
	case v != nil && v.Period.Valid():
		t.Period, t.Provenance, t.Age = v.Period.Vietnamese(), v.Provenance.Vietnamese(), age(v.Period, x.y.On)
		if v.Several {
			t.Period, t.Provenance = "cũ nhất: "+t.Period, "thấp nhất: "+t.Provenance
		}
	}
	e := d.Extra
	if e == nil || !d.Known() {
		return
	}
	t.Fraction = e.Total.text()
	if sexes := pair(e.MaleOf.text(), e.FemaleOf.text()); sexes != "" {
		t.Fraction = strings.TrimPrefix(t.Fraction+"; "+sexes, "; ")
	}
	if e.HasShare {
		t.Sub = e.Share.Vietnamese()
	}
}

// sexes writes the figures of the sexes where no total was reported.
func (x *explainer) sexes() string {
	e := x.datum.Extra
	figure := func(has bool, n Number, of Fraction) string {
		if !has {
			return ""
		}
		return x.ind.format(shown(n, of, x.mark.Value))
	}
	return pair(figure(e.HasMale, e.Male, e.MaleOf), figure(e.HasFemale, e.Female, e.FemaleOf))
}

// pair names the figures of the sexes that are there: "nam 90, nữ 91".
func pair(male, female string) string {
	var out []string
	if male != "" {
		out = append(out, "nam "+male)
	}
	if female != "" {
		out = append(out, "nữ "+female)
	}
	return strings.Join(out, ", ")
}

// text writes a fraction that was given: "3.128/3.484".
func (f Fraction) text() string {
	if !f.Given() {
		return ""
	}
	return f.Num.Vietnamese() + "/" + f.Den.Vietnamese()
}

// age is how many whole months before a day a period ended.
func age(p day.Period, on day.Day) string {
	if p.Last() > on {
		return "kỳ chưa kết thúc"
	}
	months := 0
	for p.Last().AddMonths(months+1) <= on {
		months++
	}
	if months == 0 {
		return "dưới 1 tháng"
	}
	return itoa(months) + " tháng"
}
