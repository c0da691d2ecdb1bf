package exchangeweb

import (
	"fmt"
	"io"
	"path"
	"strings"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/matrix"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/sheet"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/exchange"
)

// shown is the first page.
type shown struct {
	offer   *exchange.Offer
	enters  bool // the person brings figures in
	closed  bool // and corrects closed rounds
	written string
	form    *web.Form
}

// show shows what may be taken out and brought in.
func (h *Pages) show(p *web.Page) error {
	ask, err := period(p.Query("ky"))
	if err != nil {
		return err
	}
	v, err := h.first(p, ask)
	if err != nil {
		return err
	}
	v.form, v.written = web.NewForm("ky", v.offer.Period.String()), digits(p.Query("da-ghi"))
	return p.Render(firstPage(p.Shell("Bảng tính"), v))
}

func digits(s string) string {
	if len(s) > 6 || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	return s
}

func (h *Pages) first(p *web.Page, ask day.Period) (*shown, error) {
	who := p.User().Subject
	v := &shown{enters: matrix.May(who), closed: authz.Reaches(who, authz.CorrectClosed)}
	err := h.opt.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		v.offer, err = h.opt.Exchange.Offer(p.Context(), tx, who, ask)
		return err
	})
	return v, err
}

var msgNoneOpen = fault.Msg{Key: "exchange.none_open", Text: "chưa có đợt rà soát nào nên chưa nhập được tệp; đề nghị Văn phòng Điều phối nông thôn mới mở đợt rà soát"}

// take takes a file in and shows what it would do.
func (h *Pages) take(p *web.Page) error {
	if err := mayEnter(p); err != nil {
		return err
	}
	v, err := h.first(p, day.Period{})
	if err != nil {
		return err
	}
	if len(v.offer.Rounds) == 0 {
		return fault.New(fault.Conflict, msgNoneOpen)
	}
	k, err := h.chosen(p)
	if k != nil && err == nil {
		return p.Redirect(k.page())
	}
	if err = p.Form().FailWith(err); err != nil {
		return err
	}
	v.form = p.Form()
	return p.Invalid(firstPage(p.Shell("Bảng tính"), v))
}

// page is where a kept file is looked through.
func (k *kept) page() string {
	at := "/bang-tinh/tep/" + k.sum
	if k.foreign && k.mapping == "" {
		return at + "/cach-doc"
	}
	return at
}

// chosen keeps the file of a form; nil with a form that says what is wrong.
func (h *Pages) chosen(p *web.Page) (*kept, error) {
	f := p.Form()
	ask, err := day.ParsePeriod(f.Value("ky"))
	if err != nil {
		f.Fail("ky", "Chọn kỳ rà soát")
	}
	if len([]rune(f.Value("ly-do"))) > 1000 {
		f.Fail("ly-do", "Lý do không quá 1.000 chữ")
	}
	done, err := h.turn(p.Context())
	if err != nil {
		return nil, err
	}
	defer done()
	data, name, err := upload(p)
	switch {
	case err != nil:
		return nil, err
	case len(data) == 0:
		f.Fail("tep", "Chọn tệp .xlsx hoặc .csv")
	}
	if !f.OK() {
		return nil, nil
	}
	book, err := sheet.Open(name, data, sheet.DefaultLimits())
	if err != nil {
		return nil, atFile(err)
	}
	k := &kept{
		name: name, data: data, sum: sumOf(data), period: ask, reason: f.Value("ly-do"), owner: p.User().ID,
		foreign: f.Value("bang") != "" || !review.Recognizes(book),
	}
	if k.foreign {
		if err := h.recognise(p, k, book); err != nil {
			return nil, atFile(err)
		}
	}
	now, err := h.now(p.Context())
	if err != nil {
		return nil, err
	}
	h.shelf.put(k, now)
	return k, nil
}

// atFile puts what is wrong with a file at its field.
func atFile(err error) error {
	var out []*fault.Error
	for _, f := range fault.Rows(err) {
		switch f.Code {
		case fault.Invalid, fault.Unsupported, fault.TooLarge, fault.Conflict, fault.NotFound, fault.Corrupt:
			out = append(out, fault.New(fault.Invalid, f.Msg, pairs(f.Args)...).At("tep"))
		default:
			return err
		}
	}
	if len(out) == 0 {
		return err
	}
	return fault.Join(out...)
}

func pairs(args map[string]string) (out []string) {
	for k, v := range args {
		out = append(out, k, v)
	}
	return out
}

// upload reads the file of a form.
func upload(p *web.Page) (data []byte, name string, err error) {
	file, head, err := p.File("tep")
	if err != nil || file == nil {
		return nil, "", err
	}
	data, err = io.ReadAll(io.LimitReader(file, sheet.DefaultLimits().File+1))
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return nil, "", fmt.Errorf("read the uploaded file: %w", err)
	}
	return data, cleanName(head.Filename), nil
}

// cleanName is the name of a file without folders and control characters.
func cleanName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\ufffd' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if name == "." || name == "/" || name == "" {
		return "tệp"
	}
	return fault.Clip(name)
}

// recognise finds the saved mapping that a foreign matrix fits; without one the
// file must at least have a table of communes.
func (h *Pages) recognise(p *web.Page, k *kept, book *sheet.Book) error {
	grids, err := matrix.Grids(book)
	if err != nil {
		return err
	}
	var known []matrix.Mapping
	err = h.opt.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		known, err = h.opt.Mappings.Nearest(p.Context(), tx, p.User().ID)
		return err
	})
	if err != nil {
		return err
	}
	if t, ok := matrix.Match(grids, known); ok {
		k.mapping = t.Mapping.ID
		return nil
	}
	_, err = h.guess(grids, "", k.period)
	return err
}
