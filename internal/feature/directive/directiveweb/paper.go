package directiveweb

import (
	"cmp"
	"context"
	"slices"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/evidence"

	"github.com/a-h/templ"
)

// basisKind is the word by which the register of evidence knows the files behind
// a document.
const basisKind = "directive"

// paper is one document with everything a page tells of it.
type paper struct {
	form     *web.Form
	doc      directive.Document
	all      []directive.Duty // those struck out too
	live     []directive.Duty
	names    names
	may      bool // keeps the register
	province bool // looks at every document of the province
	cited    []citation
	citing   []directive.Row
	twins    []directive.Document
	coverage directive.Coverage
	lacks    []directive.Lack
	waiting  []directive.Duty
	members  int // of the Ban Chỉ đạo at the document's day
	files    []evidence.Item
	history  []directive.Change
	said     map[int64]string // who made a change, by entry
	done     string           // what was just done
	track    templ.Component
	seen     int64
}

// citation is a reference with the document it leads to.
type citation struct {
	directive.Reference
	Doc   directive.Document
	There bool // stands in the register
}

// paper reads a document for the person behind a request.
func (h *Pages) paper(p *web.Page) (*paper, error) {
	m := &paper{form: p.Form(), done: p.Query("xong")}
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) error { return h.load(p, tx, m) })
	return m, err
}

func (h *Pages) load(p *web.Page, tx *db.Tx, m *paper) (err error) {
	ctx, who := p.Context(), p.User().Subject
	if m.doc, m.all, err = h.o.Directives.Get(ctx, tx, who, p.Path("id")); err != nil {
		return err
	}
	m.live = slices.DeleteFunc(slices.Clone(m.all), func(d directive.Duty) bool { return d.Removed })
	m.may = h.o.Directives.MayDirect(tx, who)
	m.province = h.o.Directives.SeesAll(tx, who)
	m.seen = directive.LastEntry(&m.doc, m.all)
	register, err := h.o.Directives.Agencies(ctx, tx)
	if err != nil {
		return err
	}
	on := m.doc.Day()
	if on == day.None {
		on = p.Today()
	}
	m.names = names{register, on}
	for _, r := range m.doc.References {
		c := citation{Reference: r}
		if r.Document != "" {
			if c.Doc, err = h.o.Directives.Document(ctx, tx, r.Document); err != nil {
				return err
			}
			c.There = true
		}
		m.cited = append(m.cited, c)
	}
	if m.citing, err = h.o.Directives.Citing(ctx, tx, who, m.doc.ID); err != nil {
		return err
	}
	charges, err := h.o.Directives.Charges(ctx, tx, on)
	if err != nil {
		return err
	}
	m.coverage = directive.Cover(&m.doc, m.live, charges)
	if m.files, err = h.o.Evidence.List(ctx, tx, evidence.Subject{Kind: basisKind, Ref: m.doc.ID}); err != nil {
		return err
	}
	if m.history, err = h.o.Directives.History(ctx, tx, m.doc.ID); err != nil {
		return err
	}
	if err := h.whoDid(ctx, tx, p, m); err != nil {
		return err
	}
	if !m.may {
		return nil
	}
	return h.loadWork(ctx, tx, m, on)
}

// loadWork reads what only who keeps the register needs.
func (h *Pages) loadWork(ctx context.Context, tx *db.Tx, m *paper, on day.Day) (err error) {
	if m.twins, err = h.o.Directives.Twins(ctx, tx, &m.doc); err != nil {
		return err
	}
	if m.doc.State == directive.Proposed {
		m.lacks = directive.Missing(m.live, nil)
	}
	m.waiting = h.o.Directives.Waiting(&m.doc, m.live)
	ids, err := h.o.Directives.MembersOn(ctx, tx, on)
	m.members = len(ids)
	return err
}

// whoDid names who made the changes.
func (h *Pages) whoDid(ctx context.Context, tx *db.Tx, p *web.Page, m *paper) error {
	m.said = map[int64]string{}
	if h.o.Called == nil {
		return nil
	}
	posts := map[string]string{}
	for i := range m.history {
		c := &m.history[i]
		post, ok := posts[c.By]
		if !ok {
			var err error
			if post, err = h.o.Called(ctx, tx, p.User().Subject, c.By); err != nil {
				return err
			}
			posts[c.By] = post
		}
		m.said[c.Entry] = post
	}
	return nil
}

// title is a document in the heading of its page.
func (m *paper) title() string {
	kind := directive.KindWords(m.doc.Kind)
	if m.doc.Kind == "" && m.doc.State == directive.Stub {
		kind = "Văn bản"
	}
	return kind + " " + m.doc.Label()
}

// dated is how many duties have a day.
func (m *paper) dated() int {
	n := 0
	for i := range m.live {
		if m.live[i].Due != day.None {
			n++
		}
	}
	return n
}

// undecided is how many lacks are of a kind.
func (m *paper) lacking(kind directive.LackKind) []directive.Lack {
	return slices.DeleteFunc(slices.Clone(m.lacks), func(l directive.Lack) bool { return l.What != kind })
}

// openNames lists, each once, the addressees whose bodies are not known.
func (m *paper) openNames() []string {
	var out []string
	for _, l := range m.lacking(directive.LackList) {
		if !slices.Contains(out, l.Text) {
			out = append(out, l.Text)
		}
	}
	return out
}

// refsOf lists the duties of an addressee whose bodies are not known.
func (m *paper) refsOf(text string) string {
	out := ""
	for _, l := range m.lacking(directive.LackList) {
		if l.Text == text {
			if out != "" {
				out += ", "
			}
			out += l.Ref
		}
	}
	return out
}

// bundle is the duties of one item of the document.
type bundle struct {
	Group  string
	Duties []directive.Duty
}

func bundles(duties []directive.Duty) []bundle {
	var out []bundle
	for _, d := range duties {
		group := cmp.Or(d.Group, d.Ref)
		if len(out) == 0 || out[len(out)-1].Group != group {
			out = append(out, bundle{Group: group})
		}
		last := &out[len(out)-1]
		last.Duties = append(last.Duties, d)
	}
	return out
}

// dependsOn lists the cited documents that a duty waits for: not active yet.
func (m *paper) dependsOn(d *directive.Duty) []string {
	var out []string
	for _, id := range m.doc.DependsOn(d) {
		for i := range m.cited {
			if c := &m.cited[i]; c.Doc.ID == id && c.Doc.State != directive.Active {
				out = append(out, c.Number)
			}
		}
	}
	return out
}

// due is the time of a duty in a few words.
func due(d *directive.Duty) string {
	switch {
	case d.Due != day.None && d.DueTime != "":
		return "hạn " + d.DueTime + " ngày " + d.Due.Vietnamese()
	case d.Due != day.None:
		return "hạn " + d.Due.Vietnamese()
	case d.Kind == directive.Recurring && d.Recurrence != "":
		return "định kỳ: " + recurrence(d.Recurrence)
	}
	return d.Kind.Vietnamese()
}

// recurrence is how often, in words.
func recurrence(text string) string {
	if w, ok := map[string]string{
		"weekly": "hằng tuần", "monthly": "hằng tháng", "quarterly": "hằng quý", "half-yearly": "6 tháng", "halfyearly": "6 tháng",
		"yearly": "hằng năm", "annual": "hằng năm", "biennial": "hai năm một lần", "daily": "hằng ngày",
	}[text]; ok {
		return w
	}
	return text
}

// summary is what the page of a proposal begins with.
func (m *paper) summary() string {
	number := "Số: " + m.doc.Number
	if m.doc.Number == "" {
		number = "Số: để trống"
	}
	text := itoa(len(m.live)) + " nhiệm vụ · " + itoa(m.dated()) + " thời hạn có ngày · " + itoa(len(m.doc.References)) + " văn bản dẫn chiếu · " + number
	if m.doc.Issued == day.None {
		text += " · Ngày: " + m.doc.DayWords()
	}
	return text
}
