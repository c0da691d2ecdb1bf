package task

import (
	"context"
	"io"
	"strconv"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
)

// The columns of the list of tasks that goes out and comes back.
const (
	colID     = "Mã nhiệm vụ"
	colDue    = "Thời hạn"
	colStatus = "Tình trạng"
	colDone   = "Ngày hoàn thành"
	colWho    = "Người thực hiện"
	colNote   = "Ghi chú"
	colSeen   = "Phiên bản"
)

// WriteList writes tasks with their standing, to be filled in and taken back by
// [ReadList].
func (b *Book) WriteList(w io.Writer, list []*Entry) error {
	book := sheet.NewBook(sheet.Properties{Title: "Danh sách nhiệm vụ"})
	defer book.Close()
	s, err := book.Sheet(sheet.Layout{
		Name: "Nhiệm vụ", Banner: bannerOf(list), Freeze: 1,
		Titles: []string{
			"DANH SÁCH NHIỆM VỤ", "Tính đến ngày " + b.Today.Vietnamese(),
			"Sửa được các ô nền vàng. Tình trạng nhận: hoàn thành, chờ xác nhận, trả lại, đã rút; các tình trạng khác do hệ thống tính. Giữ nguyên mã và phiên bản.",
		},
		Columns: listColumns(),
	})
	if err != nil {
		return err
	}
	for _, e := range list {
		if err := s.Row(b.listRow(e)...); err != nil {
			return err
		}
	}
	_, err = book.WriteTo(w)
	return err
}

// WriteListCSV writes the same as text, for programs.
func (b *Book) WriteListCSV(w io.Writer, list []*Entry) error {
	out := sheet.NewCSV(w, sheet.CSVStyle{})
	var head []sheet.Value
	for _, c := range listColumns() {
		head = append(head, sheet.PutText(c.Text))
	}
	if err := out.Row(head...); err != nil {
		return err
	}
	for _, e := range list {
		if err := out.Row(b.listRow(e)...); err != nil {
			return err
		}
	}
	return out.Flush()
}

func listColumns() []sheet.Heading {
	return []sheet.Heading{
		{Text: colID, Width: 14, Code: true},
		{Text: "Văn bản", Width: 22},
		{Text: "Mục", Width: 7, Code: true},
		{Text: "Nhiệm vụ", Width: 44},
		{Text: "Đơn vị", Width: 22},
		{Text: colDue, Width: 12},
		{Text: colStatus, Width: 22},
		{Text: colDone, Width: 12},
		{Text: colWho, Width: 20},
		{Text: colNote, Width: 24},
		{Text: colSeen, Width: 9, Code: true},
	}
}

func (b *Book) listRow(e *Entry) []sheet.Value {
	document := ""
	if e.Given != nil {
		document = e.Given.Brief()
	}
	return []sheet.Value{
		sheet.PutCode(e.ID), sheet.PutText(document), sheet.PutCode(e.Ref), sheet.PutText(e.Text), sheet.PutText(b.service.Name(e.Agency, b.Today)),
		putDay(e.Task.Due), sheet.PutText(e.Status.Vietnamese()).Input(), putDay(e.Standing.Done), sheet.PutText(e.AssignedTo()).Input(),
		sheet.PutText("").Input(), sheet.PutCode(strconv.FormatInt(e.Task.Entry, 10)),
	}
}

func putDay(d day.Day) sheet.Value {
	if d == day.None || d == day.Forever {
		return sheet.PutText("").Input()
	}
	return sheet.PutDate(d).Input()
}

// Row is one task as a file says it.
type Row struct {
	ID     string  `json:"id"`
	Seen   int64   `json:"seen"`
	Due    day.Day `json:"due"`
	Status string  `json:"status"`
	Done   day.Day `json:"done"`
	Who    string  `json:"who"`
	Note   string  `json:"note"`
	Cell   string  `json:"cell"` // where the status stands: "Nhiệm vụ!G7"
	Fault  string  `json:"-"`    // why the row cannot be read
}

// mostRows bounds what one file may change.
const mostRows = 20000

var (
	msgRows    = fault.Msg{Key: "task.rows", Text: "tệp có hơn {most} dòng; hãy chia thành nhiều tệp"}
	msgCellDay = fault.Msg{Key: "task.cell_day", Text: "không đọc được ngày; viết như 27/09/2024"}
)

// ReadList reads the tasks of a file that [Book.WriteList] wrote.
func ReadList(book *sheet.Book) ([]Row, error) {
	table, err := book.Table(
		sheet.Column{Name: colID}, sheet.Column{Name: colDue, Optional: true}, sheet.Column{Name: colStatus},
		sheet.Column{Name: colDone, Optional: true}, sheet.Column{Name: colWho, Optional: true},
		sheet.Column{Name: colNote, Optional: true}, sheet.Column{Name: colSeen},
	)
	if err != nil {
		return nil, err
	}
	var out []Row
	for rec, err := range table.Records() {
		if err != nil {
			return nil, err
		}
		if len(out) == mostRows {
			return nil, fault.New(fault.TooLarge, msgRows, "most", itoa(mostRows))
		}
		out = append(out, readRow(rec))
	}
	return out, nil
}

func readRow(rec sheet.Record) Row {
	r := Row{
		ID: strings.TrimSpace(rec.Cell(colID).Text), Status: strings.TrimSpace(rec.Cell(colStatus).Text), Who: strings.TrimSpace(rec.Cell(colWho).Text),
		Note: strings.TrimSpace(rec.Cell(colNote).Text), Cell: rec.Cell(colStatus).Address(), Due: day.None, Done: day.None,
	}
	r.Seen, _ = strconv.ParseInt(strings.TrimSpace(rec.Cell(colSeen).Text), 10, 64) // 0 = another version than any
	var bad []*fault.Error
	if rec.Fault != nil {
		bad = append(bad, rec.Fault)
	}
	for _, name := range []string{colID, colDue, colStatus, colDone, colWho, colNote, colSeen} {
		if f := rec.Cell(name).Refuse(); f != nil {
			bad = append(bad, f)
		}
	}
	for name, into := range map[string]*day.Day{colDue: &r.Due, colDone: &r.Done} {
		c := rec.Cell(name)
		switch {
		case c.Blank():
		case c.Kind == sheet.Date && c.Day != day.None:
			*into = c.Day
		default:
			d, err := day.Parse(c.Text)
			if err != nil {
				bad = append(bad, c.Fault(msgCellDay))
			}
			*into = d
		}
	}
	if err := fault.Join(bad...); err != nil {
		r.Fault = fault.Text(err)
	}
	return r
}

// Import is the command that takes the tasks of a file over.
type Import struct {
	File string `json:"file"`
	Rows []Row  `json:"-"`
}

// Command is the journal's entry for the command.
func (c *Import) Command(actor string) (db.Command, error) {
	return command(actor, "task.import", "", c)
}

var (
	msgBadList = fault.Msg{Key: "task.bad_list", Text: "tệp còn dòng không ghi được; hãy kiểm tra lại tệp"}
	msgNothing = fault.Msg{Key: "task.nothing", Text: "tệp không có thay đổi nào để ghi"}
)

// Import records what the rows of a file change: all of it or nothing.
func (s *Service) Import(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *Import) (int, error) {
	b, err := s.Book(ctx, tx, who)
	if err != nil {
		return 0, err
	}
	written := 0
	for _, l := range s.Plan(b, who, cmd.Rows) {
		if l.Reason != "" {
			return 0, fault.New(fault.Conflict, msgBadList)
		}
		if len(l.acts) == 0 {
			continue
		}
		t := l.Entry.Task
		for i := range l.acts {
			if err := s.record(ctx, tx, &t, &l.acts[i], i); err != nil {
				return 0, err
			}
		}
		written++
	}
	if written == 0 {
		return 0, fault.New(fault.Conflict, msgNothing)
	}
	return written, nil
}
