package roundsweb

import (
	"context"
	"io"
	"slices"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/rounds"
)

// shown is the page of a round.
type shown struct {
	round    round.Round
	progress *rounds.Progress
	manages  bool
	form     *web.Form
	closed   *rounds.Closed
}

// listed is one round in the list.
type listed struct {
	round    round.Round
	progress *rounds.Progress
}

// list shows the rounds with how far each open one is.
func (h *Pages) list(p *web.Page) error {
	var all []round.Round
	err := h.opt.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		all, err = h.opt.Rounds.Rounds(p.Context(), tx)
		return err
	})
	if err != nil {
		return err
	}
	sight := h.sight(p)
	var rows []listed
	for i := range all {
		row := listed{round: all[i]}
		if row.progress, err = h.opt.Reader.Progress(p.Context(), &all[i], p.Today(), sight); err != nil {
			return err
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b listed) int {
		switch {
		case a.round.Closed == b.round.Closed:
			return 0
		case b.round.Closed:
			return -1
		}
		return 1
	})
	return p.Render(listPage(p.Shell("Đợt rà soát"), rows, h.manages(p)))
}

// load reads a round with how far it is.
func (h *Pages) load(p *web.Page) (*shown, error) {
	x, err := h.read(p)
	if err != nil {
		return nil, err
	}
	v := &shown{round: x, manages: h.manages(p), form: web.NewForm()}
	v.progress, err = h.opt.Reader.Progress(p.Context(), &x, p.Today(), h.sight(p))
	return v, err
}

// show shows a round.
func (h *Pages) show(p *web.Page) error {
	v, err := h.load(p)
	if err != nil {
		return err
	}
	return p.Render(roundPage(p.Shell(v.round.Name), v))
}

// workbook gives every missing cell as .xlsx.
func (h *Pages) workbook(p *web.Page) error {
	v, err := h.load(p)
	if err != nil {
		return err
	}
	return p.Download("chua-co-so-lieu-"+v.round.Period.String()+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		func(w io.Writer) error { return v.progress.MissingXLSX(w, &v.round, p.Shell("").Demo != nil) })
}

// text gives every missing cell as .csv.
func (h *Pages) text(p *web.Page) error {
	v, err := h.load(p)
	if err != nil {
		return err
	}
	return p.Download("chua-co-so-lieu-"+v.round.Period.String()+".csv", "text/csv; charset=utf-8", v.progress.MissingCSV)
}

// corrections shows what was changed after a round was closed.
func (h *Pages) corrections(p *web.Page) error {
	x, err := h.read(p)
	if err != nil {
		return err
	}
	if !x.Closed {
		return p.Redirect("/dot-ra-soat/" + x.ID)
	}
	v := &shown{round: x}
	err = h.opt.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		v.closed, err = rounds.ReadClosed(p.Context(), tx, h.opt.Rounds, &rounds.View{
			Round: x, Law: h.opt.Law, Places: h.opt.Places, Sight: h.sight(p),
		})
		return err
	})
	if err != nil {
		return err
	}
	return p.Render(closedPage(p.Shell("Điều chỉnh sau chốt"), v))
}

// askDeadlines shows the days of a round, to be changed.
func (h *Pages) askDeadlines(p *web.Page) error {
	x, err := h.read(p)
	if err != nil {
		return err
	}
	v := &shown{round: x, form: web.NewForm("han-gui", dayText(x.SendBy), "han-tham-tra", dayText(x.VerifyBy), "han-xac-nhan", dayText(x.ConfirmBy))}
	return p.Render(deadlinePage(p.Shell("Đổi hạn"), v))
}

// deadlines gives a round other days.
func (h *Pages) deadlines(p *web.Page) error {
	x, err := h.read(p)
	if err != nil {
		return err
	}
	f := p.Form()
	cmd := &round.Deadlines{ID: x.ID, SendBy: dayOf(f, "han-gui"), VerifyBy: dayOf(f, "han-tham-tra"), ConfirmBy: dayOf(f, "han-xac-nhan"), Note: f.Value("ghi-chu")}
	if cmd.Note == "" {
		f.Fail("ghi-chu", "Ghi vì sao đổi hạn, kèm số văn bản nếu có")
	}
	if len([]rune(cmd.Note)) > 1000 {
		f.Fail("ghi-chu", "Ghi chú không quá 1.000 chữ")
	}
	if f.OK() {
		err = h.write(p, cmd, func(ctx context.Context, tx *db.Tx, who authz.Subject) error {
			return h.opt.Rounds.Change(ctx, tx, who, cmd)
		})
	}
	if err = f.FailWith(err); err != nil {
		return err
	}
	if !f.OK() {
		return p.Invalid(deadlinePage(p.Shell("Đổi hạn"), &shown{round: x, form: f}))
	}
	return p.Redirect("/dot-ra-soat/" + x.ID)
}

// askClose says what is not sent before a round is closed.
func (h *Pages) askClose(p *web.Page) error {
	v, err := h.load(p)
	if err != nil {
		return err
	}
	if v.round.Closed {
		return p.Redirect("/dot-ra-soat/" + v.round.ID)
	}
	return p.Render(closePage(p.Shell("Chốt số liệu"), v))
}

// close closes a round.
func (h *Pages) close(p *web.Page) error {
	v, err := h.load(p)
	if err != nil {
		return err
	}
	f := p.Form()
	cmd := &round.Close{ID: v.round.ID, Note: f.Value("ghi-chu")}
	if f.Value("dong-y") == "" {
		f.Fail("dong-y", "Đánh dấu xác nhận trước khi chốt số liệu")
	}
	if len([]rune(cmd.Note)) > 1000 {
		f.Fail("ghi-chu", "Ghi chú không quá 1.000 chữ")
	}
	if f.OK() {
		err = h.write(p, cmd, func(ctx context.Context, tx *db.Tx, who authz.Subject) error {
			return h.opt.Rounds.Close(ctx, tx, who, cmd)
		})
	}
	if err = f.FailWith(err); err != nil {
		return err
	}
	if !f.OK() {
		v.form = f
		return p.Invalid(closePage(p.Shell("Chốt số liệu"), v))
	}
	return p.Redirect("/dot-ra-soat/" + v.round.ID + "/dieu-chinh")
}
