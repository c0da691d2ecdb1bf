package directive

import (
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/sheet"
)

// Workbook is the register as an .xlsx file. A day that is not known is printed
// as the document prints it, with points.
func Workbook(rows []Row, banner string) ([]byte, error) {
	book := sheet.NewBook(sheet.Properties{Title: "Sổ văn bản chỉ đạo"})
	page, err := book.Sheet(sheet.Layout{
		Name: "Văn bản chỉ đạo", Banner: banner, Titles: []string{"SỔ VĂN BẢN CHỈ ĐẠO"},
		Columns: []sheet.Heading{
			{Text: "TT", Width: 5},
			{Text: "Số, ký hiệu", Width: 22},
			{Text: "Ngày văn bản", Width: 28},
			{Text: "Loại", Width: 14},
			{Text: "Cơ quan ban hành", Width: 26},
			{Text: "Trích yếu", Width: 70},
			{Text: "Ngày họp", Width: 12},
			{Text: "Tình trạng", Width: 24},
			{Text: "Số nhiệm vụ", Width: 10},
			{Text: "Có thời hạn ngày", Width: 10},
			{Text: "Mã", Width: 28, Note: "Mã của văn bản trong sổ, không đổi"},
		},
	})
	if err != nil {
		return nil, err
	}
	for i := range rows {
		d := &rows[i]
		met := sheet.PutBlank()
		if d.Meeting.On != day.None {
			met = sheet.PutDate(d.Meeting.On)
		}
		err := page.Row(sheet.PutInt(int64(i+1)), sheet.PutText(d.Label()), sheet.PutText(d.DayLine()), sheet.PutText(KindWords(d.Kind)),
			sheet.PutText(d.Issuer), sheet.PutText(d.Title), met, sheet.PutText(d.State.Vietnamese()),
			sheet.PutInt(int64(d.Duties)), sheet.PutInt(int64(d.Dated)), sheet.PutText(d.ID))
		if err != nil {
			return nil, err
		}
	}
	data, err := book.Bytes()
	if err != nil {
		return nil, err
	}
	return data, book.Close()
}
