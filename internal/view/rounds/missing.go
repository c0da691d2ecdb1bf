package rounds

import (
	"io"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/platform/sheet"
)

func missingColumns() []sheet.Heading {
	return []sheet.Heading{
		{Text: "Huyện", Width: 18},
		{Text: "Mã xã", Width: 8, Code: true},
		{Text: "Xã", Width: 16},
		{Text: "Bộ tiêu chí", Width: 14},
		{Text: "Tiêu chí", Width: 8, Code: true},
		{Text: "Chỉ tiêu", Width: 8, Code: true},
		{Text: "Tên chỉ tiêu", Width: 48},
		{Text: "Vì sao cần", Width: 22},
		{Text: "Cơ quan cung cấp", Width: 24},
	}
}

// eachMissing gives one row for every cell that is still missing.
func (p *Progress) eachMissing(row func(...sheet.Value) error) error {
	for i := range p.Districts {
		for j := range p.Districts[i].Communes {
			c := &p.Districts[i].Communes[j]
			for _, m := range c.Missing {
				err := row(
					sheet.PutText(c.District), sheet.PutCode(c.Unit.Code), sheet.PutText(c.Unit.Name), sheet.PutText(m.SetName),
					sheet.PutCode(m.Criterion), sheet.PutCode(m.Code), sheet.PutText(m.Name), sheet.PutText(m.Need.Vietnamese()), sheet.PutText(m.Supplier),
				)
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// MissingXLSX writes every missing cell as a workbook; banner heads it where the
// data are generated.
func (p *Progress) MissingXLSX(w io.Writer, x *round.Round, illustrative bool) error {
	book := sheet.NewBook(sheet.Properties{Title: "Chỉ tiêu chưa có số liệu"})
	defer book.Close()
	banner := ""
	if illustrative {
		banner = review.Banner
	}
	s, err := book.Sheet(sheet.Layout{
		Name: "Chưa có số liệu", Banner: banner, Freeze: 3, Columns: missingColumns(),
		Titles: []string{"Chỉ tiêu chưa có số liệu: " + x.Name, x.Period.Vietnamese() + ", tính đến ngày " + p.Today.Vietnamese()},
	})
	if err != nil {
		return err
	}
	if err := p.eachMissing(s.Row); err != nil {
		return err
	}
	_, err = book.WriteTo(w)
	return err
}

// MissingCSV writes every missing cell as text.
func (p *Progress) MissingCSV(w io.Writer) error {
	out := sheet.NewCSV(w, sheet.CSVStyle{BOM: true})
	var head []sheet.Value
	for _, c := range missingColumns() {
		head = append(head, sheet.PutText(c.Text))
	}
	if err := out.Row(head...); err != nil {
		return err
	}
	if err := p.eachMissing(out.Row); err != nil {
		return err
	}
	return out.Flush()
}
