package task

import (
	"io"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/sheet"
)

// banner heads every page of a workbook with invented data.
const banner = "SỐ LIỆU MINH HỌA – không phản ánh tình hình thực tế của xã"

// bannerOf is the warning over some tasks, "" where none is invented.
func bannerOf(list []*Entry) string {
	for _, e := range list {
		if e.Given != nil && e.Given.Illustrated {
			return banner
		}
	}
	return ""
}

// WriteTracking writes the register by which the handling of incoming documents
// is followed: the seven columns of Nghị định 30/2020/NĐ-CP, Phụ lục IV.
func (b *Book) WriteTracking(w io.Writer, list []*Entry) error {
	book := sheet.NewBook(sheet.Properties{Title: "Sổ theo dõi giải quyết văn bản đến"})
	defer book.Close()
	s, err := book.Sheet(sheet.Layout{
		Name: "Sổ theo dõi", Banner: bannerOf(list), Titles: []string{"SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN", "Tính đến ngày " + b.Today.Vietnamese()},
		Columns: []sheet.Heading{
			{Text: "Số đến", Width: 8, Code: true},
			{Text: "Tên loại, số và ký hiệu, ngày tháng, cơ quan ban hành", Width: 34},
			{Text: "Đơn vị hoặc người nhận", Width: 28},
			{Text: "Thời hạn giải quyết", Width: 14},
			{Text: "Tiến độ giải quyết", Width: 26},
			{Text: "Số, ký hiệu văn bản trả lời", Width: 24},
			{Text: "Ghi chú", Width: 46},
		},
	})
	if err != nil {
		return err
	}
	for _, e := range list {
		if err := s.Row(b.trackingRow(e)...); err != nil {
			return err
		}
	}
	_, err = book.WriteTo(w)
	return err
}

func (b *Book) trackingRow(e *Entry) []sheet.Value {
	document, receiver := "", b.service.Name(e.Agency, b.Today)
	if e.Given != nil {
		document = e.Given.Label()
		if e.Given.Issuer != "" {
			document += ", " + e.Given.Issuer
		}
	}
	if to := e.AssignedTo(); to != "" {
		receiver += " (" + to + ")"
	}
	progress := e.Words()
	if e.Of > 0 {
		progress += "; đã xong " + itoa(e.Reached) + "/" + itoa(e.Of)
	}
	return []sheet.Value{
		sheet.PutCode(""), sheet.PutText(document), sheet.PutText(receiver), sheet.PutText(dueText(&e.Task)), sheet.PutText(progress),
		sheet.PutText(strings.Join(replies(&e.Task), "; ")), sheet.PutText("Mục " + e.Ref + ": " + e.Text),
	}
}

// dueText is the time of a task as a register says it.
func dueText(t *Task) string {
	switch {
	case t.Due != day.None && t.Due != t.FirstDue && t.FirstDue != day.None:
		return t.Due.Vietnamese() + " (gia hạn từ " + t.FirstDue.Vietnamese() + ")"
	case t.Due != day.None:
		return t.Due.Vietnamese()
	case t.Continuous():
		return "thường xuyên"
	case t.Phrase != "":
		return t.Phrase
	}
	return "không ghi thời hạn"
}

// replies are the documents by which a task was answered last.
func replies(t *Task) (out []string) {
	if a := t.Last(Reported); a != nil {
		for _, p := range a.Proof {
			if p.Kind == "document" && p.Ref != "" {
				out = append(out, p.Ref)
			}
		}
	}
	return out
}

// WriteTotals writes the totals by body, by document and by item, whose sums
// reconcile.
func (b *Book) WriteTotals(w io.Writer, list []*Entry, then bool) error {
	book := sheet.NewBook(sheet.Properties{Title: "Tổng hợp tình hình thực hiện nhiệm vụ"})
	defer book.Close()
	body := func(e *Entry) string {
		if then {
			return b.service.Name(e.First, e.DocumentDay(b.Today))
		}
		return b.service.Name(e.Agency, b.Today)
	}
	document := func(e *Entry) string {
		if e.Given == nil {
			return ""
		}
		return e.Given.Label()
	}
	for _, part := range []struct {
		name, head string
		key, label func(*Entry) string // documents without a number may be called alike
	}{
		{"Theo đơn vị", "Đơn vị", body, body},
		{"Theo văn bản", "Văn bản", func(e *Entry) string { return e.Document }, document},
		{"Theo mục", "Mục của văn bản", func(e *Entry) string { return e.Document + "\n" + e.Group }, func(e *Entry) string { return document(e) + ", mục " + e.Group }},
	} {
		titles := []string{"TỔNG HỢP TÌNH HÌNH THỰC HIỆN NHIỆM VỤ", "Tính đến ngày " + b.Today.Vietnamese()}
		if then {
			titles = append(titles, "Theo đơn vị được giao ban đầu")
		}
		s, err := book.Sheet(sheet.Layout{Name: part.name, Banner: bannerOf(list), Titles: titles, Columns: totalColumns(part.head), Freeze: 1})
		if err != nil {
			return err
		}
		for _, x := range Bundles(list, part.key) {
			if err := s.Row(totalRow(part.label(x.Tasks[0]), &x.Totals)...); err != nil {
				return err
			}
		}
		all := Tally(list)
		sum := totalRow("Tổng", &all)
		for i := range sum {
			sum[i] = sum[i].Bold()
		}
		if err := s.Row(sum...); err != nil {
			return err
		}
	}
	_, err := book.WriteTo(w)
	return err
}

// DocumentDay is the day of the task's document, else another.
func (e *Entry) DocumentDay(other day.Day) day.Day {
	if e.Given != nil && e.Given.Day != day.None {
		return e.Given.Day
	}
	return other
}

func totalColumns(head string) []sheet.Heading {
	out := []sheet.Heading{{Text: head, Width: 40}}
	for _, name := range []string{
		"Tổng số", "Có thời hạn", "Hoàn thành đúng hạn", "Hoàn thành quá hạn", "Đang thực hiện, trong hạn", "Quá hạn, chưa hoàn thành",
		"Không có thời hạn", "Không có thời hạn, đã hoàn thành", "Thường xuyên", "Đã rút", "Trong đó chờ xác nhận", "Tỷ lệ đúng hạn, %",
	} {
		out = append(out, sheet.Heading{Text: name, Width: 12})
	}
	return out
}

func totalRow(name string, c *Totals) []sheet.Value {
	out := []sheet.Value{sheet.PutText(name)}
	for _, n := range []int{c.All, c.Dated(), c.OnTime, c.Late, c.InTime, c.Overdue, c.Undated, c.Done, c.Continuous, c.Retired, c.Waiting} {
		out = append(out, sheet.PutInt(int64(n)))
	}
	if c.Rate() < 0 {
		return append(out, sheet.PutText("–"))
	}
	return append(out, sheet.PutNumber(itoa(c.Rate()/10)+"."+itoa(c.Rate()%10)))
}
