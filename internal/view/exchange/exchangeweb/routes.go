package exchangeweb

import (
	"context"
	"io"
	"time"

	"giuchuan/internal/feature/review/matrix"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/exchange"
)

// Rounds records what a file brings; review/round has it.
type Rounds interface {
	SaveMany(ctx context.Context, tx *db.Tx, who authz.Subject, cmd *round.Many) (int, error)
}

// Options are what the pages are made of.
type Options struct {
	DB       *db.DB
	Exchange *exchange.Exchange
	Rounds   Rounds
	Mappings *matrix.Service
	// Wait returns when the reading pages know a journal position; nil = at once.
	Wait func(ctx context.Context, position int64) error
}

// Pages answer the addresses of Routes.
type Pages struct {
	opt   Options
	shelf *shelf
	slots chan struct{} // of files that are read at this moment
}

// atOnce is how many files are read at once: each may need the memory that
// [sheet.DefaultLimits] allows.
const atOnce = 2

// New makes the pages.
func New(o Options) *Pages { return &Pages{o, &shelf{}, make(chan struct{}, atOnce)} }

var msgBusy = fault.Msg{Key: "exchange.busy", Text: "máy chủ đang đọc nhiều tệp cùng lúc; hãy đợi một phút rồi làm lại"}

// turn waits until a file may be read; call what it gives when it was.
func (h *Pages) turn(ctx context.Context) (done func(), err error) {
	select {
	case h.slots <- struct{}{}:
		return func() { <-h.slots }, nil
	case <-ctx.Done():
		return nil, fault.New(fault.Unavailable, msgBusy).Wrap(context.Cause(ctx))
	}
}

// Routes is the pages' part of the table of routes. Bringing a file in asks, in
// the handler, for leave to enter figures, and the rules of rounds ask for each.
func (h *Pages) Routes() []web.Route {
	file := sheet.DefaultLimits().File + 1<<20
	return []web.Route{
		{Method: "GET", Pattern: "/bang-tinh", Handler: h.show, Action: authz.Export},
		{Method: "GET", Pattern: "/bang-tinh/phieu.xlsx", Handler: h.workbook, Action: authz.Export, Within: time.Minute},
		{Method: "POST", Pattern: "/bang-tinh", Handler: h.take, Action: authz.Export, MaxBody: file, Within: 2 * time.Minute},
		{Method: "GET", Pattern: "/bang-tinh/tep/{sum}", Handler: h.check, Action: authz.Export, Within: time.Minute},
		{Method: "GET", Pattern: "/bang-tinh/tep/{sum}/danh-sach.csv", Handler: h.list, Action: authz.Export, Within: time.Minute},
		{Method: "POST", Pattern: "/bang-tinh/tep/{sum}", Handler: h.accept, Action: authz.Export, Within: time.Minute},
		{Method: "GET", Pattern: "/bang-tinh/tep/{sum}/cach-doc", Handler: h.mapping, Action: authz.Export, Within: time.Minute},
		{Method: "POST", Pattern: "/bang-tinh/tep/{sum}/cach-doc", Handler: h.saveMapping, Action: authz.Export, Within: time.Minute},
	}
}

var msgMayNot = fault.Msg{Key: "exchange.may_not", Text: "tài khoản này chỉ xem và lấy bảng tính, không nhập số liệu"}

func mayEnter(p *web.Page) error {
	if !matrix.May(p.User().Subject) {
		return fault.New(fault.Forbidden, msgMayNot)
	}
	return nil
}

// now is the instant of the server's clock.
func (h *Pages) now(ctx context.Context) (now time.Time, err error) {
	err = h.opt.DB.Read(ctx, func(tx *db.Tx) error {
		now = tx.Now()
		return nil
	})
	return now, err
}

// period reads ?ky=, the zero period when it is not given.
func period(text string) (day.Period, error) {
	if text == "" {
		return day.Period{}, nil
	}
	return day.ParsePeriod(text)
}

// workbook gives a workbook out.
func (h *Pages) workbook(p *web.Page) error {
	w := exchange.Want{Commune: p.Query("xa"), District: p.Query("huyen"), Indicator: p.Query("chi-tieu"), Filled: p.Query("dien") != ""}
	var err error
	if w.Period, err = day.ParsePeriod(p.Query("ky")); err != nil {
		return err
	}
	var data []byte
	var name string
	err = h.opt.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		data, name, err = h.opt.Exchange.Workbook(p.Context(), tx, p.User().Subject, w)
		return err
	})
	if err != nil {
		return err
	}
	return p.Download(name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
