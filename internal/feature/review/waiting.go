package review

import "giuchuan/internal/platform/sheet"

// Waiting is a commune that waits for a decision: it was made of communes with
// titles and holds none of its own.
type Waiting struct {
	Code string `json:"code"`
	Name string `json:"name"`
	From string `json:"from"` // the communes it was made of, with their titles
}

// waitingWord is the situation of such a commune.
const waitingWord = "Chờ quyết định"

// csvRow is the commune's row among those of [WriteCSV].
func (x Waiting) csvRow() []sheet.Value {
	row := make([]sheet.Value, len(exportColumns))
	for i := range row {
		row[i] = sheet.PutBlank()
	}
	row[0], row[1], row[2] = sheet.PutCode(x.Code), sheet.PutText(x.Name), sheet.PutText(waitingWord)
	row[len(row)-1] = sheet.PutText("từ: " + x.From)
	return row
}

// waitingSheet lists the communes that wait for a decision.
func waitingSheet(book *sheet.BookWriter, list []Waiting) error {
	if len(list) == 0 {
		return nil
	}
	s, err := book.Sheet(sheet.Layout{
		Name: waitingWord, Titles: []string{"Xã chờ quyết định sau sắp xếp đơn vị hành chính; chương trình không tự tính mức công nhận"},
		Columns: []sheet.Heading{{Text: "Mã xã", Width: 8, Code: true}, {Text: "Xã", Width: 18}, {Text: "Từ các xã", Width: 80}},
	})
	if err != nil {
		return err
	}
	for _, x := range list {
		if err := s.Row(sheet.PutCode(x.Code), sheet.PutText(x.Name), sheet.PutText(x.From)); err != nil {
			return err
		}
	}
	return nil
}
