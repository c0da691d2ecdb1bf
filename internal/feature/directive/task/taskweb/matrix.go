package taskweb

import (
	"slices"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"

	"github.com/a-h/templ"
)

// Matrix is the table "Theo dõi thực hiện thông báo": a document's own items
// with the duties inside, and the bodies across.
type Matrix struct {
	Given  *task.Given
	Bodies []string // names, in the order of the columns
	Items  []Item
	Totals task.Totals
	Late   []string // bodies that have not received the document in time
}

// Item is one item of the document, with its duties.
type Item struct {
	Group  string
	Totals task.Totals
	Duties []Duty
	seq    int
}

// Duty is one row of the table.
type Duty struct {
	Ref, Text, Due string
	Cells          []*task.Entry // one for each body, nil = the duty is not its own
	Waits          string        // whose list is not known yet: nobody has the duty
	seq            int
}

// Done is how many of an item's tasks are complete.
func (i *Item) Done() int { return i.Totals.OnTime + i.Totals.Late + i.Totals.Done }

// MatrixOf lays a document's tasks out, by who had them first, and the duties
// that wait for a list of bodies; nil when the person may look at none.
func (h *Pages) MatrixOf(b *task.Book, document string, waiting []directive.Duty) *Matrix {
	m := &Matrix{Given: b.Given(document)}
	var ids []string
	var list []*task.Entry
	for _, e := range b.Then() {
		if e.Document == document && e.Status != task.Retired {
			list = append(list, e)
			if !slices.Contains(ids, e.First) {
				ids = append(ids, e.First)
			}
		}
	}
	if m.Given == nil || len(list) == 0 {
		return nil
	}
	slices.SortStableFunc(list, func(a, b *task.Entry) int { return a.Seq - b.Seq })
	slices.SortStableFunc(ids, func(a, b string) int { return len(h.rank(a)) - len(h.rank(b)) })
	for _, id := range ids {
		m.Bodies = append(m.Bodies, h.short(id, m.Given.Day))
	}
	for _, item := range task.Bundles(list, func(e *task.Entry) string { return e.Group }) {
		x := Item{Group: item.Key, Totals: item.Totals, seq: item.Tasks[0].Seq}
		for _, duty := range task.Bundles(item.Tasks, func(e *task.Entry) string { return e.Duty }) {
			first := duty.Tasks[0]
			d := Duty{Ref: first.Ref, Text: first.Text, Due: dayText(first.Due), Cells: make([]*task.Entry, len(ids)), seq: first.Seq}
			for _, e := range duty.Tasks {
				d.Cells[slices.Index(ids, e.First)] = e
			}
			x.Duties = append(x.Duties, d)
		}
		m.Items = append(m.Items, x)
	}
	for i := range waiting {
		if !slices.ContainsFunc(list, func(e *task.Entry) bool { return e.Duty == waiting[i].ID }) {
			m.wait(&waiting[i])
		}
	}
	m.Totals = task.Tally(list)
	for _, r := range b.Receiving() {
		if r.Given.ID == document && r.Late(b.Today) {
			m.Late = append(m.Late, h.short(r.Agency, b.Today))
		}
	}
	return m
}

// wait puts a duty that nobody has yet where it stands in the document.
func (m *Matrix) wait(d *directive.Duty) {
	row := Duty{Ref: d.Ref, Text: d.Text, Due: dayText(d.Due), seq: d.Seq}
	for _, a := range d.Addressees {
		if len(a.Agencies) == 0 {
			row.Waits = a.Text
		}
	}
	i := slices.IndexFunc(m.Items, func(x Item) bool { return x.Group == d.Group })
	if i < 0 {
		i = slices.IndexFunc(m.Items, func(x Item) bool { return x.seq > d.Seq })
		if i < 0 {
			i = len(m.Items)
		}
		m.Items = slices.Insert(m.Items, i, Item{Group: d.Group, seq: d.Seq})
	}
	x := &m.Items[i]
	x.Duties = append(x.Duties, row)
	slices.SortStableFunc(x.Duties, func(a, b Duty) int { return a.seq - b.seq })
}

// unlisted is the duties of a document that nobody has yet.
func (h *Pages) unlisted(p *web.Page, document string) (out []directive.Duty, err error) {
	if h.o.Waiting == nil {
		return nil, nil
	}
	err = h.o.DB.Read(p.Context(), func(tx *db.Tx) error {
		out, err = h.o.Waiting(p.Context(), tx, document)
		return err
	})
	return out, err
}

// matrix is the table of a document; nil when the person may look at none of its
// tasks.
func (h *Pages) matrix(p *web.Page, document string) (*Matrix, *task.Book, error) {
	b, err := h.book(p)
	if err != nil {
		return nil, nil, err
	}
	waiting, err := h.unlisted(p, document)
	if err != nil {
		return nil, nil, err
	}
	return h.MatrixOf(b, document, waiting), b, nil
}

// rank puts districts before other bodies: "" before "x".
func (h *Pages) rank(id string) string {
	if a, ok := h.o.Agencies.Latest(id); ok && a.PlaceID != "" {
		return ""
	}
	return "x"
}

// Slot is the table of a document as a part of another page; nothing when the
// person may look at none of its tasks.
func (h *Pages) Slot(p *web.Page, document string) (templ.Component, error) {
	m, _, err := h.matrix(p, document)
	if err != nil {
		return nil, err
	}
	if m == nil {
		return templ.NopComponent, nil
	}
	return matrixTable(m), nil
}

// follow is the table as a page.
func (h *Pages) follow(p *web.Page) error {
	m, b, err := h.matrix(p, p.Path("id"))
	if err != nil {
		return err
	}
	if m == nil {
		return web.NotFound()
	}
	return p.Render(followPage(p.Shell("Theo dõi thực hiện").AsWide(), m, b))
}

// letter is a task in one letter, for a cell of the table.
func letter(e *task.Entry) string {
	switch {
	case e.Stub:
		return "P"
	case e.Status == task.OnTime || e.Status == task.Done:
		return "Đ"
	}
	return map[task.Status]string{
		task.Late: "M", task.InTime: "T", task.Overdue: "Q", task.Waiting: "C", task.Undated: "K", task.Continuing: "X", task.Retired: "R",
	}[e.Status]
}

// legend explains the letters.
func legend() []web.Choice {
	return []web.Choice{
		{Value: string(web.ToneOK), Text: "Đ hoàn thành, đúng hạn nếu có hạn"},
		{Value: string(web.ToneLack), Text: "M hoàn thành quá hạn"},
		{Value: string(web.ToneNone), Text: "T trong hạn"},
		{Value: string(web.ToneNone), Text: "K không có thời hạn"},
		{Value: string(web.ToneNone), Text: "X thường xuyên"},
		{Value: string(web.ToneNone), Text: "P phụ thuộc văn bản chưa nhập"},
		{Value: string(web.ToneWait), Text: "C chờ xác nhận"},
		{Value: string(web.ToneRisk), Text: "Q quá hạn, chưa hoàn thành"},
	}
}
