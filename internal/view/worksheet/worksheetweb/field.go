package worksheetweb

import (
	"hash/fnv"
	"strconv"
	"strings"

	"giuchuan/internal/law"
	"giuchuan/internal/platform/web"
)

// shape is how a quantity is asked for.
type shape uint8

const (
	words  shape = iota // đạt, chưa đạt
	number              // a figure with its unit
	share               // a share, counted or as a percentage
	subbed              // a share and one of which
	sexes               // shares of men and of women
	choice              // one of a few levels
)

// shapeOf tells how an indicator or part is asked for.
func shapeOf(ind *law.Indicator) shape {
	switch {
	case ind.Kind == law.YesNo, len(ind.Parts) > 0, ind.Kind == law.Depends && ind.Unit == "":
		return words
	case ind.Kind == law.BySex:
		return sexes
	case ind.Kind == law.ShareOf:
		return subbed
	case ind.Kind == law.Share && ind.Unit == "%":
		return share
	case len(ind.Levels) > 0:
		return choice
	}
	return number
}

// columns are the fields of a figure, by the names that files give their columns.
func columns() [10]string {
	return [10]string{
		"value", "male", "female", "share", "numerator", "denominator",
		"male_numerator", "male_denominator", "female_numerator", "female_denominator",
	}
}

const (
	noteField   = "ghi-chu"
	reasonField = "ly-do"
	skipField   = "khong-ap-dung"
	notApply    = "không áp dụng"
)

// entryOf reads what was typed of a figure.
func entryOf(f *web.Form) law.Entry {
	e := law.Entry{
		Value: f.Value("value"), Male: f.Value("male"), Female: f.Value("female"), Share: f.Value("share"),
		Numerator: f.Value("numerator"), Denominator: f.Value("denominator"),
		MaleNumerator: f.Value("male_numerator"), MaleDenominator: f.Value("male_denominator"),
		FemaleNumerator: f.Value("female_numerator"), FemaleDenominator: f.Value("female_denominator"),
	}
	if f.Has(skipField, "1") {
		e = law.Entry{Value: notApply}
	}
	return e
}

// keyOf names an attempt to save: what the page called it, and what was typed,
// since a page that is shown again from memory gives its name twice.
func keyOf(f *web.Form) string {
	key := f.Value("key")
	if key == "" {
		return ""
	}
	sum := fnv.New64a()
	for _, name := range append([]string{noteField, skipField}, fieldNames()...) {
		_, _ = sum.Write([]byte(f.Value(name) + "\x00")) // never fails
	}
	return key + "." + strconv.FormatUint(sum.Sum64(), 36)
}

func fieldNames() []string { names := columns(); return names[:] }

// fill lays a datum out over the fields of its form.
func fill(f *web.Form, ind *law.Indicator, d *law.Datum) {
	if d == nil || !d.Known() {
		return
	}
	x := law.Extra{}
	if d.Extra != nil {
		x = *d.Extra
	}
	put := func(name string, n law.Number, has bool) {
		if has {
			f.Set(name, typed(n, true))
		}
	}
	of := func(num, den string, v law.Fraction) {
		grouped := ind.Things != "" && v.Num.Whole() && v.Den.Whole() && !measured(ind.Things)
		if v.Given() {
			f.Set(num, typed(v.Num, !grouped))
			f.Set(den, typed(v.Den, !grouped))
		}
	}
	of("numerator", "denominator", x.Total)
	of("male_numerator", "male_denominator", x.MaleOf)
	of("female_numerator", "female_denominator", x.FemaleOf)
	put("male", x.Male, x.HasMale && !x.MaleOf.Given())
	put("female", x.Female, x.HasFemale && !x.FemaleOf.Given())
	put("share", x.Share, x.HasShare)
	switch d.State {
	case law.SaidMet:
		f.Set("value", "đạt")
	case law.SaidUnmet:
		f.Set("value", "chưa đạt")
	case law.NotApplying:
		f.Set("value", notApply)
		f.Set(skipField, "1")
	case law.Given:
		switch {
		case !d.HasValue || x.Total.Given():
		case len(ind.Levels) > 0:
			f.Set("value", ind.Format(d))
		default:
			f.Set("value", typed(d.Value, ind.Kind != law.Count))
		}
	}
}

// measured tells whether a share is of a measure, not of a count.
func measured(things string) bool {
	switch things {
	case "km", "ha", "tấn", "m2", "m3":
		return true
	}
	return false
}

// typed writes a number so that reading it gives the same number: "3128",
// "1234,5". Thousands are set apart only where a dot cannot be taken for a comma.
func typed(n law.Number, plain bool) string {
	if !plain {
		return n.Vietnamese()
	}
	whole, frac, cut := strings.Cut(n.Decimal(), ".")
	if !cut {
		return whole
	}
	if len(frac) == 3 {
		frac += "0" // "1,234" could be a thousand
	}
	return whole + "," + frac
}
