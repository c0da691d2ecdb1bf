package review

import (
	"slices"

	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
)

// formColumn is a column of a form; a sheet has it when a row wants it.
type formColumn struct {
	sheet.Heading
	put    func(*formRow) sheet.Value
	wanted func(*formRow) bool // nil = always
}

// frozen is the number of columns that stay in view: up to the indicator's code.
const frozen = 4

// guide tells whoever fills a form how.
const guide = "Chỉ điền vào các ô nền vàng; ô để trống là chưa có số liệu. Ô “đạt” / “chưa đạt” chọn trong danh sách. " +
	"Chỉ tiêu có nhiều phần: ghi “đạt” / “chưa đạt” ở dòng chỉ tiêu, hoặc điền từng phần ở các dòng dưới."

// write adds a sheet to the book.
func (f *Form) write(book *sheet.BookWriter, s *formSheet) error {
	cols := slices.DeleteFunc(f.columns(), func(c formColumn) bool {
		return c.wanted != nil && !slices.ContainsFunc(s.rows, c.wanted)
	})
	layout := sheet.Layout{
		Name: sheet.SheetName(s.name), Banner: f.banner(), Freeze: frozen, Protect: true,
		Titles: []string{f.title(), s.about, guide},
	}
	if f.Period.Valid() {
		layout.Titles[1] += ", " + f.Period.Vietnamese()
	}
	for _, c := range cols {
		layout.Columns = append(layout.Columns, c.Heading)
	}
	out, err := book.Sheet(layout)
	if err != nil {
		return err
	}
	values := make([]sheet.Value, len(cols))
	for _, r := range s.rows {
		for i, c := range cols {
			values[i] = c.put(r)
		}
		if err := out.Row(values...); err != nil {
			return err
		}
	}
	return nil
}

// banner is what was asked for, or the one that generated data carry.
func (f *Form) banner() string {
	if f.Banner == "" && illustrative(f.Decisions, f.Findings) {
		return Banner
	}
	return f.Banner
}

// heading is a column as workbooks head it and [Read] finds it again.
func heading(column string, width float64) sheet.Heading {
	i := slices.IndexFunc(columns, func(c sheet.Column) bool { return c.Name == column })
	return sheet.Heading{Text: append(slices.Clone(columns[i].Also), column)[0], Width: width}
}

func textColumn(h sheet.Heading, get func(*formRow) string) formColumn {
	return formColumn{Heading: h, put: func(r *formRow) sheet.Value { return sheet.PutText(get(r)) }}
}

func codeColumn(h sheet.Heading, get func(*formRow) string) formColumn {
	return formColumn{Heading: h, put: func(r *formRow) sheet.Value { return sheet.PutCode(get(r)) }}
}

// columns lists the columns in their order on the sheet.
func (f *Form) columns() []formColumn {
	district := textColumn(sheet.Heading{Text: infoDistrict, Width: 16}, func(r *formRow) string { return r.district })
	district.wanted = func(r *formRow) bool { return f.Indicator != "" && r.district != "" }
	out := []formColumn{
		hide(f.ByCommune, codeColumn(heading(colCommune, 7), func(r *formRow) string { return r.unit.Code })),
		hide(f.ByCommune && (f.Indicator == "" || len(f.Communes) == 1), textColumn(heading(colName, 13), func(r *formRow) string { return r.unit.Name })),
		hide(true, codeColumn(heading(colSet, 12), func(r *formRow) string { return r.set.ID })),
		codeColumn(heading(colIndicator, 8), func(r *formRow) string { return r.ind.Code }),
		district,
		textColumn(sheet.Heading{Text: infoIndicator, Width: 36}, func(r *formRow) string { return r.ind.Name }),
		textColumn(sheet.Heading{Text: infoDemand, Width: 28}, func(r *formRow) string { return r.demand }),
		textColumn(sheet.Heading{Text: infoUnit, Width: 12}, func(r *formRow) string { return r.ind.Unit }),
		hide(f.Period.Valid(), formColumn{Heading: heading(colPeriod, 9), put: f.putPeriod}),
		textColumn(sheet.Heading{Text: infoLast, Width: 11}, (*formRow).lastText),
		textColumn(sheet.Heading{Text: infoLastPeriod, Width: 10}, (*formRow).lastPeriod),
		{Heading: heading(colValue, 10), put: (*formRow).putValue},
	}
	for _, x := range extraColumns {
		out = append(out, formColumn{Heading: heading(x.column, 8.5), put: x.cell, wanted: x.wanted})
	}
	return append(out,
		formColumn{Heading: heading(colProvenance, 13), put: (*formRow).putProvenance},
		formColumn{Heading: heading(colNote, 16), put: (*formRow).putNote},
	)
}

// hide keeps a column that only [Read] needs from the screen and the page.
func hide(when bool, c formColumn) formColumn {
	c.Hidden = when
	return c
}

func (f *Form) putPeriod(*formRow) sheet.Value {
	if f.Period.Valid() {
		return sheet.PutCode(f.Period.String())
	}
	return sheet.PutCode("").Input()
}

func (r *formRow) lastText() string {
	if r.last == nil {
		return ""
	}
	return Shown(r.ind, &r.last.Datum)
}

func (r *formRow) lastPeriod() string {
	if r.last == nil {
		return ""
	}
	return r.last.Datum.Period.Vietnamese()
}

// choosesWord tells whether the value is chosen from words.
func choosesWord(ind *law.Indicator) bool {
	return ind.Kind == law.YesNo || (ind.Kind == law.Depends && ind.Unit == "") || len(ind.Parts) > 0
}

// putValue is the cell for the value, filled or empty.
func (r *formRow) putValue() sheet.Value {
	v := sheet.PutBlank()
	if r.now != nil {
		d := &r.now.Datum
		v = sheet.PutText(r.ind.Format(d))
		if d.HasValue && len(r.ind.Levels) == 0 {
			v = sheet.PutNumber(d.Value.Decimal())
		}
	}
	if r.ind.IfAny && !choosesWord(r.ind) && len(r.ind.Levels) == 0 {
		v = v.Noted("Số, hoặc “không áp dụng”")
	}
	return v.Input().Checked(checkOf(r.ind))
}

const (
	largestLevel  = 9
	largestCount  = 1_000_000_000
	largestAmount = 100_000_000_000
)

// checkOf is what the value cell of an indicator accepts; nothing is checked
// where both extraColumns and words are.
func checkOf(ind *law.Indicator) sheet.Check {
	var any []string
	if ind.IfAny {
		any = []string{"không áp dụng"}
	}
	switch {
	case choosesWord(ind):
		return sheet.Choice(append([]string{"đạt", "chưa đạt"}, any...)...)
	case len(ind.Levels) > 0:
		return sheet.Choice(append(slices.Clone(ind.Levels), any...)...)
	case ind.IfAny || ind.Kind == law.Depends:
		return sheet.Check{}
	case ind.Kind == law.Level:
		return sheet.WholeBetween(0, largestLevel)
	case ind.Kind == law.Count:
		return sheet.WholeBetween(0, largestCount)
	case isShare(ind):
		return sheet.DecimalBetween(0, 100)
	case ind.MaxScore > 0 || ind.MaxTotal > 0:
		return sheet.DecimalBetween(0, float64(max(ind.MaxScore, ind.MaxTotal))/float64(law.One))
	}
	return sheet.DecimalBetween(0, largestAmount)
}

// isShare tells whether an indicator is a percentage with numerator and
// denominator.
func isShare(ind *law.Indicator) bool {
	return ind.Unit == "%" && (ind.Kind == law.Share || ind.Kind == law.ShareOf || ind.Kind == law.BySex)
}

// extraColumn is one of the columns that only some kinds of indicator have.
type extraColumn struct {
	column  string
	of      func(*law.Indicator) bool
	get     func(*law.Extra) (law.Number, bool)
	percent bool
}

func bySex(ind *law.Indicator) bool         { return isShare(ind) && ind.Kind == law.BySex }
func withShare(ind *law.Indicator) bool     { return ind.Kind == law.ShareOf }
func num(f law.Fraction) (law.Number, bool) { return f.Num, f.Given() }
func den(f law.Fraction) (law.Number, bool) { return f.Den, f.Given() }

var extraColumns = [...]extraColumn{
	{colMale, bySex, func(x *law.Extra) (law.Number, bool) { return x.Male, x.HasMale }, true},
	{colFemale, bySex, func(x *law.Extra) (law.Number, bool) { return x.Female, x.HasFemale }, true},
	{colShare, withShare, func(x *law.Extra) (law.Number, bool) { return x.Share, x.HasShare }, true},
	{colNumerator, isShare, func(x *law.Extra) (law.Number, bool) { return num(x.Total) }, false},
	{colDenominator, isShare, func(x *law.Extra) (law.Number, bool) { return den(x.Total) }, false},
	{colMaleNumerator, bySex, func(x *law.Extra) (law.Number, bool) { return num(x.MaleOf) }, false},
	{colMaleDenominator, bySex, func(x *law.Extra) (law.Number, bool) { return den(x.MaleOf) }, false},
	{colFemaleNumerator, bySex, func(x *law.Extra) (law.Number, bool) { return num(x.FemaleOf) }, false},
	{colFemaleDenominator, bySex, func(x *law.Extra) (law.Number, bool) { return den(x.FemaleOf) }, false},
}

// filled is the recorded figure of a row, if any.
func (g extraColumn) filled(r *formRow) (law.Number, bool) {
	if r.now == nil || r.now.Datum.Extra == nil {
		return 0, false
	}
	return g.get(r.now.Datum.Extra)
}

func (g extraColumn) wanted(r *formRow) bool {
	_, has := g.filled(r)
	return has || g.of(r.ind)
}

// cell is the figure's cell, locked where the indicator has no such figure.
func (g extraColumn) cell(r *formRow) sheet.Value {
	if !g.wanted(r) {
		return sheet.PutBlank()
	}
	v := sheet.PutBlank()
	if n, has := g.filled(r); has {
		v = sheet.PutNumber(n.Decimal())
	}
	check := sheet.DecimalBetween(0, largestAmount)
	if g.percent {
		check = sheet.DecimalBetween(0, 100)
	}
	return v.Input().Checked(check)
}

// putProvenance offers the steps of checking there are; no district checks
// after 1 July 2025.
func (r *formRow) putProvenance() sheet.Value {
	var words []string
	for p := law.Declared; p <= law.FieldChecked; p++ {
		if p != law.Verified || r.district != "" {
			words = append(words, p.Vietnamese())
		}
	}
	v := sheet.PutBlank()
	if r.now != nil {
		v = sheet.PutText(r.now.Datum.Provenance.Vietnamese())
	}
	return v.Input().Checked(sheet.Choice(words...))
}

func (r *formRow) putNote() sheet.Value {
	if r.now == nil {
		return sheet.PutBlank().Input()
	}
	return sheet.PutText(r.now.Note).Input()
}
