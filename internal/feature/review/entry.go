package review

import (
	"strings"

	"giuchuan/internal/law"
)

// EntryOf writes a datum as a person would type it: reading the entry gives the
// same report again. Its period and provenance are left out.
func EntryOf(ind *law.Indicator, d *law.Datum) law.Entry {
	x := law.Extra{}
	if d.Extra != nil {
		x = *d.Extra
	}
	var e law.Entry
	switch {
	case d.State != law.Given:
		e.Value = ind.Format(d)
	case x.Total.Given() || !d.HasValue: // the share follows from its fraction
	case len(ind.Levels) > 0:
		e.Value = ind.Format(d)
	default:
		e.Value = typed(d.Value)
	}
	e.Numerator, e.Denominator = typedFraction(x.Total)
	e.MaleNumerator, e.MaleDenominator = typedFraction(x.MaleOf)
	e.FemaleNumerator, e.FemaleDenominator = typedFraction(x.FemaleOf)
	if x.HasMale && !x.MaleOf.Given() {
		e.Male = typed(x.Male)
	}
	if x.HasFemale && !x.FemaleOf.Given() {
		e.Female = typed(x.Female)
	}
	if x.HasShare {
		e.Share = typed(x.Share)
	}
	return e
}

// typed writes a number with a decimal comma and nothing between thousands.
func typed(n law.Number) string { return strings.Replace(n.Decimal(), ".", ",", 1) }

func typedFraction(f law.Fraction) (num, den string) {
	if !f.Given() {
		return "", ""
	}
	return typed(f.Num), typed(f.Den)
}
