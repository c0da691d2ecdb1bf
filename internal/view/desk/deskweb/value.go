package deskweb

import (
	"strings"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/web"
)

// cellInput is one input of a finding: part of a form's field name, the column
// of law.Entry it fills, and what it is called.
type cellInput struct {
	Name, Column, Label string
	put                 func(*law.Entry, string)
}

// inputsOf lists the inputs of an indicator, the one that is usually filled
// first.
func inputsOf(ind *law.Indicator) []cellInput {
	value := cellInput{"gia-tri", "value", "Giá trị", func(e *law.Entry, s string) { e.Value = s }}
	if ind.Unit != "" {
		value.Label += " (" + ind.Unit + ")"
	}
	num := cellInput{"tu-so", "numerator", "Tử số", func(e *law.Entry, s string) { e.Numerator = s }}
	den := cellInput{"mau-so", "denominator", "Mẫu số", func(e *law.Entry, s string) { e.Denominator = s }}
	switch ind.Kind {
	case law.YesNo, law.Compound, law.Depends:
		value.Label = "Đạt hoặc chưa đạt"
		return []cellInput{value}
	case law.Share:
		return []cellInput{num, den, value}
	case law.ShareOf:
		return []cellInput{num, den, value, {"thanh-phan", "share", "Tỷ lệ thành phần (%)", func(e *law.Entry, s string) { e.Share = s }}}
	case law.BySex:
		return []cellInput{
			{"nam-tu", "male_numerator", "Nam: tử số", func(e *law.Entry, s string) { e.MaleNumerator = s }},
			{"nam-mau", "male_denominator", "Nam: mẫu số", func(e *law.Entry, s string) { e.MaleDenominator = s }},
			{"nu-tu", "female_numerator", "Nữ: tử số", func(e *law.Entry, s string) { e.FemaleNumerator = s }},
			{"nu-mau", "female_denominator", "Nữ: mẫu số", func(e *law.Entry, s string) { e.FemaleDenominator = s }},
			{"gia-tri", "value", "Tỷ lệ chung (%)", func(e *law.Entry, s string) { e.Value = s }},
		}
	}
	return []cellInput{value}
}

// entryOf reads the inputs of an indicator; suffix ends every field's name.
func entryOf(f *web.Form, ind *law.Indicator, suffix string) (e law.Entry, given bool) {
	for _, in := range inputsOf(ind) {
		text := f.Value(in.Name + suffix)
		in.put(&e, text)
		given = given || text != ""
	}
	return e, given
}

// atInput moves faults of the columns of an entry to the inputs of a form.
func atInput(err error, ind *law.Indicator) error {
	rows := fault.Rows(err)
	if len(rows) == 0 {
		return err
	}
	var out []*fault.Error
	for _, r := range rows {
		for _, in := range inputsOf(ind) {
			if r.Field == in.Column || strings.ReplaceAll(r.Field, "_", " ") == in.Column {
				r = r.At(in.Name)
				break
			}
		}
		out = append(out, r)
	}
	return fault.Join(out...)
}

// field is an input as a form shows it.
func (in cellInput) field(f *web.Form) web.Field {
	x := web.Field{Form: f, Name: in.Name, Label: in.Label, Width: 10, Fill: "off"}
	if in.Column != "value" || !strings.HasPrefix(in.Label, "Đạt") {
		x.Mode = "decimal"
	}
	return x
}

// words are the choices of an indicator that takes words, nil for figures.
func words(ind *law.Indicator) []web.Choice {
	switch {
	case ind.Kind == law.YesNo || ind.Kind == law.Compound || ind.Kind == law.Depends:
		out := []web.Choice{{Value: "", Text: "chọn"}, {Value: "đạt", Text: "Đạt"}, {Value: "chưa đạt", Text: "Chưa đạt"}}
		if ind.IfAny {
			out = append(out, web.Choice{Value: "không áp dụng", Text: "Không áp dụng"})
		}
		return out
	case len(ind.Levels) > 0:
		out := []web.Choice{{Value: "", Text: "chọn"}}
		for _, l := range ind.Levels {
			out = append(out, web.Choice{Value: l, Text: l})
		}
		return out
	}
	return nil
}
