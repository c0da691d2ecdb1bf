package taskweb

import (
	"cmp"
	"io"
	"net/url"
	"slices"
	"strconv"

	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
)

// perPage is how many tasks one page lists.
const perPage = 60

// listModel is the first page: who is late with what.
type listModel struct {
	*Pages
	book      *task.Book
	filter    task.Filter
	query     url.Values // of the address, the page left out
	totals    task.Totals
	units     []task.Bundle
	all       []*task.Entry
	shown     []*task.Entry
	paging    web.Paging
	office    bool // gives and confirms
	carries   bool
	late      int // documents not received in time
	orphans   int
	unclear   map[string]int
	form      *web.Form
	agencies  []web.Choice
	documents []web.Choice
	groups    []web.Choice
}

// narrowed is the filter that an address asks for.
func narrowed(p *web.Page) task.Filter {
	return task.Filter{
		Status: task.Status(p.Query("tinh-trang")), Agency: p.Query("don-vi"), Document: p.Query("van-ban"), Group: p.Query("muc"),
		Text: p.Query("q"), Near: p.Query("sap-den-han") != "", Separate: p.Query("rieng") != "", Then: p.Query("ban-dau") != "",
	}
}

func (h *Pages) list(p *web.Page) error {
	b, err := h.book(p)
	if err != nil {
		return err
	}
	who := p.User().Subject
	m := &listModel{Pages: h, book: b, filter: narrowed(p), office: h.directs(p), carries: authz.Reaches(who, authz.CarryTask), unclear: map[string]int{}}
	m.query = url.Values{}
	for _, name := range []string{"tinh-trang", "don-vi", "van-ban", "muc", "q", "sap-den-han", "rieng", "ban-dau"} {
		if v := p.Query(name); v != "" {
			m.query.Set(name, v)
		}
	}
	wide := m.filter
	wide.Status, wide.Near = "", false
	inView := b.Pick(&wide)
	m.totals = task.Tally(inView)
	m.units = m.byUnit(inView)
	m.all = b.Pick(&m.filter)
	m.page(p.Query("trang"))
	m.choices()
	for _, r := range b.Receiving() {
		if r.Late(b.Today) {
			m.late++
		}
	}
	if m.office {
		m.orphans = len(b.Orphans())
	}
	for _, e := range inView {
		if !e.Status.Complete() && e.Status != task.Retired {
			for _, c := range task.Unclear(&e.Task, h.o.Tasks.Rules().Clear) {
				m.unclear[c.Key]++
			}
		}
	}
	return p.Render(listPage(p.Shell("Nhiệm vụ").AsWide(), m))
}

// byUnit is the tasks by body, most overdue first.
func (m *listModel) byUnit(list []*task.Entry) []task.Bundle {
	out := task.Bundles(list, func(e *task.Entry) string {
		if m.filter.Then {
			return e.First
		}
		return e.Agency
	})
	slices.SortStableFunc(out, func(a, b task.Bundle) int {
		if a.Totals.Overdue != b.Totals.Overdue {
			return b.Totals.Overdue - a.Totals.Overdue
		}
		return byName(m.short(a.Key, m.book.Today), m.short(b.Key, m.book.Today))
	})
	return out
}

func (m *listModel) page(asked string) {
	total := max(1, (len(m.all)+perPage-1)/perPage)
	at, err := strconv.Atoi(asked)
	if err != nil || at < 1 || at > total {
		at = 1
	}
	m.shown = m.all[(at-1)*perPage : min(len(m.all), at*perPage)]
	m.paging = web.Paging{Current: at, Total: total, Link: func(page int) string {
		q := url.Values{}
		for k, v := range m.query {
			q[k] = v
		}
		q.Set("trang", strconv.Itoa(page))
		return "/nhiem-vu?" + q.Encode() + "#viec"
	}}
}

// with is the address of the list with one thing of the filter changed.
func (m *listModel) with(name, value string) string {
	q := url.Values{}
	for k, v := range m.query {
		q[k] = v
	}
	q.Del("sap-den-han")
	if value == "" {
		q.Del(name)
	} else {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return "/nhiem-vu"
	}
	return "/nhiem-vu?" + q.Encode()
}

// file is the address of a workbook of the same filter.
func (m *listModel) file(name string) string {
	if len(m.query) == 0 {
		return "/nhiem-vu/" + name
	}
	return "/nhiem-vu/" + name + "?" + m.query.Encode()
}

// choices fills the menus of the filter.
func (m *listModel) choices() {
	f := &m.filter
	m.form = web.NewForm("tinh-trang", string(f.Status), "don-vi", f.Agency, "van-ban", f.Document, "muc", f.Group, "q", f.Text)
	m.agencies = []web.Choice{{Value: "", Text: "Mọi đơn vị"}}
	var units []web.Choice
	list := m.book.Now()
	if f.Then {
		list = m.book.Then()
	}
	for _, u := range m.byUnit(list) {
		units = append(units, web.Choice{Value: u.Key, Text: m.short(u.Key, m.book.Today)})
	}
	slices.SortStableFunc(units, func(a, b web.Choice) int { return byName(a.Text, b.Text) })
	m.agencies = append(m.agencies, units...)
	m.documents = []web.Choice{{Value: "", Text: "Mọi văn bản"}}
	for i := range m.book.Givens {
		g := &m.book.Givens[i]
		m.documents = append(m.documents, web.Choice{Value: g.ID, Text: g.Brief()})
	}
	m.groups = []web.Choice{{Value: "", Text: "Mọi mục"}}
	for _, x := range task.Bundles(m.book.Now(), func(e *task.Entry) string { return e.Group }) {
		m.groups = append(m.groups, web.Choice{Value: x.Key, Text: "Mục " + x.Key})
	}
	slices.SortStableFunc(m.groups[1:], func(a, b web.Choice) int { return byName(a.Text, b.Text) })
}

func statusChoices() []web.Choice {
	out := []web.Choice{{Value: "", Text: "Mọi tình trạng"}}
	for _, s := range task.Statuses() {
		out = append(out, web.Choice{Value: string(s), Text: vntext.Capital(s.Vietnamese())})
	}
	return out
}

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// workbook answers with a file of the tasks of the filter.
func (h *Pages) workbook(p *web.Page, name string, write func(*task.Book, io.Writer, []*task.Entry, bool) error) error {
	b, err := h.book(p)
	if err != nil {
		return err
	}
	f := narrowed(p)
	list := b.Pick(&f)
	return p.Download(name, xlsx, func(w io.Writer) error { return write(b, w, list, f.Then) })
}

func (h *Pages) tracking(p *web.Page) error {
	return h.workbook(p, "so-theo-doi.xlsx", func(b *task.Book, w io.Writer, list []*task.Entry, _ bool) error { return b.WriteTracking(w, list) })
}

func (h *Pages) totals(p *web.Page) error {
	return h.workbook(p, "tong-hop.xlsx", func(b *task.Book, w io.Writer, list []*task.Entry, then bool) error {
		return b.WriteTotals(w, list, then)
	})
}

func (h *Pages) sheet(p *web.Page) error {
	return h.workbook(p, "danh-sach-nhiem-vu.xlsx", func(b *task.Book, w io.Writer, list []*task.Entry, _ bool) error { return b.WriteList(w, list) })
}

// byName orders names as people do.
func byName(a, b string) int { return cmp.Compare(vntext.SortKey(a), vntext.SortKey(b)) }
