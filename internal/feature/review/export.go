package review

import (
	"io"
	"strings"

	"giuchuan/internal/law"
	"giuchuan/internal/platform/sheet"
)

var exportColumns = []sheet.Heading{
	{Text: "Mã xã", Width: 7, Code: true},
	{Text: "Xã", Width: 12},
	{Text: "Tình trạng giữ chuẩn", Width: 16, Hidden: true},
	{Text: "Tiêu chí", Width: 8, Code: true, Hidden: true},
	{Text: "Chỉ tiêu", Width: 8, Code: true},
	{Text: "Tên chỉ tiêu", Width: 34},
	{Text: "Kết quả", Width: 10},
	{Text: "Giá trị", Width: 10},
	{Text: "Mức đạt chuẩn", Width: 9},
	{Text: "Đơn vị", Width: 12},
	{Text: "Vì sao", Width: 46},
	{Text: "Kỳ số liệu", Width: 11},
	{Text: "Mức kiểm tra", Width: 13},
	{Text: "Căn cứ", Width: 22},
	{Text: "Đối chiếu văn bản gốc", Width: 12},
	{Text: "Lưu ý", Width: 40, Hidden: true}, // the banner, which heads the sheet and every page
}

// WriteCSV writes one row per indicator of every commune; the banner of
// generated data stands in each row, so that a row cut out still carries it.
func WriteCSV(w io.Writer, all []*Assessment, waiting ...Waiting) error {
	out := sheet.NewCSV(w, sheet.CSVStyle{BOM: true})
	var head []sheet.Value
	for _, c := range exportColumns {
		head = append(head, sheet.PutText(c.Text))
	}
	if err := out.Row(head...); err != nil {
		return err
	}
	for _, a := range all {
		if err := a.eachRow(out.Row); err != nil {
			return err
		}
	}
	for _, x := range waiting {
		if err := out.Row(x.csvRow()...); err != nil {
			return err
		}
	}
	return out.Flush()
}

// WriteXLSX writes, for every assessment, the revocation test of each commune
// on one sheet and the rows of [WriteCSV] on another.
func WriteXLSX(w io.Writer, all []*Assessment, waiting ...Waiting) error {
	book := sheet.NewBook(sheet.Properties{Title: "Tình trạng giữ chuẩn"})
	defer book.Close()
	for i, a := range all {
		suffix := ""
		if len(all) > 1 {
			suffix = " " + itoa(i+1)
		}
		if err := a.standingSheet(book, "Tình trạng giữ chuẩn"+suffix); err != nil {
			return err
		}
		s, err := book.Sheet(sheet.Layout{
			Name: "Chỉ tiêu" + suffix, Banner: a.Banner(), Titles: a.titles(), Columns: exportColumns, Freeze: 2,
		})
		if err != nil {
			return err
		}
		if err := a.eachRow(s.Row); err != nil {
			return err
		}
	}
	if err := waitingSheet(book, waiting); err != nil {
		return err
	}
	_, err := book.WriteTo(w)
	return err
}

func (a *Assessment) titles() []string {
	return append([]string{a.Set.Name, "Đánh giá ngày " + a.On.Vietnamese()}, a.Warnings...)
}

func (a *Assessment) standingSheet(book *sheet.BookWriter, name string) error {
	s, err := book.Sheet(sheet.Layout{Name: name, Banner: a.Banner(), Titles: a.titles(), Freeze: 2, Columns: []sheet.Heading{
		{Text: "Mã xã", Width: 8, Code: true},
		{Text: "Xã", Width: 16},
		{Text: "Tình trạng giữ chuẩn", Width: 26},
		{Text: "Tiêu chí đạt", Width: 9},
		{Text: "Chưa đạt", Width: 18, Code: true},
		{Text: "Chưa đủ số liệu", Width: 20, Code: true},
		{Text: "Xét thu hồi", Width: 48},
	}})
	if err != nil {
		return err
	}
	for _, group := range a.Summarize().Groups {
		for _, i := range group {
			c := &a.Standing.Communes[i]
			err := s.Row(
				sheet.PutCode(a.Units[i].Code), sheet.PutText(a.Units[i].Name), sheet.PutText(SituationOf(c).Vietnamese()),
				sheet.PutText(itoa(c.Counts.Met+c.Counts.NotApplicable)+"/"+itoa(len(c.Criteria))),
				sheet.PutCode(strings.Join(a.Criteria(i, law.Unmet), ", ")), sheet.PutCode(strings.Join(a.Criteria(i, law.Unknown), ", ")),
				sheet.PutText(a.RevocationSentence(i)),
			)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// eachRow gives one row per commune and indicator.
func (a *Assessment) eachRow(row func(...sheet.Value) error) error {
	banner := a.Banner()
	for i := range a.Units {
		situation := SituationOf(&a.Standing.Communes[i]).Vietnamese()
		for slot := range a.Set.Indicators {
			t := a.Explain(i, slot)
			_, verified := a.Standing.Communes[i].Yardstick.Verified(slot)
			err := row(
				sheet.PutCode(a.Units[i].Code), sheet.PutText(a.Units[i].Name), sheet.PutText(situation),
				sheet.PutCode(a.Set.Criteria[a.Set.Indicators[slot].Criterion].Code), sheet.PutCode(t.Code), sheet.PutText(t.Name),
				sheet.PutText(t.Outcome.Verdict.Vietnamese()), put(t.ValueNumber, t.Value), put(t.ThresholdNumber, t.Threshold),
				sheet.PutText(t.Unit), sheet.PutText(t.Sentence()), sheet.PutText(t.Period), sheet.PutText(t.Provenance),
				sheet.PutText(strings.TrimSuffix(t.Instrument+", "+t.Article, ", ")), sheet.PutText(checkedText(verified)), sheet.PutText(banner),
			)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func put(n *law.Number, word string) sheet.Value {
	if n != nil {
		return sheet.PutNumber(n.Decimal())
	}
	return sheet.PutText(word)
}

func checkedText(verified bool) string {
	if verified {
		return "đã đối chiếu"
	}
	return "chưa đối chiếu"
}
