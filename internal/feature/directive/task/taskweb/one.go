package taskweb

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
)

// oneModel is the page of one task.
type oneModel struct {
	*Pages
	*task.Entry

	book     *task.Book
	form     *web.Form
	office   bool
	carries  bool
	by       map[string]string // posts of accounts
	unclear  []task.Clarity
	siblings []*task.Entry // the same duty at other bodies
	children []*task.Entry // that it was shared out into
	heirs    task.Heirs
	bodies   []web.Choice // that may check
	communes []web.Choice // that may be added
	done     string       // what was just recorded
}

// proofRows is how many proofs the form of a report takes.
const proofRows = 3

func (h *Pages) one(p *web.Page) error {
	m, err := h.read(p)
	if err != nil {
		return err
	}
	m.done = task.ActKind(p.Query("da-ghi")).Vietnamese()
	m.prefill()
	return p.Render(onePage(p.Shell("Nhiệm vụ "+m.Ref), m))
}

func (h *Pages) read(p *web.Page) (*oneModel, error) {
	m := &oneModel{Pages: h, form: web.NewForm(), by: map[string]string{}}
	who := p.User().Subject
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		if m.Entry, m.book, err = h.o.Tasks.One(p.Context(), tx, who, p.Path("id")); err != nil {
			return err
		}
		for _, a := range m.Acts {
			if _, known := m.by[a.By]; known || h.o.Called == nil {
				continue
			}
			if m.by[a.By], err = h.o.Called(p.Context(), tx, who, a.By); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	m.office, m.carries = h.directs(p), h.o.Tasks.Carries(who, m.Agency, p.Today())
	m.unclear = task.Unclear(&m.Task, h.o.Tasks.Rules().Clear)
	for _, e := range m.book.Entries {
		switch {
		case e.Parent == m.ID:
			m.children = append(m.children, e)
		case e.Duty == m.Duty && e.ID != m.ID && e.Parent == "":
			m.siblings = append(m.siblings, e)
		}
	}
	task.WorstFirst(m.siblings)
	m.heirs = h.o.Tasks.Proposed(m.Entry, p.Today())
	m.lists()
	return m, nil
}

// lists fills the menus of the forms.
func (m *oneModel) lists() {
	m.bodies = []web.Choice{{Value: "", Text: "Chưa xác định"}}
	for _, a := range m.o.Agencies.At(m.book.Today) {
		switch a.Kind {
		case agency.Department, agency.Vertical, agency.Office, agency.Committee:
			m.bodies = append(m.bodies, web.Choice{Value: a.ID, Text: a.Short})
		}
	}
	m.communes = []web.Choice{{Value: "", Text: "Không phải xã (ghi tên ở dưới)"}}
	a, ok := m.o.Agencies.Agency(m.Agency, m.book.Today)
	if !ok || a.PlaceID == "" {
		return
	}
	for _, u := range m.o.Places.At(m.book.Today).Communes(a.PlaceID) {
		if !slices.ContainsFunc(m.Parts, func(p task.Part) bool { return p.Key == u.ID && !p.Struck }) {
			m.communes = append(m.communes, web.Choice{Value: u.ID, Text: u.FullName})
		}
	}
}

// prefill proposes what a form most likely takes.
func (m *oneModel) prefill() {
	today := m.book.Today.Vietnamese()
	set := func(name, value string) {
		if !m.form.Has(name) {
			m.form.Set(name, value)
		}
	}
	set("tien-do-ngay", today)
	if open := m.Open(); len(open) > 0 {
		set("tien-do-doi-tuong", open[0].Key)
	}
	last := m.book.Today
	if len(m.Parts) > 0 && len(m.Open()) == 0 {
		last = day.None
		for _, p := range m.Parts {
			last = max(last, p.Done)
		}
	}
	set("bao-cao-ngay", dayText(last))
	if a := m.Last(task.Asked); a != nil {
		set("gia-han-han-moi", dayText(a.Due))
	}
	set("bo-sung-san-pham", m.Product)
	set("bo-sung-nguoi-kiem-tra", m.Checker)
	if m.Separate {
		set("bo-sung-rieng", "1")
	}
	set("don-doc-noi-dung", m.o.Tasks.Message(m.Entry, m.book.Today))
	for _, p := range m.partChoices() {
		if heir := m.heirs.ByPart[p.Value]; heir != "" {
			set("ban-giao-p-"+p.Value, heir)
		} else if len(m.heirs.Heirs) == 1 {
			set("ban-giao-p-"+p.Value, m.heirs.Heirs[0].Agency.ID)
		}
	}
}

// open tells whether something may still be done to the task.
func (m *oneModel) open() bool {
	return m.Status != task.Retired && len(m.children) == 0
}

// partName is a part in words.
func (m *oneModel) partName(key string) string {
	for _, p := range m.Parts {
		if p.Key == key {
			return p.Text
		}
	}
	return ""
}

func (m *oneModel) stepName(key string) string {
	for _, s := range m.StepsOf() {
		if s.Key == key {
			return s.Name
		}
	}
	return ""
}

// sentence says what an act was about, beside its text.
func (m *oneModel) sentence(a *task.Act) string {
	var out []string
	add := func(s string) {
		if s != "" {
			out = append(out, s)
		}
	}
	add(m.partName(a.Part))
	add(m.stepName(a.Step))
	switch a.Kind {
	case task.Assigned:
		add("cho " + a.To)
	case task.Handed:
		var names []string
		for _, id := range strings.Split(a.To, ",") {
			names = append(names, m.short(id, m.book.Today))
		}
		add("cho " + strings.Join(names, ", "))
	case task.Asked:
		add("đến " + dayText(a.Due))
	case task.Granted:
		add("đến " + dayText(a.Due))
	case task.Reported:
		add("hoàn thành ngày " + dayText(a.On))
	case task.Progress:
		if a.Part != "" && a.On == day.None {
			add("chưa đạt bước này, ghi lại")
		} else if a.Part != "" {
			add("ngày " + dayText(a.On))
		}
	}
	return strings.Join(out, ", ")
}

func (m *oneModel) partChoices() (out []web.Choice) {
	for _, p := range m.Parts {
		if !p.Struck {
			out = append(out, web.Choice{Value: p.Key, Text: p.Text})
		}
	}
	return out
}

func (m *oneModel) stepChoices() (out []web.Choice) {
	for _, s := range m.StepsOf() {
		text := s.Name
		if s.Closes {
			text += " (hoàn thành đối tượng)"
		}
		out = append(out, web.Choice{Value: s.Key, Text: text})
	}
	return out
}

func (m *oneModel) heirChoices(whole bool) (out []web.Choice) {
	if !whole {
		out = []web.Choice{{Value: "", Text: "Chọn đơn vị nhận"}}
	}
	for _, x := range m.heirs.Heirs {
		text := x.Agency.Name
		if len(x.Topics) > 0 {
			text += " (" + strings.Join(x.Topics, "; ") + ")"
		}
		out = append(out, web.Choice{Value: x.Agency.ID, Text: text})
	}
	return out
}

func kindChoices() []web.Choice {
	out := []web.Choice{{Value: "", Text: "Không có"}}
	for _, k := range task.ProofKinds() {
		out = append(out, web.Choice{Value: k.Key, Text: k.Name})
	}
	return out
}

// shows tells whether the page has the form of an act.
func (m *oneModel) shows(viec string) bool {
	if !m.open() {
		return false
	}
	working := m.Status != task.Waiting && !m.Status.Complete()
	dated := m.Due != day.None && !m.Continuous()
	switch viec {
	case "phan-cong", "tien-do":
		return m.carries && working
	case "bao-cao":
		return m.carries && working && !m.Stub && (!m.Rolled || m.Of == 0) && (!m.Continuous() || m.Separate)
	case "xin-gia-han":
		return m.carries && working && dated
	case "ghi-chu":
		return m.carries || m.office
	case "doi-tuong":
		return working && (m.carries || m.office)
	case "xac-nhan":
		return m.office && m.Status == task.Waiting
	case "tra-lai":
		return m.office && (m.Status == task.Waiting || m.Status.Complete() && !m.Rolled)
	case "gia-han":
		return m.office && !m.Status.Complete() && dated
	case "khong-gia-han":
		return m.office && m.Asked
	case "ban-giao":
		return m.office && !m.Status.Complete() && m.o.Tasks.Ended(m.Agency, m.book.Today)
	case "don-doc", "bo-sung", "rut":
		return m.office && !m.Status.Complete()
	}
	return false
}

// asks tells whether the page asks for a field of an act.
func (m *oneModel) asks(viec, field string) bool {
	switch viec + "-" + field {
	case "tien-do-ngay", "tien-do-doi-tuong", "doi-tuong-doi-tuong":
		return m.shows(viec) && len(m.partChoices()) > 0
	case "ban-giao-don-vi-nhan":
		return m.shows(viec) && len(m.partChoices()) == 0
	}
	return m.shows(viec)
}

// side is where a form that both may send goes: the unit's own or the office's.
func (m *oneModel) side() string {
	if m.carries {
		return ""
	}
	return office
}

// again shows the task with a form that cannot be taken: what stands now and
// what was typed, both.
func (h *Pages) again(p *web.Page, viec string, err error) error {
	m, failed := h.read(p)
	if failed != nil {
		return failed
	}
	var e *fault.Error
	if errors.As(err, &e) && e.Field != "" {
		at := ""
		if m.asks(viec, e.Field) {
			at = viec + "-" + e.Field
		}
		err = e.At(at)
	}
	m.form = p.Form()
	if err := m.form.FailWith(err); err != nil {
		return err
	}
	m.prefill()
	return p.Invalid(onePage(p.Shell("Nhiệm vụ "+m.Ref), m))
}

// seen is the version of the task that the person looked at.
func seen(p *web.Page) int64 {
	n, err := strconv.ParseInt(p.Form().Value("ban"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// done is a command about one task, and the form it came from.
type done struct {
	viec string
	kind task.ActKind
	commander
}

// settle writes a command about one task and shows the task again.
func (h *Pages) settle(p *web.Page, c done, work func(ctx context.Context, tx *db.Tx) error) error {
	cmd, err := c.Command(p.User().ID)
	if err != nil {
		return err
	}
	if err := h.o.DB.Write(p.Context(), cmd, func(tx *db.Tx) error { return work(p.Context(), tx) }); err != nil {
		return h.again(p, c.viec, err)
	}
	return p.Redirect("/nhiem-vu/" + p.Path("id") + "?da-ghi=" + string(c.kind))
}

func capital(s string) string { return vntext.Capital(s) }
