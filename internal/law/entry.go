package law

import (
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

// Entry is one reported finding as text, column by column. Empty text is
// nothing reported.
type Entry struct {
	Value, Male, Female, Share         string
	Numerator, Denominator             string
	MaleNumerator, MaleDenominator     string
	FemaleNumerator, FemaleDenominator string
	Provenance                         string
	Period                             day.Period
}

// AcceptedWords tells a person what a đạt / chưa đạt cell takes.
const AcceptedWords = "“đạt” hoặc “x”, “không đạt” hoặc “chưa đạt”, “không áp dụng” (chỉ với chỉ tiêu có ghi “nếu có”)"

var (
	msgWord        = fault.Msg{Key: "law.word_refused", Text: "không nhận “{text}”; chỉ nhận: {accepted}"}
	msgNotIfAny    = fault.Msg{Key: "law.not_if_any", Text: "chỉ tiêu {code} không có “nếu có” nên không được ghi “không áp dụng”"}
	msgPercent     = fault.Msg{Key: "law.percent_range", Text: "tỷ lệ {text} ngoài khoảng 0 đến 100 %"}
	msgNegative    = fault.Msg{Key: "law.negative", Text: "giá trị {text} không được âm"}
	msgWhole       = fault.Msg{Key: "law.not_whole", Text: "“{text}” phải là số nguyên (đơn vị: {unit})"}
	msgLevel       = fault.Msg{Key: "law.level_refused", Text: "không nhận mức “{text}”; chỉ nhận: {accepted}"}
	msgPartsOnly   = fault.Msg{Key: "law.parts_only", Text: "chỉ tiêu {code} gồm nhiều phần: ghi “đạt” / “chưa đạt”, hoặc nhập từng phần {parts}"}
	msgNoSexes     = fault.Msg{Key: "law.no_sexes", Text: "chỉ tiêu {code} không tách nam, nữ"}
	msgNoSub       = fault.Msg{Key: "law.no_sub_share", Text: "chỉ tiêu {code} không có tỷ lệ thành phần"}
	msgNoFraction  = fault.Msg{Key: "law.no_fraction", Text: "chỉ tiêu {code} không tính bằng tỷ lệ nên không có tử số, mẫu số"}
	msgHalf        = fault.Msg{Key: "law.half_fraction", Text: "phải có cả tử số và mẫu số"}
	msgDenominator = fault.Msg{Key: "law.bad_fraction", Text: "tử số {num} phải từ 0 đến mẫu số {den}, và mẫu số lớn hơn 0"}
	msgMismatch    = fault.Msg{Key: "law.fraction_mismatch", Text: "tỷ lệ {text} không khớp tử số / mẫu số ({computed} %)"}
	msgProvenance  = fault.Msg{Key: "law.provenance", Text: "không nhận nguồn “{text}”; chỉ nhận: {accepted}"}
	msgScore       = fault.Msg{Key: "law.score_range", Text: "điểm {text} vượt điểm tối đa {max}"}
)

// ParseWord reads a direct answer in any case, with or without diacritics.
func ParseWord(text string) (State, bool) {
	switch vntext.Fold(text) {
	case "dat", "x":
		return SaidMet, true
	case "khong dat", "chua dat":
		return SaidUnmet, true
	case "khong ap dung":
		return NotApplying, true
	}
	return Absent, false
}

// ParseProvenance reads a file's word or the words on screens; empty is
// [Declared].
func ParseProvenance(text string) (Provenance, error) {
	folded := vntext.Fold(text)
	if folded == "" {
		return Declared, nil
	}
	for i := range provenanceWords {
		if folded == provenanceWords[i] || folded == vntext.Fold(provenanceNames[i]) {
			return Provenance(i), nil
		}
	}
	return Declared, fault.New(fault.Invalid, msgProvenance, "text", text,
		"accepted", strings.Join(provenanceWords[:], ", "))
}

// Read makes a datum of an entry. Every fault names its column in Field; with
// any fault the datum is [Faulty]. An entry with no figure at all is [Absent].
func (ind *Indicator) Read(e *Entry) (Datum, []*fault.Error) {
	r := reader{ind: ind, entry: e, datum: Datum{Period: e.Period}}
	p, err := ParseProvenance(e.Provenance)
	r.fail("provenance", err)
	r.datum.Provenance = p
	r.readExtra()
	r.readValue()
	if len(r.faults) > 0 {
		return Datum{State: Faulty, Period: e.Period, Provenance: p}, r.faults
	}
	if r.extra != (Extra{}) {
		x := r.extra
		r.datum.Extra = &x
		if r.datum.State == Absent {
			r.datum.State = Given
		}
	}
	return r.datum, nil
}

type reader struct {
	ind    *Indicator
	entry  *Entry
	datum  Datum
	extra  Extra
	faults []*fault.Error
}

func (r *reader) fail(field string, err error) bool {
	if err == nil {
		return false
	}
	for _, row := range fault.Rows(err) {
		r.faults = append(r.faults, row.At(field))
	}
	return true
}

func (r *reader) refuse(field string, msg fault.Msg, args ...string) {
	args = append(args, "code", r.ind.Code)
	r.faults = append(r.faults, fault.New(fault.Invalid, msg, args...).At(field))
}

// percentage reports whether the indicator's values are shares of a whole.
func (ind *Indicator) percentage() bool {
	return ind.Unit == "%" && (ind.Kind == Share || ind.Kind == ShareOf || ind.Kind == BySex)
}

// whole reports whether values must be whole numbers.
func (ind *Indicator) whole() bool {
	return ind.Kind == Count || (ind.Kind == Level && len(ind.Levels) == 0)
}

func (ind *Indicator) grouping() Grouping {
	switch {
	case ind.whole():
		return GroupingThousand
	case ind.Unit == "%":
		return GroupingDecimal
	}
	return GroupingRefused
}

// readValue reads the value column: a word where words are accepted, else a figure.
func (r *reader) readValue() {
	text := strings.TrimSpace(r.entry.Value)
	if text == "" {
		if r.extra.Total.Given() {
			r.datum.HasValue, r.datum.Value, r.datum.State = true, r.extra.Total.Percent(), Given
		}
		return
	}
	if state, ok := ParseWord(text); ok && (state == NotApplying || r.takesWords()) {
		if state == NotApplying && !r.ind.IfAny {
			r.refuse("value", msgNotIfAny)
			return
		}
		r.datum.State = state
		return
	}
	switch {
	case r.ind.Kind == YesNo || (r.ind.Kind == Depends && r.ind.Unit == ""):
		r.refuse("value", msgWord, "text", text, "accepted", AcceptedWords)
	case len(r.ind.Parts) > 0:
		r.refuse("value", msgPartsOnly, "parts", strings.Join(r.ind.partCode, ", "))
	case len(r.ind.Levels) > 0:
		r.readLevelWord(text)
	default:
		r.readFigure(text)
	}
}

// takesWords reports whether a direct đạt / chưa đạt is accepted.
func (r *reader) takesWords() bool {
	return r.ind.Kind == YesNo || r.ind.Kind == Depends || len(r.ind.Parts) > 0
}

func (r *reader) readLevelWord(text string) {
	for i, word := range r.ind.Levels {
		if vntext.Fold(word) == vntext.Fold(text) {
			r.datum.HasValue, r.datum.Value, r.datum.State = true, Number(i)*One, Given
			return
		}
	}
	r.refuse("value", msgLevel, "text", text, "accepted", strings.Join(r.ind.Levels, ", "))
}

func (r *reader) readFigure(text string) {
	figure := text
	if r.ind.Kind == Level {
		figure = trimLevelWord(text)
	}
	n, ok := r.figure("value", figure)
	if !ok {
		return
	}
	if most := max(r.ind.MaxScore, r.ind.MaxTotal); most > 0 && n > most {
		r.refuse("value", msgScore, "text", text, "max", most.Vietnamese())
		return
	}
	if f := r.extra.Total; f.Given() {
		if !agrees(figure, n, f.Percent()) {
			r.refuse("value", msgMismatch, "text", text, "computed", f.Percent().Vietnamese())
			return
		}
		n = f.Percent()
	}
	r.datum.HasValue, r.datum.Value, r.datum.State = true, n, Given
}

// trimLevelWord takes "mức độ 2" and "mức 2" for 2.
func trimLevelWord(text string) string {
	folded := vntext.Fold(text)
	for _, prefix := range []string{"muc do ", "muc ", "cap do "} {
		if rest, ok := strings.CutPrefix(folded, prefix); ok {
			return rest
		}
	}
	return text
}

// agrees compares a typed share with the computed one at the typed precision.
func agrees(text string, typed, computed Number) bool {
	unit := One
	if i := strings.LastIndexAny(text, ",."); i >= 0 {
		for _, c := range text[i+1:] {
			if c >= '0' && c <= '9' && unit > 1 {
				unit /= 10
			}
		}
	}
	diff := typed - computed
	return diff <= unit && -diff <= unit
}

// figure reads one number of the indicator's own unit.
func (r *reader) figure(field, text string) (Number, bool) {
	t := strings.TrimSpace(text)
	if strings.HasPrefix(r.ind.Unit, "%") {
		t = strings.TrimSpace(strings.TrimSuffix(t, "%"))
	}
	if _, isWord := ParseWord(t); isWord {
		r.refuse(field, msgNotNumber, "text", text)
		return 0, false
	}
	n, err := ParseNumber(t, r.ind.grouping())
	switch {
	case r.fail(field, err):
	case r.ind.percentage() && (n < 0 || n > 100*One):
		r.refuse(field, msgPercent, "text", text)
	case n < 0 && r.ind.Kind != Depends:
		r.refuse(field, msgNegative, "text", text)
	case r.ind.whole() && !n.Whole():
		r.refuse(field, msgWhole, "text", text, "unit", r.ind.Unit)
	case r.ind.Kind == Level && n > 9*One:
		r.refuse(field, msgLevel, "text", text, "accepted", "số nguyên từ 0 đến 9")
	default:
		return n, true
	}
	return 0, false
}

// readExtra reads the sexes, the sub-share and the fractions.
func (r *reader) readExtra() {
	e := r.entry
	r.extra.Total = r.fraction("numerator", e.Numerator, "denominator", e.Denominator)
	if r.ind.Kind == BySex {
		r.extra.MaleOf = r.fraction("male_numerator", e.MaleNumerator, "male_denominator", e.MaleDenominator)
		r.extra.FemaleOf = r.fraction("female_numerator", e.FemaleNumerator, "female_denominator", e.FemaleDenominator)
		r.extra.Male, r.extra.HasMale = r.part("male", e.Male, r.extra.MaleOf)
		r.extra.Female, r.extra.HasFemale = r.part("female", e.Female, r.extra.FemaleOf)
	} else {
		r.wantEmpty("male", msgNoSexes, e.Male+e.MaleNumerator+e.MaleDenominator)
		r.wantEmpty("female", msgNoSexes, e.Female+e.FemaleNumerator+e.FemaleDenominator)
	}
	if r.ind.Kind == ShareOf {
		r.extra.Share, r.extra.HasShare = r.part("share", e.Share, Fraction{})
	} else {
		r.wantEmpty("share", msgNoSub, e.Share)
	}
}

// wantEmpty refuses a column that the indicator does not have.
func (r *reader) wantEmpty(field string, msg fault.Msg, text string) {
	if strings.TrimSpace(text) != "" {
		r.refuse(field, msg)
	}
}

// part reads the share of a sex or a sub-share, typed or as a fraction.
func (r *reader) part(field, text string, of Fraction) (Number, bool) {
	if strings.TrimSpace(text) == "" {
		if !of.Given() {
			return 0, false
		}
		return of.Percent(), true
	}
	n, ok := r.figure(field, text)
	if ok && of.Given() {
		if !agrees(text, n, of.Percent()) {
			r.refuse(field, msgMismatch, "text", text, "computed", of.Percent().Vietnamese())
		}
		n = of.Percent()
	}
	return n, ok
}

func (r *reader) fraction(numField, num, denField, den string) Fraction {
	num, den = strings.TrimSpace(num), strings.TrimSpace(den)
	if num == "" && den == "" {
		return Fraction{}
	}
	if !r.ind.percentage() {
		r.refuse(numField, msgNoFraction)
		return Fraction{}
	}
	if num == "" || den == "" {
		field := numField
		if den == "" {
			field = denField
		}
		r.refuse(field, msgHalf)
		return Fraction{}
	}
	n, ok := r.things(numField, num)
	d, also := r.things(denField, den)
	if !ok || !also {
		return Fraction{}
	}
	if d <= 0 || n < 0 || n > d {
		r.refuse(numField, msgDenominator, "num", num, "den", den)
		return Fraction{}
	}
	return Fraction{Num: n, Den: d}
}

// things reads a numerator or denominator: how many there are, or how much.
func (r *reader) things(field, text string) (Number, bool) {
	grouping := GroupingThousand
	if r.ind.measuredThings() {
		grouping = GroupingRefused
	}
	n, err := ParseNumber(text, grouping)
	switch {
	case r.fail(field, err):
	case !r.ind.measuredThings() && r.ind.Things != "" && !n.Whole():
		r.refuse(field, msgWhole, "text", text, "unit", r.ind.Things)
	default:
		return n, true
	}
	return 0, false
}

// measuredThings reports whether a numerator is a measure, not a count.
func (ind *Indicator) measuredThings() bool {
	switch ind.Things {
	case "km", "ha", "tấn", "m2", "m3":
		return true
	}
	return false
}
