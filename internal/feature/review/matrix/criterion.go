package matrix

import (
	"strings"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/place"
)

// criterion reads the cell of a whole criterion.
func (r *reader) criterion(c reading, u *place.Unit) error {
	crit, ok := r.set.Criterion(c.column.Code)
	if !ok {
		return fault.New(fault.NotFound, msgCode, "col", c.column.Letter(), "code", c.column.Code)
	}
	text := bare(c.cell.Text)
	means, known := r.m.meaning(text)
	switch {
	case !known || c.cell.Kind == sheet.Date:
		return fault.New(fault.Invalid, msgWord, "text", fault.Clip(text))
	case means == Nothing:
		return nil
	case means == Met:
		return r.spread(c, u, crit)
	case means == Unmet:
		return r.lacking(c, u, crit)
	}
	return fault.New(fault.Invalid, msgWord, "text", fault.Clip(text))
}

// spread records "đạt" of a criterion for the indicators that the person chose.
func (r *reader) spread(c reading, u *place.Unit, crit *law.Criterion) error {
	var takers []int
	var others []string
	for slot := crit.First; slot < crit.End; slot++ {
		switch {
		case r.said(u, slot):
		case takesWords(r.set.At(slot)):
			takers = append(takers, slot)
		default:
			others = append(others, r.set.At(slot).Code)
		}
	}
	switch {
	case len(takers)+len(others) == 0:
		return nil // every indicator has a column of its own that says it
	case c.column.Spread == NoSpread:
		return fault.New(fault.Invalid, msgSpreadNo, "code", crit.Code)
	case len(takers) == 0:
		return fault.New(fault.Invalid, msgNoTakers, "code", crit.Code)
	case c.column.Spread == SpreadAll && len(others) > 0:
		return fault.New(fault.Invalid, msgFigures, "code", crit.Code, "codes", strings.Join(others, ", "))
	}
	r.out.Figures += len(others)
	for _, slot := range takers {
		if err := r.add(Value{Place: *u, Slot: slot, Text: Met.Vietnamese(), Cell: c.cell.Address(), Column: c.column.Head}); err != nil {
			return err
		}
	}
	return nil
}

// lacking records "chưa đạt" for the indicators that the cell names, and nothing
// for the others.
func (r *reader) lacking(c reading, u *place.Unit, crit *law.Criterion) error {
	codes := anyCode.FindAllString(c.cell.Text, -1)
	if len(codes) == 0 {
		return fault.New(fault.Invalid, msgUnnamed, "code", crit.Code, "example", r.set.At(crit.First).Code)
	}
	for _, code := range codes {
		slot, ok := r.set.Slot(code)
		if !ok || slot < crit.First || slot >= crit.End {
			return fault.New(fault.Invalid, msgForeign, "code", code, "criterion", crit.Code)
		}
		if r.said(u, slot) {
			continue
		}
		if !takesWords(r.set.At(slot)) {
			return fault.New(fault.Invalid, msgFigure, "code", code)
		}
		if err := r.add(Value{Place: *u, Slot: slot, Text: Unmet.Vietnamese(), Cell: c.cell.Address(), Column: c.column.Head}); err != nil {
			return err
		}
	}
	return nil
}

// said tells whether a column of the indicator itself reports it.
func (r *reader) said(u *place.Unit, slot int) bool {
	_, ok := r.at[valueKey{u.ID, slot}]
	return ok
}
