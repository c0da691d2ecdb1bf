package main

import (
	"math/rand/v2"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

// headings are the columns of the measured workbook: what the product's own
// forms have, one row for each indicator of each commune.
func headings() []sheet.Heading {
	return []sheet.Heading{
		{Text: "Mã xã", Code: true},
		{Text: "Tên xã", Width: 16},
		{Text: "Bộ tiêu chí", Width: 26, Code: true},
		{Text: "Mã chỉ tiêu", Code: true},
		{Text: "Tên chỉ tiêu", Width: 50},
		{Text: "Kỳ", Code: true},
		{Text: "Giá trị"},
		{Text: "Nam (%)"},
		{Text: "Nữ (%)"},
		{Text: "Tỷ lệ thành phần (%)"},
		{Text: "Tử số"},
		{Text: "Mẫu số"},
		{Text: "Tử số nam"},
		{Text: "Mẫu số nam"},
		{Text: "Tử số nữ"},
		{Text: "Mẫu số nữ"},
		{Text: "Mức kiểm tra", Width: 16},
		{Text: "Ghi chú", Width: 18},
	}
}

// workbook writes the review: a sheet for each district, a row for each
// indicator of both sets in each xã.
func workbook(lib *law.Library, places *place.Register) ([]byte, error) {
	period, err := day.ParsePeriod(reviewPeriod)
	if err != nil {
		return nil, err
	}
	book := sheet.NewBook(sheet.Properties{Title: "Rà soát " + reviewPeriod})
	defer book.Close()
	forms := map[string]*form{}
	chance := newChance()
	for _, u := range xaOf(places, period.Last()) {
		f := forms[u.ParentID]
		if f == nil {
			district, _ := places.At(period.Last()).Unit(u.ParentID)
			out, err := book.Sheet(sheet.Layout{
				Name: district.FullName, Titles: []string{"Kết quả rà soát " + district.FullName},
				Columns: headings(), Freeze: 2, Protect: true,
			})
			if err != nil {
				return nil, err
			}
			f = &form{out: out, lib: lib, period: period, chance: chance}
			forms[u.ParentID] = f
		}
		if err := f.commune(u); err != nil {
			return nil, err
		}
	}
	return book.Bytes()
}

// form is a sheet of the workbook.
type form struct {
	out    *sheet.SheetWriter
	lib    *law.Library
	period day.Period
	chance *rand.Rand
}

// commune writes the rows of one commune; a quantity that both sets share is
// reported alike in both.
func (f *form) commune(u place.Unit) error {
	shared := map[string]law.Entry{}
	for _, id := range []string{setNTM, setNangCao} {
		set, err := f.lib.Set(id)
		if err != nil {
			return err
		}
		for i := range set.Indicators {
			measure := criteria.MeasureOf(set, i)
			e, ok := shared[measure]
			if !ok {
				e = entry(f.chance, &set.Indicators[i], f.period)
				shared[measure] = e
			}
			if err := f.row(u, set, i, &e); err != nil {
				return err
			}
		}
	}
	return nil
}

// row writes what a commune reports of one indicator.
func (f *form) row(u place.Unit, set *law.Set, slot int, e *law.Entry) error {
	provenance, err := law.ParseProvenance(e.Provenance)
	if err != nil {
		return err
	}
	ind := set.At(slot)
	value := sheet.PutText(e.Value).Input()
	if ind.Kind == law.YesNo {
		value = value.Checked(sheet.Choice("đạt", "chưa đạt", "không áp dụng"))
	}
	row := []sheet.Value{
		sheet.PutCode(u.Code), sheet.PutText(u.Name), sheet.PutCode(set.ID),
		sheet.PutCode(ind.Code), sheet.PutText(ind.Name), sheet.PutCode(reviewPeriod), value,
	}
	for _, text := range []string{
		e.Male, e.Female, e.Share, e.Numerator, e.Denominator, e.MaleNumerator, e.MaleDenominator,
		e.FemaleNumerator, e.FemaleDenominator, provenance.Vietnamese(), "",
	} {
		row = append(row, sheet.PutText(text).Input())
	}
	return f.out.Row(row...)
}
