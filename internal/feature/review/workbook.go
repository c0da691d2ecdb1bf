package review

import (
	"context"
	"math"
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/place"
)

var (
	msgNoProvince  = fault.Msg{Key: "review.no_province", Text: "ngày {day} không có tỉnh mã {code}"}
	msgNoPeriodSet = fault.Msg{Key: "review.filled_without_period", Text: "muốn xuất số liệu đã ghi thì phải cho biết kỳ"}
	msgNowhere     = fault.Msg{Key: "review.no_communes", Text: "{name} không có xã nào vào ngày {day}"}
)

// Template says which workbook is wanted: for one commune (one sheet), for the
// communes of a district (a sheet each), for one indicator in all of them (one
// sheet, so that the owner of a datum fills one column), or for a province (a
// sheet for each district). All take part in one layout that [Read] reads.
type Template struct {
	Sets      []*law.Set // a quantity that several share stands once, under the first
	Period    day.Period // zero: left to whoever fills the workbook
	Province  string     // two-digit code
	Commune   string     // code, id or name; "" = not narrowed
	District  string     // the same
	Indicator string     // code in the first set that has it, with its parts; "" = all
	Filled    bool       // with what is recorded for the period, which reads back as it is
	Banner    string     // heads every sheet; generated data have their own, see [Banner]
	Wants     Wanted     // which rows; nil = all
}

// Wanted tells whether a commune has a row for an indicator or part. A commune
// without any row is left out.
type Wanted func(u *place.Unit, set *law.Set, slot int) bool

// Template makes a workbook to be filled, as .xlsx bytes. The same options on
// the same record give the same bytes. Communes and thresholds are those of the
// last day of the period, or of today without one.
func (s *Service) Template(ctx context.Context, tx *db.Tx, t Template) ([]byte, error) {
	f := &Form{
		Sets: t.Sets, On: tx.Today(), Period: t.Period, Places: s.places, Indicator: t.Indicator,
		ByCommune: t.Commune != "" || t.District != "", Filled: t.Filled, Banner: t.Banner, Wants: t.Wants, Decisions: map[string]*law.Decisions{},
	}
	switch {
	case t.Period.Valid():
		f.On = t.Period.Last()
	case t.Filled:
		return nil, fault.New(fault.Invalid, msgNoPeriodSet)
	}
	var err error
	if f.Communes, err = s.communesOf(&t, f.On); err != nil {
		return nil, err
	}
	for _, set := range t.Sets {
		if f.Decisions[set.ID], err = s.local.Decisions(ctx, tx, set.ID, math.MaxInt64); err != nil {
			return nil, err
		}
	}
	if f.Findings, err = s.findings(ctx, tx, t.Sets, f.Communes, math.MaxInt64); err != nil {
		return nil, err
	}
	return f.Bytes()
}

// communesOf lists the communes a template is for, in order of districts, then
// codes.
func (s *Service) communesOf(t *Template, on day.Day) ([]place.Unit, error) {
	tree := s.places.At(on)
	var area place.Unit
	var err error
	switch {
	case t.Commune != "":
		if area, err = s.places.Resolve(t.Commune, t.Province, on, place.Commune); err == nil && !area.IsXa() {
			err = fault.New(fault.Invalid, msgNotXa, "name", area.Title())
		}
	case t.District != "":
		area, err = s.places.Resolve(t.District, t.Province, on, place.District)
	default:
		var ok bool
		if area, ok = tree.ByCode(t.Province); !ok {
			err = fault.New(fault.NotFound, msgNoProvince, "code", t.Province, "day", on.Vietnamese())
		}
	}
	if err != nil {
		return nil, err
	}
	communes := slices.DeleteFunc(tree.Communes(area.ID), func(u place.Unit) bool { return !u.IsXa() })
	if len(communes) == 0 {
		return nil, fault.New(fault.NotFound, msgNowhere, "name", area.Title(), "day", on.Vietnamese())
	}
	slices.SortStableFunc(communes, func(a, b place.Unit) int {
		return slices.Compare([]string{a.ParentID, a.Code}, []string{b.ParentID, b.Code})
	})
	return communes, nil
}
