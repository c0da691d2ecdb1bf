package worksheetweb

import (
	"context"
	"math"
	"slices"

	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/register/evidence/evidenceweb"
	"giuchuan/internal/view/worksheet"
)

// sheetPage is the page of one criterion.
type sheetPage struct {
	*at
	Sheet  *worksheet.Sheet
	Today  day.Day
	Set    *law.Set
	Index  int
	Lines  []*line
	Shared []shared
	Counts worksheet.Counts
	Lead   string
	Steps  []step
	Next   *step
	Carry  bool // an earlier period can be kept
	Send   bool
	Form   *web.Form // what is wrong with something that was sent; nil = nothing
}

// shared is an indicator that is filled in under another set.
type shared struct {
	Ind     *law.Indicator
	Verdict law.Verdict
	Text    string // where
	Path    string
}

// step is one criterion in the list beside the page.
type step struct {
	Set     *law.Set
	Code    string
	Name    string
	Sign    string
	Verdict law.Verdict
	Here    bool
	First   bool // of its set
}

// Law is the page's criterion.
func (v *sheetPage) Law() *law.Criterion { return &v.Set.Criteria[v.Index] }

// criterion shows one criterion.
func (h *Pages) criterion(p *web.Page) error {
	a, err := h.resolve(p)
	if err != nil {
		return err
	}
	v, err := h.page(p, a, p.Path("criterion"), p.Query("bo"))
	if err != nil {
		return err
	}
	return p.Render(criterionPage(v.shell(p), v))
}

func (v *sheetPage) shell(p *web.Page) web.Shell {
	return p.Shell(v.Law().Code+". "+v.Law().Name+", "+title(v.period)+", "+v.unit.FullName).With("unsent", "evidence")
}

// page makes the page of a criterion; setID "" is the first set that has it.
func (h *Pages) page(p *web.Page, a *at, code, setID string) (*sheetPage, error) {
	s, err := h.opt.Sheets.Sheet(p.Context(), &a.unit, a.period)
	if err != nil {
		return nil, err
	}
	v := &sheetPage{at: a, Sheet: s, Today: p.Today(), Index: -1}
	for _, set := range s.Sets {
		if c, ok := set.Criterion(code); ok && v.Index < 0 && (setID == "" || setID == set.ID) {
			v.Set, v.Index = set, indexOf(set, c)
		}
	}
	if v.Index < 0 {
		return nil, fault.New(fault.NotFound, msgNoCrit, "code", fault.Clip(code))
	}
	v.steps()
	v.Send = authz.May(a.who, authz.Submit, a.where.Object("", round.Draft, s.Round.Closed))
	return v, h.opt.DB.Read(p.Context(), func(tx *db.Tx) error { return h.fillPage(p, tx, v) })
}

func indexOf(set *law.Set, c *law.Criterion) int {
	return slices.IndexFunc(set.Criteria, func(x law.Criterion) bool { return x.Code == c.Code })
}

// steps lists the criteria of every set of the sheet.
func (v *sheetPage) steps() {
	for _, set := range v.Sheet.Sets {
		standing := v.Sheet.Standing(set)
		for i := range set.Criteria {
			c := &set.Criteria[i]
			here := set == v.Set && i == v.Index
			if n := len(v.Steps); n > 0 && v.Steps[n-1].Here {
				v.Next = &step{Set: set, Code: c.Code, Name: c.Name}
			}
			v.Steps = append(v.Steps, step{
				Set: set, Code: c.Code, Name: c.Name, Verdict: standing.Criteria[i], Here: here, First: i == 0,
				Sign: sign(standing.Criteria[i], int(v.Sheet.Trust(set, i))),
			})
		}
	}
}

// fillPage reads what the board does not hold: notes, files, who supplied what.
func (h *Pages) fillPage(p *web.Page, tx *db.Tx, v *sheetPage) error {
	ctx := p.Context()
	held, ok, err := h.opt.Contacts.InCharge(ctx, tx, agency.FieldOf{Set: v.Set.ID, Code: v.Law().Code}, v.Today)
	if err != nil {
		return err
	}
	if v.Lead = v.Law().Lead; ok && held.Settled() {
		v.Lead = held.Body.Name
	}
	list, err := review.StoredOf(tx, []int32{v.unit.Key}, v.period.Code(), math.MaxInt64)
	if err != nil {
		return err
	}
	stored := make(map[int32]review.Stored, len(list))
	for i := range list {
		stored[list[i].Measure] = list[i]
	}
	files, err := h.opt.Evidence.ListMany(ctx, tx, v.unit.Key, v.period.Code())
	if err != nil {
		return err
	}
	if c := v.Sheet.Criterion(v.Set.ID, v.Law().Code); c != nil {
		v.Counts = c.Counts()
		for i := range c.Lines {
			l := v.newLine(v.Sheet, &c.Lines[i], stored, p.ID())
			l.Files = h.files(v, l, files)
			v.Lines = append(v.Lines, l)
			v.Carry = v.Carry || carries(l)
		}
	}
	v.shared(h.opt.Board)
	return h.name(ctx, tx, v, files)
}

// carries tells whether an indicator has something of an earlier period that can
// be kept by this person.
func carries(l *line) bool {
	return slices.ContainsFunc(l.Quantities(), func(q *quantity) bool { return q.Enter && q.Part.Now == nil && q.Part.Last != nil })
}

// files is the evidence of a line.
func (h *Pages) files(v *sheetPage, l *line, all map[evidence.Subject][]evidence.Item) *evidenceweb.List {
	subject := evidence.Cell(v.unit.Key, v.period.Code(), l.Parts0().Measure)
	w := evidenceweb.Want{
		Subject: subject, Items: all[subject], Back: criterionPath(v.base, v.Set, v.Law().Code),
		Objects: []authz.Object{v.where.Object(round.Field(l.Set, l.Slot), l.State, v.Sheet.Round.Closed)},
	}
	w.Kinds, w.NoFiles = evidenceweb.Wanted(l.Indicator())
	out := evidenceweb.MakeList(v.who, w)
	out.Carried = l.Row.Origin == round.ActCarry
	out.FileLimit = h.opt.Evidence.Limits().File
	return &out
}

// Parts0 is the line's own quantity.
func (l *line) Parts0() *worksheet.Part { return &l.Line.Parts[0] }

// shared lists the criterion's indicators that another set of the sheet asks for.
func (v *sheetPage) shared(b Board) {
	dict, c := b.Dictionary(), v.Law()
	keys := dict.Slots(v.Set)
	for slot := c.First; slot < c.End; slot++ {
		for _, m := range dict.Members(keys[slot]) {
			home := slices.Index(v.Sheet.Sets, m.Set)
			if m.Set == v.Set || home < 0 || home > slices.Index(v.Sheet.Sets, v.Set) {
				continue
			}
			ind := m.Set.At(m.Slot)
			v.Shared = append(v.Shared, shared{
				Ind: v.Set.At(slot), Verdict: v.Sheet.Standing(v.Set).Indicators[slot].Verdict,
				Text: "chỉ tiêu " + ind.Code + " của bộ tiêu chí xã " + m.Set.Title.Vietnamese(),
				Path: criterionPath(v.base, m.Set, m.Set.Criteria[ind.Criterion].Code) + "#ct-" + slug(ind.Code),
			})
			break
		}
	}
}

// name finds the posts of who supplied values and sent files.
func (h *Pages) name(_ context.Context, tx *db.Tx, v *sheetPage, files map[evidence.Subject][]evidence.Item) error {
	if h.opt.Posts == nil {
		return nil
	}
	var at []int64
	var ids []string
	for _, l := range v.Lines {
		for _, q := range l.Quantities() {
			if q.Supplied() || q.Corrected() {
				at = append(at, q.Part.Row.Valued)
			}
		}
		for i := range files[l.Files.Subject] {
			ids = append(ids, files[l.Files.Subject][i].By)
		}
	}
	if len(at) == 0 && len(ids) == 0 {
		return nil
	}
	authors, err := journal.Authors(tx, at)
	if err != nil {
		return err
	}
	for _, a := range authors {
		ids = append(ids, a.Actor)
	}
	posts, err := h.opt.Posts(tx, ids)
	for _, l := range v.Lines {
		l.Files.Posts = posts
		for _, q := range l.Quantities() {
			if author, ok := authors[q.Part.Row.Valued]; ok {
				q.By, q.Given = posts[author.Actor], author.At
			}
		}
	}
	return err
}
