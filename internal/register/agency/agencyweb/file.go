package agencyweb

import (
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"strings"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
)

const (
	xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	mostFile = 2 << 20 // bytes of a table of assignments
)

func (h *Pages) table(p *web.Page) (list []agency.Assignment, err error) {
	if err := h.needAssign(p); err != nil {
		return nil, err
	}
	err = h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		list, err = h.o.Assigned.List(p.Context(), tx)
		return err
	})
	return agency.Sorted(list), err
}

func (h *Pages) workbook(p *web.Page) error {
	list, err := h.table(p)
	if err != nil {
		return err
	}
	return p.Download("bang-phan-cong.xlsx", xlsxType, func(w io.Writer) error {
		data, err := h.o.Assigned.Workbook(list, "")
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	})
}

func (h *Pages) text(p *web.Page) error {
	list, err := h.table(p)
	if err != nil {
		return err
	}
	return p.Download("bang-phan-cong.csv", "text/csv; charset=utf-8", func(w io.Writer) error {
		return h.o.Assigned.Text(sheet.NewCSV(w, sheet.CSVStyle{BOM: true}), list)
	})
}

// uploadModel is a file and what it would do.
type uploadModel struct {
	form    *web.Form
	name    string
	data    string // the file, base64, kept in the page until it is accepted
	changes []agency.Change
	faults  []string
	lines   []string
	same    int
}

var msgNoFile = fault.Msg{Key: "agency.no_file", Text: "hãy chọn tệp .xlsx hoặc .csv"}

func (h *Pages) showUpload(p *web.Page) error {
	if err := h.needAssign(p); err != nil {
		return err
	}
	return p.Render(uploadPage(p.Shell("Nhập bảng phân công"), uploadModel{form: p.Form()}))
}

// upload reads a file, says what it would do, and records it once the person
// accepts; everything is read and checked again then.
func (h *Pages) upload(p *web.Page) error {
	if err := h.needAssign(p); err != nil {
		return err
	}
	m := uploadModel{form: p.Form()}
	list, err := h.uploaded(p, &m)
	if err == nil {
		c := agency.Assign{Assignments: list}
		accept := m.form.Has("nhan", "1")
		if accept {
			cmd := agency.Import{File: m.name, Assignments: list}
			err = h.write(p, cmd.Command, h.assigns(p.Today()), func(tx *db.Tx) error {
				_, err := h.o.Assigned.Assign(p.Context(), tx, c)
				return err
			})
		} else {
			err = h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
				m.changes, err = h.o.Assigned.Preview(p.Context(), tx, c)
				return err
			})
		}
		if err == nil && accept {
			return p.Redirect("/phan-cong?xong=1")
		}
	}
	status := http.StatusOK
	if err != nil {
		rows := fault.Rows(err)
		if len(rows) == 0 || fault.CodeOf(err) == fault.Internal || fault.CodeOf(err) == fault.Unavailable {
			return err
		}
		for _, r := range rows {
			if r.Field == "tep" {
				r = r.At("")
			}
			m.faults = append(m.faults, r.Vietnamese())
		}
		m.form.Fail("tep", "Tệp có lỗi, không nhập dòng nào")
		status = http.StatusUnprocessableEntity
	}
	h.describe(&m)
	return p.RenderStatus(status, uploadPage(p.Shell("Nhập bảng phân công"), m))
}

// uploaded reads the file that was chosen, or the one that waits in the page.
func (h *Pages) uploaded(p *web.Page, m *uploadModel) ([]agency.Assignment, error) {
	file, head, err := p.File("tep")
	if err != nil {
		return nil, err
	}
	var data []byte
	switch {
	case file != nil:
		m.name = fault.Clip(strings.ToValidUTF8(head.Filename, ""))
		data, err = io.ReadAll(io.LimitReader(file, mostFile+1))
		err = errors.Join(err, file.Close())
	default:
		m.name = fault.Clip(m.form.Value("ten-tep"))
		data, err = base64.StdEncoding.DecodeString(m.form.Value("noi-dung"))
		if err != nil || len(data) == 0 {
			return nil, fault.New(fault.Invalid, msgNoFile).At("tep")
		}
	}
	if err != nil {
		return nil, err
	}
	if len(data) > mostFile {
		return nil, web.TooBig(mostFile)
	}
	book, err := sheet.Open(m.name, data, sheet.DefaultLimits())
	if err != nil {
		return nil, err
	}
	list, faults := h.o.Assigned.Read(book)
	if len(faults) > 0 {
		return nil, fault.Join(faults...)
	}
	m.data = base64.StdEncoding.EncodeToString(data)
	return list, nil
}

// describe puts the changes into words.
func (h *Pages) describe(m *uploadModel) {
	for i := range m.changes {
		a := &m.changes[i].After
		if m.changes[i].Effect == agency.Unchanged {
			m.same++
			continue
		}
		body, _ := h.o.Assigned.Agencies().Latest(a.Agency)
		what := a.Code + " " + h.o.Assigned.Subject(a)
		if a.Duty == agency.Follows {
			what = h.o.Assigned.Subject(a) + ", " + a.Office
		}
		m.lines = append(m.lines, m.changes[i].Effect.Vietnamese()+": "+what+": "+body.Name+" "+a.Duty.Vietnamese()+" từ "+
			a.From.Vietnamese()+", "+until(a.Until))
	}
}
