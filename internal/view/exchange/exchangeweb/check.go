package exchangeweb

import (
	"errors"
	"io"
	"strconv"

	"giuchuan/internal/feature/review/matrix"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/exchange"
)

// checked is the page of a file that was looked through.
type checked struct {
	file    *kept
	report  *exchange.Report
	mapping *matrix.Mapping // of a foreign matrix
	unread  []string        // sheets of the file beside the one that is read
	changed bool            // since the person saw the list
	form    *web.Form
}

// maxListed bounds the lines of one state that the page lists; the list to
// download has all.
const maxListed = 400

// looked is a kept file and what it would do.
func (h *Pages) looked(p *web.Page) (*checked, error) {
	if err := mayEnter(p); err != nil {
		return nil, err
	}
	now, err := h.now(p.Context())
	if err != nil {
		return nil, err
	}
	v := &checked{form: web.NewForm()}
	if v.file, err = h.shelf.get(p.User().ID, p.Path("sum"), now); err != nil {
		return nil, err
	}
	done, err := h.turn(p.Context())
	if err != nil {
		return nil, err
	}
	defer done()
	f := &exchange.File{Name: v.file.name, Data: v.file.data, SHA256: v.file.sum, Period: v.file.period, Reason: v.file.reason}
	err = h.opt.DB.Read(p.Context(), func(tx *db.Tx) error {
		if v.file.foreign && v.file.mapping != "" {
			m, err := h.opt.Mappings.Get(p.Context(), tx, v.file.mapping)
			if err != nil {
				return err
			}
			if f.Table, v.unread, err = h.fitted(v.file, &m); err != nil {
				return err
			}
			v.mapping = &m
		}
		if v.file.foreign && f.Table == nil {
			return nil
		}
		v.report, err = h.opt.Exchange.Check(p.Context(), tx, p.User().Subject, f)
		return err
	})
	return v, err
}

var msgNoFit = fault.Msg{Key: "exchange.no_fit", Text: "cách đọc bảng “{name}” không còn khớp với tệp này; hãy khai báo lại"}

// fitted is the table of a file that a mapping was made for, and the names of
// the sheets beside it.
func (h *Pages) fitted(k *kept, m *matrix.Mapping) (*matrix.Table, []string, error) {
	book, err := sheet.Open(k.name, k.data, sheet.DefaultLimits())
	if err != nil {
		return nil, nil, err
	}
	grids, err := matrix.Grids(book)
	if err != nil {
		return nil, nil, err
	}
	t, ok := matrix.Match(grids, []matrix.Mapping{*m})
	if !ok {
		return nil, nil, fault.New(fault.Conflict, msgNoFit, "name", m.Name)
	}
	var unread []string
	for _, g := range grids {
		if g != t.Grid {
			unread = append(unread, g.Name)
		}
	}
	return t, unread, nil
}

// check shows what a file would do.
func (h *Pages) check(p *web.Page) error {
	v, err := h.looked(p)
	if err != nil {
		return err
	}
	if v.report == nil {
		return p.Redirect(v.file.page())
	}
	v.changed = p.Query("doi") != ""
	return p.Render(checkPage(p.Shell("Kiểm tra tệp"), v))
}

// list gives the whole list of cells as .csv.
func (h *Pages) list(p *web.Page) error {
	v, err := h.looked(p)
	if err != nil {
		return err
	}
	if v.report == nil {
		return p.Redirect(v.file.page())
	}
	return p.Download("kiem-tra-tep.csv", "text/csv; charset=utf-8", func(w io.Writer) error {
		out := sheet.NewCSV(w, sheet.CSVStyle{BOM: true})
		row := func(texts ...string) error {
			values := make([]sheet.Value, len(texts))
			for i, t := range texts {
				values[i] = sheet.PutText(t)
			}
			return out.Row(values...)
		}
		if err := row("Kết quả", "Ô", "Cột", "Xã", "Chỉ tiêu", "Đang có", "Trong tệp", "Lý do", "Cách xử lý"); err != nil {
			return err
		}
		for i := range v.report.Lines {
			l := &v.report.Lines[i]
			if err := row(l.State.Vietnamese(), l.Cell, l.Column, l.Place, l.Code, l.Old, l.New, l.Reason, l.Remedy); err != nil {
				return err
			}
		}
		return out.Flush()
	})
}

// accept records the file as it was looked through: all of it or nothing. When
// what stands has changed since, the list is shown anew.
func (h *Pages) accept(p *web.Page) error {
	v, err := h.looked(p)
	if err != nil {
		return err
	}
	at := "/bang-tinh/tep/" + v.file.sum
	if v.report == nil || !v.report.Writes() || p.Form().Value("ban-kiem-tra") != v.report.Digest {
		return p.Redirect(at + "?doi=1")
	}
	cmd, err := v.report.Many.Command(p.User().ID)
	if err != nil {
		return err
	}
	var count int
	var position int64
	err = h.opt.DB.Write(p.Context(), cmd, func(tx *db.Tx) (err error) {
		position = tx.Position()
		count, err = h.opt.Rounds.SaveMany(p.Context(), tx, p.User().Subject, &v.report.Many)
		return err
	})
	switch {
	case errors.Is(err, round.ErrSame), fault.Is(err, fault.Conflict), fault.Is(err, fault.Forbidden), fault.Is(err, fault.Invalid):
		return p.Redirect(at + "?doi=1") // somebody was quicker: look again
	case err != nil:
		return err
	}
	if h.opt.Wait != nil {
		if err := h.opt.Wait(p.Context(), position); err != nil && !fault.Is(err, fault.Unavailable) {
			return err
		}
	}
	return p.Redirect("/bang-tinh?ky=" + v.file.period.String() + "&da-ghi=" + strconv.Itoa(count))
}
