package recognition

import (
	"cmp"
	"slices"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/register/place"
)

// Form is what a workbook of titles is made for.
type Form struct {
	Province string  // two-digit code
	On       day.Day // the day whose xã are listed
	Titles   []Title // written as they are; empty for a form to fill
	Banner   string  // warning on every page, "" for none
}

// Workbook is an .xlsx file with a row for every title and for every xã of the
// day that has none. Filled and read again with [ReadTitles] it loses nothing.
func Workbook(places *place.Register, form Form) ([]byte, error) {
	book := sheet.NewBook(sheet.Properties{Title: "Mức công nhận của các xã"})
	layout := sheet.Layout{
		Name: "Mức công nhận", Banner: form.Banner, Freeze: 2,
		Titles: []string{"MỨC CÔNG NHẬN CỦA CÁC XÃ", "Mỗi dòng là một quyết định; xã có nhiều mức thì ghi nhiều dòng; dòng chưa ghi mức công nhận được bỏ qua"},
	}
	for _, c := range Columns() {
		layout.Columns = append(layout.Columns, sheet.Heading{Text: c.Name, Width: width(c.Name), Note: helpOf(c.Name)})
	}
	page, err := book.Sheet(layout)
	if err != nil {
		return nil, err
	}
	for _, t := range inOrder(places, form) {
		if err := page.Row(cells(places, &t, form.On)...); err != nil {
			return nil, err
		}
	}
	data, err := book.Bytes()
	if err != nil {
		return nil, err
	}
	return data, book.Close()
}

// inOrder is the titles and the empty rows, by code.
func inOrder(places *place.Register, form Form) []Title {
	rows := slices.Clone(form.Titles)
	has := map[string]bool{}
	for _, t := range rows {
		has[t.Place] = true
	}
	tree := places.At(form.On)
	if p, ok := tree.ByCode(form.Province); ok {
		for _, u := range tree.Communes(p.ID) {
			if u.IsXa() && !has[u.ID] {
				rows = append(rows, Title{Place: u.ID, DecidedOn: day.None, From: day.None, To: day.Forever, EndedOn: day.None})
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b Title) int { return cmp.Compare(a.Place, b.Place) })
	return rows
}

// cells is one row in the order of Columns.
func cells(places *place.Register, t *Title, on day.Day) []sheet.Value {
	if t.Level != "" {
		on = t.recognisedOn()
	}
	u := asOf(places, t.Place, on)
	decided, year := sheet.PutBlank(), sheet.PutBlank()
	switch t.Precision {
	case Exact:
		decided = sheet.PutDate(t.DecidedOn)
	case YearOnly:
		year = sheet.PutInt(int64(t.DecidedOn.Year()))
	}
	basis := ""
	if t.Basis != "" {
		basis = t.Basis.Vietnamese()
	}
	row := []sheet.Value{
		sheet.PutCode(codeFor(places, t, u)),
		sheet.PutText(u.Name),
		sheet.PutText(districtOf(places, u)),
		sheet.PutText(t.Level.Vietnamese()).Checked(levelChoice()),
		sheet.PutText(t.Number),
		decided, year,
		sheet.PutText(t.Period).Checked(sheet.Choice(periodWords()...)),
		sheet.PutDate(t.From),
		sheet.PutDate(t.To),
		sheet.PutText(t.EndNumber),
		sheet.PutDate(t.EndedOn),
		sheet.PutText(basis).Checked(basisChoice()),
		sheet.PutText(t.Source),
		sheet.PutBlank(),
		sheet.PutText(t.Note),
	}
	for i := 3; i < len(row); i++ {
		row[i] = row[i].Input()
	}
	return row
}

// asOf is a place as it was on a day, or else as it was first or last.
func asOf(places *place.Register, id string, on day.Day) place.Unit {
	for _, u := range places.Versions(id) {
		if on <= u.To {
			return u
		}
	}
	u, _ := places.Latest(id)
	return u
}

// codeFor is the code of the place, or its id where the row's own day would make
// the code another place.
func codeFor(places *place.Register, t *Title, u place.Unit) string {
	if t.Level == "" {
		return u.Code
	}
	on := t.recognisedOn()
	if on == day.None {
		if len(places.Bearers(u.Code)) > 1 {
			return u.ID
		}
		return u.Code
	}
	if v, ok := places.At(max(on, places.First())).ByCode(u.Code); !ok || v.ID != u.ID {
		return u.ID
	}
	return u.Code
}

// districtOf is the name of the district of a commune, "" where there is none.
func districtOf(places *place.Register, u place.Unit) string {
	if d, ok := places.Latest(u.ParentID); ok && d.Level == place.District {
		return d.Name
	}
	return ""
}

func levelChoice() sheet.Check { return sheet.Choice(levelNames()...) }

func basisChoice() sheet.Check { return sheet.Choice(basisWords()...) }

func width(column string) float64 {
	switch column {
	case colCode, colYear:
		return 10
	case colName, colDistrict, colNumber:
		return 18
	case colSource, colNote:
		return 40
	}
	return 15
}

// helpOf is the note beside a header.
func helpOf(column string) string {
	switch column {
	case colCode:
		return "Mã tại ngày công nhận; mã là chữ, giữ số 0 ở đầu"
	case colDecided:
		return "Ngày của quyết định công nhận, như 14/08/2024; chỉ biết năm thì ghi ở cột năm công nhận"
	case colPeriod:
		return "Giai đoạn của bộ tiêu chí dùng để công nhận; để trống thì lấy theo năm công nhận"
	case colFrom:
		return "Để trống thì lấy ngày quyết định; chỉ biết năm thì lấy ngày cuối năm"
	case colTo:
		return "Chỉ ghi khi có quyết định thu hồi hoặc kết thúc"
	case colBasis:
		return "Để trống khi có số quyết định; đã đăng ký và đang đề nghị không tính là được công nhận"
	}
	return ""
}
