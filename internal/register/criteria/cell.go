package criteria

import (
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/law"
	"giuchuan/internal/register/place"
)

var (
	msgUnknownCode = fault.Msg{Key: "criteria.unknown_indicator", Text: "bộ tiêu chí {set} không có chỉ tiêu {code}{hint}"}
	msgOnlyMet     = fault.Msg{Key: "criteria.only_met", Text: "mức đạt chuẩn của chỉ tiêu {code} chỉ nhận “đạt”, không nhận “{text}”"}
	msgNeedsFigure = fault.Msg{Key: "criteria.needs_figure", Text: "mức đạt chuẩn của chỉ tiêu {code} phải là số (đơn vị: {unit}), không nhận “{text}”"}
	msgSign        = fault.Msg{Key: "criteria.sign", Text: "chỉ tiêu {code} so sánh bằng dấu {sign}, không nhận “{text}”"}
	msgUnjudged    = fault.Msg{Key: "criteria.unjudged", Text: "{code} chỉ là số liệu để chọn mức, không có mức đạt chuẩn"}
)

// nearCodes lists the codes of the same criterion, for a code that is unknown.
func nearCodes(s *law.Set, code string) string {
	head, _, _ := strings.Cut(code, ".")
	var list []string
	for slot := range s.Slots() {
		if c := s.At(slot).Code; c == head || strings.HasPrefix(c, head+".") {
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return "; tiêu chí " + head + " có: " + strings.Join(list, ", ")
}

// readArea finds the province and, where one is named, the area inside it, at
// the day of the decision.
func (w *row) readArea() {
	r := &w.record
	if r.Issued == day.None {
		return // refused already
	}
	on := max(r.Issued, w.places.First())
	if w.province != "" {
		p, err := w.places.Resolve(w.province, "", on, place.Province)
		if err != nil {
			w.fail(w.cells.Cell("area"), err)
			return
		}
		r.Province = p.ID
	}
	text := w.text("area")
	if text == "" || slices.Contains([]string{"toan tinh", "ca tinh"}, vntext.Fold(text)) {
		return
	}
	u, err := w.places.Resolve(text, w.province, on)
	if err != nil {
		w.fail(w.cells.Cell("area"), err)
		return
	}
	if u.Level != place.Province {
		r.Area = u.ID
	}
}

// readValue reads a value or a sub-share and keeps it if the whole row is good.
func (w *row) readValue(column, text string, sub bool) {
	cell := w.cells.Cell(column)
	r := w.record
	r.Sub, r.Where = sub, cell.Address()
	r.Withdrawn = slices.Contains([]string{"rut", "rut lai", "withdrawn"}, vntext.Fold(text))
	if w.ind != nil && !r.Withdrawn {
		value, faults := parseValue(w.ind, text, sub)
		for _, f := range faults {
			w.faults = append(w.faults, f.At(cell.Address()))
		}
		r.Value = value
		if len(faults) == 0 && len(w.faults) == 0 {
			w.fail(cell, law.CheckDecision(w.set, &r.Decision, classAt(w.places, &r.Decision)))
		}
	}
	if w.ind != nil && len(w.faults) == 0 {
		w.out = append(w.out, r)
	}
}

// parseValue reads a value as the indicator's own data are read: words, levels,
// percentages, decimal comma or dot. A sign before a figure must be the
// indicator's own.
func parseValue(ind *law.Indicator, text string, sub bool) (law.Number, []*fault.Error) {
	refuse := func(msg fault.Msg) (law.Number, []*fault.Error) {
		return 0, []*fault.Error{fault.New(fault.Invalid, msg, "code", ind.Code, "text", text,
			"unit", ind.Unit, "sign", ind.Comparator.String())}
	}
	if ind.Unjudged {
		return refuse(msgUnjudged)
	}
	figure, sign := cutSign(text)
	comparator := ind.Comparator
	if sub && ind.Of != nil {
		comparator = ind.Of.Comparator
	}
	if sign != "" && sign != comparator.String() {
		return refuse(msgSign)
	}
	entry := law.Entry{Value: figure}
	if sub {
		entry = law.Entry{Share: figure}
	}
	datum, faults := ind.Read(&entry)
	switch {
	case len(faults) > 0:
		return 0, faults
	case sub:
		return datum.Extra.Share, nil
	case datum.State == law.Given && datum.HasValue:
		return datum.Value, nil
	case ind.Kind != law.YesNo && ind.Unit != "":
		return refuse(msgNeedsFigure)
	case datum.State != law.SaidMet:
		return refuse(msgOnlyMet)
	}
	return law.One, nil
}

// cutSign parts "≥ 95" into the figure and the sign as rule files write it.
func cutSign(text string) (figure, sign string) {
	for _, s := range []struct{ typed, sign string }{{"≥", ">="}, {">=", ">="}, {"≤", "<="}, {"<=", "<="}} {
		if rest, ok := strings.CutPrefix(text, s.typed); ok {
			return strings.TrimSpace(rest), s.sign
		}
	}
	return text, ""
}

// classAt is the class of the communes a decision is for, at its day: floors
// hang on the region.
func classAt(places *place.Register, d *law.Decision) law.Class {
	id := d.Area
	if id == "" {
		id = d.Province
	}
	region, _ := law.ParseRegion(string(places.RegionOf(id, max(d.Issued, places.First())).Region))
	return law.Class{Region: region}
}
