package taskweb

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/platform/web"
)

// fileModel is a list of tasks that comes back, and what it would do.
type fileModel struct {
	*Pages
	book    *task.Book
	name    string
	changes []task.Line
	refused []task.Line
	same    int
	form    *web.Form
	written int
}

var msgMayNot = fault.Msg{Key: "task.may_not_import", Text: "tài khoản này chỉ xem nhiệm vụ, không ghi được từ tệp"}

// mayImport refuses who neither carries nor gives tasks.
func (h *Pages) mayImport(p *web.Page) error {
	if h.directs(p) || authz.Reaches(p.User().Subject, authz.CarryTask) {
		return nil
	}
	return fault.New(fault.Forbidden, msgMayNot)
}

func (h *Pages) askFile(p *web.Page) error {
	if err := h.mayImport(p); err != nil {
		return err
	}
	m := &fileModel{Pages: h, form: web.NewForm()}
	m.written, _ = strconv.Atoi(p.Query("da-ghi")) // 0 = nothing was written
	return p.Render(filePage(p.Shell("Nhập danh sách nhiệm vụ"), m))
}

var msgNoFile = fault.Msg{Key: "task.no_file", Text: "hãy chọn tệp .xlsx đã tải ở mục Danh sách nhiệm vụ"}

// check shows cell by cell what a file would do; nothing is written.
func (h *Pages) check(p *web.Page) error {
	if err := h.mayImport(p); err != nil {
		return err
	}
	m := &fileModel{Pages: h, form: p.Form()}
	rows, err := m.read(p)
	if err == nil {
		err = m.plan(p, rows)
	}
	if err != nil {
		if err := p.Form().FailWith(err); err != nil {
			return err
		}
		return p.Invalid(filePage(p.Shell("Nhập danh sách nhiệm vụ"), m))
	}
	return p.Render(filePage(p.Shell("Kiểm tra danh sách nhiệm vụ"), m))
}

func (m *fileModel) read(p *web.Page) (rows []task.Row, err error) {
	file, head, err := p.File("tep")
	if err != nil {
		return nil, err
	}
	if file == nil {
		return nil, fault.New(fault.Invalid, msgNoFile).At("tep")
	}
	data, err := io.ReadAll(io.LimitReader(file, maxFile))
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return nil, fmt.Errorf("read the uploaded file: %w", err)
	}
	m.name = fault.Clip(head.Filename)
	book, err := sheet.Open(m.name, data, sheet.DefaultLimits())
	if err == nil {
		rows, err = task.ReadList(book)
	}
	if err != nil {
		return nil, atFile(err)
	}
	return rows, nil
}

// atFile puts what is wrong with a file at its field.
func atFile(err error) error {
	var out []*fault.Error
	for _, f := range fault.Rows(err) {
		text := *f
		text.Code = fault.Invalid
		out = append(out, text.At("tep"))
	}
	if len(out) == 0 {
		return err
	}
	return fault.Join(out...)
}

func (m *fileModel) plan(p *web.Page, rows []task.Row) (err error) {
	if m.book, err = m.Pages.book(p); err != nil {
		return err
	}
	for _, l := range m.o.Tasks.Plan(m.book, p.User().Subject, rows) {
		switch {
		case l.Reason != "":
			m.refused = append(m.refused, l)
		case len(l.Does) > 0:
			m.changes = append(m.changes, l)
		default:
			m.same++
		}
	}
	return nil
}

// packed is a row as the form carries it to the second step.
func packed(l *task.Line) string {
	b, err := json.Marshal(l.Row)
	if err != nil {
		return ""
	}
	return string(b)
}

var msgBadForm = fault.Msg{Key: "task.bad_rows", Text: "danh sách gửi lên không đọc được; hãy chọn lại tệp"}

// accept writes the changes that were shown: all of them or none. When a task
// has changed since, what stands now is shown anew.
func (h *Pages) accept(p *web.Page) error {
	if err := h.mayImport(p); err != nil {
		return err
	}
	c := &task.Import{File: fault.Clip(p.Form().Value("ten-tep"))}
	m := &fileModel{Pages: h, form: p.Form(), name: c.File}
	for _, text := range p.Form().All("dong") {
		var r task.Row
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			p.Form().Fail("tep", capital(fault.New(fault.Invalid, msgBadForm).Vietnamese()))
			return p.Invalid(filePage(p.Shell("Nhập danh sách nhiệm vụ"), m))
		}
		c.Rows = append(c.Rows, r)
	}
	written := 0
	err := h.write(p, c, func(ctx context.Context, tx *db.Tx, who authz.Subject) (err error) {
		written, err = h.o.Tasks.Import(ctx, tx, who, c)
		return err
	})
	if err == nil {
		return p.Redirect("/nhiem-vu/nhap?da-ghi=" + strconv.Itoa(written))
	}
	if err := p.Form().FailWith(err); err != nil {
		return err
	}
	if err := m.plan(p, c.Rows); err != nil {
		return err
	}
	return p.Invalid(filePage(p.Shell("Nhập danh sách nhiệm vụ"), m))
}
