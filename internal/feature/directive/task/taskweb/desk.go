package taskweb

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
)

// receivingModel is who has received which document.
type receivingModel struct {
	*Pages
	book *task.Book
	list []task.Receiving
	mine map[string]bool // bodies the person acts for
	form *web.Form
	done bool
}

func (h *Pages) receivingOf(p *web.Page) (*receivingModel, error) {
	b, err := h.book(p)
	if err != nil {
		return nil, err
	}
	m := &receivingModel{Pages: h, book: b, list: b.Receiving(), mine: map[string]bool{}, form: p.Form(), done: p.Query("da-ghi") != ""}
	for _, r := range m.list {
		m.mine[r.Agency] = h.o.Tasks.Carries(p.User().Subject, r.Agency, b.Today)
	}
	return m, nil
}

func (h *Pages) receiving(p *web.Page) error {
	m, err := h.receivingOf(p)
	if err != nil {
		return err
	}
	return p.Render(receivingPage(p.Shell("Tiếp nhận văn bản"), m))
}

func (h *Pages) receive(p *web.Page) error {
	c := &task.Receive{Document: p.Form().Value("van-ban"), Agency: p.Form().Value("don-vi"), Text: p.Form().Value("noi-dung")}
	err := h.write(p, c, func(ctx context.Context, tx *db.Tx, who authz.Subject) error {
		return h.o.Tasks.Receive(ctx, tx, who, c)
	})
	if err == nil {
		return p.Redirect("/nhiem-vu/tiep-nhan?da-ghi=1")
	}
	if err := p.Form().FailWith(err); err != nil {
		return err
	}
	m, err := h.receivingOf(p)
	if err != nil {
		return err
	}
	return p.Invalid(receivingPage(p.Shell("Tiếp nhận văn bản"), m))
}

// waitingModel is what was reported and waits for the office.
type waitingModel struct {
	*Pages
	book *task.Book
	list []*task.Entry
	asks []*task.Entry // an extension was asked for
	form *web.Form
	done string
}

func (h *Pages) waitingOf(p *web.Page) (*waitingModel, error) {
	b, err := h.book(p)
	if err != nil {
		return nil, err
	}
	m := &waitingModel{Pages: h, book: b, form: p.Form(), done: p.Query("da-ghi")}
	for _, e := range b.Pick(&task.Filter{}) {
		if e.Status == task.Waiting {
			m.list = append(m.list, e)
		}
		if e.Asked {
			m.asks = append(m.asks, e)
		}
	}
	return m, nil
}

func (h *Pages) waiting(p *web.Page) error {
	m, err := h.waitingOf(p)
	if err != nil {
		return err
	}
	return p.Render(waitingPage(p.Shell("Chờ xác nhận"), m))
}

var msgNone = fault.Msg{Key: "task.none_chosen", Text: "hãy chọn ít nhất một nhiệm vụ"}

// decide confirms or returns the reports that were chosen.
func (h *Pages) decide(p *web.Page) error {
	f := p.Form()
	c := &task.Decide{Confirm: f.Value("viec") != "tra-lai", Text: f.Value("y-kien"), Seen: map[string]int64{}}
	for _, v := range f.All("nhiem-vu") {
		id, at, _ := strings.Cut(v, "@")
		n, err := strconv.ParseInt(at, 10, 64)
		if err != nil {
			n = -1
		}
		c.Seen[id] = n
	}
	err := h.write(p, c, func(ctx context.Context, tx *db.Tx, who authz.Subject) error {
		if len(c.Seen) == 0 {
			return fault.New(fault.Invalid, msgNone)
		}
		return h.o.Tasks.Decide(ctx, tx, who, c)
	})
	if err == nil {
		return p.Redirect("/nhiem-vu/xac-nhan?da-ghi=" + strconv.Itoa(len(c.Seen)))
	}
	if e, ok := err.(*fault.Error); ok && e.Field == "noi-dung" {
		err = e.At("y-kien")
	}
	if err := f.FailWith(err); err != nil {
		return err
	}
	m, err := h.waitingOf(p)
	if err != nil {
		return err
	}
	return p.Invalid(waitingPage(p.Shell("Chờ xác nhận"), m))
}

// orphansModel is the open tasks of bodies that have ended.
type orphansModel struct {
	*Pages
	book *task.Book
	list []task.Heirs
	form *web.Form
	done string
}

func (h *Pages) orphansOf(p *web.Page) (*orphansModel, error) {
	b, err := h.book(p)
	if err != nil {
		return nil, err
	}
	return &orphansModel{h, b, b.Orphans(), p.Form(), p.Query("da-ghi")}, nil
}

func (h *Pages) orphans(p *web.Page) error {
	m, err := h.orphansOf(p)
	if err != nil {
		return err
	}
	return p.Render(orphansPage(p.Shell("Bàn giao nhiệm vụ"), m))
}

// clear tells whether any proposal leaves nothing to choose.
func (m *orphansModel) clear() bool {
	return slices.ContainsFunc(m.list, func(x task.Heirs) bool { return x.Shares() != nil })
}

// handMany hands the chosen tasks over as it was proposed, with one basis.
func (h *Pages) handMany(p *web.Page) error {
	f := p.Form()
	m, err := h.orphansOf(p)
	if err != nil {
		return err
	}
	c := &task.HandOvers{Text: f.Value("can-cu")}
	for _, v := range f.All("nhiem-vu") {
		id, at, _ := strings.Cut(v, "@")
		one := task.HandOver{Task: id, Seen: -1}
		if n, err := strconv.ParseInt(at, 10, 64); err == nil {
			one.Seen = n
		}
		if i := slices.IndexFunc(m.list, func(x task.Heirs) bool { return x.Entry.ID == id }); i >= 0 {
			one.To = m.list[i].Shares()
		}
		c.Tasks = append(c.Tasks, one)
	}
	err = h.write(p, c, func(ctx context.Context, tx *db.Tx, who authz.Subject) error {
		if len(c.Tasks) == 0 {
			return fault.New(fault.Invalid, msgNone)
		}
		return h.o.Tasks.HandOverMany(ctx, tx, who, c)
	})
	if err == nil {
		return p.Redirect("/nhiem-vu/ban-giao?da-ghi=" + strconv.Itoa(len(c.Tasks)))
	}
	if err := f.FailWith(err); err != nil {
		return err
	}
	return p.Invalid(orphansPage(p.Shell("Bàn giao nhiệm vụ"), m))
}

// proposed says who might take a task over, in few words.
func (m *orphansModel) proposed(x *task.Heirs) string {
	seen := map[string]bool{}
	var names []string
	add := func(id string) {
		if !seen[id] {
			seen[id] = true
			names = append(names, m.short(id, m.book.Today))
		}
	}
	for _, p := range x.Entry.Parts {
		if heir := x.ByPart[p.Key]; heir != "" {
			add(heir)
		}
	}
	for _, heir := range x.Heirs {
		if !heir.Choice {
			add(heir.Agency.ID)
		}
	}
	if len(names) > 0 {
		return joined(names, ", ")
	}
	switch len(x.Heirs) {
	case 0:
		return "chưa rõ đơn vị kế thừa"
	case 1:
		return m.short(x.Heirs[0].Agency.ID, m.book.Today)
	}
	return "chọn trong " + strconv.Itoa(len(x.Heirs)) + " đơn vị"
}
